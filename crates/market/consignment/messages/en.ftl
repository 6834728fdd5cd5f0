nav-receipts = Goods receipts
nav-stock = Stock
nav-agreements = Agreements
nav-my-goods = My goods in shops
maker-unknown = No maker has this code.

agreements-title = Consignment agreements
agreements-empty = No agreement has been signed yet.
agreement-title = Consignment agreement
agreement-new-title = New agreement
agreement-version-title = New version
agreement-version-lead = The present version holds until the day before this one begins.
agreement-versions = Versions
agreement-number = Number
agreement-maker = Maker
agreement-maker-code = Maker’s code
agreement-operator = Shop operator
agreement-organization-id = Shop operator
agreement-operator-unknown = You do not act for this operator.
agreement-work-mode = Way of working
agreement-mode-independent = Independent
agreement-mode-piecework = By the piece
agreement-mode-partnered = With a supporter
agreement-commission = The shop’s share
agreement-commission-percent = The shop’s share in percent
agreement-commission-hint = Of the price without tax; 15 or 15.5.
agreement-commission-wrong = Write a percentage from 0 to 100: 15 or 15.5.
agreement-percent = { $percent } percent
agreement-loss-payer = Who bears losses?
agreement-starts-on = From
agreement-ends-on = Until
agreement-accepted-by = How did the maker accept?
agreement-accepted-on = Accepted on
agreement-by-signature = By signature
agreement-by-sms-code = By a code sent to her phone
agreement-by-witness = Before a witness
agreement-sign = Save the agreement
agreement-signed = The agreement was saved.
agreement-receive = Receive goods
agreement-last-on = Last day
agreement-end = End the agreement
agreement-ended = The agreement’s end was saved.
agreement-state = State
agreement-in-force = In force
agreement-ahead = Not begun yet
agreement-superseded = Superseded
agreement-over = Over
payer-shop = The shop
payer-producer = The maker
payer-insurer = The insurer
payer-city-fund = The city’s fund

receipts-title = Goods receipts
receipts-empty = No goods have been received yet.
receipt-title = Goods receipt
receipt-new-title = Receive goods
receipt-number = Number
receipt-maker = Maker
receipt-maker-code = Maker’s code
receipt-find-maker = Go on
receipt-place = Shop
receipt-place-unknown = This shop is not yours.
receipt-day = Day
receipt-note = Note
receipt-rows-hint = Write a count only for goods that arrived.
receipt-no-products = This maker has no approved product.
receipt-usual-price = Left empty: { $price }
receipt-quantity = Count
receipt-price = Price in toman
receipt-batch = Batch
receipt-produced = Produced on
receipt-expires = Expires on
receipt-defect = Visible defect
receipt-defect-hint = If you see a defect, write it here.
receipt-save = Save the receipt
receipt-done = The goods were received and are in stock.
receipt-product = Product
receipt-code = Label code
receipt-condition = Condition
receipt-good = Good
receipt-goods = Goods
receipt-agreement = Agreement
receipt-agreement-open = See the agreement
receipt-paper = Receipt to sign
label-title = Labels
label-none = No label has been printed yet.
label-when = Printed
label-copies = Copies
label-reason = Why again
label-why = Why do you print again?
label-only = Only for these goods
label-skip = Places already used on the first sheet
label-skip-hint = If you go on with a used sheet.
label-print = Print the labels

paper-maker = Maker
paper-maker-code = Maker’s code
paper-agreement = Agreement number
paper-commission = The shop’s share
paper-gives = Hands over
paper-takes = Takes over
paper-good = Good
paper-qr-note = This receipt online

stock-title = Stock
stock-empty = There are no goods here.
stock-places = Shops
stock-place = Shop
stock-product = Product
stock-code = Label code
stock-on-hand = On hand
stock-price = Price
stock-expires = Expires
stock-expired = Expired
stock-commission = The shop’s share
stock-receipt = Receipt
stock-receipt-open = See the receipt
stock-discrepancies = Open discrepancies
stock-discrepancy-overdraw = { $count ->
    [one] One piece more was sold than was there.
   *[other] { $count } pieces more were sold than were there.
}
stock-discrepancy-expired = { $count ->
    [one] One piece was sold after its last day.
   *[other] { $count } pieces were sold after their last day.
}
stock-discrepancy-not-approved = { $count ->
    [one] One piece was sold without approval or licence.
   *[other] { $count } pieces were sold without approval or licence.
}
stock-resolution = What did you find?
stock-resolve = Close it
stock-resolved = The discrepancy was closed.
stock-removal = Leaving without a sale
stock-payer = Who bears the loss?
stock-remove = Save
stock-moved = The goods’ leaving was saved.
movement-when = When
movement-kind = Kind
movement-quantity = Count
movement-balance = Balance
movement-reason = Note
movement-intake = Received
movement-sale = Sold
movement-return-resellable = Brought back in good order
movement-return-damaged = Brought back damaged
movement-transfer-out = Sent elsewhere
movement-transfer-in = Arrived from elsewhere
movement-in-transit-loss = Lost on the way
movement-count-gain = Found by counting
movement-count-loss = Missed by counting
movement-theft = Stolen
movement-breakage = Broken
movement-expiry = Past its last day
movement-sample-gift = Sample or gift
movement-return-to-producer = Back to the maker
movement-donated = Donated
movement-correction = Correction

buy-where = Where to buy
buy-nowhere = No shop has it now.
buy-pieces = { $count ->
    [0] Sold out
    [one] One piece
   *[other] { $count } pieces
}
goods-title = My goods in shops
goods-empty = You have no goods in a shop
goods-empty-help = Bring approved goods to a shop.
goods-place = Shop
goods-left = Left
goods-price = Price

reason-agreement-overlaps = Another agreement governs these days.
reason-agreement-not-in-force = This agreement is no longer in force. Open the page again.
reason-version-too-early = A new version begins after the first day of the one before.
reason-agreement-period = This day does not fit the agreement.
reason-maker-unknown = This maker was not found.
reason-product-not-for-sale = This product may not be sold today.
reason-product-of-another = This product is another maker’s.
reason-no-agreement = No agreement with this maker is in force today.
reason-food-dates = Food needs batch, production day and expiry.
reason-received-expired = These goods are past their day, or the day is wrong.
reason-defect-note = Describe the defect.
reason-no-lines = Write a count for at least one product.
reason-line-out-of-range = The count or price is out of bounds.
reason-reprint-reason = These labels were printed before. Say why again.
reason-not-enough = There are not that many.
reason-lot-expired = These goods are past their day and cannot be sold.
reason-not-for-sale = These goods may not be sold now.
reason-lot-unknown = These goods were not found.
reason-count-positive = The count must be more than nothing.
reason-payer-needed = Say who bears the loss.
reason-already-resolved = This discrepancy is closed already.
reason-code-wrong = The code was not read right. Scan or type it again.

label-parts = One print holds up to { $most } labels. This receipt has { $parts } parts.
label-part = Which part?
reason-receipt-text-too-long = This is longer than its field.
reason-label-part = There is no such part or place on the sheet.
reason-label-reason = Give the reason in 200 letters.
reason-stock-field = This is missing or too long.
