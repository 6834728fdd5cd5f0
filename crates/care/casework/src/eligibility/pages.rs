use access::{Ask, Need, Routes};
use axum::extract::Path;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{Answer3, AnswerOverride, AskOverride, DecisionId, RecordDecision, decide, queries};
use crate::cases::{CaseId, Head, head};
use crate::{CASE_ASSESS, OVERRIDE_ANSWER, Sealed, WORDS, assessment};

/// Letters of a reason.
pub(super) const LENGTH: usize = 500;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/cases/{id}/decisions", Need::May(&CASE_ASSESS), create)
        .post(
            "/cases/{id}/overrides",
            Need::May(&CASE_ASSESS),
            ask_override,
        )
        .post(
            "/overrides/{id}",
            Need::May(&OVERRIDE_ANSWER),
            answer_override,
        )
}

/// The case, for viewers of sensitive facts: the reasons tell them.
pub(super) async fn may_decide(ask: &Ask, case: CaseId) -> Outcome<Head> {
    let head = head(ask, &mut ask.read().await?, case).await?;
    if head.is_sensitive_seen {
        Ok(head)
    } else {
        Err(Failure::Forbidden)
    }
}

/// The same, for whoever may answer such requests of the body that carries the case.
pub(super) async fn may_answer(ask: &Ask, case: CaseId) -> Outcome<Head> {
    let head = may_decide(ask, case).await?;
    match head.case.lets(&ask.viewer, &OVERRIDE_ANSWER) {
        true => Ok(head),
        false => Err(Failure::Forbidden),
    }
}

/// Applies the rules now.
pub(super) async fn prepare(ask: &Ask, head: &Head, id: DecisionId) -> Outcome<RecordDecision> {
    let mut conn = ask.read().await?;
    Ok(decide(&mut conn, &ask.city.keys, id, &head.case, ask.now().date()).await?)
}

/// The tab again with what was wrong.
async fn again(ask: &Ask, head: &Head, form: &Form, errors: &FormErrors) -> Outcome {
    let view = assessment::pages::page(ask, head, None, form, errors).await?;
    ask.again(&head.name, view)
}

async fn create(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let head = may_decide(&ask, id).await?;
    let command = prepare(&ask, &head, DecisionId::new(form.key()?)).await?;
    let mut errors = FormErrors::default();
    match ask.refused(ask.post(&form, command).await, &mut errors)? {
        Some(_) => ask.see_with(
            format!("/cases/{id}/assessment"),
            &ask.page.t(&WORDS, "decided"),
        ),
        None => again(&ask, &head, &form, &errors).await,
    }
}

async fn ask_override(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let head = may_decide(&ask, id).await?;
    let decision = queries::latest(&mut ask.read().await?, id)
        .await?
        .ok_or(Failure::NotFound)?;
    let request = form.key()?;
    let mut read = form.read(&ask.page);
    let result = read
        .choice::<Answer3>("override_result")
        .filter(|one| *one != Answer3::Unknown);
    if result.is_none() && read.errors.get("override_result").is_none() {
        read.wrong::<()>("override_result", ask.page.t(&WORDS, "result-yes-or-no"));
    }
    let reason = read.text("override_reason", LENGTH);
    let mut errors = read.errors;
    if let (Some(result), Some(reason), Some(by)) = (result, reason, ask.viewer.user_id()) {
        let reason = seal(&ask, request, &reason);
        let command = AskOverride {
            id: request,
            decision: decision.id,
            result,
            reason,
            by,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "override-sent");
            return ask.see_with(format!("/cases/{id}/assessment"), &done);
        }
    }
    again(&ask, &head, &form, &errors).await
}

pub(super) fn seal(ask: &Ask, request: Uuid, reason: &str) -> Sealed {
    Sealed::new(
        &ask.city.keys,
        "eligibility_override",
        "reason_sealed",
        request,
        reason,
    )
}

async fn answer_override(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let case = queries::case_of_override(&mut ask.read().await?, id).await?;
    let head = may_answer(&ask, case).await?;
    let is_confirmed = match form.raw("answer") {
        "confirmed" => true,
        "refused" => false,
        _ => return Err(Failure::Unreadable("answer".into())),
    };
    let by = ask.viewer.user_id().ok_or(Failure::Forbidden)?;
    let mut errors = FormErrors::default();
    let command = AnswerOverride {
        id,
        is_confirmed,
        by,
    };
    match ask.refused(ask.post(&form, command).await, &mut errors)? {
        Some(()) => ask.see_with(
            format!("/cases/{case}/assessment"),
            &ask.page.t(&WORDS, "override-answered"),
        ),
        None => again(&ask, &head, &form, &errors).await,
    }
}
