-- A city's own side. Under which code it stands in the national list, and where its figures are
-- sent; the last word holds, and without an address nothing is sent.
CREATE TABLE observatory_link (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL CONSTRAINT ck_observatory_link_code CHECK (code <> ''),
    address text NOT NULL,
    set_by uuid,
    set_at timestamptz NOT NULL
);
append_only observatory_link;

-- The public halves of the keys this city has signed with, by the generation of its keys. What the
-- key before said of it stands beside it, so that whoever trusted that one may trust this one.
CREATE TABLE statistics_key (
    generation bigint NOT NULL PRIMARY KEY,
    public_key text NOT NULL,
    statement text,
    signature text,
    first_used_at timestamptz NOT NULL,
    CONSTRAINT ck_statistics_key_statement CHECK ((statement IS NULL) = (signature IS NULL))
);
CREATE UNIQUE INDEX ux_statistics_key_public ON statistics_key (public_key);
append_only statistics_key;

-- What this city has signed: one chain, each document naming the digest of the one before.
CREATE TABLE signed_statistics (
    id uuid NOT NULL PRIMARY KEY,
    number bigint NOT NULL,
    day date NOT NULL,
    previous text,
    digest text NOT NULL,
    body text NOT NULL,
    public_key text NOT NULL,
    signature text NOT NULL,
    signed_at timestamptz NOT NULL,
    CONSTRAINT ck_signed_statistics_first CHECK ((number = 1) = (previous IS NULL))
);
CREATE UNIQUE INDEX ux_signed_statistics_number ON signed_statistics (number);
CREATE UNIQUE INDEX ux_signed_statistics_digest ON signed_statistics (digest);
append_only signed_statistics;

-- What the observatory answered when a document was sent to it; without a row it was not sent yet.
CREATE TABLE statistics_sending (
    signed_id uuid NOT NULL PRIMARY KEY REFERENCES signed_statistics (id),
    state text NOT NULL CONSTRAINT ck_statistics_sending_state CHECK (state IN ('sent', 'refused')),
    answer text NOT NULL,
    told_at timestamptz NOT NULL
);

-- The national side. The cities that are compared; one that is not listed any more keeps its history.
CREATE TABLE metropolis (
    code text NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    name_fa text NOT NULL CONSTRAINT ck_metropolis_name_fa CHECK (name_fa <> ''),
    name_en text NOT NULL CONSTRAINT ck_metropolis_name_en CHECK (name_en <> ''),
    band text CONSTRAINT ck_metropolis_band CHECK (band IN ('under_1m', 'from_1m', 'over_3m')),
    address text NOT NULL,
    is_sample boolean NOT NULL,
    is_listed boolean NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Whose signature is believed: the last key of a city. A key belongs to one city and comes once.
CREATE TABLE metropolis_key (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL REFERENCES metropolis (code),
    public_key text NOT NULL,
    way text NOT NULL CONSTRAINT ck_metropolis_key_way CHECK (way IN ('set', 'succession')),
    reason text NOT NULL,
    set_by uuid,
    set_at timestamptz NOT NULL,
    CONSTRAINT ck_metropolis_key_reason CHECK (way <> 'set' OR reason <> '')
);
CREATE UNIQUE INDEX ux_metropolis_key_public ON metropolis_key (public_key);
CREATE INDEX ix_metropolis_key_code ON metropolis_key (code, id);
append_only metropolis_key;

-- What was taken in, as it was signed.
CREATE TABLE observatory_document (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL REFERENCES metropolis (code),
    number bigint NOT NULL,
    day date NOT NULL,
    previous text,
    digest text NOT NULL,
    body text NOT NULL,
    public_key text NOT NULL,
    signature text NOT NULL,
    signed_at timestamptz NOT NULL,
    is_invented boolean NOT NULL,
    way text NOT NULL CONSTRAINT ck_observatory_document_way CHECK (way IN ('posted', 'uploaded', 'command')),
    taken_by uuid,
    taken_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_observatory_document_digest ON observatory_document (digest);
CREATE INDEX ix_observatory_document_code ON observatory_document (code, day, signed_at);
append_only observatory_document;

-- The city's own number of each figure of a document; regions are read from the document.
CREATE TABLE observatory_value (
    document_id uuid NOT NULL REFERENCES observatory_document (id),
    figure text NOT NULL,
    position bigint NOT NULL,
    version bigint NOT NULL,
    wording text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    unit text NOT NULL,
    as_of date NOT NULL,
    amount bigint,
    is_hidden boolean NOT NULL,
    PRIMARY KEY (document_id, figure),
    CONSTRAINT ck_observatory_value_hidden CHECK (NOT is_hidden OR amount IS NULL)
);
append_only observatory_value;
