use std::collections::BTreeMap;

use indicators::{Definition, Told};
use maud::{Markup, html};
use persian::Date;
use uuid::Uuid;
use web::Page;
use web::parts::{self, Column, Kind, Tone};

use super::{Article, ArticleKind, Citation, InstrumentKind, Ordinance, Relation, name, relations};
use crate::WORDS;
use crate::evidence::Evidence;
use crate::forms::Typed;
use crate::meetings::{MeetingDocument, MeetingId};
use crate::plan::{Action, views as plan_views};
use crate::reminders::Reminder;
use crate::resolutions::{Resolution, views as resolution_views};
use crate::wording::{by_lang, days_between, in_digits};

/// The legal basis as its page shows it.
pub(super) struct Basis {
    pub ordinances: Vec<Ordinance>,
    /// The tree of each.
    pub trees: Vec<Vec<Article>>,
    pub relations: Vec<Relation>,
    /// Citations that lead nowhere.
    pub nowhere: Vec<Citation>,
    pub may_keep: bool,
}

// words: instrument-*
fn instrument(p: &Page, kind: InstrumentKind) -> String {
    p.t(&WORDS, &format!("instrument-{kind}"))
}

pub(super) fn list(p: &Page, basis: &Basis) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("ordinances-title")) }
        @if basis.may_keep {
            (parts::buttons(html! {
                (parts::button_link("/ordinances/new", &t("ordinance-new")))
                @if !basis.ordinances.is_empty() { (parts::secondary_link("/committees/new", &t("committee-new"))) }
            }))
        }
        @if basis.ordinances.is_empty() { p { (t("ordinances-empty")) } }
        @if !basis.nowhere.is_empty() {
            (parts::notice(p, Tone::Warning, html! {
                p { (t("citations-nowhere")) }
                ul { @for one in &basis.nowhere { li { (citing(p, one)) " · " code dir="ltr" { (one.article_ref) } } } }
            }))
        }
        @for (ordinance, tree) in basis.ordinances.iter().zip(&basis.trees) {
            (parts::card(Some(ordinance.title(p.lang)), html! {
                p {
                    (parts::badge(Tone::Active, &instrument(p, ordinance.kind))) " "
                    @if ordinance.is_sample { (parts::badge(Tone::Plain, &t("sample"))) }
                }
                (dates(p, ordinance))
                (relations::shown(p, ordinance, &basis.ordinances, &basis.relations))
                @if basis.may_keep {
                    (parts::buttons(html! {
                        (parts::secondary_link(&format!("/ordinances/{}/articles/new", ordinance.id), &t("article-new")))
                        (parts::secondary_link(&format!("/ordinances/{}/programmes/new", ordinance.id), &t("programme-new")))
                        @if basis.ordinances.len() > 1 {
                            (parts::secondary_link(&format!("/ordinances/{}/relations/new", ordinance.id), &t("relation-new")))
                        }
                    }))
                }
                ul {
                    @for article in tree {
                        li {
                            a href={ "/articles/" (article.id) } { (name(p, article)) }
                            " · " (article.heading(p.lang)) " "
                            code dir="ltr" { (article.reference) }
                            @if article.is_repealed(p.now.date()) { " " (parts::badge(Tone::Warning, &t("article-is-repealed"))) }
                        }
                    }
                }
            }))
        }
    }
}

// words: citing-*
/// Who cites, in words.
pub(super) fn citing(p: &Page, one: &Citation) -> String {
    let key = format!("citing-{}", one.kind.replace('_', "-"));
    let kind = p.tr(&WORDS, &key, &[("count", one.count.into())]);
    match one.kind.as_str() {
        "case_action" => kind,
        _ => format!("{kind} · {}", by_lang(p.lang, &one.name_fa, &one.name_en)),
    }
}

/// Who cites the article, in lines: actions of cases by their number.
fn cited_by(p: &Page, all: &[Citation]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2 { (p.t(&WORDS, "cited-by-title")) }
            ul { @for one in all { li { (citing(p, one)) " · " code dir="ltr" { (one.article_ref) } } } }
        }
    }
}

