//! Opening a case in an emergency, on screen and for programs.

use access::contract::Gives;
use access::emergencies::{self, NewEmergency};
use access::{Ask, Need, Routes};
use db::Conn;
use persian::{NationalCode, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Json, Outcome};

use super::{CASE_UNKNOWN, OpenInEmergency, views};
use crate::cases::{self, Case, CaseId};
use crate::{WORDS, bounds};

/// Letters a reason has at least, and at most.
const REASON: (usize, usize) = (20, 500);

pub(crate) fn routes() -> Routes {
    let need = Need::May(&emergencies::OPEN);
    Routes::new()
        .get("/emergencies/new", need, new)
        .post("/emergencies", need, create)
        .api_post("/api/v1/emergencies", need, create_by_machine)
}

async fn new(ask: Ask) -> Outcome {
    let view = views::form(&ask.page, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "emergency-title"), view)
}

/// The case of this code, or of whoever has this national code.
async fn find(ask: &Ask, conn: &mut Conn, typed: &str) -> Outcome<Option<Case>> {
    let typed = persian::latin_digits(typed.trim());
    if let Ok(code) = NationalCode::parse(&typed)
        && let Some(person) = people::find_by_national_code(conn, &ask.city.keys, &code).await?
    {
        return Ok(cases::find_for_person(conn, person.id).await?);
    }
    Ok(cases::find_by_code(conn, &typed).await?)
}

fn command(ask: &Ask, id: Uuid, case: &Case, reason: &str) -> Outcome<OpenInEmergency> {
    let body = ask.viewer.bodies_as(emergencies::OPEN.roles);
    let organization = body.first().copied().ok_or(Failure::Forbidden)?;
    Ok(OpenInEmergency {
        case: case.id,
        emergency: NewEmergency {
            id,
            subject: case.person_id.get(),
            organization,
            about: case.code.clone(),
            reason: emergencies::seal(&ask.city.keys, id, reason),
        },
    })
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let typed = read.text("emergency_case", 20);
    let reason = read.text("emergency_reason", REASON.1);
    if reason
        .as_ref()
        .is_some_and(|reason| reason.chars().count() < REASON.0)
    {
        read.wrong::<()>(
            "emergency_reason",
            ask.page.t(&WORDS, "emergency-reason-short"),
        );
    }
    let mut errors = read.errors;
    if let (true, Some(typed), Some(reason)) = (errors.is_empty(), typed, reason) {
        let found = find(&ask, &mut ask.read().await?, &typed).await?;
        match found {
            None => errors.push(
                "emergency_case",
                ask.page.t(&WORDS, "reason-emergency-case-unknown"),
            ),
            Some(case) => {
                let command = command(&ask, form.key()?, &case, &reason)?;
                let opened = ask.post(&form, command).await;
                if ask.refused(opened, &mut errors)?.is_some() {
                    let told = ask.page.t(&WORDS, "emergency-opened");
                    return ask.see_with(format!("/cases/{}", case.id), &told);
                }
            }
        }
    }
    let view = views::form(&ask.page, &form, &errors);
    ask.again(&ask.page.t(&WORDS, "emergency-title"), view)
}

/// A case to open in an emergency.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewEmergency")]
struct Wanted {
    /// Made by the sender; also the key of this write.
    id: Uuid,
    /// Code of the case, or the person's national code.
    case: String,
    reason: String,
}

/// The case that is open now, and until when.
#[derive(Serialize, JsonSchema)]
struct EmergencyOpened {
    case_id: CaseId,
    valid_until: Timestamp,
}

async fn create_by_machine(ask: Ask, Json(wanted): Json<Wanted>) -> Outcome<impl Gives> {
    let reason = bounds::optional_words(&wanted.reason, REASON.1, "/reason")?;
    if reason.chars().count() < REASON.0 {
        return Err(Failure::Unreadable("/reason".into()));
    }
    let found = find(&ask, &mut ask.read().await?, &wanted.case).await?;
    let Some(case) = found else {
        return Ok(CASE_UNKNOWN.at("case")?);
    };
    let command = command(&ask, wanted.id, &case, &reason)?;
    let answer = ask.once(wanted.id, command).await?;
    let opened = EmergencyOpened {
        case_id: case.id,
        valid_until: answer.out,
    };
    ask.json(Ask::status(&answer), &opened)
}
