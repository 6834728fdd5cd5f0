//! The page of a launch: its steps, and the next one.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use web::parts::{self, Kind, Tone};
use web::{Form, FormErrors, Outcome};

use super::detail_pages::done;
use super::{LaunchId, ReachStep, detail_views as views, launches};
use crate::WORDS;
use crate::forms::Typed;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};
use crate::wording::by_lang;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/launches/{id}", Need::May(&ORDINANCE_READ), show_launch)
        .post("/launches/{id}/steps", Need::May(&ORDINANCE_KEEP), reach)
}

// words: launch-step-*
async fn launch_page(ask: &Ask, id: LaunchId, typed: Typed<'_>) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let one = launches::get(&mut conn, id).await?;
    let action = super::record(&mut conn, one.action_id).await?;
    let reached = launches::steps(&mut conn, id).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    Ok(html! {
        (parts::back_link(&format!("/articles/{}", action.article_id), action.name(p.lang)))
        h1 { (views::launch_name(p, &one)) }
        (parts::error_summary(p, typed.errors))
        p { (parts::badge(if one.is_late(p.now.date()) { Tone::Bad } else { Tone::Active }, &views::standing(p, &one))) }
        (parts::facts(&[
            (t("responsible-body"), html! { bdi { (by_lang(p.lang, &one.body_fa, &one.body_en)) } }),
            (t("launch-planned"), p.date(one.planned_on)),
        ]))
        h2 { (t("launch-steps")) }
        ol { @for step in &reached { li {
            (t(&format!("launch-step-{}", step.step))) " · " (p.date(step.reached_on))
            @if !step.note.is_empty() { " · " (step.note) }
        } } }
        @if let Some(next) = one.next().filter(|_| ORDINANCE_KEEP.is_held_by(&ask.viewer)) {
            h2 { (p.tr(&WORDS, "launch-next", &[("step", t(&format!("launch-step-{next}")).into())])) }
            (parts::form(p, &format!("/launches/{id}/steps"), html! {
                (parts::hidden("step", next.as_str()))
                (typed.day(p, "reached_on", "launch-reached"))
                (typed.field(p, "note", "launch-note", Kind::Text, false))
                (parts::primary_button(&t("save")))
            }))
        }
    })
}

async fn show_launch(ask: Ask, Path(id): Path<LaunchId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = launch_page(&ask, id, typed).await?;
    ask.html(&ask.page.t(&WORDS, "launch"), view)
}

async fn reach(ask: Ask, Path(launch_id): Path<LaunchId>, form: Form) -> Outcome {
    launches::get(&mut ask.read().await?, launch_id).await?;
    let mut read = form.read(&ask.page);
    let fields = read
        .choice("step")
        .zip(read.date("reached_on"))
        .zip(read.optional_text("note", 500));
    let mut errors = read.errors;
    let command = fields.map(|((step, reached_on), note)| ReachStep {
        launch_id,
        step,
        reached_on,
        note,
    });
    if done(&ask, &form, command, &mut errors).await? {
        return ask.see_with(
            format!("/launches/{launch_id}"),
            &ask.page.t(&WORDS, "saved"),
        );
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = launch_page(&ask, launch_id, typed).await?;
    ask.again(&ask.page.t(&WORDS, "launch"), view)
}
