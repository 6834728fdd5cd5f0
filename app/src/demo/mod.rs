//! An invented city, made by the rooms' own commands.

mod agenda;
mod bodies;
mod council;
mod courses;
mod crowd;
mod directory;
mod duties;
mod figures;
mod files;
mod goods;
mod law;
mod legs;
mod lives;
mod market;
mod meetings;
pub mod messages;
mod names;
mod needs;
mod observatory;
mod orders;
pub mod outside;
pub mod pages;
mod pictures;
mod places;
mod plans;
mod praise;
mod sales;
mod settlement;
mod staff;
mod stories;
mod supporters;
mod town;
mod trades;
mod years;

use std::collections::BTreeMap;
use std::sync::Arc;

use db::{Origin, Result, Tx, Write};
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use web::City;

pub use staff::{Account, give_tokens};

use crate::city::{Identity, NameCity, keep_setting, setting};

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

/// When the history before a day begins.
pub fn begin(today: Date) -> Timestamp {
    Timestamp::at(today, 8, 0).plus_days(-HISTORY_DAYS)
}

/// True for a database that is the demo's, or in which nobody has done anything yet.
pub async fn may_take(db: &db::Db) -> Result<bool> {
    if db::is_empty(db).await? {
        return Ok(true);
    }
    let mut conn = db.read().await?;
    let known = setting(&mut conn, "city").await?;
    if known.is_some_and(|known| known["is_demo"] == true) {
        return Ok(true);
    }
    let is_used = access::users::is_any(&mut conn).await?
        || !organizations::list(&mut conn, None).await?.is_empty();
    Ok(!is_used)
}

/// Makes the city once; a city that is there is kept. Gives the accounts either way.
///
/// # Errors
/// Refuses a city whose making was cut off.
pub async fn make(
    city: &Arc<City>,
    plan: Plan,
    sealer: &access::audit::Sealer,
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
    let since = begin(plan.today);
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
    sealer.close().await?;
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
    let kept = setting(&mut city.db.read().await?, "demo_accounts").await?;
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
