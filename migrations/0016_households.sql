CREATE TABLE household (
    id uuid NOT NULL PRIMARY KEY,
    region bigint CONSTRAINT ck_household_region CHECK (region BETWEEN 1 AND 99),
    address_sealed bytea,
    made_at timestamptz NOT NULL
);

-- Who lives in it; those the programme does not know have a sealed name and no person.
CREATE TABLE household_member (
    id uuid NOT NULL PRIMARY KEY,
    household_id uuid NOT NULL REFERENCES household (id),
    person_id uuid REFERENCES person (id),
    name_sealed bytea,
    birth_year bigint CONSTRAINT ck_household_member_birth CHECK (birth_year BETWEEN 1280 AND 1500),
    relation text NOT NULL CONSTRAINT ck_household_member_relation CHECK (relation IN ('head', 'spouse', 'child', 'parent', 'sibling', 'grandchild', 'other')),
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT ck_household_member_who CHECK ((person_id IS NULL) <> (name_sealed IS NULL)),
    CONSTRAINT ck_household_member_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_household_member_person ON household_member (person_id) WHERE valid_until IS NULL;
CREATE UNIQUE INDEX ux_household_head ON household_member (household_id) WHERE valid_until IS NULL AND relation = 'head';
CREATE INDEX ix_household_member_household ON household_member (household_id);
