use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::Markup;
use persian::Jalali;
use web::{Form, FormErrors, Outcome};

use super::{SetTarget, views};
use crate::{FIGURE_PUBLISH, WORDS, figures};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&FIGURE_PUBLISH);
    Routes::new()
        .get("/figures/{code}/target", need, show)
        .post("/figures/{code}/target", need, set)
}

fn this_year(ask: &Ask) -> i64 {
    i64::from(Jalali::from(ask.now().date()).year)
}

async fn page(ask: &Ask, code: &str, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let definition = figures::definition(&mut conn, code).await?;
    let target = super::of_figure(&mut conn, code, this_year(ask)).await?;
    Ok(views::form(
        &ask.page,
        &definition,
        target.as_ref(),
        form,
        errors,
    ))
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let view = page(&ask, &code, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "target-title"), view)
}

async fn set(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let year = read.number("year", 1390, 1500);
    let amount = match form.raw("amount").trim().is_empty() {
        true => None,
        false => read.number("amount", 1, i64::MAX),
    };
    let reason = read.text("reason", 300);
    let mut errors = read.errors;
    if let (Some(year), Some(reason), true) = (year, reason, errors.is_empty()) {
        let command = SetTarget {
            id: form.key()?,
            code: code.clone(),
            year,
            amount,
            reason,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/figures/{code}"),
                &ask.page.t(&WORDS, "target-set"),
            );
        }
    }
    let view = page(&ask, &code, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "target-title"), view)
}
