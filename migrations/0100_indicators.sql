-- What each figure means. A changed definition is a new version; the old one stays beside the
-- values that were counted by it.
CREATE TABLE indicator (
    code text NOT NULL,
    version bigint NOT NULL,
    position bigint NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    definition_fa text NOT NULL,
    definition_en text NOT NULL,
    formula text NOT NULL,
    unit text NOT NULL,
    source text NOT NULL,
    owner text NOT NULL CONSTRAINT ck_indicator_owner CHECK (owner IN ('care', 'market', 'council')),
    smallest_cell bigint NOT NULL,
    valid_from date NOT NULL,
    CONSTRAINT ck_indicator_smallest_cell CHECK (smallest_cell >= 0),
    CONSTRAINT ck_indicator_version CHECK (version >= 1),
    PRIMARY KEY (code, version)
);
append_only indicator;

-- A figure as it was published on a day. Nothing here changes: a correction is a new row that
-- names the one it corrects. An empty region is the whole city.
CREATE TABLE indicator_value (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    version bigint NOT NULL,
    as_of date NOT NULL,
    region text NOT NULL,
    amount bigint,
    subjects bigint NOT NULL,
    corrects_id uuid REFERENCES indicator_value (id),
    reason text NOT NULL,
    taken_by uuid,
    taken_at timestamptz NOT NULL,
    CONSTRAINT ck_indicator_value_reason CHECK (corrects_id IS NULL OR reason <> ''),
    FOREIGN KEY (code, version) REFERENCES indicator (code, version)
);
CREATE UNIQUE INDEX ux_indicator_value_day ON indicator_value (code, region, as_of)
    WHERE corrects_id IS NULL;
CREATE INDEX ix_indicator_value_code ON indicator_value (code, as_of);
CREATE UNIQUE INDEX ux_indicator_value_corrects ON indicator_value (corrects_id);
append_only indicator_value;

-- The stages of the chain in their order, and how many days a person should spend in each.
CREATE TABLE chain_stage (
    stage text NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    target_days bigint NOT NULL,
    CONSTRAINT ck_chain_stage_target CHECK (target_days > 0)
);

-- Between what a figure should stay, as the committee's secretary set it; the last word holds, and one
-- without bounds takes the range away.
CREATE TABLE indicator_range (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    least bigint,
    most bigint,
    reason text NOT NULL CONSTRAINT ck_indicator_range_reason CHECK (reason <> ''),
    set_by uuid,
    set_at timestamptz NOT NULL,
    CONSTRAINT ck_indicator_range_order CHECK (least IS NULL OR most IS NULL OR least <= most)
);
CREATE INDEX ix_indicator_range_code ON indicator_range (code, id);
append_only indicator_range;
