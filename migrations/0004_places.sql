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
    CONSTRAINT ck_place_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_place_code ON place (code);
CREATE INDEX ix_place_organization ON place (organization_id);

-- What a body offers to whom it is referred.
CREATE TABLE service (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    days_to_answer bigint NOT NULL CONSTRAINT ck_service_answer CHECK (days_to_answer BETWEEN 1 AND 365),
    days_to_complete bigint NOT NULL CONSTRAINT ck_service_complete CHECK (days_to_complete BETWEEN 1 AND 1000),
    capacity bigint,
    checked_on date NOT NULL,
    valid_until date
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

CREATE VIEW organization_card AS SELECT id, code, kind, name_fa, name_en FROM organization;
CREATE VIEW place_card AS SELECT id, organization_id, kind, code, name_fa, name_en, region, capacity,
    valid_from, valid_until FROM place;
CREATE VIEW region_card AS SELECT number, tile_row, tile_column FROM region;
