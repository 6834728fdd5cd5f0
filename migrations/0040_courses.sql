-- What is taught. A certificate needs this share of the sessions, and for competence a pass as well.
CREATE TABLE course (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    title_fa text NOT NULL,
    title_en text NOT NULL,
    hours bigint NOT NULL CONSTRAINT ck_course_hours CHECK (hours BETWEEN 1 AND 2000),
    basis text NOT NULL CONSTRAINT ck_course_basis CHECK (basis IN ('attendance', 'competence')),
    attendance_needed bigint NOT NULL CONSTRAINT ck_course_attendance_needed CHECK (attendance_needed BETWEEN 0 AND 100),
    made_at timestamptz NOT NULL,
    retired_on date
);
CREATE INDEX ix_course_organization ON course (organization_id, id);

-- A course held once, for a group. Places taken never pass the capacity.
CREATE TABLE cohort (
    id uuid NOT NULL PRIMARY KEY,
    course_id uuid NOT NULL REFERENCES course (id),
    place_id uuid NOT NULL REFERENCES place (id),
    trainer_id uuid NOT NULL REFERENCES user_account (id),
    capacity bigint NOT NULL CONSTRAINT ck_cohort_capacity CHECK (capacity BETWEEN 1 AND 500),
    taken bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    state text NOT NULL CONSTRAINT ck_cohort_state CHECK (state IN ('open', 'completed', 'cancelled')),
    ended_on date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_cohort_taken CHECK (taken BETWEEN 0 AND capacity),
    CONSTRAINT ck_cohort_period CHECK (ends_on >= starts_on),
    CONSTRAINT ck_cohort_ended CHECK ((state = 'open') = (ended_on IS NULL))
);
CREATE INDEX ix_cohort_course ON cohort (course_id, id);
CREATE INDEX ix_cohort_trainer ON cohort (trainer_id, state, starts_on);
CREATE INDEX ix_cohort_state ON cohort (state, starts_on);

CREATE TABLE course_session (
    id uuid NOT NULL PRIMARY KEY,
    cohort_id uuid NOT NULL REFERENCES cohort (id),
    number bigint NOT NULL,
    place_id uuid NOT NULL REFERENCES place (id),
    held_on date NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    roll_saved_at timestamptz,
    roll_saved_by uuid REFERENCES user_account (id),
    CONSTRAINT ck_course_session_period CHECK (ends_at > starts_at)
);
CREATE UNIQUE INDEX ux_course_session_number ON course_session (cohort_id, number);
CREATE INDEX ix_course_session_day ON course_session (held_on);

CREATE TABLE enrolment (
    id uuid NOT NULL PRIMARY KEY,
    cohort_id uuid NOT NULL REFERENCES cohort (id),
    case_id uuid NOT NULL REFERENCES case_file (id),
    step_id uuid REFERENCES plan_step (id),
    state text NOT NULL CONSTRAINT ck_enrolment_state CHECK (state IN ('applied', 'enrolled', 'completed', 'withdrawn', 'waitlisted')),
    enrolled_on date,
    completed_on date,
    ended_reason text CONSTRAINT ck_enrolment_reason CHECK (ended_reason IN ('left', 'attendance', 'assessment', 'cancelled')),
    made_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_enrolment_enrolled CHECK (state NOT IN ('enrolled', 'completed') OR enrolled_on IS NOT NULL),
    CONSTRAINT ck_enrolment_completed CHECK ((state = 'completed') = (completed_on IS NOT NULL)),
    CONSTRAINT ck_enrolment_ended CHECK ((state = 'withdrawn') = (ended_reason IS NOT NULL))
);
CREATE UNIQUE INDEX ux_enrolment_once ON enrolment (cohort_id, case_id) WHERE state <> 'withdrawn';
CREATE INDEX ix_enrolment_cohort ON enrolment (cohort_id, state, id);
CREATE INDEX ix_enrolment_case ON enrolment (case_id, id);

-- A roll call adds one row per person; a correction adds a row that names the one it replaces.
CREATE TABLE attendance (
    id uuid NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES course_session (id),
    enrolment_id uuid NOT NULL REFERENCES enrolment (id),
    mark text NOT NULL CONSTRAINT ck_attendance_mark CHECK (mark IN ('present', 'late', 'absent')),
    corrects uuid REFERENCES attendance (id),
    recorded_by uuid REFERENCES user_account (id),
    recorded_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_attendance_first ON attendance (session_id, enrolment_id) WHERE corrects IS NULL;
CREATE UNIQUE INDEX ux_attendance_corrects ON attendance (corrects);
CREATE INDEX ix_attendance_enrolment ON attendance (enrolment_id, session_id);
append_only attendance;

-- Quarters of an hour in which somebody (a person, or a user who teaches) is expected somewhere.
CREATE TABLE busy_quarter (
    holder_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    kind text NOT NULL CONSTRAINT ck_busy_quarter_kind CHECK (kind IN ('session', 'consultation')),
    record_id uuid NOT NULL,
    PRIMARY KEY (holder_id, starts_at)
);
CREATE INDEX ix_busy_quarter_record ON busy_quarter (record_id, holder_id);

CREATE VIEW enrolment_card AS
    SELECT id, case_id, cohort_id, state, enrolled_on, completed_on FROM enrolment;
