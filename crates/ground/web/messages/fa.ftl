### واژه‌های بدنهٔ همهٔ صفحه‌ها

brand = زنجیره
main-navigation = بخش‌ها
other-sections = سایر بخش‌ها
skip-to-content = رفتن به متن صفحه
sign-in = ورود
sign-out = خروج
theme = رنگ صفحه
theme-auto = مثل دستگاه
theme-light = روشن
theme-dark = تیره
footer-sentence = از نخستین دیدار تا درآمد خانه، روی یک رشته.
printed-at = چاپ: { $moment }، { $name }
demo-title = نمونه است.
demo-text = همهٔ نام‌ها ساختگی‌اند و چیزی از اینجا بیرون نمی‌رود.

error-prefix = خطا:
error-summary-title = چند جا باید درست شود
notice-plain = توجه
notice-good = انجام شد
notice-warning = مراقب باشید
notice-bad = مشکل
optional = (اختیاری)
choose = انتخاب کنید
search = جست‌وجو
toman = تومان
day = روز
month = ماه
year = سال
date-hint = مانند { $example } یا با نام ماه

step-done = انجام شد
step-now = اکنون
step-next = بعد از این
now = اکنون
chart-table = دیدن عددها در جدول
chart-empty = هنوز عددی نیست.
pages = صفحه‌های فهرست
first-page = بازگشت به اول فهرست
next-page = ادامهٔ فهرست
copy = رونوشت
copied = رونوشت شد
maker-since = از سال { $year }
maker-photo = عکس { $name }

moment = { $day }، ساعت { $clock }
just-now = همین حالا
minutes-ago = { $count ->
    [1] یک دقیقه پیش
   *[other] { $count } دقیقه پیش
}
hours-ago = { $count ->
    [1] یک ساعت پیش
   *[other] { $count } ساعت پیش
}
days-ago = { $count ->
    [0] امروز
    [1] دیروز
   *[other] { $count } روز پیش
}
days-ahead = { $count ->
    [1] فردا
   *[other] { $count } روز دیگر
}

### خطاهای خانه‌های فرم

field-required = این خانه را پر کنید.
field-choose = یکی را انتخاب کنید.
field-too-long = بیش از { $most } حرف شده است. کوتاه‌ترش کنید.
field-not-a-number = این یک عدد نیست.
field-out-of-range = عددی از { $least } تا { $most } بنویسید.
field-amount-positive = مبلغ باید بیشتر از صفر باشد.
field-amount-too-large = این مبلغ بیش از اندازه بزرگ است.
field-date-not-in-calendar = چنین روزی در تقویم نیست.
field-date-gregorian = این سال میلادی است. سال خورشیدی بنویسید.
field-date-not-understood = تاریخ را مانند { $example } بنویسید.
field-national-code-length = کد ملی ده رقم دارد.
field-national-code-wrong = رقم کنترل کد ملی درست نیست. دوباره نگاه کنید.
field-mobile-needed = این تلفن ثابت است. شمارهٔ همراه بنویسید.
field-phone-wrong = این شماره درست نیست. مانند { $example } بنویسید.
field-sheba-length = شبا ۲۴ رقم پس از IR دارد.
field-sheba-wrong = رقم کنترل شبا درست نیست. دوباره نگاه کنید.

### صفحه‌های خطا

failure-not-found = این صفحه پیدا نشد
failure-not-found-help = شاید نشانی جابه‌جا شده، یا این پرونده به شما سپرده نشده است.
failure-forbidden = اجازهٔ این کار با شما نیست
failure-forbidden-help = از مدیر مرکز خود بخواهید این اجازه را به شما بدهد.
failure-prove = دوباره خود را بشناسانید
failure-prove-help = برای این کار باید دوباره خود را بشناسانید.
failure-sign-in = نخست وارد شوید
failure-sign-in-help = پس از ورود به همین صفحه برمی‌گردید.
failure-unreadable = درخواست خوانده نشد
failure-unreadable-help = صفحهٔ پیش را تازه کنید و دوباره بفرستید.
failure-unreadable-there = اینجا چیزی نیست، یا از نوع دیگری است، یا بیرون از اندازه است.
failure-too-large = پرونده بیش از اندازه بزرگ است
failure-too-large-help = عکس یا فایل کوچک‌تری بفرستید.
failure-too-many = چند بار پشت سر هم آزموده شد
failure-too-many-help = کمی صبر کنید و دوباره بیازمایید.
failure-refused = این کار انجام نشد
failure-faulty = چند پاسخ را باید درست کنید
failure-faulty-help = هر یک با ایرادش در ادامه آمده است.
failure-unconditional = نسخه‌ای که خوانده‌اید گفته نشده است
failure-unconditional-help = نخست پرونده را بخوانید و ETag آن را در If-Match بفرستید.
failure-busy = سامانه سرگرم است
failure-busy-help = چند لحظه بعد دوباره بفرستید. چیزی دو بار ثبت نمی‌شود.
failure-internal = ایرادی پیش آمد
failure-internal-help = چیزی ناقص ثبت نشد. کد زیر را به پشتیبان بگویید.
failure-code = کد پیگیری
failure-home = رفتن به آغاز
reason-key-reused = این فرم پیش‌تر با محتوای دیگری فرستاده شده است.
count-hidden = کم و پنهان
