//! Her own way on screen, and the help she gives others as staff record it.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use contacts::ContactId;
use maud::html;
use web::parts;
use web::{Failure, Form, Outcome};

use super::RecordHelp;
use super::help::{self, LONGEST};
use super::views;
use crate::businesses::pages::{file, view};
use crate::stories::{self, texts};
use crate::{PRODUCT_CHANGE, WORDS, awards, registration};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/my/way", Need::Person, mine).post(
        "/makers/{handle}/help",
        Need::May(&PRODUCT_CHANGE),
        record,
    )
}

/// Who looks at her own page.
pub(super) fn own(ask: &Ask) -> Outcome<ContactId> {
    let contact = ask.viewer.contact_id().ok_or(Failure::NotFound)?;
    Ok(ContactId::new(contact))
}

async fn mine(ask: Ask) -> Outcome {
    let contact = own(&ask)?;
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let way = super::way_of(&mut conn, contact, today).await?;
    let helped = help::list_of(&mut conn, contact).await?;
    let told = texts::list_of(&mut conn, contact).await?;
    let won = awards::of_contact(&mut conn, contact).await?;
    let is_named = stories::find(&mut conn, contact, today).await?.is_some();
    drop(conn);
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let told = told
        .into_iter()
        .find(|text| text.state != texts::TextState::Ended);
    ask.html(
        &t("way-title"),
        html! {
            (parts::back_link("/me", &t("way-back")))
            h1 { (t("way-title")) }
            (views::summary(p, &way))
            (views::history(p, &way))
            @if !helped.is_empty() {
                h2 { (t("help-given")) }
                ul { @for one in &helped { li { bdi { (one.what) } " · " (p.date(one.helped_on)) } } }
            }
            @if !won.is_empty() {
                h2 { (t("awards-title")) }
                ul { @for one in &won { li { (awards::views::won(p, one)) } } }
            }
            h2 { (t("way-story")) }
            @match &told {
                None => p { (t("way-story-none")) },
                Some(text) => {
                    p { (t(if text.state == texts::TextState::Approved && is_named { "way-story-shown" } else { "way-story-waits" })) }
                    (stories::views::words(p, text))
                },
            }
            p { (t("way-consent")) }
            p { (parts::secondary_link("/my/consents", &t("way-consents-open"))) }
        },
    )
}

/// The maker of a code, when the viewer may open her file too.
pub(super) async fn known(ask: &Ask, handle: &str) -> Outcome<Option<contacts::Contact>> {
    let mut conn = ask.read().await?;
    let Some(other) = contacts::by_handle(&mut conn, handle).await? else {
        return Ok(None);
    };
    let may = registration::may_open(&mut conn, &ask.viewer, other.id).await?;
    Ok(Some(other).filter(|_| may))
}

async fn record(ask: Ask, Path(handle): Path<String>, form: Form) -> Outcome {
    let own = file(&ask, &handle).await?;
    let mut read = form.read(&ask.page);
    let (helped, what) = (read.text("helped", 20), read.text("what", LONGEST));
    let helped_on = read.date("helped_on");
    let other = match &helped {
        Some(helped) => known(&ask, helped).await?,
        None => None,
    };
    if helped.is_some() && other.is_none() {
        read.wrong::<()>("helped", ask.page.t(&WORDS, "maker-unknown"));
    }
    let mut errors = read.errors;
    if let (Some(other), Some(what), Some(helped_on)) = (other, what, helped_on) {
        let command = RecordHelp {
            id: form.key()?,
            helper: own.maker.id,
            helped: other.id,
            what,
            helped_on,
        };
        let posted = ask.post(&form, command).await;
        if ask.refused(posted, &mut errors)?.is_some() {
            let done = ask.page.t(&WORDS, "help-saved");
            return ask.see_with(format!("/makers/{handle}/file"), &done);
        }
    }
    let name = own.maker.name_for(&ask.viewer);
    ask.again(&name, view(&ask, &own, &form, &errors))
}
