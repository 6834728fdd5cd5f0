use access::{Ask, Need, Routes};
use axum::extract::Path;
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use super::{CorrectValue, PublishValues, queries};
use crate::figures::views;
use crate::{FIGURE_PUBLISH, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/figures/publish", Need::May(&FIGURE_PUBLISH), publish)
        .get(
            "/figures/values/{id}/correct",
            Need::May(&FIGURE_PUBLISH),
            new,
        )
        .post(
            "/figures/values/{id}/correct",
            Need::May(&FIGURE_PUBLISH),
            correct,
        )
}

async fn publish(ask: Ask, _form: Form) -> Outcome {
    let as_of = ask.now().date();
    // Counted by a reader: writers wait for nobody's arithmetic. A day is published once anyway.
    let values = super::count(&mut ask.read().await?, as_of).await?;
    let added = ask.write(PublishValues { as_of, values }).await?;
    ask.see_with(
        "/figures",
        &ask.page
            .tr(&WORDS, "figures-published", &[("count", added.into())]),
    )
}

async fn new(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    queries::must_be_there(&mut ask.read().await?, id).await?;
    let view = views::correct(&ask.page, id, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "correct-title"), view)
}

async fn correct(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    queries::must_be_there(&mut ask.read().await?, id).await?;
    let mut read = form.read(&ask.page);
    let amount = read.number("amount", i64::MIN / 2, i64::MAX / 2);
    let reason = read.text("reason", 500);
    let mut errors = read.errors;
    if let (Some(amount), Some(reason)) = (amount, reason) {
        let command = CorrectValue {
            id: form.key()?,
            corrects_id: id,
            amount,
            reason,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/figures", &ask.page.t(&WORDS, "correct-done"));
        }
    }
    ask.again(
        &ask.page.t(&WORDS, "correct-title"),
        views::correct(&ask.page, id, &form, &errors),
    )
}
