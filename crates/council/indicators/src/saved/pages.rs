use access::{Ask, Need, Role, Routes};
use axum::extract::{Path, Query};
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use super::{KeepView, LetViewGo, views};
use crate::figures::{self, Breakdown, By};
use crate::{FIGURE_PUBLISH, FIGURE_READ, WORDS};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&FIGURE_READ);
    Routes::new()
        .get("/figures/{code}/keep", need, new)
        .post("/figures/{code}/keep", need, keep)
        .post("/figures/views/{id}/let-go", need, let_go)
}

async fn page(
    ask: &Ask,
    code: &str,
    by: Breakdown,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let definition = figures::definition(&mut ask.read().await?, code).await?;
    let may_share = FIGURE_PUBLISH.is_held_by(&ask.viewer);
    Ok(views::form(
        &ask.page,
        &definition,
        by,
        may_share,
        form,
        errors,
    ))
}

async fn new(ask: Ask, Path(code): Path<String>, Query(by): Query<By>) -> Outcome {
    let by = by.of(&code)?;
    let view = page(&ask, &code, by, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "saved-title"), view)
}

async fn keep(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let name = read.text("name", 60);
    let breakdown = read.choice::<Breakdown>("breakdown");
    let role = read.optional_choice::<Role>("role").flatten();
    let mut errors = read.errors;
    if let (Some(name), Some(breakdown), true) = (name, breakdown, errors.is_empty()) {
        let command = KeepView {
            id: form.key()?,
            name,
            code: code.clone(),
            breakdown,
            role,
        };
        if !command.is_open_to(&ask.viewer) {
            return Err(db::Error::NotFound.into());
        }
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/figures", &ask.page.t(&WORDS, "saved-kept"));
        }
    }
    let by = breakdown.unwrap_or(Breakdown::Region);
    let view = page(&ask, &code, by, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "saved-title"), view)
}

async fn let_go(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    ask.post(&form, LetViewGo { id }).await?;
    ask.see_with("/figures", &ask.page.t(&WORDS, "saved-gone"))
}
