-- Money of the programme. Committed and spent never pass what was granted.
CREATE TABLE budget_line (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    granted bigint NOT NULL CONSTRAINT ck_budget_line_granted CHECK (granted >= 0),
    committed bigint NOT NULL CONSTRAINT ck_budget_line_committed CHECK (committed >= 0),
    spent bigint NOT NULL CONSTRAINT ck_budget_line_spent CHECK (spent >= 0),
    -- The article it rests on, by its address (`instrument/art_3`); what it says is kept elsewhere.
    article_ref text CONSTRAINT ck_budget_line_article CHECK (article_ref LIKE '%_/_%'),
    CONSTRAINT ck_budget_line_enough CHECK (committed + spent <= granted)
);
CREATE UNIQUE INDEX ux_budget_line_code ON budget_line (code);

CREATE TABLE budget_movement (
    id uuid NOT NULL PRIMARY KEY,
    budget_line_id uuid NOT NULL REFERENCES budget_line (id),
    kind text NOT NULL CONSTRAINT ck_budget_movement_kind CHECK (kind IN ('granted', 'committed', 'released', 'spent')),
    amount bigint NOT NULL CONSTRAINT ck_budget_movement_amount CHECK (amount > 0),
    package_line_id uuid,
    user_id uuid,
    happened_at timestamptz NOT NULL
);
CREATE INDEX ix_budget_movement_line ON budget_movement (budget_line_id, id);
append_only budget_movement;

-- What a target group usually gets.
CREATE TABLE package_template (
    id uuid NOT NULL PRIMARY KEY,
    code text NOT NULL,
    number bigint NOT NULL,
    target_group text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    state text NOT NULL CONSTRAINT ck_package_template_state CHECK (state IN ('published', 'retired')),
    article_ref text CONSTRAINT ck_package_template_article CHECK (article_ref LIKE '%_/_%')
);
CREATE UNIQUE INDEX ux_package_template_number ON package_template (code, number);
CREATE UNIQUE INDEX ux_package_template_published ON package_template (code) WHERE state = 'published';

CREATE TABLE package_template_line (
    id uuid NOT NULL PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES package_template (id),
    place bigint NOT NULL,
    kind text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    unit text NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_package_template_line_quantity CHECK (quantity > 0),
    unit_cost bigint NOT NULL CONSTRAINT ck_package_template_line_cost CHECK (unit_cost >= 0),
    budget_line_id uuid NOT NULL REFERENCES budget_line (id)
);
CREATE UNIQUE INDEX ux_package_template_line_place ON package_template_line (template_id, place);
append_only package_template_line;

-- A case has one current plan; ending it makes room for the next.
CREATE TABLE plan (
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES case_file (id),
    number bigint NOT NULL,
    based_on uuid REFERENCES plan (id),
    template_id uuid REFERENCES package_template (id),
    state text NOT NULL CONSTRAINT ck_plan_state CHECK (state IN ('draft', 'proposed', 'approved', 'active', 'completed', 'revised')),
    made_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    proposed_by uuid REFERENCES user_account (id),
    proposed_at timestamptz,
    approved_by uuid REFERENCES user_account (id),
    approved_at timestamptz,
    agreed_on date,
    ended_on date,
    CONSTRAINT ck_plan_other_approves CHECK (approved_by IS NULL OR (proposed_by IS NOT NULL AND approved_by <> proposed_by AND (made_by IS NULL OR approved_by <> made_by))),
    CONSTRAINT ck_plan_proposed CHECK (state NOT IN ('proposed', 'approved', 'active', 'completed') OR proposed_by IS NOT NULL),
    CONSTRAINT ck_plan_approved CHECK (state NOT IN ('approved', 'active', 'completed') OR approved_by IS NOT NULL),
    CONSTRAINT ck_plan_ended CHECK ((state IN ('completed', 'revised')) = (ended_on IS NOT NULL))
);
CREATE UNIQUE INDEX ux_plan_current ON plan (case_id) WHERE state IN ('draft', 'proposed', 'approved', 'active');
CREATE UNIQUE INDEX ux_plan_number ON plan (case_id, number);

