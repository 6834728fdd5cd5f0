-- What a meeting decided. There is no column for its state: that is computed from answers,
-- evidence and days.
CREATE TABLE resolution (
    id uuid NOT NULL PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    committee_id uuid NOT NULL REFERENCES committee (id),
    article_id uuid NOT NULL REFERENCES article (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    responsible text NOT NULL,
    year bigint NOT NULL,
    number bigint NOT NULL,
    wording text NOT NULL,
    evidence_asked text NOT NULL,
    decided_on date NOT NULL,
    due_on date NOT NULL,
    -- The day that was asked for, when it was a day off: the deadline is the working day after it.
    moved_from date,
    votes_for bigint NOT NULL,
    votes_against bigint NOT NULL,
    votes_abstain bigint NOT NULL,
    -- The rule it passed by, and the seats that voted and were there at that moment.
    majority text NOT NULL CONSTRAINT ck_resolution_rule CHECK (majority IN ('present', 'members', 'two_thirds')),
    voters_present bigint NOT NULL,
    voters_all bigint NOT NULL,
    repealed_by_id uuid REFERENCES meeting (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_resolution_votes CHECK (votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0
        AND votes_for + votes_against + votes_abstain <= voters_present AND voters_present <= voters_all),
    CONSTRAINT ck_resolution_majority CHECK (
        (majority = 'present' AND 2 * votes_for > voters_present)
        OR (majority = 'members' AND 2 * votes_for > voters_all)
        OR (majority = 'two_thirds' AND votes_for > 0 AND 3 * votes_for >= 2 * voters_present)),
    CONSTRAINT ck_resolution_due CHECK (due_on >= decided_on),
    CONSTRAINT ck_resolution_moved CHECK (moved_from IS NULL OR moved_from < due_on)
);
CREATE UNIQUE INDEX ux_resolution_number ON resolution (committee_id, year, number);
CREATE INDEX ix_resolution_article ON resolution (article_id);
CREATE INDEX ix_resolution_meeting ON resolution (meeting_id);

-- A later meeting gave it another deadline.
CREATE TABLE resolution_carry (
    id uuid NOT NULL PRIMARY KEY,
    resolution_id uuid NOT NULL REFERENCES resolution (id),
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    due_on date NOT NULL,
    moved_from date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_resolution_carry_moved CHECK (moved_from IS NULL OR moved_from < due_on)
);
CREATE UNIQUE INDEX ux_resolution_carry ON resolution_carry (resolution_id, meeting_id);
append_only resolution_carry;

-- What the responsible body says about it, and how that reached us: the same words said again the
-- same way are one answer, which the mark of their content knows.
CREATE TABLE resolution_answer (
    id uuid NOT NULL PRIMARY KEY,
    resolution_id uuid NOT NULL REFERENCES resolution (id),
    place bigint NOT NULL,
    kind text NOT NULL CONSTRAINT ck_resolution_answer_kind CHECK (kind IN ('done', 'progress', 'cannot')),
    way text NOT NULL CONSTRAINT ck_resolution_answer_way CHECK (way IN ('office', 'link', 'desk', 'file')),
    mark text NOT NULL,
    wording text NOT NULL,
    reference text NOT NULL,
    answered_on date NOT NULL,
    recorded_by uuid,
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_resolution_answer ON resolution_answer (resolution_id, answered_on);
CREATE UNIQUE INDEX ux_resolution_answer_place ON resolution_answer (resolution_id, place);
CREATE UNIQUE INDEX ux_resolution_answer_mark ON resolution_answer (resolution_id, mark);
append_only resolution_answer;

-- Addresses by which a body answers without an account; only a keyed hash of the secret is kept.
CREATE TABLE resolution_link (
    id uuid NOT NULL PRIMARY KEY,
    resolution_id uuid NOT NULL REFERENCES resolution (id),
    token_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_resolution_link_token ON resolution_link (token_hash);
CREATE INDEX ix_resolution_link ON resolution_link (resolution_id);

-- What a resolution decides about one case: it opens exactly one leg or one line of a package, once
-- its minutes are frozen. Nothing of the person is here but the case's code.
CREATE TABLE case_decision (
    id uuid NOT NULL PRIMARY KEY,
    resolution_id uuid NOT NULL REFERENCES resolution (id),
    case_id uuid NOT NULL,
    case_code text NOT NULL,
    opens text NOT NULL CONSTRAINT ck_case_decision_what CHECK (opens IN ('leg', 'package_line')),
    service_id uuid REFERENCES service (id),
    budget_line_id uuid,
    aid text,
    name text,
    quantity bigint CONSTRAINT ck_case_decision_quantity CHECK (quantity BETWEEN 1 AND 10000),
    unit_cost bigint CONSTRAINT ck_case_decision_cost CHECK (unit_cost BETWEEN 0 AND 1000000000000),
    state text NOT NULL CONSTRAINT ck_case_decision_state CHECK (state IN ('waiting', 'opened', 'refused')),
    opened text,
    refusal text,
    carried_at timestamptz,
    decided_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_case_decision_opens CHECK (
        (opens = 'leg' AND service_id IS NOT NULL AND budget_line_id IS NULL AND aid IS NULL AND name IS NULL
            AND quantity IS NULL AND unit_cost IS NULL)
        OR (opens = 'package_line' AND service_id IS NULL AND budget_line_id IS NOT NULL AND aid IS NOT NULL
            AND name IS NOT NULL AND quantity IS NOT NULL AND unit_cost IS NOT NULL)),
    CONSTRAINT ck_case_decision_carried CHECK (
        (state = 'opened') = (opened IS NOT NULL) AND (state = 'refused') = (refusal IS NOT NULL)
        AND (state = 'waiting') = (carried_at IS NULL))
);
CREATE UNIQUE INDEX ux_case_decision_resolution ON case_decision (resolution_id);

-- What proves a milestone, a commitment or a resolution. Nobody verifies what they recorded.
CREATE TABLE evidence (
    id uuid NOT NULL PRIMARY KEY,
    milestone_id uuid REFERENCES milestone (id),
    commitment_id uuid REFERENCES commitment (id),
    resolution_id uuid REFERENCES resolution (id),
    quantity bigint NOT NULL CONSTRAINT ck_evidence_quantity CHECK (quantity > 0),
    note text NOT NULL,
    reference text NOT NULL,
    given_on date NOT NULL,
    recorded_by uuid,
    verified_by uuid,
    verified_at timestamptz,
    verified_on date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_evidence_verified CHECK ((verified_at IS NULL) = (verified_on IS NULL)),
    CONSTRAINT ck_evidence_subject CHECK (
        (milestone_id IS NOT NULL AND commitment_id IS NULL AND resolution_id IS NULL)
        OR (milestone_id IS NULL AND commitment_id IS NOT NULL AND resolution_id IS NULL)
        OR (milestone_id IS NULL AND commitment_id IS NULL AND resolution_id IS NOT NULL)),
    CONSTRAINT ck_evidence_two_hands CHECK (verified_by IS NULL OR recorded_by IS NULL OR verified_by <> recorded_by)
);
CREATE INDEX ix_evidence_milestone ON evidence (milestone_id);
CREATE INDEX ix_evidence_commitment ON evidence (commitment_id);
CREATE INDEX ix_evidence_resolution ON evidence (resolution_id);

-- A reminder (تذکر) of the observer or the commission's expert; the secretary must answer.
CREATE TABLE reminder (
    id uuid NOT NULL PRIMARY KEY,
    committee_id uuid NOT NULL REFERENCES committee (id),
    article_id uuid REFERENCES article (id),
    resolution_id uuid REFERENCES resolution (id),
    year bigint NOT NULL,
    number bigint NOT NULL,
    wording text NOT NULL,
    filed_by uuid,
    filed_on date NOT NULL,
    due_on date NOT NULL,
    answer text,
    answered_by uuid,
    answered_on date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_reminder_answer CHECK ((answer IS NULL) = (answered_on IS NULL)),
    CONSTRAINT ck_reminder_two_hands CHECK (answered_by IS NULL OR filed_by IS NULL OR answered_by <> filed_by)
);
CREATE UNIQUE INDEX ux_reminder_number ON reminder (committee_id, year, number);

-- What rooms above may join of the plan: an action with the article it serves, by its address, and
-- its milestones with the day they fell due, were delivered by evidence and proven by a second hand.
-- A milestone that leans on a figure has that figure's code and target, and neither day.
CREATE VIEW action_card AS
    SELECT a.id AS action_id, a.code, a.article_id, o.code || '/' || r.eid AS article_ref, a.organization_id,
    a.starts_on, a.due_on
    FROM action a JOIN article r ON r.id = a.article_id JOIN ordinance o ON o.id = r.ordinance_id;
CREATE VIEW milestone_card AS
    SELECT m.id AS milestone_id, m.action_id, a.article_id, o.code || '/' || r.eid AS article_ref, m.due_on,
    m.indicator_code, m.target,
    (SELECT min(e.given_on) FROM evidence e WHERE e.milestone_id = m.id) AS delivered_on,
    CASE WHEN NOT EXISTS (SELECT 1 FROM evidence e WHERE e.milestone_id = m.id AND e.verified_on IS NULL)
        THEN (SELECT max(e.verified_on) FROM evidence e WHERE e.milestone_id = m.id) END AS proven_on
    FROM milestone m JOIN action a ON a.id = m.action_id JOIN article r ON r.id = a.article_id
    JOIN ordinance o ON o.id = r.ordinance_id;

-- Decisions on one case whose minutes are frozen and that still stand: what is to be opened.
CREATE VIEW case_decision_card AS
    SELECT d.id, d.case_id, d.opens, r.organization_id, d.service_id, d.budget_line_id, d.aid, d.name, d.quantity,
    d.unit_cost, d.state
    FROM case_decision d JOIN resolution r ON r.id = d.resolution_id JOIN meeting m ON m.id = r.meeting_id
    WHERE m.state = 'closed' AND r.repealed_by_id IS NULL;
