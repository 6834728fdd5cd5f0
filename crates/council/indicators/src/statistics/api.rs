use access::contract::Gives;
use access::{Ask, Need, Routes};
use web::Outcome;

pub(crate) fn routes() -> Routes {
    Routes::new().api_get("/api/v1/statistics", Need::Public, index)
}

async fn index(ask: Ask) -> Outcome<impl Gives> {
    let figures = super::published(&mut ask.read().await?).await?;
    ask.whole(figures)
}
