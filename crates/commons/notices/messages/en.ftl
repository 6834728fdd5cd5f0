nav-notices = Notices
notices-title = Notices sent
notices-failed = Did not arrive
notices-failed-lead = Mend the phone and send again, or tell them yourself.
notices-all = All notices
notices-empty = No notice was sent yet.
notice-when = When
notice-whom = To
notice-text = Text
notice-state = State
notice-parts = Parts
notice-act = Action
notice-nobody-here = A number outside the system
notice-retry = Send again
notice-retried = The notice will be sent again.
notice-state-waiting = Waiting
notice-state-sent = Sent
notice-state-delivered = Delivered
notice-state-failed = Failed
notice-state-no-channel = No phone
reason-notice-not-failed = This notice has not failed. Only a failed one is sent again.

inbox-title = Test inbox
inbox-call = Read aloud
inbox-empty = No message has come yet.

### Texts of messages

sms-sold = { $count } of your “{ $product }” sold. Your share: { $amount }.
sms-paid = { $amount } from your sales was paid out.
sms-paid-counter = { $amount } is ready for you at { $place }.
sms-returned = The bank returned { $amount }. Please call your centre.
sms-statement = Statement { $number } until { $until } is ready. Your balance: { $amount }.
sms-referral = Referral { $number } has come to you. Answer by { $due }. { $link }
sms-referral-reminder = Reminder: referral { $number } awaits your answer by { $due }. { $link }
sms-emergency = Case { $code } was opened in an emergency. Its page says why.
sms-meeting-called = You are called to { $committee }: { $day }, { $hours }, { $place }. Agenda and calendar are on the page of the meeting.
sms-resolution-asked = Resolution { $number } of the committee wants your answer. Deadline: { $due }. { $link }
sms-report-ready = The report “{ $name }” up to { $day } is ready: { $link }
sms-webhook-disabled = Events no longer go to { $host }: it takes nothing. See the page of your webhooks.
sms-status = Follow your matter: { $link }
sms-class = Class { $course }: { $day }, { $clock }, { $place }.
sms-certificate = Your certificate { $course } is ready. Number: { $serial }.
sms-payee-changed = Where your money goes was changed. If you did not ask for it, call your centre.
sms-sign-in-code =
    Your sign-in code: { $code }
    Give it to nobody.
    @{ $host } #{ $code }
