nav-payees = Payees
save = Save

### Contact

contact-handle = Handle
contact-phone = Phone
contact-no-phone = No phone
contact-channel = Told by
contact-channel-sms = SMS
contact-channel-voice = A call that reads it aloud
contact-channel-none = Not by phone
contact-channel-question = How should she be told?
contact-channel-does-not-fit = This way does not fit the number. SMS needs a mobile.
contact-companion = Companion or guardian
contact-neighbourhood = Neighbourhood
contact-phone-title = Phone and how to tell
contact-phone-hint = Mobile, or landline with area code. Leave empty if there is none.
contact-phone-wrong = This number is not right. Write a mobile, or a landline with its area code.
contact-phone-changed = The phone was saved.
contact-new-title = Register a guardian or companion
contact-new-lead = For somebody who does not apply, but is told in another's place.
contact-first-name = First name
contact-last-name = Last name
contact-new-phone-hint = Mobile, or landline with area code
contact-register = Register
contact-registered = Registered. Write the handle into the applicant's record.

### Payee

payees-title = Payees that wait for approval
payees-lead = Each is approved by someone other than its proposer.
payees-empty = No payee waits for approval.
payee-title = Payee
payee-open = Payee
payee-none = No payee was approved yet.
payee-history = Payees proposed
payee-whose = Whose money
payee-account = Account
payee-state = State
payee-since = Proposed
payee-act = Action
payee-look = Look
payee-kind = Where should the money go?
payee-kind-own-account = Her own account
payee-kind-proxy = Another person's account
payee-kind-counter = Cash at a counter, against a signature
payee-state-proposed = Waits for approval
payee-state-approved = Approved
payee-state-refused = Refused
payee-state-ended = Ended
payee-propose-title = Propose another payee
payee-propose-lead = Once a colleague approves it, it replaces the one before.
payee-propose = Propose this payee
payee-proposed = Proposed. A colleague has to approve it.
payee-sheba = Sheba
payee-sheba-hint = 24 digits after IR. Leave empty for a counter.
payee-holder = Account holder
payee-holder-hint = Only if the account is another person's.
payee-holder-companion = The companion's or guardian's name
payee-reason = Reason
payee-reason-hint = Why does the money go to another person's account?
payee-decide-title = Approve a payee
payee-name-check = What did the bank say of the holder's name?
payee-name-check-hint = A right Sheba does not prove its owner.
payee-name-not-asked = The bank was not asked
payee-name-matches = It is this name
payee-name-differs = It is another name
payee-check-reason = Why approve it under another name?
payee-check-reason-hint = Only if the bank told another name.
payee-approve = I approve
payee-refuse = I refuse
payee-approved = The payee was approved.
payee-refused = The payee was refused.

### Sign-in

sign-in-phone-title = Sign in by SMS
sign-in-phone-lead = For applicants and makers. No password is needed.
sign-in-phone = Your phone number
sign-in-phone-go = Send the code
sign-in-have-slip = No phone? Sign in with your slip
sign-in-have-phone = You have a phone? Sign in by SMS
sign-in-other-phone = Another number
sign-in-code-title = Write the code
sign-in-code-lead = If we know this number, a six-digit code is on its way to it.
sign-in-code = Six-digit code
sign-in-code-hint = The code works for five minutes.
sign-in-go = Sign in
sign-in-who-title = Which of these are you?
sign-in-who-lead = Several people have this number. Choose your name.
sign-in-slip-title = Sign in with a slip
sign-in-slip-lead = The handle and the eight-digit code are on your slip.
sign-in-handle = Handle
sign-in-handle-hint = It is on the slip and begins with M.
sign-in-slip-code = Eight-digit code

### Slip

slip-title = Sign-in slip
slip-lead = For someone without a phone. With this slip she sees her own page.
slip-make = Make a slip
slip-made = The slip is ready. Print it now.
slip-print = Print the slip
slip-valid-until = Valid until
slip-again = Make another slip
slip-again-lead = Lost? With another slip the one before stops working.
slip-programme = Empowerment programme
slip-step-open = Open this address or scan the square code.
slip-step-handle = Write the handle { $handle }.
slip-step-code = Write the eight-digit code of this slip.
slip-warning = Give this slip to nobody. If it is lost, tell the centre.

### Reasons

reason-phone-wrong = This number is not right.
reason-channel-does-not-fit = This way does not fit the number.
reason-consent-no-guardian = No guardian stands in the record. Please write that first.
reason-payee-same-person = Whoever proposed a payee can neither approve nor refuse it.
reason-payee-already-decided = This payee was decided on before.
reason-payee-changed-meanwhile = Another payee was approved at this moment. Look again.
reason-payee-reason-needed = Write briefly why the money goes to another person's account.
reason-payee-check-reason-needed = The bank told another name. Write briefly why it is approved.
reason-payee-account-needed = A right Sheba and the holder's name are needed. A counter has no Sheba.
