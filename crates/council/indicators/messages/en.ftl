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
figure-region-number = Region { $number }
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

figure-owner = Owner
owner-care = Casework and referral
owner-market = Sales and payment
owner-council = The committee's secretariat
figure-breakdowns = Other breakdowns
figure-by-gender = By gender
figure-by-group = By target group
figure-by-centre = By centre
figure-by-body = By body
figure-by-field = By field of work
figure-by-funder = By budget line
figure-by-month = By month
breakdown-region = Region
breakdown-gender = Gender
breakdown-group = Target group
breakdown-centre = Centre
breakdown-body = Body
breakdown-field = Field of work
breakdown-funder = Budget line
breakdown-month = Month
gender-female = Women
gender-male = Men
figure-cell-unknown = Not known
figure-percent = { $whole }.{ $tenth }%
figure-compared = Beside other months
figure-this-month = This month so far ({ $month })
figure-month-before = The month before ({ $month })
figure-year-ago = The same month a year ago ({ $month })
list-whole = Of
unit-places = { $count ->
    [1] { $count } centre
   *[other] { $count } centres
}
unit-packages = { $count ->
    [1] { $count } line
   *[other] { $count } lines
}
chain-months = Arrivals, twelve months
chain-months-meaning = Arrivals at { $stage } in twelve months: least { $least }, most { $most }, this month { $now }
chain-regions = The chain, region by region
blockage-owner = Owner of the case
reason-breakdown-not-of-figure = This figure cannot be told that way.

nav-reports = Reports
nav-statistics = Public statistics
statistics-title = Public statistics of the programme
statistics-lead = These are the latest published numbers, each with its definition and its day. A published number does not change; a correction is a new number with its reason beside it. Where few people stand behind a number it is not told.
statistics-empty = Nothing has been published yet.
statistics-xlsx = XLSX file
statistics-csv = Open data: CSV
statistics-json = Open data: JSON
statistics-map = { $figure }, region by region
statistics-no-regions = This figure has no regions.
tile-hidden = •••
tile-millions = { $count } m
tile-number = { $count }
press-title = Figures of the programme for the press
press-programme = The home business chain
press-qr = Public statistics of the programme
press-file = figures-of-the-programme
press-pdf = Press sheet: PDF
press-png = Press sheet: picture
sheet-code = Code
sheet-code-meaning = Lasting code of the figure
sheet-name-meaning = Name of the figure
sheet-version-meaning = Version of the definition by which it was counted
sheet-day-iso = Day (Gregorian)
sheet-day-meaning = The day the number holds for
sheet-region-meaning = Number of the region; empty for the whole city
sheet-amount-meaning = The published number; money in rials, shares in hundredths of a per cent
sheet-unit = Unit
sheet-unit-meaning = What was counted
sheet-note-meaning = hidden: so few people stand behind it that it is not told; else why it was corrected
sheet-definition-meaning = Definition of the figure
sheet-definitions = Definitions
sheet-column = Column

range-title = Acceptable range
range-lead = When the number leaves this range, it comes by itself on the draft of the committee's next agenda.
range-now = Acceptable range
range-from = from
range-to = to
range-outside = outside the range
range-least = Least
range-most = Most
range-bound-hint = May be empty. Write money in rials, shares in hundredths of a per cent.
range-reason = Why this range?
range-save = Record the range
range-set = The range is recorded.
reason-range-order = The least is more than the most.

target-heading = Against this year's target
target-title = Target of the year
target-lead = Say what this figure should reach by the end of the year. Reports are always measured against it.
target-of-year = Target of { $year }
target-reached = So far
target-year-passed = Of the year passed
target-pace = Pace
target-behind = Slower than the year
target-year = Year
target-amount = Target
target-amount-hint = Empty means no target. Money in rials, shares in hundredths of a per cent.
target-reason = Where does it come from?
target-reason-hint = The article, resolution or plan
target-save = Save the target
target-set = The target is saved.
reason-target-year = The year of a target lies between 1390 and 1500.
reason-target-amount = A target is more than zero.

saved-heading = Kept views
saved-title = Keep this view
saved-name = Name of the view
saved-role = For which role as well?
saved-role-hint = Empty means for yourself only.
saved-save = Keep
saved-kept = The view is kept.
saved-let-go = Let go
saved-let-go-named = Let go of the view { $name }
saved-gone = The view is gone.
reason-saved-too-many = You keep thirty views. Let one go first.
reason-saved-name-taken = You have a view of this name. Choose another name.
reason-saved-name = The name of a view has one to sixty letters.

reader-secretary = The committee's secretary
reader-chair = The committee's chair
reader-committee_member = Committee members
reader-observer = The observer
reader-commission_expert = The commission's expert
reader-supervisor = Supervisors of casework
reader-administrator = The administrator
reader-auditor = The auditor

reports-title = Regular reports
reports-lead = Each report is made on its day and does not change any more.
reports-none = No report is planned for you yet.
reports-new = New report
reports-new-lead = The first report is made now, and the bodies of that role are told.
reports-scheduled = The report is planned. The first one is ready in a few moments.
reports-ended = No further report of this plan is made.
report-late = The report of { $day } has not been made
report-none-yet = No report has been made yet.
report-is-ended = Ended
report-end = End
report-end-named = End the report { $name }
report-name = Name of the report
report-period = How often?
report-period-week = Every week, on Saturday
report-period-month = Every month, on the first
report-role = For which role?
report-codes = Which figures?
report-codes-hint = If you tick none, all are told.
report-save = Plan the report
report-number = Number
report-before = Report before
report-change = Change
report-same = No change
report-target = Target of the year
reason-report-name = The name of a report has one to eighty letters.
reason-report-role = This role does not read figures. Choose another one.
reason-schedule-ended = This report has ended already.
chain-regions-note = Everybody is counted in the region in which she lived when she came to the stage.
figure-by-article = By article
breakdown-article = Article
