-- What a maker sold in a period, sealed: its lines never change, only its payment does.
CREATE TABLE statement (
    id uuid NOT NULL PRIMARY KEY,
    run_id uuid NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    number bigint NOT NULL CONSTRAINT ck_statement_number CHECK (number > 0),
    from_on date NOT NULL,
    until_on date NOT NULL,
    account_id uuid NOT NULL REFERENCES account (id),
    opening bigint NOT NULL,
    lines bigint NOT NULL,
    paid bigint NOT NULL,
    vat bigint NOT NULL,
    commission bigint NOT NULL,
    net bigint NOT NULL,
    other bigint NOT NULL,
    closing bigint NOT NULL,
    seal bytea NOT NULL,
    sealed_by uuid,
    sealed_at timestamptz NOT NULL,
    payout_id uuid,
    CONSTRAINT ck_statement_period CHECK (from_on <= until_on),
    CONSTRAINT ck_statement_parts CHECK (net + commission + vat = paid),
    CONSTRAINT ck_statement_closing CHECK (closing = opening + net + other)
);
CREATE UNIQUE INDEX ux_statement_number ON statement (contact_id, number);
CREATE INDEX ix_statement_run ON statement (run_id);
CREATE INDEX ix_statement_payout ON statement (payout_id, contact_id);

-- A line is in one statement at most.
CREATE TABLE statement_line (
    accrual_id uuid NOT NULL PRIMARY KEY REFERENCES accrual (id),
    statement_id uuid NOT NULL REFERENCES statement (id)
);
CREATE INDEX ix_statement_line_statement ON statement_line (statement_id, accrual_id);
append_only statement_line;
