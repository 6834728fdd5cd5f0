use access::emergencies::Emergency;
use access::{Ask, Need, Role, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use maud::Markup;
use organizations::OrganizationId;
use people::PersonId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::head::{Head, head};
use super::{
    CaseId, CaseState, Filter, HandOverCase, ReopenCase, ResumeCase, forms, list_events, queries,
    views,
};
use crate::{CASE_CHANGE, CASE_OPEN, CASE_READ, WORDS, days, shown, tasks};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/cases", Need::May(&CASE_READ), list)
        .post("/cases", Need::May(&CASE_OPEN), create)
        .get("/cases/new", Need::May(&CASE_OPEN), new)
        .get("/cases/{id}", Need::May(&CASE_READ), show)
        .post(
            "/cases/{id}/next-action",
            Need::May(&CASE_CHANGE),
            set_next_action,
        )
        .post("/cases/{id}/stage", Need::May(&CASE_CHANGE), move_stage)
        .post("/cases/{id}/hand-over", Need::May(&CASE_CHANGE), hand_over)
        .post("/cases/{id}/pause", Need::May(&CASE_CHANGE), pause)
        .post("/cases/{id}/resume", Need::May(&CASE_CHANGE), resume)
        .post("/cases/{id}/reopen", Need::May(&CASE_CHANGE), reopen)
}

#[derive(Deserialize, Default, JsonSchema)]
pub(super) struct ListQuery {
    #[serde(default)]
    pub stage: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub mine: String,
    pub cursor: Option<CaseId>,
}

impl ListQuery {
    /// Words that name nothing filter nothing.
    pub fn filter(&self, user: Option<Uuid>) -> Filter {
        Filter {
            stage: self.stage.parse().ok(),
            state: self.state.parse().ok(),
            owner: user.filter(|_| !self.mine.is_empty()),
            before: self.cursor,
        }
    }
}

async fn list(ask: Ask, Query(query): Query<ListQuery>) -> Outcome {
    let filter = query.filter(ask.viewer.user_id());
    let mut conn = ask.read().await?;
    let mut rows = queries::list(
        &mut conn,
        &ask.viewer,
        ask.now(),
        &filter,
        queries::PAGE + 1,
    )
    .await?;
    drop(conn);
    let has_more = rows.len() as i64 > queries::PAGE;
    rows.truncate(queries::PAGE as usize);
    let next = rows.last().filter(|_| has_more).map(|last| last.id);
    ask.seen(
        "case",
        None,
        rows.iter().map(|row| row.person_id.get()).collect(),
    )
    .await?;
    let view = views::list(&ask.page, &query, &rows, next);
    ask.html(&ask.page.t(&WORDS, "cases-title"), view)
}

#[derive(Deserialize)]
struct NewQuery {
    person: PersonId,
}

/// The person of a new case, and the body that would carry it. Whoever may not see the person
/// does not learn of her here.
async fn subject(
    ask: &Ask,
    conn: &mut Conn,
    person: PersonId,
) -> Outcome<(String, OrganizationId)> {
    let category = access::grants::Category::Operational;
    if !access::grants::may_see(conn, &ask.viewer, person.get(), category, ask.now()).await? {
        return Err(Failure::NotFound);
    }
    let body = ask
        .viewer
        .bodies_as(CASE_OPEN.roles)
        .first()
        .copied()
        .ok_or(Failure::Forbidden)?;
    Ok((people::name(conn, person).await?, OrganizationId::new(body)))
}

/// Those who carry cases in a body, by name.
pub(crate) async fn colleagues(
    ask: &Ask,
    conn: &mut Conn,
    body: OrganizationId,
) -> Outcome<Vec<(Uuid, String)>> {
    let today = ask.now().date();
    let mut all = Vec::new();
    for role in [Role::CaseWorker, Role::Supervisor] {
        for member in access::users::list_members(conn, body.get(), role, today).await? {
            if !all.contains(&member) {
                all.push(member);
            }
        }
    }
    Ok(all)
}

async fn new(ask: Ask, Query(query): Query<NewQuery>) -> Outcome {
    let mut conn = ask.read().await?;
    subject(&ask, &mut conn, query.person).await?;
    if let Some(case) = queries::find_for_person(&mut conn, query.person).await?
        && case.state != CaseState::Closed
        && case.lets(&ask.viewer, &CASE_READ)
    {
        return ask.see_with(
            format!("/cases/{}", case.id),
            &ask.page.t(&WORDS, "case-there"),
        );
    }
    let today = ask.now().date();
    let on = days::soon(&mut conn, today, 3).await?;
    let form = Form::prefilled([
        ("source", "visit".to_owned()),
        ("consent_years", "2".to_owned()),
        (
            "owner",
            ask.viewer.user_id().unwrap_or_default().to_string(),
        ),
        ("assess_on", shown::day_text(&ask.page, on)),
    ]);
    let view = new_view(&ask, &mut conn, query.person, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "case-new-title"), view)
}

async fn new_view(
    ask: &Ask,
    conn: &mut Conn,
    person: PersonId,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let (name, body) = subject(ask, conn, person).await?;
    let colleagues = colleagues(ask, conn, body).await?;
    let body = organizations::get(conn, body).await?;
    Ok(views::new(
        &ask.page,
        person,
        &name,
        body.name(ask.lang()),
        &colleagues,
        form,
        errors,
    ))
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let person: PersonId = form.raw("person").parse().map_err(|_| Failure::NotFound)?;
    let mut conn = ask.read().await?;
    let (_, body) = subject(&ask, &mut conn, person).await?;
    drop(conn);
    let errors = match forms::open(&ask, &form, person, body)? {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
                return ask.see_with(format!("/cases/{id}"), &ask.page.t(&WORDS, "case-opened"));
            }
            errors
        }
    };
    let view = new_view(&ask, &mut ask.read().await?, person, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "case-new-title"), view)
}

