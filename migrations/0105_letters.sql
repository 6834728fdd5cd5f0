-- What a letter is begun from: wordings with places in braces, filled in when it is drafted.
CREATE TABLE letter_template (
    code text NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    name_fa text NOT NULL,
    name_en text NOT NULL,
    subject_fa text NOT NULL,
    subject_en text NOT NULL,
    wording_fa text NOT NULL,
    wording_en text NOT NULL
);

-- The secretariat's register. A letter of ours gets its number and date with its signature, and
-- nothing of it changes afterwards; one received keeps its sender's number and date beside ours.
CREATE TABLE letter (
    id uuid NOT NULL PRIMARY KEY,
    committee_id uuid NOT NULL REFERENCES committee (id),
    direction text NOT NULL CONSTRAINT ck_letter_direction CHECK (direction IN ('sent', 'received')),
    state text NOT NULL CONSTRAINT ck_letter_state
        CHECK (state IN ('drafted', 'discarded', 'signed', 'sent', 'received')),
    organization_id uuid NOT NULL REFERENCES organization (id),
    language text NOT NULL CONSTRAINT ck_letter_language CHECK (language IN ('fa', 'en')),
    year bigint,
    number bigint,
    dated_on date,
    their_number text NOT NULL,
    subject text NOT NULL,
    wording text NOT NULL,
    resolution_id uuid REFERENCES resolution (id),
    reminder_id uuid REFERENCES reminder (id),
    article_id uuid REFERENCES article (id),
    meeting_id uuid REFERENCES meeting (id),
    answers_id uuid REFERENCES letter (id),
    -- The day it was drafted for all bodies at once: once a day for each of them.
    batch_on date,
    made_by uuid,
    signed_by uuid,
    signed_seat_id uuid REFERENCES committee_membership (id),
    signed_at timestamptz,
    sent_on date,
    sent_way text CONSTRAINT ck_letter_sent_way CHECK (sent_way IS NULL OR sent_way IN ('post', 'hand', 'automation')),
    received_on date,
    made_at timestamptz NOT NULL,
    CONSTRAINT ck_letter_reference CHECK (
        (CASE WHEN resolution_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN reminder_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN article_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN meeting_id IS NULL THEN 0 ELSE 1 END) <= 1),
    CONSTRAINT ck_letter_received CHECK (
        (direction = 'received') = (state = 'received') AND (state = 'received') = (received_on IS NOT NULL)),
    CONSTRAINT ck_letter_number CHECK (
        (state IN ('drafted', 'discarded')) = (number IS NULL) AND (number IS NULL) = (year IS NULL)
        AND (number IS NULL) = (dated_on IS NULL)),
    CONSTRAINT ck_letter_signed CHECK (
        (state IN ('signed', 'sent')) = (signed_at IS NOT NULL)
        AND (signed_at IS NULL) = (signed_seat_id IS NULL)),
    CONSTRAINT ck_letter_sent CHECK (
        (state = 'sent') = (sent_on IS NOT NULL) AND (sent_on IS NULL) = (sent_way IS NULL))
);
CREATE UNIQUE INDEX ux_letter_number ON letter (committee_id, direction, year, number);
CREATE UNIQUE INDEX ux_letter_batch ON letter (committee_id, organization_id, batch_on);
CREATE INDEX ix_letter_resolution ON letter (resolution_id);
CREATE INDEX ix_letter_answers ON letter (answers_id);

-- The resolutions that one letter asks a body about together.
CREATE TABLE letter_resolution (
    letter_id uuid NOT NULL REFERENCES letter (id),
    resolution_id uuid NOT NULL REFERENCES resolution (id),
    PRIMARY KEY (letter_id, resolution_id)
);
CREATE INDEX ix_letter_resolution_resolution ON letter_resolution (resolution_id);

INSERT INTO letter_template (code, position, name_fa, name_en, subject_fa, subject_en, wording_fa, wording_en) VALUES
('follow_up', 1, 'پیگیری یک مصوبه', 'Follow-up of a resolution',
'پیگیری مصوبهٔ شمارهٔ {number}', 'Follow-up of resolution {number}',
'با سلام و احترام
مصوبهٔ شمارهٔ {number} به استناد {article} بر عهدهٔ {body} است: «{wording}»
مهلت آن {due} است؛ {standing}.
خواهشمند است نتیجه و مدرک آن را به دبیرخانه بفرستید یا زمان انجام آن را اعلام کنید.',
'Resolution {number}, under {article}, is the responsibility of {body}: “{wording}”
Its deadline is {due}; {standing}.
Please send its outcome and evidence to the secretariat, or tell us when it will be done.'),
('follow_up_list', 2, 'پیگیری مصوبات یک دستگاه', 'Follow-up of a body''s resolutions',
'پیگیری مصوبات کمیته', 'Follow-up of the committee''s resolutions',
'با سلام و احترام
این مصوبات بر عهدهٔ {body} است و هنوز پاسخ ندارد یا از مهلت آن گذشته است:
{list}
خواهشمند است نتیجه و مدرک هر یک را به دبیرخانه بفرستید یا زمان انجام آن را اعلام کنید.',
'These resolutions are the responsibility of {body} and have no answer yet or are past their deadline:
{list}
Please send the outcome and evidence of each to the secretariat, or tell us when it will be done.'),
('report_call', 3, 'درخواست آمار و گزارش', 'Call for a figure or report',
'درخواست آمار و گزارش دربارهٔ {article}', 'Call for figures and a report on {article}',
'با سلام و احترام
برای گزارش کمیته به شورا، خواهشمند است {body} آمار و گزارش کار خود دربارهٔ {article} را بفرستد: «{wording}»
زمان رسیدن گزارش: ………',
'For the committee''s report to the council, {body} is asked to send its figures and a report on {article}: “{wording}”
The report is expected by: ………'),
('reminder_answer', 4, 'پاسخ به تذکر', 'Answer to a reminder',
'پاسخ به تذکر شمارهٔ {number}', 'Answer to reminder {number}',
'با سلام و احترام
در پاسخ به تذکر شمارهٔ {number}، «{wording}»، به آگاهی می‌رساند:
………',
'In answer to reminder {number}, “{wording}”, we write to you:
………'),
('thanks', 5, 'سپاس و اعلام دریافت', 'Thanks and acknowledgement',
'سپاس از پاسخ {body}', 'Thanks for the answer of {body}',
'با سلام و احترام
پاسخ {body} دربارهٔ مصوبهٔ شمارهٔ {number}، «{wording}»، به دبیرخانه رسید و در دستور بررسی است. از همکاری شما سپاسگزاریم.',
'The answer of {body} on resolution {number}, “{wording}”, has reached the secretariat and is being looked at. We thank you for your work.');

-- The secretary signs the minutes before the chair approves them, with another hand.
ALTER TABLE meeting ADD COLUMN minutes_signed_at timestamptz;
-- From which seats of the committee both signed.
ALTER TABLE meeting ADD COLUMN minutes_signed_seat_id uuid REFERENCES committee_membership (id);
ALTER TABLE meeting ADD COLUMN minutes_approved_seat_id uuid REFERENCES committee_membership (id);
ALTER TABLE meeting ADD COLUMN minutes_signed_by uuid CONSTRAINT ck_meeting_two_hands
    CHECK (minutes_signed_by IS NULL OR minutes_approved_by IS NULL OR minutes_signed_by <> minutes_approved_by);
