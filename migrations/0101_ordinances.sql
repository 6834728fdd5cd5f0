-- The legal basis: instruments of several kinds, each with its articles as a tree.
CREATE TABLE ordinance (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ck_ordinance_kind CHECK (kind IN ('ordinance', 'sister', 'law', 'instruction')),
    code text NOT NULL,
    title_fa text NOT NULL,
    title_en text NOT NULL,
    passed_on date NOT NULL,
    notified_on date NOT NULL,
    compliance_over_on date NOT NULL,
    is_sample boolean NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_ordinance_dates CHECK (passed_on <= notified_on AND notified_on <= compliance_over_on)
);
CREATE UNIQUE INDEX ux_ordinance_code ON ordinance (code);

-- How instruments stand to one another: beside (sister of) or below (under).
CREATE TABLE ordinance_relation (
    id uuid NOT NULL PRIMARY KEY,
    from_id uuid NOT NULL REFERENCES ordinance (id),
    to_id uuid NOT NULL REFERENCES ordinance (id),
    kind text NOT NULL CONSTRAINT ck_ordinance_relation_kind CHECK (kind IN ('sister_of', 'under')),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_ordinance_relation_other CHECK (from_id <> to_id)
);
CREATE UNIQUE INDEX ux_ordinance_relation ON ordinance_relation (from_id, to_id);

-- A node of the tree; its eid (art_3, art_3__note_1) is its address for ever.
CREATE TABLE article (
    id uuid NOT NULL PRIMARY KEY,
    ordinance_id uuid NOT NULL REFERENCES ordinance (id),
    parent_id uuid REFERENCES article (id),
    eid text NOT NULL,
    kind text NOT NULL CONSTRAINT ck_article_kind CHECK (kind IN ('article', 'note', 'clause')),
    number bigint NOT NULL CONSTRAINT ck_article_number CHECK (number > 0),
    -- From this day on it binds nobody any more; its successor, when there is one, does.
    repealed_on date,
    successor_id uuid REFERENCES article (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_article_successor CHECK (successor_id IS NULL OR (repealed_on IS NOT NULL AND successor_id <> id))
);
CREATE UNIQUE INDEX ux_article_eid ON article (ordinance_id, eid);

-- Wording by version: an amendment is added, never written over.
CREATE TABLE article_version (
    id uuid NOT NULL PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES article (id),
    version bigint NOT NULL,
    heading_fa text NOT NULL,
    heading_en text NOT NULL,
    wording_fa text NOT NULL,
    wording_en text NOT NULL,
    valid_from date NOT NULL,
    is_sample boolean NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_article_version ON article_version (article_id, version);
append_only article_version;

-- The figures an article is measured by.
CREATE TABLE article_figure (
    article_id uuid NOT NULL REFERENCES article (id),
    indicator_code text NOT NULL,
    PRIMARY KEY (article_id, indicator_code)
);
