nav-needs = نیازها
nav-orders = سفارش‌ها

save = ثبت

### نیازها

needs-title = نیازها
needs-lead = آنچه سازندگان کم دارند و شرکت‌ها و یاران می‌توانند حل کنند.
needs-empty = نیازی نیست.
needs-all = همه
need-title = نیاز
need-new-title = نوشتن نیاز
need-new-lead = دربارهٔ هیچ شخصی چیزی ننویسید؛ این صفحه را شرکت‌ها می‌خوانند.
need-raised = نیاز نوشته شد. شرکت‌ها اکنون آن را می‌بینند.
need-what = نیاز
need-body = نویسنده
need-raised-on = تاریخ
need-state = وضعیت
need-product = محصول
need-state-open = چشم‌به‌راه پیشنهاد
need-state-matched = پیشنهاد پذیرفته شد
need-state-piloting = در آزمایش
need-state-answered = پاسخ گرفت
need-state-withdrawn = پس گرفته شد
need-withdraw = پس گرفتن نیاز
need-withdraw-help = پیشنهادهای بی‌پاسخ رد می‌شوند. این کار برگشت ندارد.
need-withdrawn = نیاز پس گرفته شد.
field-body = از سوی
field-title = چه کم است؟
title-hint = در چند واژه، برای نمونه: ترشی تنها سه هفته می‌ماند
field-description = توضیح
field-craft = رشته
field-product-code = کد محصول
product-hint = اگر نیاز دربارهٔ یک محصول است
product-unknown = محصولی با این کد نیست.
description-missing = چند واژه توضیح دهید.
subject-missing = رشته یا کد محصول را بنویسید.

### پیشنهادها

offers-title = پیشنهادها
offers-empty = هنوز پیشنهادی نیامده است.
offer-new-title = پیشنهاد دادن
offer-send = فرستادن پیشنهاد
offer-made = پیشنهاد شما فرستاده شد.
offer-state-made = چشم‌به‌راه پاسخ
offer-state-accepted = پذیرفته
offer-state-declined = ردشده
offer-state-withdrawn = پس‌گرفته
offer-accept = پذیرفتن
offer-decline = رد کردن
offer-withdraw = پس گرفتن پیشنهاد
offer-accepted = پیشنهاد پذیرفته شد. گام بعد آزمایش است.
offer-declined = پیشنهاد رد شد.
offer-withdrawn = پیشنهاد پس گرفته شد.
field-what = چه می‌کنید؟
what-hint = راه کار شما و آنچه از سازنده می‌خواهید
field-cost = هزینه
field-reward = پاداش، اگر نتیجه داد
field-days = در چند روز
free = رایگان
no-reward = نمی‌خواهد

### آزمایش‌ها

pilots-title = آزمایش‌ها
pilots-empty = هنوز آزمایشی نیست.
pilot-title = آزمایش
pilot-new-title = آغاز آزمایش
pilot-start = آغاز
pilot-started = آزمایش آغاز شد.
pilot-measure = سنجه
pilot-company = شرکت
days-between = { $from } تا { $until }
pilot-days = روزها
pilot-state = وضعیت
pilot-state-running = در جریان
pilot-state-ended = پایان‌یافته
pilot-ended-on = روز نتیجه
pilot-end-title = نتیجهٔ آزمایش
pilot-end-save = ثبت نتیجه
pilot-ended = نتیجه ثبت شد.
pilot-before = { $measure }: پیش از آزمایش { $before } { $unit }
pilot-before-after = { $measure }: از { $before } به { $after } { $unit }
field-starts-on = نخستین روز
field-ends-on = واپسین روز
field-measure = چه سنجیده می‌شود؟
measure-hint = برای نمونه ماندگاری
field-unit = یکا
unit-hint = برای نمونه روز
field-baseline = اندازه پیش از آزمایش
field-outcome = اندازه پس از آزمایش
outcome-hint = با همان یکای آغاز
field-result = نتیجه
result-solved = حل شد
result-partly = بهتر شد
result-not-solved = حل نشد

