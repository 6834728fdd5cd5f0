//! The chain region by region, on one scale.

use std::collections::BTreeMap;

use db::{Conn, Result, sql};
use schemars::JsonSchema;
use serde::Serialize;

use crate::suppression::suppress;

/// Cells with fewer people are hidden: a stage may hold people whose group tells of their health.
pub const SMALLEST: i64 = 10;

/// People in each stage, of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ChainRegion")]
pub struct RegionStages {
    /// Code of the region; empty where it is not known.
    pub region: String,
    /// People by stage, in the order of the stages; none where it may not be shown.
    pub people: Vec<Option<i64>>,
}

/// Running cases by stage and the region in which she lived when she came to it. Each stage is a row of a table with the stage's number as its
/// total, so small cells take others with them.
pub async fn regions(conn: &mut Conn, stages: &[&str]) -> Result<Vec<RegionStages>> {
    let rows = sql(
        "SELECT CASE WHEN region = 0 THEN '' ELSE CAST(region AS text) END AS region, stage,
         running AS people FROM stage_region_card",
    )
    .rows(conn)
    .await?;
    let mut counted: BTreeMap<(i64, String), Vec<i64>> = BTreeMap::new();
    for row in &rows {
        let (region, stage): (String, String) = (row.get("region")?, row.get("stage")?);
        // Regions are numbered; «۱۰» comes after «۹», the unknown one last.
        let order = region.parse().unwrap_or(i64::MAX);
        let people = counted
            .entry((order, region))
            .or_insert_with(|| vec![0; stages.len()]);
        let place = stages.iter().position(|known| *known == stage);
        if let Some(number) = place.and_then(|place| people.get_mut(place)) {
            *number = row.get("people")?;
        }
    }
    let mut shown: Vec<RegionStages> = counted
        .keys()
        .map(|(_, region)| RegionStages {
            region: region.clone(),
            people: Vec::new(),
        })
        .collect();
    for place in 0..stages.len() {
        let cells: Vec<i64> = counted.values().map(|people| people[place]).collect();
        let may = suppress(&cells, SMALLEST, false, &[]);
        for ((row, number), is_shown) in shown.iter_mut().zip(cells).zip(may.cells) {
            // Where even the total is few, the empty cells would tell where they are.
            row.people.push((is_shown && may.total).then_some(number));
        }
    }
    Ok(shown)
}
