-- Answers kept for resends: the sender's key, what it asked, what it got.
CREATE TABLE kept_answer (
    key uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    fingerprint bytea NOT NULL,
    answer json,
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_kept_answer_made ON kept_answer (made_at);

-- Work that can wait, written with the change that causes it.
CREATE TABLE job (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    payload json NOT NULL,
    once_key text,
    state text NOT NULL CONSTRAINT ck_job_state CHECK (state IN ('waiting', 'done', 'dead')),
    run_at timestamptz NOT NULL,
    leased_until timestamptz,
    attempts bigint NOT NULL,
    last_fault text,
    made_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX ux_job_once ON job (once_key);
CREATE INDEX ix_job_due ON job (state, run_at);
