//! Forms of the plan: a programme, and the milestones and commitments of an action.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use web::parts::{self, Kind};
use web::{Form, FormErrors, Outcome, Page};

use super::{
    ActionId, ActionRecord, AddCommitment, AddMilestone, CommitmentId, CreateProgramme,
    MilestoneId, ProgrammeId,
};
use crate::WORDS;
use crate::articles::{self, Ordinance, OrdinanceId};
use crate::forms::{Lists, Typed};
use crate::permissions::ORDINANCE_KEEP;

pub(crate) fn routes() -> Routes {
    let keep = || Need::May(&ORDINANCE_KEEP);
    Routes::new()
        .get("/ordinances/{id}/programmes/new", keep(), new_programme)
        .post("/ordinances/{id}/programmes", keep(), programme)
        .get("/actions/{id}/milestones/new", keep(), new_milestone)
        .post("/actions/{id}/milestones", keep(), milestone)
        .get("/actions/{id}/commitments/new", keep(), new_commitment)
        .post("/actions/{id}/commitments", keep(), commitment)
}

/// Shows a form, for the first time or with what is wrong with it.
fn form_page(ask: &Ask, key: &str, view: Markup, is_again: bool) -> Outcome {
    let title = ask.page.t(&WORDS, key);
    if is_again {
        ask.again(&title, view)
    } else {
        ask.html(&title, view)
    }
}

async fn new_programme(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome {
    programme_page(&ask, id, &Form::default(), &FormErrors::default(), false).await
}

async fn programme_page(
    ask: &Ask,
    id: OrdinanceId,
    form: &Form,
    errors: &FormErrors,
    is_again: bool,
) -> Outcome {
    let ordinance = articles::get_ordinance(&mut ask.read().await?, id).await?;
    let view = programme_view(&ask.page, &ordinance, Typed { form, errors });
    form_page(ask, "programme-new", view, is_again)
}

fn programme_view(p: &Page, ordinance: &Ordinance, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/ordinances", &t("ordinances-title")))
        h1 { (t("programme-new")) }
        p { (ordinance.title(p.lang)) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/ordinances/{}/programmes", ordinance.id), html! {
            (typed.field(p, "code", "programme-code", Kind::Code, true))
            (typed.field(p, "name_fa", "name-fa", Kind::Text, true))
            (typed.field(p, "name_en", "name-en", Kind::Text, true))
            (typed.day(p, "starts_on", "starts"))
            (typed.day(p, "ends_on", "ends"))
            (parts::primary_button(&t("save")))
        }))
    }
}

async fn programme(ask: Ask, Path(ordinance_id): Path<OrdinanceId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let names = (
        read.text("code", 40),
        read.text("name_fa", 200),
        read.text("name_en", 200),
    );
    let days = (read.date("starts_on"), read.date("ends_on"));
    let mut errors = read.errors;
    if let ((Some(code), Some(name_fa), Some(name_en)), (Some(starts_on), Some(ends_on))) =
        (names, days)
    {
        let command = CreateProgramme {
            id: ProgrammeId::new(form.key()?),
            ordinance_id,
            code,
            name_fa,
            name_en,
            starts_on,
            ends_on,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with("/ordinances", &ask.page.t(&WORDS, "saved"));
        }
    }
    programme_page(&ask, ordinance_id, &form, &errors, true).await
}

async fn new_milestone(ask: Ask, Path(id): Path<ActionId>) -> Outcome {
    milestone_page(&ask, id, &Form::default(), &FormErrors::default(), false).await
}

async fn milestone_page(
    ask: &Ask,
    id: ActionId,
    form: &Form,
    errors: &FormErrors,
    is_again: bool,
) -> Outcome {
    let mut conn = ask.read().await?;
    let action = super::record(&mut conn, id).await?;
    let figures = indicators::definitions(&mut conn).await?;
    drop(conn);
    let figures = figures
        .iter()
        .map(|one| (one.code.clone(), one.name(ask.lang()).to_owned()))
        .collect();
    let typed = Typed { form, errors };
    let (p, fields) = (&ask.page, |p: &Page| {
        html! {
            (typed.day(p, "due_on", "due"))
            (typed.select(p, "figure", "milestone-figure", figures, false))
            (typed.field(p, "target", "milestone-target", Kind::Numeric, false))
        }
    });
    let view = part_view(
        p,
        &action,
        ("milestones", "milestone-new"),
        fields(p),
        typed,
    );
    form_page(ask, "milestone-new", view, is_again)
}

