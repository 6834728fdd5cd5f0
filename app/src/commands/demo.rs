//! `zanjireh demo`: an invented city, made once and served.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use db::{Clock, Origin};
use persian::Date;
use tokio::net::TcpListener;
use web::City;

use super::said;
use crate::cli::Exit;
use crate::demo::{self, Account, Plan, outside};
use crate::fault::Fault;
use crate::serve::Served;
use crate::settings::Settings;
use crate::stop::Stop;
use crate::{city, serve};

/// What the demo may be told.
#[derive(Args)]
pub struct Options {
    /// Address and port.
    #[arg(long)]
    pub listen: Option<String>,
    /// How many people.
    #[arg(long, default_value_t = 600)]
    people: u32,
    /// The same seed gives the same city.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day after the last day of history, as YYYY-MM-DD; today when absent.
    #[arg(long)]
    today: Option<Date>,
}

/// The demo has a folder of its own, so that it never touches a real city by mistake.
pub const FOLDER: &str = "data/demo";

/// Runs it. Whoever asks it to stop while the city is made is heard at once: the next start
/// begins anew.
pub async fn run(settings: &Settings, options: Options, mut stop: Stop) -> Result<Exit, Fault> {
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| format!("{}: {error}", settings.listen))?;
    let prepared = tokio::select! {
        prepared = prepare(settings, &options) => prepared?,
        () = stop.asked() => return Ok(Exit::Good),
    };
    // The children live as long as these values.
    let (served, _outside) = prepared;
    println!("The demo city is at http://{}/", settings.listen);
    println!(
        "Sign in as anyone by one click: http://{}/demo",
        settings.listen
    );
    let metrics = settings.metrics_listen.as_deref();
    serve::run(vec![served], metrics, listener, stop)
        .await
        .map_err(said)?;
    Ok(Exit::Good)
}

async fn prepare(
    settings: &Settings,
    options: &Options,
) -> Result<(Served, [outside::Simulator; 2]), Fault> {
    let clock = Clock::system();
    may_be_taken(settings).await?;
    if !db::Keys::is_present(&settings.keys) {
        db::Keys::create_invented(&settings.keys, options.seed).map_err(said)?;
    }
    make_aside(settings, options).await?;
    name(settings, options).await?;
    let provider = outside::start("sms").await?;
    let bank = outside::start("bank").await?;
    let mut settings = settings.clone();
    settings.sms_account = Some(provider.base.join("v1/demo/").map_err(said)?);
    settings.bank = Some(bank.base.clone());
    let city = city::open(&settings, clock).await.map_err(said)?;
    let mut accounts = make(&city, &settings, options).await?;
    demo::give_tokens(&city, &mut accounts)
        .await
        .map_err(said)?;
    let mut room = demo::pages::room(accounts);
    room.routes = room
        .routes
        .merge(demo::messages::routes(provider.base.clone()));
    let served = Served {
        host: None,
        city,
        settings,
        extra: Some(room),
    };
    Ok((served, [provider, bank]))
}

/// Refuses a city that is not the demo's, before anything in it is changed.
async fn may_be_taken(settings: &Settings) -> Result<(), Fault> {
    if settings.sqlite_file().is_some_and(|file| !file.exists()) {
        return Ok(());
    }
    let db = city::open_db(settings, Clock::system())
        .await
        .map_err(said)?;
    let taken = demo::may_take(&db).await;
    db.close().await;
    if taken.map_err(said)? {
        return Ok(());
    }
    let shown = settings.database_shown();
    Err(format!("{shown} is a real city; the demo is made in an empty database only").into())
}

/// Says that the city is the demo's: before it is opened for anyone.
async fn name(settings: &Settings, options: &Options) -> Result<(), Fault> {
    let db = city::open_db(settings, Clock::system())
        .await
        .map_err(said)?;
    // The reference data of the same seed has the same ids, and the days of the history's begin.
    db.seed_ids(options.seed ^ REFERENCE);
    let today = options.today.unwrap_or_else(|| db.clock().today());
    db.clock().hold(demo::begin(today));
    let origin = Origin::program("demo");
    city::bring_up_to_date(&db, settings, &origin, false)
        .await
        .map_err(said)?;
    db.clock().release();
    demo::name(&db).await.map_err(said)?;
    db.close().await;
    Ok(())
}

/// Keeps the ids of the reference data apart from those of the history.
const REFERENCE: u64 = 0x7265_6665_7265_6e63;

async fn make(
    city: &Arc<City>,
    settings: &Settings,
    options: &Options,
) -> Result<BTreeMap<String, Account>, Fault> {
    let today = options.today.unwrap_or_else(|| city.db.clock().today());
    let plan = Plan {
        people: options.people,
        seed: options.seed,
        today,
    };
    demo::make(city, plan, &city::sealer(city, settings))
        .await
        .map_err(said)
}

/// A SQLite city is made under another name and takes its own when it is whole, so that a demo
/// stopped while it was made begins again at the next start.
async fn make_aside(settings: &Settings, options: &Options) -> Result<(), Fault> {
    let Some(path) = settings.sqlite_file().filter(|path| !path.exists()) else {
        return Ok(());
    };
    println!(
        "The demo city is made now: two years of {} people.",
        options.people
    );
    let aside = format!("{}.making", path.display());
    let parts = ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{aside}{end}")));
    for part in parts.iter().filter(|part| part.exists()) {
        std::fs::remove_file(part).map_err(said)?;
    }
    city::lay_heads_aside(settings).map_err(said)?;
    let settings = Settings {
        database: format!("sqlite://{aside}"),
        ..settings.clone()
    };
    name(&settings, options).await?;
    let city = city::open(&settings, Clock::system()).await.map_err(said)?;
    make(&city, &settings, options).await?;
    city.db.close().await;
    if path.exists() {
        let path = path.display();
        return Err(format!("{path} came into being meanwhile; the new city is {aside}").into());
    }
    std::fs::rename(&aside, path).map_err(said)
}
