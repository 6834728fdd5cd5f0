use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use web::{Json, Outcome};

use super::pages::place_of;
use super::{EvidenceId, GiveEvidence, VerifyEvidence};
use crate::forms::answer;
use crate::permissions::{EVIDENCE_GIVE, EVIDENCE_VERIFY};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/evidence", Need::May(&EVIDENCE_GIVE), give)
        .api_post(
            "/api/v1/evidence/{id}/verification",
            Need::May(&EVIDENCE_VERIFY),
            verify,
        )
}

async fn give(ask: Ask, Json(command): Json<GiveEvidence>) -> Outcome<impl Gives> {
    place_of(&mut ask.read().await?, &ask, command.proves).await?;
    answer(&ask, command.id.get(), command).await
}

async fn verify(ask: Ask, Path(id): Path<EvidenceId>, Key(key): Key) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let proves = super::queries::subject(&mut conn, id).await?;
    place_of(&mut conn, &ask, proves).await?;
    drop(conn);
    answer(&ask, key, VerifyEvidence { id }).await
}
