-- What rooms above may join: money that has reached a maker and stayed with her.
CREATE VIEW earning_card AS SELECT e.id, e.contact_id, e.payout_line_id, e.amount, e.earned_on FROM earning e
    WHERE NOT EXISTS (SELECT 1 FROM earning_return r WHERE r.earning_id = e.id);
