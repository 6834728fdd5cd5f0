-- What target groups and fields of work there are; a city may change both.
CREATE TABLE target_group (
    code text NOT NULL PRIMARY KEY,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    synonyms json NOT NULL,
    place bigint NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT ck_target_group_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);

CREATE TABLE field_of_work (
    code text NOT NULL PRIMARY KEY,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    synonyms json NOT NULL,
    place bigint NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT ck_field_of_work_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);

-- A human being the programme knows. Names stand as typed; the keys beside them are folded.
-- The national code is sealed: its hash finds equals, its last digits help the eye.
CREATE TABLE person (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    first_name text NOT NULL,
    last_name text NOT NULL,
    father_name text NOT NULL,
    -- First and last name folded, without the place where they part.
    name_key text NOT NULL,
    last_key text NOT NULL,
    father_key text NOT NULL,
    sounds_key text NOT NULL,
    sort_key bytea NOT NULL,
    birth_on date,
    -- The Jalali year, for search.
    birth_year bigint,
    is_birth_approximate boolean NOT NULL,
    gender text CONSTRAINT ck_person_gender CHECK (gender IN ('female', 'male')),
    region bigint CONSTRAINT ck_person_region CHECK (region BETWEEN 1 AND 99),
    dependants bigint CONSTRAINT ck_person_dependants CHECK (dependants BETWEEN 0 AND 99),
    field_code text REFERENCES field_of_work (code),
    -- The field of work in the person's own words.
    field_words text NOT NULL,
    education text CONSTRAINT ck_person_education CHECK (education IN ('none', 'literacy', 'primary', 'lower_secondary', 'diploma', 'bachelor', 'master_or_more')),
    identity text NOT NULL CONSTRAINT ck_person_identity CHECK (identity IN ('verified', 'unverified', 'none')),
    no_code_reason text CONSTRAINT ck_person_no_code_reason CHECK (no_code_reason IN ('no_document', 'lost', 'foreign_national', 'birth_not_registered', 'not_given')),
    national_code_sealed bytea,
    national_code_hash bytea,
    national_code_last4 text NOT NULL,
    guardian_person_id uuid REFERENCES person (id),
    guardian_contact_id uuid REFERENCES contact (id),
    income_sealed bytea,
    notes_sealed bytea,
    version bigint NOT NULL,
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT ck_person_birth CHECK ((birth_on IS NULL) = (birth_year IS NULL) AND (birth_on IS NOT NULL OR NOT is_birth_approximate)),
    CONSTRAINT ck_person_papers CHECK ((identity = 'none') = (national_code_hash IS NULL) AND (identity = 'none') = (national_code_sealed IS NULL) AND (identity = 'none') = (no_code_reason IS NOT NULL)),
    CONSTRAINT ck_person_guardian CHECK (guardian_person_id IS NULL OR (guardian_person_id <> id AND guardian_contact_id IS NULL))
);
CREATE UNIQUE INDEX ux_person_code ON person (code);
CREATE UNIQUE INDEX ux_person_contact ON person (contact_id);
CREATE UNIQUE INDEX ux_person_national_code ON person (national_code_hash);
CREATE INDEX ix_person_name ON person (name_key);
CREATE INDEX ix_person_last ON person (last_key);
CREATE INDEX ix_person_father ON person (father_key);
CREATE INDEX ix_person_sounds ON person (sounds_key);
CREATE INDEX ix_person_sort ON person (sort_key, id);
CREATE INDEX ix_person_birth ON person (birth_on);
CREATE INDEX ix_person_birth_year ON person (birth_year);
CREATE INDEX ix_person_guardian ON person (guardian_person_id);
CREATE INDEX ix_person_organization ON person (organization_id);

-- What rooms above may join: nothing here says why someone is known.
CREATE VIEW person_card AS
    SELECT id, code, contact_id, organization_id, first_name, last_name, region, gender, sort_key FROM person;

-- Keyed hashes by which a row of a list is known to be this person when it comes again.
CREATE TABLE person_likeness (
    hash bytea NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    PRIMARY KEY (hash, person_id)
);

-- Two who look alike and are said to be different people: the pair is not asked about again.
CREATE TABLE person_difference (
    first_id uuid NOT NULL REFERENCES person (id),
    second_id uuid NOT NULL REFERENCES person (id),
    made_by uuid,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (first_id, second_id),
    CONSTRAINT ck_person_difference_order CHECK (first_id < second_id)
);
append_only person_difference;

CREATE VIEW target_group_card AS SELECT code, name_fa, name_en FROM target_group;
