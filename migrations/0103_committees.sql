-- A committee, its secretariat's body and the ordinance it serves.
CREATE TABLE committee (
    id uuid NOT NULL PRIMARY KEY,
    ordinance_id uuid NOT NULL REFERENCES ordinance (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    -- A working group prepares for its parent.
    parent_id uuid REFERENCES committee (id),
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_committee_parent CHECK (parent_id IS NULL OR parent_id <> id)
);
CREATE UNIQUE INDEX ux_committee_code ON committee (code);

-- Its rules, each set from a day on: who votes, how many make a quorum, how often it meets,
-- how many working days a reminder may wait.
CREATE TABLE committee_rule (
    id uuid NOT NULL PRIMARY KEY,
    committee_id uuid NOT NULL REFERENCES committee (id),
    valid_from date NOT NULL,
    voting_roles json NOT NULL,
    quorum_basis_points bigint NOT NULL,
    quorum_least bigint NOT NULL,
    is_chair_needed boolean NOT NULL,
    -- What passes: more than half of those present, more than half of all who vote, two thirds of
    -- those present.
    majority text NOT NULL CONSTRAINT ck_committee_rule_majority CHECK (majority IN ('present', 'members', 'two_thirds')),
    meets_every_days bigint NOT NULL,
    reminder_days bigint NOT NULL,
    CONSTRAINT ck_committee_rule_quorum CHECK (quorum_basis_points BETWEEN 0 AND 10000 AND quorum_least >= 1),
    CONSTRAINT ck_committee_rule_days CHECK (meets_every_days > 0 AND reminder_days > 0)
);
CREATE UNIQUE INDEX ux_committee_rule ON committee_rule (committee_id, valid_from);
append_only committee_rule;

CREATE TABLE committee_membership (
    id uuid NOT NULL PRIMARY KEY,
    committee_id uuid NOT NULL REFERENCES committee (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    user_id uuid REFERENCES user_account (id),
    role text NOT NULL CONSTRAINT ck_committee_membership_role
        CHECK (role IN ('chair', 'secretary', 'member', 'observer', 'guest')),
    title_fa text NOT NULL,
    title_en text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT ck_committee_membership_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE INDEX ix_committee_membership ON committee_membership (committee_id, role);
CREATE INDEX ix_committee_membership_user ON committee_membership (user_id);

-- Who sits in a seat when its holder is absent, by name and for a term; one at a time.
CREATE TABLE seat_substitute (
    id uuid NOT NULL PRIMARY KEY,
    membership_id uuid NOT NULL REFERENCES committee_membership (id),
    user_id uuid REFERENCES user_account (id),
    name text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT ck_seat_substitute_period CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE UNIQUE INDEX ux_seat_substitute_open ON seat_substitute (membership_id) WHERE valid_until IS NULL;
CREATE INDEX ix_seat_substitute ON seat_substitute (membership_id, valid_from);

-- The last number given in a Jalali year, for meetings and for resolutions.
CREATE TABLE committee_series (
    committee_id uuid NOT NULL REFERENCES committee (id),
    series text NOT NULL,
    year bigint NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (committee_id, series, year)
);

CREATE TABLE meeting (
    id uuid NOT NULL PRIMARY KEY,
    committee_id uuid NOT NULL REFERENCES committee (id),
    year bigint NOT NULL,
    number bigint NOT NULL,
    held_on date NOT NULL,
    -- The day it was last set for, when it was moved; its number stays.
    moved_from date,
    hours text NOT NULL,
    place text NOT NULL,
    state text NOT NULL CONSTRAINT ck_meeting_state CHECK (state IN ('planned', 'called', 'held', 'closed')),
    minutes_state text NOT NULL CONSTRAINT ck_meeting_minutes_state
        CHECK (minutes_state IN ('none', 'draft', 'remarks', 'frozen')),
    minutes text NOT NULL,
    agenda_approved_by uuid,
    minutes_approved_by uuid,
    frozen_at timestamptz,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_meeting_frozen CHECK ((minutes_state = 'frozen') = (state = 'closed'))
);
CREATE UNIQUE INDEX ux_meeting_number ON meeting (committee_id, year, number);

-- What is on the agenda: typed, or drafted from an open record (its id and codes are kept).
CREATE TABLE agenda_item (
    id uuid NOT NULL PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    position bigint NOT NULL,
    kind text NOT NULL CONSTRAINT ck_agenda_item_kind
        CHECK (kind IN ('leg', 'resolution', 'action', 'reminder', 'figure', 'forwarded', 'typed')),
    subject_id uuid NOT NULL,
    organization_id uuid REFERENCES organization (id),
    reference text NOT NULL,
    wording text NOT NULL,
    wording_en text NOT NULL,
    due_on date
);
CREATE UNIQUE INDEX ux_agenda_item_position ON agenda_item (meeting_id, position);
CREATE UNIQUE INDEX ux_agenda_item_subject ON agenda_item (meeting_id, subject_id);

CREATE TABLE attendance_mark (
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    membership_id uuid NOT NULL REFERENCES committee_membership (id),
    presence text NOT NULL CONSTRAINT ck_attendance_mark_presence
        CHECK (presence IN ('present', 'deputy', 'absent')),
    -- The named substitute who filled the seat; the seat counts once, whoever sits in it.
    substitute_id uuid REFERENCES seat_substitute (id),
    marked_at timestamptz NOT NULL,
    CONSTRAINT ck_attendance_mark_substitute CHECK ((presence = 'deputy') = (substitute_id IS NOT NULL)),
    PRIMARY KEY (meeting_id, membership_id)
);

-- Who left in the middle of a meeting, and whether they came back: from then on the seat does not
-- count for what is decided.
CREATE TABLE attendance_departure (
    id uuid NOT NULL PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    membership_id uuid NOT NULL REFERENCES committee_membership (id),
    left_at timestamptz NOT NULL,
    returned_at timestamptz,
    CONSTRAINT ck_attendance_departure_order CHECK (returned_at IS NULL OR returned_at >= left_at)
);
CREATE UNIQUE INDEX ux_attendance_departure_open ON attendance_departure (meeting_id, membership_id)
    WHERE returned_at IS NULL;

-- Papers of a meeting, for its members alone.
CREATE TABLE meeting_document (
    id uuid NOT NULL PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    name text NOT NULL,
    kind text NOT NULL CONSTRAINT ck_meeting_document_kind
        CHECK (kind IN ('pdf', 'jpg', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp')),
    content bytea NOT NULL,
    digest text NOT NULL,
    added_by uuid,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_meeting_document ON meeting_document (meeting_id, digest);
append_only meeting_document;

-- What a working group sends to its parent: an item of its agenda, or a proposal. It stands on the
-- parent's next agenda, once.
CREATE TABLE forwarded_item (
    id uuid NOT NULL PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    agenda_item_id uuid REFERENCES agenda_item (id),
    committee_id uuid NOT NULL REFERENCES committee (id),
    wording text NOT NULL,
    forwarded_by uuid,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_forwarded_item ON forwarded_item (agenda_item_id);
CREATE INDEX ix_forwarded_item_committee ON forwarded_item (committee_id);
append_only forwarded_item;

-- What attendees say about the draft of the minutes.
CREATE TABLE minutes_remark (
    id uuid NOT NULL PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting (id),
    user_id uuid,
    wording text NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_minutes_remark ON minutes_remark (meeting_id);
append_only minutes_remark;
