//! Thanks: the public page of supporters that agreed to be named, with what came of it in figures.

use std::collections::HashMap;

use access::contract::Gives;
use access::{Ask, Need as Asks, Routes};
use db::{Conn, FromRow, Result, sql};
use maud::{Markup, html};
use organizations::profiles::{self, views::public_card};
use organizations::{HelpKind, OrganizationId, ProfileKind};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Outcome, Page, parts};

use crate::WORDS;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/supporters", Asks::Public, show)
        .api_get("/api/v1/supporters", Asks::Public, index)
}

/// What came of a supporter's help, counted; nothing about any person.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Fruit {
    /// Offers made.
    pub offers: i64,
    /// Trials begun.
    pub pilots: i64,
    /// Trials that solved the need.
    pub solved: i64,
    /// Trials that made it better.
    pub partly: i64,
}

#[derive(FromRow)]
struct Counted {
    organization_id: OrganizationId,
    amount: i64,
}

/// A figure of a supporter's.
type Part = fn(&mut Fruit) -> &mut i64;

/// What came of every supporter's help.
async fn results(conn: &mut Conn) -> Result<HashMap<OrganizationId, Fruit>> {
    const COUNTS: [(&str, Part); 4] = [
        ("FROM offer x WHERE x.state <> 'withdrawn'", |one| {
            &mut one.offers
        }),
        ("FROM pilot x WHERE TRUE", |one| &mut one.pilots),
        ("FROM pilot x WHERE x.result = 'solved'", |one| {
            &mut one.solved
        }),
        ("FROM pilot x WHERE x.result = 'partly'", |one| {
            &mut one.partly
        }),
    ];
    let mut results: HashMap<OrganizationId, Fruit> = HashMap::new();
    for (from, part) in COUNTS {
        let counted: Vec<Counted> = sql(format!(
            "SELECT x.organization_id, CAST(count(*) AS bigint) AS amount {from} GROUP BY x.organization_id"
        ))
        .all(conn)
        .await?;
        for one in counted {
            *part(results.entry(one.organization_id).or_default()) = one.amount;
        }
    }
    Ok(results)
}

fn figures(p: &Page, result: Option<&Fruit>) -> Markup {
    let result = result.cloned().unwrap_or_default();
    let line = |key: &str, count: i64| {
        html! { @if count > 0 { li { (p.tr(&WORDS, key, &[("count", count.into())])) } } }
    };
    html! {
        @if result == Fruit::default() { p { (p.t(&WORDS, "thanks-begun")) } }
        ul {
            (line("thanks-offers", result.offers))
            (line("thanks-pilots", result.pilots))
            (line("thanks-solved", result.solved))
            (line("thanks-partly", result.partly))
        }
    }
}

async fn show(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let named = profiles::named(&mut conn).await?;
    let results = results(&mut conn).await?;
    drop(conn);
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let view = html! {
        h1 { (t("thanks-title")) }
        p { (t("thanks-lead")) }
        p { (parts::button_link("/help", &t("help-title"))) }
        @if named.is_empty() { p.nothing { (t("thanks-nobody")) } }
        @for profile in &named {
            (public_card(p, profile, &figures(p, results.get(&profile.card.organization_id))))
        }
        p { (parts::secondary_link("/api/v1/supporters", &t("thanks-json"))) }
    };
    ask.public_html(&t("thanks-title"), view)
}

/// A supporter that is thanked.
#[derive(Serialize, JsonSchema)]
struct Thanked {
    code: String,
    kind: ProfileKind,
    name_fa: String,
    name_en: String,
    offers: Vec<HelpKind>,
    regions: Vec<i64>,
    result: Fruit,
}

async fn index(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let named = profiles::named(&mut conn).await?;
    let mut results = results(&mut conn).await?;
    let thanked = named.into_iter().map(|profile| Thanked {
        result: results
            .remove(&profile.card.organization_id)
            .unwrap_or_default(),
        code: profile.card.code,
        kind: profile.card.kind,
        name_fa: profile.card.name_fa,
        name_en: profile.card.name_en,
        offers: profile.offers,
        regions: profile.regions,
    });
    ask.whole(thanked.collect())
}
