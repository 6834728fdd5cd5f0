-- Whoever helps makers from outside: what they can do, where, and for how many at a time. The
-- contact person is for the body itself and for staff; it is sealed and stands in no view.
CREATE TABLE profile (
    organization_id uuid NOT NULL PRIMARY KEY REFERENCES organization (id),
    kind text NOT NULL CONSTRAINT ck_profile_kind CHECK (kind IN (
        'company', 'knowledge_based', 'private_supporter', 'social_entrepreneur', 'donor')),
    about_fa text NOT NULL,
    about_en text NOT NULL,
    capacity bigint NOT NULL CONSTRAINT ck_profile_capacity CHECK (capacity BETWEEN 0 AND 1000),
    -- Whom to call, and at which number: JSON.
    contact_sealed bytea NOT NULL,
    -- The day it agreed to be named and thanked in public; none while it does not.
    named_on date,
    changed_on date NOT NULL,
    changed_by uuid REFERENCES user_account (id)
);

-- What it can give, and what it looks for.
CREATE TABLE profile_help (
    organization_id uuid NOT NULL REFERENCES profile (organization_id),
    direction text NOT NULL CONSTRAINT ck_profile_help_direction CHECK (direction IN ('offers', 'seeks')),
    kind text NOT NULL CONSTRAINT ck_profile_help_kind CHECK (kind IN ('design', 'packaging', 'shelf_life',
        'ecommerce', 'materials', 'buying', 'training', 'space', 'funding')),
    PRIMARY KEY (organization_id, direction, kind)
);
CREATE INDEX ix_profile_help_kind ON profile_help (kind, direction);

-- Regions it serves; none means the whole city.
CREATE TABLE profile_region (
    organization_id uuid NOT NULL REFERENCES profile (organization_id),
    region bigint NOT NULL CONSTRAINT ck_profile_region CHECK (region BETWEEN 1 AND 99),
    PRIMARY KEY (organization_id, region)
);

-- Fields of work it knows, and the same folded for comparing.
CREATE TABLE profile_field (
    organization_id uuid NOT NULL REFERENCES profile (organization_id),
    folded text NOT NULL CONSTRAINT ck_profile_field CHECK (folded <> ''),
    name text NOT NULL,
    PRIMARY KEY (organization_id, folded)
);

CREATE VIEW profile_card AS SELECT p.organization_id, p.kind, p.about_fa, p.about_en, p.capacity, p.named_on,
    o.code, o.name_fa, o.name_en, o.knowledge_based_until FROM profile p JOIN organization o ON o.id = p.organization_id
    WHERE o.merged_into_id IS NULL;
CREATE VIEW profile_help_card AS SELECT organization_id, direction, kind FROM profile_help;
CREATE VIEW profile_region_card AS SELECT organization_id, region FROM profile_region;
CREATE VIEW profile_field_card AS SELECT organization_id, folded, name FROM profile_field;
