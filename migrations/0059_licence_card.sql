-- What rooms above may join: licences without their numbers.
CREATE VIEW licence_card AS
    SELECT id, contact_id, kind, valid_from, valid_until, state, revoked_on, source_id FROM licence;
