nav-needs = Needs
nav-orders = Orders

save = Save

### Needs

needs-title = Needs
needs-lead = What makers lack and companies or supporters can solve.
needs-empty = There is no need.
needs-all = All
need-title = Need
need-new-title = Write a need
need-new-lead = Write nothing about any person; companies read this page.
need-raised = The need was written. Companies see it now.
need-what = Need
need-body = Written by
need-raised-on = Date
need-state = State
need-product = Product
need-state-open = Waits for offers
need-state-matched = Offer accepted
need-state-piloting = Being tried
need-state-answered = Answered
need-state-withdrawn = Taken back
need-withdraw = Take the need back
need-withdraw-help = Unanswered offers are declined. This cannot be taken back.
need-withdrawn = The need was taken back.
field-body = On behalf of
field-title = What is lacking?
title-hint = In a few words, for example: pickles keep for three weeks only
field-description = Description
field-craft = Craft
field-product-code = Product code
product-hint = If the need is about one product
product-unknown = There is no product with this code.
description-missing = Describe it in a few words.
subject-missing = Write the craft or a product code.

### Offers

offers-title = Offers
offers-empty = No offer has come yet.
offer-new-title = Make an offer
offer-send = Send the offer
offer-made = Your offer was sent.
offer-state-made = Waits for an answer
offer-state-accepted = Accepted
offer-state-declined = Declined
offer-state-withdrawn = Withdrawn
offer-accept = Accept
offer-decline = Decline
offer-withdraw = Take the offer back
offer-accepted = The offer was accepted. A pilot comes next.
offer-declined = The offer was declined.
offer-withdrawn = The offer was taken back.
field-what = What would you do?
what-hint = Your way, and what you need from the maker
field-cost = Cost
field-reward = Reward, if it works
field-days = In how many days
free = Free of charge
no-reward = None asked

### Pilots

pilots-title = Pilots
pilots-empty = There is no pilot yet.
pilot-title = Pilot
pilot-new-title = Start a pilot
pilot-start = Start
pilot-started = The pilot was started.
pilot-measure = Measure
pilot-company = Company
days-between = { $from } to { $until }
pilot-days = Days
pilot-state = State
pilot-state-running = Running
pilot-state-ended = Ended
pilot-ended-on = Day of the result
pilot-end-title = Result of the pilot
pilot-end-save = Save the result
pilot-ended = The result was saved.
pilot-before = { $measure }: { $before } { $unit } before the pilot
pilot-before-after = { $measure }: from { $before } to { $after } { $unit }
field-starts-on = First day
field-ends-on = Last day
field-measure = What is measured?
measure-hint = For example shelf life
field-unit = Unit
unit-hint = For example day
field-baseline = Value before the pilot
field-outcome = Value after the pilot
outcome-hint = In the unit of the beginning
field-result = Result
result-solved = Solved
result-partly = Better than before
result-not-solved = Not solved

### Orders

orders-title = Orders of the centres
orders-lead = Work asked of the centres, and what was delivered.
orders-empty = There is no order.
order-title = Order
order-new = Take an order
order-taken = The order was taken.
order-kept = Saved.
order-state = State
order-state-waiting = Waiting
order-state-partly = Partly delivered
order-state-late = Late
order-state-delivered = Delivered
order-state-cancelled = Taken back
order-delivered = Delivered
order-count = { $delivered } of { $quantity }
order-ordered-on = Ordered on
order-deliver = Record a delivery
order-cancel = Take the order back
deliveries-title = Deliveries
deliveries-empty = Nothing is delivered yet.
field-place = Centre
field-customer = Ordered by
field-item = Item
field-quantity = How many
field-due-on = Deadline
field-delivered = How many were delivered
field-delivered-on = Day of delivery

### Why not

reason-demand-value-wrong = This value is not accepted. Correct it.
reason-demand-record-unknown = What you chose is gone. Choose again.
reason-need-state = The need has changed. Load the page again.
reason-company-over = This body is over and offers nothing any more.
reason-offer-standing = Your company has an offer for this need.
reason-offer-state = This offer was answered or taken back before.
reason-pilot-ended = This pilot's result was saved before.
reason-pilot-period = The last day must come after the first.
reason-order-closed = This order is closed.
reason-order-too-many = That is more than was ordered.
reason-order-day = This day is not possible.

