use db::Clock;
use tokio::net::TcpListener;

use super::said;
use crate::cli::Exit;
use crate::fault::Fault;
use crate::pages::setup;
use crate::serve::Served;
use crate::settings::Settings;
use crate::stop::Stop;
use crate::{city, serve};

/// `zanjireh serve`
pub async fn run(settings: &Settings, stop: Stop) -> Result<Exit, Fault> {
    let mut cities = Vec::new();
    for (host, settings) in settings.cities()? {
        let city = city::open(&settings, Clock::system()).await.map_err(said)?;
        let name = host.as_deref().unwrap_or("any host");
        tracing::info!(host = name, database = settings.database_shown(), "a city");
        setup::announce(&city).await.map_err(said)?;
        cities.push(Served {
            host,
            city,
            settings,
            extra: None,
        });
    }
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| format!("{}: {error}", settings.listen))?;
    tracing::info!(address = settings.listen, "serving");
    serve::run(cities, settings.metrics_listen.as_deref(), listener, stop)
        .await
        .map_err(said)?;
    Ok(Exit::Good)
}
