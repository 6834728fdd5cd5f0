use std::collections::HashMap;

use maud::{Markup, html};
use money::Rial;
use organizations::HelpKind;
use organizations::profiles::views::help_name;
use uuid::Uuid;
use web::parts::{self, Column, Kind, Tab, Tone};
use web::{Form, FormErrors, Page};

use super::{Filter, Need, NeedState};
use crate::WORDS;
use crate::approaches::Approach;
use crate::fits::{self, SupporterFit};
use crate::offers::{Offer, OfferState};
use crate::pilots::{Pilot, views::summary};
use crate::products::Product;
use crate::shown::{Fields, badge};

// words: need-state-* offer-state-*

fn named(names: &HashMap<Uuid, String>, id: Uuid) -> &str {
    names.get(&id).map_or("", String::as_str)
}

pub(super) fn list(
    p: &Page,
    needs: &[Need],
    names: &HashMap<Uuid, String>,
    filter: &Filter,
    next: Option<Uuid>,
    may_raise: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("need-what")),
        Column::text(t("field-craft")),
        Column::text(t("need-body")),
        Column::text(t("need-raised-on")),
        Column::text(t("need-state")),
    ];
    let row = |need: &Need| {
        vec![
            html! { a href={ "/needs/" (need.id) } { bdi { (need.title) } } },
            html! { bdi { (need.craft) } },
            html! { bdi { (named(names, need.organization_id.get())) } },
            p.date(need.raised_on),
            badge(p, "need-state", need.state),
        ]
    };
    let rows: Vec<Vec<Markup>> = needs.iter().map(row).collect();
    let tab = |state: Option<NeedState>, key: &str| Tab {
        label: t(key),
        href: match state {
            Some(state) => format!("/needs?state={state}"),
            None => "/needs".to_owned(),
        },
        current: filter.state == state,
        count: None,
    };
    let tabs = [
        tab(None, "needs-all"),
        tab(Some(NeedState::Open), "need-state-open"),
        tab(Some(NeedState::Piloting), "need-state-piloting"),
        tab(Some(NeedState::Answered), "need-state-answered"),
    ];
    let state = filter
        .state
        .map(|state| format!("state={state}&"))
        .unwrap_or_default();
    let next = next.map(|id| format!("/needs?{state}cursor={id}"));
    let first = filter.before.map(|_| "/needs");
    let title = t("needs-title");
    html! {
        h1 { (title) }
        p { (t("needs-lead")) }
        @if may_raise { p { (parts::button_link("/needs/new", &t("need-new-title"))) } }
        (parts::tabs(p, &title, &tabs))
        (parts::table(&title, &columns, &rows, &t("needs-empty")))
        (parts::pagination(p, first, next.as_deref()))
        p { a href="/pilots" { (t("pilots-title")) } }
    }
}

/// What a need's page shows.
pub(super) struct Shown<'a> {
    pub need: &'a Need,
    pub offers: &'a [Offer],
    pub pilots: &'a [Pilot],
    pub names: &'a HashMap<Uuid, String>,
    pub product: Option<&'a Product>,
    pub mine: &'a [Uuid],
    pub may_withdraw: bool,
    /// Supporters that fit, for the need's own body.
    pub fits: &'a [SupporterFit],
    /// To whom it was put.
    pub put: &'a [Approach],
    pub may_run: bool,
    pub errors: &'a FormErrors,
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let need = o.need;
    let is_open = need.state == NeedState::Open;
    let mut facts = vec![
        (t("need-state"), badge(p, "need-state", need.state)),
        (
            t("need-body"),
            html! { bdi { (named(o.names, need.organization_id.get())) } },
        ),
        (t("need-raised-on"), p.date(need.raised_on)),
    ];
    if let Some(product) = o.product {
        facts.push((
            t("need-product"),
            html! { bdi { (product.name(p.lang)) } " " code dir="ltr" { (product.code) } },
        ));
    }
    if let Some(help) = need.help {
        facts.push((t("field-help"), html! { (help_name(p, help)) }));
    }
    if let Some(region) = need.region {
        facts.push((t("field-region"), html! { (p.number(region)) }));
    }
    if !need.craft.is_empty() {
        facts.push((t("field-craft"), html! { bdi { (need.craft) } }));
    }
    let has_standing = |body: &Uuid| {
        o.offers.iter().any(|offer| {
            offer.organization_id.get() == *body
                && matches!(offer.state, OfferState::Made | OfferState::Accepted)
        })
    };
    let may_offer = is_open && o.mine.iter().any(|body| !has_standing(body));
    html! {
        (parts::back_link("/needs", &t("needs-title")))
        h1 { bdi { (need.title) } }
        (parts::error_summary(p, o.errors))
        (parts::facts(&facts))
        @for line in need.description.lines() { p dir="auto" { (line) } }
        h2 { (t("offers-title")) }
        @if o.offers.is_empty() { p.nothing { (t("offers-empty")) } }
        @for one in o.offers { (parts::card(Some(named(o.names, one.organization_id.get())), offer(p, o, one))) }
        @if may_offer {
            p { (parts::button_link(&format!("/needs/{}/offers/new", need.id), &t("offer-new-title"))) }
        }
        @if !o.pilots.is_empty() {
            h2 { (t("pilots-title")) }
            @for pilot in o.pilots {
                p { a href={ "/pilots/" (pilot.id) } { (summary(p, pilot)) } " " (badge(p, "pilot-state", pilot.state)) }
            }
        }
        @if o.may_withdraw && (is_open || !o.put.is_empty()) { (fits::views::for_need(p, need, o.fits, o.put)) }
        @if o.may_withdraw && is_open {
            details {
                summary { (t("need-withdraw")) }
                p { (t("need-withdraw-help")) }
                (parts::inline_form(p, &format!("/needs/{}/withdraw", need.id), html! {
                    (parts::danger_button(&t("need-withdraw")))
                }))
            }
        }
    }
}

