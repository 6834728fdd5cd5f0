-- What rooms above may join: what each sold line gave, and the sold lines whose money arrived.
CREATE VIEW accrual_card AS
    SELECT id, sale_id, contact_id, place_id, lot_id, lot_code, kind, quantity, paid, vat_bp, vat,
    commission_bp, commission, net, sold_on FROM accrual;
CREATE VIEW paid_line_card AS
    SELECT a.id, a.contact_id, a.lot_code, a.sold_on, p.settled_on
    FROM accrual a JOIN statement_line l ON l.accrual_id = a.id
    JOIN payout_statement s ON s.statement_id = l.statement_id JOIN payout p ON p.id = s.payout_id
    WHERE a.kind = 'sale' AND p.state = 'confirmed';
