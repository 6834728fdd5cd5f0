### واژه‌های بدنهٔ همهٔ صفحه‌ها

brand = زنجیره
main-navigation = بخش‌ها
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
