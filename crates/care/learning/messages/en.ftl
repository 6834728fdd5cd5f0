nav-courses = Courses
nav-consultations = Consultations
nav-my-classes = My classes

save = Save
act = Act
stretch = { $day }, { $from } to { $until }
days-between = { $from } to { $until }
day-not-ahead = Write a day from today on.
clock-not-understood = Write the hour like this: 9:30
clock-order = The end must come after the beginning.
clock-hint = For example 9:30
choose-again = Choose one of the list.
hours-text = { $count } hours
minutes-text = { $count } minutes

### Courses

courses-title = Courses
courses-empty = There are no courses yet.
course-new-title = Add a course
course-created = The course was added.
course-title = Course
course-body = Held by
course-hours = Hours
course-basis = Certificate for
course-attendance = Attendance needed
percent-of-sessions = At least { $share } percent of the sessions
basis-attendance = Attendance
basis-competence = Attendance and skill
attendance-hint = What percent of the sessions? From 0 to 100
field-body = Held by
field-title-fa = Title in Persian
field-title-en = Title in English
field-hours = Hours of the course
field-basis = What is the certificate given for?
field-attendance-needed = Attendance needed

my-sessions = My sessions
my-sessions-empty = You have no session in the next two weeks.

### Cohorts

cohorts-title = Cohorts
cohorts-empty = No cohort is planned yet.
cohorts-none-open = No cohort takes people now.
cohort-new-title = Plan a cohort
cohort-created = The cohort was planned.
cohort-title = Cohort
cohort-days = Days
cohort-taken = Places taken
cohort-trainer = Trainer
cohort-state = State
cohort-state-open = Running
cohort-state-completed = Completed
cohort-state-cancelled = Not held
cohort-choice = { $course }, from { $day }, free places: { $free }
taken-of = { $taken } of { $capacity }
trainers-empty = This body has no trainer yet. Add one first.
field-trainer = Trainer
field-place = Place
field-capacity = Capacity
field-days = Days of the sessions
days-hint = One day a line; at least three. For example 1405/9/12
days-count = Write at least 3 and at most 100 days, one a line.
day-line-wrong = “{ $line }” is no day. Write it like this: 1405/9/12
day-twice = A day is written twice.
field-from-clock = Begins at
field-until-clock = Ends at
cohort-cancel = It is not held
cohort-cancel-help = All enrolments end. This cannot be taken back.
cohort-cancelled = The cohort was called off.
cohort-complete = Complete the cohort
cohort-completed = The cohort is completed. Passed: { $completed }, not reached: { $missed }.
complete-lead = are needed. Those below were there often enough.
complete-short = There too seldom; no certificate
field-competent = Who showed the skill?
rolls-missing =
    { $count ->
        [one] The roll of one session is not saved yet.
       *[other] The rolls of { $count } sessions are not saved yet.
    }

### Sessions and rolls

sessions-title = Sessions
session-number = Number
session-when = When
session-place = Place
session-roll = Roll call
session-ahead = Still ahead
session-of = Session { $number }
roll-title = Roll call
roll-call = Call the roll
roll-show = See and correct
roll-lead = Everybody is present; tap only who is absent or late.
roll-save = Save the roll
roll-saved = Saved
roll-saved-flash = The roll was saved.
roll-too-early = The session has not begun.
cohort-is-over = This cohort is over.
mark = Attendance
mark-present = Present
mark-late = Late
mark-absent = Absent
mark-correct = Correct to
mark-was-corrected = (corrected)
mark-corrected = Corrected.
attended = Attended
attended-of = { $attended } of { $held }

### Enrolments

people-title = People
people-empty = Nobody is on this list.
person-name = Name
enrol-title = Enrol in a course
enrol = Enrol
enrolment-state = State
enrolment-applied = Applied
enrolment-waitlisted = Waiting
enrolment-enrolled = Enrolled
enrolment-completed = Passed
enrolment-withdrawn = Left
ended-left = Left by choice
ended-attendance = Was there too seldom
ended-assessment = Needs more practice
ended-cancelled = Was not held
enrolment-admit = Admit
enrolment-withdraw = Withdraw
person-enrolled = Enrolled. A message about the class is on its way.
person-waits = The cohort is full. The person waits for a place.
person-withdrew = Left the cohort.
cohort-is-full = All places are taken.
field-case-code = Case code
field-cohort = Cohort
case-code-hint = The code at the top of the case
case-code-unknown = There is no case with this code.
may-wait = If there is no place, wait for one
course-agreed = Agreed that the body of the course knows the name
advice-agreed = Agreed that the consultant's body knows the name
my-agreed = I agree that the body of the course knows my name
field-evidence = How was consent given?
evidence-signature = Signed the sheet
evidence-sms-code = Gave the code from the SMS
evidence-witness = Agreed before a witness
evidence-guardian = The guardian signed; the deed of guardianship was seen
evidence-needed = Tell how consent was given.
name-hidden = The name is hidden
reason-learning-no-consent = No consent lets this body know the name.
learning-title = Courses and advice
classes-title = Courses of this person
classes-empty = Not enrolled in any course yet.

### Certificates

certificates-title = Certificates
certificates-empty = No certificate was issued yet.
certificates-waiting =
    { $count ->
        [one] One person waits for a certificate.
       *[other] { $count } people wait for a certificate.
    }
