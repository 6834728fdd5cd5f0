-- What the bank answered. The same file again has no second effect.
CREATE TABLE bank_result (
    id uuid NOT NULL PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES payout_batch (id),
    digest bytea NOT NULL,
    imported_by uuid,
    imported_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_bank_result_digest ON bank_result (batch_id, digest);
append_only bank_result;

CREATE TABLE bank_result_line (
    result_id uuid NOT NULL REFERENCES bank_result (id),
    place bigint NOT NULL,
    payout_id uuid NOT NULL REFERENCES payout (id),
    status text NOT NULL CONSTRAINT ck_bank_result_line_status CHECK (status IN ('paid', 'failed', 'returned')),
    reason text NOT NULL,
    bank_reference text NOT NULL,
    was_applied boolean NOT NULL,
    PRIMARY KEY (result_id, place)
);
CREATE INDEX ix_bank_result_line_payout ON bank_result_line (payout_id);
append_only bank_result_line;
