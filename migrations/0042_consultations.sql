-- Who advises: a user of a body, or the body itself.
CREATE TABLE consultant (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    user_id uuid REFERENCES user_account (id),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    field_fa text NOT NULL,
    field_en text NOT NULL,
    retired_on date
);
CREATE UNIQUE INDEX ux_consultant_user ON consultant (organization_id, user_id);
CREATE INDEX ix_consultant_organization ON consultant (organization_id, id);

CREATE TABLE consultation (
    id uuid NOT NULL PRIMARY KEY,
    consultant_id uuid NOT NULL REFERENCES consultant (id),
    case_id uuid NOT NULL REFERENCES case_file (id),
    step_id uuid REFERENCES plan_step (id),
    held_on date NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    state text NOT NULL CONSTRAINT ck_consultation_state CHECK (state IN ('booked', 'held', 'missed', 'cancelled')),
    outcome text CONSTRAINT ck_consultation_outcome CHECK (outcome IN ('ready', 'needs_work', 'needs_another')),
    note_sealed bytea,
    advices bigint NOT NULL CONSTRAINT ck_consultation_advices CHECK (advices >= 0),
    booked_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT ck_consultation_period CHECK (ends_at > starts_at),
    CONSTRAINT ck_consultation_ended CHECK ((state = 'booked') = (ended_at IS NULL)),
    CONSTRAINT ck_consultation_held CHECK ((state = 'held') = (outcome IS NOT NULL))
);
CREATE INDEX ix_consultation_consultant ON consultation (consultant_id, starts_at);
CREATE INDEX ix_consultation_case ON consultation (case_id, starts_at);
