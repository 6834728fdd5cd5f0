//! What the screens of a leg accept.

use organizations::{ServiceId, services};
use persian::Date;
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use access::Ask;

use super::states::{Action, Debtor, Delivery};
use super::{Act, Leg, LegId, Note, Returned};

/// Longest code or licence number.
pub(crate) const CODE: usize = 40;
/// Longest note.
pub(crate) const NOTE: usize = 1_000;

/// An act as a form tells it, with its note; none when something is wrong.
pub(crate) async fn read_act(
    ask: &Ask,
    form: &Form,
    leg: &Leg,
    action: Action,
) -> Outcome<(Option<(Act, Note)>, FormErrors)> {
    let mut read = form.read(&ask.page);
    let words = read.note("note", NOTE);
    let act = match action {
        Action::Open => Some(Act::Open),
        Action::AskInfo => {
            if words.as_deref() == Some("") {
                read.text("note", NOTE);
            }
            let of: Option<Debtor> = read.choice("of");
            of.map(|of| Act::AskInfo { of })
        }
        Action::AnswerInfo => Some(Act::AnswerInfo),
        Action::Accept => {
            let day = read.optional_date("appointment_on");
            day.map(|appointment_on| Act::Accept { appointment_on })
        }
        Action::Decline => read.text("code", 40).map(|code| Act::Decline { code }),
        Action::Waitlist => read
            .date("review_on")
            .map(|review_on| Act::Waitlist { review_on }),
        Action::Uphold => Some(Act::Uphold),
        Action::SendBack => {
            if words.as_deref() == Some("") {
                read.text("note", NOTE);
            }
            Some(Act::SendBack)
        }
        Action::TakeBack => Some(Act::TakeBack),
        Action::Start => Some(Act::Start),
        Action::Hold => read
            .date("review_on")
            .map(|review_on| Act::Hold { review_on }),
        Action::Resume => Some(Act::Resume),
        Action::Complete => {
            let outcome: Option<Delivery> = read.choice("outcome");
            let licence = read.optional_text("licence_number", 40);
            let until: Option<Option<Date>> = read.optional_date("valid_until");
            match (outcome, licence, until) {
                (Some(outcome), Some(licence), Some(valid_until)) => {
                    let licence_number =
                        (!licence.is_empty()).then(|| persian::latin_digits(&licence));
                    let is_empty = licence_number.is_none() && valid_until.is_none();
                    let returned = (!is_empty).then_some(Returned {
                        licence_number,
                        valid_until,
                    });
                    Some(Act::Complete { outcome, returned })
                }
                _ => None,
            }
        }
        Action::Confirm => Some(Act::Confirm {
            agrees: form.raw("agrees") == "yes",
        }),
        Action::Withdraw => Some(Act::Withdraw),
        Action::Forward => {
            let service: Option<ServiceId> = read.choice("service");
            match service {
                Some(id) => {
                    let service = services::get(&mut ask.read().await?, id).await?;
                    let child = LegId::new(child_id(ask, form.key()?, leg));
                    Some(Act::Forward {
                        child,
                        organization_id: service.organization_id,
                        service_id: id,
                    })
                }
                None => None,
            }
        }
        Action::Reopen => Some(Act::Reopen),
        Action::Void => Some(Act::Void),
        Action::Edit | Action::Send | Action::Escalate | Action::Expire => None,
    };
    let (Some(act), Some(words), true) = (act, words, read.is_good()) else {
        return Ok((None, read.errors));
    };
    let note = Note::seal(&ask.city.keys, ask.city.db.new_id(), &words);
    Ok((Some((act, note)), read.errors))
}

/// The child's id follows from the form, so that a repeated post makes the same child.
fn child_id(ask: &Ask, key: Uuid, leg: &Leg) -> Uuid {
    let signed = ask.city.keys.sign(
        "forwarded leg",
        &[*key.as_bytes(), *leg.id.get().as_bytes()].concat(),
    );
    let mut bytes = *key.as_bytes();
    // The time stays, so that legs sort as they were made.
    for (place, byte) in bytes.iter_mut().skip(6).zip(signed) {
        *place = byte;
    }
    uuid::Builder::from_bytes(bytes)
        .with_variant(uuid::Variant::RFC4122)
        .with_version(uuid::Version::SortRand)
        .into_uuid()
}