#[derive(Deserialize)]
struct Opened {
    /// The act whose form is open at once: `hand-over`.
    #[serde(default)]
    open: String,
}

async fn show(ask: Ask, Path(id): Path<CaseId>, Query(opened): Query<Opened>) -> Outcome {
    let head = head(&ask, &mut ask.read().await?, id).await?;
    let on = days::soon(&mut ask.read().await?, ask.now().date(), 3).await?;
    let soon = shown::day_text(&ask.page, on);
    let form = Form::prefilled([
        (
            "next_action",
            head.case
                .next_action
                .map(|a| a.to_string())
                .unwrap_or_default(),
        ),
        ("next_on", soon.clone()),
        (
            "waiting_on",
            shown::waits_for_case(&ask.page, &head.case).unwrap_or_default(),
        ),
        ("task_on", soon.clone()),
        ("go_on_on", soon),
    ]);
    let view = opened_at(&ask, &head, &form, &FormErrors::default(), &opened.open).await?;
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.html(&head.name, view)
}

/// The first page of a case; with a form that came back, where there is one.
pub(crate) async fn overview(
    ask: &Ask,
    head: &Head,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    opened_at(ask, head, form, errors, "").await
}

async fn opened_at(
    ask: &Ask,
    head: &Head,
    form: &Form,
    errors: &FormErrors,
    open: &str,
) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let events = list_events(&mut conn, head.case.id, None).await?;
    let tasks = tasks::list(&mut conn, head.case.id).await?;
    let colleagues = colleagues(ask, &mut conn, head.case.organization_id).await?;
    let subject = head.case.person_id.get();
    let emergencies = access::emergencies::list_of(&mut conn, subject).await?;
    drop(conn);
    let tasks = tasks::pages::told(&ask.page, head.keys(&ask.city.keys), tasks)?;
    let with = |one: Emergency| {
        let reason = match head.keys(&ask.city.keys) {
            Some(keys) => one.reason(keys)?,
            None => ask.page.t(&WORDS, "answer-hidden"),
        };
        Ok((one, reason))
    };
    let emergencies = emergencies
        .into_iter()
        .map(with)
        .collect::<db::Result<Vec<_>>>()?;
    let is_emergency = ask.viewer.emergencies.contains(&subject);
    let reason = match head.keys(&ask.city.keys) {
        Some(keys) => head.case.state_reason(keys)?,
        None => None,
    };
    let overview = views::Overview {
        head,
        reason: reason.as_deref(),
        events: &events,
        tasks: &tasks,
        colleagues: &colleagues,
        may_change: head.case.lets(&ask.viewer, &CASE_CHANGE),
        emergencies: &emergencies,
        opened_until: emergencies
            .iter()
            .filter(|(one, _)| ask.viewer.user_id() == Some(one.user_id))
            .map(|(one, _)| one.valid_until)
            .max()
            .filter(|_| is_emergency),
        open,
        form,
        errors,
    };
    Ok(views::show(&ask.page, &overview))
}

/// Runs a command of a case's first page: on with the case, or the page again with its errors.
/// Rooms above use it for acts of that page which are theirs.
// words: case-closed*
pub async fn settle<W: db::Write>(
    ask: &Ask,
    id: CaseId,
    form: &Form,
    command: Result<W, FormErrors>,
    done: &str,
) -> Outcome {
    let errors = match command {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            if ask
                .refused(ask.post(form, command).await, &mut errors)?
                .is_some()
            {
                return ask.see_with(format!("/cases/{id}"), &ask.page.t(&WORDS, done));
            }
            errors
        }
    };
    let head = head(ask, &mut ask.read().await?, id).await?;
    let view = overview(ask, &head, form, &errors).await?;
    ask.again(&head.name, view)
}

/// The case, when the viewer may see it.
pub(crate) async fn case_of(ask: &Ask, id: CaseId) -> Outcome<super::Case> {
    Ok(super::get(&mut ask.read().await?, &ask.viewer, ask.now(), id).await?)
}

async fn set_next_action(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    case_of(&ask, id).await?;
    let command = forms::next_action(&ask, id, &form);
    settle(&ask, id, &form, command, "next-action-set").await
}

async fn move_stage(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    case_of(&ask, id).await?;
    let command = forms::stage(&ask, id, &form);
    settle(&ask, id, &form, command, "stage-set").await
}

async fn hand_over(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let case = case_of(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let to: Option<Uuid> = read.choice("owner");
    // The owner the page showed, so that two hand-overs at once do not overwrite each other.
    let from = form
        .raw("from")
        .parse()
        .ok()
        .or(case.owner_id)
        .unwrap_or_default();
    let command = to
        .map(|to| HandOverCase { case: id, from, to })
        .ok_or(read.errors);
    settle(&ask, id, &form, command, "handed-over").await
}

async fn pause(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    case_of(&ask, id).await?;
    let command = forms::pause(&ask, id, &form);
    settle(&ask, id, &form, command, "case-paused").await
}

async fn resume(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    case_of(&ask, id).await?;
    let command = forms::go_on(&ask, &form).map(|(action, on)| ResumeCase {
        case: id,
        action,
        on,
    });
    settle(&ask, id, &form, command, "case-resumed").await
}

async fn reopen(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let case = case_of(&ask, id).await?;
    let owner = case.owner_id.or(ask.viewer.user_id()).unwrap_or_default();
    let command = forms::go_on(&ask, &form).map(|(action, on)| ReopenCase {
        case: id,
        owner,
        action,
        on,
    });
    settle(&ask, id, &form, command, "case-reopened").await
}
