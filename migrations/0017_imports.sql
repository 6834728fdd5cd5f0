-- A list that was brought in. The file is kept sealed only until it has been read.
CREATE TABLE import_batch (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    user_id uuid,
    file_name text NOT NULL,
    digest bytea NOT NULL,
    state text NOT NULL CONSTRAINT ck_import_batch_state CHECK (state IN ('preview', 'waiting', 'running', 'done', 'failed')),
    content bytea,
    -- The first problems, for the preview: row, column and reason, never a cell.
    problems json NOT NULL,
    rows_total bigint NOT NULL,
    rows_done bigint NOT NULL CONSTRAINT ck_import_batch_done CHECK (rows_done BETWEEN 0 AND rows_total),
    accepted bigint NOT NULL,
    warned bigint NOT NULL,
    duplicates bigint NOT NULL,
    rejected bigint NOT NULL,
    skipped bigint NOT NULL,
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT ck_import_batch_counts CHECK (accepted >= 0 AND warned >= 0 AND duplicates >= 0 AND rejected >= 0 AND skipped >= 0)
);
CREATE UNIQUE INDEX ux_import_batch_digest ON import_batch (organization_id, digest);
CREATE INDEX ix_import_batch_organization ON import_batch (organization_id, id);

-- What became of each row. Refused rows keep their cells, sealed, until mended or dismissed.
CREATE TABLE import_row (
    id uuid NOT NULL PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES import_batch (id),
    sheet text NOT NULL,
    row_number bigint NOT NULL,
    status text NOT NULL CONSTRAINT ck_import_row_status CHECK (status IN ('accept', 'duplicate', 'reject', 'mended', 'dismissed')),
    reasons json NOT NULL,
    column_name text NOT NULL,
    -- Headings, what each column holds, and the cells, as JSON; sealed.
    cells_sealed bytea,
    person_id uuid REFERENCES person (id),
    settled_at timestamptz,
    settled_by uuid,
    dismissal text NOT NULL,
    CONSTRAINT ck_import_row_person CHECK ((status IN ('accept', 'duplicate', 'mended')) = (person_id IS NOT NULL)),
    CONSTRAINT ck_import_row_settled CHECK ((status IN ('mended', 'dismissed')) = (settled_at IS NOT NULL)),
    CONSTRAINT ck_import_row_dismissal CHECK ((status = 'dismissed') = (dismissal <> '')),
    CONSTRAINT ck_import_row_cells CHECK (status <> 'reject' OR cells_sealed IS NOT NULL)
);
CREATE UNIQUE INDEX ux_import_row_place ON import_row (batch_id, sheet, row_number);
CREATE INDEX ix_import_row_status ON import_row (batch_id, status, id);
