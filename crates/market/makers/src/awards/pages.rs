//! The awards on screen: the public list, and the one with names for those who settle it.

use std::collections::BTreeMap;

use access::{Ask, Need, Routes};
use axum::extract::Path;
use contacts::ContactId;
use maud::{Markup, html};
use persian::Jalali;
use web::{Failure, Form, FormErrors, Outcome};

use super::{Prize, SettleYear, span, views};
use crate::stories;
use crate::{AWARD_SETTLE, WORDS};

pub(crate) fn routes() -> Routes {
    let settle = Need::May(&AWARD_SETTLE);
    Routes::new()
        .get("/awards", Need::Public, last)
        .get("/awards/{year}", Need::Public, public)
        .get("/awards/review", settle, review_last)
        .get("/awards/review/{year}", settle, review)
        .post("/awards/review/{year}/settlement", settle, settle_year)
}

fn contacts_of(prizes: &[Prize]) -> Vec<ContactId> {
    let winners = prizes.iter().flat_map(|prize| &prize.winners);
    let mut contacts: Vec<_> = winners.map(|winner| winner.contact_id).collect();
    contacts.sort_unstable();
    contacts.dedup();
    contacts
}

/// Who among the winners agreed to be named.
pub(super) async fn agreed(ask: &Ask, prizes: &[Prize]) -> Outcome<Vec<stories::Named>> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    Ok(stories::named(&mut conn, &contacts_of(prizes), today).await?)
}

async fn last(ask: Ask) -> Outcome {
    let last = super::years(&mut ask.read().await?).await?;
    match last.first() {
        Some(year) => public_page(&ask, *year).await,
        None => ask.public_html(&ask.page.t(&WORDS, "awards-title"), views::none(&ask.page)),
    }
}

async fn public(ask: Ask, Path(year): Path<i64>) -> Outcome {
    public_page(&ask, year).await
}

async fn public_page(ask: &Ask, year: i64) -> Outcome {
    let mut conn = ask.read().await?;
    let (prizes, day) = super::settled(&mut conn, year)
        .await?
        .ok_or(Failure::NotFound)?;
    let years = super::years(&mut conn).await?;
    drop(conn);
    let named = agreed(ask, &prizes).await?;
    let names: BTreeMap<ContactId, Markup> = named
        .into_iter()
        .map(|one| {
            let name = html! {
                a href={ "/makers/" (one.handle) } { bdi { (one.first_name) } }
                @if !one.neighbourhood.is_empty() { ", " bdi { (one.neighbourhood) } }
            };
            (one.contact_id, name)
        })
        .collect();
    let view = views::public(&ask.page, year, &years, day, &prizes, &names);
    ask.public_html(&ask.page.t(&WORDS, "awards-title"), view)
}

/// Years one may look at: this one, the three before it, and all that stand.
async fn offered(ask: &Ask) -> Outcome<Vec<i64>> {
    let this = i64::from(Jalali::from(ask.now().date()).year);
    let mut years = super::years(&mut ask.read().await?).await?;
    years.extend((this - 3)..=this);
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    Ok(years)
}

async fn review_last(ask: Ask) -> Outcome {
    let this = i64::from(Jalali::from(ask.now().date()).year);
    let view = review_view(&ask, this - 1, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "awards-title"), view)
}

async fn review(ask: Ask, Path(year): Path<i64>) -> Outcome {
    let view = review_view(&ask, year, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "awards-title"), view)
}

async fn review_view(ask: &Ask, year: i64, errors: &FormErrors) -> Outcome<Markup> {
    let today = ask.now().date();
    let (from, until) = span(year).ok_or(Failure::NotFound)?;
    if from > today {
        return Err(Failure::NotFound);
    }
    let years = offered(ask).await?;
    let mut conn = ask.read().await?;
    let (prizes, settled_on) = super::list(&mut conn, year).await?;
    let mut names = BTreeMap::new();
    let mut seen = Vec::new();
    for contact in contacts_of(&prizes) {
        let maker = contacts::get(&mut conn, contact).await?;
        let name = html! { a href={ "/makers/" (maker.handle) "/file" } { bdi { (maker.name_for(&ask.viewer)) } } };
        names.insert(contact, name);
        seen.push(contact.get());
    }
    drop(conn);
    ask.seen("award", None, seen).await?;
    let view = views::review(
        &ask.page,
        year,
        &years,
        (settled_on, until <= today),
        &prizes,
        &names,
    );
    Ok(html! { (web::parts::error_summary(&ask.page, errors)) (view) })
}

async fn settle_year(ask: Ask, Path(year): Path<i64>, form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let outcome = ask.post(&form, SettleYear { year }).await;
    if ask.refused(outcome, &mut errors)?.is_some() {
        let done = ask.page.t(&WORDS, "award-settled");
        return ask.see_with(format!("/awards/review/{year}"), &done);
    }
    let view = review_view(&ask, year, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "awards-title"), view)
}
