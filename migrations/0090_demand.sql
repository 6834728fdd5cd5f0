-- What makers lack and somebody with knowledge could solve. No personal facts.
CREATE TABLE need (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    title text NOT NULL,
    description text NOT NULL,
    product_id uuid,
    craft text NOT NULL,
    state text NOT NULL CONSTRAINT ck_need_state CHECK (state IN ('open', 'matched', 'piloting', 'answered', 'withdrawn')),
    raised_by uuid REFERENCES user_account (id),
    raised_on date NOT NULL,
    ended_on date,
    help text CONSTRAINT ck_need_help CHECK (help IN ('design', 'packaging', 'shelf_life', 'ecommerce', 'materials',
        'buying', 'training', 'space', 'funding')),
    region bigint CONSTRAINT ck_need_region CHECK (region BETWEEN 1 AND 99),
    CONSTRAINT ck_need_subject CHECK (product_id IS NOT NULL OR craft <> ''),
    CONSTRAINT ck_need_ended CHECK ((state IN ('answered', 'withdrawn')) = (ended_on IS NOT NULL))
);
CREATE INDEX ix_need_state ON need (state, id);
CREATE INDEX ix_need_organization ON need (organization_id, id);

-- A company's answer: what it would do, for how much, in how many days.
CREATE TABLE offer (
    id uuid NOT NULL PRIMARY KEY,
    need_id uuid NOT NULL REFERENCES need (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    description text NOT NULL,
    cost bigint NOT NULL CONSTRAINT ck_offer_cost CHECK (cost >= 0),
    reward bigint NOT NULL CONSTRAINT ck_offer_reward CHECK (reward >= 0),
    days bigint NOT NULL CONSTRAINT ck_offer_days CHECK (days BETWEEN 1 AND 730),
    state text NOT NULL CONSTRAINT ck_offer_state CHECK (state IN ('made', 'accepted', 'declined', 'withdrawn')),
    offered_by uuid REFERENCES user_account (id),
    offered_on date NOT NULL,
    answered_on date,
    -- Certified on the day it offered; what its certificate says later changes nothing here.
    as_knowledge_based boolean NOT NULL,
    CONSTRAINT ck_offer_answered CHECK ((state = 'made') = (answered_on IS NULL))
);
CREATE UNIQUE INDEX ux_offer_standing ON offer (need_id, organization_id) WHERE state IN ('made', 'accepted');
CREATE UNIQUE INDEX ux_offer_accepted ON offer (need_id) WHERE state = 'accepted';
CREATE INDEX ix_offer_need ON offer (need_id, id);
CREATE INDEX ix_offer_organization ON offer (organization_id, id);

-- The offer tried in small, with a measure before and after.
CREATE TABLE pilot (
    id uuid NOT NULL PRIMARY KEY,
    need_id uuid NOT NULL REFERENCES need (id),
    offer_id uuid NOT NULL REFERENCES offer (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    state text NOT NULL CONSTRAINT ck_pilot_state CHECK (state IN ('running', 'ended')),
    started_on date NOT NULL,
    ends_on date NOT NULL,
    ended_on date,
    measure text NOT NULL,
    unit text NOT NULL,
    baseline bigint NOT NULL CONSTRAINT ck_pilot_baseline CHECK (baseline >= 0),
    goal bigint CONSTRAINT ck_pilot_goal CHECK (goal >= 0),
    outcome bigint CONSTRAINT ck_pilot_outcome CHECK (outcome >= 0),
    result text CONSTRAINT ck_pilot_result CHECK (result IN ('solved', 'partly', 'not_solved')),
    description text NOT NULL,
    CONSTRAINT ck_pilot_period CHECK (ends_on >= started_on),
    CONSTRAINT ck_pilot_ended CHECK ((state = 'ended') = (ended_on IS NOT NULL) AND (state = 'ended') = (result IS NOT NULL) AND (state = 'ended') = (outcome IS NOT NULL))
);
CREATE UNIQUE INDEX ux_pilot_running ON pilot (need_id) WHERE state = 'running';
CREATE UNIQUE INDEX ux_pilot_offer ON pilot (offer_id);
CREATE INDEX ix_pilot_organization ON pilot (organization_id, id);

CREATE VIEW pilot_card AS
    SELECT id, need_id, organization_id, state, started_on, ended_on, result FROM pilot;

-- Somebody waits for a word: a need put to a supporter, an offer made for a need, the first message of
-- somebody who wants to help. One body owes the answer by a working day; late is computed.
CREATE TABLE approach (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CONSTRAINT ck_approach_kind CHECK (kind IN ('put', 'offered', 'message')),
    owner_id uuid NOT NULL REFERENCES organization (id),
    supporter_id uuid REFERENCES organization (id),
    need_id uuid REFERENCES need (id),
    offer_id uuid REFERENCES offer (id),
    help text,
    -- Who wrote, how to answer them, and what: JSON.
    told_sealed bytea,
    opened_on date NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL CONSTRAINT ck_approach_state CHECK (state IN ('waiting', 'answered', 'closed')),
    ended_on date,
    answer text NOT NULL,
    answered_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_approach_due CHECK (due_on >= opened_on),
    CONSTRAINT ck_approach_ended CHECK ((state = 'waiting') = (ended_on IS NULL)),
    CONSTRAINT ck_approach_message CHECK ((kind = 'message') = (told_sealed IS NOT NULL)),
    CONSTRAINT ck_approach_need CHECK ((kind = 'message') = (need_id IS NULL) AND (kind = 'message') = (supporter_id IS NULL)),
    CONSTRAINT ck_approach_offer CHECK ((kind = 'offered') = (offer_id IS NOT NULL))
);
CREATE UNIQUE INDEX ux_approach_put ON approach (need_id, supporter_id) WHERE kind = 'put' AND state = 'waiting';
CREATE UNIQUE INDEX ux_approach_offer ON approach (offer_id);
CREATE INDEX ix_approach_owner ON approach (owner_id, state, due_on);
CREATE INDEX ix_approach_need ON approach (need_id, kind);

-- Work a centre was asked for: so many pieces by a day. How late it is, is computed.
CREATE TABLE work_order (
    id uuid NOT NULL PRIMARY KEY,
    place_id uuid NOT NULL REFERENCES place (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    customer text NOT NULL CONSTRAINT ck_work_order_customer CHECK (customer <> ''),
    item text NOT NULL CONSTRAINT ck_work_order_item CHECK (item <> ''),
    quantity bigint NOT NULL,
    delivered bigint NOT NULL,
    ordered_on date NOT NULL,
    due_on date NOT NULL,
    cancelled_on date,
    raised_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_work_order_quantity CHECK (quantity BETWEEN 1 AND 1000000),
    CONSTRAINT ck_work_order_delivered CHECK (delivered BETWEEN 0 AND quantity),
    CONSTRAINT ck_work_order_period CHECK (due_on >= ordered_on)
);
CREATE INDEX ix_work_order_place ON work_order (place_id, id);
CREATE INDEX ix_work_order_organization ON work_order (organization_id, id);

CREATE TABLE order_delivery (
    id uuid NOT NULL PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES work_order (id),
    quantity bigint NOT NULL CONSTRAINT ck_order_delivery_quantity CHECK (quantity > 0),
    delivered_on date NOT NULL,
    recorded_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_order_delivery ON order_delivery (order_id, delivered_on);
append_only order_delivery;

-- What a centre's Jalali month was, as the centre tells it: figures alone, nobody's name. A later row
-- of the same month takes the place of an earlier one and both stay.
CREATE TABLE centre_month (
    id uuid NOT NULL PRIMARY KEY,
    place_id uuid NOT NULL REFERENCES place (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    month_on date NOT NULL,
    capacity bigint NOT NULL,
    attended bigint NOT NULL,
    employed bigint NOT NULL,
    waged bigint NOT NULL,
    insured bigint NOT NULL,
    evidence text NOT NULL CONSTRAINT ck_centre_month_evidence CHECK (evidence <> ''),
    recorded_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_centre_month_counts CHECK (capacity BETWEEN 0 AND 100000 AND attended BETWEEN 0 AND 100000
        AND employed BETWEEN 0 AND 100000),
    CONSTRAINT ck_centre_month_parts CHECK (waged BETWEEN 0 AND employed AND insured BETWEEN 0 AND employed)
);
CREATE INDEX ix_centre_month_place ON centre_month (place_id, month_on, id);
CREATE INDEX ix_centre_month_organization ON centre_month (organization_id, id);
append_only centre_month;

-- The word that holds for each centre and month.
CREATE VIEW centre_month_card AS
    SELECT m.id, m.place_id, m.month_on, m.capacity, m.attended, m.employed, m.waged, m.insured, m.evidence
    FROM centre_month m WHERE NOT EXISTS (SELECT 1 FROM centre_month n
        WHERE n.place_id = m.place_id AND n.month_on = m.month_on
        AND (n.made_at > m.made_at OR (n.made_at = m.made_at AND n.id > m.id)));