## Months of centres

centre-months-title = Months of centres
centre-months-lead = At the end of each month a centre tells for how many people it had room, how many came, worked, were paid wages and insured. Numbers alone, no names. A new word takes the place of the former one and both stay.
centre-months-empty = No month has been told yet.
centre-month-new = Tell a month
centre-month-told = The month is recorded.
centre-month-evidence-hint = Number of the wage list or the insurance list, without anybody's name
field-month-on = Month
field-capacity = Room for
field-attended = Came
field-employed = Worked
field-waged = Paid wages
field-insured = Insured
field-evidence = Evidence
reason-centre-month-day = This month cannot be told: it has not come, or it is more than a year ago.
reason-centre-month-parts = This is more than the people who worked.

nav-approaches = Approaches

### Asking for help, and the answer

field-help = What kind of help?
field-region = Region
region-hint = Leave it empty when it is the whole city's.
offer-knowledge-based = Knowledge-based when it offered
field-goal = Goal
pilot-goal = { $goal } { $unit }
approaches-title = Approaches and answers due
approaches-lead = Each has an owner and a day. Late ones come first.
approaches-waiting = Waiting
approaches-ended = Ended
approaches-empty = There is none.
approach-title = Approach
approach-about = About
approach-turn = Whose turn it is
approach-yours = Yours
approach-since = Since
approach-due = Answer by
approach-state = State
approach-supporter = Supporter
approach-ended-on = Ended on
approach-open-need = See the need
approach-message = Message
approach-answer = Answer
approach-answer-save = Record the answer
approach-close = Close without an answer
approach-answered = The answer is recorded.
approach-put = The need was put to this supporter. The day for its answer stands on this page.
approach-kind-put = Need put to a supporter
approach-kind-offered = Offer for a need
approach-kind-message = New message
approach-state-waiting = Waiting
approach-state-late = Late
approach-state-answered = Answered
approach-state-closed = Closed
field-answer = Answer
answer-hint = What did you say, and what comes next? Nothing about any person.

fit-supporters = Supporters that fit, and why
fit-needs = Needs that fit
fit-order = In the order of how many reasons hold. There is no hidden score.
fit-nobody = No such supporter is introduced yet.
fit-no-need = No such need is open now.
fit-count = { $holding } of { $all } reasons
fit-profile = Profile
fit-put = Put the need to them
fit-put-until = Answer by
fit-put-ended = Earlier approach
fit-yes = Yes
fit-no = No
fit-kind-yes = Gives this kind of help
fit-kind-no = Does not name this kind of help
fit-region-yes = Serves this region
fit-region-no = Does not serve this region
fit-field-yes = Knows this field of work
fit-field-no = Does not name this field of work
fit-capacity-yes = Has room for { $number } requests now
fit-capacity-no = Has no room now
fit-answered-yes = Answered within { $number } working days last time
fit-answered-no = Answered late, after { $number } working days, last time
fit-answered-never = No need was put to it yet
fit-certified-yes = Has a valid knowledge-based certificate
fit-certified-no = Has no valid knowledge-based certificate

help-title = I want to help
help-lead = Are you a company, a donor or an entrepreneur? Write; you hear within some working days.
help-send = Send
help-thanks-title = Your message arrived
help-thanks = Thank you. A colleague answers within some working days.
field-name = Your name
field-company = Company or body
field-phone = Phone
field-message = What would you do?
phone-wrong = This phone number is not right.

thanks-title = Thanks to our supporters
thanks-lead = Those who agreed to be named, and what came of their help.
thanks-nobody = Nobody has agreed to be named yet.
thanks-begun = The work together has just begun.
thanks-offers = { $count } offers for makers' needs
thanks-pilots = { $count } small trials
thanks-solved = { $count } needs solved
thanks-partly = { $count } needs made better
thanks-json = The same data for programs

centre-output = What it delivered
centre-pieces = Pieces
centre-all-orders = All orders of this centre

reason-approach-ended = This approach ended before, or wants another answer.
reason-approach-standing = This need is with that supporter, who has not answered yet.
reason-help-closed = No body answers messages now.
