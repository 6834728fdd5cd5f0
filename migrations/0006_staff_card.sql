-- What rooms above may join: who a user is by name, for lists that tell who did a thing.
CREATE VIEW staff_card AS SELECT id, username, shown_name FROM user_account;

-- Who holds which role in which body, and when.
CREATE VIEW member_card AS SELECT user_id, organization_id, role, valid_from, valid_until FROM membership;
