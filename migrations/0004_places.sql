-- Centres, shops, fairs: where things happen.
CREATE TABLE place (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    kind text NOT NULL CONSTRAINT ck_place_kind CHECK (kind IN ('centre', 'shop', 'workshop', 'fair', 'office')),
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    region bigint NOT NULL CONSTRAINT ck_place_region CHECK (region BETWEEN 1 AND 99),
    address text NOT NULL,
    trade text NOT NULL,
    capacity bigint NOT NULL CONSTRAINT ck_place_capacity CHECK (capacity >= 0),
    valid_from date NOT NULL,
    valid_until date,
    -- Told to everybody? A centre's purpose may say something of whoever is seen at its door, so
    -- centres are told of only when somebody said so.
    is_listed boolean NOT NULL,
    CONSTRAINT ck_place_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_place_code ON place (code);
CREATE INDEX ix_place_organization ON place (organization_id);

-- What a body offers to whom it is referred. What it is, for whom and how is told in 0008.
CREATE TABLE service (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    -- Names and description folded, for searching.
    search_text text NOT NULL,
    days_to_answer bigint NOT NULL CONSTRAINT ck_service_answer CHECK (days_to_answer BETWEEN 1 AND 365),
    days_to_complete bigint NOT NULL CONSTRAINT ck_service_complete CHECK (days_to_complete BETWEEN 1 AND 1000),
    status text NOT NULL CONSTRAINT ck_service_status CHECK (status IN ('active', 'inactive', 'defunct', 'temporarily_closed')),
    -- The last day of a suspension: the day after it the service is open again by itself.
    closed_until date,
    -- How often somebody is to look whether all this is still true, when that was last, and who did.
    check_days bigint NOT NULL CONSTRAINT ck_service_check_days CHECK (check_days BETWEEN 1 AND 730),
    checked_on date,
    checked_by uuid REFERENCES user_account (id),
    changed_at timestamptz NOT NULL,
    CONSTRAINT ck_service_closed CHECK ((status = 'temporarily_closed') = (closed_until IS NOT NULL))
);
CREATE UNIQUE INDEX ux_service_code ON service (organization_id, code);

CREATE TABLE region (
    number bigint NOT NULL PRIMARY KEY,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    -- Where its tile lies on the map: rows from the north, columns from the west, from 1.
    tile_row bigint,
    tile_column bigint,
    CONSTRAINT ck_region_tile CHECK ((tile_row IS NULL) = (tile_column IS NULL))
);
CREATE UNIQUE INDEX ux_region_tile ON region (tile_row, tile_column);

-- Official holidays; Fridays need no row.
CREATE TABLE holiday (
    day date NOT NULL PRIMARY KEY,
    name_fa text NOT NULL,
    name_en text NOT NULL
);

-- When a place is open, in minutes of the day; days without a row are closed.
CREATE TABLE place_hours (
    place_id uuid NOT NULL REFERENCES place (id),
    days text NOT NULL CONSTRAINT ck_place_hours_days CHECK (days IN ('week', 'thursday', 'friday')),
    opens bigint NOT NULL,
    closes bigint NOT NULL,
    PRIMARY KEY (place_id, days),
    CONSTRAINT ck_place_hours CHECK (opens >= 0 AND opens < closes AND closes <= 1440)
);

-- A body that went into another one is named with it: whoever reads «whose turn» must know where to ask.
CREATE VIEW organization_card AS SELECT o.id, o.code, o.kind,
    CASE WHEN n.id IS NULL THEN o.name_fa ELSE o.name_fa || '، اکنون ' || n.name_fa END AS name_fa,
    CASE WHEN n.id IS NULL THEN o.name_en ELSE o.name_en || ', now ' || n.name_en END AS name_en
    FROM organization o LEFT JOIN organization n ON n.id = o.merged_into_id;
CREATE VIEW merged_body_card AS SELECT id AS organization_id, merged_into_id AS into_id, merged_on
    FROM organization WHERE merged_into_id IS NOT NULL;
CREATE VIEW place_card AS SELECT id, organization_id, kind, code, name_fa, name_en, region, address, trade,
    capacity, valid_from, valid_until, is_listed FROM place;
CREATE VIEW place_hours_card AS SELECT place_id, days, opens, closes FROM place_hours;
CREATE VIEW region_card AS SELECT number, name_fa, name_en, tile_row, tile_column FROM region;
