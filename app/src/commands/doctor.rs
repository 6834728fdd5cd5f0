use db::{Check, Clock};

use super::said;
use crate::cli::Exit;
use crate::settings::Settings;
use crate::{city, rooms};

/// `zanjireh doctor [--json]`
pub async fn run(settings: &Settings, json: bool) -> Result<Exit, String> {
    let city = city::open(settings, Clock::system()).await.map_err(said)?;
    let mut conn = city.db.snapshot().await.map_err(said)?;
    let checks = rooms::checks(&mut conn, city.db.clock().now())
        .await
        .map_err(said)?;
    conn.end_snapshot().await.map_err(said)?;
    city.db.close().await;
    let healthy = checks.iter().all(|check| check.ok);
    if json {
        println!(
            "{}",
            serde_json::json!({ "healthy": healthy, "checks": checks })
        );
    } else {
        checks.iter().for_each(print);
        println!("{}", if healthy { "Healthy." } else { "Not healthy." });
    }
    Ok(if healthy {
        Exit::Good
    } else {
        Exit::NotHealthy
    })
}

fn print(check: &Check) {
    let word = if check.ok { "ok  " } else { "FAIL" };
    println!("{word} {} ({} checked)", check.code, check.checked);
    for fault in &check.faults {
        println!("     {}: {}", fault.record, fault.detail);
    }
}
