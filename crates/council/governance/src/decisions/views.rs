use maud::{Markup, html};
use money::Rial;
use organizations::services::Service;
use uuid::Uuid;
use web::Page;
use web::parts::{self, Kind, Tone};

use super::{Aid, Decision, DecisionState, Opening};
use crate::WORDS;
use crate::forms::Typed;
use crate::resolutions::Resolution;
use crate::wording::{by_lang, in_digits, number_of_year};

/// What a resolution's page tells of its decision on a case.
pub(crate) struct Shown {
    pub decision: Option<Decision>,
    pub service: String,
    pub may_decide: bool,
    pub may_retry: bool,
    pub is_frozen: bool,
}

// words: decision-refused-*
/// The decision and what came of it, or the way to make one.
pub(crate) fn part(p: &Page, resolution: &Resolution, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let Some(one) = &shown.decision else {
        return html! { @if shown.may_decide {
            p { (parts::secondary_link(&format!("/resolutions/{}/case", resolution.id), &t("decision-new"))) }
        } };
    };
    html! {
        h2 { (t("decision-title")) }
        (parts::facts(&[
            (t("decision-case"), html! {
                @if one.case_code.is_empty() { (t("decision-case-hidden")) }
                @else { bdi { (in_digits(&one.case_code, p.lang)) } }
            }),
            (t("decision-what"), html! { (what(p, one, &shown.service)) }),
        ]))
        @match one.state {
            DecisionState::Waiting if resolution.is_repealed => (parts::notice(p, Tone::Plain, html! { (t("decision-repealed")) })),
            DecisionState::Waiting if shown.is_frozen => (parts::notice(p, Tone::Active, html! { (t("decision-on-its-way")) })),
            DecisionState::Waiting => (parts::notice(p, Tone::Plain, html! { (t("decision-waits")) })),
            DecisionState::Opened => (parts::notice(p, Tone::Good, html! { (opened(p, one)) })),
            DecisionState::Refused => {
                (parts::notice(p, Tone::Warning, html! { (refusal(p, one)) }))
                @if shown.may_retry {
                    (parts::inline_form(p, &format!("/case-decisions/{}/retry", one.id), parts::secondary_button(&t("decision-retry"))))
                }
            }
        }
    }
}

/// What is opened, in words.
pub(crate) fn what(p: &Page, one: &Decision, service: &str) -> String {
    match (&one.name, one.quantity, one.unit_cost) {
        (Some(name), Some(quantity), Some(cost)) => {
            let budget = by_lang(p.lang, &one.budget_fa, &one.budget_en);
            let amount = Rial::new(quantity.saturating_mul(cost));
            let args = [
                ("name", name.into()),
                ("quantity", quantity.into()),
                ("amount", amount.toman_text(p.lang).into()),
                ("budget", budget.into()),
            ];
            p.tr(&WORDS, "decision-line", &args)
        }
        _ => p.tr(&WORDS, "decision-leg", &[("service", service.into())]),
    }
}

fn opened(p: &Page, one: &Decision) -> String {
    let reference = in_digits(one.opened.as_deref().unwrap_or("—"), p.lang);
    let key = match (one.service_id.is_some(), one.is_sent) {
        (true, true) => "decision-leg-sent",
        (true, false) => "decision-leg-drafted",
        (false, _) => "decision-line-added",
    };
    p.tr(&WORDS, key, &[("reference", reference.into())])
}

fn refusal(p: &Page, one: &Decision) -> String {
    let why = match one.refusal.as_deref().unwrap_or_default() {
        "plan_state" => "plan",
        "budget_short" => "budget",
        "leg_case_closed" => "closed",
        "leg_same_body" => "same-body",
        _ => "other",
    };
    p.t(&WORDS, &format!("decision-refused-{why}"))
}

// words: decision-aid-*
pub(super) fn form(
    p: &Page,
    resolution: &Resolution,
    services: &[Service],
    lines: &[(Uuid, String, String)],
    opens: Option<Opening>,
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let back = format!("/resolutions/{}", resolution.id);
    let services = services
        .iter()
        .map(|one| (one.id.to_string(), one.name(p.lang).to_owned()))
        .collect();
    let lines = lines
        .iter()
        .map(|(id, fa, en)| (id.to_string(), by_lang(p.lang, fa, en).to_owned()))
        .collect();
    let aids = Aid::ALL
        .iter()
        .map(|aid| (aid.to_string(), t(&format!("decision-aid-{aid}"))))
        .collect();
    html! {
        (parts::back_link(&back, &number_of_year(resolution.year, resolution.number, p.lang)))
        h1 { (t("decision-new")) }
        p { (t("decision-lead")) }
        (parts::error_summary(p, typed.errors))
        @match opens {
            None => (parts::buttons(html! {
                (parts::button_link(&format!("{back}/case?opens=leg"), &t("decision-open-leg")))
                (parts::button_link(&format!("{back}/case?opens=package_line"), &t("decision-open-line")))
            })),
            Some(Opening::Leg) => (parts::form(p, &format!("{back}/case"), html! {
                (parts::hidden("opens", "leg"))
                (typed.field(p, "case_code", "decision-case", Kind::Code, true))
                (typed.select(p, "service_id", "decision-service", services, true))
                (parts::primary_button(&t("save")))
            })),
            Some(Opening::PackageLine) => (parts::form(p, &format!("{back}/case"), html! {
                (parts::hidden("opens", "package_line"))
                (typed.field(p, "case_code", "decision-case", Kind::Code, true))
                (typed.select(p, "aid", "decision-aid", aids, true))
                (typed.field(p, "name", "decision-name", Kind::Text, true))
                (typed.field(p, "quantity", "decision-quantity", Kind::Numeric, true))
                (parts::money_field(p, parts::Field {
                    name: "unit_cost", label: t("decision-cost"), value: typed.form.raw("unit_cost"),
                    error: typed.errors.get("unit_cost"), required: true, ..parts::Field::default()
                }))
                (typed.select(p, "budget_line_id", "decision-budget", lines, true))
                (parts::primary_button(&t("save")))
            })),
        }
    }
}
