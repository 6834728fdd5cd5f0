//! The page of a space: its uses, and the way to record one.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use web::parts::{self, Column, Kind, Tone};
use web::{Form, FormErrors, Outcome};

use super::detail_pages::done;
use super::{SpaceId, UseSpace, detail_views as views, spaces};
use crate::WORDS;
use crate::forms::Typed;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};
use crate::wording::by_lang;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/spaces/{id}", Need::May(&ORDINANCE_READ), show_space)
        .post("/spaces/{id}/uses", Need::May(&ORDINANCE_KEEP), use_it)
}

async fn space_page(ask: &Ask, id: SpaceId, typed: Typed<'_>) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let one = spaces::get(&mut conn, id).await?;
    let action = super::record(&mut conn, one.action_id).await?;
    let uses = spaces::uses(&mut conn, id).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("space-period")),
        Column::figures(t("space-quantity")),
        Column::text(t("space-note")),
    ];
    let rows: Vec<Vec<Markup>> = uses
        .iter()
        .map(|one| vec![
            html! { (p.date(one.used_from)) " – " (p.date(one.used_until)) },
            html! { (p.number(one.quantity)) @if one.is_over { " " (parts::badge(Tone::Bad, &t("space-over"))) } },
            html! { (one.note) },
        ])
        .collect();
    Ok(html! {
        (parts::back_link(&format!("/articles/{}", action.article_id), action.name(p.lang)))
        h1 { (views::space_name(p, &one)) }
        (parts::error_summary(p, typed.errors))
        (parts::facts(&[
            (t("space-body"), html! { bdi { (by_lang(p.lang, &one.body_fa, &one.body_en)) } }),
            (t("space-period"), html! { (p.date(one.given_from)) " – " (p.date(one.given_until)) }),
            (t("space-use"), html! { (views::space_used(p, &one)) }),
        ]))
        (parts::table(&t("space-uses"), &columns, &rows, &t("space-uses-empty")))
        @if ORDINANCE_KEEP.is_held_by(&ask.viewer) {
            h2 { (t("space-use-new")) }
            (parts::form(p, &format!("/spaces/{id}/uses"), html! {
                (typed.field(p, "quantity", "space-quantity", Kind::Numeric, true))
                (typed.day(p, "used_from", "starts"))
                (typed.day(p, "used_until", "ends"))
                (typed.field(p, "note", "space-note", Kind::Text, false))
                // The warning comes first; whoever knows it keeps the use all the same.
                @if typed.errors.get("quantity").is_some() {
                    (parts::tick(p, "is_over_known", &t("space-over-known"), false, None))
                }
                (parts::primary_button(&t("save")))
            }))
        }
    })
}

async fn show_space(ask: Ask, Path(id): Path<SpaceId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = space_page(&ask, id, typed).await?;
    ask.html(&ask.page.t(&WORDS, "space"), view)
}

async fn use_it(ask: Ask, Path(space_id): Path<SpaceId>, form: Form) -> Outcome {
    spaces::get(&mut ask.read().await?, space_id).await?;
    let mut read = form.read(&ask.page);
    let fields = read
        .number("quantity", 1, 1_000_000_000)
        .zip(read.date("used_from").zip(read.date("used_until")))
        .zip(read.optional_text("note", 500));
    let is_over_known = read.ticked("is_over_known");
    let id = form.key()?;
    let mut errors = read.errors;
    let command = fields.map(|((quantity, (used_from, used_until)), note)| UseSpace {
        id,
        space_id,
        quantity,
        used_from,
        used_until,
        note,
        is_over_known,
    });
    if done(&ask, &form, command, &mut errors).await? {
        return ask.see_with(format!("/spaces/{space_id}"), &ask.page.t(&WORDS, "saved"));
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = space_page(&ask, space_id, typed).await?;
    ask.again(&ask.page.t(&WORDS, "space"), view)
}
