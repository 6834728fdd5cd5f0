//! The built-in definitions and the targets of the chain's stages.

use db::{Result, Tx, sql};
use persian::Date;
use serde::Deserialize;

use crate::figures::Unit;

const DEFINITIONS: &str = include_str!("../data/indicators.json");

/// Stages in their order and the days a person should spend in each, at most.
const STAGES: [(&str, i64); 8] = [
    ("intake", 7),
    ("assessment", 14),
    ("planning", 14),
    ("referral", 45),
    ("training", 60),
    ("making", 45),
    ("selling", 60),
    ("earning", 365),
];

#[derive(Deserialize)]
struct Built {
    code: String,
    name_fa: String,
    name_en: String,
    definition_fa: String,
    definition_en: String,
    formula: String,
    unit: Unit,
    source: String,
    owner: String,
    smallest_cell: i64,
}

/// The first day of the built-in definitions: 1 Farvardin 1400, before any city began.
fn first_day() -> Date {
    Date::from_ymd_opt(2021, 3, 21).unwrap_or_default()
}

/// Loads what is missing; a definition that is there is never changed.
pub async fn load(tx: &mut Tx) -> Result<()> {
    let built: Vec<Built> = serde_json::from_str(DEFINITIONS)?;
    for (place, one) in built.into_iter().enumerate() {
        sql("INSERT INTO indicator (code, version, position, name_fa, name_en, definition_fa, definition_en,
             formula, unit, source, owner, smallest_cell, valid_from)
             VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (code, version) DO NOTHING")
        .bind(one.code)
        .bind(i64::try_from(place).unwrap_or_default() + 1)
        .bind(one.name_fa)
        .bind(one.name_en)
        .bind(one.definition_fa)
        .bind(one.definition_en)
        .bind(one.formula)
        .bind(one.unit)
        .bind(one.source)
        .bind(one.owner)
        .bind(one.smallest_cell)
        .bind(first_day())
        .execute(tx)
        .await?;
    }
    for (place, (stage, target)) in STAGES.into_iter().enumerate() {
        sql(
            "INSERT INTO chain_stage (stage, position, target_days) VALUES ($1, $2, $3)
             ON CONFLICT (stage) DO NOTHING",
        )
        .bind(stage)
        .bind(i64::try_from(place).unwrap_or_default() + 1)
        .bind(target)
        .execute(tx)
        .await?;
    }
    Ok(())
}
