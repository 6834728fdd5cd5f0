-- A form is data; what was asked never changes under an answer, because answers point to a version.
CREATE TABLE assessment_form (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL
);
CREATE UNIQUE INDEX ux_assessment_form_code ON assessment_form (code);

CREATE TABLE form_version (
    id uuid NOT NULL PRIMARY KEY,
    form_id uuid NOT NULL REFERENCES assessment_form (id),
    number bigint NOT NULL,
    state text NOT NULL CONSTRAINT ck_form_version_state CHECK (state IN ('published', 'retired')),
    published_on date NOT NULL,
    retired_on date,
    CONSTRAINT ck_form_version_retired CHECK ((state = 'retired') = (retired_on IS NOT NULL))
);
CREATE UNIQUE INDEX ux_form_version_number ON form_version (form_id, number);
CREATE UNIQUE INDEX ux_form_version_published ON form_version (form_id) WHERE state = 'published';

CREATE TABLE form_domain (
    id uuid NOT NULL PRIMARY KEY,
    version_id uuid NOT NULL REFERENCES form_version (id),
    code text NOT NULL,
    place bigint NOT NULL,
    label_fa text NOT NULL,
    label_en text NOT NULL,
    low_until bigint NOT NULL CONSTRAINT ck_form_domain_low CHECK (low_until BETWEEN 0 AND 5)
);
CREATE UNIQUE INDEX ux_form_domain_code ON form_domain (version_id, code);
append_only form_domain;

CREATE TABLE score_meaning (
    domain_id uuid NOT NULL REFERENCES form_domain (id),
    score bigint NOT NULL CONSTRAINT ck_score_meaning_score CHECK (score BETWEEN 1 AND 5),
    meaning_fa text NOT NULL,
    meaning_en text NOT NULL,
    PRIMARY KEY (domain_id, score)
);
append_only score_meaning;

CREATE TABLE form_question (
    id uuid NOT NULL PRIMARY KEY,
    version_id uuid NOT NULL REFERENCES form_version (id),
    domain_id uuid NOT NULL REFERENCES form_domain (id),
    code text NOT NULL,
    place bigint NOT NULL,
    label_fa text NOT NULL,
    label_en text NOT NULL,
    purpose_fa text NOT NULL,
    purpose_en text NOT NULL,
    kind text NOT NULL CONSTRAINT ck_form_question_kind CHECK (kind IN ('choice', 'yes_no', 'number', 'money', 'note')),
    options json NOT NULL,
    sensitivity text NOT NULL CONSTRAINT ck_form_question_sensitivity CHECK (sensitivity IN ('personal', 'sensitive')),
    fact text
);
CREATE UNIQUE INDEX ux_form_question_code ON form_question (version_id, code);
append_only form_question;

CREATE TABLE assessment (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    version_id uuid NOT NULL REFERENCES form_version (id),
    made_on date NOT NULL,
    made_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL
);
CREATE INDEX ix_assessment_case ON assessment (case_id, id);
append_only assessment;

CREATE TABLE assessment_score (
    assessment_id uuid NOT NULL REFERENCES assessment (id),
    domain_id uuid NOT NULL REFERENCES form_domain (id),
    score bigint NOT NULL CONSTRAINT ck_assessment_score CHECK (score BETWEEN 1 AND 5),
    PRIMARY KEY (assessment_id, domain_id)
);
append_only assessment_score;

-- An answer is plain or sealed, never both.
CREATE TABLE assessment_answer (
    assessment_id uuid NOT NULL REFERENCES assessment (id),
    question_id uuid NOT NULL REFERENCES form_question (id),
    plain text,
    sealed bytea,
    PRIMARY KEY (assessment_id, question_id),
    CONSTRAINT ck_assessment_answer_one CHECK ((plain IS NULL) <> (sealed IS NULL))
);
append_only assessment_answer except sealed;