fn offer(p: &Page, o: &Shown, one: &Offer) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let is_made = one.state == OfferState::Made;
    let is_mine = o.mine.contains(&one.organization_id.get());
    let at = |path: &str| format!("/offers/{}/{path}", one.id);
    let may_answer = o.may_run && is_made && o.need.state == NeedState::Open;
    let may_start =
        o.may_run && one.state == OfferState::Accepted && o.need.state == NeedState::Matched;
    html! {
        p { (badge(p, "offer-state", one.state)) " " (p.date(one.offered_on))
            @if one.as_knowledge_based { " " (parts::badge(Tone::Good, &t("offer-knowledge-based"))) } }
        @for line in one.description.lines() { p dir="auto" { (line) } }
        (parts::facts(&[
            (t("field-cost"), amount(p, one.cost, "free")),
            (t("field-reward"), amount(p, one.reward, "no-reward")),
            (t("field-days"), html! { (p.number(one.days)) }),
        ]))
        @if may_answer {
            (parts::inline_form(p, &at("accept"), parts::primary_button(&t("offer-accept")))) " "
            (parts::inline_form(p, &at("decline"), parts::secondary_button(&t("offer-decline"))))
        }
        @if may_start {
            p { (parts::button_link(&at("pilot"), &t("pilot-new-title"))) }
        }
        @if is_mine && is_made {
            (parts::inline_form(p, &at("withdraw"), parts::secondary_button(&t("offer-withdraw"))))
        }
    }
}

/// An amount; nothing is told in words.
fn amount(p: &Page, rials: i64, nothing: &str) -> Markup {
    match rials {
        0 => html! { (p.t(&WORDS, nothing)) },
        _ => p.money(Rial::new(rials)),
    }
}

/// The kinds of help one may choose.
pub(crate) fn helps(p: &Page) -> Vec<(String, String)> {
    let kinds = HelpKind::ALL.iter();
    kinds
        .map(|kind| (kind.to_string(), help_name(p, *kind)))
        .collect()
}

pub(super) fn form(
    p: &Page,
    bodies: &[(String, String)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link("/needs", &t("needs-title")))
        h1 { (t("need-new-title")) }
        (parts::error_summary(p, errors))
        p { (t("need-new-lead")) }
        (parts::form(p, "/needs", html! {
            @if bodies.len() > 1 { (fields.select("body", bodies.to_vec())) }
            (fields.hinted("title", Kind::Text, true, "title-hint"))
            (fields.text("description", Kind::Area, true))
            (fields.text("craft", Kind::Text, false))
            (fields.optional_select("help", helps(p)))
            (fields.hinted("region", Kind::Numeric, false, "region-hint"))
            (fields.hinted("product_code", Kind::Code, false, "product-hint"))
            (parts::primary_button(&t("save")))
        }))
    }
}
