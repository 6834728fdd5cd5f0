-- The levels of a maker's way and what each asks for, as data: a city may change them. What somebody
-- reached stays hers, with the rule of that day beside it.
CREATE TABLE level (
    code text NOT NULL PRIMARY KEY,
    position bigint NOT NULL CONSTRAINT ck_level_position CHECK (position BETWEEN 1 AND 20),
    name_fa text NOT NULL CONSTRAINT ck_level_name_fa CHECK (name_fa <> ''),
    name_en text NOT NULL CONSTRAINT ck_level_name_en CHECK (name_en <> '')
);
CREATE UNIQUE INDEX ux_level_position ON level (position);

CREATE TABLE level_need (
    level_code text NOT NULL REFERENCES level (code),
    measure text NOT NULL CONSTRAINT ck_level_need_measure CHECK (measure IN ('started', 'approved', 'sale_months', 'helped')),
    least bigint NOT NULL CONSTRAINT ck_level_need_least CHECK (least BETWEEN 1 AND 1000),
    PRIMARY KEY (level_code, measure)
);

CREATE TABLE level_reached (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    level_code text NOT NULL REFERENCES level (code),
    reached_on date NOT NULL,
    -- What was asked for on that day, and what she had.
    rule json NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_level_reached ON level_reached (contact_id, level_code);
append_only level_reached;

-- One maker taught or helped another: what she did, as staff saw it.
CREATE TABLE maker_help (
    id uuid NOT NULL PRIMARY KEY,
    helper_id uuid NOT NULL REFERENCES contact (id),
    helped_id uuid NOT NULL REFERENCES contact (id),
    what text NOT NULL CONSTRAINT ck_maker_help_what CHECK (what <> ''),
    helped_on date NOT NULL,
    recorded_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_maker_help_other CHECK (helper_id <> helped_id)
);
CREATE INDEX ix_maker_help_helper ON maker_help (helper_id, helped_id);
append_only maker_help;

-- What is told of a maker, with a picture if she likes: written by one, approved by another, and public
-- only while the very consent holds under which it was approved.
CREATE TABLE story_text (
    id uuid NOT NULL PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contact (id),
    text_fa text NOT NULL CONSTRAINT ck_story_text_fa CHECK (text_fa <> ''),
    text_en text NOT NULL,
    picture bytea,
    small_picture bytea,
    -- The day on which she agreed that the picture is seen.
    picture_agreed_on date,
    state text NOT NULL CONSTRAINT ck_story_text_state CHECK (state IN ('written', 'approved', 'ended')),
    consent_id uuid REFERENCES consent (id),
    written_by uuid REFERENCES user_account (id),
    written_on date NOT NULL,
    approved_by uuid REFERENCES user_account (id),
    approved_on date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_story_text_picture CHECK ((picture IS NULL) = (small_picture IS NULL)
        AND (picture IS NULL) = (picture_agreed_on IS NULL)),
    CONSTRAINT ck_story_text_approved CHECK (state <> 'approved'
        OR (approved_by IS NOT NULL AND approved_on IS NOT NULL AND consent_id IS NOT NULL)),
    CONSTRAINT ck_story_text_second_hand CHECK (approved_by IS NULL OR written_by IS NULL OR approved_by <> written_by)
);
CREATE INDEX ix_story_text_contact ON story_text (contact_id, id);
-- One story of hers is shown at a time.
CREATE UNIQUE INDEX ux_story_text_shown ON story_text (contact_id) WHERE state = 'approved';

-- What a year is praised for, as data, with its meaning printed beside.
CREATE TABLE award (
    code text NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    measure text NOT NULL CONSTRAINT ck_award_measure CHECK (measure IN ('sale_months', 'sale_days', 'helped')),
    -- Only makers whose first sale ever fell in the year.
    is_newcomer boolean NOT NULL,
    -- Of every region, or of the whole city.
    is_regional boolean NOT NULL,
    -- Nobody is praised below this figure, nor where fewer makers have any.
    least bigint NOT NULL CONSTRAINT ck_award_least CHECK (least BETWEEN 1 AND 1000),
    field_least bigint NOT NULL CONSTRAINT ck_award_field CHECK (field_least BETWEEN 1 AND 1000),
    name_fa text NOT NULL CONSTRAINT ck_award_name_fa CHECK (name_fa <> ''),
    name_en text NOT NULL CONSTRAINT ck_award_name_en CHECK (name_en <> ''),
    meaning_fa text NOT NULL CONSTRAINT ck_award_meaning_fa CHECK (meaning_fa <> ''),
    meaning_en text NOT NULL CONSTRAINT ck_award_meaning_en CHECK (meaning_en <> '')
);

-- A year is settled once, when it is over; its list stands from then on, with the words of that day.
CREATE TABLE award_year (
    jalali_year bigint NOT NULL PRIMARY KEY,
    definitions json NOT NULL,
    settled_on date NOT NULL,
    settled_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_award_year CHECK (jalali_year BETWEEN 1390 AND 1500)
);
append_only award_year;

CREATE TABLE award_winner (
    id uuid NOT NULL PRIMARY KEY,
    jalali_year bigint NOT NULL REFERENCES award_year (jalali_year),
    award_code text NOT NULL REFERENCES award (code),
    -- Empty for the whole city.
    region text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    amount bigint NOT NULL CONSTRAINT ck_award_winner_amount CHECK (amount > 0),
    -- How many makers had any such figure.
    field bigint NOT NULL CONSTRAINT ck_award_winner_field CHECK (field > 0),
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_award_winner ON award_winner (jalali_year, award_code, region, contact_id);
CREATE INDEX ix_award_winner_contact ON award_winner (contact_id, jalali_year);
append_only award_winner;
