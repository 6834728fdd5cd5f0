use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Keys;
use maud::{Markup, html};
use persian::Date;
use web::parts::{self, Column, Kind, Tone};
use web::{Form, FormErrors, Outcome, Page};

use super::{AddTask, FinishTask, NewTask, Task, TaskId, TaskKind};
use crate::cases::CaseId;
use crate::cases::pages::{case_of, settle};
use crate::shown::Fields;
use crate::{CASE_CHANGE, CASE_READ, WORDS, bounds};

/// Letters of a task and of its outcome.
pub(super) const LENGTH: usize = 500;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/cases/{id}/tasks", Need::May(&CASE_CHANGE), add)
        .get("/tasks/{id}", Need::May(&CASE_READ), show)
        .post("/tasks/{id}/done", Need::May(&CASE_CHANGE), finish)
}

/// A task as it is shown: opened, and told in words. Words are for viewers of sensitive facts.
pub(crate) struct Told {
    pub id: TaskId,
    pub case_id: CaseId,
    pub kind: TaskKind,
    pub words: String,
    pub due_on: Date,
    pub done_on: Option<Date>,
    pub outcome: Option<String>,
}

/// What a task asks for, in words.
pub(crate) fn words(p: &Page, months: Option<i64>, written: Option<String>) -> String {
    match (written, months) {
        (Some(written), _) => written,
        (None, Some(months)) => p.tr(&WORDS, "task-follow-up", &[("months", months.into())]),
        (None, None) => p.t(&WORDS, "answer-hidden"),
    }
}

pub(crate) fn told(p: &Page, keys: Option<&Keys>, tasks: Vec<Task>) -> Outcome<Vec<Told>> {
    let tell = |task: Task| {
        let (written, outcome) = match keys {
            Some(keys) => (task.words(keys)?, task.outcome(keys)?),
            None => (None, None),
        };
        Ok(Told {
            id: task.id,
            case_id: task.case_id,
            kind: task.kind,
            words: words(p, task.months, written),
            due_on: task.due_on,
            done_on: task.done_on,
            outcome,
        })
    };
    tasks.into_iter().map(tell).collect()
}

/// A case's tasks; what is open can be done in place.
pub(crate) fn table(p: &Page, tasks: &[Told], may_change: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("col-task")),
        Column::text(t("col-due")),
        Column::text(t("col-state")),
    ];
    let row = |task: &Told| {
        vec![
            html! { bdi { (task.words) } },
            p.date(task.due_on),
            html! {
                @if let Some(day) = task.done_on {
                    (parts::badge(Tone::Good, &t("task-done"))) " " (p.date(day))
                    @if let Some(outcome) = &task.outcome { br; bdi { (outcome) } }
                } @else if may_change {
                    (way_on(p, task.id, task.case_id, task.kind))
                } @else { (t("task-open")) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = tasks.iter().map(row).collect();
    parts::table(&t("tasks-title"), &columns, &rows, &t("tasks-empty"))
}

/// The one act of an open task.
pub(crate) fn way_on(p: &Page, id: TaskId, case: CaseId, kind: TaskKind) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    match kind {
        TaskKind::FollowUp => {
            html! { a href={ "/cases/" (case) "/follow-up/" (id) } { (t("task-visit")) } }
        }
        TaskKind::Added => html! { a href={ "/tasks/" (id) } { (t("task-finish")) } },
    }
}

async fn add(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    case_of(&ask, id).await?;
    let task = TaskId::new(form.key()?);
    let mut read = form.read(&ask.page);
    let words = read.text("task_words", LENGTH);
    let on = bounds::day_ahead(&mut read, &ask.page, "task_on");
    let new = |(words, on): (String, Date)| AddTask {
        task: NewTask::new(&ask.city.keys, task, id, &words, on, "case", None),
    };
    let command = words.zip(on).map(new).ok_or(read.errors);
    settle(&ask, id, &form, command, "task-added").await
}

async fn show(ask: Ask, Path(id): Path<TaskId>) -> Outcome {
    let view = view(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "task-finish"), view)
}

async fn view(ask: &Ask, id: TaskId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let task = super::get(&mut conn, id).await?;
    let head = crate::cases::head(ask, &mut conn, task.case_id).await?;
    drop(conn);
    ask.seen(
        "case",
        Some(head.case.id.get()),
        vec![head.case.person_id.get()],
    )
    .await?;
    let p = &ask.page;
    let told = told(p, head.keys(&ask.city.keys), vec![task])?;
    let fields = Fields { p, form, errors };
    Ok(html! {
        (parts::back_link(&format!("/cases/{}", head.case.id), &head.name))
        h1 { (p.t(&WORDS, "task-finish")) }
        (parts::error_summary(p, errors))
        @for task in &told {
            p { bdi { (task.words) } " · " (p.date(task.due_on)) }
            @if task.done_on.is_some() { (table(p, &told, false)) } @else {
                (parts::form(p, &format!("/tasks/{id}/done"), html! {
                    (fields.text("outcome", Kind::Area, false))
                    (parts::primary_button(&p.t(&WORDS, "task-is-done")))
                }))
            }
        }
    })
}

async fn finish(ask: Ask, Path(id): Path<TaskId>, form: Form) -> Outcome {
    let task = super::get(&mut ask.read().await?, id).await?;
    case_of(&ask, task.case_id).await?;
    let mut read = form.read(&ask.page);
    let outcome = read.note("outcome", LENGTH);
    let mut errors = read.errors;
    if let Some(outcome) = outcome {
        let command = FinishTask::new(&ask.city.keys, id, &outcome);
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "task-finished");
            return ask.see_with(format!("/cases/{}", task.case_id), &done);
        }
    }
    let view = view(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "task-finish"), view)
}
