//! The jobs of the clock.

use std::sync::Arc;

use db::{Origin, Result};
use persian::Date;
use serde::Deserialize;
use web::City;

use super::{LookAgain, RemindBody, has_lost_consent};
use crate::legs::states::State;
use crate::legs::{self, Act, By, LegId, MoveLeg, Note};
use crate::links::LINKS;

/// The kinds of job this room does.
pub fn handlers() -> Vec<(&'static str, ::jobs::Handler)> {
    vec![
        ("remind_body", |city, payload| {
            Box::pin(remind_body(city, payload))
        }),
        ("look_again", |city, payload| {
            Box::pin(look_again(city, payload))
        }),
    ]
}

#[derive(Deserialize)]
struct Payload {
    leg: LegId,
    round: i64,
    step: i64,
}

#[derive(Deserialize)]
struct Paused {
    leg: LegId,
    state: State,
    review_on: Date,
}

async fn look_again(city: Arc<City>, payload: serde_json::Value) -> Result<()> {
    let Paused {
        leg,
        state,
        review_on,
    } = serde_json::from_value(payload)?;
    let command = LookAgain {
        leg,
        state,
        review_on,
        link: LINKS.fresh(&city),
    };
    let origin = Origin::program("job:look_again");
    city.db.write(&origin, command).await.map(drop)
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
    let link = LINKS.fresh(&city);
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
