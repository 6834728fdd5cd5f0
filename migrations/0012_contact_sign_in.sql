-- The slip a person without a phone carries. Its digits follow from its id; a new one ends the old.
CREATE TABLE sign_in_slip (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    printed_by uuid,
    printed_at timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    is_current boolean NOT NULL
);
CREATE UNIQUE INDEX ux_sign_in_slip_current ON sign_in_slip (contact_id) WHERE is_current;
CREATE INDEX ix_sign_in_slip_contact ON sign_in_slip (contact_id, printed_at);

-- A right code from a phone that several people share: who of them it is, is asked next.
CREATE TABLE sign_in_choice (
    ticket_hash bytea NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    -- The number the code went to, as a keyed hash.
    phone_mark bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ix_sign_in_choice_expiry ON sign_in_choice (expires_at);
