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

-- What a figure should reach in a Jalali year; the last word holds, and one without a number takes
-- the target away.
CREATE TABLE indicator_target (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    jalali_year bigint NOT NULL CONSTRAINT ck_indicator_target_year CHECK (jalali_year BETWEEN 1390 AND 1500),
    amount bigint CONSTRAINT ck_indicator_target_amount CHECK (amount > 0),
    reason text NOT NULL CONSTRAINT ck_indicator_target_reason CHECK (reason <> ''),
    set_by uuid,
    set_at timestamptz NOT NULL
);
CREATE INDEX ix_indicator_target_code ON indicator_target (code, jalali_year, id);
append_only indicator_target;

-- A figure told in one way, kept by a user for herself or for everybody of a role.
CREATE TABLE saved_view (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL CONSTRAINT ck_saved_view_name CHECK (name <> ''),
    code text NOT NULL,
    breakdown text NOT NULL,
    role text,
    made_by uuid NOT NULL REFERENCES user_account (id),
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_saved_view_name ON saved_view (made_by, name);
CREATE INDEX ix_saved_view_role ON saved_view (role);

-- What is reported, how often and to whom.
CREATE TABLE report_schedule (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL CONSTRAINT ck_report_schedule_name CHECK (name <> ''),
    period text NOT NULL CONSTRAINT ck_report_schedule_period CHECK (period IN ('week', 'month')),
    role text NOT NULL,
    codes json NOT NULL,
    made_by uuid,
    made_at timestamptz NOT NULL,
    ended_at timestamptz
);

-- A report as it was made on its day. Nothing in it changes.
CREATE TABLE report (
    id uuid NOT NULL PRIMARY KEY,
    schedule_id uuid NOT NULL REFERENCES report_schedule (id),
    planned_on date NOT NULL,
    as_of date NOT NULL,
    content json NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_report_planned ON report (schedule_id, planned_on);
CREATE INDEX ix_report_as_of ON report (schedule_id, as_of);
append_only report;
