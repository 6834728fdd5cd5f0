use db::Clock;
use tokio::net::TcpListener;

use super::said;
use crate::cli::Exit;
use crate::pages::setup;
use crate::serve::Served;
use crate::settings::Settings;
use crate::{city, serve};

/// `zanjireh serve`
pub async fn run(settings: &Settings) -> Result<Exit, String> {
    let mut cities = Vec::new();
    for (host, settings) in settings.cities()? {
        let city = city::open(&settings, Clock::system()).await.map_err(said)?;
        let name = host.as_deref().unwrap_or("any host");
        eprintln!("{name}: {}", settings.database_shown());
        setup::announce(&city).await.map_err(said)?;
        cities.push(Served {
            host,
            city,
            audit_heads: settings.audit_heads,
            extra: None,
        });
    }
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| format!("{}: {error}", settings.listen))?;
    eprintln!("Serving at http://{}", settings.listen);
    serve::run(cities, settings.metrics_listen.as_deref(), listener)
        .await
        .map_err(said)?;
    Ok(Exit::Good)
}