certificates-issue = Issue certificates
certificates-issued =
    { $count ->
        [one] One certificate was issued.
       *[other] { $count } certificates were issued.
    }
certificate-title = Certificate
certificate-serial = Certificate number
certificate-issued-on = Issued on
certificate-holds = Validity
certificate-state-valid = Valid
certificate-state-revoked = Revoked
certificate-print = Print the certificate
certificate-public = Public page
certificate-revoke = Revoke
certificate-revoke-help = The public page says so at once. This cannot be taken back.
certificate-revoked-flash = The certificate was revoked.
field-reason = Why?
revoked-mistake = Issued by mistake
revoked-not-earned = The course's terms were not met
revoked-forged = Its paper was misused
revoked-replaced = A new certificate takes its place
certificate-body-attendance = The holder attended the sessions of this course.
certificate-body-competence = The holder completed this course and showed the skill it teaches.
paper-length = Length
paper-from = From
paper-until = Until
paper-head = Head of the training body
paper-qr = Scan this code to check the certificate.

verify-title = Check a certificate
verify-lead = Write the number that stands on the certificate.
verify-hint = Nine letters and digits, for example 7KQ2-M4XP-D
verify-check = Check
verify-mistyped = This number is not right. Copy it from the paper again.
verify-valid = This certificate is valid.
verify-revoked = This certificate was revoked.
verify-unknown = No such certificate was issued.
verify-unknown-help = If someone gave you this number, ask the training body.
verify-another = Another number
verify-name = Granted to
verify-compare = Compare name and course with the paper.

### Consultations

consultations-title = Consultations
consultations-empty = There is no consultation.
consultations-none = No consultation yet.
consultations-all = All
consultations-lead = Book a new hour in the person's case, under Learning.
consultation-title = Consultation
consultation-new-title = Book a consultation
consultation-book = Book
consultation-when = When
consultation-with = Consultant
consultation-state = State
consultation-state-booked = Booked
consultation-state-held = Held
consultation-state-missed = Did not come
consultation-state-cancelled = Called off
consultation-advices = Tasks from it
consultation-booked-flash = The hour was booked.
consultation-held-flash = The result was saved. The advice became tasks of the case.
consultation-ended-flash = Saved. A new hour is the case's next action.
outcome-ready = Ready to go on
outcome-needs-work = Carry out the advice first
outcome-needs-another = Meet again
hold-title = Result of the consultation
hold-save = Save the result
field-outcome = What did you find?
field-note = One line
advice-title = Advice
advice-hint = Each piece of advice becomes a task of the case.
advice-number = Advice { $number }
advice-due = By which day? (advice { $number })
not-held = It did not take place?
end-missed = Did not come
end-cancelled = Called off
how-wrong = Say whether the person did not come or it was called off.
field-consultant = Consultant
field-starts-on = Day
field-minutes = Length
consultants-title = Consultants
consultants-empty = There are no consultants yet.
consultant-new-title = Add a consultant
consultant-added = The consultant was added.
consultant-name = Name and field
field-name-fa = Name in Persian
field-name-en = Name in English
field-field-fa = Field of advice, in Persian
field-field-en = Field of advice, in English
field-user = The consultant's user

### A person's own page

my-classes-title = My classes
my-classes-empty = You are in no class yet.
my-apply-title = A new class
my-apply = Ask for a place
my-applied = Your request was saved. The centre will tell you.
my-leave = I cannot come
my-leave-yes = I leave this class
my-calendar-title = Phone calendar
my-calendar-lead = Put this address into your phone's calendar. Give it to nobody.
my-calendar-offer = See classes and consultations in your phone's calendar.
my-calendar-open = Make a calendar address
my-calendar-close = Close this address
my-calendar-opened = The calendar address was made.
my-calendar-closed = The address is closed. It shows nothing any more.
calendar-name = Classes and consultations

### Why not

reason-learning-value-wrong = This value is not accepted. Correct it.
reason-learning-record-unknown = What you chose is gone. Choose again.
reason-sessions-few = A cohort has at least three sessions.
reason-sessions-overlap = Sessions must follow each other.
reason-session-long = A session is no longer than 12 hours.
reason-trainer-busy = The trainer is elsewhere at the time of a session.
reason-trainer-unknown = This user is no trainer of the body that holds the course.
reason-cohort-ended = This cohort has ended.
reason-rolls-missing = Not every session's roll is saved yet.
reason-cohort-full = All places are taken. The person may wait for one.
reason-enrolled-already = The person is in this cohort already.
reason-person-busy = The person has another class or consultation at that time.
reason-enrolment-state = The enrolment has changed. Load the page again.
reason-roll-saved = This roll was saved before. Correct the names one by one.
reason-session-ahead = The session has not begun.
reason-not-on-roll = A name on the list is not of this cohort. Load the page again.
reason-mark-changed = This name was corrected meanwhile. Load the page again.
reason-nothing-to-issue = Nobody waits for a certificate.
reason-certificate-revoked = This certificate was revoked before.
reason-consultant-busy = The consultant is elsewhere at that time.
reason-consultant-known = This user is a consultant of the body already.
reason-consultation-ended = This consultation is not booked any more.
reason-time-wrong = The time must be ahead, for 15 to 240 minutes.
reason-feed-open = You have a calendar address. Use that one.
