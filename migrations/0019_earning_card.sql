-- What rooms above may join: money that has reached a maker.
CREATE VIEW earning_card AS SELECT id, contact_id, payout_line_id, amount, earned_on FROM earning;
