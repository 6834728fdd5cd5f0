use access::contract::Gives;
use access::{Ask, Need, Routes};
use web::{Json, Outcome};

use super::SetRange;
use crate::FIGURE_PUBLISH;

pub(crate) fn routes() -> Routes {
    Routes::new().api_post("/api/v1/figures/ranges", Need::May(&FIGURE_PUBLISH), set)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn set(ask: Ask, Json(command): Json<SetRange>) -> Outcome<impl Gives> {
    let answer = ask.once(command.id, command).await?;
    ask.made(answer)
}
