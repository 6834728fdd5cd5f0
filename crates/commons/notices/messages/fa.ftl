nav-notices = پیام‌ها
notices-title = پیام‌های فرستاده‌شده
notices-failed = به دست گیرنده نرسید
notices-failed-lead = تلفن را درست کنید و دوباره بفرستید، یا خودتان خبر بدهید.
notices-all = همهٔ پیام‌ها
notices-empty = هنوز پیامی فرستاده نشده است.
notice-when = زمان
notice-whom = گیرنده
notice-text = متن
notice-state = وضعیت
notice-parts = بخش‌ها
notice-act = کار
notice-nobody-here = شمارهٔ بیرون از سامانه
notice-retry = دوباره بفرست
notice-retried = پیام دوباره فرستاده می‌شود.
notice-state-waiting = در صف
notice-state-sent = فرستاده شد
notice-state-delivered = رسید
notice-state-failed = نرسید
notice-state-no-channel = بدون تلفن
reason-notice-not-failed = این پیام نرسیده نیست. تنها پیام نرسیده دوباره فرستاده می‌شود.

inbox-title = صندوق پیامک آزمایشی
inbox-call = با صدا خوانده شد
inbox-empty = هنوز پیامی نیامده است.

### متن پیامک‌ها

sms-sold = { $count } «{ $product }» شما فروش رفت. سهم شما: { $amount }.
sms-paid = { $amount } از فروش شما پرداخت شد.
sms-paid-counter = { $amount } برای شما آماده است. محل دریافت: { $place }.
sms-returned = بانک { $amount } را برگرداند. با مرکز خود تماس بگیرید.
sms-statement = صورت‌حساب { $number } تا { $until } آماده است. ماندهٔ شما: { $amount }.
sms-referral = معرفی‌نامهٔ { $number } برای شما آمده است. مهلت پاسخ: { $due }. { $link }
sms-referral-reminder = یادآوری: معرفی‌نامهٔ { $number } پاسخ می‌خواهد. مهلت: { $due }. { $link }
sms-emergency = پروندهٔ { $code } به ضرورت باز شد. دلیل آن در صفحهٔ پرونده است.
sms-meeting-called = دعوت به نشست { $committee }: { $day }، ساعت { $hours }، { $place }. دستور و تقویم در صفحهٔ نشست است.
sms-resolution-asked = مصوبهٔ { $number } کمیته پاسخ شما را می‌خواهد. مهلت: { $due }. { $link }
sms-report-ready = گزارش «{ $name }» تا { $day } آماده است: { $link }
sms-webhook-disabled = خبر رویدادها دیگر به { $host } نمی‌رود، چون چیزی نمی‌پذیرد. صفحهٔ «خبر به سامانه‌ها» را ببینید.
sms-status = پیگیری کار شما: { $link }
sms-class = کلاس { $course }: { $day }، ساعت { $clock }، { $place }.
sms-certificate = گواهی‌نامهٔ { $course } شما آماده است. شماره: { $serial }.
sms-payee-changed = حساب دریافت پول شما عوض شد. اگر شما نخواسته‌اید، با مرکز تماس بگیرید.
sms-sign-in-code =
    کد ورود شما: { $code }
    آن را به کسی ندهید.
    @{ $host } #{ $code }
