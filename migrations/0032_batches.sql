-- A week's files for a body that answers by file.
CREATE TABLE batch (
    id uuid NOT NULL PRIMARY KEY,
    number text NOT NULL,
    sender_id uuid NOT NULL REFERENCES organization (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    service text NOT NULL,
    made_by uuid,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_batch_number ON batch (number);
CREATE INDEX ix_batch_sender ON batch (sender_id, id);

-- A leg in a batch, in the round of its clock: whoever is asked anew goes out in a batch anew.
CREATE TABLE batch_leg (
    batch_id uuid NOT NULL REFERENCES batch (id),
    leg_id uuid NOT NULL REFERENCES leg (id),
    position bigint NOT NULL,
    round bigint NOT NULL,
    PRIMARY KEY (batch_id, leg_id)
);
CREATE UNIQUE INDEX ux_batch_leg_leg ON batch_leg (leg_id, round);

-- A results file as it came; shown first, applied when someone says so.
CREATE TABLE batch_upload (
    id uuid NOT NULL PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES batch (id),
    file_name text NOT NULL,
    made_by uuid,
    made_at timestamptz NOT NULL,
    applied_at timestamptz
);
CREATE INDEX ix_batch_upload_batch ON batch_upload (batch_id, id);

-- A row of a results file: what it says, what is wrong with it, what came of it.
CREATE TABLE batch_row (
    id uuid NOT NULL PRIMARY KEY,
    upload_id uuid NOT NULL REFERENCES batch_upload (id),
    sheet_row bigint NOT NULL,
    leg_id uuid REFERENCES leg (id),
    number text NOT NULL,
    verdict text NOT NULL CONSTRAINT ck_batch_row_verdict CHECK (verdict IN ('issued', 'refused', 'incomplete', 'none')),
    answer json NOT NULL,
    note bytea,
    fault text,
    state text NOT NULL CONSTRAINT ck_batch_row_state CHECK (state IN ('good', 'wrong', 'applied', 'same', 'refused')),
    CONSTRAINT ck_batch_row_fault CHECK (state <> 'wrong' OR fault IS NOT NULL)
);
CREATE UNIQUE INDEX ux_batch_row_place ON batch_row (upload_id, sheet_row);
