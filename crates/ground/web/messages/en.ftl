### The words of every page's frame

brand = Zanjireh
main-navigation = Sections
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
