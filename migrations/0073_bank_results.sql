-- What the bank answered. The same file again has no second effect.
CREATE TABLE bank_result (
    id uuid NOT NULL PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES payout_batch (id),
    digest bytea NOT NULL,
    imported_by uuid,
    imported_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_bank_result_digest ON bank_result (batch_id, digest);
append_only bank_result;

CREATE TABLE bank_result_line (
    result_id uuid NOT NULL REFERENCES bank_result (id),
    place bigint NOT NULL,
    payout_id uuid NOT NULL REFERENCES payout (id),
    status text NOT NULL CONSTRAINT ck_bank_result_line_status CHECK (status IN ('paid', 'failed', 'returned')),
    reason text NOT NULL,
    bank_reference text NOT NULL,
    was_applied boolean NOT NULL,
    PRIMARY KEY (result_id, place)
);
CREATE INDEX ix_bank_result_line_payout ON bank_result_line (payout_id);
append_only bank_result_line;

-- An answer that contradicts what the bank told before and that the books cannot follow by
-- themselves: open until somebody looked.
CREATE TABLE payout_conflict (
    id uuid NOT NULL PRIMARY KEY,
    payout_id uuid NOT NULL REFERENCES payout (id),
    result_id uuid NOT NULL REFERENCES bank_result (id),
    status text NOT NULL CONSTRAINT ck_payout_conflict_status CHECK (status IN ('paid', 'failed', 'returned')),
    reason text NOT NULL,
    bank_reference text NOT NULL,
    told_on date NOT NULL,
    state text NOT NULL CONSTRAINT ck_payout_conflict_state CHECK (state IN ('open', 'paid_after_all', 'explained')),
    note text NOT NULL,
    made_at timestamptz NOT NULL,
    resolved_by uuid REFERENCES user_account (id),
    resolved_at timestamptz,
    CONSTRAINT ck_payout_conflict_note CHECK ((state = 'open') = (note = '')),
    CONSTRAINT ck_payout_conflict_resolved CHECK ((state = 'open') = (resolved_at IS NULL))
);
CREATE UNIQUE INDEX ux_payout_conflict_open ON payout_conflict (payout_id, status, bank_reference) WHERE state = 'open';
CREATE INDEX ix_payout_conflict_payout ON payout_conflict (payout_id, id);
CREATE INDEX ix_payout_conflict_state ON payout_conflict (state, payout_id);
