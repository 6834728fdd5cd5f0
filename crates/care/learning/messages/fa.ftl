nav-courses = دوره‌ها
nav-consultations = مشاوره‌ها
nav-my-classes = کلاس‌های من

save = ثبت
act = کار
stretch = { $day }، { $from } تا { $until }
days-between = { $from } تا { $until }
day-not-ahead = روزی از امروز به بعد بنویسید.
clock-not-understood = ساعت را این‌گونه بنویسید: ۹:۳۰
clock-order = ساعت پایان باید پس از ساعت آغاز باشد.
clock-hint = برای نمونه ۹:۳۰
choose-again = یکی از فهرست را برگزینید.
hours-text = { $count } ساعت
minutes-text = { $count } دقیقه

### دوره‌ها

courses-title = دوره‌ها
courses-empty = هنوز دوره‌ای نیست.
course-new-title = افزودن دوره
course-created = دوره افزوده شد.
course-title = دوره
course-body = برگزارکننده
course-hours = ساعت
course-basis = گواهی‌نامه برای
course-attendance = حضور لازم
percent-of-sessions = دست‌کم { $share } درصد نشست‌ها
basis-attendance = حضور
basis-competence = حضور و مهارت
attendance-hint = چند درصد نشست‌ها؟ از ۰ تا ۱۰۰
field-body = برگزارکننده
field-title-fa = عنوان فارسی
field-title-en = عنوان انگلیسی
field-hours = ساعت دوره
field-basis = گواهی‌نامه برای چه داده می‌شود؟
field-attendance-needed = حضور لازم

my-sessions = نشست‌های من
my-sessions-empty = تا دو هفتهٔ آینده نشستی ندارید.

### گروه‌ها

cohorts-title = گروه‌ها
cohorts-empty = هنوز گروهی برنامه‌ریزی نشده است.
cohorts-none-open = اکنون گروهی جای ثبت‌نام ندارد.
cohort-new-title = برنامه‌ریزی گروه
cohort-created = گروه برنامه‌ریزی شد.
cohort-title = گروه
cohort-days = روزها
cohort-taken = جای گرفته
cohort-trainer = مربی
cohort-state = وضعیت
cohort-state-open = در جریان
cohort-state-completed = پایان‌یافته
cohort-state-cancelled = برگزارنشده
cohort-choice = { $course }، از { $day }، جای خالی: { $free }
taken-of = { $taken } از { $capacity }
trainers-empty = این دستگاه هنوز مربی ندارد. نخست مربی را بیفزایید.
field-trainer = مربی
field-place = جا
field-capacity = گنجایش
field-days = روزهای نشست
days-hint = هر روز در یک خط؛ دست‌کم سه روز. برای نمونه ۱۴۰۵/۹/۱۲
days-count = دست‌کم ۳ و دست‌بالا ۱۰۰ روز بنویسید، هر روز در یک خط.
day-line-wrong = «{ $line }» روز نیست. این‌گونه بنویسید: ۱۴۰۵/۹/۱۲
day-twice = یک روز دو بار نوشته شده است.
field-from-clock = ساعت آغاز
field-until-clock = ساعت پایان
cohort-cancel = برگزار نمی‌شود
cohort-cancel-help = همهٔ ثبت‌نام‌ها پایان می‌یابد. این کار برگشت ندارد.
cohort-cancelled = گروه لغو شد.
cohort-complete = پایان دادن به گروه
cohort-completed = گروه پایان یافت. گذرانده: { $completed }، نرسیده: { $missed }.
complete-lead = لازم است. نام‌های زیر به این اندازه حاضر بوده‌اند.
complete-short = حضور کم؛ گواهی‌نامه نمی‌گیرند
field-competent = چه کسانی مهارت را نشان دادند؟
rolls-missing =
    { $count ->
        [one] حضور و غیاب یک نشست هنوز ثبت نشده است.
       *[other] حضور و غیاب { $count } نشست هنوز ثبت نشده است.
    }

### نشست‌ها و حضور

sessions-title = نشست‌ها
session-number = شماره
session-when = زمان
session-place = جا
session-roll = حضور و غیاب
session-ahead = هنوز نرسیده
session-of = نشست { $number }
roll-title = حضور و غیاب
roll-call = حضور و غیاب کنید
roll-show = دیدن و اصلاح
roll-lead = همه حاضرند؛ تنها غایب‌ها و دیرآمده‌ها را بزنید.
roll-save = ثبت حضور و غیاب
roll-saved = ثبت شد
roll-saved-flash = حضور و غیاب ثبت شد.
roll-too-early = نشست هنوز آغاز نشده است.
cohort-is-over = این گروه پایان یافته است.
mark = حضور
mark-present = حاضر
mark-late = دیر آمد
mark-absent = غایب
mark-correct = اصلاح به
mark-was-corrected = (اصلاح‌شده)
mark-corrected = اصلاح شد.
attended = حضور
attended-of = { $attended } از { $held }

### ثبت‌نام

