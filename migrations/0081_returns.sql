-- Goods that came back, with the money given back for them.
CREATE TABLE sale_return (
    id uuid NOT NULL PRIMARY KEY,
    sale_id uuid NOT NULL REFERENCES sale (id),
    register_id uuid NOT NULL REFERENCES register (id),
    shift_id uuid NOT NULL REFERENCES shift (id),
    refund_kind text NOT NULL CONSTRAINT ck_sale_return_kind CHECK (refund_kind IN ('cash', 'card')),
    total bigint NOT NULL CONSTRAINT ck_sale_return_total CHECK (total > 0),
    reason text NOT NULL,
    returned_by uuid REFERENCES user_account (id),
    returned_at timestamptz NOT NULL
);
CREATE INDEX ix_sale_return_sale ON sale_return (sale_id);
append_only sale_return;

CREATE TABLE return_line (
    id uuid NOT NULL PRIMARY KEY,
    return_id uuid NOT NULL REFERENCES sale_return (id),
    line_id uuid NOT NULL REFERENCES sale_line (id),
    quantity bigint NOT NULL CONSTRAINT ck_return_line_quantity CHECK (quantity > 0),
    amount bigint NOT NULL CONSTRAINT ck_return_line_amount CHECK (amount > 0),
    goods text NOT NULL CONSTRAINT ck_return_line_goods CHECK (goods IN ('resellable', 'damaged'))
);
CREATE INDEX ix_return_line_return ON return_line (return_id);
CREATE INDEX ix_return_line_line ON return_line (line_id);
append_only return_line;

-- No line comes back more than it was sold, and no more money than was paid for it.
CREATE TABLE line_returned (
    line_id uuid NOT NULL PRIMARY KEY REFERENCES sale_line (id),
    sold bigint NOT NULL,
    returned bigint NOT NULL,
    paid bigint NOT NULL,
    refunded bigint NOT NULL,
    CONSTRAINT ck_line_returned_pieces CHECK (returned <= sold),
    CONSTRAINT ck_line_returned_money CHECK (refunded <= paid)
);

-- No more money goes back by a means than was paid by it.
CREATE TABLE sale_refunded (
    sale_id uuid NOT NULL PRIMARY KEY REFERENCES sale (id),
    cash_paid bigint NOT NULL,
    cash_back bigint NOT NULL,
    card_paid bigint NOT NULL,
    card_back bigint NOT NULL,
    CONSTRAINT ck_sale_refunded_cash CHECK (cash_back <= cash_paid),
    CONSTRAINT ck_sale_refunded_card CHECK (card_back <= card_paid)
);

-- What a sale and the books do not agree on: kept, and shown until somebody explains it. A price
-- or pieces of a line; or a card payment without its reference.
CREATE TABLE sale_discrepancy (
    id uuid NOT NULL PRIMARY KEY,
    sale_id uuid NOT NULL REFERENCES sale (id),
    line_id uuid REFERENCES sale_line (id),
    kind text NOT NULL CONSTRAINT ck_sale_discrepancy_kind CHECK (kind IN ('price', 'stock', 'reference')),
    expected bigint NOT NULL,
    found bigint NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_sale_discrepancy_line CHECK ((kind = 'reference') = (line_id IS NULL))
);
CREATE INDEX ix_sale_discrepancy_sale ON sale_discrepancy (sale_id);
append_only sale_discrepancy;

-- The explanation that settles one.
CREATE TABLE sale_explanation (
    discrepancy_id uuid NOT NULL PRIMARY KEY REFERENCES sale_discrepancy (id),
    note text NOT NULL CONSTRAINT ck_sale_explanation_note CHECK (note <> ''),
    explained_by uuid REFERENCES user_account (id),
    explained_at timestamptz NOT NULL
);
append_only sale_explanation;
