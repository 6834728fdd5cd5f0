nav-till = صندوق
nav-sales = فروش‌ها

till-title = صندوق‌ها
till-none = برای فروشگاه شما هنوز صندوقی ساخته نشده است.
till-at = { $shop }، صندوق { $code }
till-of = صندوق { $shop }
shop = فروشگاه
register = صندوق
register-new = صندوق تازه
register-code = کد صندوق
register-code-hint = کوتاه و همیشگی، مانند ۱؛ در شمارهٔ رسید می‌آید.
register-code-plain = فقط حرف و رقم لاتین بنویسید.
register-add = ساختن صندوق
register-created = صندوق ساخته شد.

open-title = آغاز نوبت
open-lead = پول داخل صندوق را بشمارید و بنویسید.
float = پول آغاز نوبت
open-go = آغاز فروش
close-title = پایان نوبت
close-lead = { $sales ->
    [0] در این نوبت فروشی ثبت نشد. پول صندوق را بشمارید.
    [1] یک فروش ثبت شد. پول صندوق را بشمارید.
   *[other] { $sales } فروش ثبت شد. پول صندوق را بشمارید.
}
counted = پول شمرده‌شده
difference-reason = دلیل تفاوت
difference-hint = اگر پول کم یا زیاد است، دلیلش را بنویسید.
close-go = پایان نوبت
close-done = نوبت بسته شد. باید { $expected } بود، { $counted } شمردید.
back-till = بازگشت به صندوق

scan = کد یا نام کالا
scan-hint = برچسب را اسکن کنید، یا کد یا نام کالا را بنویسید. برای سه عدد: ۳×کد
goods-not-found = کالایی با این کد یا نام در این فروشگاه نیست.
found-title = کدام کالا؟
link-on = برخط
link-off = برون‌خط: ارتباط با سرور قطع است. آنچه اسکن می‌کنید می‌ماند و فرستاده می‌شود.
link-sending = در حال فرستادن:
link-unpaid = ارتباط قطع است و پاسخی نرسید. هنوز کالا را ندهید؛ دوباره بزنید. یک فروش دو بار ثبت نمی‌شود.
link-first = نخست همهٔ کالاها باید به سبد برسند. کمی صبر کنید.
add = افزودن
basket-empty = سبد خالی است. نخستین کالا را اسکن کنید.
quantity-of = تعداد { $name }
quantity-set = ثبت تعداد
on-hand = موجودی: { $count }
remove = برداشتن
undo-remove = برگرداندن کالا به سبد
pay-exact = نقد، بی‌کم‌وکاست
pay-other = پرداخت به شکل دیگر
cash-given = نقد گرفته‌شده
card-paid = پرداخت با کارت
card-reference = شمارهٔ پیگیری کارت
pay-given = ثبت این پرداخت
sold-number = فروش ثبت شد. شمارهٔ رسید: { $number }
change = باقی پول
receipt-print = چاپ رسید
receipt-pdf = رسید PDF
sale-open = دیدن فروش

keys-title = کلیدها
key-enter = روی کد خالی: رفتن به پرداخت؛ بار دوم: نقد کامل
key-times = پس از عدد: تعداد کالا
key-f2 = رفتن به کد یا نام کالا
key-f8 = پس‌گرفتن کالا
key-backspace = روی کد خالی: برداشتن آخرین کالا
key-escape = بازگشت به کد کالا

sales-title = فروش‌ها
sales-empty = هنوز فروشی ثبت نشده است.
sale-number = شمارهٔ رسید
sale-title = فروش { $number }
sale-state-recorded = فروخته‌شده
sale-state-partly-returned = بخشی برگشته
sale-state-returned = همه برگشته
sold-at = زمان فروش
total = جمع
find-receipt = شمارهٔ رسید
receipt-not-found = رسیدی با این شماره پیدا نشد.
goods = کالاها
label-code = کد برچسب
pieces = تعداد
amount = مبلغ
maker-share = سهم سازنده
of-which-returned = ({ $count } برگشتی)

return-title = پس‌گرفتن کالا
return-no-till = برای پس‌گرفتن کالا باید صندوقی در این فروشگاه باشد.
return-pieces = { $name }، چند عدد برگشت؟ (تا { $most })
return-goods = کالا در چه حالی است؟
goods-state-resellable = سالم، دوباره فروخته می‌شود
goods-state-damaged = آسیب‌دیده، فروشگاه می‌پذیرد
return-refund = پول چگونه برگشت؟
refund-cash = نقد
refund-card = به کارت
return-reason = دلیل
return-go = ثبت برگشت
return-done = { $amount } به خریدار برگشت.

receipt-register = صندوق
receipt-cash = نقد
receipt-card = کارت
receipt-change = باقی پول
receipt-vat = مالیات بر ارزش افزوده (داخل قیمت)
receipt-thanks = دستتان درد نکند؛ سهم سازنده به خودش می‌رسد.
receipt-return = برای پس‌دادن کالا این رسید را نگه دارید.

reason-register-taken = این فروشگاه صندوقی با همین کد دارد.
reason-shift-open = نوبت این صندوق باز است.
reason-shift-closed = نوبت این صندوق باز نیست. نخست نوبت را آغاز کنید.
reason-shift-difference-reason = پول شمرده‌شده با حساب جور نیست. دلیلش را بنویسید.
reason-sale-empty = سبد خالی است.
reason-sale-too-many-lines = یک فروش بیش از ۲۰۰ ردیف ندارد.
reason-sale-bad-quantity = تعداد باید از ۱ تا ۱۰۰٬۰۰۰ باشد.
reason-sale-bad-amount = این مبلغ برای یک فروش پذیرفتنی نیست.
reason-sale-unknown-code = کالایی با این کد نیست.
reason-sale-price-changed = قیمت کالای { $code } اکنون { $price } ریال است.
reason-sale-tenders-short = پول پرداخت‌شده کمتر از مبلغ فروش است.
reason-sale-card-too-much = با کارت بیش از مبلغ فروش پرداخت شده است.
reason-sale-reference-used = این شمارهٔ پیگیری برای فروش دیگری ثبت شده است.
reason-sale-sold-ahead = زمان فروش در آینده است.
reason-sale-text-too-long = این متن بلندتر از جای آن است.
reason-sale-key-differs = کلید درخواست با شناسهٔ فروش یکی نیست.
reason-return-too-much = بیش از آنچه فروخته شده برنمی‌گردد.
reason-return-not-of-sale = این ردیف از این فروش نیست.
reason-return-empty = بنویسید چند عدد برگشته است.
reason-return-other-means = پول همان‌گونه برمی‌گردد که پرداخت شده است.
