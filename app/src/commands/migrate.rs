use db::Clock;

use super::said;
use crate::city;
use crate::cli::Exit;
use crate::settings::Settings;

/// `zanjireh migrate [--plan]`
pub async fn run(settings: &Settings, plan: bool) -> Result<Exit, String> {
    if plan {
        let db = city::open_db(settings, Clock::system())
            .await
            .map_err(said)?;
        // A database without any step yet has no table of steps either.
        let all = migrations::all();
        let missing: Vec<String> = match db::pending(&db, &all).await {
            Ok(steps) => steps.iter().map(|step| step.name.clone()).collect(),
            Err(_) => all.iter().map(|step| step.name.clone()).collect(),
        };
        println!("{} steps to apply: {}", missing.len(), missing.join(", "));
        db.close().await;
        return Ok(Exit::Good);
    }
    let city = city::open(settings, Clock::system()).await.map_err(said)?;
    let version = db::schema_version(&city.db).await.map_err(said)?;
    println!("The schema is at step {version}.");
    city.db.close().await;
    Ok(Exit::Good)
}
