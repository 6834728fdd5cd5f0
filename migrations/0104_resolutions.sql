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
    votes_for bigint NOT NULL,
    votes_against bigint NOT NULL,
    repealed_by_id uuid REFERENCES meeting (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_resolution_majority CHECK (votes_against >= 0 AND votes_for > votes_against),
    CONSTRAINT ck_resolution_due CHECK (due_on >= decided_on)
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
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_resolution_carry ON resolution_carry (resolution_id, meeting_id);
append_only resolution_carry;

-- What the responsible body says about it.
CREATE TABLE resolution_answer (
    id uuid NOT NULL PRIMARY KEY,
    resolution_id uuid NOT NULL REFERENCES resolution (id),
    wording text NOT NULL,
    reference text NOT NULL,
    answered_on date NOT NULL,
    recorded_by uuid,
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_resolution_answer ON resolution_answer (resolution_id, answered_on);
append_only resolution_answer;

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
    made_at timestamptz NOT NULL,
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
