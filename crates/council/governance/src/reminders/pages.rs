use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Conn;
use web::{Form, FormErrors, Outcome};

use super::{AnswerReminder, FileReminder, Reminder, ReminderId, views};
use crate::committees::{self, CommitteeId};
use crate::forms::{Lists, Typed};
use crate::permissions::{COMMITTEE_READ, REMINDER_ANSWER, REMINDER_FILE};
use crate::{WORDS, resolutions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/reminders", Need::May(&COMMITTEE_READ), list)
        .get("/reminders/{id}", Need::May(&COMMITTEE_READ), show)
        .post(
            "/reminders/{id}/answer",
            Need::May(&REMINDER_ANSWER),
            answer,
        )
        .get(
            "/committees/{id}/reminders/new",
            Need::May(&REMINDER_FILE),
            new,
        )
        .post(
            "/committees/{id}/reminders",
            Need::May(&REMINDER_FILE),
            file,
        )
}

async fn list(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let mut tables = Vec::new();
    for committee in committees::list(&mut conn, &ask.viewer, ask.now().date()).await? {
        let reminders = super::list(&mut conn, committee.id).await?;
        tables.push((committee, reminders));
    }
    let may_file = REMINDER_FILE.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "reminders-title"),
        views::list(&ask.page, &tables, may_file),
    )
}

/// The reminder, unless its committee is not the viewer's to know about.
pub(super) async fn visible(conn: &mut Conn, ask: &Ask, id: ReminderId) -> Outcome<Reminder> {
    let reminder = super::get(conn, id).await?;
    committees::check(conn, &ask.viewer, reminder.committee_id, ask.now().date()).await?;
    Ok(reminder)
}

async fn show(ask: Ask, Path(id): Path<ReminderId>) -> Outcome {
    let reminder = visible(&mut ask.read().await?, &ask, id).await?;
    let may_answer = REMINDER_ANSWER.is_held_by(&ask.viewer);
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    ask.html(
        &ask.page.t(&WORDS, "reminder"),
        views::show(&ask.page, &reminder, may_answer, typed),
    )
}

async fn answer(ask: Ask, Path(id): Path<ReminderId>, form: Form) -> Outcome {
    let reminder = visible(&mut ask.read().await?, &ask, id).await?;
    let mut read = form.read(&ask.page);
    let answer = read.text("answer", 2_000);
    let mut errors = read.errors;
    if let Some(answer) = answer
        && ask
            .refused(
                ask.post(&form, AnswerReminder { id, answer }).await,
                &mut errors,
            )?
            .is_some()
    {
        return ask.see_with(format!("/reminders/{id}"), &ask.page.t(&WORDS, "saved"));
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    ask.again(
        &ask.page.t(&WORDS, "reminder"),
        views::show(&ask.page, &reminder, true, typed),
    )
}

async fn form_page(ask: &Ask, id: CommitteeId, typed: Typed<'_>, is_again: bool) -> Outcome {
    let mut conn = ask.read().await?;
    let committee = committees::check(&mut conn, &ask.viewer, id, ask.now().date()).await?;
    let lists = Lists::read(&mut conn, ask).await?;
    let resolutions = resolutions::list(&mut conn, id).await?;
    let view = views::form(&ask.page, &committee, &lists, &resolutions, typed);
    let title = ask.page.t(&WORDS, "reminder-new");
    if is_again {
        ask.again(&title, view)
    } else {
        ask.html(&title, view)
    }
}

async fn new(ask: Ask, Path(id): Path<CommitteeId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    form_page(&ask, id, typed, false).await
}

async fn file(ask: Ask, Path(committee_id): Path<CommitteeId>, form: Form) -> Outcome {
    committees::check(
        &mut ask.read().await?,
        &ask.viewer,
        committee_id,
        ask.now().date(),
    )
    .await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.text("wording", 2_000),
        read.optional_choice("article_id"),
        read.optional_choice("resolution_id"),
    );
    let mut errors = read.errors;
    if let (Some(wording), Some(article_id), Some(resolution_id)) = fields {
        let command = FileReminder {
            id: ReminderId::new(form.key()?),
            committee_id,
            article_id,
            resolution_id,
            wording,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/reminders/{id}"), &ask.page.t(&WORDS, "saved"));
        }
    }
    form_page(
        &ask,
        committee_id,
        Typed {
            form: &form,
            errors: &errors,
        },
        true,
    )
    .await
}
