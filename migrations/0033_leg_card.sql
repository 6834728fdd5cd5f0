-- What rooms above may know of legs: no fact about a person.
CREATE VIEW leg_card AS
SELECT id, number, case_id, sender_id, organization_id, service, state, debtor, clock, due_on, review_on,
       CASE WHEN clock = 'running' THEN due_on WHEN clock = 'paused' THEN review_on END AS owed_on,
       sent_at, seen_at, answered_at, done_at, outcome
FROM leg WHERE state NOT IN ('draft', 'voided');
