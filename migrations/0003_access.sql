-- Those who can sign in with a name.
CREATE TABLE user_account (
    id uuid NOT NULL PRIMARY KEY,
    username text NOT NULL,
    shown_name text NOT NULL,
    password_hash text NOT NULL,
    totp_secret bytea,
    last_totp_step bigint NOT NULL,
    is_active boolean NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_user_account_username ON user_account (username);

-- A role in a body for a time.
CREATE TABLE membership (
    id uuid NOT NULL PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES user_account (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_until date
);
CREATE INDEX ix_membership_user ON membership (user_id);
CREATE INDEX ix_membership_organization ON membership (organization_id, role);

-- Opaque tokens; only their hash is kept. A session belongs to a user or to a contact.
CREATE TABLE session (
    token_hash bytea NOT NULL PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ck_session_kind CHECK (kind IN ('staff', 'person', 'token')),
    user_id uuid REFERENCES user_account (id),
    contact_id uuid,
    helper_id uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    proved_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT ck_session_owner CHECK ((user_id IS NULL) <> (contact_id IS NULL))
);
CREATE INDEX ix_session_expiry ON session (expires_at);

-- Tries counted per subject and window, for sign-in and codes.
CREATE TABLE rate_limit (
    subject text NOT NULL,
    window_start timestamptz NOT NULL,
    tries bigint NOT NULL,
    PRIMARY KEY (subject, window_start)
);

-- Codes sent to a phone or printed on a slip; the code itself is computed from the id.
CREATE TABLE sign_in_code (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT ck_sign_in_code_kind CHECK (kind IN ('sms', 'slip')),
    tries bigint NOT NULL CONSTRAINT ck_sign_in_code_tries CHECK (tries <= 5),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX ix_sign_in_code_contact ON sign_in_code (contact_id, made_at);

-- What a person agreed to. Withdrawal ends the grants that rest on it.
CREATE TABLE consent (
    id uuid NOT NULL PRIMARY KEY,
    subject_id uuid NOT NULL,
    purpose text NOT NULL,
    categories json NOT NULL,
    bodies json NOT NULL,
    given_on date NOT NULL,
    valid_until date NOT NULL,
    evidence text NOT NULL,
    given_by uuid,
    recorded_by uuid,
    withdrawn_at timestamptz,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_consent_guardian CHECK ((evidence = 'guardian') = (given_by IS NOT NULL))
);
CREATE INDEX ix_consent_subject ON consent (subject_id);

-- Which body may see what of whom, for how long, resting on which consent.
CREATE TABLE access_grant (
    id uuid NOT NULL PRIMARY KEY,
    subject_id uuid NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization (id),
    purpose text NOT NULL,
    category text NOT NULL CONSTRAINT ck_access_grant_category CHECK (category IN ('operational', 'personal', 'sensitive')),
    valid_from timestamptz NOT NULL,
    valid_until timestamptz,
    consent_id uuid REFERENCES consent (id),
    CONSTRAINT ck_access_grant_sensitive CHECK (category <> 'sensitive' OR consent_id IS NOT NULL)
);
CREATE INDEX ix_access_grant_subject ON access_grant (subject_id, organization_id);
CREATE INDEX ix_access_grant_organization ON access_grant (organization_id, category, subject_id);
CREATE INDEX ix_access_grant_consent ON access_grant (consent_id);

-- A record opened without a right to it, for a written reason and a short time. It ends by itself.
CREATE TABLE emergency_access (
    id uuid NOT NULL PRIMARY KEY,
    subject_id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES user_account (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    -- What was opened, as its own code: 1405-00042.
    about text NOT NULL,
    reason_sealed bytea NOT NULL,
    opened_at timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    CONSTRAINT ck_emergency_access_short CHECK (valid_until > opened_at)
);
CREATE INDEX ix_emergency_access_user ON emergency_access (user_id, valid_until);
CREATE INDEX ix_emergency_access_subject ON emergency_access (subject_id, opened_at);
CREATE INDEX ix_emergency_access_opened ON emergency_access (opened_at, id);
append_only emergency_access except reason_sealed;

-- What happened and who saw what. Numbered and linked by the sealer.
CREATE TABLE audit_event (
    id uuid NOT NULL PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    user_id uuid,
    actor text NOT NULL,
    request_id uuid NOT NULL,
    action text NOT NULL,
    record_kind text NOT NULL,
    record_id uuid,
    detail json NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX ix_audit_event_record ON audit_event (record_id, happened_at);
append_only audit_event;

CREATE TABLE audit_link (
    number bigint NOT NULL PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES audit_event (id),
    sealed_at timestamptz NOT NULL,
    hash bytea NOT NULL
);
CREATE UNIQUE INDEX ux_audit_link_event ON audit_link (event_id);
append_only audit_link;

-- Who seals now: one process at a time.
CREATE TABLE audit_sealer (
    id bigint NOT NULL PRIMARY KEY CONSTRAINT ck_audit_sealer_one CHECK (id = 1),
    holder uuid NOT NULL,
    held_until timestamptz NOT NULL
);

-- A form half filled in: kept on the server, so nothing is lost when a session ends.
CREATE TABLE draft (
    id uuid NOT NULL PRIMARY KEY,
    owner_id uuid NOT NULL,
    form text NOT NULL,
    subject_id uuid,
    content json NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX ix_draft_owner ON draft (owner_id, form);
