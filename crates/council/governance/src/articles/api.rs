use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use indicators::FIGURE_LIST;
use serde_json::json;
use web::{Json, Outcome};

use super::{AddArticle, AmendArticle, ArticleId, CreateOrdinance, OrdinanceId};
use crate::forms::answer;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};
use crate::plan;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/ordinances", Need::May(&ORDINANCE_READ), list)
        .post("/api/v1/ordinances", Need::May(&ORDINANCE_KEEP), create)
        .get(
            "/api/v1/ordinances/{id}/articles",
            Need::May(&ORDINANCE_READ),
            tree,
        )
        .post("/api/v1/articles", Need::May(&ORDINANCE_KEEP), add)
        .post(
            "/api/v1/articles/amendments",
            Need::May(&ORDINANCE_KEEP),
            amend,
        )
        .get("/api/v1/articles/{id}", Need::May(&ORDINANCE_READ), show)
}

async fn list(ask: Ask) -> Outcome {
    let items = super::list_ordinances(&mut ask.read().await?).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn create(ask: Ask, Json(command): Json<CreateOrdinance>) -> Outcome {
    answer(&ask, command.id.get(), command).await
}

async fn tree(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome {
    let mut conn = ask.read().await?;
    super::get_ordinance(&mut conn, id).await?;
    let items = super::tree(&mut conn, id, ask.now().date()).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn add(ask: Ask, Json(command): Json<AddArticle>) -> Outcome {
    answer(&ask, command.id.get(), command).await
}

async fn amend(ask: Ask, Json(command): Json<AmendArticle>) -> Outcome {
    answer(&ask, command.id, command).await
}

async fn show(ask: Ask, Path(id): Path<ArticleId>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let article = super::get(&mut conn, id, today).await?;
    let actions = plan::list_of_article(&mut conn, id, today).await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let mut figures = Vec::new();
    for code in super::figure_codes(&mut conn, id).await? {
        let definition = indicators::definition(&mut conn, &code).await?;
        let told = indicators::told(&mut conn, &definition, today, may_list).await?;
        figures.push(json!({
            "code": code, "as_of": today, "amount": told.amount, "is_hidden": told.is_hidden,
        }));
    }
    let below = super::children(&mut conn, id, today).await?;
    ask.json(
        StatusCode::OK,
        &json!({ "article": article, "below": below, "actions": actions, "figures": figures }),
    )
}
