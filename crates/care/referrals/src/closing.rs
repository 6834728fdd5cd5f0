//! Closing a case: with it ends what other bodies were asked for it. The case is casework's; the
//! act is here, because only here both sides are known.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use casework::cases::{CloseReason, settle};
use casework::{CASE_CHANGE, CaseId, Sealed};
use db::{Result, Tx, Write};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Form, Json, Outcome};

use crate::legs;

/// Ends a case, and in the same write calls back every leg that waits: no body keeps a parcel of a
/// case that is closed.
#[derive(Serialize)]
pub struct CloseCase {
    /// Which case.
    pub case: CaseId,
    /// Why: [`CloseReason::seal`].
    pub reason: Sealed,
}

impl Write for CloseCase {
    const NAME: &'static str = "close_case";
    /// How many legs were called back.
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        casework::cases::close(tx, self.case, &self.reason).await?;
        legs::end_for_case(tx, self.case).await
    }
}

pub(crate) fn routes() -> Routes {
    let need = Need::May(&CASE_CHANGE);
    Routes::new()
        .post("/cases/{id}/close", need, close)
        .api_post("/api/v1/cases/{id}/closing", need, close_by_machine)
}

async fn close(ask: Ask, Path(case): Path<CaseId>, form: Form) -> Outcome {
    casework::get(&mut ask.read().await?, &ask.viewer, ask.now(), case).await?;
    let mut read = form.read(&ask.page);
    let reason: Option<CloseReason> = read.choice("close_reason");
    let command = reason
        .map(|reason| CloseCase {
            case,
            reason: reason.seal(&ask.city.keys, case),
        })
        .ok_or(read.errors);
    settle(&ask, case, &form, command, "case-closed").await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "CaseClosing")]
struct Closing {
    reason: CloseReason,
}

/// How many legs were called back.
#[derive(Serialize, JsonSchema)]
struct CaseClosed {
    recalled: u64,
}

async fn close_by_machine(
    ask: Ask,
    Path(case): Path<CaseId>,
    Key(key): Key,
    Json(closing): Json<Closing>,
) -> Outcome<impl Gives> {
    casework::get(&mut ask.read().await?, &ask.viewer, ask.now(), case).await?;
    let reason = closing.reason.seal(&ask.city.keys, case);
    let command = CloseCase { case, reason };
    let answer = ask.once(key, command).await?;
    let body = CaseClosed {
        recalled: answer.out,
    };
    ask.json(StatusCode::OK, &body)
}
