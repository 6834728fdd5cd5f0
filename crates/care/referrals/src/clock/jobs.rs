//! The jobs of the clock.

use std::sync::Arc;

use db::{Origin, Result};
use serde::Deserialize;
use web::City;

use super::{RemindBody, has_lost_consent};
use crate::legs::{self, Act, By, LegId, MoveLeg, Note};
use crate::links::NewLink;

/// The kinds of job this room does.
pub fn handlers() -> Vec<(&'static str, ::jobs::Handler)> {
    vec![("remind_body", |city, payload| {
        Box::pin(remind_body(city, payload))
    })]
}

#[derive(Deserialize)]
struct Payload {
    leg: LegId,
    round: i64,
    step: i64,
}

async fn remind_body(city: Arc<City>, payload: serde_json::Value) -> Result<()> {
    let Payload { leg, round, step } = serde_json::from_value(payload)?;
    let origin = Origin::program("job:remind_body");
    let mut conn = city.db.read().await?;
    let kept = legs::get(&mut conn, leg).await?;
    // The clock also notices a consent that ended elsewhere.
    if has_lost_consent(&mut conn, &kept).await? {
        let note = Note::none(city.db.new_id());
        let recall = MoveLeg {
            leg,
            act: Act::Withdraw,
            by: By::SYSTEM,
            note,
        };
        return city.db.write(&origin, recall).await.map(drop);
    }
    drop(conn);
    let link = NewLink::make(&city);
    city.db
        .write(
            &origin,
            RemindBody {
                leg,
                round,
                step,
                link,
            },
        )
        .await
        .map(drop)
}
