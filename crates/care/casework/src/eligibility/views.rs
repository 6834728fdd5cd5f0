use access::Ask;
use db::Conn;
use maud::{Markup, html};
use web::parts::{self, Column, Kind, Tone};
use web::{Form, FormErrors, Outcome, Page};

use super::{Answer3, Decision, Line, Override, queries};
use crate::assessment::pick;
use crate::cases::{CaseState, Head};
use crate::shown::{Fields, act, options, word};
use crate::{CASE_ASSESS, OVERRIDE_ANSWER, WORDS};

// words: yes* no* unknown* result-* answer-*

/// The newest decision, opened as far as the viewer may see.
pub(crate) struct Loaded {
    decision: Option<Decision>,
    holds: Option<Answer3>,
    trace: Vec<Line>,
    requests: Vec<(Override, Option<String>)>,
}

pub(crate) async fn load(ask: &Ask, conn: &mut Conn, head: &Head) -> Outcome<Loaded> {
    let Some(decision) = queries::latest(conn, head.case.id).await? else {
        return Ok(Loaded {
            decision: None,
            holds: None,
            trace: Vec::new(),
            requests: Vec::new(),
        });
    };
    let keys = &ask.city.keys;
    let trace = if head.is_sensitive_seen {
        decision.trace(keys)?
    } else {
        Vec::new()
    };
    let mut requests = Vec::new();
    for one in queries::overrides(conn, decision.id).await? {
        let reason = if head.is_sensitive_seen {
            Some(one.reason(keys)?)
        } else {
            None
        };
        requests.push((one, reason));
    }
    let holds = Some(queries::result_of(conn, decision.id).await?);
    Ok(Loaded {
        decision: Some(decision),
        holds,
        trace,
        requests,
    })
}

fn badge(p: &Page, result: Answer3) -> Markup {
    let tone = match result {
        Answer3::Yes => Tone::Good,
        Answer3::No => Tone::Bad,
        Answer3::Unknown => Tone::Warning,
    };
    parts::badge(tone, &word(p, "result", result))
}

/// The decision with its reasons, and what can be done about it.
pub(crate) fn panel(
    ask: &Ask,
    head: &Head,
    loaded: &Loaded,
    is_assessed: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let may = CASE_ASSESS.is_held_by(&ask.viewer)
        && head.is_sensitive_seen
        && head.case.state == CaseState::Open;
    let address = format!("/cases/{}/decisions", head.case.id);
    html! {
        h2 { (t("eligibility-title")) }
        @if let (Some(decision), Some(holds)) = (&loaded.decision, loaded.holds) {
            p { (badge(p, holds)) " " (sentence(p, holds)) }
            p.hint {
                (pick(p.lang, &decision.rule_name_fa, &decision.rule_name_en)) " "
                (p.tr(&WORDS, "rule-number", &[("number", decision.rule_number.into())]))
                " · " (p.moment(decision.decided_at))
                @if let Some(name) = &decision.decided_by { " · " bdi { (name) } }
            }
            @if head.is_sensitive_seen { (reasons(p, &loaded.trace)) } @else { p { (t("answer-hidden")) } }
            (requests(ask, &loaded.requests, may))
        } @else {
            p { (t("eligibility-none")) }
        }
        @if may && is_assessed {
            @if loaded.decision.is_none() {
                (parts::inline_form(p, &address, parts::primary_button(&t("decide-now"))))
            } @else {
                (act(p, &address, &t("decide-again")))
            }
        }
        @if may && loaded.decision.is_some() && loaded.requests.iter().all(|(one, _)| one.answer.is_some()) {
            (ask_for_other(p, head, form, errors))
        }
    }
}

fn sentence(p: &Page, result: Answer3) -> String {
    word(p, "result-sentence", result)
}

fn reasons(p: &Page, lines: &[Line]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("col-condition")),
        Column::text(t("col-known")),
        Column::text(t("col-result")),
    ];
    let row = |line: &Line| {
        let known = pick(p.lang, &line.known_fa, &line.known_en);
        // For what keeps people out, a no is the good answer.
        let is_good = matches!(
            (line.result, line.is_exclusion),
            (Answer3::Yes, false) | (Answer3::No, true)
        );
        let tone = match line.result {
            Answer3::Unknown => Tone::Warning,
            _ if is_good => Tone::Good,
            _ => Tone::Bad,
        };
        vec![
            html! {
                @if line.depth > 0 { (t("condition-part")) " " }
                @if line.is_exclusion { (t("condition-except")) " " }
                (pick(p.lang, &line.fa, &line.en))
            },
            html! { bdi { (known) } },
            parts::badge(tone, &word(p, "answer", line.result)),
        ]
    };
    let rows: Vec<Vec<Markup>> = lines.iter().map(row).collect();
    parts::table(&t("reasons-title"), &columns, &rows, &t("eligibility-none"))
}

fn requests(ask: &Ask, requests: &[(Override, Option<String>)], may: bool) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let may_answer = may && OVERRIDE_ANSWER.is_held_by(&ask.viewer);
    html! {
        @for (one, reason) in requests {
            (parts::notice(p, Tone::Warning, html! {
                p {
                    (p.tr(&WORDS, "override-asked", &[("name", (&one.asked_name).into())])) " "
                    (badge(p, one.result)) " " (p.moment(one.asked_at))
                }
                @if let Some(reason) = reason { p { bdi { (reason) } } }
                @match (&one.answer, may_answer && ask.viewer.user_id() != Some(one.asked_by)) {
                    (Some(answer), _) => p {
                        (word(p, "answer", answer)) " "
                        bdi { (one.answered_name.as_deref().unwrap_or_default()) }
                    },
                    (None, true) => (parts::inline_form(p, &format!("/overrides/{}", one.id), html! {
                        (parts::choice_button("answer", "confirmed", &t("override-confirm"), true))
                        (parts::choice_button("answer", "refused", &t("override-refuse"), false))
                    })),
                    (None, false) => p { (t("override-waits")) },
                }
            }))
        }
    }
}

fn ask_for_other(p: &Page, head: &Head, form: &Form, errors: &FormErrors) -> Markup {
    let fields = Fields { p, form, errors };
    let is_open = !errors.is_empty();
    let results = [Answer3::Yes, Answer3::No];
    crate::shown::folded(
        &p.t(&WORDS, "override-ask"),
        is_open,
        html! {
            p { (p.t(&WORDS, "override-help")) }
            (parts::form(p, &format!("/cases/{}/overrides", head.case.id), html! {
                (fields.radios("override_result", options(p, "result", &results)))
                (fields.text("override_reason", Kind::Area, true))
                (parts::secondary_button(&p.t(&WORDS, "override-send")))
            }))
        },
    )
}
