//! The dossier of an article as a paper, in the reader's language.

use access::Ask;
use documents::codes::QrCode;
use documents::papers::{
    Dossier, DossierAction, DossierCommitment, DossierReminder, DossierResolution, Fact,
    Letterhead, Paper, Printed as _,
};
use indicators::{Definition, Told};
use persian::{Date, Jalali};
use web::{Failure, Outcome, Page, words};

use super::views::Shown;
use crate::WORDS;
use crate::plan::{Action, Commitment, Space, detail_views};
use crate::reminders::Reminder;
use crate::resolutions::Resolution;
use crate::wording::{by_lang, in_digits};

/// The page's facts, ready to print.
pub(super) fn dossier(ask: &Ask, shown: &Shown) -> Outcome<Paper> {
    let p = &ask.page;
    let article = &shown.article;
    let ordinance = &shown.ordinance;
    let link = ask.city.link(&format!("/articles/{}", article.id));
    let version = |(version, day): &(i64, Date)| {
        let args = [
            ("version", (*version).into()),
            ("day", p.date_text(*day).into()),
        ];
        plain(&p.tr(&WORDS, "dossier-version", &args))
    };
    let dossier = Dossier {
        letterhead: Letterhead {
            organization: ordinance.title(p.lang).to_owned(),
            programme: p.city.clone(),
            contact: String::new(),
        },
        title: format!(
            "{} · {}",
            plain(&super::name(p, article)),
            article.heading(p.lang)
        ),
        number: article.eid.clone(),
        date: short(p, p.now.date()),
        facts: facts(p, shown),
        wording: article.wording(p.lang).lines().map(str::to_owned).collect(),
        actions: shown.actions.iter().map(|one| action(p, one)).collect(),
        commitments: shown
            .actions
            .iter()
            .flat_map(|one| one.commitments.iter().map(|one| commitment(p, one)))
            .chain(
                shown
                    .actions
                    .iter()
                    .flat_map(|one| one.spaces.iter().map(|one| space(p, one))),
            )
            .collect(),
        resolutions: shown.decided.iter().map(|one| resolution(p, one)).collect(),
        figures: shown.figures.iter().map(|one| figure(p, one)).collect(),
        reminders: shown.reminded.iter().map(|one| reminder(p, one)).collect(),
        versions: shown.versions.iter().map(version).collect(),
        qr: Some(QrCode::new(link).map_err(|fault| Failure::Internal(fault.to_string()))?),
        qr_note: p.t(&WORDS, "dossier-qr"),
    };
    Ok(dossier.paper(p.lang, format!("dossier-{}", article.eid)))
}

fn facts(p: &Page, shown: &Shown) -> Vec<Fact> {
    let t = |key: &str| p.t(&WORDS, key);
    let (article, ordinance) = (&shown.article, &shown.ordinance);
    let of = of(p, article.version, shown.versions.len() as i64);
    let mut facts = vec![
        Fact::new(t("ordinance-code"), in_digits(&ordinance.code, p.lang)),
        Fact::new(t("ordinance-notified"), p.date_text(ordinance.notified_on)),
        Fact::new(t("dossier-wording"), of),
        Fact::new(t("valid-from"), p.date_text(article.valid_from)),
    ];
    for action in &shown.actions {
        facts.extend(yearly(p, action));
    }
    for (_, paper) in &shown.papers {
        let name = format!("{}.{}", paper.name, paper.kind);
        facts.push(Fact::new(t("documents-title"), name));
    }
    for one in &shown.cited_by {
        facts.push(Fact::new(
            t("cited-by-title"),
            plain(&super::views::citing(p, one)),
        ));
    }
    if article.is_sample {
        facts.push(Fact::new(t("sample"), t("sample-wording")));
    }
    facts
}

// words: action-state-* resolution-state-*
fn state(p: &Page, of: &str, state: &str) -> String {
    p.t(&WORDS, &format!("{of}-state-{}", state.replace('_', "-")))
}

fn action(p: &Page, action: &Action) -> DossierAction {
    let done = action
        .milestones
        .iter()
        .filter(|one| one.part().is_proven)
        .count();
    DossierAction {
        name: action.record.name(p.lang).to_owned(),
        organization: action.record.body(p.lang).to_owned(),
        due: short(p, action.record.due_on),
        milestones: of(p, done as i64, action.milestones.len() as i64),
        state: state(p, "action", action.state.as_str()),
    }
}