/// A form for a part of an action: its names, then what is its own.
fn part_view(
    p: &Page,
    action: &ActionRecord,
    (place, title): (&str, &str),
    own: Markup,
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link(&format!("/articles/{}", action.article_id), action.name(p.lang)))
        h1 { (t(title)) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/actions/{}/{place}", action.id), html! {
            (typed.field(p, "name_fa", "name-fa", Kind::Text, true))
            (typed.field(p, "name_en", "name-en", Kind::Text, true))
            (own)
            (parts::primary_button(&t("save")))
        }))
    }
}

async fn milestone(ask: Ask, Path(action_id): Path<ActionId>, form: Form) -> Outcome {
    let place = super::record(&mut ask.read().await?, action_id).await?;
    let mut read = form.read(&ask.page);
    let names = (read.text("name_fa", 200), read.text("name_en", 200));
    let due_on = read.date("due_on");
    let code = read.optional_text("figure", 60);
    let figure = match (
        code.filter(|code| !code.is_empty()),
        read.is_empty("target"),
    ) {
        (None, true) => Some(None),
        (Some(code), false) => read
            .number("target", 0, 1_000_000_000_000_000)
            .map(|target| Some((code, target))),
        _ => read.wrong("target", ask.page.t(&WORDS, "reason-milestone-figure")),
    };
    let mut errors = read.errors;
    if let ((Some(name_fa), Some(name_en)), Some(due_on), Some(figure)) = (names, due_on, figure) {
        let command = AddMilestone {
            id: MilestoneId::new(form.key()?),
            action_id,
            name_fa,
            name_en,
            due_on,
            figure,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            let place = format!("/articles/{}", place.article_id);
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    milestone_page(&ask, action_id, &form, &errors, true).await
}

async fn new_commitment(ask: Ask, Path(id): Path<ActionId>) -> Outcome {
    commitment_page(&ask, id, &Form::default(), &FormErrors::default(), false).await
}

async fn commitment_page(
    ask: &Ask,
    id: ActionId,
    form: &Form,
    errors: &FormErrors,
    is_again: bool,
) -> Outcome {
    let mut conn = ask.read().await?;
    let action = super::record(&mut conn, id).await?;
    let lists = Lists::read(&mut conn, ask).await?;
    drop(conn);
    let typed = Typed { form, errors };
    let p = &ask.page;
    let own = html! {
        (typed.select(p, "organization_id", "partner", lists.bodies(), true))
        (typed.field(p, "quantity", "commitment-quantity", Kind::Numeric, true))
        (typed.field(p, "unit_fa", "unit-fa", Kind::Text, true))
        (typed.field(p, "unit_en", "unit-en", Kind::Text, true))
        (typed.day(p, "due_on", "due"))
    };
    let view = part_view(p, &action, ("commitments", "commitment-new"), own, typed);
    form_page(ask, "commitment-new", view, is_again)
}

async fn commitment(ask: Ask, Path(action_id): Path<ActionId>, form: Form) -> Outcome {
    let place = super::record(&mut ask.read().await?, action_id).await?;
    let mut read = form.read(&ask.page);
    let names = (read.text("name_fa", 200), read.text("name_en", 200));
    let units = (read.text("unit_fa", 60), read.text("unit_en", 60));
    let promise = (
        read.choice("organization_id"),
        read.number("quantity", 1, 1_000_000_000),
        read.date("due_on"),
    );
    let mut errors = read.errors;
    if let (
        (Some(name_fa), Some(name_en)),
        (Some(unit_fa), Some(unit_en)),
        (Some(organization_id), Some(quantity), Some(due_on)),
    ) = (names, units, promise)
    {
        let command = AddCommitment {
            id: CommitmentId::new(form.key()?),
            action_id,
            organization_id,
            name_fa,
            name_en,
            quantity,
            unit_fa,
            unit_en,
            due_on,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            let place = format!("/articles/{}", place.article_id);
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    commitment_page(&ask, action_id, &form, &errors, true).await
}
