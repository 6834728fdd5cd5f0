//! What becomes of a hand-over: most are answered in days, some are late, silent or refused.

use persian::{Date, Timestamp};
use rand::RngExt as _;
use referrals::clock::RemindBody;
use referrals::legs::LegId;
use referrals::legs::states::{Actor, Channel, Debtor, Delivery};
use referrals::links::LINKS;
use referrals::{Act, Answer, AnswerLeg, By, MoveLeg, Note, ReportLeg, Returned, SendLeg};
use uuid::Uuid;

use super::agenda::deed;
use super::lives::Newcomer;
use super::town::Town;

/// Who is asked, and what comes back.
pub struct Partner {
    /// Its officer; nil when it answers by its link.
    pub officer: Uuid,
    /// The licence it issues: number and last day.
    pub gives: Option<(String, Date)>,
}

impl Partner {
    /// The partner whose officer has this user name.
    pub fn of(town: &Town, user: &str, gives: Option<(String, Date)>) -> Self {
        Self {
            officer: town.user(user),
            gives,
        }
    }

    fn by(&self) -> By {
        if self.officer.is_nil() {
            By::LINK
        } else {
            By {
                actor: Actor::ReceiverWorker,
                channel: Channel::Desk,
            }
        }
    }
}

/// How a leg fares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fare {
    Prompt,
    Asks,
    Later,
    Declines,
    Refuses,
    Late,
    Silent,
}

/// Plans a leg from its sending to its report; gives when that is, or nothing when the body
/// never answers.
pub fn follow(
    town: &mut Town,
    new: &Newcomer,
    leg: LegId,
    partner: &Partner,
    sent: Timestamp,
    work: (i64, i64),
) -> Option<Timestamp> {
    let answered = accept(town, new, leg, partner, sent)?;
    let done = town.after(answered, work, (11, 15));
    report(town, leg, partner, done);
    Some(done)
}

/// Plans a leg up to the yes; gives when that is.
pub fn accept(
    town: &mut Town,
    new: &Newcomer,
    leg: LegId,
    partner: &Partner,
    sent: Timestamp,
) -> Option<Timestamp> {
    send(town, new.worker, leg, sent);
    // The city opens on a week in which some bodies are behind.
    let is_recent = sent > town.until.plus_days(-24);
    let fare = match town.rng.random_range(0..100) {
        _ if new.is_told => Fare::Prompt,
        0..=3 => Fare::Silent,
        4..=9 => Fare::Late,
        50..=69 if is_recent => Fare::Silent,
        10..=15 => Fare::Declines,
        16..=20 => Fare::Asks,
        21..=25 => Fare::Later,
        26..=28 => Fare::Refuses,
        _ => Fare::Prompt,
    };
    let by = partner.by();
    let supervisor = town.user("supervisor");
    let answered = match fare {
        Fare::Prompt => town.after(sent, (1, 4), (11, 0)),
        Fare::Asks => {
            let asked = town.after(sent, (1, 3), (11, 0));
            let question = Act::AskInfo { of: Debtor::Sender };
            act(
                town,
                asked,
                partner.officer,
                leg,
                question,
                by,
                "سند محل کار را هم بفرستید.",
            );
            let told = town.after(asked, (1, 4), (13, 0));
            let sender = By::desk(Actor::SenderWorker);
            act(
                town,
                told,
                new.worker,
                leg,
                Act::AnswerInfo,
                sender,
                "رونوشت سند پیوست شد.",
            );
            town.after(told, (1, 4), (11, 0))
        }
        Fare::Later => {
            let told = town.after(sent, (1, 4), (11, 0));
            let review_on = told.plus_days(20).date();
            answer(
                town,
                told,
                partner.officer,
                leg,
                Answer::Later { review_on },
                by,
            );
            town.after(told, (18, 24), (11, 0))
        }
        Fare::Declines => {
            let told = town.after(sent, (1, 5), (11, 0));
            let code = "missing_document".to_owned();
            answer(
                town,
                told,
                partner.officer,
                leg,
                Answer::Decline { code },
                by,
            );
            let mended = town.after(told, (2, 6), (10, 30));
            let sender = By::desk(Actor::SenderSupervisor);
            act(
                town,
                mended,
                supervisor,
                leg,
                Act::Reopen,
                sender,
                "مدرک کامل شد.",
            );
            town.after(mended, (1, 4), (11, 0))
        }
        Fare::Refuses => {
            // Such a no is looked at; those of the last days still are.
            let told = town.after(sent, (1, 5), (11, 0));
            let code = "not_eligible".to_owned();
            let no = Answer::Decline { code };
            answer(town, told, partner.officer, leg, no, by);
            let looked = town.after(told, (1, 2), (9, 30));
            let sender = By::desk(Actor::SenderSupervisor);
            let words = "در محدودهٔ شماست؛ نشانی تازه پیوست شد.";
            act(town, looked, supervisor, leg, Act::SendBack, sender, words);
            town.after(looked, (1, 4), (11, 0))
        }
        Fare::Late => {
            remind(town, leg, sent, &[(1, 48), (2, 96), (3, 120)]);
            town.after(sent, (8, 14), (11, 0))
        }
        Fare::Silent => {
            remind(town, leg, sent, &[(1, 48), (2, 96), (3, 120), (4, 720)]);
            let again = town.after(sent, (33, 40), (10, 30));
            let sender = By::desk(Actor::SenderSupervisor);
            act(
                town,
                again,
                supervisor,
                leg,
                Act::Reopen,
                sender,
                "دوباره پیگیری شد.",
            );
            town.after(again, (1, 5), (11, 0))
        }
    };
    let yes = Answer::Accept {
        appointment_on: Some(super::town::workday(answered.plus_days(3).date())),
    };
    answer(town, answered, partner.officer, leg, yes, by);
    Some(answered)
}

