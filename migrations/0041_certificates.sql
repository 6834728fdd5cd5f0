-- A paper anyone can verify by its serial. A revoked one stays and says so.
CREATE TABLE certificate (
    id uuid NOT NULL PRIMARY KEY,
    serial text NOT NULL,
    enrolment_id uuid NOT NULL REFERENCES enrolment (id),
    case_id uuid NOT NULL REFERENCES case_file (id),
    basis text NOT NULL CONSTRAINT ck_certificate_basis CHECK (basis IN ('attendance', 'competence')),
    issued_on date NOT NULL,
    issued_by uuid REFERENCES user_account (id),
    state text NOT NULL CONSTRAINT ck_certificate_state CHECK (state IN ('valid', 'revoked')),
    revoked_on date,
    revoked_by uuid REFERENCES user_account (id),
    revoked_reason text CONSTRAINT ck_certificate_reason CHECK (revoked_reason IN ('mistake', 'not_earned', 'forged', 'replaced')),
    CONSTRAINT ck_certificate_revoked CHECK ((state = 'revoked') = (revoked_on IS NOT NULL) AND (state = 'revoked') = (revoked_reason IS NOT NULL))
);
CREATE UNIQUE INDEX ux_certificate_serial ON certificate (serial);
CREATE UNIQUE INDEX ux_certificate_valid ON certificate (enrolment_id) WHERE state = 'valid';
CREATE INDEX ix_certificate_case ON certificate (case_id, id);

CREATE VIEW certificate_card AS SELECT id, case_id, issued_on, state FROM certificate;

-- A calendar address handed out to a person. Its secret follows from the id and the city's keys.
CREATE TABLE calendar_feed (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX ux_calendar_feed_live ON calendar_feed (contact_id) WHERE revoked_at IS NULL;
