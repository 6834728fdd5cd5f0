-- A device that sells in a shop. Programs sell through a register of their own.
CREATE TABLE register (
    id uuid NOT NULL PRIMARY KEY,
    place_id uuid NOT NULL REFERENCES place (id),
    code text NOT NULL,
    kind text NOT NULL CONSTRAINT ck_register_kind CHECK (kind IN ('till', 'program')),
    is_active boolean NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_register_code ON register (place_id, code);

CREATE TABLE receipt_series (
    register_id uuid NOT NULL REFERENCES register (id),
    year bigint NOT NULL,
    last_number bigint NOT NULL CONSTRAINT ck_receipt_series_last CHECK (last_number > 0),
    PRIMARY KEY (register_id, year)
);

-- From a counted float to a blind count.
CREATE TABLE shift (
    id uuid NOT NULL PRIMARY KEY,
    register_id uuid NOT NULL REFERENCES register (id),
    opened_by uuid REFERENCES user_account (id),
    opened_at timestamptz NOT NULL,
    float_amount bigint NOT NULL CONSTRAINT ck_shift_float CHECK (float_amount >= 0),
    sales bigint NOT NULL,
    cash bigint NOT NULL,
    card bigint NOT NULL,
    closed_by uuid REFERENCES user_account (id),
    closed_at timestamptz,
    counted bigint,
    difference_reason text NOT NULL,
    CONSTRAINT ck_shift_closed CHECK ((closed_at IS NULL) = (counted IS NULL)),
    CONSTRAINT ck_shift_counted CHECK (counted IS NULL OR counted >= 0)
);
-- A register has one open shift.
CREATE UNIQUE INDEX ux_shift_open ON shift (register_id) WHERE closed_at IS NULL;
CREATE INDEX ix_shift_register ON shift (register_id, opened_at);

-- What a seller has scanned and not yet sold: survives a reload and needs no script.
CREATE TABLE basket_line (
    register_id uuid NOT NULL REFERENCES register (id),
    seller_id uuid NOT NULL REFERENCES user_account (id),
    lot_id uuid NOT NULL REFERENCES lot (id),
    quantity bigint NOT NULL CONSTRAINT ck_basket_line_quantity CHECK (quantity BETWEEN 1 AND 100000),
    added_at timestamptz NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (register_id, seller_id, lot_id)
);

-- A sale is recorded once and never edited; what came back is a return.
CREATE TABLE sale (
    id uuid NOT NULL PRIMARY KEY,
    number text NOT NULL,
    place_id uuid NOT NULL REFERENCES place (id),
    register_id uuid NOT NULL REFERENCES register (id),
    shift_id uuid NOT NULL REFERENCES shift (id),
    year bigint NOT NULL,
    counter bigint NOT NULL,
    seller_id uuid REFERENCES user_account (id),
    sold_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    total bigint NOT NULL CONSTRAINT ck_sale_total CHECK (total > 0),
    cash bigint NOT NULL CONSTRAINT ck_sale_cash CHECK (cash >= 0),
    card bigint NOT NULL CONSTRAINT ck_sale_card CHECK (card >= 0),
    change_given bigint NOT NULL CONSTRAINT ck_sale_change CHECK (change_given >= 0 AND change_given <= cash),
    CONSTRAINT ck_sale_tenders CHECK (cash + card = total + change_given)
);
CREATE UNIQUE INDEX ux_sale_number ON sale (number);
CREATE UNIQUE INDEX ux_sale_counter ON sale (register_id, year, counter);
CREATE INDEX ix_sale_place ON sale (place_id, id);
CREATE INDEX ix_sale_recorded ON sale (recorded_at);
CREATE INDEX ix_sale_shift ON sale (shift_id);
append_only sale;

CREATE TABLE sale_line (
    id uuid NOT NULL PRIMARY KEY,
    sale_id uuid NOT NULL REFERENCES sale (id),
    position bigint NOT NULL,
    lot_id uuid NOT NULL REFERENCES lot (id),
    code text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    item_fa text NOT NULL,
    item_en text NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_sale_line_quantity CHECK (quantity > 0),
    unit_price bigint NOT NULL CONSTRAINT ck_sale_line_price CHECK (unit_price > 0),
    amount bigint NOT NULL,
    vat_bp bigint NOT NULL,
    vat bigint NOT NULL CONSTRAINT ck_sale_line_vat CHECK (vat >= 0),
    CONSTRAINT ck_sale_line_amount CHECK (amount = quantity * unit_price)
);
CREATE UNIQUE INDEX ux_sale_line_position ON sale_line (sale_id, position);
CREATE INDEX ix_sale_line_lot ON sale_line (lot_id);
CREATE INDEX ix_sale_line_contact ON sale_line (contact_id, id);
append_only sale_line;

CREATE TABLE tender (
    id uuid NOT NULL PRIMARY KEY,
    sale_id uuid NOT NULL REFERENCES sale (id),
    kind text NOT NULL CONSTRAINT ck_tender_kind CHECK (kind IN ('cash', 'card')),
    amount bigint NOT NULL CONSTRAINT ck_tender_amount CHECK (amount > 0),
    reference text
);
CREATE INDEX ix_tender_sale ON tender (sale_id);
-- A card payment settles one sale at most.
CREATE UNIQUE INDEX ux_tender_reference ON tender (reference);
append_only tender;

CREATE VIEW sale_line_card AS
    SELECT l.id, l.sale_id, l.lot_id, l.contact_id, s.place_id, s.sold_at, l.quantity, l.amount
    FROM sale_line l JOIN sale s ON s.id = l.sale_id;
