-- What a service is, for whom, and what to bring, in plain words and as data.
CREATE TABLE service_detail (
    service_id uuid NOT NULL PRIMARY KEY REFERENCES service (id),
    kind text NOT NULL CONSTRAINT ck_service_detail_kind CHECK (kind IN ('approval', 'licence', 'training', 'finance',
        'equipment', 'health', 'welfare', 'legal', 'market', 'other')),
    -- Told to everybody? What is only for bodies among themselves is not.
    is_listed boolean NOT NULL,
    about_fa text NOT NULL,
    about_en text NOT NULL,
    -- Said aloud that nobody is left out, which differs from having said nothing.
    is_for_all boolean NOT NULL,
    age_from bigint CONSTRAINT ck_service_detail_age_from CHECK (age_from BETWEEN 0 AND 120),
    age_to bigint CONSTRAINT ck_service_detail_age_to CHECK (age_to BETWEEN 0 AND 120),
    gender text NOT NULL CONSTRAINT ck_service_detail_gender CHECK (gender IN ('any', 'female', 'male')),
    eligibility_fa text NOT NULL,
    eligibility_en text NOT NULL,
    asks_no_documents boolean NOT NULL,
    fee text NOT NULL CONSTRAINT ck_service_detail_fee CHECK (fee IN ('untold', 'none', 'amount', 'text')),
    fee_amount bigint CONSTRAINT ck_service_detail_fee_amount CHECK (fee_amount > 0),
    fee_fa text NOT NULL,
    fee_en text NOT NULL,
    schedule_fa text NOT NULL,
    schedule_en text NOT NULL,
    -- The same for programs: a recurrence rule of RFC 5545 and minutes of the day.
    schedule_rule text NOT NULL,
    opens bigint,
    closes bigint,
    CONSTRAINT ck_service_detail_ages CHECK (age_from <= age_to),
    CONSTRAINT ck_service_detail_for_all CHECK (NOT is_for_all OR (age_from IS NULL AND age_to IS NULL AND gender = 'any')),
    CONSTRAINT ck_service_detail_amount CHECK ((fee = 'amount') = (fee_amount IS NOT NULL)),
    CONSTRAINT ck_service_detail_fee_text CHECK (fee <> 'text' OR fee_fa <> ''),
    CONSTRAINT ck_service_detail_hours CHECK ((opens IS NULL) = (closes IS NULL) AND (opens IS NULL OR (opens >= 0 AND opens < closes AND closes <= 1440)))
);

-- Target groups it asks for, by the codes of the city's list; none means it asks for none.
CREATE TABLE service_group (
    service_id uuid NOT NULL REFERENCES service_detail (service_id),
    group_code text NOT NULL,
    PRIMARY KEY (service_id, group_code)
);

-- Regions it serves; none means the whole city.
CREATE TABLE service_region (
    service_id uuid NOT NULL REFERENCES service_detail (service_id),
    region bigint NOT NULL CONSTRAINT ck_service_region CHECK (region BETWEEN 1 AND 99),
    PRIMARY KEY (service_id, region)
);

-- What to bring, in order.
CREATE TABLE service_document (
    service_id uuid NOT NULL REFERENCES service_detail (service_id),
    place bigint NOT NULL,
    name_fa text NOT NULL CONSTRAINT ck_service_document_name CHECK (name_fa <> ''),
    name_en text NOT NULL,
    PRIMARY KEY (service_id, place)
);

-- The agreement under which data of people are shared with the body for this service. The one
-- that ends last holds.
CREATE TABLE service_agreement (
    id uuid NOT NULL PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES service (id),
    number text NOT NULL CONSTRAINT ck_service_agreement_number CHECK (number <> ''),
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    recorded_on date NOT NULL,
    recorded_by uuid REFERENCES user_account (id),
    CONSTRAINT ck_service_agreement_period CHECK (valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_service_agreement_number ON service_agreement (service_id, number);
append_only service_agreement;

-- What the body said of its places, each time anew; what was said long ago counts as unknown.
CREATE TABLE service_capacity (
    id uuid NOT NULL PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES service (id),
    places_free bigint NOT NULL CONSTRAINT ck_service_capacity_places CHECK (places_free BETWEEN 0 AND 100000),
    waiting_days bigint CONSTRAINT ck_service_capacity_waiting CHECK (waiting_days BETWEEN 0 AND 1000),
    told_at timestamptz NOT NULL,
    told_on date NOT NULL,
    told_by uuid REFERENCES user_account (id)
);
CREATE INDEX ix_service_capacity_service ON service_capacity (service_id, told_at);
append_only service_capacity;

-- «Have you places, and how long is the wait?», asked before anybody is named. There is no column in
-- which a person could be written.
CREATE TABLE capacity_question (
    id uuid NOT NULL PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES service (id),
    asked_by_body uuid NOT NULL REFERENCES organization (id),
    asked_by uuid REFERENCES user_account (id),
    asked_at timestamptz NOT NULL,
    answered_at timestamptz,
    capacity_id uuid REFERENCES service_capacity (id),
    CONSTRAINT ck_capacity_question_answer CHECK ((answered_at IS NULL) = (capacity_id IS NULL))
);
CREATE UNIQUE INDEX ux_capacity_question_open ON capacity_question (service_id, asked_by_body) WHERE answered_at IS NULL;
CREATE INDEX ix_capacity_question_body ON capacity_question (asked_by_body, asked_at);

-- How the city wishes its directory to be kept; without the row the program's defaults hold.
CREATE TABLE directory_rule (
    id bigint NOT NULL PRIMARY KEY CONSTRAINT ck_directory_rule_one CHECK (id = 1),
    -- After so many days what a body said of its places counts as unknown.
    capacity_days bigint NOT NULL CONSTRAINT ck_directory_rule_capacity CHECK (capacity_days BETWEEN 1 AND 365)
);

-- The names of a body, each from a day on: a renamed body is the same one.
CREATE TABLE organization_name (
    organization_id uuid NOT NULL REFERENCES organization (id),
    valid_from date NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    search_text text NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, valid_from)
);
append_only organization_name;

-- Under which body it stands, each from a day on; none means under none.
CREATE TABLE organization_parent (
    organization_id uuid NOT NULL REFERENCES organization (id),
    valid_from date NOT NULL,
    parent_id uuid REFERENCES organization (id),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, valid_from),
    CONSTRAINT ck_organization_parent_other CHECK (parent_id <> organization_id)
);
append_only organization_parent;

CREATE VIEW organization_name_card AS SELECT n.organization_id, n.valid_from, n.name_fa, n.name_en,
    (SELECT min(m.valid_from) FROM organization_name m WHERE m.organization_id = n.organization_id
        AND m.valid_from > n.valid_from) AS replaced_on
    FROM organization_name n;
CREATE VIEW service_card AS SELECT id, organization_id, code, name_fa, name_en, status, closed_until, checked_on FROM service;