/// Number and days of an ordinance; elapsed time counts from its notification.
pub(crate) fn dates(p: &Page, ordinance: &Ordinance) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let days = days_between(ordinance.notified_on, p.now.date());
    let mut lines = vec![
        (
            t("ordinance-code"),
            html! { bdi { (in_digits(&ordinance.code, p.lang)) } },
        ),
        (t("ordinance-passed"), p.date(ordinance.passed_on)),
        (
            t("ordinance-notified"),
            html! {
                (p.date(ordinance.notified_on)) " · " (p.tr(&WORDS, "days-elapsed", &[("count", days.into())]))
            },
        ),
    ];
    // Only the council's own instruments go before the compliance board.
    if matches!(
        ordinance.kind,
        InstrumentKind::Ordinance | InstrumentKind::Sister
    ) {
        lines.push((
            t("ordinance-compliance"),
            p.date(ordinance.compliance_over_on),
        ));
    }
    parts::facts(&lines)
}

/// Everything on an article's page.
pub(super) struct Shown {
    pub article: Article,
    pub ordinance: Ordinance,
    pub below: Vec<Article>,
    pub versions: Vec<(i64, Date)>,
    pub cited_by: Vec<Citation>,
    pub actions: Vec<Action>,
    pub proofs: BTreeMap<Uuid, Vec<Evidence>>,
    pub figures: Vec<(Definition, Told)>,
    pub decided: Vec<Resolution>,
    /// Papers of the meetings that decided them.
    pub papers: Vec<(MeetingId, MeetingDocument)>,
    pub reminded: Vec<Reminder>,
    pub may_give: bool,
    pub may_verify: bool,
    pub may_keep: bool,
    pub user: Option<Uuid>,
}

pub(super) fn show(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let article = &shown.article;
    html! {
        (parts::back_link("/ordinances", &t("ordinances-title")))
        h1 { (name(p, article)) " · " (article.heading(p.lang)) }
        p { (shown.ordinance.title(p.lang)) " · " code dir="ltr" { (article.reference) } }
        @if article.is_sample { (parts::notice(p, Tone::Plain, html! { (t("sample-wording")) })) }
        blockquote { @for line in article.wording(p.lang).lines() { p { (line) } } }
        p { (p.tr(&WORDS, "article-version", &[("version", article.version.into()), ("count", (shown.versions.len() as i64).into()), ("day", p.date_text(article.valid_from).into())])) }
        p { (parts::secondary_link(&format!("/articles/{}/dossier", article.id), &t("article-dossier"))) }
        @if let Some(day) = article.repealed_on {
            (parts::notice(p, Tone::Warning, html! {
                (p.tr(&WORDS, "article-repealed", &[("day", p.date_text(day).into())]))
                @if let Some(successor) = article.successor_id { " " a href={ "/articles/" (successor) } { (t("article-successor")) } }
            }))
        }
        @if shown.may_keep && article.repealed_on.is_none() {
            p {
                (parts::secondary_link(&format!("/articles/{}/amend", article.id), &t("article-amend"))) " "
                (parts::secondary_link(&format!("/articles/{}/repeal", article.id), &t("article-repeal")))
            }
        }
        (dates(p, &shown.ordinance))
        (duties(p, &shown.below))
        (figures(p, &shown.figures))
        h2 { (t("actions-title")) }
        @if shown.may_keep { p { (parts::secondary_link(&format!("/articles/{}/actions/new", article.id), &t("action-new"))) } }
        @if shown.actions.is_empty() { p { (t("actions-empty")) } }
        @for action in &shown.actions {
            (plan_views::action(p, action, &shown.proofs, &plan_views::May {
                give: shown.may_give, verify: shown.may_verify, keep: shown.may_keep, user: shown.user,
            }))
        }
        @if !shown.decided.is_empty() { (resolution_views::table(p, &t("resolutions-title"), &shown.decided, p.now.date())) }
        @if !shown.papers.is_empty() {
            h2 { (t("documents-title")) }
            ul { @for (meeting, paper) in &shown.papers {
                li { a href={ "/meetings/" (meeting) "/documents/" (paper.id) } { bdi { (paper.name) "." (paper.kind) } } }
            } }
        }
        (cited_by(p, &shown.cited_by))
        @if !shown.reminded.is_empty() {
            h2 { (t("reminders-title")) }
            ul { @for reminder in &shown.reminded { li { a href={ "/reminders/" (reminder.id) } { bdi { (reminder.code()) } } " · " (reminder.wording) } } }
        }
    }
}

