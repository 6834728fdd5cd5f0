use db::Clock;
use tokio::net::TcpListener;

use super::said;
use crate::cli::Exit;
use crate::settings::Settings;
use crate::{city, serve};

/// `zanjireh serve`
pub async fn run(settings: &Settings) -> Result<Exit, String> {
    let city = city::open(settings, Clock::system()).await.map_err(said)?;
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| format!("{}: {error}", settings.listen))?;
    eprintln!(
        "Serving {} at http://{}",
        settings.database_shown(),
        settings.listen
    );
    serve::run(city, settings, None, listener)
        .await
        .map_err(said)?;
    Ok(Exit::Good)
}
