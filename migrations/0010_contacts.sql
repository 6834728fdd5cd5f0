-- Whoever the programme deals with, known by a public handle. The phone is sealed; its hash
-- finds equals, its last digits help the eye. Several people may share one phone.
CREATE TABLE contact (
    id uuid NOT NULL PRIMARY KEY,
    handle text NOT NULL,
    -- The id under which grants about this human being are written: a person, or the contact itself.
    subject_id uuid NOT NULL,
    first_name text NOT NULL,
    shown_name text NOT NULL,
    language text NOT NULL CONSTRAINT ck_contact_language CHECK (language IN ('fa', 'en')),
    phone_kind text NOT NULL CONSTRAINT ck_contact_phone_kind CHECK (phone_kind IN ('mobile', 'landline', 'none')),
    phone_sealed bytea,
    phone_hash bytea,
    phone_last4 text NOT NULL,
    channel text NOT NULL CONSTRAINT ck_contact_channel CHECK (channel IN ('sms', 'voice', 'none')),
    companion_id uuid REFERENCES contact (id),
    region text NOT NULL,
    neighbourhood text NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_contact_phone CHECK ((phone_kind = 'none') = (phone_sealed IS NULL) AND (phone_kind = 'none') = (phone_hash IS NULL)),
    CONSTRAINT ck_contact_sms_needs_mobile CHECK (channel <> 'sms' OR phone_kind = 'mobile'),
    CONSTRAINT ck_contact_voice_needs_phone CHECK (channel <> 'voice' OR phone_kind <> 'none'),
    CONSTRAINT ck_contact_companion CHECK (companion_id IS NULL OR companion_id <> id)
);
CREATE UNIQUE INDEX ux_contact_handle ON contact (handle);
CREATE INDEX ix_contact_phone ON contact (phone_hash);
CREATE INDEX ix_contact_subject ON contact (subject_id);
CREATE INDEX ix_contact_companion ON contact (companion_id);

-- What rooms above may join.
CREATE VIEW contact_card AS
    SELECT id, handle, subject_id, first_name, shown_name, region, neighbourhood FROM contact;
