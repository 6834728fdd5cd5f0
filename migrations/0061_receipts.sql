-- Goods a shop took over from a maker, with a number per shop and Jalali year.
CREATE TABLE goods_receipt (
    id uuid NOT NULL PRIMARY KEY,
    place_id uuid NOT NULL REFERENCES place (id),
    jalali_year bigint NOT NULL,
    number bigint NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    agreement_id uuid NOT NULL REFERENCES agreement (id),
    received_on date NOT NULL,
    received_by uuid REFERENCES user_account (id),
    note text NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_goods_receipt_number ON goods_receipt (place_id, jalali_year, number);
CREATE INDEX ix_goods_receipt_contact ON goods_receipt (contact_id, id);
CREATE INDEX ix_goods_receipt_place ON goods_receipt (place_id, id);
append_only goods_receipt;

-- What was received of one product at one time. Its label code is never given again, and its
-- price, share and expiry never change.
CREATE TABLE lot (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    number bigint NOT NULL CONSTRAINT ck_lot_number CHECK (number BETWEEN 1 AND 1073741823),
    product_id uuid NOT NULL REFERENCES product (id),
    contact_id uuid NOT NULL REFERENCES contact (id),
    agreement_id uuid NOT NULL REFERENCES agreement (id),
    commission_bp bigint NOT NULL CONSTRAINT ck_lot_commission CHECK (commission_bp BETWEEN 0 AND 10000),
    receipt_id uuid NOT NULL REFERENCES goods_receipt (id),
    place_id uuid NOT NULL REFERENCES place (id),
    position bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_lot_quantity CHECK (quantity BETWEEN 1 AND 100000),
    unit_price bigint NOT NULL CONSTRAINT ck_lot_price CHECK (unit_price > 0),
    batch text NOT NULL,
    produced_on date,
    expires_on date,
    condition text NOT NULL CONSTRAINT ck_lot_condition CHECK (condition IN ('good', 'defect')),
    defect_note text NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_lot_defect CHECK (condition = 'good' OR defect_note <> ''),
    CONSTRAINT ck_lot_period CHECK (produced_on IS NULL OR expires_on IS NULL OR expires_on >= produced_on)
);
CREATE UNIQUE INDEX ux_lot_code ON lot (code);
CREATE UNIQUE INDEX ux_lot_number ON lot (product_id, number);
CREATE UNIQUE INDEX ux_lot_position ON lot (receipt_id, position);
CREATE INDEX ix_lot_contact ON lot (contact_id, id);
CREATE INDEX ix_lot_expiry ON lot (expires_on);
append_only lot;

-- Each print of a lot's labels; a second one says why.
CREATE TABLE label (
    id uuid NOT NULL PRIMARY KEY,
    lot_id uuid NOT NULL REFERENCES lot (id),
    run bigint NOT NULL CONSTRAINT ck_label_run CHECK (run >= 1),
    copies bigint NOT NULL CONSTRAINT ck_label_copies CHECK (copies BETWEEN 1 AND 100000),
    reason text NOT NULL,
    printed_by uuid REFERENCES user_account (id),
    printed_at timestamptz NOT NULL,
    CONSTRAINT ck_label_reprint CHECK (run = 1 OR reason <> '')
);
CREATE UNIQUE INDEX ux_label_run ON label (lot_id, run);
append_only label;

CREATE VIEW lot_card AS SELECT id, code, product_id, contact_id, agreement_id, commission_bp,
    place_id, unit_price AS price, expires_on FROM lot;
