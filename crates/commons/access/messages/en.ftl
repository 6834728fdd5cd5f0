nav-audit = Audit
own-page = My page

sign-in-title = Staff sign-in
sign-in-lead = For staff of centres, shops, the secretariat and partner bodies.
username = User name
password = Password
second-factor = Second-factor code
second-factor-hint = The six digits your authenticator shows. Leave empty if you have none.
sign-in-go = Sign in
sign-in-by-phone = Applicant or maker? Sign in by SMS
sign-in-by-slip = Have a sign-in slip? Use its code

reason-bad-credentials = Name, password or code is not right.
reason-second-factor-missing = Your role needs a second factor. Ask your administrator to set one.
reason-bad-code = This code is not right or too old.
reason-username-taken = Somebody else has this user name.
reason-password-short = A password needs at least 15 characters.
reason-consent-over = No consent that covers this holds today.
reason-password-wrong = This is not your present password.
reason-password-differs = The two new passwords are not the same.
reason-stale = The record has changed since you read it. Read it again.

proof-title = Prove who you are
proof-text = This act touches money or bank data. Your last proof is too old.
proof-go = Prove and go on
kept-title = Your form is kept
kept-text = Nothing you typed is lost. Send it now.
kept-go = Send the form
kept-sign-in = Your form is kept. Sign in to go on with it.

problems-title = Problems and what they mean
problems-text = Programs get these codes with every refusal.
problems-code = Code

nav-password = Password
password-title = Your password
password-lead = With a new password your other sign-ins end.
password-current = Present password
password-new = New password
password-again = New password again
password-change = Change it
password-changed = Your password was changed.

audit-title = Audit
audit-lead = Who did and saw what, and when. Each line is chained to the one before.
audit-when = Time
audit-who = Who
audit-what = What
audit-record = Record
audit-number = Link number
audit-empty = Nothing recorded yet.

sessions-title = Where you are signed in
sessions-lead = Everywhere that is open in your name. End the others if you do not know one.
sessions-empty = Nothing is open.
sessions-end = End all others
sessions-ended = The others were ended.
session-kind = Place
session-since = Since
session-until = Until
session-own = This one
session-helped = with a helper
session-kind-staff = Browser
session-kind-person = Browser
session-kind-token = Program

emergencies-title = Opened in emergencies
emergencies-lead = Cases opened without a right to them, with a reason and for a few hours.
emergencies-empty = No case was opened in an emergency.
emergency-when = When
emergency-until = Until
emergency-who = Who
emergency-about = Case
emergency-why = Why
reason-emergency-too-often = You have opened too many cases today. Talk to your supervisor.
