//! The public page behind a certificate's code: whether it holds, and nothing else about her.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use maud::{Markup, html};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::parts::{self, Field, Kind, Tone};
use web::{Outcome, Page};

use super::pages::known;
use super::{CertificateState, Serial, SerialFault, grouped, queries};
use crate::WORDS;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/verify", Need::Public, ask_serial)
        .get("/verify/{serial}", Need::Public, show)
        .api_get(
            "/api/v1/certificates/by-serial/{serial}",
            Need::Public,
            json,
        )
}

/// What anyone may know of a certificate.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CertificateShown")]
struct Public {
    serial: String,
    state: CertificateState,
    /// First name and initial.
    name: String,
    course_fa: String,
    course_en: String,
    body_fa: String,
    body_en: String,
    hours: i64,
    issued_on: Date,
    revoked_on: Option<Date>,
}

/// What is known under a typed serial.
enum Found {
    /// It is ours.
    Ours(Box<Public>),
    /// No certificate has this serial.
    Unknown,
    /// A character is wrong or missing.
    Mistyped,
}

async fn find(ask: &Ask, typed: &str) -> Outcome<Found> {
    let serial = match Serial::parse(typed) {
        Ok(serial) => serial,
        Err(SerialFault::Shape | SerialFault::Check) => return Ok(Found::Mistyped),
    };
    let mut conn = ask.read().await?;
    let Some(paper) = queries::by_serial(&mut conn, serial.as_str()).await? else {
        return Ok(Found::Unknown);
    };
    let known = known(&mut conn, paper.id).await?;
    let body = organizations::get(&mut conn, known.cohort.organization_id).await?;
    let initial = known.holder.last_name.chars().next().unwrap_or_default();
    Ok(Found::Ours(Box::new(Public {
        serial: grouped(&paper.serial),
        state: paper.state,
        name: format!("{} {initial}.", known.holder.first_name),
        course_fa: paper.title_fa,
        course_en: paper.title_en,
        body_fa: body.name_fa,
        body_en: body.name_en,
        hours: known.cohort.hours,
        issued_on: paper.issued_on,
        revoked_on: paper.revoked_on,
    })))
}

#[derive(Deserialize, JsonSchema)]
struct Typed {
    #[serde(default)]
    serial: String,
}

/// For those who type the number from the paper.
async fn ask_serial(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    match Serial::parse(&typed.serial) {
        Ok(serial) => ask.see(format!("/verify/{}", serial.as_str())),
        Err(_) => {
            let is_asked = !typed.serial.trim().is_empty();
            let body = form(&ask.page, &typed.serial, is_asked);
            let title = ask.page.t(&WORDS, "verify-title");
            match is_asked {
                true => ask.public_again(&title, body),
                false => ask.public_html(&title, body),
            }
        }
    }
}

async fn show(ask: Ask, Path(typed): Path<String>) -> Outcome {
    let p = &ask.page;
    let title = p.t(&WORDS, "verify-title");
    match find(&ask, &typed).await? {
        Found::Ours(paper) => ask.public_html(&title, view(p, &paper)),
        Found::Mistyped => ask.public_again(&title, form(p, &typed, true)),
        Found::Unknown => {
            let body = html! {
                h1 { (title) }
                (parts::notice(p, Tone::Bad, html! { p { strong { (p.t(&WORDS, "verify-unknown")) } } }))
                p { (p.t(&WORDS, "verify-unknown-help")) }
                p { (parts::secondary_link("/verify", &p.t(&WORDS, "verify-another"))) }
            };
            let mut response = ask.public_html(&title, body)?;
            *response.status_mut() = StatusCode::NOT_FOUND;
            Ok(response)
        }
    }
}

fn view(p: &Page, paper: &Public) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (tone, key) = match paper.state {
        CertificateState::Valid => (Tone::Good, "verify-valid"),
        CertificateState::Revoked => (Tone::Bad, "verify-revoked"),
    };
    let (course, body) = match p.lang {
        persian::Lang::Fa => (&paper.course_fa, &paper.body_fa),
        persian::Lang::En => (&paper.course_en, &paper.body_en),
    };
    html! {
        h1 { (t("verify-title")) }
        (parts::notice(p, tone, html! {
            p { (t(key)) @if let Some(day) = paper.revoked_on { " " (p.date(day)) } }
        }))
        (parts::facts(&[
            (t("certificate-serial"), html! { code dir="ltr" { (paper.serial) } }),
            (t("verify-name"), html! { bdi { (paper.name) } }),
            (t("course-title"), html! { bdi { (course) } }),
            (t("course-hours"), html! { (p.number(paper.hours)) }),
            (t("course-body"), html! { bdi { (body) } }),
            (t("certificate-issued-on"), p.date(paper.issued_on)),
        ]))
        p { (t("verify-compare")) }
    }
}

fn form(p: &Page, typed: &str, is_wrong: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut errors = web::FormErrors::default();
    if is_wrong {
        errors.push("serial", t("verify-mistyped"));
    }
    html! {
        h1 { (t("verify-title")) }
        (parts::error_summary(p, &errors))
        p { (t("verify-lead")) }
        form.stack method="get" action="/verify" novalidate {
            (parts::field(p, Field {
                name: "serial",
                label: t("certificate-serial"),
                value: typed,
                error: errors.get("serial"),
                hint: Some(t("verify-hint")),
                kind: Kind::Code,
                required: true,
                max: Some(40),
                ..Field::default()
            }))
            (parts::primary_button(&t("verify-check")))
        }
    }
}

async fn json(ask: Ask, Path(typed): Path<String>) -> Outcome<impl Gives> {
    match find(&ask, &typed).await? {
        Found::Ours(paper) => ask.json(StatusCode::OK, &paper),
        Found::Unknown | Found::Mistyped => Err(web::Failure::NotFound),
    }
}
