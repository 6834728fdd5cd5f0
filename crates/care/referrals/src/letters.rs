//! Introduction letters (معرفی‌نامه): numbered, dated, with a code that opens a page on which
//! anyone can see that the letter is ours and still in force.

use access::contract::{File, Pdf};
use access::{Ask, Need, Routes};
use axum::extract::Path;
use data_encoding::BASE32_NOPAD;
use db::{Conn, Keys, Reason, Result};
use documents::codes::QrCode;
use documents::papers::{Fact, IntroductionLetter, Letterhead, Printed as _, Signatory};
use maud::{Markup, html};
use persian::{Date, Jalali, Lang};
use web::parts::{self, Tone};
use web::{Failure, Outcome, Page};

use crate::WORDS;
use crate::legs::shown::{self, Shown};
use crate::legs::views::number;
use crate::legs::{Leg, LegId, pages, queries};
use crate::parcels::{self, Snapshot};

/// The letter's leg is over, or what it told was called back.
pub const NOT_IN_FORCE: Reason = Reason::new("letter_not_in_force", 409);

pub(crate) fn routes() -> Routes {
    Routes::new().get("/letters/{code}", Need::Public, verify)
}

/// Letters of the check behind the number: 50 bits, so it cannot be guessed from the number.
const CHECK: usize = 10;

/// The code of a letter: its number and a check that only the city can make.
pub fn code(keys: &Keys, number: &str) -> String {
    let check = BASE32_NOPAD.encode(&keys.sign("letter", number.as_bytes()));
    format!("{number}-{}", check.get(..CHECK).unwrap_or_default())
}

/// The number in a code, when its check is right.
fn number_of<'a>(keys: &Keys, typed: &'a str) -> Option<&'a str> {
    let (number, _) = typed.rsplit_once('-')?;
    (code(keys, number) == typed).then_some(number)
}

/// The letter of a leg, as PDF.
pub(crate) async fn print(ask: Ask, Path(id): Path<LegId>) -> Outcome<File<Pdf>> {
    let mut conn = ask.read().await?;
    let (leg, _, _) = pages::sent_leg(&ask, &mut conn, id).await?;
    if leg.sent_at.is_none() {
        return Err(Failure::NotFound);
    }
    // Facts that were called back are not handed out on paper either.
    if !in_force(&mut conn, &leg, ask.now().date()).await? {
        return NOT_IN_FORCE.refuse().map_err(Failure::from);
    }
    let parcel = shown::parcel(&ask, &mut conn, &leg).await?;
    let person = leg.person_id;
    let shown = as_it_was(&mut conn, ask.lang(), leg).await?;
    drop(conn);
    ask.seen("letter", Some(id.get()), vec![person]).await?;
    let letter = letter(&ask, &shown, parcel.as_ref())?;
    let name = format!("letter-{}", shown.leg.number);
    ask.paper(letter.paper(ask.lang(), name))
        .await
        .map(File::from)
}

/// A leg between bodies named as they were on the letter's day: a paper does not change with them.
async fn as_it_was(conn: &mut Conn, lang: Lang, leg: Leg) -> Result<Shown> {
    let day = leg.sent_at.unwrap_or(leg.made_at).date();
    let mut shown = shown::show_one(conn, lang, leg).await?;
    let (sender, receiver) = (shown.leg.sender_id, shown.leg.organization_id);
    let name = organizations::name_on(conn, sender, day).await?;
    name.name(lang).clone_into(&mut shown.sender);
    let name = organizations::name_on(conn, receiver, day).await?;
    name.name(lang).clone_into(&mut shown.receiver);
    Ok(shown)
}

/// True while the leg waits or is in service and its parcel may be read: not over, not called
/// back, and its consent holds.
async fn in_force(conn: &mut Conn, leg: &Leg, today: Date) -> Result<bool> {
    Ok(leg.state.is_waiting() && parcels::is_open(conn, leg, today).await?)
}

