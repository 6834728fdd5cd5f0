use db::Clock;

use super::said;
use crate::city;
use crate::cli::Exit;
use crate::fault::Fault;
use crate::settings::Settings;

/// `zanjireh migrate [--plan]`, for every city of the settings.
pub async fn run(settings: &Settings, by: Option<&str>, plan: bool) -> Result<Exit, Fault> {
    for (host, settings) in settings.cities()? {
        let name = host.map(|host| format!("{host}: ")).unwrap_or_default();
        if plan {
            println!("{name}{}", planned(&settings).await?);
            continue;
        }
        let db = city::open_db(&settings, Clock::system())
            .await
            .map_err(said)?;
        let origin = city::by(&mut db.read().await.map_err(said)?, by).await?;
        let keys = city::bring_up_to_date(&db, &settings, &origin, true)
            .await
            .map_err(said)?;
        let version = db::schema_version(&db).await.map_err(said)?;
        println!("{name}The schema is at step {version}.");
        let sealer = access::audit::Sealer::new(&db, &keys, &settings.audit_heads);
        sealer.close().await.map_err(said)?;
        db.close().await;
    }
    Ok(Exit::Good)
}

/// What would be applied; nothing is made, not even a file.
async fn planned(settings: &Settings) -> Result<String, Fault> {
    let all = migrations::all();
    let is_there = settings.sqlite_file().is_none_or(|file| file.is_file());
    let mut missing: Vec<&db::Migration> = all.iter().collect();
    if is_there {
        let db = city::open_db(settings, Clock::system())
            .await
            .map_err(said)?;
        if !db::is_empty(&db).await.map_err(said)? {
            missing = db::pending(&db, &all).await.map_err(said)?;
        }
        db.close().await;
    }
    let names: Vec<&str> = missing.iter().map(|step| step.name.as_str()).collect();
    Ok(format!(
        "{} steps to apply: {}",
        names.len(),
        names.join(", ")
    ))
}
