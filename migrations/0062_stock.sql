-- What lies where. Below zero only as far as an open discrepancy explains it.
CREATE TABLE stock (
    lot_id uuid NOT NULL REFERENCES lot (id),
    place_id uuid NOT NULL REFERENCES place (id),
    on_hand bigint NOT NULL,
    overdrawn bigint NOT NULL CONSTRAINT ck_stock_overdrawn CHECK (overdrawn >= 0),
    sequence bigint NOT NULL CONSTRAINT ck_stock_sequence CHECK (sequence >= 0),
    PRIMARY KEY (lot_id, place_id),
    CONSTRAINT ck_stock_on_hand CHECK (on_hand + overdrawn >= 0)
);
CREATE INDEX ix_stock_place ON stock (place_id, lot_id);

-- Every change of a balance, numbered per lot and place, with the balance after it.
CREATE TABLE stock_movement (
    id uuid NOT NULL PRIMARY KEY,
    lot_id uuid NOT NULL,
    place_id uuid NOT NULL,
    sequence bigint NOT NULL CONSTRAINT ck_stock_movement_sequence CHECK (sequence >= 1),
    kind text NOT NULL CONSTRAINT ck_stock_movement_kind CHECK (kind IN ('intake', 'sale', 'return_resellable',
        'return_damaged', 'transfer_out', 'transfer_in', 'in_transit_loss', 'count_gain', 'count_loss', 'theft',
        'breakage', 'expiry', 'sample_gift', 'return_to_producer', 'donated', 'correction')),
    quantity bigint NOT NULL,
    balance bigint NOT NULL,
    document_kind text NOT NULL,
    document_id uuid NOT NULL,
    payer text CONSTRAINT ck_stock_movement_payer CHECK (payer IN ('shop', 'producer', 'insurer', 'city_fund')),
    reason text NOT NULL,
    actor uuid,
    happened_at timestamptz NOT NULL,
    FOREIGN KEY (lot_id, place_id) REFERENCES stock (lot_id, place_id),
    CONSTRAINT ck_stock_movement_sign CHECK (
        (kind IN ('intake', 'return_resellable', 'return_damaged', 'transfer_in', 'count_gain') AND quantity > 0)
        OR (kind IN ('sale', 'transfer_out', 'in_transit_loss', 'count_loss', 'theft', 'breakage', 'expiry',
            'sample_gift', 'return_to_producer', 'donated') AND quantity < 0)
        OR (kind = 'correction' AND quantity <> 0)),
    CONSTRAINT ck_stock_movement_loss CHECK (payer IS NOT NULL OR kind NOT IN ('in_transit_loss', 'count_loss',
        'theft', 'breakage', 'expiry', 'sample_gift', 'donated'))
);
CREATE UNIQUE INDEX ux_stock_movement_sequence ON stock_movement (lot_id, place_id, sequence);
CREATE INDEX ix_stock_movement_document ON stock_movement (document_id);
append_only stock_movement;

-- What the shelf and the system do not agree on; the overdraw of a lot is the sum of its open ones.
CREATE TABLE discrepancy (
    id uuid NOT NULL PRIMARY KEY,
    lot_id uuid NOT NULL,
    place_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT ck_discrepancy_kind CHECK (kind IN ('overdraw', 'expired', 'not_approved')),
    quantity bigint NOT NULL CONSTRAINT ck_discrepancy_quantity CHECK (quantity > 0),
    document_id uuid NOT NULL,
    owner_id uuid NOT NULL REFERENCES organization (id),
    state text NOT NULL CONSTRAINT ck_discrepancy_state CHECK (state IN ('open', 'resolved')),
    resolution text NOT NULL,
    resolved_by uuid REFERENCES user_account (id),
    opened_at timestamptz NOT NULL,
    resolved_at timestamptz,
    FOREIGN KEY (lot_id, place_id) REFERENCES stock (lot_id, place_id),
    CONSTRAINT ck_discrepancy_resolved CHECK (state = 'open' OR (resolution <> '' AND resolved_at IS NOT NULL))
);
CREATE INDEX ix_discrepancy_open ON discrepancy (owner_id, state, id);
CREATE INDEX ix_discrepancy_stock ON discrepancy (lot_id, place_id, state);

CREATE VIEW stock_card AS SELECT s.lot_id, s.place_id, s.on_hand, s.overdrawn, l.product_id, l.contact_id,
    l.unit_price AS price, l.expires_on FROM stock s JOIN lot l ON l.id = s.lot_id;
