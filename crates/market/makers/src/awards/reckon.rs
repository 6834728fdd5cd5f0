//! Who wins: counted from sales and help of one Jalali year.

use std::collections::{BTreeMap, BTreeSet};

use contacts::ContactId;
use db::{Conn, FromRow, Result, sql};
use persian::{Date, Jalali};

use super::{Award, Measure, Prize, Winner, awards, span};
use crate::levels::facts::sellers;

/// What one maker did in the year.
#[derive(Clone, Debug, Default)]
struct Year {
    region: String,
    months: i64,
    days: i64,
    helped: i64,
    is_newcomer: bool,
}

impl Year {
    /// The figure, and what decides among equals.
    fn figure(&self, measure: Measure) -> (i64, i64) {
        match measure {
            Measure::SaleMonths => (self.months, self.days),
            Measure::SaleDays => (self.days, self.months),
            Measure::Helped => (self.helped, 0),
        }
    }
}

/// Every award of a year with who would win it today: city first, then regions by number.
pub async fn reckon(conn: &mut Conn, year: i64) -> Result<Vec<Prize>> {
    let Some((from, until)) = span(year) else {
        return Ok(Vec::new());
    };
    let makers = makers(conn, from, until).await?;
    let mut prizes = Vec::new();
    for award in awards(conn).await? {
        if !award.is_regional {
            prizes.push(prize(&award, "", &makers));
            continue;
        }
        let regions: BTreeSet<(i64, &str)> = makers
            .values()
            .filter_map(|one| Some((one.region.parse().ok()?, one.region.as_str())))
            .collect();
        for (_, region) in regions {
            let prize = prize(&award, region, &makers);
            // A region in which nobody is named is not listed: its silence tells of few people.
            if !prize.winners.is_empty() {
                prizes.push(prize);
            }
        }
    }
    Ok(prizes)
}

fn prize(award: &Award, region: &str, makers: &BTreeMap<ContactId, Year>) -> Prize {
    let in_field: Vec<(&ContactId, (i64, i64))> = makers
        .iter()
        .filter(|(_, one)| region.is_empty() || one.region == region)
        .filter(|(_, one)| one.is_newcomer || !award.is_newcomer)
        .map(|(contact, one)| (contact, one.figure(award.measure)))
        .filter(|(_, (amount, _))| *amount > 0)
        .collect();
    let field = in_field.len() as i64;
    let best = in_field.iter().map(|(_, figure)| *figure).max();
    let is_given = |best: &(i64, i64)| best.0 >= award.least && field >= award.field_least;
    let winners = match best.filter(is_given) {
        None => Vec::new(),
        Some(best) => {
            // Whoever is equal in both shares the award.
            let equals = in_field.iter().filter(|(_, figure)| *figure == best);
            let winner = |(contact, (amount, _)): &(&ContactId, (i64, i64))| Winner {
                contact_id: **contact,
                amount: *amount,
            };
            equals.map(winner).collect()
        }
    };
    Prize {
        award: award.clone(),
        region: region.to_owned(),
        field,
        winners,
    }
}

#[derive(FromRow)]
struct Sold {
    contact_id: ContactId,
    region: String,
    days: i64,
}

#[derive(FromRow)]
struct HelpedMany {
    contact_id: ContactId,
    region: String,
    amount: i64,
}

async fn makers(conn: &mut Conn, from: Date, until: Date) -> Result<BTreeMap<ContactId, Year>> {
    let mut makers: BTreeMap<ContactId, Year> = BTreeMap::new();
    let sold: Vec<Sold> = sql(
        "SELECT a.contact_id, c.region, CAST(count(DISTINCT a.sold_on) AS bigint) AS days
         FROM accrual_card a JOIN contact_card c ON c.id = a.contact_id
         WHERE a.kind = 'sale' AND a.sold_on >= $1 AND a.sold_on < $2 GROUP BY a.contact_id, c.region",
    )
    .bind(from)
    .bind(until)
    .all(conn)
    .await?;
    for one in sold {
        let own = makers.entry(one.contact_id).or_default();
        (own.region, own.days) = (one.region, one.days);
    }
    let first = Jalali::from(from);
    for month in 0..12 {
        let (from, until) = (first.plus_months(month), first.plus_months(month + 1));
        for contact in sellers(conn, None, from.to_date(), until.to_date()).await? {
            makers.entry(contact).or_default().months += 1;
        }
    }
    let new: Vec<ContactId> = sql(
        "SELECT contact_id AS value FROM accrual_card WHERE kind = 'sale' AND sold_on < $2
         GROUP BY contact_id HAVING min(sold_on) >= $1",
    )
    .bind(from)
    .bind(until)
    .scalars(conn)
    .await?;
    for contact in new {
        makers.entry(contact).or_default().is_newcomer = true;
    }
    let helped: Vec<HelpedMany> = sql(
        "SELECT h.helper_id AS contact_id, c.region, CAST(count(DISTINCT h.helped_id) AS bigint) AS amount
         FROM maker_help h JOIN contact_card c ON c.id = h.helper_id
         WHERE h.helped_on >= $1 AND h.helped_on < $2 GROUP BY h.helper_id, c.region",
    )
    .bind(from)
    .bind(until)
    .all(conn)
    .await?;
    for one in helped {
        let own = makers.entry(one.contact_id).or_default();
        (own.region, own.helped) = (one.region, one.amount);
    }
    Ok(makers)
}
