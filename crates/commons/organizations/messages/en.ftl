nav-organizations = Bodies and centres

organizations-title = Bodies and centres
organizations-empty = No body has been recorded yet.
organization-new-title = Add a body
organization-created = The body was added.
organization-name = Name
organization-name-fa = Persian name
organization-name-en = English name
organization-code = Short code
organization-kind = Kind
organization-since = Since
organization-phone = Mobile number for referral messages
organization-save = Save
organization-kind-municipal = Municipality
organization-kind-ministry = Ministry or office
organization-kind-health = Health
organization-kind-welfare = Welfare and relief
organization-kind-training = Training
organization-kind-university = University
organization-kind-bank = Bank or fund
organization-kind-knowledge-based = Knowledge-based company
organization-kind-social-entrepreneur = Social entrepreneur
organization-kind-supporter = Supporter or buyer
organization-kind-shop-operator = Shop operator
organization-kind-centre = Programme centre
organization-kind-council = City council
organization-kind-charity = Treatment centre, shelter or charity

places-title = Places
places-empty = No place has been recorded yet.
place-new-title = Add a place
place-created = The place was added.
place-name = Name
place-name-fa = Persian name
place-name-en = English name
place-kind = Kind
place-region = Region
place-code = Short code
place-address = Address
place-trade = What is made or done there
place-capacity = Places for people
place-kind-centre = Centre
place-kind-shop = Dast-Afarin shop
place-kind-workshop = Workshop
place-kind-fair = Bazaar or fair
place-kind-office = Office

services-title = Services
service-new-title = Add a service
service-created = The service was added.
service-code-hint = The chains use food_approval, craft_approval, home_licence and training.
services-empty = No service has been recorded yet.
service-name = Service
service-days-to-answer = Working days to answer
service-days-to-complete = Working days to complete

reason-organization-code-taken = Another body has this code.
reason-place-code-taken = Another place has this code.
reason-service-code-taken = This body already offers a service of this code.

place-listed = For everybody
place-listed-yes = Shown
place-listed-no = Not shown
place-listed-tick = Show this place in the public list
place-listed-help = Leave out treatment centres and shelters: being seen there harms people.
place-hours-hint = Write hours like 10:30. Leave closed days empty.
place-hours-week = Saturday to Wednesday
place-hours-thursday = Thursday
place-hours-friday = Friday
place-opens = From
place-closes = Until
place-hours-wrong = Write both hours like 10:30.
place-shown = What everybody sees is recorded.
reason-place-face = This value is not accepted. Please correct it.

nav-profiles = Supporters
profiles-title = Supporters of the programme
profiles-lead = Companies, supporters, social entrepreneurs and donors, and what they give.
profiles-empty = Nobody is introduced yet.
profile-edit = Edit the profile
profile-write-of = Write the profile of { $name }
profile-kept = The profile is recorded.
profile-filter = Show
profile-public = Public page of supporters
profile-comma = ,{ " " }
profile-nothing = Nothing
profile-offers = Gives
profile-seeks = Looks for
profile-regions = Regions
profile-regions-hint = Numbers with commas. Empty means the whole city.
profile-regions-wrong = A region is a number from 1 to 99.
profile-whole-city = The whole city
profile-fields = Fields of work
profile-fields-hint = With commas, for example: pickles, weaving
profile-capacity = Requests at a time
profile-about-fa = About it, in Persian
profile-about-en = About it, in English
profile-contact = Contact person
profile-contact-hint = Only you and the programme's staff see this.
profile-contact-name = Name of the contact
profile-contact-phone = Phone of the contact
profile-named = Public thanks
profile-named-tick = We agree to be named on the page of thanks
profile-named-since = Agreed, since { $day }
profile-named-not = Not agreed
profile-needs = Needs that fit
profile-certificate = Knowledge-based certificate
profile-not-certified = None
profile-until = Until { $day }
profile-certificate-holds = Valid
profile-certificate-over = Ran out
profile-certify = Record a knowledge-based certificate
profile-certificate-number = Number of the certificate
profile-certificate-until = Last valid day
profile-certified = The certificate is recorded.
profile-kind-company = Company
profile-kind-knowledge-based = Knowledge-based company
profile-kind-private-supporter = Private supporter
profile-kind-social-entrepreneur = Social entrepreneur
profile-kind-donor = Donor
help-kind-design = Design
help-kind-packaging = Packaging
help-kind-shelf-life = Shelf life and tests
help-kind-ecommerce = Selling online
help-kind-materials = Materials and tools
help-kind-buying = Buying
help-kind-training = Training
help-kind-space = Room
help-kind-funding = Money
reason-profile-field = This field is out of bounds. Please correct it.

