-- Value-added tax by class and first day; the rate of a day is the last one begun.
CREATE TABLE tax_class (
    code text NOT NULL PRIMARY KEY,
    name_fa text NOT NULL,
    name_en text NOT NULL
);
CREATE TABLE tax_rate (
    tax_class text NOT NULL REFERENCES tax_class (code),
    valid_from date NOT NULL,
    basis_points bigint NOT NULL CONSTRAINT ck_tax_rate_points CHECK (basis_points BETWEEN 0 AND 10000),
    source text NOT NULL,
    PRIMARY KEY (tax_class, valid_from)
);

-- What can be made and sold, as a tree: kept as data, shown in both languages.
CREATE TABLE category (
    code text NOT NULL PRIMARY KEY,
    parent_code text REFERENCES category (code),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    is_food boolean NOT NULL,
    tax_class text NOT NULL REFERENCES tax_class (code),
    position bigint NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT ck_category_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE INDEX ix_category_parent ON category (parent_code, position);

-- What a maker does at home. The law knows three ways of working.
CREATE TABLE home_business (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    field_code text NOT NULL,
    craft_fa text NOT NULL,
    craft_en text NOT NULL,
    work_mode text NOT NULL CONSTRAINT ck_home_business_mode CHECK (work_mode IN ('independent', 'piecework', 'partnered')),
    place_note text NOT NULL,
    state text NOT NULL CONSTRAINT ck_home_business_state CHECK (state IN ('planned', 'active', 'paused', 'closed')),
    started_on date NOT NULL,
    organization_id uuid REFERENCES organization (id),
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_home_business_open ON home_business (contact_id) WHERE state <> 'closed';
CREATE INDEX ix_home_business_contact ON home_business (contact_id, id);

-- Which bodies work with a maker: one that entered her, or signed an agreement with her.
CREATE TABLE maker_body (
    contact_id uuid NOT NULL REFERENCES contact (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    since timestamptz NOT NULL,
    PRIMARY KEY (contact_id, organization_id)
);

-- Permits a maker holds.
CREATE TABLE licence (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    kind text NOT NULL CONSTRAINT ck_licence_kind CHECK (kind IN ('home_business', 'health_card', 'hygiene')),
    number text NOT NULL CONSTRAINT ck_licence_number CHECK (number <> ''),
    issuer_id uuid NOT NULL REFERENCES organization (id),
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    state text NOT NULL CONSTRAINT ck_licence_state CHECK (state IN ('valid', 'revoked')),
    source text NOT NULL CONSTRAINT ck_licence_source CHECK (source IN ('staff', 'referral')),
    source_id uuid,
    recorded_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    -- Its last day was this one, whatever was printed on it.
    revoked_on date,
    CONSTRAINT ck_licence_revoked CHECK ((state = 'revoked') = (revoked_on IS NOT NULL)),
    CONSTRAINT ck_licence_period CHECK (valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_licence_number ON licence (kind, issuer_id, number);
-- One referral gives one licence of a kind.
CREATE UNIQUE INDEX ux_licence_source ON licence (source_id, kind);
CREATE INDEX ix_licence_contact ON licence (contact_id, kind, valid_until);

CREATE VIEW category_card AS SELECT code, name_fa, name_en FROM category;
