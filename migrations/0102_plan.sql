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
