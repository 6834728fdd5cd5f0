//! Budget for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use web::Outcome;

use super::GrantBudget;
use crate::cases::api::done;
use crate::{BUDGET_GRANT, BUDGET_READ, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/budget", Need::May(&BUDGET_READ), list)
        .api_post("/api/v1/budget/grants", Need::May(&BUDGET_GRANT), grant)
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let items = super::list(&mut ask.read().await?).await?;
    ask.whole(items)
}

async fn grant(
    ask: Ask,
    Key(key): Key,
    web::Json(command): web::Json<GrantBudget>,
) -> Outcome<impl Gives> {
    bounds::within(command.amount.get(), 1, super::LARGEST, "/amount")?;
    done(&ask, key, command).await
}
