-- Numbers given one after another, waited for and never skipped.
CREATE TABLE number_series (
    code text NOT NULL PRIMARY KEY,
    last_number bigint NOT NULL CONSTRAINT ck_number_series_last CHECK (last_number > 0)
);

-- One prepares, another approves.
CREATE TABLE payout_batch (
    id uuid NOT NULL PRIMARY KEY,
    number text NOT NULL,
    method text NOT NULL CONSTRAINT ck_payout_batch_method CHECK (method IN ('bank', 'counter')),
    profile text NOT NULL,
    state text NOT NULL CONSTRAINT ck_payout_batch_state CHECK (
        state IN ('drafted', 'approved', 'exported', 'reconciled', 'withdrawn')),
    pay_on date NOT NULL,
    lines bigint NOT NULL CONSTRAINT ck_payout_batch_lines CHECK (lines > 0),
    total bigint NOT NULL CONSTRAINT ck_payout_batch_total CHECK (total > 0),
    prepared_by uuid NOT NULL REFERENCES user_account (id),
    prepared_at timestamptz NOT NULL,
    approved_by uuid REFERENCES user_account (id),
    approved_at timestamptz,
    exported_at timestamptz,
    file_digest bytea,
    reconciled_at timestamptz,
    CONSTRAINT ck_payout_batch_two_hands CHECK (approved_by IS NULL OR approved_by <> prepared_by),
    CONSTRAINT ck_payout_batch_approved CHECK (
        (state IN ('drafted', 'withdrawn')) = (approved_by IS NULL))
);
CREATE UNIQUE INDEX ux_payout_batch_number ON payout_batch (number);
CREATE INDEX ix_payout_batch_state ON payout_batch (state, id);

-- One payment to one maker, with the payee of that moment.
CREATE TABLE payout (
    id uuid NOT NULL PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES payout_batch (id),
    contact_id uuid NOT NULL REFERENCES contact (id),
    reference text NOT NULL CONSTRAINT ck_payout_reference CHECK (length(reference) BETWEEN 1 AND 35),
    amount bigint NOT NULL CONSTRAINT ck_payout_amount CHECK (amount > 0),
    payee_id uuid NOT NULL REFERENCES payee (id),
    payee_kind text NOT NULL CONSTRAINT ck_payout_payee_kind CHECK (payee_kind IN ('own_account', 'proxy', 'counter')),
    payee_name text NOT NULL,
    payee_changed_by uuid,
    sheba_last4 text NOT NULL,
    state text NOT NULL CONSTRAINT ck_payout_state CHECK (
        state IN ('drafted', 'in_transit', 'confirmed', 'failed', 'returned', 'withdrawn')),
    reason text NOT NULL,
    bank_reference text NOT NULL,
    settled_on date,
    witness_id uuid REFERENCES user_account (id),
    CONSTRAINT ck_payout_settled CHECK ((state IN ('confirmed', 'failed', 'returned')) = (settled_on IS NOT NULL))
);
CREATE UNIQUE INDEX ux_payout_reference ON payout (reference);
CREATE INDEX ix_payout_batch ON payout (batch_id, contact_id);
CREATE INDEX ix_payout_contact ON payout (contact_id, id);
CREATE INDEX ix_payout_payee ON payout (payee_id);

-- Which statements a payout was for, also after it failed.
CREATE TABLE payout_statement (
    payout_id uuid NOT NULL REFERENCES payout (id),
    statement_id uuid NOT NULL REFERENCES statement (id),
    PRIMARY KEY (payout_id, statement_id)
);
CREATE INDEX ix_payout_statement_statement ON payout_statement (statement_id);
append_only payout_statement;

-- Who waited with money when a batch was prepared, and why it is not in it.
CREATE TABLE payout_left_out (
    batch_id uuid NOT NULL REFERENCES payout_batch (id),
    contact_id uuid NOT NULL REFERENCES contact (id),
    why text NOT NULL CONSTRAINT ck_payout_left_out_why CHECK (why IN (
        'no_payee', 'cooling', 'below_least', 'above_largest', 'nothing_owed', 'conflict')),
    amount bigint NOT NULL,
    PRIMARY KEY (batch_id, contact_id, why)
);
append_only payout_left_out;

-- The programme's own account, from which makers are paid; the last one set counts.
CREATE TABLE paying_account (
    id uuid NOT NULL PRIMARY KEY,
    holder_name text NOT NULL,
    sheba text NOT NULL,
    set_by uuid,
    set_at timestamptz NOT NULL
);
append_only paying_account;
