nav-chain = Chain
nav-figures = Figures

figures-title = The programme's figures
figures-as-of = As of { $day }
figures-empty = Nothing has been counted yet.
figures-publish-lead = Publish today's figures. A published figure does not change any more.
figures-publish = Publish today's figures
figures-published = { $count ->
    [0] Today's figures had been published before.
   *[other] { $count } figures published.
}
figure-name = Figure
figure-now = Number today
figure-meaning = Definition
figure-as-of = Date
figure-formula = How it is counted
figure-source = Source
figure-version = Version of the definition
figure-none = No number yet
figure-open-list = See the list that makes this number
figure-by-region = By region
figure-cut = Cells below { $least } people are hidden, with some others, so that nobody finds them by subtraction.
figure-region = Region
figure-region-number = Region { $number }
figure-region-unknown = Region unknown
figure-people = People
figure-hidden = hidden
figure-history = Published values
figure-history-sentence = { $count } published values, from oldest to newest
figure-history-empty = Nothing has been published yet.
figure-day = Day
figure-published = Value
figure-note = Note
figure-corrected = corrected
figure-correction = Correction: { $reason }
figure-correct = Correct this value

list-title = List of codes
list-code = Case code
list-detail = Number
list-adds = Adds

correct-title = Correct a published value
correct-lead = The old value stays; the new one stands beside it.
correct-amount = The right number
correct-amount-hint = Write amounts of money in rials.
correct-reason = Why do you correct it?
correct-save = Record the correction
correct-done = The correction is recorded.

unit-people = { $count ->
    [1] { $count } person
   *[other] { $count } people
}
unit-cases = { $count ->
    [1] { $count } case
   *[other] { $count } cases
}
unit-legs = { $count ->
    [1] { $count } referral
   *[other] { $count } referrals
}
unit-days = { $count ->
    [1] { $count } day
   *[other] { $count } days
}
unit-products = { $count ->
    [1] { $count } product
   *[other] { $count } products
}
unit-pieces = { $count ->
    [1] { $count } piece
   *[other] { $count } pieces
}
unit-shops = { $count ->
    [1] { $count } shop
   *[other] { $count } shops
}
unit-pilots = { $count ->
    [1] { $count } pilot
   *[other] { $count } pilots
}

chain-title = The chain at a glance
chain-note = { $entered } this month, median { $days } days
chain-stage = Stage
chain-median = Median days
chain-target = Target, days
chain-stuck = Over target
chain-turn = Whose turn
chain-stuck-title = Where people are stuck
chain-since = Since
chain-days = Days in stage
chain-list-all = All open cases of this stage
chain-list-stuck = Cases longer in this stage than the target
stage-intake = Intake
stage-assessment = Assessment
stage-planning = Planning
stage-referral = Referral
stage-training = Training
stage-making = Making
stage-selling = Selling
stage-earning = Earning
blockages-title = The worst blockages
blockages-empty = No referral is late.
blockage-leg = Referral number
blockage-days = Days late

reason-value-corrected = This value was corrected before. Correct the newer one.
reason-correction-reason-missing = Write why you correct it.