fn commitment(p: &Page, commitment: &Commitment) -> DossierCommitment {
    let unit = by_lang(p.lang, &commitment.unit_fa, &commitment.unit_en);
    let args = [
        ("delivered", commitment.delivered.into()),
        ("quantity", commitment.quantity.into()),
        ("unit", unit.into()),
    ];
    DossierCommitment {
        name: commitment.name(p.lang).to_owned(),
        organization: by_lang(p.lang, &commitment.body_fa, &commitment.body_en).to_owned(),
        due: short(p, commitment.due_on),
        delivered: plain(&p.tr(&WORDS, "delivered-of", &args)),
    }
}

/// Targets, budgets, launches and what is waited for, a line each.
fn yearly(p: &Page, action: &Action) -> Vec<Fact> {
    let t = |key: &str| p.t(&WORDS, key);
    let label = |key: &str| format!("{} · {}", t(key), action.record.name(p.lang));
    let mut facts = Vec::new();
    for one in &action.targets {
        let unit = by_lang(p.lang, &one.unit_fa, &one.unit_en);
        let text = format!(
            "{}: {} {unit}",
            detail_views::year(p, one.year),
            p.number(one.quantity)
        );
        facts.push(Fact::new(label("targets-title"), text));
    }
    for one in &action.budgets {
        let year = detail_views::year(p, one.year);
        let text = format!("{year}: {} ({})", one.amount.toman_text(p.lang), one.line);
        facts.push(Fact::new(label("budgets-title"), text));
    }
    for one in action.needs.iter().filter(|one| !one.is_finished()) {
        let args = [
            ("name", by_lang(p.lang, &one.name_fa, &one.name_en).into()),
            ("body", by_lang(p.lang, &one.body_fa, &one.body_en).into()),
        ];
        let text = plain(&p.tr(&WORDS, "action-waits", &args));
        facts.push(Fact::new(label("action-needs"), text));
    }
    for one in &action.launches {
        let text = format!(
            "{} · {}",
            detail_views::launch_name(p, one),
            detail_views::standing(p, one)
        );
        facts.push(Fact::new(label("launches-title"), text));
    }
    facts
}

/// Space stands with the partners' promises.
fn space(p: &Page, one: &Space) -> DossierCommitment {
    DossierCommitment {
        name: detail_views::space_name(p, one),
        organization: by_lang(p.lang, &one.body_fa, &one.body_en).to_owned(),
        due: short(p, one.given_until),
        delivered: plain(&detail_views::space_used(p, one)),
    }
}

fn resolution(p: &Page, one: &Resolution) -> DossierResolution {
    DossierResolution {
        number: in_digits(&one.code(), p.lang),
        text: one.wording.clone(),
        organization: one.body(p.lang).to_owned(),
        due: short(p, one.due_on),
        state: state(p, "resolution", one.state(p.now.date()).as_str()),
    }
}

fn figure(p: &Page, (definition, told): &(Definition, Told)) -> Fact {
    let number = indicators::figures::told_text(p.lang, definition.unit, *told);
    let value = format!("{number} ({})", p.date_text(p.now.date()));
    Fact::new(definition.name(p.lang), value)
}

fn reminder(p: &Page, one: &Reminder) -> DossierReminder {
    DossierReminder {
        number: in_digits(&one.code(), p.lang),
        text: one.wording.clone(),
        due: short(p, one.due_on),
        answer: match one.answered_on {
            Some(day) => plain(&p.tr(&WORDS, "answered-on", &[("day", p.date_text(day).into())])),
            None => p.t(&WORDS, "silence"),
        },
    }
}

/// «۱ از ۲»
fn of(p: &Page, some: i64, all: i64) -> String {
    let args = [("some", some.into()), ("all", all.into())];
    plain(&p.tr(&WORDS, "some-of-all", &args))
}

fn short(p: &Page, day: Date) -> String {
    Jalali::from(day).short(p.lang)
}

/// Without the isolates of the screen: paper sets direction itself.
fn plain(text: &str) -> String {
    words::plain(text).into_owned()
}
