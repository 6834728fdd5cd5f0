use db::Check;
use serde_json::json;

use super::said;
use crate::cli::Exit;
use crate::fault::Fault;
use crate::settings::Settings;
use crate::{city, rooms};

/// `zanjireh doctor [--json]`, for every city of the settings.
pub async fn run(settings: &Settings, json: bool) -> Result<Exit, Fault> {
    let mut reports = Vec::new();
    let mut all_healthy = true;
    for (host, settings) in settings.cities()? {
        let checks = checks(&settings).await?;
        let healthy = checks.iter().all(|check| check.ok);
        all_healthy &= healthy;
        if json {
            reports.push((host, json!({ "healthy": healthy, "checks": checks })));
            continue;
        }
        if let Some(host) = host {
            println!("{host}:");
        }
        checks.iter().for_each(print);
        println!("{}", if healthy { "Healthy." } else { "Not healthy." });
    }
    if json {
        println!("{}", document(reports, all_healthy));
    }
    Ok(if all_healthy {
        Exit::Good
    } else {
        Exit::NotHealthy
    })
}

/// One city is its own document; several stand in a list with their hosts.
fn document(reports: Vec<(Option<String>, serde_json::Value)>, healthy: bool) -> serde_json::Value {
    let mut cities = Vec::new();
    for (host, mut report) in reports {
        let Some(host) = host else { return report };
        report["host"] = host.into();
        cities.push(report);
    }
    json!({ "healthy": healthy, "cities": cities })
}

async fn checks(settings: &Settings) -> Result<Vec<Check>, Fault> {
    let city = city::open_as_it_is(settings).await.map_err(said)?;
    let kept = access::audit::KeptHeads::read(&settings.audit_heads).map_err(said)?;
    let mut conn = city.db.snapshot().await.map_err(said)?;
    let mut checks = rooms::checks(&mut conn, city.db.clock().now())
        .await
        .map_err(said)?;
    let heads = access::check_heads(&mut conn, &city.keys, &kept)
        .await
        .map_err(said)?;
    if heads.checked == 0 {
        let file = settings.audit_heads.display();
        eprintln!("No heads of the audit chain are kept in {file}; a cut end would not be seen.");
    }
    checks.insert(1, heads);
    conn.end_snapshot().await.map_err(said)?;
    city.db.close().await;
    Ok(checks)
}

fn print(check: &Check) {
    let word = if check.ok { "ok  " } else { "FAIL" };
    println!("{word} {} ({} checked)", check.code, check.checked);
    for fault in &check.faults {
        println!("     {}: {}", fault.record, fault.detail);
    }
}
