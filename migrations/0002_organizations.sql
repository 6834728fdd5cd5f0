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
    -- The certificate's number and its last day; a number whose day has passed stays to be seen.
    knowledge_based_id text,
    knowledge_based_until date,
    -- The body it has gone into: that one answers for it from this day on.
    merged_into_id uuid REFERENCES organization (id),
    merged_on date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_organization_merged CHECK ((merged_into_id IS NULL) = (merged_on IS NULL) AND merged_into_id <> id),
    CONSTRAINT ck_organization_certificate CHECK (knowledge_based_id IS NULL OR knowledge_based_until IS NOT NULL),
    CONSTRAINT ck_organization_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_organization_code ON organization (code);
CREATE INDEX ix_organization_kind ON organization (kind, sort_key);
CREATE INDEX ix_organization_merged ON organization (merged_into_id);