people-title = شرکت‌کنندگان
people-empty = کسی در این فهرست نیست.
person-name = نام
enrol-title = ثبت‌نام در دوره
enrol = ثبت‌نام
enrolment-state = وضعیت
enrolment-applied = درخواست داده
enrolment-waitlisted = در نوبت
enrolment-enrolled = ثبت‌نام‌شده
enrolment-completed = گذرانده
enrolment-withdrawn = بیرون‌رفته
ended-left = خودش رفت
ended-attendance = حضور کم بود
ended-assessment = تمرین بیشتر لازم است
ended-cancelled = برگزار نشد
enrolment-admit = پذیرش
enrolment-withdraw = بیرون رفتن
person-enrolled = ثبت‌نام شد. پیامک کلاس فرستاده می‌شود.
person-waits = جا پر است. در نوبت گذاشته شد.
person-withdrew = از گروه بیرون رفت.
cohort-is-full = همهٔ جاها پر است.
field-case-code = کد پرونده
field-cohort = گروه
case-code-hint = کدی که بالای پرونده نوشته است
case-code-unknown = پرونده‌ای با این کد نیست.
may-wait = اگر جا نبود، در نوبت بماند
course-agreed = پذیرفته است که برگزارکنندهٔ دوره نامش را بداند
advice-agreed = پذیرفته است که نهاد مشاور نامش را بداند
my-agreed = می‌پذیرم که برگزارکنندهٔ دوره نامم را بداند
field-evidence = رضایت را چگونه داد؟
evidence-signature = برگه را امضا کرد
evidence-sms-code = کد پیامک را داد
evidence-witness = جلوی یک شاهد پذیرفت
evidence-guardian = قیم امضا کرد؛ حکم قیمومت دیده شد
evidence-needed = بگویید رضایت را چگونه داد.
name-hidden = نام پوشیده است
reason-learning-no-consent = رضایتی نیست که این نهاد نام او را بداند.
learning-title = آموزش و مشاوره
classes-title = دوره‌های او
classes-empty = هنوز در دوره‌ای ثبت‌نام نشده است.

### گواهی‌نامه

certificates-title = گواهی‌نامه‌ها
certificates-empty = هنوز گواهی‌نامه‌ای صادر نشده است.
certificates-waiting =
    { $count ->
        [one] یک نفر چشم‌به‌راه گواهی‌نامه است.
       *[other] { $count } نفر چشم‌به‌راه گواهی‌نامه‌اند.
    }
certificates-issue = صدور گواهی‌نامه
certificates-issued =
    { $count ->
        [one] یک گواهی‌نامه صادر شد.
       *[other] { $count } گواهی‌نامه صادر شد.
    }
certificate-title = گواهی‌نامه
certificate-serial = شمارهٔ گواهی‌نامه
certificate-issued-on = تاریخ صدور
certificate-holds = اعتبار
certificate-state-valid = معتبر
certificate-state-revoked = باطل‌شده
certificate-print = چاپ گواهی‌نامه
certificate-public = صفحهٔ استعلام
certificate-revoke = باطل کردن
certificate-revoke-help = صفحهٔ استعلام بی‌درنگ می‌گوید باطل است. این کار برگشت ندارد.
certificate-revoked-flash = گواهی‌نامه باطل شد.
field-reason = چرا؟
revoked-mistake = به‌اشتباه صادر شد
revoked-not-earned = شرط دوره را نداشت
revoked-forged = از برگهٔ آن سوءاستفاده شد
revoked-replaced = گواهی‌نامهٔ تازه جای آن آمد
certificate-body-attendance = دارندهٔ این گواهی‌نامه در نشست‌های دوره حاضر بوده است.
certificate-body-competence = دارندهٔ این گواهی‌نامه دوره را گذرانده و مهارت آن را نشان داده است.
paper-length = مدت
paper-from = از
paper-until = تا
paper-head = مسئول برگزارکننده
paper-qr = با پویش این رمزینه درستی گواهی‌نامه را ببینید.

verify-title = استعلام گواهی‌نامه
verify-lead = شماره‌ای را که روی گواهی‌نامه نوشته است بنویسید.
verify-hint = نه نویسه، برای نمونه ۷KQ۲-M۴XP-D
verify-check = استعلام
verify-mistyped = این شماره درست نیست. آن را دوباره از روی برگه بنویسید.
verify-valid = این گواهی‌نامه معتبر است.
verify-revoked = این گواهی‌نامه باطل شده است.
verify-unknown = چنین گواهی‌نامه‌ای صادر نشده است.
verify-unknown-help = اگر کسی این شماره را به شما داده، از برگزارکننده بپرسید.
verify-another = شمارهٔ دیگر
verify-name = به نام
verify-compare = نام و دوره را با برگه بسنجید.

### مشاوره

