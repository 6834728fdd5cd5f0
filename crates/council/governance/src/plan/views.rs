use std::collections::BTreeMap;

use maud::{Markup, html};
use uuid::Uuid;
use web::Page;
use web::parts::{self, Column, Kind, Tone};

use super::{Action, ActionState, Commitment, Milestone, Part, Programme, detail_views};
use crate::WORDS;
use crate::articles::Article;
use crate::evidence::{Evidence, views as evidence_views};
use crate::forms::{Lists, Typed};
use crate::wording::by_lang;

// words: action-state-*

/// What the viewer may do with evidence, and who they are.
pub(crate) struct May {
    pub give: bool,
    pub verify: bool,
    /// Whether parts may be added to an action.
    pub keep: bool,
    pub user: Option<Uuid>,
}

/// The computed state as a label.
pub(crate) fn state(p: &Page, state: ActionState) -> Markup {
    let tone = match state {
        ActionState::NotStarted | ActionState::Waiting => Tone::Plain,
        ActionState::OnTrack => Tone::Active,
        ActionState::AtRisk => Tone::Warning,
        ActionState::Overdue => Tone::Bad,
        ActionState::Delivered | ActionState::Proven => Tone::Good,
    };
    parts::badge(
        tone,
        &p.t(
            &WORDS,
            &format!("action-state-{}", state.as_str().replace('_', "-")),
        ),
    )
}

/// An action with its milestones, commitments and their evidence.
pub(crate) fn action(
    p: &Page,
    action: &Action,
    proofs: &BTreeMap<Uuid, Vec<Evidence>>,
    may: &May,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let record = &action.record;
    html! {
        section.card {
            h3 { (record.name(p.lang)) }
            p { (state(p, action.state)) " " code dir="ltr" { (record.code) } }
            (parts::facts(&[
                (t("responsible-body"), html! { bdi { (record.body(p.lang)) } }),
                (t("due"), p.date(record.due_on)),
            ]))
            (detail_views::turns(p, action))
            (milestones(p, &action.milestones, proofs, may))
            (commitments(p, &action.commitments, proofs, may))
            (detail_views::details(p, action))
            @if may.keep {
                (parts::buttons(html! {
                    (parts::secondary_link(&format!("/actions/{}/milestones/new", record.id), &t("milestone-new")))
                    (parts::secondary_link(&format!("/actions/{}/commitments/new", record.id), &t("commitment-new")))
                    (parts::secondary_link(&format!("/actions/{}/details", record.id), &t("details-new")))
                }))
            }
        }
    }
}

fn part_word(p: &Page, part: Part) -> String {
    let key = match (part.is_proven, part.is_given, part.is_begun) {
        (true, ..) => "part-proven",
        (_, true, _) => "part-given",
        (_, _, true) => "part-begun",
        _ => "part-none",
    };
    p.t(&WORDS, key)
}

fn milestones(
    p: &Page,
    rows: &[Milestone],
    proofs: &BTreeMap<Uuid, Vec<Evidence>>,
    may: &May,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("milestone")),
        Column::text(t("due")),
        Column::text(t("where-it-stands")),
        Column::text(t("evidence")),
    ];
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| vec![
            html! { (row.name(p.lang)) },
            p.date(row.due_on),
            html! { (part_word(p, row.part())) },
            html! {
                @match (&row.indicator_code, row.target) {
                    (Some(code), Some(target)) => a href={ "/figures/" (code) } {
                        @match row.told {
                            Some(now) => (p.tr(&WORDS, "figure-of-target", &[("now", now.into()), ("target", target.into())])),
                            None => (p.tr(&WORDS, "figure-target", &[("target", target.into())])),
                        }
                    },
                    _ => (evidence_views::cell(p, proofs.get(&row.id.get()), "milestone", row.id.get(), may)),
                }
            },
        ])
        .collect();
    parts::table(
        &t("milestones-title"),
        &columns,
        &rows,
        &t("milestones-empty"),
    )
}

fn commitments(
    p: &Page,
    rows: &[Commitment],
    proofs: &BTreeMap<Uuid, Vec<Evidence>>,
    may: &May,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("partner")),
        Column::text(t("commitment")),
        Column::text(t("due")),
        Column::text(t("delivered")),
        Column::text(t("evidence")),
    ];
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            let unit = by_lang(p.lang, &row.unit_fa, &row.unit_en);
            vec![
                html! { bdi { (by_lang(p.lang, &row.body_fa, &row.body_en)) } },
                html! { (row.name(p.lang)) },
                p.date(row.due_on),
                html! { (p.tr(&WORDS, "delivered-of", &[("delivered", row.delivered.into()), ("quantity", row.quantity.into()), ("unit", unit.into())])) },
                evidence_views::cell(p, proofs.get(&row.id.get()), "commitment", row.id.get(), may),
            ]
        })
        .collect();
    parts::table(
        &t("commitments-title"),
        &columns,
        &rows,
        &t("commitments-empty"),
    )
}

pub(super) fn action_form(
    p: &Page,
    article: &Article,
    programmes: &[Programme],
    lists: &Lists,
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let programmes = programmes
        .iter()
        .map(|one| {
            (
                one.id.to_string(),
                by_lang(p.lang, &one.name_fa, &one.name_en).to_owned(),
            )
        })
        .collect();
    let back = format!("/articles/{}", article.id);
    html! {
        (parts::back_link(&back, &crate::articles::name(p, article)))
        h1 { (t("action-new")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("{back}/actions"), html! {
            (typed.select(p, "programme_id", "programme", programmes, true))
            (typed.select(p, "organization_id", "responsible-body", lists.bodies(), true))
            (typed.field(p, "code", "action-code", Kind::Code, true))
            (typed.field(p, "name_fa", "name-fa", Kind::Text, true))
            (typed.field(p, "name_en", "name-en", Kind::Text, true))
            (typed.day(p, "starts_on", "starts"))
            (typed.day(p, "due_on", "due"))
            (parts::primary_button(&t("save")))
        }))
    }
}