CREATE TABLE plan_goal (
    id uuid NOT NULL PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plan (id),
    domain_code text,
    sealed bytea NOT NULL,
    measure text NOT NULL CONSTRAINT ck_plan_goal_measure CHECK (measure IN ('monthly_income', 'products', 'certificate', 'licence', 'score', 'other')),
    baseline bigint NOT NULL,
    target bigint NOT NULL,
    due_on date NOT NULL,
    reached_on date
);
CREATE INDEX ix_plan_goal_plan ON plan_goal (plan_id, id);

CREATE TABLE plan_step (
    id uuid NOT NULL PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plan (id),
    case_id uuid NOT NULL REFERENCES case_file (id),
    kind text NOT NULL CONSTRAINT ck_plan_step_kind CHECK (kind IN ('referral', 'training', 'consulting', 'licence', 'product', 'sale', 'follow_up', 'other')),
    sealed bytea,
    organization_id uuid REFERENCES organization (id),
    due_on date NOT NULL,
    state text NOT NULL CONSTRAINT ck_plan_step_state CHECK (state IN ('open', 'done', 'dropped')),
    ended_on date,
    evidence text,
    article_ref text CONSTRAINT ck_plan_step_article CHECK (article_ref LIKE '%_/_%'),
    -- The first of the steps it was copied from, plan after plan: what was begun for one ends the last.
    origin_id uuid REFERENCES plan_step (id),
    CONSTRAINT ck_plan_step_ended CHECK ((state = 'open') = (ended_on IS NULL))
);
CREATE INDEX ix_plan_step_case ON plan_step (case_id, due_on);
CREATE INDEX ix_plan_step_plan ON plan_step (plan_id, due_on);
CREATE INDEX ix_plan_step_origin ON plan_step (origin_id);
CREATE INDEX ix_plan_step_article ON plan_step (article_ref);

CREATE TABLE package_line (
    id uuid NOT NULL PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plan (id),
    template_line_id uuid REFERENCES package_template_line (id),
    kind text NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    unit text NOT NULL,
    quantity bigint NOT NULL CONSTRAINT ck_package_line_quantity CHECK (quantity > 0),
    unit_cost bigint NOT NULL CONSTRAINT ck_package_line_cost CHECK (unit_cost >= 0),
    amount bigint NOT NULL CONSTRAINT ck_package_line_amount CHECK (amount = quantity * unit_cost),
    budget_line_id uuid NOT NULL REFERENCES budget_line (id),
    state text NOT NULL CONSTRAINT ck_package_line_state CHECK (state IN ('wished', 'committed', 'delivered', 'released')),
    delivered_on date,
    delivered_by uuid REFERENCES user_account (id),
    CONSTRAINT ck_package_line_delivered CHECK ((state = 'delivered') = (delivered_on IS NOT NULL))
);
CREATE INDEX ix_package_line_plan ON package_line (plan_id, id);
CREATE INDEX ix_package_line_budget ON package_line (budget_line_id, state);

-- What cites an article of the law: a template, a line of the budget, a step of a case by the case's
-- code.
CREATE VIEW citation_card AS
    SELECT 'package_template' AS kind, t.id, t.code, t.name_fa, t.name_en, t.article_ref
    FROM package_template t WHERE t.article_ref IS NOT NULL AND t.state = 'published'
    UNION ALL SELECT 'budget_line' AS kind, b.id, b.code, b.name_fa, b.name_en, b.article_ref
    FROM budget_line b WHERE b.article_ref IS NOT NULL
    UNION ALL SELECT 'case_action' AS kind, s.id, c.code, '' AS name_fa, '' AS name_en, s.article_ref
    FROM plan_step s JOIN case_file c ON c.id = s.case_id WHERE s.article_ref IS NOT NULL AND s.state <> 'dropped';

CREATE VIEW budget_line_card AS SELECT id, code, name_fa, name_en FROM budget_line;

-- What was delivered of packages: what it was, who paid, what it cost.
CREATE VIEW package_card AS
    SELECT l.id, p.case_id, l.kind, l.amount, l.budget_line_id, l.delivered_on
    FROM package_line l JOIN plan p ON p.id = l.plan_id WHERE l.state = 'delivered';
