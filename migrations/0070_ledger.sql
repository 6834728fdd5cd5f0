-- Accounts are opened by the first entry that needs them; an id follows from the rest of its
-- row, so two writers open the same one. Hot ones are cut by place, day and device.
CREATE TABLE account (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ck_account_kind CHECK (kind IN (
        'maker_payable', 'maker_held', 'maker_advance', 'shop_cash', 'card_clearing',
        'commission', 'vat', 'rounding', 'shortfall', 'bank', 'suspense', 'payout_in_transit')),
    unit text NOT NULL CONSTRAINT ck_account_unit CHECK (unit IN ('IRR')),
    contact_id uuid REFERENCES contact (id),
    place_id uuid REFERENCES place (id),
    on_day date,
    device text NOT NULL,
    debits bigint NOT NULL,
    credits bigint NOT NULL,
    CONSTRAINT ck_account_sums CHECK (debits >= 0 AND credits >= 0),
    CONSTRAINT ck_account_owner CHECK (
        (contact_id IS NOT NULL) = (kind IN ('maker_payable', 'maker_held', 'maker_advance')))
);
CREATE UNIQUE INDEX ux_account_unit ON account (id, unit);
CREATE INDEX ix_account_kind ON account (kind, on_day, place_id);
CREATE INDEX ix_account_contact ON account (contact_id, kind);

-- Why money moved: the day it counts for, and the instant it was recorded.
CREATE TABLE entry (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ck_entry_kind CHECK (kind IN (
        'sale', 'sale_return', 'payout', 'payout_paid', 'payout_failed', 'payout_returned',
        'payout_reopened', 'loss_borne', 'adjustment')),
    source_id uuid NOT NULL,
    effective_on date NOT NULL,
    reverses_id uuid REFERENCES entry (id),
    memo text NOT NULL,
    recorded_at timestamptz NOT NULL
);
-- One document has one effect of a kind, and an entry is taken back once.
CREATE UNIQUE INDEX ux_entry_source ON entry (source_id, kind);
CREATE UNIQUE INDEX ux_entry_reverses ON entry (reverses_id);
append_only entry;

-- Money moves from one account to another, so every entry balances by its shape.
CREATE TABLE transfer (
    id uuid NOT NULL PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry (id),
    debit_id uuid NOT NULL,
    credit_id uuid NOT NULL,
    unit text NOT NULL,
    amount bigint NOT NULL CONSTRAINT ck_transfer_amount CHECK (amount > 0),
    CONSTRAINT ck_transfer_sides CHECK (debit_id <> credit_id),
    CONSTRAINT fk_transfer_debit FOREIGN KEY (debit_id, unit) REFERENCES account (id, unit),
    CONSTRAINT fk_transfer_credit FOREIGN KEY (credit_id, unit) REFERENCES account (id, unit)
);
CREATE INDEX ix_transfer_entry ON transfer (entry_id);
CREATE INDEX ix_transfer_debit ON transfer (debit_id, id);
CREATE INDEX ix_transfer_credit ON transfer (credit_id, id);
append_only transfer;

-- What one line of a sale gives its maker, the shop and the state, with the terms of that
-- moment. A return is a line of its own with amounts below zero; goods that were lost, or came
-- back broken, and that another than their maker bears give her her share all the same.
CREATE TABLE accrual (
    id uuid NOT NULL PRIMARY KEY,
    line_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT ck_accrual_kind CHECK (kind IN ('sale', 'return', 'compensation')),
    entry_id uuid NOT NULL REFERENCES entry (id),
    sale_id uuid NOT NULL,
    corrects_id uuid REFERENCES accrual (id),
    contact_id uuid NOT NULL REFERENCES contact (id),
    place_id uuid NOT NULL REFERENCES place (id),
    lot_id uuid NOT NULL,
    lot_code text NOT NULL,
    agreement_id uuid NOT NULL,
    item_fa text NOT NULL,
    item_en text NOT NULL,
    quantity bigint NOT NULL,
    unit_price bigint NOT NULL CONSTRAINT ck_accrual_price CHECK (unit_price > 0),
    discount bigint NOT NULL,
    discount_bearer text,
    paid bigint NOT NULL,
    vat_bp bigint NOT NULL CONSTRAINT ck_accrual_vat_bp CHECK (vat_bp BETWEEN 0 AND 10000),
    vat bigint NOT NULL,
    commission_bp bigint NOT NULL CONSTRAINT ck_accrual_commission_bp CHECK (commission_bp BETWEEN 0 AND 10000),
    commission bigint NOT NULL,
    net bigint NOT NULL,
    sold_on date NOT NULL,
    payable_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT ck_accrual_paid CHECK (kind = 'compensation' OR paid = unit_price * quantity - discount),
    CONSTRAINT ck_accrual_parts CHECK (net + commission + vat = paid),
    CONSTRAINT ck_accrual_discount CHECK ((discount = 0) = (discount_bearer IS NULL)),
    CONSTRAINT ck_accrual_signs CHECK (
        (kind = 'sale' AND quantity > 0 AND discount >= 0 AND net >= 0 AND commission >= 0 AND vat >= 0 AND corrects_id IS NULL)
        OR (kind = 'return' AND quantity < 0 AND discount <= 0 AND net <= 0 AND commission <= 0 AND vat <= 0 AND corrects_id IS NOT NULL)
        OR (kind = 'compensation' AND quantity > 0 AND discount = 0 AND net > 0 AND commission = 0 AND vat = 0 AND corrects_id IS NULL))
);
CREATE UNIQUE INDEX ux_accrual_line ON accrual (line_id);
CREATE INDEX ix_accrual_contact ON accrual (contact_id, id);
CREATE INDEX ix_accrual_sale ON accrual (sale_id);
CREATE INDEX ix_accrual_entry ON accrual (entry_id);
append_only accrual;

-- Kept in the transaction of the sale: what a maker sold in a Jalali month.
CREATE TABLE maker_month (
    contact_id uuid NOT NULL REFERENCES contact (id),
    month_on date NOT NULL,
    lines bigint NOT NULL,
    pieces bigint NOT NULL,
    paid bigint NOT NULL,
    vat bigint NOT NULL,
    commission bigint NOT NULL,
    net bigint NOT NULL,
    PRIMARY KEY (contact_id, month_on)
);
CREATE INDEX ix_maker_month_month ON maker_month (month_on);

-- Limits are data with a first day, never constants.
CREATE TABLE money_rule (
    code text NOT NULL CONSTRAINT ck_money_rule_code CHECK (code IN (
        'hold_days', 'minimum_bank_payout', 'minimum_counter_payout', 'largest_bank_payout')),
    valid_from date NOT NULL,
    figure bigint NOT NULL CONSTRAINT ck_money_rule_figure CHECK (figure >= 0),
    PRIMARY KEY (code, valid_from)
);
INSERT INTO money_rule (code, valid_from, figure) VALUES
    ('hold_days', '1979-03-21', 0),
    ('minimum_bank_payout', '1979-03-21', 100000),
    ('minimum_counter_payout', '1979-03-21', 0),
    ('largest_bank_payout', '1979-03-21', 1000000000);