merge-title = Merge into another body
merge-lead = The records of this body stay, and the other one answers for them. Nothing new is sent to this one.
merge-into = Into which body?
merge-on = From which day on?
merge-save = Save the merger
merge-done = The merger is saved.
merge-is = Since { $day } it has been part of this body:
reason-body-merged = This body has become part of another one. Choose the new one.
reason-merge-day = The day lies neither before the body began nor after today.
reason-merge-itself = A body does not go into itself.

nav-capacity = Room and waiting
nav-directory = Checking services

service-edit = Describe the service
service-described = The description was saved.
service-not-described = Nobody has described this service yet.
service-public = This service for everybody
service-kind = Kind of service
service-kind-approval = Approval
service-kind-licence = Licence
service-kind-training = Training
service-kind-finance = Loans and money
service-kind-equipment = Tools and materials
service-kind-health = Health
service-kind-welfare = Welfare and care
service-kind-legal = Advice on rights
service-kind-market = Market and selling
service-kind-other = Other
service-body = Body
service-what = What is this service?
service-about-fa = In plain words, in Persian
service-about-en = In plain words, in English
service-about-hint = Write so that somebody who does not know it understands.
service-for-whom = For whom?
service-for-all = For everybody
service-for-all-tick = For everybody, without conditions
service-gender = Women or men
service-gender-any = Both
service-gender-female = For women
service-gender-male = For men
service-age-from = Youngest age
service-age-to = Oldest age
service-age-between = From { $from } to { $to } years
service-age-at-least = { $from } years or older
service-age-at-most = Up to { $to } years
service-groups = Target groups
service-groups-are = Of these groups: { $groups }
service-eligibility-fa = Other conditions, in Persian
service-eligibility-en = Other conditions, in English
service-bring = What to bring?
service-documents-none = Nothing is needed.
service-documents-none-tick = No papers are asked for
service-documents-fa = Papers, in Persian
service-documents-en = Papers, in English
service-documents-hint = One paper a line
service-cost = Cost
service-fee = Cost
service-fee-untold = Not told
service-fee-none = Free of charge
service-fee-amount = A fixed amount
service-fee-text = It depends
service-fee-rial = Amount
service-fee-words-fa = About the cost, in Persian
service-fee-words-en = About the cost, in English
service-hours = Days and hours
service-schedule-fa = Days and hours in plain words, in Persian
service-schedule-en = Days and hours in plain words, in English
service-schedule-hint = For example: Saturday to Wednesday, mornings
service-rule = Recurrence rule for programs
service-rule-hint = For example: { $example }
service-rule-wrong = This rule cannot be read. See the example.
service-from-to = From { $opens } to { $closes }
service-where = Where?
service-where-ask = You are told the address when you are referred.
service-regions = Regions
service-room = Is there room?
service-wait = Answer by when?
service-answer-in = { $count ->
    [one] Within one working day of the referral
   *[other] Within { $count } working days of the referral
}
service-how = How are you referred?
service-untold = Not told
service-listed = For everybody
service-listed-tick = Show this service in the public directory
service-check-days = To be checked every so many days
service-quality = How far can it be relied on?
service-score = Score
service-score-of = { $score } of 100
service-missing = Missing
service-missing-none = Nothing is missing
service-part-described = description
service-part-eligibility = conditions
service-part-documents = papers
service-part-fee = cost
service-part-schedule = days and hours
service-part-checked = check in time
service-part-capacity = fresh word about room
service-part-agreement = agreement on sharing data
service-checked = Last check
service-never-checked = Not checked yet
service-check-every = { $count ->
    [one] every day
   *[other] every { $count } days
}
service-check-today = Checked today
service-check-done = The check was saved.
service-check-due = Check due
service-status = Status
service-status-active = Offered
service-status-inactive = Paused
service-status-defunct = Ended
service-status-temporarily-closed = Closed for a while
service-status-change = Change the status
service-status-done = The status was saved.
service-closed-until = until the end of { $day }
service-closed-day = Last day of being closed
service-agreement = Agreement on sharing data
service-agreement-none = None
service-agreement-period = from { $from } until { $until }
service-agreement-new = Record an agreement on sharing data
service-agreement-number = Number of the agreement
service-agreement-from = First day
service-agreement-until = Last day
service-agreement-done = The agreement was saved.

