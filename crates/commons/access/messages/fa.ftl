nav-audit = رد کارها
own-page = صفحهٔ من

sign-in-title = ورود کارکنان
sign-in-lead = برای کارکنان مرکزها، فروشگاه‌ها، دبیرخانه و دستگاه‌های همکار.
username = نام کاربری
password = گذرواژه
second-factor = کد دومرحله‌ای
second-factor-hint = شش رقمی که برنامهٔ رمزساز شما نشان می‌دهد. اگر ندارید خالی بگذارید.
sign-in-go = ورود
sign-in-by-phone = متقاضی یا سازنده هستید؟ با پیامک وارد شوید
sign-in-by-slip = برگهٔ ورود دارید؟ با کد آن وارد شوید

reason-bad-credentials = نام، گذرواژه یا کد درست نیست.
reason-second-factor-missing = نقش شما عامل دوم می‌خواهد. از مدیر سامانه بخواهید آن را بسازد.
reason-bad-code = این کد درست نیست یا زمانش گذشته است.
reason-username-taken = این نام کاربری را کس دیگری دارد.
reason-password-short = گذرواژه دست‌کم ۱۵ نویسه باشد.
reason-consent-over = رضایتی که پشتوانهٔ این کار باشد برقرار نیست.
reason-password-wrong = گذرواژهٔ کنونی درست نیست.
reason-password-differs = دو بار یک گذرواژه ننوشته‌اید.
reason-stale = پس از آنکه خواندید، این پرونده دگرگون شده است. دوباره بخوانید.

proof-title = دوباره خود را بشناسانید
proof-text = این کار به پول یا حساب بانکی می‌رسد. از شناسایی پیشین شما زمان زیادی گذشته است.
proof-go = شناسایی و ادامه
kept-title = فرم شما نگه داشته شد
kept-text = چیزی از نوشته‌های شما گم نشده است. اکنون آن را بفرستید.
kept-go = فرستادن فرم
kept-sign-in = فرم شما نگه داشته شده است. برای ادامه وارد شوید.

problems-title = خطاها و معنای آن‌ها
problems-text = برنامه‌ها با هر نپذیرفتن یکی از این کدها را می‌گیرند.
problems-code = کد

nav-password = گذرواژه
password-title = گذرواژهٔ شما
password-lead = با گذرواژهٔ تازه، ورودهای دیگر شما بسته می‌شود.
password-current = گذرواژهٔ کنونی
password-new = گذرواژهٔ تازه
password-again = گذرواژهٔ تازه، دوباره
password-change = عوض شود
password-changed = گذرواژهٔ شما عوض شد.

audit-title = رد کارها
audit-lead = چه کسی، چه زمانی، چه کرد و چه دید. هر خط به خط پیش از خود زنجیر است.
audit-when = زمان
audit-who = چه کسی
audit-what = چه کاری
audit-record = پرونده
audit-number = شمارهٔ زنجیر
audit-empty = هنوز چیزی ثبت نشده است.

sessions-title = ورودهای باز
sessions-lead = هر جا که با نام شما باز است. اگر یکی را نمی‌شناسید، بقیه را ببندید.
sessions-empty = ورودی باز نیست.
sessions-end = بستن همهٔ ورودهای دیگر
sessions-ended = ورودهای دیگر بسته شد.
session-kind = جا
session-since = از
session-until = تا
session-own = همین‌جا
session-helped = با کمک راهنما
session-kind-staff = مرورگر
session-kind-person = مرورگر
session-kind-token = برنامه

emergencies-title = بازکردن‌های ضروری
emergencies-lead = پرونده‌هایی که بی‌حق دسترسی، با دلیل و برای چند ساعت باز شده‌اند.
emergencies-empty = پرونده‌ای به ضرورت باز نشده است.
emergency-when = زمان
emergency-until = تا
emergency-who = چه کسی
emergency-about = پرونده
emergency-why = دلیل
reason-emergency-too-often = امروز بیش از اندازه پرونده باز کرده‌اید. با سرپرست گفت‌وگو کنید.
