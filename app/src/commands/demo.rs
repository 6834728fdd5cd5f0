//! `zanjireh demo`: an invented city, made once and served.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use db::Clock;
use persian::Date;
use tokio::net::TcpListener;
use web::City;

use super::said;
use crate::cli::Exit;
use crate::demo::{self, Account, Plan, outside};
use crate::serve::Served;
use crate::settings::{Flags, Settings};
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
pub fn flags(mut flags: Flags) -> Flags {
    flags.data.get_or_insert_with(|| PathBuf::from("data/demo"));
    flags
}

/// Runs it.
pub async fn run(settings: &Settings, options: Options) -> Result<Exit, String> {
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| format!("{}: {error}", settings.listen))?;
    let clock = Clock::system();
    make_aside(settings, &options).await?;
    name(settings).await?;
    let provider = outside::start("sms").await?;
    let mut settings = settings.clone();
    settings.sms_account = Some(provider.base.join("v1/demo/").map_err(said)?);
    let settings = &settings;
    let city = city::open(settings, clock).await.map_err(said)?;
    let mut accounts = make(&city, settings, &options).await?;
    demo::give_tokens(&city, &mut accounts)
        .await
        .map_err(said)?;
    println!("The demo city is at http://{}/", settings.listen);
    println!(
        "Sign in as anyone by one click: http://{}/demo",
        settings.listen
    );
    let mut room = demo::pages::room(accounts);
    room.routes = room
        .routes
        .merge(demo::messages::routes(provider.base.clone()));
    let served = Served {
        host: None,
        city,
        audit_heads: settings.audit_heads.clone(),
        extra: Some(room),
    };
    serve::run(vec![served], settings.metrics_listen.as_deref(), listener)
        .await
        .map_err(said)?;
    Ok(Exit::Good)
}

/// Says that the city is the demo's: before it is opened for anyone.
async fn name(settings: &Settings) -> Result<(), String> {
    let plain = city::open(settings, Clock::system()).await.map_err(said)?;
    demo::name(&plain.db).await.map_err(said)?;
    plain.db.close().await;
    Ok(())
}

async fn make(
    city: &Arc<City>,
    settings: &Settings,
    options: &Options,
) -> Result<BTreeMap<String, Account>, String> {
    let today = options.today.unwrap_or_else(|| city.db.clock().today());
    let plan = Plan {
        people: options.people,
        seed: options.seed,
        today,
    };
    demo::make(city, plan, &settings.audit_heads)
        .await
        .map_err(said)
}

/// A SQLite city is made under another name and takes its own when it is whole, so that a demo
/// stopped while it was made begins again at the next start.
async fn make_aside(settings: &Settings, options: &Options) -> Result<(), String> {
    let Some(path) = settings.database.strip_prefix("sqlite://") else {
        return Ok(());
    };
    if Path::new(path).exists() {
        return Ok(());
    }
    println!(
        "The demo city is made now: two years of {} people.",
        options.people
    );
    let aside = format!("{path}.making");
    let parts = ["", "-wal", "-shm"].map(|end| format!("{aside}{end}"));
    for part in parts.iter().filter(|part| Path::new(part).exists()) {
        std::fs::remove_file(part).map_err(said)?;
    }
    let settings = Settings {
        database: format!("sqlite://{aside}"),
        ..settings.clone()
    };
    name(&settings).await?;
    let city = city::open(&settings, Clock::system()).await.map_err(said)?;
    make(&city, &settings, options).await?;
    city.db.close().await;
    if Path::new(path).exists() {
        return Err(format!(
            "{path} came into being meanwhile; the new city is {aside}"
        ));
    }
    std::fs::rename(&aside, path).map_err(said)
}