capacity-title = Room and waiting
capacity-lead = { $count ->
    [one] What was told longer than one day ago counts as unknown.
   *[other] What was told longer than { $count } days ago counts as unknown.
}
capacity-unknown = Unknown
capacity-free = { $places ->
    [one] One place, on { $day }
   *[other] { $places } places, on { $day }
}
capacity-full = No room, on { $day }
capacity-wait = { $count ->
    [one] Waiting: one day
   *[other] Waiting: { $count } days
}
capacity-tell = Tell the free places
capacity-places = Free places
capacity-waiting = Days of waiting
capacity-save = Save the places
capacity-told = The places were saved.
capacity-told-last = Told last on { $day }: { $places ->
    [one] one place
   *[other] { $places } places
}
capacity-asked = Questions about room
capacity-asked-lead = Ask before you name anybody. No personal data is sent.
capacity-asked-none = Nothing has been asked yet.
capacity-ask = Ask whether there is room
capacity-asker = Who asks
capacity-asked-at = Asked
capacity-answer = Answer
capacity-answered = { $places ->
    [one] One place
   *[other] { $places } places
}
capacity-not-answered = Waiting for the answer
capacity-asks = { $body } asks whether there is room
capacity-question-sent = The question was sent.

directory-title = Services
directory-lead = What each service is, for whom, and what to bring.
directory-search = Search services
directory-all = All services
directory-empty = No service fits. Write less, or leave the region out.
directory-how = Speak with your facilitator or the nearest centre of the programme. They refer you.
directory-places = Places of the programme
directory-hsds = Data for other systems (HSDS)
directory-public = Public directory of services
directory-rule-is = { $count ->
    [one] Word about room counts as unknown after one day.
   *[other] Word about room counts as unknown after { $count } days.
}
directory-rule-days = Unknown after how many days?
directory-rule-kept = The rule was saved.
check-title = Services to be checked
check-lead = First what nobody has looked at or what is overdue.
check-empty = All services are right and fresh.
hsds-kinds = The kind of help a service gives.
hsds-groups = The target groups of the city.
hsds-unit = Place

names-title = Names
parents-title = Stands under
parent-body = Under which body?
parent-none = None
rename-title = Name and standing of the body
rename-lead = The body stays the same. What was written earlier keeps the name of its day.
rename-from = From which day on?
rename-save = Save the new name
rename-done = The new name was saved.
move-title = Change the body above
move-done = The body above was saved.

reason-service-detail = This field is missing or out of bounds. Please correct it.
reason-service-capacity = This number is not accepted.
reason-service-agreement = Please correct the number and days of the agreement.
reason-service-agreement-known = This agreement is recorded already.
reason-service-closed = This service is not offered now.
reason-service-defunct = A service that ended does not come back. Add a new one.
reason-suspension-day = To close for a while, give a last day that is not past.
reason-capacity-question-open = You have asked this and the answer has not come yet.
reason-directory-rule = Write a number from 1 to 365.
reason-name-day = The day lies after the one before, and not after today.
reason-body-name = Write the name in both languages.
reason-parent-circle = A body does not stand under itself, nor under what stands under it.
