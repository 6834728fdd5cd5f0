//! A letter as a paper, in the language it is written in.

use access::Ask;
use db::Conn;
use documents::codes::QrCode;
use documents::papers::{self, Letterhead, Paper, Printed as _, Signatory};
use persian::Jalali;
use web::{Failure, Outcome};

use super::{Letter, LetterDirection, queries};
use crate::WORDS;
use crate::committees::{self, CommitteeRole};
use crate::wording::in_digits;

/// A letter of ours. One received is kept as its sender printed it, not here.
pub(super) async fn letter(conn: &mut Conn, ask: &Ask, letter: &Letter) -> Outcome<Paper> {
    if letter.direction != LetterDirection::Sent {
        return Err(Failure::NotFound);
    }
    let lang = letter.lang();
    let t = |key: &str| WORDS.text(lang, key, &[]);
    let committee = committees::get(conn, letter.committee_id).await?;
    let secretariat = organizations::get(conn, committee.organization_id).await?;
    let role = letter.signed_role.unwrap_or(CommitteeRole::Secretary);
    let role = t(&format!("committee-role-{}", role.as_str()));
    let link = ask.city.link(&format!("/committee-letters/{}", letter.id));
    let words = papers::Letter {
        letterhead: Letterhead {
            organization: secretariat.name(lang).to_owned(),
            programme: committee.name(lang).to_owned(),
            contact: String::new(),
        },
        number: match letter.number {
            Some(_) => in_digits(&letter.code(), lang),
            None => t("letter-state-drafted"),
        },
        date: letter
            .dated_on
            .map(|day| Jalali::from(day).short(lang))
            .unwrap_or_default(),
        to: letter.body(lang).to_owned(),
        from: secretariat.name(lang).to_owned(),
        subject: letter.subject.clone(),
        body: letter
            .wording
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        enclosures: Vec::new(),
        signatory: Signatory {
            name: queries::signer(conn, letter).await?.unwrap_or_default(),
            role: format!("{role} · {}", committee.name(lang)),
        },
        qr: Some(QrCode::new(link).map_err(|fault| Failure::Internal(fault.to_string()))?),
        qr_note: t("letter-qr"),
    };
    let name = match letter.number {
        Some(_) => format!("letter-{}", letter.code()),
        None => "letter-draft".to_owned(),
    };
    Ok(words.paper(lang, name))
}
