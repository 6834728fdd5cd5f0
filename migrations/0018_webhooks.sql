-- Where other systems are told of what happens. The secret signs what is sent; the one before it
-- signs along until its last instant.
CREATE TABLE webhook_endpoint (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    url text NOT NULL CONSTRAINT ck_webhook_endpoint_url CHECK (url <> ''),
    -- The kinds of event it is told of: a list of words.
    event_types json NOT NULL,
    state text NOT NULL CONSTRAINT ck_webhook_endpoint_state CHECK (state IN ('active', 'paused', 'disabled')),
    secret_sealed bytea NOT NULL,
    -- Since when: for a few minutes it is told again to whoever lost the answer.
    secret_made_at timestamptz NOT NULL,
    previous_sealed bytea,
    previous_until timestamptz,
    -- Since when whatever was given up has been followed by no success.
    dead_since timestamptz,
    -- Grows with each delivery that is taken to be sent: who takes one holds this row.
    claims bigint NOT NULL CONSTRAINT ck_webhook_endpoint_claims CHECK (claims >= 0),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_webhook_endpoint_previous CHECK ((previous_sealed IS NULL) = (previous_until IS NULL))
);
CREATE UNIQUE INDEX ux_webhook_endpoint_url ON webhook_endpoint (organization_id, url);

-- What is told, to the letter: these bytes are signed, so they are text and not JSON, which an
-- engine may write anew in its own order. Ids, numbers and states; never a fact about a person.
CREATE TABLE webhook_message (
    id uuid NOT NULL PRIMARY KEY,
    event_type text NOT NULL,
    body_json text NOT NULL,
    made_at timestamptz NOT NULL
);
append_only webhook_message;

-- A message on its way to an endpoint. "failed" is tried again, "dead" is not.
CREATE TABLE webhook_delivery (
    id uuid NOT NULL PRIMARY KEY,
    message_id uuid NOT NULL REFERENCES webhook_message (id),
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoint (id),
    state text NOT NULL CONSTRAINT ck_webhook_delivery_state CHECK (state IN ('waiting', 'delivered', 'failed', 'dead')),
    -- All attempts, and those since it was written or sent anew.
    attempts bigint NOT NULL,
    tries bigint NOT NULL,
    next_try_at timestamptz,
    leased_until timestamptz,
    last_status bigint,
    last_fault text,
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT ck_webhook_delivery_tries CHECK (tries >= 0 AND attempts >= tries),
    CONSTRAINT ck_webhook_delivery_next CHECK ((state IN ('waiting', 'failed')) = (next_try_at IS NOT NULL)),
    CONSTRAINT ck_webhook_delivery_ended CHECK ((state IN ('delivered', 'dead')) = (ended_at IS NOT NULL)),
    CONSTRAINT ck_webhook_delivery_status CHECK (state <> 'delivered' OR last_status BETWEEN 200 AND 299)
);
CREATE UNIQUE INDEX ux_webhook_delivery_message ON webhook_delivery (message_id, endpoint_id);
CREATE INDEX ix_webhook_delivery_due ON webhook_delivery (endpoint_id, state, next_try_at);
CREATE INDEX ix_webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);

-- What came of each attempt: the receiver's status, or why there was none.
CREATE TABLE webhook_attempt (
    id uuid NOT NULL PRIMARY KEY,
    delivery_id uuid NOT NULL REFERENCES webhook_delivery (id),
    number bigint NOT NULL CONSTRAINT ck_webhook_attempt_number CHECK (number > 0),
    status bigint,
    fault text,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_webhook_attempt_outcome CHECK (status IS NOT NULL OR fault IS NOT NULL)
);
CREATE UNIQUE INDEX ux_webhook_attempt_number ON webhook_attempt (delivery_id, number);
append_only webhook_attempt;
