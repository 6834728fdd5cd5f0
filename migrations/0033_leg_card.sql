-- What rooms above may know of legs: no fact about a person.
CREATE VIEW leg_card AS
SELECT id, number, case_id, sender_id, organization_id, service, state, debtor, clock, due_on, review_on,
       CASE WHEN clock = 'running' THEN due_on WHEN clock = 'paused' THEN review_on END AS owed_on,
       -- Whose turn it is; the person's own turn is her body's care.
       CASE WHEN debtor IN ('sender', 'person') THEN sender_id ELSE organization_id END AS turn_id,
       sent_at, seen_at, answered_at, done_at, outcome
FROM leg WHERE state NOT IN ('draft', 'awaiting_release', 'voided');
