use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use web::parts::{self, Column, Kind, Tone};
use web::{Failure, Form, FormErrors, Outcome, Page};

use super::{FollowUp, FollowUpId, Income, RecordFollowUp, StoppedReason, Told, income};
use crate::cases::{CaseId, Head, Tab, head, header};
use crate::shown::{Fields, options, word};
use crate::tasks::{self, TaskId, TaskKind};
use crate::{CASE_CHANGE, CASE_READ, WORDS};

// words: stopped-* field-*

/// Letters of a note.
pub(super) const LENGTH: usize = 2_000;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/follow-up", Need::May(&CASE_READ), show)
        .get("/cases/{id}/follow-up/{task}", Need::May(&CASE_CHANGE), new)
        .post(
            "/cases/{id}/follow-up/{task}",
            Need::May(&CASE_CHANGE),
            create,
        )
}

async fn show(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let p = &ask.page;
    let made = super::list(&mut conn, id).await?;
    let tasks = tasks::list(&mut conn, id).await?;
    let income = match head.is_sensitive_seen {
        true => Some(income(&mut conn, &ask.city.keys, &head.case, ask.now().date()).await?),
        false => None,
    };
    drop(conn);
    let due: Vec<_> = tasks
        .into_iter()
        .filter(|task| task.kind == TaskKind::FollowUp && task.done_on.is_none())
        .collect();
    let due = tasks::pages::told(p, head.keys(&ask.city.keys), due)?;
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.html(&head.name, html! {
        (header(p, &head, Tab::FollowUp))
        h2 { (p.t(&WORDS, "income-title")) }
        @if let Some(income) = &income { (income_view(p, income)) } @else { p { (p.t(&WORDS, "answer-hidden")) } }
        h2 { (p.t(&WORDS, "follow-ups-title")) }
        (table(p, &made, &ask, head.is_sensitive_seen)?)
        @if !due.is_empty() {
            h2 { (p.t(&WORDS, "follow-ups-due")) }
            (tasks::pages::table(p, &due, head.case.lets(&ask.viewer, &CASE_CHANGE)))
        }
    })
}

/// Income before and after: shown, never typed.
fn income_view(p: &Page, income: &Income) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let span = p.tr(
        &WORDS,
        "income-span",
        &[
            ("from", p.date_text(income.from).into()),
            ("to", p.date_text(income.to).into()),
        ],
    );
    html! {
        (parts::stats(html! {
            (parts::stat(&t("income-before"), match income.before {
                Some(amount) => p.money(amount),
                None => html! { (t("answer-unknown")) },
            }, Some(&t("income-before-note")), None))
            (parts::stat(&t("income-after"), p.money(income.after), Some(&span), None))
        }))
    }
}

fn table(p: &Page, made: &[FollowUp], ask: &Ask, is_sensitive_seen: bool) -> Outcome<Markup> {
    let t = |key: &str| p.t(&WORDS, key);
    let keys = [
        "col-months",
        "col-made-on",
        "col-members",
        "col-working",
        "col-income-before",
        "col-income-after",
        "col-note",
    ];
    let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
    let mut rows = Vec::with_capacity(made.len());
    for one in made {
        let keys = &ask.city.keys;
        let (note, stopped) = match is_sensitive_seen {
            true => (one.note(keys)?, one.stopped_reason(keys)?),
            false => (String::new(), None),
        };
        rows.push(vec![
            html! { (p.tr(&WORDS, "months-count", &[("count", one.months.into())])) },
            p.date(one.made_on),
            html! { bdi { (p.number(one.household_members)) } },
            html! {
                @if one.is_working { (parts::badge(Tone::Good, &t("working-yes"))) }
                @else {
                    (parts::badge(Tone::Warning, &t("working-no")))
                    @if let Some(reason) = stopped { " " (word(p, "stopped", reason)) }
                }
            },
            html! { @if let Some(amount) = one.income_before.filter(|_| is_sensitive_seen) { (p.money(amount)) } @else { (t("answer-unknown")) } },
            p.money(one.income_after),
            html! { bdi { (note) } },
        ]);
    }
    Ok(parts::table(
        &t("follow-ups-title"),
        &columns,
        &rows,
        &t("follow-ups-empty"),
    ))
}

/// The case, and the open follow-up of it; whoever records one sees sensitive facts.
pub(super) async fn due(ask: &Ask, case: CaseId, task: TaskId) -> Outcome<(Head, tasks::Task)> {
    let mut conn = ask.read().await?;
    let head = head(ask, &mut conn, case).await?;
    let task = tasks::get(&mut conn, task).await?;
    if task.case_id != case || task.kind != TaskKind::FollowUp {
        return Err(Failure::NotFound);
    }
    if head.is_sensitive_seen {
        Ok((head, task))
    } else {
        Err(Failure::Forbidden)
    }
}

async fn new(ask: Ask, Path((id, task)): Path<(CaseId, TaskId)>) -> Outcome {
    let view = view(&ask, id, task, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "follow-up-new"), view)
}

async fn view(
    ask: &Ask,
    id: CaseId,
    task: TaskId,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let (head, task) = due(ask, id, task).await?;
    let mut conn = ask.read().await?;
    let income = income(&mut conn, &ask.city.keys, &head.case, ask.now().date()).await?;
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let working =
        [("yes", "working-yes"), ("no", "working-no")].map(|(code, key)| (code.to_owned(), t(key)));
    Ok(html! {
        (parts::back_link(&format!("/cases/{id}/follow-up"), &head.name))
        h1 { (tasks::pages::words(p, task.months, None)) }
        (parts::error_summary(p, errors))
        (income_view(p, &income))
        @if task.done_on.is_some() { p { (t("task-done")) } } @else {
            (parts::form(p, &format!("/cases/{id}/follow-up/{}", task.id), html! {
                (fields.text("household_members", Kind::Numeric, true))
                (fields.radios("is_working", working.to_vec()))
                (fields.select("stopped_reason", options(p, "stopped", StoppedReason::ALL), false))
                (fields.text("follow_up_note", Kind::Area, false))
                (parts::save_bar(parts::primary_button(&t("follow-up-save"))))
            }))
        }
    })
}

async fn create(ask: Ask, Path((id, task)): Path<(CaseId, TaskId)>, form: Form) -> Outcome {
    due(&ask, id, task).await?;
    let mut read = form.read(&ask.page);
    let members = read.number("household_members", 1, 30);
    let working: Option<String> = read.choice("is_working");
    let reason: Option<Option<StoppedReason>> = read.optional_choice("stopped_reason");
    let note = read.note("follow_up_note", LENGTH);
    let mut errors = read.errors;
    if let (Some(household_members), Some(working), Some(stopped_reason), Some(note)) =
        (members, working, reason, note)
    {
        let told = Told {
            household_members,
            is_working: working == "yes",
            stopped_reason,
            note,
        };
        let follow_up = FollowUpId::new(form.key()?);
        let mut conn = ask.read().await?;
        let command =
            RecordFollowUp::new(&mut conn, &ask.city.keys, follow_up, id, task, told).await?;
        drop(conn);
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "follow-up-saved");
            return ask.see_with(format!("/cases/{id}/follow-up"), &done);
        }
    }
    let view = view(&ask, id, task, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "follow-up-new"), view)
}
