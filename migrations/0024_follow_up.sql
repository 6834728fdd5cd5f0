-- How she is doing 3, 6, 12 and 24 months on. Income after is what was really paid out to her.
CREATE TABLE follow_up (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    task_id uuid NOT NULL REFERENCES case_task (id),
    months bigint NOT NULL CONSTRAINT ck_follow_up_months CHECK (months IN (3, 6, 12, 24)),
    made_on date NOT NULL,
    made_by uuid REFERENCES user_account (id),
    household_members bigint NOT NULL CONSTRAINT ck_follow_up_members CHECK (household_members BETWEEN 1 AND 30),
    is_working boolean NOT NULL,
    -- Why she stopped, as a code; sealed, since it may be her health.
    stopped_sealed bytea,
    income_before bigint CONSTRAINT ck_follow_up_before CHECK (income_before >= 0),
    income_after bigint NOT NULL CONSTRAINT ck_follow_up_after CHECK (income_after >= 0),
    after_from date NOT NULL,
    after_to date NOT NULL,
    note_sealed bytea,
    CONSTRAINT ck_follow_up_reason CHECK (is_working = (stopped_sealed IS NULL))
);
CREATE UNIQUE INDEX ux_follow_up_task ON follow_up (task_id);
CREATE INDEX ix_follow_up_case ON follow_up (case_id, months);
append_only follow_up except note_sealed, stopped_sealed;

-- Income before and after, without why and without notes.
CREATE VIEW follow_up_card AS
    SELECT id, case_id, months, made_on, household_members, is_working, income_before, income_after FROM follow_up;