consultations-title = مشاوره‌ها
consultations-empty = مشاوره‌ای نیست.
consultations-none = هنوز مشاوره‌ای نداشته است.
consultations-all = همه
consultations-lead = وقت تازه را در پروندهٔ شخص بگیرید، زبانهٔ آموزش.
consultation-title = مشاوره
consultation-new-title = گرفتن وقت مشاوره
consultation-book = گرفتن وقت
consultation-when = زمان
consultation-with = مشاور
consultation-state = وضعیت
consultation-state-booked = وقت گرفته
consultation-state-held = برگزارشده
consultation-state-missed = نیامد
consultation-state-cancelled = لغوشده
consultation-advices = شمار کارها
consultation-booked-flash = وقت گرفته شد.
consultation-held-flash = نتیجه ثبت شد. توصیه‌ها کار پرونده شدند.
consultation-ended-flash = ثبت شد. گرفتن وقت تازه کار بعدی پرونده است.
outcome-ready = آماده است
outcome-needs-work = نخست توصیه‌ها را انجام دهد
outcome-needs-another = دوباره دیدار کنند
hold-title = نتیجهٔ مشاوره
hold-save = ثبت نتیجه
field-outcome = چه یافتید؟
field-note = یادداشت یک‌خطی
advice-title = توصیه‌ها
advice-hint = هر توصیه یک کار پرونده می‌شود.
advice-number = توصیهٔ { $number }
advice-due = تا چه روزی؟ (توصیهٔ { $number })
not-held = برگزار نشد؟
end-missed = نیامد
end-cancelled = لغو شد
how-wrong = بگویید نیامد یا لغو شد.
field-consultant = مشاور
field-starts-on = روز
field-minutes = مدت
consultants-title = مشاوران
consultants-empty = هنوز مشاوری نیست.
consultant-new-title = افزودن مشاور
consultant-added = مشاور افزوده شد.
consultant-name = نام و زمینه
field-name-fa = نام فارسی
field-name-en = نام انگلیسی
field-field-fa = زمینهٔ مشاوره، فارسی
field-field-en = زمینهٔ مشاوره، انگلیسی
field-user = کاربر او

### صفحهٔ خود شخص

my-classes-title = کلاس‌های من
my-classes-empty = هنوز در کلاسی نیستید.
my-apply-title = کلاس تازه
my-apply = درخواست جا
my-applied = درخواست شما ثبت شد. مرکز به شما خبر می‌دهد.
my-leave = نمی‌توانم بیایم
my-leave-yes = از این کلاس بیرون می‌روم
my-calendar-title = تقویم گوشی
my-calendar-lead = این نشانی را در تقویم گوشی بگذارید. آن را به کسی ندهید.
my-calendar-offer = کلاس‌ها و مشاوره‌ها را در تقویم گوشی ببینید.
my-calendar-open = ساختن نشانی تقویم
my-calendar-close = بستن این نشانی
my-calendar-opened = نشانی تقویم ساخته شد.
my-calendar-closed = نشانی بسته شد. دیگر چیزی نشان نمی‌دهد.
calendar-name = کلاس‌ها و مشاوره‌ها

### چرا نشد

reason-learning-value-wrong = این مقدار پذیرفته نیست. آن را درست کنید.
reason-learning-record-unknown = چیزی که برگزیدید دیگر نیست. دوباره برگزینید.
reason-sessions-few = گروه دست‌کم سه نشست دارد.
reason-sessions-overlap = نشست‌ها باید پشت سر هم باشند.
reason-session-long = نشست از ۱۲ ساعت بلندتر نمی‌شود.
reason-trainer-busy = مربی در زمان یکی از نشست‌ها جای دیگری است.
reason-trainer-unknown = این کاربر مربی برگزارکنندهٔ دوره نیست.
reason-cohort-ended = این گروه پایان یافته است.
reason-rolls-missing = حضور و غیاب همهٔ نشست‌ها هنوز ثبت نشده است.
reason-cohort-full = همهٔ جاها پر است. می‌تواند در نوبت بماند.
reason-enrolled-already = او در این گروه ثبت‌نام شده است.
reason-person-busy = او در همین زمان کلاس یا مشاورهٔ دیگری دارد.
reason-enrolment-state = این ثبت‌نام دیگر در این وضعیت نیست. صفحه را تازه کنید.
reason-roll-saved = حضور و غیاب این نشست پیش‌تر ثبت شده است. نام‌ها را تک‌تک اصلاح کنید.
reason-session-ahead = نشست هنوز آغاز نشده است.
reason-not-on-roll = نامی در فهرست از این گروه نیست. صفحه را تازه کنید.
reason-mark-changed = این نام در این میان اصلاح شده است. صفحه را تازه کنید.
reason-nothing-to-issue = کسی چشم‌به‌راه گواهی‌نامه نیست.
reason-certificate-revoked = این گواهی‌نامه پیش‌تر باطل شده است.
reason-consultant-busy = مشاور در این زمان جای دیگری است.
reason-consultant-known = این کاربر مشاور این دستگاه است.
reason-consultation-ended = این مشاوره دیگر در انتظار نیست.
reason-time-wrong = زمان باید پیش رو باشد، از ۱۵ تا ۲۴۰ دقیقه.
reason-feed-open = نشانی تقویم دارید. همان را به کار ببرید.
