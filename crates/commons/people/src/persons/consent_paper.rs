//! The consent sheet: what she agreed to, to be read to her, signed and kept.

use access::Ask;
use access::consents::{self, Consent};
use axum::extract::Path;
use contacts::ContactId;
use documents::codes::QrCode;
use documents::papers::{ConsentLine, ConsentSheet, Fact, Letterhead, Printed as _, Signatory};
use organizations::OrganizationId;
use web::{Failure, Outcome, Page};

use super::consent_pages::registered;
use super::record_views::purpose;
use super::{Person, PersonId};
use crate::WORDS;
use crate::shown::word;

/// The sheet as PDF, for the body that registered her; without a consent that holds there is none.
pub(super) async fn print(ask: Ask, Path(id): Path<PersonId>) -> Outcome {
    let (person, _) = registered(&ask, id).await?;
    let mut conn = ask.read().await?;
    let mut given = consents::list(&mut conn, id.get()).await?;
    given.retain(|one| one.holds_on(ask.now().date()));
    if given.is_empty() {
        return Err(Failure::NotFound);
    }
    let p = &ask.page;
    let mut lines = Vec::with_capacity(given.len());
    for one in &given {
        let bodies = bodies(&mut conn, p, one).await?;
        lines.push(line(p, one, bodies));
    }
    let guardian = match given.iter().find_map(|one| one.given_by) {
        Some(by) => Some(
            contacts::get(&mut conn, ContactId::new(by))
                .await?
                .shown_name,
        ),
        None => None,
    };
    let body = organizations::get(&mut conn, person.organization_id).await?;
    drop(conn);
    ask.seen("consent_sheet", Some(id.get()), vec![id.get()])
        .await?;
    let qr = QrCode::new(ask.city.link(&format!("/people/{id}")));
    let sheet = ConsentSheet {
        letterhead: Letterhead {
            organization: body.name(p.lang).to_owned(),
            programme: p.city.clone(),
            contact: String::new(),
        },
        number: person.code.clone(),
        date: p.date_text(ask.now().date()),
        facts: facts(p, &person, guardian.as_deref()),
        body: ["consent-sheet-told", "person-consent-back"]
            .map(|key| p.t(&WORDS, key))
            .to_vec(),
        lines,
        signatories: signatories(
            p,
            &person,
            guardian,
            given.iter().all(|one| one.given_by.is_some()),
        ),
        qr: qr.map_err(|fault| Failure::Internal(fault.to_string()))?,
        qr_note: p.t(&WORDS, "consent-sheet-qr"),
    };
    let name = format!("consent-{}", person.code);
    ask.paper(sheet.paper(p.lang, name)).await
}

/// The bodies that a consent names.
async fn bodies(conn: &mut db::Conn, p: &Page, given: &Consent) -> Outcome<String> {
    let mut names = Vec::new();
    let ids = given.bodies.as_array().map(Vec::as_slice);
    for id in ids.unwrap_or_default() {
        if let Some(id) = id.as_str().and_then(|id| id.parse().ok()) {
            let body = organizations::get(conn, OrganizationId::new(id)).await?;
            names.push(body.name(p.lang).to_owned());
        }
    }
    Ok(names.join(" · "))
}

fn line(p: &Page, given: &Consent, bodies: String) -> ConsentLine {
    ConsentLine {
        purpose: p.t(&WORDS, purpose(&given.purpose)),
        bodies,
        given_on: p.date_text(given.given_on),
        valid_until: p.date_text(given.valid_until),
        evidence: word(p, "evidence", &given.evidence),
    }
}

fn facts(p: &Page, person: &Person, guardian: Option<&str>) -> Vec<Fact> {
    let mut facts = vec![Fact::new(p.t(&WORDS, "consent-sheet-name"), person.name())];
    if let Some(guardian) = guardian {
        facts.push(Fact::new(p.t(&WORDS, "field-guardian"), guardian));
    }
    facts
}

/// Her guardian signs where he agreed for her, she where she did; and whoever read the sheet.
fn signatories(
    p: &Page,
    person: &Person,
    guardian: Option<String>,
    is_all_his: bool,
) -> Vec<Signatory> {
    let her = (!is_all_his).then(|| (person.name(), "consent-sheet-person"));
    let him = guardian.map(|name| (name, "consent-sheet-guardian"));
    let reader = (String::new(), "consent-sheet-reader");
    let all = her.into_iter().chain(him).chain([reader]);
    all.map(|(name, role)| Signatory {
        name,
        role: p.t(&WORDS, role),
    })
    .collect()
}
