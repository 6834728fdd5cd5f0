-- Who is taken into the programme: rules as data, each change a new version.
CREATE TABLE rule_version (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    number bigint NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    state text NOT NULL CONSTRAINT ck_rule_version_state CHECK (state IN ('published', 'retired')),
    rule json NOT NULL,
    published_on date NOT NULL
);
CREATE UNIQUE INDEX ux_rule_version_number ON rule_version (code, number);
CREATE UNIQUE INDEX ux_rule_version_published ON rule_version (code) WHERE state = 'published';

-- What the rule said, with its reasons (sealed: they tell income and group).
CREATE TABLE eligibility_decision (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    rule_version_id uuid NOT NULL REFERENCES rule_version (id),
    assessment_id uuid REFERENCES assessment (id),
    result text NOT NULL CONSTRAINT ck_eligibility_decision_result CHECK (result IN ('yes', 'no', 'unknown')),
    trace_sealed bytea NOT NULL,
    decided_at timestamptz NOT NULL,
    decided_by uuid REFERENCES user_account (id)
);
CREATE INDEX ix_eligibility_decision_case ON eligibility_decision (case_id, id);
append_only eligibility_decision except trace_sealed;

-- A human may decide otherwise, with a reason and a second person.
CREATE TABLE eligibility_override (
    id uuid NOT NULL PRIMARY KEY,
    decision_id uuid NOT NULL REFERENCES eligibility_decision (id),
    result text NOT NULL CONSTRAINT ck_eligibility_override_result CHECK (result IN ('yes', 'no')),
    reason_sealed bytea NOT NULL,
    asked_by uuid NOT NULL REFERENCES user_account (id),
    asked_at timestamptz NOT NULL,
    answer text CONSTRAINT ck_eligibility_override_answer CHECK (answer IN ('confirmed', 'refused')),
    answered_by uuid REFERENCES user_account (id),
    answered_at timestamptz,
    CONSTRAINT ck_eligibility_override_other CHECK (answered_by IS NULL OR answered_by <> asked_by),
    CONSTRAINT ck_eligibility_override_whole CHECK ((answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
);
CREATE UNIQUE INDEX ux_eligibility_override_waiting ON eligibility_override (decision_id) WHERE answer IS NULL;
CREATE INDEX ix_eligibility_override_decision ON eligibility_override (decision_id, id);