/// Plans the report that all was done.
pub fn report(town: &mut Town, leg: LegId, partner: &Partner, at: Timestamp) {
    let report = ReportLeg {
        leg,
        outcome: Delivery::Delivered,
        returned: partner.gives.clone().map(|(number, until)| Returned {
            licence_number: Some(number),
            valid_until: Some(until),
        }),
        by: partner.by(),
        note: Note::none(town.id(at)),
    };
    town.agenda.add(at, partner.officer, report);
}

/// Plans the sending alone.
pub fn send(town: &mut Town, worker: Uuid, leg: LegId, at: Timestamp) {
    town.agenda.later(at, worker, move |city| async move {
        let mut conn = city.db.read().await?;
        let draft = referrals::legs::get(&mut conn, leg).await?;
        drop(conn);
        let by = By::desk(Actor::SenderWorker);
        Ok(vec![deed(SendLeg::of_draft(&city, &draft, by, "").await?)])
    });
}

fn answer(town: &mut Town, at: Timestamp, who: Uuid, leg: LegId, answer: Answer, by: By) {
    let note = Note::none(town.id(at));
    let command = AnswerLeg {
        leg,
        answer,
        by,
        note,
    };
    town.agenda.add(at, who, command);
}

fn act(town: &mut Town, at: Timestamp, who: Uuid, leg: LegId, act: Act, by: By, words: &str) {
    let note = Note::seal(&town.city.keys, town.id(at), words);
    let command = MoveLeg { leg, act, by, note };
    town.agenda.add(at, who, command);
}

/// The clock's words for a leg that nobody answers.
fn remind(town: &mut Town, leg: LegId, sent: Timestamp, steps: &[(i64, i64)]) {
    for (step, hours) in steps.iter().copied() {
        let at = sent.plus_seconds(hours * 3_600 + 60);
        town.agenda.later(at, Uuid::nil(), move |city| async move {
            let remind = RemindBody {
                leg,
                round: 1,
                step,
                link: LINKS.fresh(&city),
            };
            Ok(vec![deed(remind)])
        });
    }
}
