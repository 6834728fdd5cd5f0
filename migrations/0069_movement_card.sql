-- What rooms above may join: pieces that came and went.
CREATE VIEW movement_card AS
    SELECT m.id, m.lot_id, m.place_id, l.code AS lot_code, l.contact_id, m.kind, m.quantity, m.happened_at,
    m.document_id, m.payer
    FROM stock_movement m JOIN lot l ON l.id = m.lot_id;
-- What shelf and system did not agree on, and over which document.
CREATE VIEW discrepancy_card AS SELECT id, lot_id, place_id, kind, quantity, document_id FROM discrepancy;
