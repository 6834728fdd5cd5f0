use access::{Ask, Need, Role, Routes};
use axum::extract::Path;
use maud::Markup;
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use super::{EndSchedule, Period, ScheduleReport, queries, views};
use crate::{FIGURE_PUBLISH, FIGURE_READ, WORDS, figures};

pub(crate) fn routes() -> Routes {
    let publish = Need::May(&FIGURE_PUBLISH);
    Routes::new()
        .get("/reports", Need::May(&FIGURE_READ), index)
        .get("/reports/new", publish, new)
        .post("/reports", publish, create)
        .post("/reports/schedules/{id}/end", publish, end)
        .get("/reports/{id}", Need::May(&FIGURE_READ), show)
}

/// Reports of a schedule that are listed.
pub(super) const SHOWN: i64 = 24;

async fn index(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let mut all = Vec::new();
    for schedule in queries::schedules_for(&mut conn, &ask.viewer).await? {
        let heads = queries::heads(&mut conn, schedule.id, SHOWN).await?;
        all.push((schedule, heads));
    }
    let may_publish = FIGURE_PUBLISH.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "reports-title"),
        views::index(&ask.page, &all, may_publish),
    )
}

async fn page(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let all = figures::definitions(&mut ask.read().await?).await?;
    Ok(views::form(&ask.page, &all, form, errors))
}

async fn new(ask: Ask) -> Outcome {
    let view = page(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "reports-new"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let name = read.text("name", 80);
    let period = read.choice::<Period>("period");
    let role = read.choice::<Role>("role");
    let mut errors = read.errors;
    if let (Some(name), Some(period), Some(role)) = (name, period, role) {
        let command = ScheduleReport {
            id: form.key()?,
            name,
            period,
            role,
            codes: form.all("codes").to_vec(),
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/reports", &ask.page.t(&WORDS, "reports-scheduled"));
        }
    }
    let view = page(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "reports-new"), view)
}

async fn end(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    ask.post(&form, EndSchedule { id }).await?;
    ask.see_with("/reports", &ask.page.t(&WORDS, "reports-ended"))
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let report = queries::find(&mut ask.read().await?, id, &ask.viewer).await?;
    ask.html(&report.schedule.name, views::show(&ask.page, &report))
}