### سفارش‌ها

orders-title = سفارش‌های مرکزها
orders-lead = کاری که از مرکزها خواسته‌اند و آنچه تحویل شده است.
orders-empty = سفارشی نیست.
order-title = سفارش
order-new = ثبت سفارش
order-taken = سفارش ثبت شد.
order-kept = ثبت شد.
order-state = وضعیت
order-state-waiting = چشم‌به‌راه
order-state-partly = بخشی تحویل شد
order-state-late = دیرشده
order-state-delivered = تحویل شد
order-state-cancelled = پس گرفته شد
order-delivered = تحویل
order-count = { $delivered } از { $quantity }
order-ordered-on = روز سفارش
order-deliver = ثبت تحویل
order-cancel = پس گرفتن سفارش
deliveries-title = تحویل‌ها
deliveries-empty = هنوز چیزی تحویل نشده است.
field-place = مرکز
field-customer = سفارش‌دهنده
field-item = کالا
field-quantity = چند عدد
field-due-on = مهلت
field-delivered = چند عدد تحویل شد
field-delivered-on = روز تحویل

### چرا نشد

reason-demand-value-wrong = این مقدار پذیرفته نیست. آن را درست کنید.
reason-demand-record-unknown = چیزی که برگزیدید دیگر نیست. دوباره برگزینید.
reason-need-state = نیاز دیگر در این وضعیت نیست. صفحه را تازه کنید.
reason-company-over = این دستگاه بسته شده است و پیشنهاد نمی‌دهد.
reason-offer-standing = شرکت شما برای این نیاز پیشنهاد داده است.
reason-offer-state = این پیشنهاد پیش‌تر پاسخ گرفته یا پس گرفته شده است.
reason-pilot-ended = نتیجهٔ این آزمایش پیش‌تر ثبت شده است.
reason-pilot-period = واپسین روز باید پس از نخستین روز باشد.
reason-order-closed = این سفارش بسته است.
reason-order-too-many = این شمار از سفارش بیشتر است.
reason-order-day = این روز پذیرفته نیست.

## Months of centres

centre-months-title = ماه‌های مراکز
centre-months-lead = هر مرکز پایان هر ماه می‌گوید چند نفر جا داشت، آمدند، کار کردند، مزد گرفتند و بیمه بودند. فقط عدد، بی‌نام. گفتهٔ تازه جای گفتهٔ پیشین را می‌گیرد و هر دو می‌مانند.
centre-months-empty = هنوز ماهی گفته نشده است.
centre-month-new = گفتن یک ماه
centre-month-told = ماه ثبت شد.
centre-month-evidence-hint = شمارهٔ فهرست مزد یا فهرست بیمه، بدون نام کسی
field-month-on = ماه
field-capacity = گنجایش
field-attended = آمدند
field-employed = کار کردند
field-waged = مزد گرفتند
field-insured = بیمه بودند
field-evidence = سند
reason-centre-month-day = این ماه را نمی‌توان گفت: هنوز نیامده یا بیش از یک سال گذشته است.
reason-centre-month-parts = این عدد از شمار کسانی که کار کردند بیشتر است.

nav-approaches = تماس‌ها

### یاری‌خواستن و پاسخ

