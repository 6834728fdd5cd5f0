//! An invented city, made by the rooms' own commands.

mod agenda;
mod bodies;
mod council;
mod courses;
mod crowd;
mod files;
mod goods;
mod legs;
mod lives;
mod market;
pub mod messages;
mod names;
mod needs;
mod orders;
pub mod outside;
pub mod pages;
mod pictures;
mod sales;
mod settlement;
mod staff;
mod stories;
mod town;
mod trades;
mod years;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use db::{Origin, Result, Tx, Write, sql};
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use web::City;

pub use staff::{Account, give_tokens};

use crate::city::{Identity, NameCity, keep_head, keep_setting};

/// How the invented city is to be.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many people.
    pub people: u32,
    /// The same seed gives the same city.
    pub seed: u64,
    /// The day after the last day of history.
    pub today: Date,
}

/// Two years and a little: the programme was notified when the history begins.
const HISTORY_DAYS: i64 = 760;

/// Makes the city once; a city that is there is kept. Gives the accounts either way.
///
/// # Errors
/// Refuses a city whose making was cut off.
pub async fn make(
    city: &Arc<City>,
    plan: Plan,
    audit_heads: &Path,
) -> Result<BTreeMap<String, Account>> {
    if let Some(accounts) = kept_accounts(city).await? {
        return Ok(accounts);
    }
    let is_begun = {
        let mut conn = city.db.read().await?;
        !organizations::list(&mut conn, None).await?.is_empty()
    };
    if is_begun {
        return Err(db::Error::other(
            "the demo was stopped while it was made, or this is no demo: choose an empty database",
        ));
    }
    let origin = Origin::program("demo");
    city.db.seed_ids(plan.seed);
    city.db.hurry(true).await?;
    let today = Timestamp::at(plan.today, 8, 0);
    let since = today.plus_days(-HISTORY_DAYS);
    city.db.clock().hold(since);
    let mut rng: rand::rngs::StdRng = rand::SeedableRng::seed_from_u64(plan.seed);
    let bodies = bodies::make(city, &origin, since.date(), &names::mobile(&mut rng)).await?;
    let mut accounts = staff::make(city, &origin, since.date(), &bodies).await?;
    let town = town::Town::new(city, rng, bodies, &accounts, (since, today)).await?;
    accounts.extend(years::live(town, plan.people).await?);
    city.db.clock().hold(today);
    city.db
        .write(
            &origin,
            KeepAccounts {
                accounts: accounts.clone(),
            },
        )
        .await?;
    city.db.clock().release();
    if let Some(head) = access::audit::seal_pending(&city.db).await? {
        keep_head(audit_heads, &head).map_err(db::Error::other)?;
    }
    city.db.hurry(false).await?;
    Ok(accounts)
}

/// Says that the city is the demo's: before it is opened for anyone.
pub async fn name(db: &db::Db) -> Result<()> {
    let identity = Identity {
        name_fa: "شهر نمونه".into(),
        name_en: "Sample City".into(),
        is_demo: true,
    };
    db.write(&Origin::program("demo"), NameCity { identity })
        .await
}

async fn kept_accounts(city: &City) -> Result<Option<BTreeMap<String, Account>>> {
    let mut conn = city.db.read().await?;
    let kept: Option<serde_json::Value> =
        sql("SELECT content AS value FROM setting WHERE name = 'demo_accounts'")
            .optional_scalar(&mut conn)
            .await?;
    Ok(kept.map(serde_json::from_value).transpose()?)
}

/// Remembers the accounts, and with them that the city is whole.
#[derive(Serialize, Deserialize)]
struct KeepAccounts {
    accounts: BTreeMap<String, Account>,
}

impl Write for KeepAccounts {
    const NAME: &'static str = "keep_demo_accounts";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        keep_setting(tx, "demo_accounts", &serde_json::to_value(&self.accounts)?).await
    }
}
