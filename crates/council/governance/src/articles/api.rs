use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use indicators::FIGURE_LIST;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Json, Outcome};

use super::{
    AddArticle, AmendArticle, Article, ArticleId, Citation, CreateOrdinance, OrdinanceId,
    RepealArticle,
};
use crate::forms::answer;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};
use crate::plan;
use crate::plan::Action;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/ordinances", Need::May(&ORDINANCE_READ), list)
        .api_post("/api/v1/ordinances", Need::May(&ORDINANCE_KEEP), create)
        .api_get(
            "/api/v1/ordinances/{id}/articles",
            Need::May(&ORDINANCE_READ),
            tree,
        )
        .api_post("/api/v1/articles", Need::May(&ORDINANCE_KEEP), add)
        .api_post(
            "/api/v1/articles/amendments",
            Need::May(&ORDINANCE_KEEP),
            amend,
        )
        .api_post(
            "/api/v1/articles/{id}/repeal",
            Need::May(&ORDINANCE_KEEP),
            repeal,
        )
        .api_get("/api/v1/articles/{id}", Need::May(&ORDINANCE_READ), show)
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let items = super::list_ordinances(&mut ask.read().await?).await?;
    ask.whole(items)
}

async fn create(ask: Ask, Json(command): Json<CreateOrdinance>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

async fn tree(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    super::get_ordinance(&mut conn, id).await?;
    let items = super::tree(&mut conn, id, ask.now().date()).await?;
    ask.whole(items)
}

async fn add(ask: Ask, Json(command): Json<AddArticle>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

async fn amend(ask: Ask, Json(command): Json<AmendArticle>) -> Outcome<impl Gives> {
    answer(&ask, command.id, command).await
}

async fn repeal(
    ask: Ask,
    Path(article_id): Path<ArticleId>,
    Key(key): Key,
    Json(command): Json<RepealArticle>,
) -> Outcome<impl Gives> {
    super::get(&mut ask.read().await?, article_id, ask.now().date()).await?;
    let command = RepealArticle {
        article_id,
        ..command
    };
    answer(&ask, key, command).await
}

/// A figure the article cites.
#[derive(Serialize, JsonSchema)]
struct FigureOfArticle {
    code: String,
    as_of: Date,
    amount: Option<i64>,
    is_hidden: bool,
}

/// An article with what stands under it.
#[derive(Serialize, JsonSchema)]
struct ArticleItem {
    article: Article,
    below: Vec<Article>,
    actions: Vec<Action>,
    figures: Vec<FigureOfArticle>,
    /// Who cites it or a node below, outside the council's papers.
    cited_by: Vec<Citation>,
}

async fn show(ask: Ask, Path(id): Path<ArticleId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let article = super::get(&mut conn, id, today).await?;
    let actions = plan::list_of_article(&mut conn, id, today).await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let mut figures = Vec::new();
    for code in super::figure_codes(&mut conn, id).await? {
        let definition = indicators::definition(&mut conn, &code).await?;
        let told = indicators::told(&mut conn, &definition, today, may_list).await?;
        figures.push(FigureOfArticle {
            code,
            as_of: today,
            amount: told.amount,
            is_hidden: told.is_hidden,
        });
    }
    let below = super::children(&mut conn, id, today).await?;
    let cited_by = super::cited_by(&mut conn, id).await?;
    ask.json(
        StatusCode::OK,
        &ArticleItem {
            article,
            below,
            actions,
            figures,
            cited_by,
        },
    )
}
