-- Messages to people and bodies: what was meant, and what became of it. Arguments are seen by
-- staff, so they hold nothing sensitive; the text itself is made when it is sent.
CREATE TABLE notice (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid REFERENCES contact (id),
    organization_id uuid REFERENCES organization (id),
    phone_sealed bytea,
    phone_last4 text NOT NULL,
    template text NOT NULL,
    args json NOT NULL,
    language text NOT NULL CONSTRAINT ck_notice_language CHECK (language IN ('fa', 'en')),
    state text NOT NULL CONSTRAINT ck_notice_state CHECK (state IN ('waiting', 'sent', 'delivered', 'failed', 'no_channel')),
    channel text CONSTRAINT ck_notice_channel CHECK (channel IS NULL OR channel IN ('sms', 'voice')),
    parts bigint NOT NULL CONSTRAINT ck_notice_parts CHECK (parts >= 0),
    tries bigint NOT NULL CONSTRAINT ck_notice_tries CHECK (tries >= 0),
    provider_id text,
    provider_state bigint,
    cost bigint,
    fault text,
    made_at timestamptz NOT NULL,
    send_at timestamptz NOT NULL,
    sent_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT ck_notice_receiver CHECK (
        (contact_id IS NOT NULL AND organization_id IS NULL AND phone_sealed IS NULL)
        OR (contact_id IS NULL AND organization_id IS NOT NULL AND phone_sealed IS NULL)
        OR (contact_id IS NULL AND organization_id IS NULL AND phone_sealed IS NOT NULL)),
    CONSTRAINT ck_notice_sent CHECK (state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL)
);
CREATE INDEX ix_notice_contact ON notice (contact_id, id);
CREATE INDEX ix_notice_organization ON notice (organization_id, id);
CREATE INDEX ix_notice_state ON notice (state, id);
