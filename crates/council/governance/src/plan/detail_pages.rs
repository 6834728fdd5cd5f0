//! Forms for what else belongs to an action.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Write;
use maud::{Markup, html};
use serde::Deserialize;
use web::parts::{self, Kind};
use web::{Form, FormErrors, Outcome, Read};

use super::{
    ActionId, ActionRecord, AddNeed, BeginLaunch, GiveSpace, LaunchId, LaunchKind, SetBudget,
    SetTarget, SpaceId, SpaceKind, queries,
};
use crate::WORDS;
use crate::forms::{Lists, Typed};
use crate::permissions::ORDINANCE_KEEP;

pub(crate) fn routes() -> Routes {
    let keep = || Need::May(&ORDINANCE_KEEP);
    Routes::new()
        .get("/actions/{id}/details", keep(), new)
        .post("/actions/{id}/details", keep(), add)
}

db::text_enum! {
    /// What may be added to an action.
    enum Detail {
        /// What it should come to in a year.
        Target = "target",
        /// What it may cost in a year.
        Budget = "budget",
        /// An action it waits for.
        Need = "need",
        /// A centre, shop or fair.
        Launch = "launch",
        /// Space that a body gives.
        Space = "space",
    }
}

#[derive(Deserialize)]
struct Chosen {
    add: Option<Detail>,
}

async fn new(ask: Ask, Path(id): Path<ActionId>, Query(chosen): Query<Chosen>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = page(&ask, id, chosen.add, typed).await?;
    ask.html(&ask.page.t(&WORDS, "details-new"), view)
}

// words: detail-* launch-kind-* space-kind-*
async fn page(ask: &Ask, id: ActionId, add: Option<Detail>, typed: Typed<'_>) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let action = super::record(&mut conn, id).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let lists = Lists::read(&mut conn, ask).await?;
    let fields = match add {
        None => html! {},
        Some(Detail::Target) => {
            let figures = indicators::definitions(&mut conn).await?;
            let figures = figures
                .iter()
                .map(|one| (one.code.clone(), one.name(ask.lang()).to_owned()))
                .collect();
            html! {
                (typed.field(p, "year", "year", Kind::Numeric, true))
                (typed.field(p, "quantity", "target", Kind::Numeric, true))
                (typed.field(p, "unit_fa", "unit-fa", Kind::Text, true))
                (typed.field(p, "unit_en", "unit-en", Kind::Text, true))
                (typed.select(p, "figure", "milestone-figure", figures, false))
            }
        }
        Some(Detail::Budget) => html! {
            (typed.field(p, "year", "year", Kind::Numeric, true))
            (typed.field(p, "line", "budget-line", Kind::Text, true))
            (parts::money_field(p, parts::Field {
                name: "amount", label: t("budget-amount"), value: typed.form.raw("amount"),
                error: typed.errors.get("amount"), required: true, ..parts::Field::default()
            }))
        },
        Some(Detail::Need) => {
            let others = queries::others(&mut conn, id).await?;
            let name = |one: &ActionRecord| {
                (
                    one.id.to_string(),
                    format!("{} · {}", one.code, one.name(p.lang)),
                )
            };
            html! { (typed.select(p, "needs_id", "action-needs", others.iter().map(name).collect(), true)) }
        }
        Some(Detail::Launch) => {
            let kinds = LaunchKind::ALL
                .iter()
                .map(|kind| (kind.to_string(), t(&format!("launch-kind-{kind}"))));
            html! {
                (typed.select(p, "kind", "launch-kind", kinds.collect(), true))
                (typed.field(p, "name_fa", "name-fa", Kind::Text, true))
                (typed.field(p, "name_en", "name-en", Kind::Text, true))
                (typed.select(p, "organization_id", "responsible-body", lists.bodies(), true))
                (typed.day(p, "planned_on", "launch-planned"))
            }
        }
        Some(Detail::Space) => {
            let kinds = SpaceKind::ALL
                .iter()
                .map(|kind| (kind.to_string(), t(&format!("space-kind-{kind}"))));
            html! {
                (typed.select(p, "kind", "space-kind", kinds.collect(), true))
                (typed.field(p, "name_fa", "name-fa", Kind::Text, true))
                (typed.field(p, "name_en", "name-en", Kind::Text, true))
                (typed.select(p, "organization_id", "space-body", lists.bodies(), true))
                (typed.field(p, "quantity", "commitment-quantity", Kind::Numeric, true))
                (typed.field(p, "unit_fa", "unit-fa", Kind::Text, true))
                (typed.field(p, "unit_en", "unit-en", Kind::Text, true))
                (typed.day(p, "given_from", "starts"))
                (typed.day(p, "given_until", "ends"))
            }
        }
    };
    let base = format!("/actions/{id}/details");
    Ok(html! {
        (parts::back_link(&format!("/articles/{}", action.article_id), action.name(p.lang)))
        h1 { (t("details-new")) }
        (parts::error_summary(p, typed.errors))
        @match add {
            None => (parts::buttons(html! { @for detail in Detail::ALL {
                (parts::secondary_link(&format!("{base}?add={detail}"), &t(&format!("detail-{detail}"))))
            } })),
            Some(detail) => {
                h2 { (t(&format!("detail-{detail}"))) }
                (parts::form(p, &base, html! {
                    (parts::hidden("add", detail.as_str()))
                    (fields)
                    (parts::primary_button(&t("save")))
                }))
            }
        }
    })
}

