//! A certificate as paper: who learned what, and a code that anyone can check.

use access::Ask;
use db::Conn;
use documents::codes::QrCode;
use documents::papers::{Certificate as Words, Fact, Letterhead, Printed as _, Signatory};
use persian::{Jalali, Lang};
use web::{Failure, Outcome, Page};

use super::pages::Known;
use super::{CertificateState, grouped};
use crate::WORDS;
use crate::consented::NO_CONSENT;
use crate::shown::word;

/// Draws it for whoever was found to be allowed to have it. A revoked one is not drawn any more.
pub(crate) async fn send(ask: &Ask, mut conn: Conn, known: Known) -> Outcome {
    if known.paper.state != CertificateState::Valid {
        return Err(Failure::NotFound);
    }
    // A paper without her name is none.
    if known.holder.first_name.is_empty() {
        return NO_CONSENT.refuse().map_err(Failure::from);
    }
    let body = organizations::get(&mut conn, known.cohort.organization_id).await?;
    let place = organizations::places::get(&mut conn, known.cohort.place_id).await?;
    let trainer = access::users::account(&mut conn, known.cohort.trainer_id).await?;
    drop(conn);
    let person = known.holder.person_id.get();
    let id = known.paper.id.get();
    ask.seen("certificate", Some(id), vec![person]).await?;
    let (p, lang) = (&ask.page, ask.lang());
    let link = ask.city.link(&format!("/verify/{}", known.paper.serial));
    let qr = QrCode::new(link).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let cohort = &known.cohort;
    let words = Words {
        letterhead: Letterhead {
            organization: body.name(lang).to_owned(),
            programme: p.city.clone(),
            contact: String::new(),
        },
        number: grouped(&known.paper.serial),
        date: Jalali::from(known.paper.issued_on).short(lang),
        person_name: format!("{} {}", known.holder.first_name, known.holder.last_name),
        course: known.paper.title(lang).to_owned(),
        body: vec![word(p, "certificate-body", known.paper.basis)],
        facts: vec![
            Fact::new(p.t(&WORDS, "paper-length"), hours(p, cohort.hours)),
            Fact::new(
                p.t(&WORDS, "paper-from"),
                Jalali::from(cohort.starts_on).short(lang),
            ),
            Fact::new(
                p.t(&WORDS, "paper-until"),
                Jalali::from(cohort.ends_on).short(lang),
            ),
            Fact::new(p.t(&WORDS, "session-place"), place.name(lang)),
        ],
        signatories: vec![
            Signatory {
                name: trainer.shown_name,
                role: p.t(&WORDS, "cohort-trainer"),
            },
            Signatory {
                name: String::new(),
                role: p.t(&WORDS, "paper-head"),
            },
        ],
        qr,
        qr_note: p.t(&WORDS, "paper-qr"),
    };
    let name = format!("certificate-{}", known.paper.serial);
    ask.paper(words.paper(lang, name)).await
}

// words: certificate-body-*

/// «۲۴ ساعت», without the marks that a page needs and paper does not.
fn hours(p: &Page, count: i64) -> String {
    let number = match p.lang {
        Lang::Fa => persian::persian_digits(&count.to_string()),
        Lang::En => count.to_string(),
    };
    let text = p.tr(&WORDS, "hours-text", &[("count", number.into())]);
    web::words::plain(&text).into_owned()
}