fn duties(p: &Page, below: &[Article]) -> Markup {
    html! {
        @if !below.is_empty() {
            h2 { (p.t(&WORDS, "duties-title")) }
            ol { @for node in below {
                li { a href={ "/articles/" (node.id) } { (node.heading(p.lang)) } ": " (node.wording(p.lang)) }
            } }
        }
    }
}

fn figures(p: &Page, figures: &[(Definition, Told)]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("figure")),
        Column::figures(t("figure-number")),
        Column::text(t("figure-meaning")),
    ];
    let rows: Vec<Vec<Markup>> = figures
        .iter()
        .map(|(definition, told)| {
            vec![
                html! { a href={ "/figures/" (definition.code) } { (definition.name(p.lang)) } },
                indicators::figures::shown(p, definition.unit, *told),
                html! { (definition.meaning(p.lang)) },
            ]
        })
        .collect();
    parts::table(&t("figures-title"), &columns, &rows, &t("figures-empty"))
}

pub(super) fn ordinance_form(p: &Page, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let kinds = InstrumentKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), instrument(p, *kind)))
        .collect();
    html! {
        (parts::back_link("/ordinances", &t("ordinances-title")))
        h1 { (t("ordinance-new")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, "/ordinances", html! {
            (typed.select(p, "kind", "instrument-kind", kinds, false))
            (typed.field(p, "code", "ordinance-code", Kind::Code, true))
            (typed.field(p, "title_fa", "title-fa", Kind::Text, true))
            (typed.field(p, "title_en", "title-en", Kind::Text, true))
            (typed.day(p, "passed_on", "ordinance-passed"))
            (typed.day(p, "notified_on", "ordinance-notified"))
            (typed.day(p, "compliance_over_on", "ordinance-compliance"))
            (parts::tick(p, "is_sample", &t("sample-tick"), !typed.form.raw("is_sample").is_empty(), None))
            (parts::primary_button(&t("save")))
        }))
    }
}

pub(super) fn article_form(
    p: &Page,
    ordinance: &Ordinance,
    tree: &[Article],
    figures: &[Definition],
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let parents = tree
        .iter()
        .map(|node| {
            (
                node.id.to_string(),
                format!("{} · {}", name(p, node), node.heading(p.lang)),
            )
        })
        .collect();
    let kinds = ArticleKind::ALL
        .iter()
        .map(|kind| {
            (
                kind.as_str().to_owned(),
                t(&format!("article-word-{}", kind.as_str())),
            )
        })
        .collect();
    let chosen: Vec<&str> = typed
        .form
        .all("figures")
        .iter()
        .map(String::as_str)
        .collect();
    let figures = figures
        .iter()
        .map(|one| (one.code.clone(), one.name(p.lang).to_owned()))
        .collect();
    // words: article-word-*
    html! {
        (parts::back_link("/ordinances", &t("ordinances-title")))
        h1 { (t("article-new")) }
        p { (ordinance.title(p.lang)) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/ordinances/{}/articles", ordinance.id), html! {
            (typed.select(p, "parent_id", "article-parent", parents, false))
            (typed.select(p, "kind", "article-kind", kinds, true))
            (typed.field(p, "number", "article-number", Kind::Numeric, true))
            (typed.field(p, "heading_fa", "heading-fa", Kind::Text, true))
            (typed.field(p, "heading_en", "heading-en", Kind::Text, true))
            (typed.field(p, "wording_fa", "wording-fa", Kind::Area, true))
            (typed.field(p, "wording_en", "wording-en", Kind::Area, true))
            (typed.day(p, "valid_from", "valid-from"))
            (parts::checkboxes(p, parts::Choice { name: "figures", label: t("article-figures"), options: figures, ..parts::Choice::default() }, &chosen))
            (parts::tick(p, "is_sample", &t("sample-tick"), !typed.form.raw("is_sample").is_empty(), None))
            (parts::primary_button(&t("save")))
        }))
    }
}
