nav-payees = حساب‌های دریافت پول
save = ذخیره

### مخاطب

contact-handle = شناسه
contact-phone = تلفن
contact-no-phone = تلفنی ندارد
contact-channel = راه خبر دادن
contact-channel-sms = پیامک
contact-channel-voice = تماس با صدای خوانده‌شده
contact-channel-none = بدون خبر تلفنی
contact-channel-question = چگونه به او خبر بدهیم؟
contact-channel-does-not-fit = این راه با این شماره جور نیست. پیامک، شمارهٔ همراه می‌خواهد.
contact-companion = همراه یا سرپرست
contact-neighbourhood = محله
contact-phone-title = تلفن و راه خبر دادن
contact-phone-hint = همراه یا ثابت با کد شهر. اگر تلفن ندارد، خالی بگذارید.
contact-phone-wrong = این شماره درست نیست. همراه یا ثابت با کد شهر بنویسید.
contact-phone-changed = تلفن ذخیره شد.
contact-new-title = ثبت سرپرست یا همراه
contact-new-lead = برای کسی که خودش متقاضی نیست. خبرهای متقاضی به او می‌رسد.
contact-first-name = نام
contact-last-name = نام خانوادگی
contact-new-phone-hint = همراه یا ثابت با کد شهر
contact-register = ثبت همراه
contact-registered = ثبت شد. شناسهٔ او را در پروندهٔ متقاضی بنویسید.

### حساب دریافت پول

payees-title = حساب‌های در انتظار تأیید
payees-lead = هر حساب را کسی جز پیشنهاددهنده تأیید می‌کند.
payees-empty = حسابی در انتظار تأیید نیست.
payee-title = حساب دریافت پول
payee-open = حساب دریافت پول
payee-none = هنوز حسابی تأیید نشده است.
payee-history = حساب‌های پیشنهادشده
payee-whose = پول چه کسی
payee-account = حساب
payee-state = وضعیت
payee-since = زمان پیشنهاد
payee-act = کار
payee-look = بررسی
payee-kind = پول به کجا برود؟
payee-kind-own-account = حساب خودش
payee-kind-proxy = حساب فرد دیگر
payee-kind-counter = نقد در باجه با امضا
payee-state-proposed = در انتظار تأیید
payee-state-approved = تأییدشده
payee-state-refused = ردشده
payee-state-ended = پایان‌یافته
payee-propose-title = پیشنهاد حساب تازه
payee-propose-lead = حساب تازه پس از تأیید همکار شما جای قبلی را می‌گیرد.
payee-propose = پیشنهاد این حساب
payee-proposed = پیشنهاد ثبت شد. همکار شما باید آن را تأیید کند.
payee-sheba = شبا
payee-sheba-hint = ۲۴ رقم پس از IR. برای باجه خالی بگذارید.
payee-holder = نام صاحب حساب
payee-holder-hint = تنها اگر حساب از آنِ فرد دیگری است.
payee-holder-companion = نام همراه یا سرپرست او
payee-reason = دلیل
payee-reason-hint = چرا پول به حساب فرد دیگر می‌رود؟
payee-decide-title = تأیید حساب دریافت پول
payee-name-check = بانک نام صاحب حساب را چه گفت؟
payee-name-check-hint = شبای درست، نشانهٔ مالک درست نیست.
payee-name-not-asked = از بانک پرسیده نشد
payee-name-matches = همین نام است
payee-name-differs = نام دیگری است
payee-check-reason = چرا با نام دیگر تأیید می‌شود؟
payee-check-reason-hint = تنها اگر بانک نام دیگری گفته است.
payee-approve = تأیید می‌کنم
payee-refuse = رد می‌کنم
payee-approved = حساب تأیید شد.
payee-refused = حساب رد شد.

### ورود

sign-in-phone-title = ورود با پیامک
sign-in-phone-lead = برای متقاضیان و سازندگان. گذرواژه لازم نیست.
sign-in-phone = شمارهٔ تلفن شما
sign-in-phone-go = کد را بفرست
sign-in-have-slip = تلفن ندارید؟ با برگهٔ ورود وارد شوید
sign-in-have-phone = تلفن دارید؟ با پیامک وارد شوید
sign-in-other-phone = شمارهٔ دیگر
sign-in-code-title = کد را بنویسید
sign-in-code-lead = اگر این شماره نزد ما باشد، کد شش‌رقمی برایش رفته است.
sign-in-code = کد شش‌رقمی
sign-in-code-hint = کد پنج دقیقه کار می‌کند.
sign-in-go = ورود
sign-in-who-title = شما کدام‌یک هستید؟
sign-in-who-lead = چند نفر این شماره را دارند. نام خود را انتخاب کنید.
sign-in-slip-title = ورود با برگه
sign-in-slip-lead = شناسه و کد هشت‌رقمی روی برگهٔ شماست.
sign-in-handle = شناسه
sign-in-handle-hint = روی برگه نوشته شده و با M آغاز می‌شود.
sign-in-slip-code = کد هشت‌رقمی

### برگهٔ ورود

slip-title = برگهٔ ورود
slip-lead = برای کسی که تلفن ندارد. با این برگه صفحهٔ خود را می‌بیند.
slip-make = ساختن برگه
slip-made = برگه آماده است. اکنون آن را چاپ کنید.
slip-print = چاپ برگه
slip-valid-until = اعتبار تا
slip-again = ساختن برگهٔ تازه
slip-again-lead = برگه گم شده است؟ با برگهٔ تازه، برگهٔ پیشین از کار می‌افتد.
slip-programme = برنامهٔ توانمندسازی
slip-step-open = این نشانی را باز کنید یا کد مربعی را بخوانید.
slip-step-handle = شناسهٔ { $handle } را بنویسید.
slip-step-code = کد هشت‌رقمی این برگه را بنویسید.
slip-warning = این برگه را به کسی ندهید. اگر گم شد، به مرکز خبر دهید.

### دلیل‌ها

reason-phone-wrong = این شماره درست نیست.
reason-channel-does-not-fit = این راه با این شماره جور نیست.
reason-consent-no-guardian = برای او سرپرستی ثبت نشده است. نخست سرپرست را در پرونده بنویسید.
reason-payee-same-person = کسی که حساب را پیشنهاد داده، نمی‌تواند تأیید یا رد کند.
reason-payee-already-decided = دربارهٔ این حساب پیش‌تر تصمیم گرفته شده است.
reason-payee-changed-meanwhile = در همین لحظه حساب دیگری تأیید شد. دوباره نگاه کنید.
reason-payee-reason-needed = دلیل رفتن پول به حساب فرد دیگر را کوتاه بنویسید.
reason-payee-check-reason-needed = بانک نام دیگری گفته است. دلیل تأیید را کوتاه بنویسید.
reason-payee-account-needed = شبای درست و نام صاحب حساب لازم است. باجه شبا ندارد.
