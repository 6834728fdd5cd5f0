-- What rooms above may join: who a user is by name, for lists that tell who did a thing.
CREATE VIEW staff_card AS SELECT id, username, shown_name FROM user_account;
