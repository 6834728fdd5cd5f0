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
CREATE INDEX ix_case_file_stage ON case_file (stage, id) WHERE state <> 'closed';

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
    entered_on date NOT NULL,
    -- Where she lived when she came to it.
    region bigint CONSTRAINT ck_case_stage_region CHECK (region BETWEEN 1 AND 99)
);
CREATE INDEX ix_case_stage_case ON case_stage (case_id, id);
append_only case_stage;

-- Totals of the chain, kept by every move, so that a million cases are not counted for one page.
-- Of each stage and day: how many came, and how many of them are still there and not closed.
CREATE TABLE stage_day (
    stage text NOT NULL,
    day date NOT NULL,
    entered bigint NOT NULL,
    running bigint NOT NULL,
    PRIMARY KEY (stage, day),
    CONSTRAINT ck_stage_day_running CHECK (running BETWEEN 0 AND entered)
);
CREATE INDEX ix_stage_day_day ON stage_day (day, stage);

-- Of each stage, day and body that carries the case: how many are still there and not closed.
CREATE TABLE stage_body (
    stage text NOT NULL,
    day date NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization (id),
    running bigint NOT NULL CONSTRAINT ck_stage_body_running CHECK (running >= 0),
    PRIMARY KEY (stage, day, organization_id)
);

-- Of each stage and region (zero where it is not known): how many are there and not closed.
CREATE TABLE stage_region (
    stage text NOT NULL,
    region bigint NOT NULL CONSTRAINT ck_stage_region_region CHECK (region BETWEEN 0 AND 99),
    running bigint NOT NULL CONSTRAINT ck_stage_region_running CHECK (running >= 0),
    PRIMARY KEY (stage, region)
);

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

CREATE VIEW stage_day_card AS SELECT stage, day, entered, running FROM stage_day;

CREATE VIEW stage_body_card AS SELECT stage, day, organization_id, running FROM stage_body WHERE running > 0;

CREATE VIEW stage_region_card AS SELECT stage, region, running FROM stage_region WHERE running > 0;

-- What of the market a case knows already.
CREATE VIEW case_news_card AS SELECT case_id, kind FROM case_event
    WHERE kind IN ('product_approved', 'goods_received', 'first_sold', 'first_paid');
