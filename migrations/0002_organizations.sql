-- Bodies are renamed and reorganised: each has a period of validity.
CREATE TABLE organization (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    kind text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    search_text text NOT NULL,
    sort_key bytea NOT NULL,
    parent_id uuid REFERENCES organization (id),
    valid_from date NOT NULL,
    valid_until date,
    phone text NOT NULL,
    knowledge_based_until date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_organization_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_organization_code ON organization (code);
CREATE INDEX ix_organization_kind ON organization (kind, sort_key);
