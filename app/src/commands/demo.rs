//! `zanjireh demo`: an invented city, made once and served.

use std::path::PathBuf;

use clap::Args;
use db::Clock;
use persian::Date;
use tokio::net::TcpListener;

use super::said;
use crate::cli::Exit;
use crate::demo::{self, Plan, outside};
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
    {
        let plain = city::open(settings, clock.clone()).await.map_err(said)?;
        demo::name(&plain.db).await.map_err(said)?;
        plain.db.close().await;
    }
    let provider = outside::start("sms").await?;
    let mut settings = settings.clone();
    settings.sms_account = Some(provider.base.join("v1/demo/").map_err(said)?);
    let settings = &settings;
    let city = city::open(settings, clock).await.map_err(said)?;
    let today = options.today.unwrap_or_else(|| city.db.clock().today());
    let plan = Plan {
        people: options.people,
        seed: options.seed,
        today,
    };
    let mut accounts = demo::make(&city, plan).await.map_err(said)?;
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
