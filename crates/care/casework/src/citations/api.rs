use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use web::Outcome;

use super::CiteArticle;
use crate::cases::api::done;
use crate::{BUDGET_GRANT, BUDGET_READ};

pub(super) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/citations", Need::May(&BUDGET_READ), list)
        .api_post("/api/v1/citations", Need::May(&BUDGET_GRANT), cite)
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let items = super::list(&mut ask.read().await?).await?;
    ask.whole(items)
}

async fn cite(
    ask: Ask,
    Key(key): Key,
    web::Json(command): web::Json<CiteArticle>,
) -> Outcome<impl Gives> {
    done(&ask, key, command).await
}
