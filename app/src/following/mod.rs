//! What the market did reaches her case, the licence a body returned reaches her papers, and what the
//! committee decided on a case reaches that case. Care and market do not know each other, so this
//! reads what both publish and writes what is news.
//! Going over it twice changes nothing: each thing is news once. So it looks at what is new since
//! the last time and a little before, and at everything once a day and after each start.

mod decisions;

use std::sync::Arc;
use std::time::Duration;

use casework::cases::{EventKind, reached};
use casework::{CaseId, NextAction, Stage, months_after};
use contacts::ContactId;
use db::{Conn, Error, Origin, Result, Row, Tx, Value, Write, sql};
use makers::licences::LicenceSource;
use makers::{LicenceId, LicenceKind, RecordLicence};
use organizations::OrganizationId;
use persian::{Date, Timestamp};
use referrals::LegId;
use serde::Serialize;
use web::City;

/// How long news waits at most.
const PAUSE: Duration = Duration::from_secs(20);

/// How far back each look overlaps the one before: a write that took its ids earlier may be seen
/// later.
const OVERLAP: i64 = 10 * 60;

/// Follows a city as long as it is served.
pub async fn run_forever(city: Arc<City>) {
    let start = Timestamp::from_unix(0);
    let mut since = start;
    loop {
        let now = city.db.clock().now();
        // Once a day everything: a case may have been opened again after its news.
        if since.date() != now.date() {
            since = start;
        }
        match sweep(&city, since).await {
            Ok(_) => since = now,
            Err(error) => tracing::warn!(%error, "cases could not follow the market now"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Carries over all that is news since an instant; gives how much it was.
pub async fn sweep(city: &City, since: Timestamp) -> Result<usize> {
    let origin = Origin::program("job");
    let since = Timestamp::from_unix((since.unix() - OVERLAP).max(0));
    let (news, licences) = {
        let mut conn = city.db.read().await?;
        let news = news(&mut conn, since).await?;
        (news, licences(&mut conn, city, since).await?)
    };
    let mut carried = decisions::carry(city).await?;
    for one in news {
        carried += usize::from(city.db.write(&origin, one).await?);
    }
    for licence in licences {
        match city.db.write(&origin, licence).await {
            Ok(_) => carried += 1,
            // Somebody typed this number in before.
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(carried)
}

/// Where something of hers is published, and what it means for her case.
struct Source {
    what: EventKind,
    /// The view, as `x`, and which of its rows count.
    rows: &'static str,
    /// When it happened.
    at: &'static str,
    is_day: bool,
    /// What tells new rows from old ones; ids begin with the instant of their making.
    newer: Newer,
}

enum Newer {
    At(&'static str),
    Id,
}

impl Newer {
    fn condition(&self) -> String {
        match self {
            Self::At(column) => format!("{column} >= $2"),
            Self::Id => "x.id >= $2".into(),
        }
    }

    fn bound(&self, since: Timestamp) -> Value {
        match self {
            Self::At(_) => since.into(),
            Self::Id => db::first_id(since).into(),
        }
    }
}

/// In the order in which they happen, so that a history reads well.
const SOURCES: [Source; 4] = [
    Source {
        what: EventKind::ProductApproved,
        rows: "product_card x ON x.contact_id = q.contact_id AND x.state = 'approved'",
        at: "x.approved_at",
        is_day: false,
        newer: Newer::At("x.approved_at"),
    },
    Source {
        what: EventKind::GoodsReceived,
        rows: "movement_card x ON x.contact_id = q.contact_id AND x.kind = 'intake'",
        at: "x.happened_at",
        is_day: false,
        newer: Newer::Id,
    },
    Source {
        what: EventKind::FirstSold,
        rows: "accrual_card x ON x.contact_id = q.contact_id AND x.kind = 'sale'",
        at: "x.sold_on",
        is_day: true,
        newer: Newer::Id,
    },
    Source {
        what: EventKind::FirstPaid,
        rows: "earning_card x ON x.contact_id = q.contact_id",
        at: "x.earned_on",
        is_day: true,
        newer: Newer::Id,
    },
];

/// What running cases do not know yet. What happened before a case was opened is not its own.
async fn news(conn: &mut Conn, since: Timestamp) -> Result<Vec<Follow>> {
    let mut news = Vec::new();
    for source in &SOURCES {
        let rows = sql(format!(
            "SELECT c.id, c.opened_on, max({}) AS at FROM case_card c
             JOIN person_card q ON q.id = c.person_id JOIN {}
             WHERE {} AND c.state <> 'closed' AND NOT EXISTS
             (SELECT 1 FROM case_news_card n WHERE n.case_id = c.id AND n.kind = $1)
             GROUP BY c.id, c.opened_on ORDER BY c.id",
            source.at,
            source.rows,
            source.newer.condition()
        ))
        .bind(source.what)
        .bind(source.newer.bound(since))
        .rows(conn)
        .await?;
        for row in rows {
            if day(&row, source.is_day)? >= row.get("opened_on")? {
                news.push(Follow {
                    case: row.get("id")?,
                    what: source.what,
                });
            }
        }
    }
    Ok(news)
}

fn day(row: &Row, is_day: bool) -> Result<Date> {
    if is_day {
        row.get("at")
    } else {
        Ok(row.get::<Timestamp>("at")?.date())
    }
}

/// Her case learns what the market did.
#[derive(Serialize)]
struct Follow {
    case: CaseId,
    what: EventKind,
}

impl Write for Follow {
    const NAME: &'static str = "follow_market";
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let today = tx.today();
        let in_days = |days| {
            today
                .checked_add_days(chrono::Days::new(days))
                .unwrap_or(today)
        };
        let (stage, next) = match self.what {
            EventKind::ProductApproved => {
                (Stage::Making, Some((NextAction::BringGoods, in_days(14))))
            }
            EventKind::FirstPaid => (
                Stage::Earning,
                Some((NextAction::FollowUp, months_after(today, 3))),
            ),
            _ => (Stage::Selling, Some((NextAction::WatchSales, in_days(25)))),
        };
        reached(tx, self.case, self.what, stage, next).await
    }
}

/// Services whose result is a licence, and which.
const LICENCES: [(&str, LicenceKind); 1] = [("home_licence", LicenceKind::HomeBusiness)];

/// Licences that bodies returned and that are nowhere among her papers.
async fn licences(conn: &mut Conn, city: &City, since: Timestamp) -> Result<Vec<RecordLicence>> {
    let mut licences = Vec::new();
    for (service, kind) in LICENCES {
        let rows = sql(
            "SELECT l.id, l.organization_id, l.done_at, q.contact_id FROM leg_card l
             JOIN case_card c ON c.id = l.case_id JOIN person_card q ON q.id = c.person_id
             WHERE l.done_at >= $2 AND l.state = 'completed' AND l.service = $1
             AND NOT EXISTS (SELECT 1 FROM licence_card k WHERE k.source_id = l.id) ORDER BY l.id",
        )
        .bind(service)
        .bind(since)
        .rows(conn)
        .await?;
        for row in rows {
            let leg: LegId = row.get("id")?;
            let Some(result) = referrals::legs::get(conn, leg).await?.result else {
                continue;
            };
            let returned: referrals::Returned = serde_json::from_value(result)?;
            let (Some(number), Some(valid_until)) = (returned.licence_number, returned.valid_until)
            else {
                continue;
            };
            let done: Timestamp = row.get("done_at")?;
            licences.push(RecordLicence {
                id: LicenceId::new(city.db.new_id()),
                contact_id: row.get::<ContactId>("contact_id")?,
                kind,
                number,
                issuer_id: row.get::<OrganizationId>("organization_id")?,
                valid_from: done.date().min(valid_until),
                valid_until,
                source: LicenceSource::Referral,
                source_id: Some(leg.get()),
            });
        }
    }
    Ok(licences)
}
