-- What a maker and a shop's operator agreed on. Never edited: a new version supersedes it.
CREATE TABLE agreement (
    id uuid NOT NULL PRIMARY KEY,
    number bigint NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    work_mode text NOT NULL CONSTRAINT ck_agreement_mode CHECK (work_mode IN ('independent', 'piecework', 'partnered')),
    commission_bp bigint NOT NULL CONSTRAINT ck_agreement_commission CHECK (commission_bp BETWEEN 0 AND 10000),
    loss_payer text NOT NULL CONSTRAINT ck_agreement_payer CHECK (loss_payer IN ('shop', 'producer', 'insurer', 'city_fund')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    accepted_by text NOT NULL CONSTRAINT ck_agreement_acceptance CHECK (accepted_by IN ('signature', 'sms_code', 'witness')),
    accepted_on date NOT NULL,
    supersedes_id uuid REFERENCES agreement (id),
    made_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_agreement_period CHECK (ends_on >= starts_on)
);
CREATE UNIQUE INDEX ux_agreement_number ON agreement (organization_id, number);
CREATE UNIQUE INDEX ux_agreement_supersedes ON agreement (supersedes_id);
CREATE INDEX ix_agreement_contact ON agreement (contact_id, organization_id, starts_on);
CREATE INDEX ix_agreement_organization ON agreement (organization_id, id);
append_only agreement;

-- The early end of an agreement: its last day, which may lie before its first.
CREATE TABLE agreement_end (
    agreement_id uuid NOT NULL PRIMARY KEY REFERENCES agreement (id),
    last_on date NOT NULL,
    reason text NOT NULL CONSTRAINT ck_agreement_end_reason CHECK (reason IN ('superseded', 'ended')),
    ended_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL
);
append_only agreement_end;

-- One row per maker and operator: which agreement is the last and from which day another may
-- begin. Changed only where the new one fits, so no day ever has two.
CREATE TABLE agreement_slot (
    contact_id uuid NOT NULL REFERENCES contact (id),
    organization_id uuid NOT NULL REFERENCES organization (id),
    agreement_id uuid NOT NULL REFERENCES agreement (id),
    free_from date NOT NULL,
    PRIMARY KEY (contact_id, organization_id)
);

CREATE TABLE consignment_series (
    owner_id uuid NOT NULL,
    name text NOT NULL,
    last_number bigint NOT NULL CONSTRAINT ck_consignment_series_last CHECK (last_number BETWEEN 1 AND 1073741823),
    PRIMARY KEY (owner_id, name)
);
