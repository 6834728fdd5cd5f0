-- Who comes after whom: a template is a graph of legs, kept as data. A template that was used
-- is never changed; a new version is added, and running chains finish on their own.
CREATE TABLE chain_template (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    version bigint NOT NULL CONSTRAINT ck_chain_template_version CHECK (version >= 1),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    valid_from date NOT NULL,
    valid_until date
);
CREATE UNIQUE INDEX ux_chain_template_version ON chain_template (code, version);

-- One leg of a template. It may start at once, after all legs before it, or after any of them.
CREATE TABLE template_leg (
    id uuid NOT NULL PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES chain_template (id),
    code text NOT NULL,
    position bigint NOT NULL,
    organization_kind text NOT NULL,
    service text NOT NULL,
    starts text NOT NULL CONSTRAINT ck_template_leg_starts CHECK (starts IN ('at_once', 'after_all', 'after_any')),
    name_fa text NOT NULL,
    name_en text NOT NULL
);
CREATE UNIQUE INDEX ux_template_leg_code ON template_leg (template_id, code);

-- A leg and one that comes before it.
CREATE TABLE template_edge (
    leg_id uuid NOT NULL REFERENCES template_leg (id),
    before_id uuid NOT NULL REFERENCES template_leg (id),
    PRIMARY KEY (leg_id, before_id),
    CONSTRAINT ck_template_edge_forward CHECK (leg_id <> before_id)
);

-- What a sort of service asks to know of a person, and how its bodies answer.
CREATE TABLE service_term (
    service text NOT NULL PRIMARY KEY,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    fields json NOT NULL,
    answers_by text NOT NULL CONSTRAINT ck_service_term_answers CHECK (answers_by IN ('link', 'file')),
    gives_licence boolean NOT NULL,
    -- The sender's supervisor says the word before it is sent.
    needs_release boolean NOT NULL,
    next_action text NOT NULL
);

-- Why a body may say no, and what follows from it.
CREATE TABLE decline_code (
    code text NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    consequence text NOT NULL CONSTRAINT ck_decline_code_consequence CHECK (consequence IN ('retry', 'next_body', 'plan', 'park')),
    -- Somebody of the sender's side looks at such a no before it stands.
    is_checked boolean NOT NULL,
    valid_until date
);

-- What happens to a leg nobody answers, and after how many hours.
CREATE TABLE reminder_rule (
    step bigint NOT NULL PRIMARY KEY,
    after_hours bigint NOT NULL CONSTRAINT ck_reminder_rule_hours CHECK (after_hours > 0),
    act text NOT NULL CONSTRAINT ck_reminder_rule_act CHECK (act IN ('remind', 'return', 'expire'))
);
