use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use indicators::FIGURE_LIST;
use maud::Markup;
use serde::Deserialize;
use web::{Form, FormErrors, Outcome};

use super::{CaseDecisionId, DecideCase, Opening, Opens, RetryDecision, queries, views};
use crate::WORDS;
use crate::forms::Typed;
use crate::meetings::{self, MeetingState};
use crate::permissions::MEETING_KEEP;
use crate::resolutions::{Resolution, ResolutionId, pages::visible};

pub(crate) fn routes() -> Routes {
    let keep = || Need::May(&MEETING_KEEP);
    Routes::new()
        .get("/resolutions/{id}/case", keep(), new)
        .post("/resolutions/{id}/case", keep(), decide)
        .post("/case-decisions/{id}/retry", keep(), retry)
}

/// What a resolution decides about a case, with the name of the service it asks for.
pub(crate) async fn shown(
    conn: &mut Conn,
    ask: &Ask,
    resolution: &Resolution,
) -> Outcome<views::Shown> {
    let decision =
        super::of_resolution(conn, resolution.id, FIGURE_LIST.is_held_by(&ask.viewer)).await?;
    let service = match decision.as_ref().and_then(|one| one.service_id) {
        Some(id) => organizations::services::get(conn, id)
            .await?
            .name(ask.lang())
            .to_owned(),
        None => String::new(),
    };
    let meeting = meetings::get(conn, resolution.meeting_id).await?;
    let may_keep = MEETING_KEEP.is_held_by(&ask.viewer);
    Ok(views::Shown {
        may_decide: may_keep && decision.is_none() && meeting.state == MeetingState::Held,
        may_retry: may_keep,
        is_frozen: meeting.state == MeetingState::Closed,
        decision,
        service,
    })
}

async fn form_page(
    ask: &Ask,
    id: ResolutionId,
    opens: Option<Opening>,
    typed: Typed<'_>,
) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let resolution = visible(&mut conn, ask, id).await?;
    let services = organizations::services::list_of(&mut conn, resolution.organization_id).await?;
    let lines = queries::budget_lines(&mut conn).await?;
    Ok(views::form(
        &ask.page,
        &resolution,
        &services,
        &lines,
        opens,
        typed,
    ))
}

#[derive(Deserialize)]
struct Chosen {
    opens: Option<Opening>,
}

async fn new(ask: Ask, Path(id): Path<ResolutionId>, Query(chosen): Query<Chosen>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = form_page(&ask, id, chosen.opens, typed).await?;
    ask.html(&ask.page.t(&WORDS, "decision-new"), view)
}

async fn decide(ask: Ask, Path(resolution_id): Path<ResolutionId>, form: Form) -> Outcome {
    visible(&mut ask.read().await?, &ask, resolution_id).await?;
    let mut read = form.read(&ask.page);
    let case_code = read.text("case_code", 20);
    let opening = read.choice::<Opening>("opens");
    let opens = match opening {
        Some(Opening::PackageLine) => {
            let what = (
                read.choice("budget_line_id"),
                read.choice("aid"),
                read.text("name", 200),
            );
            let cost = (read.number("quantity", 1, 10_000), read.toman("unit_cost"));
            match (what, cost) {
                (
                    (Some(budget_line_id), Some(aid), Some(name)),
                    (Some(quantity), Some(unit_cost)),
                ) => Some(Opens::PackageLine {
                    budget_line_id,
                    aid,
                    name,
                    quantity,
                    unit_cost: unit_cost.get(),
                }),
                _ => None,
            }
        }
        _ => read
            .choice("service_id")
            .map(|service_id| Opens::Leg { service_id }),
    };
    let mut errors = read.errors;
    if let (Some(case_code), Some(opens)) = (case_code, opens) {
        let command = DecideCase {
            id: CaseDecisionId::new(form.key()?),
            resolution_id,
            case_code,
            opens,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            let place = format!("/resolutions/{resolution_id}");
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = form_page(&ask, resolution_id, opening, typed).await?;
    ask.again(&ask.page.t(&WORDS, "decision-new"), view)
}

/// The resolution of a decision whose committee the viewer may know about.
pub(super) async fn known(ask: &Ask, id: CaseDecisionId) -> Outcome<ResolutionId> {
    let mut conn = ask.read().await?;
    let decision = queries::get(&mut conn, id).await?;
    visible(&mut conn, ask, decision.resolution_id).await?;
    Ok(decision.resolution_id)
}

async fn retry(ask: Ask, Path(id): Path<CaseDecisionId>, form: Form) -> Outcome {
    let resolution = known(&ask, id).await?;
    ask.post(&form, RetryDecision { id }).await?;
    let place = format!("/resolutions/{resolution}");
    ask.see_with(place, &ask.page.t(&WORDS, "saved"))
}
