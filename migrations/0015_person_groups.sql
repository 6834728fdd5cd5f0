-- Target groups of a person. Only care and indicators ask for them, indicators by the view below.
CREATE TABLE person_group (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person (id),
    group_code text NOT NULL REFERENCES target_group (code),
    basis text NOT NULL CONSTRAINT ck_person_group_basis CHECK (basis IN ('declared', 'document', 'inquiry', 'import')),
    -- Why, in words; sealed.
    reason_sealed bytea,
    valid_from date NOT NULL,
    valid_until date,
    made_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_person_group_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_person_group_current ON person_group (person_id, group_code) WHERE valid_until IS NULL;
CREATE INDEX ix_person_group_code ON person_group (group_code, person_id);

-- Papers that prove who someone is, and those still to come.
CREATE TABLE identity_document (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person (id),
    kind text NOT NULL CONSTRAINT ck_identity_document_kind CHECK (kind IN ('national_card', 'birth_certificate', 'passport', 'residence_card', 'guardianship_deed', 'other')),
    state text NOT NULL CONSTRAINT ck_identity_document_state CHECK (state IN ('none_yet', 'requested', 'seen', 'copied', 'expired')),
    number_sealed bytea,
    number_last4 text NOT NULL,
    expires_on date,
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_identity_document_kind ON identity_document (person_id, kind);

-- The group under which a person is counted where each is counted once: the one that held first.
CREATE VIEW person_group_card AS
    SELECT g.person_id, g.group_code FROM person_group g WHERE g.valid_until IS NULL
    AND NOT EXISTS (SELECT 1 FROM person_group o WHERE o.person_id = g.person_id AND o.valid_until IS NULL
        AND (o.valid_from < g.valid_from OR (o.valid_from = g.valid_from AND o.group_code < g.group_code)));
