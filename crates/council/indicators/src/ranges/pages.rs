use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::Markup;
use web::{Form, FormErrors, Outcome};

use super::{SetRange, views};
use crate::{FIGURE_PUBLISH, WORDS, figures};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&FIGURE_PUBLISH);
    Routes::new()
        .get("/figures/{code}/range", need, show)
        .post("/figures/{code}/range", need, set)
}

async fn page(ask: &Ask, code: &str, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let definition = figures::definition(&mut conn, code).await?;
    let range = super::of_figure(&mut conn, code).await?;
    Ok(views::form(
        &ask.page,
        &definition,
        range.as_ref(),
        form,
        errors,
    ))
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let view = page(&ask, &code, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "range-title"), view)
}

async fn set(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let mut bound = |name: &str| match form.raw(name).trim().is_empty() {
        true => None,
        false => read.number(name, 0, i64::MAX),
    };
    let (least, most) = (bound("least"), bound("most"));
    let reason = read.text("reason", 300);
    let mut errors = read.errors;
    if let (Some(reason), true) = (reason, errors.is_empty()) {
        let command = SetRange {
            id: form.key()?,
            code: code.clone(),
            least,
            most,
            reason,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(format!("/figures/{code}"), &ask.page.t(&WORDS, "range-set"));
        }
    }
    let view = page(&ask, &code, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "range-title"), view)
}
