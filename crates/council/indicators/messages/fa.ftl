nav-chain = زنجیره
nav-figures = آمار

figures-title = آمار برنامه
figures-as-of = تا { $day }
figures-empty = هنوز چیزی شمرده نشده است.
figures-publish-lead = آمار امروز را منتشر کنید. عدد منتشرشده دیگر تغییر نمی‌کند.
figures-publish = انتشار آمار امروز
figures-published = { $count ->
    [0] آمار امروز پیش‌تر منتشر شده بود.
   *[other] { $count } عدد منتشر شد.
}
figure-name = شاخص
figure-now = عدد امروز
figure-meaning = تعریف
figure-as-of = تاریخ
figure-formula = شیوهٔ شمارش
figure-source = سرچشمه
figure-version = نسخهٔ تعریف
figure-none = هنوز عددی نیست
figure-open-list = دیدن فهرست سازندهٔ این عدد
figure-by-region = به تفکیک منطقه
figure-cut = خانه‌های کمتر از { $least } نفر پنهان‌اند. چند خانهٔ دیگر هم پنهان‌اند تا با کم‌کردن پیدا نشوند.
figure-region = منطقه
figure-region-number = منطقهٔ { $number }
figure-region-unknown = منطقهٔ نامعلوم
figure-people = شمار افراد
figure-hidden = پنهان
figure-history = عددهای منتشرشده
figure-history-sentence = { $count } عدد منتشرشده، از کهنه به نو
figure-history-empty = هنوز عددی منتشر نشده است.
figure-day = روز
figure-published = عدد
figure-note = یادداشت
figure-corrected = اصلاح شد
figure-correction = اصلاح: { $reason }
figure-correct = اصلاح این عدد

list-title = فهرست کدها
list-code = کد پرونده
list-detail = شماره
list-adds = سهم در عدد

correct-title = اصلاح عدد منتشرشده
correct-lead = عدد پیشین می‌ماند و عدد تازه کنار آن می‌نشیند.
correct-amount = عدد درست
correct-amount-hint = مبلغ را به ریال بنویسید.
correct-reason = چرا اصلاح می‌کنید؟
correct-save = ثبت اصلاح
correct-done = اصلاح ثبت شد.

unit-people = { $count } نفر
unit-cases = { $count } پرونده
unit-legs = { $count } ارجاع
unit-days = { $count } روز
unit-products = { $count } کالا
unit-pieces = { $count } عدد
unit-shops = { $count } فروشگاه
unit-pilots = { $count } آزمایش

chain-title = زنجیره در یک نگاه
chain-note = این ماه { $entered } نفر، میانه { $days } روز
chain-stage = مرحله
chain-median = میانهٔ روزها
chain-target = هدف، روز
chain-stuck = بیش از هدف
chain-turn = نوبت کیست
chain-stuck-title = کجا مانده‌اند
chain-since = از تاریخ
chain-days = روز در مرحله
chain-list-all = همهٔ پرونده‌های باز این مرحله
chain-list-stuck = پرونده‌هایی که بیش از هدف در این مرحله مانده‌اند
stage-intake = پذیرش
stage-assessment = ارزیابی
stage-planning = برنامه‌ریزی
stage-referral = ارجاع
stage-training = آموزش
stage-making = تولید
stage-selling = فروش
stage-earning = درآمد
blockages-title = بدترین گره‌ها
blockages-empty = هیچ ارجاعی دیر نشده است.
blockage-leg = شمارهٔ ارجاع
blockage-days = روز دیرکرد

reason-value-corrected = این عدد پیش‌تر اصلاح شده است. عدد تازه‌تر را اصلاح کنید.
reason-correction-reason-missing = بنویسید چرا اصلاح می‌کنید.
