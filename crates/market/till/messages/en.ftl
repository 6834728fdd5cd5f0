nav-till = Till
nav-sales = Sales

till-title = Tills
till-none = There is no till in your shop yet.
till-at = { $shop }, till { $code }
till-of = Till of { $shop }
shop = Shop
register = Till
register-new = New till
register-code = Code of the till
register-code-hint = Short and lasting, such as 1; it is part of receipt numbers.
register-code-plain = Write Latin letters and digits only.
register-add = Add the till
register-created = The till was added.

open-title = Begin a shift
open-lead = Count the money in the drawer and write it here.
float = Money at the start
open-go = Begin selling
close-title = End the shift
close-lead = { $sales ->
    [0] Nothing was sold in this shift. Count the drawer.
    [1] One sale was recorded. Count the drawer.
   *[other] { $sales } sales were recorded. Count the drawer.
}
counted = Money counted
difference-reason = Why it differs
difference-hint = If money is missing or left over, say why.
close-go = End the shift
close-done = The shift is closed. { $expected } should be there, you counted { $counted }.
back-till = Back to the till

scan = Code or name of the goods
scan-hint = Scan the label, or type a code or a name. For three pieces: 3×code
goods-not-found = No goods in this shop have this code or name.
found-title = Which goods?
link-on = Online
link-off = Offline: the server cannot be reached. What you scan is kept and sent later.
link-sending = Sending:
link-unpaid = No connection and no answer. Do not hand over the goods yet; press again. A sale is never recorded twice.
link-first = All goods must reach the basket first. Wait a moment.
add = Add
basket-empty = The basket is empty. Scan the first goods.
quantity-of = Pieces of { $name }
quantity-set = Set pieces
on-hand = In stock: { $count }
remove = Remove
undo-remove = Put it back into the basket
pay-exact = Cash, exact
pay-other = Pay another way
cash-given = Cash given
card-paid = Paid by card
card-reference = Reference of the card payment
pay-given = Record this payment
sold-number = The sale is recorded. Receipt number: { $number }
change = Change
receipt-print = Print the receipt
receipt-pdf = Receipt as PDF
sale-open = Open the sale

keys-title = Keys
key-enter = on an empty code: to payment; again: exact cash
key-times = after a number: pieces
key-f2 = to the code or name
key-f8 = goods brought back
key-backspace = on an empty code: remove the last goods
key-escape = back to the code

sales-title = Sales
sales-empty = Nothing was sold yet.
sale-number = Receipt number
sale-title = Sale { $number }
sale-state-recorded = Sold
sale-state-partly-returned = Partly brought back
sale-state-returned = All brought back
sold-at = Sold
total = Total
find-receipt = Receipt number
receipt-not-found = There is no receipt with this number.
goods = Goods
label-code = Label code
pieces = Pieces
amount = Amount
maker-share = Maker's share
of-which-returned = ({ $count } brought back)

return-title = Goods brought back
return-no-till = A till in this shop is needed to take goods back.
return-pieces = { $name }: how many came back? (up to { $most })
return-goods = How are the goods?
goods-state-resellable = Sound, can be sold again
goods-state-damaged = Damaged, the shop bears it
return-refund = How was the money given back?
refund-cash = Cash
refund-card = To the card
return-reason = Reason
return-go = Record the return
return-done = { $amount } went back to the buyer.

receipt-register = Till
receipt-cash = Cash
receipt-card = Card
receipt-change = Change
receipt-vat = Value-added tax (in the price)
receipt-thanks = Thank you; the maker's share goes to the maker.
receipt-return = Keep this receipt to bring goods back.

reason-register-taken = This shop has a till with that code.
reason-shift-open = The shift of this till is open.
reason-shift-closed = No shift is open on this till. Begin one first.
reason-shift-difference-reason = The count differs from the books. Say why.
reason-sale-empty = The basket is empty.
reason-sale-too-many-lines = A sale has at most 200 lines.
reason-sale-bad-quantity = A quantity is between 1 and 100,000.
reason-sale-bad-amount = This amount is not possible for a sale.
reason-sale-unknown-code = There are no goods with this code.
reason-sale-price-changed = The price of { $code } is now { $price } rials.
reason-sale-tenders-short = Less was paid than is due.
reason-sale-card-too-much = More was paid by card than is due.
reason-sale-reference-used = This reference settled another sale.
reason-sale-sold-ahead = The time of the sale lies ahead.
reason-sale-text-too-long = This text is longer than its field.
reason-sale-key-differs = The key of the request is not the id of the sale.
reason-return-too-much = No more comes back than was sold.
reason-return-not-of-sale = This line is not of this sale.
reason-return-empty = Write how many pieces came back.
reason-return-other-means = Money goes back the way it was paid.
