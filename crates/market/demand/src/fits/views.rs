use maud::{Markup, html};
use organizations::Profile;
use persian::Lang;
use web::Page;
use web::parts::{self, Tone};

use super::{Code, NeedFit, Reason, SupporterFit, holding};
use crate::WORDS;
use crate::approaches::{Approach, views::state};
use crate::needs::{Need, NeedState};

// words: fit-*

/// Supporters shown at once.
const MOST: usize = 10;

/// One reason in plain words: holding or not.
fn sentence(p: &Page, reason: &Reason) -> String {
    let holds = if reason.holds { "yes" } else { "no" };
    let key = match (reason.code, reason.number) {
        (Code::Answered, None) => "fit-answered-never".to_owned(),
        (code, _) => format!("fit-{code}-{holds}"),
    };
    let number = reason.number.unwrap_or_default();
    p.tr(&WORDS, &key, &[("number", number.into())])
}

fn reasons(p: &Page, reasons: &[Reason]) -> Markup {
    html! {
        ul { @for reason in reasons {
            li {
                (parts::badge(if reason.holds { Tone::Good } else { Tone::Plain }, &p.t(&WORDS, if reason.holds { "fit-yes" } else { "fit-no" })))
                " " (sentence(p, reason))
            }
        } }
    }
}

fn count(p: &Page, reasons: &[Reason]) -> String {
    let args = [
        ("holding", (holding(reasons) as i64).into()),
        ("all", (reasons.len() as i64).into()),
    ];
    p.tr(&WORDS, "fit-count", &args)
}

/// For a need's own body: to whom it was put, and who fits it and why.
pub(crate) fn for_need(p: &Page, need: &Need, fits: &[SupporterFit], put: &[Approach]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let to = |fit: &SupporterFit| {
        let mut to = put.iter().rev();
        to.find(|one| one.supporter_id == Some(fit.organization_id))
    };
    let name = |fit: &SupporterFit| match p.lang {
        Lang::Fa => fit.name_fa.clone(),
        Lang::En => fit.name_en.clone(),
    };
    html! {
        h2 { (t("fit-supporters")) }
        p { (t("fit-order")) }
        @if fits.is_empty() && need.state == NeedState::Open { p.nothing { (t("fit-nobody")) } }
        @for fit in fits.iter().take(MOST) {
            (parts::card(Some(&name(fit)), html! {
                p { (count(p, &fit.reasons)) " · " a href={ "/profiles/" (fit.organization_id) } { (t("fit-profile")) } }
                (reasons(p, &fit.reasons))
                @match to(fit) {
                    Some(one) if one.ended_on.is_none() => p { (state(p, one)) " " (t("fit-put-until")) " " (p.date(one.due_on)) },
                    _ => (parts::inline_form(p, &format!("/needs/{}/approaches", need.id), html! {
                        (parts::hidden("supporter", &fit.organization_id.to_string()))
                        (parts::primary_button(&t("fit-put")))
                    })),
                }
            }))
        }
        @for one in put.iter().filter(|one| one.ended_on.is_some()) {
            p { a href={ "/approaches/" (one.id) } { (t("fit-put-ended")) } " " (state(p, one)) " " bdi { (one.answer) } }
        }
    }
}

/// For a supporter: the open needs that fit it, and why.
pub(super) fn for_supporter(
    p: &Page,
    profile: &Profile,
    fits: &[NeedFit],
    may_offer: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let card = &profile.card;
    html! {
        (parts::back_link(&format!("/profiles/{}", card.organization_id), card.name(p.lang)))
        h1 { (t("fit-needs")) }
        p { (t("fit-order")) }
        @if fits.is_empty() { p.nothing { (t("fit-no-need")) } }
        @for fit in fits {
            (parts::card(Some(&fit.need.title), html! {
                p { (count(p, &fit.reasons)) " · " a href={ "/needs/" (fit.need.id) } { (t("need-title")) } }
                (reasons(p, &fit.reasons))
                @if may_offer { p { (parts::button_link(&format!("/needs/{}/offers/new", fit.need.id), &t("offer-new-title"))) } }
            }))
        }
    }
}