fn plain(p: &Page, key: &str, args: &[(&str, web::Arg)]) -> String {
    web::words::plain(&p.tr(&WORDS, key, args)).into_owned()
}

fn local(lang: Lang, text: &str) -> String {
    if lang == Lang::Fa {
        persian::persian_digits(text)
    } else {
        text.to_owned()
    }
}

// words: field-*
fn letter(ask: &Ask, shown: &Shown, parcel: Option<&Snapshot>) -> Outcome<IntroductionLetter> {
    let p = &ask.page;
    let (lang, leg) = (p.lang, &shown.leg);
    let date = leg.sent_at.map_or(leg.made_at, |at| at).date();
    let address = ask
        .city
        .link(&format!("/letters/{}", code(&ask.city.keys, &leg.number)));
    let qr = QrCode::new(address).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let facts = parcel.map(|held| {
        let fact = |field: crate::parcels::Field| {
            let label = plain(
                p,
                &format!("field-{}", field.as_str().replace('_', "-")),
                &[],
            );
            let text = match field {
                crate::parcels::Field::Gender => {
                    plain(p, &format!("gender-{}", held.text(field)), &[])
                }
                _ => local(lang, &held.text(field)),
            };
            Fact::new(label, text)
        };
        held.fields().into_iter().map(fact).collect()
    });
    let due = leg.due_on.map(|day| p.date_text(day)).unwrap_or_default();
    let service: web::Arg = shown.service.as_str().into();
    Ok(IntroductionLetter {
        letterhead: Letterhead {
            organization: shown.sender.clone(),
            programme: p.city.clone(),
            contact: String::new(),
        },
        number: local(lang, &leg.number),
        date: Jalali::from(date).short(lang),
        to: shown.receiver.clone(),
        from: shown.sender.clone(),
        subject: plain(p, "letter-subject", &[("service", service.clone())]),
        facts: facts.unwrap_or_default(),
        body: vec![
            plain(p, "letter-body", &[("service", service)]),
            plain(p, "letter-answer", &[("due", due.into())]),
        ],
        signatory: Signatory {
            name: String::new(),
            role: plain(p, "letter-signatory", &[]),
        },
        qr,
        qr_note: plain(p, "letter-qr", &[]),
    })
}

async fn verify(ask: Ask, Path(typed): Path<String>) -> Outcome {
    let typed = persian::latin_digits(&typed).to_uppercase();
    let mut conn = ask.read().await?;
    let found = match number_of(&ask.city.keys, &typed) {
        Some(number) => queries::find_by_number(&mut conn, number).await?,
        None => None,
    };
    let leg = found
        .filter(|leg| leg.sent_at.is_some())
        .ok_or(Failure::NotFound)?;
    let is_good = in_force(&mut conn, &leg, ask.now().date()).await?;
    let shown = as_it_was(&mut conn, ask.lang(), leg).await?;
    let view = view(&ask.page, &shown, is_good);
    ask.public_html(&ask.page.t(&WORDS, "letter-title"), view)
}

/// What anyone may know: that the letter is ours, between whom, and whether it is in force.
fn view(p: &Page, shown: &Shown, is_good: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let leg = &shown.leg;
    let (tone, key) = match is_good {
        true => (Tone::Good, "letter-good"),
        false => (Tone::Bad, "letter-void"),
    };
    html! {
        h1 { (t("letter-title")) }
        (parts::notice(p, tone, html! { p { (t(key)) } }))
        (parts::facts(&[
            (t("leg-number"), number(p, &leg.number)),
            (t("letter-date"), html! { @if let Some(at) = leg.sent_at { (p.date(at.date())) } }),
            (t("leg-sender"), html! { bdi { (shown.sender) } }),
            (t("leg-receiver"), html! { bdi { (shown.receiver) } }),
            (t("leg-service"), html! { bdi { (shown.service) } }),
        ]))
    }
}
