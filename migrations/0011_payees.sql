-- Where a contact's money goes. Rows are kept: a new payee ends the one before it.
CREATE TABLE payee (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    -- The body that proposed it; its approvers decide.
    organization_id uuid NOT NULL REFERENCES organization (id),
    kind text NOT NULL CONSTRAINT ck_payee_kind CHECK (kind IN ('own_account', 'proxy', 'counter')),
    state text NOT NULL CONSTRAINT ck_payee_state CHECK (state IN ('proposed', 'approved', 'refused', 'ended')),
    holder_name text NOT NULL,
    sheba_sealed bytea,
    sheba_hash bytea,
    sheba_last4 text NOT NULL,
    bank_code text NOT NULL,
    -- Why another person receives it, in words; sealed.
    reason_sealed bytea,
    name_check text NOT NULL CONSTRAINT ck_payee_name_check CHECK (name_check IN ('not_asked', 'matches', 'differs')),
    -- Why it was approved although the bank knows another name; sealed.
    check_reason_sealed bytea,
    changed_by uuid,
    changed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    cooling_until timestamptz,
    ended_at timestamptz,
    CONSTRAINT ck_payee_account CHECK ((kind = 'counter') = (sheba_sealed IS NULL) AND (kind = 'counter') = (sheba_hash IS NULL)),
    CONSTRAINT ck_payee_proxy_reason CHECK (kind <> 'proxy' OR reason_sealed IS NOT NULL),
    CONSTRAINT ck_payee_two_people CHECK (decided_by IS NULL OR changed_by IS NULL OR decided_by <> changed_by),
    CONSTRAINT ck_payee_decided CHECK (state NOT IN ('approved', 'refused') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
    CONSTRAINT ck_payee_check_reason CHECK (kind <> 'own_account' OR name_check <> 'differs' OR check_reason_sealed IS NOT NULL),
    CONSTRAINT ck_payee_ended CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX ux_payee_current ON payee (contact_id) WHERE state = 'approved';
CREATE INDEX ix_payee_contact ON payee (contact_id, id);
CREATE INDEX ix_payee_state ON payee (state, organization_id, id);
CREATE INDEX ix_payee_sheba ON payee (sheba_hash);

-- Money that has reached her, one row per paid line; care reads it instead of asking.
CREATE TABLE earning (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    payout_line_id uuid NOT NULL,
    amount bigint NOT NULL CONSTRAINT ck_earning_amount CHECK (amount > 0),
    earned_on date NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_earning_payout_line ON earning (payout_line_id);
CREATE INDEX ix_earning_contact ON earning (contact_id, earned_on);
append_only earning;

-- A payment that the bank sent back after it had arrived: it no longer counts as earned.
CREATE TABLE earning_return (
    earning_id uuid NOT NULL PRIMARY KEY REFERENCES earning (id),
    returned_on date NOT NULL,
    made_at timestamptz NOT NULL
);
append_only earning_return;