/// Runs a command of the page; true when it was done.
pub(super) async fn done<W: Write>(
    ask: &Ask,
    form: &Form,
    command: Option<W>,
    errors: &mut FormErrors,
) -> Outcome<bool> {
    match command {
        Some(command) if errors.is_empty() => {
            let done = ask.post(form, command).await;
            Ok(ask.refused(done, errors)?.is_some())
        }
        _ => Ok(false),
    }
}

fn names(read: &mut Read<'_>) -> Option<(String, String)> {
    read.text("name_fa", 200).zip(read.text("name_en", 200))
}

fn units(read: &mut Read<'_>) -> Option<(String, String)> {
    read.text("unit_fa", 60).zip(read.text("unit_en", 60))
}

async fn add(ask: Ask, Path(action_id): Path<ActionId>, form: Form) -> Outcome {
    let action = super::record(&mut ask.read().await?, action_id).await?;
    let mut read = form.read(&ask.page);
    let add = read.choice::<Detail>("add");
    let key = form.key()?;
    let most = 1_000_000_000;
    let is_done = match add {
        Some(Detail::Target) => {
            let (year, quantity) = (
                read.number("year", 1_380, 1_500),
                read.number("quantity", 1, most),
            );
            let (units, code) = (units(&mut read), read.optional_text("figure", 60));
            let mut errors = read.errors;
            let command = year.zip(quantity).zip(units.zip(code));
            let command = command.map(|((year, quantity), ((unit_fa, unit_en), code))| SetTarget {
                id: key,
                action_id,
                year,
                quantity,
                unit_fa,
                unit_en,
                indicator_code: Some(code).filter(|code| !code.is_empty()),
            });
            (done(&ask, &form, command, &mut errors).await?, errors)
        }
        Some(Detail::Budget) => {
            let year = read.number("year", 1_380, 1_500);
            let (line, amount) = (read.text("line", 120), read.toman("amount"));
            let mut errors = read.errors;
            let command = year.zip(line.zip(amount));
            let command = command.map(|(year, (line, amount))| SetBudget {
                id: key,
                action_id,
                year,
                line,
                amount,
            });
            (done(&ask, &form, command, &mut errors).await?, errors)
        }
        Some(Detail::Need) => {
            let needs = read.choice::<ActionId>("needs_id");
            let mut errors = read.errors;
            let command = needs.map(|needs_id| AddNeed {
                action_id,
                needs_id,
            });
            (done(&ask, &form, command, &mut errors).await?, errors)
        }
        Some(Detail::Launch) => {
            let (kind, body) = (read.choice("kind"), read.choice("organization_id"));
            let (names, planned) = (names(&mut read), read.date("planned_on"));
            let mut errors = read.errors;
            let command = kind.zip(body).zip(names.zip(planned));
            let command = command.map(
                |((kind, organization_id), ((name_fa, name_en), planned_on))| BeginLaunch {
                    id: LaunchId::new(key),
                    action_id,
                    organization_id,
                    kind,
                    name_fa,
                    name_en,
                    planned_on,
                },
            );
            (done(&ask, &form, command, &mut errors).await?, errors)
        }
        Some(Detail::Space) => {
            let (kind, body) = (read.choice("kind"), read.choice("organization_id"));
            let (names, units) = (names(&mut read), units(&mut read));
            let quantity = read.number("quantity", 1, most);
            let days = read.date("given_from").zip(read.date("given_until"));
            let mut errors = read.errors;
            let command = kind.zip(body).zip(names.zip(units)).zip(quantity.zip(days));
            let command = command.map(
                |(((kind, organization_id), (names, units)), (quantity, days))| GiveSpace {
                    id: SpaceId::new(key),
                    action_id,
                    organization_id,
                    kind,
                    name_fa: names.0,
                    name_en: names.1,
                    quantity,
                    unit_fa: units.0,
                    unit_en: units.1,
                    given_from: days.0,
                    given_until: days.1,
                },
            );
            (done(&ask, &form, command, &mut errors).await?, errors)
        }
        None => (false, read.errors),
    };
    let (is_done, errors) = is_done;
    if is_done {
        let place = format!("/articles/{}", action.article_id);
        return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = page(&ask, action_id, add, typed).await?;
    ask.again(&ask.page.t(&WORDS, "details-new"), view)
}
