//! Sales for programs: one, many that were made while cut off, and the list.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Permission, Role, Routes, Since};
use axum::extract::Query;
use axum::http::StatusCode;
use organizations::PlaceId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{KEY_DIFFERS, RecordSale, SaleId, SaleLine, SoldLine, Tendered, queries};
use crate::{SALE_READ, SALE_RECORD};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/sales", Need::May(&SALE_RECORD), create)
        .api_get("/api/v1/sales", Need::May(&SALE_READ), list)
        .api_post("/api/v1/till/batches", Need::May(&SALE_RECORD), batch)
}

/// A sale as it is sent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
struct SaleBody {
    id: SaleId,
    /// A shop's id or its code.
    shop_id: String,
    sold_at: Timestamp,
    lines: Vec<SoldLine>,
    tenders: Vec<Tendered>,
}

impl SaleBody {
    async fn command(self, ask: &Ask, is_synced: bool) -> Outcome<RecordSale> {
        let place = shop(ask, &self.shop_id).await?;
        Ok(RecordSale {
            id: self.id,
            place,
            register: None,
            sold_at: self.sold_at,
            lines: self.lines,
            tenders: self.tenders,
            is_synced,
        })
    }
}

/// A shop of the asker's own body; any other is not there.
async fn shop(ask: &Ask, named: &str) -> Outcome<PlaceId> {
    let mut conn = ask.read().await?;
    let place = match named.parse::<Uuid>() {
        Ok(id) => organizations::places::get(&mut conn, PlaceId::new(id)).await?,
        // No code is that odd; an engine may refuse to read it at all.
        Err(_) if named.len() > 40 || named.chars().any(char::is_control) => {
            return Err(Failure::NotFound);
        }
        Err(_) => organizations::places::by_code(&mut conn, named)
            .await?
            .ok_or(Failure::NotFound)?,
    };
    match may_sell_for(ask, place.organization_id.get()) {
        true => Ok(place.id),
        false => Err(Failure::NotFound),
    }
}

/// May the asker sell in the shops of this body?
pub(crate) fn may_sell_for(ask: &Ask, organization: Uuid) -> bool {
    ask.viewer
        .bodies_as(SALE_RECORD.roles)
        .contains(&organization)
}

/// The bodies whose sales the asker sees; none named means all.
pub(crate) fn seen_bodies(ask: &Ask, permission: &Permission) -> Option<Vec<Uuid>> {
    const MONEY: &[Role] = &[Role::FinanceOfficer, Role::FinanceApprover, Role::Auditor];
    let sees_all = MONEY
        .iter()
        .any(|role| permission.roles.contains(role) && ask.viewer.has(*role));
    (!sees_all).then(|| ask.viewer.bodies_as(permission.roles))
}

async fn create(ask: Ask, key: Option<Key>, Json(body): Json<SaleBody>) -> Outcome<impl Gives> {
    let id = body.id.get();
    if key.is_some_and(|Key(key)| key != id) {
        return KEY_DIFFERS.at("id").map_err(Failure::from);
    }
    let command = body.command(&ask, false).await?;
    let answer = ask.once(id, command).await?;
    let status = Ask::status(&answer);
    ask.json(status, &answer.out)
}

/// Sales that were made while the shop was cut off.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SaleBatch")]
struct BatchBody {
    items: Vec<SaleBody>,
}

#[derive(Serialize, JsonSchema)]
struct BatchResults {
    results: Vec<BatchResult>,
}

#[derive(Serialize, JsonSchema)]
struct BatchResult {
    id: SaleId,
    status: &'static str,
    sequence: Option<i64>,
    reason: Option<String>,
}

async fn batch(ask: Ask, Json(body): Json<BatchBody>) -> Outcome<impl Gives> {
    let mut results = Vec::with_capacity(body.items.len());
    for item in body.items {
        let id = item.id;
        let outcome = match item.command(&ask, true).await {
            Ok(command) => ask.once(id.get(), command).await,
            Err(failure) => Err(failure),
        };
        results.push(match outcome {
            Ok(answer) => BatchResult {
                id,
                status: if answer.is_repeat {
                    "duplicate"
                } else {
                    "accepted"
                },
                sequence: Some(answer.out.sequence),
                reason: None,
            },
            Err(failure @ (Failure::Refused(_) | Failure::NotFound)) => BatchResult {
                id,
                status: "refused",
                sequence: None,
                reason: Some(failure.code().to_owned()),
            },
            // Nothing is known of this one; the sender keeps it and sends it again.
            Err(failure) => return Err(failure),
        });
    }
    ask.json(StatusCode::OK, &BatchResults { results })
}

#[derive(Deserialize, JsonSchema)]
struct Page {
    cursor: Option<Uuid>,
}

/// A sale with its lines.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SaleItem")]
struct Item {
    #[serde(flatten)]
    sale: super::Sale,
    shop_id: PlaceId,
    lines: Vec<SaleLine>,
}

async fn list(
    ask: Ask,
    limit: Limit,
    Since(since): Since,
    Query(page): Query<Page>,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let bodies = seen_bodies(&ask, &SALE_READ);
    let mut sales = queries::list(
        &mut conn,
        bodies.as_deref(),
        page.cursor,
        since,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut sales, |sale| sale.id);
    let ids: Vec<SaleId> = sales.iter().map(|sale| sale.id).collect();
    let mut lines = queries::lines_of(&mut conn, &ids).await?;
    let items = sales.into_iter().map(|sale| {
        let (own, others) = lines.drain(..).partition(|line| line.sale_id == sale.id);
        lines = others;
        Item {
            shop_id: sale.place_id,
            sale,
            lines: own,
        }
    });
    let items = items.collect();
    ask.list(items, next)
}
