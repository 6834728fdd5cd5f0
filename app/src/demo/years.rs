//! Two years, day by day.

use std::collections::BTreeMap;

use casework::budget::GrantBudget;
use db::Result;
use indicators::TakeValues;
use money::Rial;
use notices::GiveUpOld;
use persian::{Jalali, Timestamp};

use super::agenda::deed;
use super::goods::{self, Stall};
use super::market::Market;
use super::observatory::Neighbour;
use super::pictures::Pictures;
use super::sales::Selling;
use super::settlement::Settlement;
use super::town::Town;
use super::{
    Account, council, courses, crowd, directory, figures, files, needs, orders, praise, stories,
};

/// Rials granted to each line of the budget, for each person.
const GRANT: i64 = 250_000_000;

/// The last days whose messages are really told; older ones would come as news of long ago.
const TOLD_DAYS: i64 = 3;

/// Plans and lives the two years; gives the accounts of the told people.
pub async fn live(mut town: Town, people: u32) -> Result<BTreeMap<String, Account>> {
    let city = town.city.clone();
    begin(&mut town, people).await?;
    courses::set_up(&mut town)?;
    council::plan(&mut town)?;
    let (accounts, told) = stories::plan(&mut town)?;
    let mut makers = told;
    makers.extend(crowd::plan(&mut town, people.saturating_sub(3))?);
    files::answer(&mut town)?;
    courses::hold_groups(&mut town);
    let stalls = stalls(&mut town, makers, people)?;
    let pickle = stalls.first().and_then(|stall| stall.wares.first());
    let pickle = pickle.map(|ware| ware.id);
    needs::plan(&mut town, pickle)?;
    directory::plan(&mut town)?;
    orders::plan(&mut town)?;
    figures::plan(&mut town, people)?;
    praise::plan(&mut town, &stalls)?;
    println!("{} people, {} makers are planned", people, stalls.len());
    let mut settlement = Settlement::open(&mut town).await?;
    let mut market = Market::open(&mut town, stalls).await?;
    let mut neighbour = Neighbour::open(&mut town).await?;
    let mut selling = Selling::new((i64::from(people) / 32).max(2));
    let mut day = town.since.date();
    let mut followed = town.since;
    while Timestamp::at(day, 8, 0) < town.until {
        town.agenda
            .run_until(&city, Timestamp::at(day, 9, 25))
            .await?;
        market.morning(&mut town, day).await?;
        town.agenda
            .run_until(&city, Timestamp::at(day, 10, 45))
            .await?;
        market.receive(&mut town, day).await?;
        settlement.day(&mut town, &market, day).await?;
        town.agenda
            .run_until(&city, Timestamp::at(day, 21, 0))
            .await?;
        selling.day(&mut town, &mut market, day).await?;
        let jalali = Jalali::from(day);
        // Cases learn every third night what the market did; where it is served, within seconds.
        if jalali.day % 3 == 0 {
            let now = Timestamp::at(day, 21, 30);
            city.db.clock().hold(now);
            town.agenda.done += crate::following::sweep(&city, followed).await?;
            followed = now;
        }
        if jalali == jalali.last_of_month() {
            month_ends(&mut town, jalali, selling.lines).await?;
            neighbour.month_ends(&mut town, jalali).await?;
        }
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    let before = town.until.plus_days(-TOLD_DAYS);
    city.db.clock().hold(town.until);
    let forget = vec![deed(jobs::SkipJobs { before }), deed(GiveUpOld { before })];
    town.agenda
        .perform(&city, uuid::Uuid::nil(), forget)
        .await?;
    println!(
        "{} acts, {} lines sold; refused: {:?}",
        town.agenda.done, selling.lines, town.agenda.refused
    );
    Ok(accounts)
}

async fn begin(town: &mut Town, people: u32) -> Result<()> {
    let at = Timestamp::at(town.since.date(), 8, 40);
    let lines = {
        let mut conn = town.city.db.read().await?;
        casework::budget::list(&mut conn).await?
    };
    town.city.db.clock().hold(at);
    let amount = Rial::new(GRANT * i64::from(people.max(20)));
    let grants = lines.into_iter().map(|line| {
        deed(GrantBudget {
            code: line.code,
            amount,
        })
    });
    let (city, admin) = (town.city.clone(), town.user("admin"));
    town.agenda.perform(&city, admin, grants.collect()).await
}

/// What everybody brings: three products for two people of the city, shared by its makers.
fn stalls(town: &mut Town, makers: Vec<super::goods::Maker>, people: u32) -> Result<Vec<Stall>> {
    let mut pictures = Pictures::default();
    let soon = town.until.plus_days(-14);
    let active = makers
        .iter()
        .filter(|maker| maker.from < soon)
        .count()
        .max(1);
    let wanted = people as usize * 31 / 20;
    let mut stalls = Vec::with_capacity(makers.len());
    for (place, maker) in makers.into_iter().enumerate() {
        let least = if maker.is_told { 4 } else { 1 };
        let count = (wanted * (place + 1) / active - wanted * place / active).clamp(least, 12);
        stalls.push(goods::plan(town, &mut pictures, maker, count)?);
    }
    Ok(stalls)
}

async fn month_ends(town: &mut Town, month: Jalali, lines: i64) -> Result<()> {
    let at = Timestamp::at(month.to_date(), 22, 0);
    town.city.db.clock().hold(at);
    let (city, secretary) = (town.city.clone(), town.user("secretary"));
    town.agenda
        .perform(&city, secretary, vec![deed(TakeValues {})])
        .await?;
    // Where it is served, every night.
    town.agenda.done += makers::levels::sweep(&city).await?;
    println!(
        "{}: {} acts, {lines} lines sold",
        month.month_and_year(persian::Lang::En),
        town.agenda.done
    );
    Ok(())
}
