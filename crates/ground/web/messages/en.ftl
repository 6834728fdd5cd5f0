### The words of every page's frame

brand = Zanjireh
main-navigation = Sections
other-sections = More sections
skip-to-content = Skip to the page's text
sign-in = Sign in
sign-out = Sign out
theme = Colours
theme-auto = As the device
theme-light = Light
theme-dark = Dark
footer-sentence = From the first visit to the household's income, on one thread.
printed-at = Printed { $moment }, { $name }
demo-title = This is a demo.
demo-text = All names are invented and nothing leaves this machine.

error-prefix = Error:
error-summary-title = A few things need mending
notice-plain = Note
notice-good = Done
notice-warning = Take care
notice-bad = Problem
optional = (optional)
choose = Choose
search = Search
toman = toman
day = Day
month = Month
year = Year
date-hint = Like { $example }, or with the month's name

step-done = done
step-now = now
step-next = after this
now = now
chart-table = See the figures as a table
chart-empty = No figures yet.
pages = Pages of the list
first-page = Back to the start of the list
next-page = More of the list
copy = Copy
copied = Copied
maker-since = since { $year }
maker-photo = Photo of { $name }

moment = { $day }, { $clock }
just-now = just now
minutes-ago = { $count ->
    [1] a minute ago
   *[other] { $count } minutes ago
}
hours-ago = { $count ->
    [1] an hour ago
   *[other] { $count } hours ago
}
days-ago = { $count ->
    [0] today
    [1] yesterday
   *[other] { $count } days ago
}
days-ahead = { $count ->
    [1] tomorrow
   *[other] in { $count } days
}

### Faults of form fields

field-required = Fill in this field.
field-choose = Choose one.
field-too-long = More than { $most } letters. Make it shorter.
field-not-a-number = This is not a number.
field-out-of-range = Write a number from { $least } to { $most }.
field-amount-positive = The amount must be more than zero.
field-amount-too-large = This amount is far too large.
field-date-not-in-calendar = There is no such day in the calendar.
field-date-gregorian = This is a Gregorian year. Write the Jalali year.
field-date-not-understood = Write the date like { $example }.
field-national-code-length = A national code has ten digits.
field-national-code-wrong = The check digit of the national code is wrong. Look again.
field-mobile-needed = This is a landline. Write a mobile number.
field-phone-wrong = This number is not right. Write it like { $example }.
field-sheba-length = A Sheba has 24 digits after IR.
field-sheba-wrong = The check digits of the Sheba are wrong. Look again.

### Error pages

failure-not-found = This page was not found
failure-not-found-help = The address may have moved, or this record is not yours to see.
failure-forbidden = You may not do this
failure-forbidden-help = Ask the manager of your centre for this permission.
failure-prove = Prove who you are
failure-prove-help = This act needs a fresh proof of who you are.
failure-sign-in = Sign in first
failure-sign-in-help = After signing in you come back to this page.
failure-unreadable = The request could not be read
failure-unreadable-help = Reload the page before and send it again.
failure-unreadable-there = The value here is missing, of the wrong kind or outside its bounds.
failure-too-large = The file is too large
failure-too-large-help = Send a smaller photo or file.
failure-too-many = Tried too many times in a row
failure-too-many-help = Wait a little and try again.
failure-refused = This was not done
failure-faulty = Some answers need correcting
failure-faulty-help = Each one is named below with what is wrong.
failure-unconditional = The version you read is missing
failure-unconditional-help = Read the record first and send its ETag as If-Match.
failure-busy = The system is busy
failure-busy-help = Send it again in a moment. Nothing is recorded twice.
failure-internal = Something went wrong
failure-internal-help = Nothing half-done was recorded. Tell support the code below.
failure-code = Tracking code
failure-home = Go to the start
reason-key-reused = This form was sent before with other content.
count-hidden = few, hidden
