-- The plan that carries an ordinance out.
CREATE TABLE programme (
    id uuid NOT NULL PRIMARY KEY,
    ordinance_id uuid NOT NULL REFERENCES ordinance (id),
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_programme_period CHECK (starts_on <= ends_on)
);
CREATE UNIQUE INDEX ux_programme_code ON programme (code);

-- An action cites the article it serves. It has no column for progress: that is computed.
CREATE TABLE action (
    id uuid NOT NULL PRIMARY KEY,
    programme_id uuid NOT NULL REFERENCES programme (id),
    article_id uuid NOT NULL REFERENCES article (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    starts_on date NOT NULL,
    due_on date NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_action_period CHECK (starts_on <= due_on)
);
CREATE UNIQUE INDEX ux_action_code ON action (code);
CREATE INDEX ix_action_article ON action (article_id);

-- A milestone is reached by evidence, or by a figure that has come to its target.
CREATE TABLE milestone (
    id uuid NOT NULL PRIMARY KEY,
    action_id uuid NOT NULL REFERENCES action (id),
    position bigint NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    due_on date NOT NULL,
    indicator_code text,
    target bigint,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_milestone_figure CHECK ((indicator_code IS NULL) = (target IS NULL))
);
CREATE UNIQUE INDEX ux_milestone_position ON milestone (action_id, position);

-- What a partner body promised: so many of something, by a day.
CREATE TABLE commitment (
    id uuid NOT NULL PRIMARY KEY,
    action_id uuid NOT NULL REFERENCES action (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_commitment_quantity CHECK (quantity > 0),
    unit_fa text NOT NULL,
    unit_en text NOT NULL,
    due_on date NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_commitment_action ON commitment (action_id);

-- What an action should come to in a Jalali year, and the figure that shows it.
CREATE TABLE action_target (
    id uuid NOT NULL PRIMARY KEY,
    action_id uuid NOT NULL REFERENCES action (id),
    year bigint NOT NULL CONSTRAINT ck_action_target_year CHECK (year BETWEEN 1380 AND 1500),
    quantity bigint NOT NULL CONSTRAINT ck_action_target_quantity CHECK (quantity > 0),
    unit_fa text NOT NULL,
    unit_en text NOT NULL,
    indicator_code text,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_action_target ON action_target (action_id, year, unit_fa);

-- What an action may cost in a Jalali year, by line, in rials.
CREATE TABLE action_budget (
    id uuid NOT NULL PRIMARY KEY,
    action_id uuid NOT NULL REFERENCES action (id),
    year bigint NOT NULL CONSTRAINT ck_action_budget_year CHECK (year BETWEEN 1380 AND 1500),
    line text NOT NULL,
    amount bigint NOT NULL CONSTRAINT ck_action_budget_amount CHECK (amount > 0),
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_action_budget ON action_budget (action_id, year, line);

-- An action waits for another; no action waits for itself, however far round.
CREATE TABLE action_need (
    action_id uuid NOT NULL REFERENCES action (id),
    needs_id uuid NOT NULL REFERENCES action (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_action_need_other CHECK (action_id <> needs_id),
    PRIMARY KEY (action_id, needs_id)
);

-- A centre, shop or fair on its way from an idea to its opening: the steps reached, each with its day.
CREATE TABLE launch (
    id uuid NOT NULL PRIMARY KEY,
    action_id uuid NOT NULL REFERENCES action (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    kind text NOT NULL CONSTRAINT ck_launch_kind CHECK (kind IN ('centre', 'shop', 'fair')),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    planned_on date NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_launch_action ON launch (action_id);
CREATE TABLE launch_step (
    launch_id uuid NOT NULL REFERENCES launch (id),
    step text NOT NULL,
    place bigint NOT NULL,
    reached_on date NOT NULL,
    note text NOT NULL,
    recorded_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_launch_step CHECK (
        (step = 'idea' AND place = 1) OR (step = 'agreed' AND place = 2) OR (step = 'space' AND place = 3)
        OR (step = 'equipped' AND place = 4) OR (step = 'open' AND place = 5)),
    PRIMARY KEY (launch_id, place)
);
append_only launch_step;

-- Space that a municipal body gives for a time, and how it was used, each use with its days. A use that
-- goes beyond what was given says so.
CREATE TABLE space_commitment (
    id uuid NOT NULL PRIMARY KEY,
    action_id uuid NOT NULL REFERENCES action (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    kind text NOT NULL CONSTRAINT ck_space_commitment_kind CHECK (kind IN ('bazaar', 'metro', 'park', 'other')),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_space_commitment_quantity CHECK (quantity > 0),
    unit_fa text NOT NULL,
    unit_en text NOT NULL,
    given_from date NOT NULL,
    given_until date NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_space_commitment_period CHECK (given_from <= given_until)
);
CREATE INDEX ix_space_commitment_action ON space_commitment (action_id);
CREATE TABLE space_use (
    id uuid NOT NULL PRIMARY KEY,
    space_id uuid NOT NULL REFERENCES space_commitment (id),
    place bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_space_use_quantity CHECK (quantity > 0),
    used_from date NOT NULL,
    used_until date NOT NULL,
    note text NOT NULL,
    is_over boolean NOT NULL,
    recorded_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_space_use_period CHECK (used_from <= used_until)
);
CREATE UNIQUE INDEX ux_space_use_place ON space_use (space_id, place);
append_only space_use;
