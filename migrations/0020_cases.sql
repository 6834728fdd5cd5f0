-- Case codes run per Jalali year: 1405-00042. The row is taken last in a write.
CREATE TABLE case_series (
    jalali_year bigint NOT NULL PRIMARY KEY,
    last_number bigint NOT NULL,
    CONSTRAINT ck_case_series_number CHECK (last_number BETWEEN 1 AND 99999)
);

-- One person's way through the programme. An open case has one owner and one next action with a day.
CREATE TABLE case_file (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    owner_id uuid REFERENCES user_account (id),
    consent_id uuid NOT NULL REFERENCES consent (id),
    source text NOT NULL CONSTRAINT ck_case_file_source CHECK (source IN ('visit', 'phone', 'web', 'import', 'referral')),
    state text NOT NULL CONSTRAINT ck_case_file_state CHECK (state IN ('open', 'paused', 'closed')),
    -- Why it rests or ended, as a code; sealed, since it may be her health.
    reason_sealed bytea,
    stage text NOT NULL CONSTRAINT ck_case_file_stage CHECK (stage IN ('intake', 'assessment', 'planning', 'referral', 'training', 'making', 'selling', 'earning')),
    stage_since date NOT NULL,
    next_action text,
    next_action_on date,
    -- For whom it waits, when it is not us: a body, the person herself, or someone named in words.
    waits_for text CONSTRAINT ck_case_file_waits_for CHECK (waits_for IN ('body', 'person', 'other')),
    waiting_body uuid REFERENCES organization (id),
    waiting_on text,
    opened_on date NOT NULL,
    closed_on date,
    CONSTRAINT ck_case_file_next CHECK (state <> 'open' OR (owner_id IS NOT NULL AND next_action IS NOT NULL AND next_action_on IS NOT NULL)),
    CONSTRAINT ck_case_file_reason CHECK ((state = 'open') = (reason_sealed IS NULL)),
    CONSTRAINT ck_case_file_waiting CHECK (
        (waits_for IS NULL AND waiting_body IS NULL AND waiting_on IS NULL)
        OR (waits_for = 'body' AND waiting_body IS NOT NULL AND waiting_on IS NULL)
        OR (waits_for = 'person' AND waiting_body IS NULL AND waiting_on IS NULL)
        OR (waits_for = 'other' AND waiting_body IS NULL AND waiting_on IS NOT NULL)),
    CONSTRAINT ck_case_file_closed CHECK ((state = 'closed') = (closed_on IS NOT NULL))
);
CREATE UNIQUE INDEX ux_case_file_code ON case_file (code);
-- Five bodies may work for a person; one case holds them together.
CREATE UNIQUE INDEX ux_case_file_running ON case_file (person_id) WHERE state <> 'closed';
CREATE INDEX ix_case_file_person ON case_file (person_id);
CREATE INDEX ix_case_file_owner ON case_file (owner_id, state, next_action_on);
CREATE INDEX ix_case_file_organization ON case_file (organization_id, state, stage);
CREATE INDEX ix_case_file_stage ON case_file (stage, state);

-- What happened to a case: codes and ids only.
CREATE TABLE case_event (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    happened_at timestamptz NOT NULL,
    user_id uuid,
    actor text NOT NULL,
    kind text NOT NULL,
    detail json NOT NULL
);
CREATE INDEX ix_case_event_case ON case_event (case_id, id);
CREATE INDEX ix_case_event_emergency ON case_event (happened_at) WHERE kind = 'opened_in_emergency';
append_only case_event;

-- Every stage a case came to and when: what the chain's months are counted from.
CREATE TABLE case_stage (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    stage text NOT NULL CONSTRAINT ck_case_stage_stage CHECK (stage IN ('intake', 'assessment', 'planning', 'referral', 'training', 'making', 'selling', 'earning')),
    entered_on date NOT NULL
);
CREATE INDEX ix_case_stage_case ON case_stage (case_id, id);
CREATE INDEX ix_case_stage_entered ON case_stage (entered_on, stage);
append_only case_stage;

-- Work to be done for a case: derived from its stage, or added.
CREATE TABLE case_task (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    kind text NOT NULL CONSTRAINT ck_case_task_kind CHECK (kind IN ('added', 'follow_up')),
    months bigint,
    sealed bytea,
    source text NOT NULL,
    source_id uuid,
    due_on date NOT NULL,
    made_at timestamptz NOT NULL,
    done_on date,
    done_by uuid REFERENCES user_account (id),
    done_sealed bytea,
    CONSTRAINT ck_case_task_content CHECK ((kind = 'added' AND sealed IS NOT NULL) OR (kind = 'follow_up' AND months IN (3, 6, 12, 24)))
);
CREATE UNIQUE INDEX ux_case_task_follow_up ON case_task (case_id, months) WHERE kind = 'follow_up';
CREATE INDEX ix_case_task_case ON case_task (case_id, due_on);
CREATE INDEX ix_case_task_open ON case_task (due_on) WHERE done_on IS NULL;

CREATE VIEW case_card AS
    SELECT id, code, person_id, organization_id, owner_id, state, stage, stage_since, opened_on FROM case_file;

CREATE VIEW case_stage_card AS SELECT id, case_id, stage, entered_on FROM case_stage;

-- What of the market a case knows already.
CREATE VIEW case_news_card AS SELECT case_id, kind FROM case_event
    WHERE kind IN ('product_approved', 'goods_received', 'first_sold', 'first_paid');