field-help = چه یاری‌ای؟
field-region = منطقه
region-hint = اگر برای همهٔ شهر است، خالی بگذارید.
offer-knowledge-based = دانش‌بنیان در روز پیشنهاد
field-goal = هدف
pilot-goal = { $goal } { $unit }
approaches-title = تماس‌ها و مهلت پاسخ
approaches-lead = هر تماس یک صاحب و یک مهلت دارد. دیرشده‌ها بالا هستند.
approaches-waiting = در انتظار
approaches-ended = پایان‌یافته
approaches-empty = تماسی نیست.
approach-title = تماس
approach-about = دربارهٔ
approach-turn = نوبت کیست
approach-yours = شما
approach-since = از
approach-due = مهلت پاسخ
approach-state = وضعیت
approach-supporter = یار
approach-ended-on = روز پایان
approach-open-need = دیدن نیاز
approach-message = پیام
approach-answer = پاسخ
approach-answer-save = ثبت پاسخ
approach-close = بستن بی‌پاسخ
approach-answered = پاسخ ثبت شد.
approach-put = نیاز با این یار در میان گذاشته شد. مهلت پاسخش در همین صفحه است.
approach-kind-put = نیاز پیش یار
approach-kind-offered = پیشنهاد برای نیاز
approach-kind-message = پیام تازه
approach-state-waiting = در انتظار
approach-state-late = دیرشده
approach-state-answered = پاسخ گرفت
approach-state-closed = بسته
field-answer = پاسخ
answer-hint = چه گفتید و گام بعدی چیست؟ دربارهٔ هیچ شخصی ننویسید.

fit-supporters = یاران مناسب و دلیل هر کدام
fit-needs = نیازهای مناسب
fit-order = ترتیب: شمار دلیل‌های برقرار. هیچ امتیاز پنهانی نیست.
fit-nobody = هنوز یاری با این ویژگی معرفی نشده است.
fit-no-need = اکنون نیاز بازی با این ویژگی نیست.
fit-count = { $holding } دلیل از { $all }
fit-profile = معرفی
fit-put = در میان گذاشتن نیاز
fit-put-until = مهلت پاسخ
fit-put-ended = تماس پیشین
fit-yes = بله
fit-no = خیر
fit-kind-yes = همین یاری را می‌دهد
fit-kind-no = این یاری را نام نبرده است
fit-region-yes = به این منطقه خدمت می‌دهد
fit-region-no = به این منطقه خدمت نمی‌دهد
fit-field-yes = این رشته را می‌شناسد
fit-field-no = این رشته را نام نبرده است
fit-capacity-yes = اکنون برای { $number } درخواست جا دارد
fit-capacity-no = اکنون جا ندارد
fit-answered-yes = بار پیش در { $number } روز کاری پاسخ داد
fit-answered-no = بار پیش دیر و در { $number } روز کاری پاسخ داد
fit-answered-never = هنوز نیازی با او در میان گذاشته نشده است
fit-certified-yes = گواهی دانش‌بنیان معتبر دارد
fit-certified-no = گواهی دانش‌بنیان معتبر ندارد

help-title = می‌خواهم کمک کنم
help-lead = شرکت، خیّر یا کارآفرین هستید؟ بنویسید؛ تا چند روز کاری پاسخ می‌گیرید.
help-send = فرستادن
help-thanks-title = پیام شما رسید
help-thanks = سپاسگزاریم. یکی از همکاران در چند روز کاری پاسخ می‌دهد.
field-name = نام شما
field-company = شرکت یا نهاد
field-phone = تلفن
field-message = چه کمکی می‌کنید؟
phone-wrong = شمارهٔ تلفن درست نیست.

thanks-title = سپاس از یاران
thanks-lead = کسانی که پذیرفتند نام برده شوند، و آنچه از یاری‌شان به دست آمد.
thanks-nobody = هنوز کسی نپذیرفته است که نامش بیاید.
thanks-begun = همکاری تازه آغاز شده است.
thanks-offers = { $count } پیشنهاد برای نیاز سازندگان
thanks-pilots = { $count } آزمایش کوچک
thanks-solved = { $count } نیاز حل شد
thanks-partly = { $count } نیاز بهتر شد
thanks-json = همین داده برای برنامه‌ها

centre-output = آنچه تحویل داد
centre-pieces = عدد
centre-all-orders = همهٔ سفارش‌های این مرکز

reason-approach-ended = این تماس پیش‌تر پایان یافته یا پاسخ دیگری می‌خواهد.
reason-approach-standing = این نیاز پیش همین یار است و هنوز پاسخ نداده است.
reason-help-closed = اکنون دستگاهی پیام‌ها را پاسخ نمی‌دهد.
