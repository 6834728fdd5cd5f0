-- A template at work for one case.
CREATE TABLE chain (
    id uuid NOT NULL PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES chain_template (id),
    case_id uuid NOT NULL REFERENCES case_file (id),
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_chain_case ON chain (case_id);

-- The next number of each Jalali year.
CREATE TABLE leg_series (
    year bigint NOT NULL PRIMARY KEY,
    last_number bigint NOT NULL
);

-- One hand-over to another body. A waiting leg has exactly one debtor, and a clock that runs or
-- is paused; any other leg has neither.
CREATE TABLE leg (
    id uuid NOT NULL PRIMARY KEY,
    number text NOT NULL,
    case_id uuid NOT NULL REFERENCES case_file (id),
    person_id uuid NOT NULL,
    step_id uuid REFERENCES plan_step (id),
    chain_id uuid REFERENCES chain (id),
    template_leg_id uuid REFERENCES template_leg (id),
    parent_id uuid REFERENCES leg (id),
    sender_id uuid NOT NULL REFERENCES organization (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    service_id uuid NOT NULL REFERENCES service (id),
    service text NOT NULL,
    state text NOT NULL CONSTRAINT ck_leg_state CHECK (state IN ('draft', 'awaiting_release', 'sent', 'seen', 'needs_info', 'waitlisted', 'accepted', 'declined', 'in_service', 'on_hold', 'completed', 'withdrawn', 'expired', 'forwarded', 'voided')),
    debtor text NOT NULL CONSTRAINT ck_leg_debtor CHECK (debtor IN ('sender', 'receiver', 'person', 'nobody')),
    clock text NOT NULL CONSTRAINT ck_leg_clock CHECK (clock IN ('running', 'paused', 'stopped')),
    due_on date,
    paused_on date,
    review_on date,
    appointment_on date,
    round bigint NOT NULL,
    reminders bigint NOT NULL CONSTRAINT ck_leg_reminders CHECK (reminders >= 0),
    is_returned boolean NOT NULL,
    consent_id uuid REFERENCES consent (id),
    sent_at timestamptz,
    seen_at timestamptz,
    answered_at timestamptz,
    done_at timestamptz,
    decline_code text REFERENCES decline_code (code),
    outcome text CONSTRAINT ck_leg_outcome CHECK (outcome IN ('delivered', 'partly', 'not')),
    result json,
    void_asked_by uuid,
    made_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_leg_waiting CHECK (
        (state IN ('sent', 'seen', 'waitlisted', 'accepted', 'in_service')
            AND debtor = 'receiver' AND clock = 'running' AND due_on IS NOT NULL AND paused_on IS NULL)
        OR (state = 'needs_info' AND debtor IN ('sender', 'person')
            AND clock = 'paused' AND due_on IS NOT NULL AND paused_on IS NOT NULL)
        OR (state = 'on_hold' AND debtor = 'receiver'
            AND clock = 'paused' AND due_on IS NOT NULL AND paused_on IS NOT NULL)
        -- The sender's own turn: the supervisor's word, or a look at a refusal.
        OR (state IN ('awaiting_release', 'declined')
            AND debtor = 'sender' AND clock = 'running' AND due_on IS NOT NULL AND paused_on IS NULL)
        OR (state IN ('draft', 'declined', 'completed', 'withdrawn', 'expired', 'forwarded', 'voided')
            AND debtor = 'nobody' AND clock = 'stopped' AND paused_on IS NULL)),
    CONSTRAINT ck_leg_review CHECK (state NOT IN ('waitlisted', 'on_hold', 'needs_info') OR review_on IS NOT NULL),
    CONSTRAINT ck_leg_sent CHECK (state IN ('draft', 'awaiting_release', 'voided') OR (sent_at IS NOT NULL AND consent_id IS NOT NULL)),
    CONSTRAINT ck_leg_completed CHECK (state <> 'completed' OR (outcome IS NOT NULL AND done_at IS NOT NULL)),
    CONSTRAINT ck_leg_declined CHECK (state <> 'declined' OR decline_code IS NOT NULL),
    CONSTRAINT ck_leg_elsewhere CHECK (organization_id <> sender_id)
);
CREATE UNIQUE INDEX ux_leg_number ON leg (number);
CREATE UNIQUE INDEX ux_leg_in_chain ON leg (chain_id, template_leg_id);
CREATE INDEX ix_leg_case ON leg (case_id);
CREATE INDEX ix_leg_receiver ON leg (organization_id, state, due_on);
CREATE INDEX ix_leg_sender ON leg (sender_id, state, due_on);
-- Late legs, counted by who owes them without reading a leg, and the latest first.
CREATE INDEX ix_leg_clock ON leg (clock, due_on, id, state, debtor, organization_id, sender_id);
CREATE INDEX ix_leg_review ON leg (clock, review_on, state, debtor, organization_id, sender_id);
CREATE INDEX ix_leg_consent ON leg (consent_id);
CREATE INDEX ix_leg_done ON leg (done_at);

-- What happened to a leg, who said so, and through which channel.
CREATE TABLE leg_event (
    id uuid NOT NULL PRIMARY KEY,
    leg_id uuid NOT NULL REFERENCES leg (id),
    happened_at timestamptz NOT NULL,
    act text NOT NULL,
    state text NOT NULL,
    debtor text NOT NULL,
    due_on date,
    channel text NOT NULL CONSTRAINT ck_leg_event_channel CHECK (channel IN ('desk', 'link', 'file', 'slip', 'system')),
    user_id uuid,
    actor text NOT NULL,
    note bytea,
    detail json NOT NULL
);
CREATE INDEX ix_leg_event_leg ON leg_event (leg_id, id);
append_only leg_event except note;

-- What the receiver may know: exactly the fields the consent covers, sealed.
CREATE TABLE parcel (
    id uuid NOT NULL PRIMARY KEY,
    leg_id uuid NOT NULL REFERENCES leg (id),
    consent_id uuid NOT NULL REFERENCES consent (id),
    category text NOT NULL CONSTRAINT ck_parcel_category CHECK (category IN ('operational', 'personal', 'sensitive')),
    fields json NOT NULL,
    content bytea NOT NULL,
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text CONSTRAINT ck_parcel_end CHECK (end_reason IN ('done', 'recalled'))
);
CREATE UNIQUE INDEX ux_parcel_leg ON parcel (leg_id);

-- A link by which a body answers without an account. Only the token's hash is kept.
CREATE TABLE leg_link (
    id uuid NOT NULL PRIMARY KEY,
    leg_id uuid NOT NULL REFERENCES leg (id),
    token_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_leg_link_token ON leg_link (token_hash);
CREATE INDEX ix_leg_link_leg ON leg_link (leg_id, made_at);

-- A one-time code sent to the body's phone: it opens the contact details for a while.
CREATE TABLE link_code (
    id uuid NOT NULL PRIMARY KEY,
    link_id uuid NOT NULL REFERENCES leg_link (id),
    tries bigint NOT NULL CONSTRAINT ck_link_code_tries CHECK (tries BETWEEN 0 AND 5),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX ix_link_code_link ON link_code (link_id, made_at);

-- Each time the clock spoke: to the body, back to the sender, or the end.
CREATE TABLE escalation (
    id uuid NOT NULL PRIMARY KEY,
    leg_id uuid NOT NULL REFERENCES leg (id),
    round bigint NOT NULL,
    step bigint NOT NULL,
    act text NOT NULL,
    happened_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_escalation_step ON escalation (leg_id, round, step);
append_only escalation;
