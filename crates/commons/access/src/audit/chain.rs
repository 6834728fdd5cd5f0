use db::{Conn, FromRow, Result, Tx, Write, sql};
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Events linked in one go.
const TOGETHER: i64 = 2_000;

/// The end of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many events are linked.
    pub number: i64,
    /// The hash of the last link.
    pub hash: Vec<u8>,
}

/// Where a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainFault {
    /// The link or event at fault.
    pub record: String,
    /// What is wrong with it.
    pub detail: String,
}

/// How long a sealer keeps others away after it linked something, in seconds.
pub(super) const LEASE: i64 = 10;

/// Numbers and links the events that are not linked yet, oldest first.
#[derive(Serialize, Deserialize)]
struct SealAudit {
    holder: Uuid,
}

impl Write for SealAudit {
    const NAME: &'static str = "seal_audit";
    type Out = Option<Head>;
    async fn run(&self, tx: &mut Tx) -> Result<Option<Head>> {
        let waiting: Vec<Event> = sql("SELECT e.id, e.digest FROM audit_event e WHERE NOT EXISTS
             (SELECT 1 FROM audit_link l WHERE l.event_id = e.id)
             ORDER BY e.happened_at, e.id LIMIT $1")
        .bind(TOGETHER)
        .all(tx)
        .await?;
        if waiting.is_empty() || !hold(tx, self.holder).await? {
            return Ok(None);
        }
        // Should a lease run out under a sealer, the primary key lets only one number through.
        let mut head = head(tx).await?;
        let mut rows = Vec::with_capacity(waiting.len());
        for event in waiting {
            head = Head {
                number: head.number + 1,
                hash: link(&head, &event),
            };
            rows.push(vec![
                head.number.into(),
                event.id.into(),
                tx.now().into(),
                head.hash.clone().into(),
            ]);
        }
        let insert = "INSERT INTO audit_link (number, event_id, sealed_at, hash)";
        db::insert_many(tx, insert, 4, rows).await?;
        Ok(Some(head))
    }
}

/// Takes or keeps the lease; false while another sealer has it.
async fn hold(tx: &mut Tx, holder: Uuid) -> Result<bool> {
    let now = tx.now();
    let held = sql(
        "INSERT INTO audit_sealer (id, holder, held_until) VALUES (1, $1, $2)
         ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
         WHERE audit_sealer.holder = excluded.holder OR audit_sealer.held_until < $3",
    )
    .bind(holder)
    .bind(now.plus_seconds(LEASE))
    .bind(now)
    .execute(tx)
    .await?;
    Ok(held == 1)
}

/// Gives the lease back.
#[derive(Serialize, Deserialize)]
struct LetGo {
    holder: Uuid,
}

impl Write for LetGo {
    const NAME: &'static str = "let_go_of_sealing";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("DELETE FROM audit_sealer WHERE holder = $1")
            .bind(self.holder)
            .execute(tx)
            .await
            .map(drop)
    }
}

pub(super) async fn let_go(db: &db::Db, holder: Uuid) -> Result<()> {
    db.write(&db::Origin::program("sealer"), LetGo { holder })
        .await
}

#[derive(FromRow)]
struct Event {
    id: Uuid,
    digest: Vec<u8>,
}

fn link(previous: &Head, event: &Event) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(&previous.hash);
    hash.update((previous.number + 1).to_be_bytes());
    hash.update(event.id.as_bytes());
    hash.update(&event.digest);
    hash.finalize().to_vec()
}

pub(super) async fn head(conn: &mut Conn) -> Result<Head> {
    let rows = sql("SELECT number, hash FROM audit_link ORDER BY number DESC LIMIT 1")
        .rows(conn)
        .await?;
    match rows.first() {
        Some(row) => Ok(Head {
            number: row.get("number")?,
            hash: row.get("hash")?,
        }),
        None => Ok(Head {
            number: 0,
            hash: Vec::new(),
        }),
    }
}

/// Links what waits; gives the new head when there was something.
pub(super) async fn seal_pending(db: &db::Db, holder: Uuid) -> Result<Option<Head>> {
    let mut last = None;
    while let Some(head) = db
        .write(&db::Origin::program("sealer"), SealAudit { holder })
        .await?
    {
        last = Some(head);
    }
    Ok(last)
}

/// True while an event is not linked.
pub(super) async fn waits(conn: &mut Conn) -> Result<bool> {
    let first: Option<Uuid> = sql("SELECT e.id AS value FROM audit_event e WHERE NOT EXISTS
         (SELECT 1 FROM audit_link l WHERE l.event_id = e.id) LIMIT 1")
    .optional_scalar(conn)
    .await?;
    Ok(first.is_some())
}

/// When the newest link was made: the clock was right at least then.
pub async fn sealed_last(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT sealed_at AS value FROM audit_link ORDER BY number DESC LIMIT 1")
        .optional_scalar(conn)
        .await
}

/// Walks the whole chain: every link fits, every event still has its digest, and nothing older
/// than a minute is unlinked. Gives the number of links and what is wrong.
pub async fn verify(conn: &mut Conn, now: Timestamp) -> Result<(i64, Vec<ChainFault>)> {
    let mut faults = Vec::new();
    let mut head = Head {
        number: 0,
        hash: Vec::new(),
    };
    loop {
        let rows = sql(
            "SELECT l.number, l.hash, e.id, e.digest, e.happened_at, e.user_id, e.actor,
             e.request_id, e.action, e.record_kind, e.record_id, e.detail
             FROM audit_link l JOIN audit_event e ON e.id = l.event_id
             WHERE l.number > $1 ORDER BY l.number LIMIT 2000",
        )
        .bind(head.number)
        .rows(conn)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let event = Event {
                id: row.get("id")?,
                digest: row.get("digest")?,
            };
            let number: i64 = row.get("number")?;
            let fault = |detail: &str| ChainFault {
                record: format!("audit:{number}"),
                detail: detail.into(),
            };
            if number != head.number + 1 {
                faults.push(fault("a number is missing before this one"));
            }
            if event.digest != digest_of(&row)? {
                faults.push(fault("the event was changed"));
            }
            let hash: Vec<u8> = row.get("hash")?;
            if hash
                != link(
                    &Head {
                        number: number - 1,
                        hash: head.hash,
                    },
                    &event,
                )
            {
                faults.push(fault("the link does not fit the one before"));
            }
            head = Head { number, hash };
        }
    }
    let late: i64 = sql(
        "SELECT count(*) AS value FROM audit_event e WHERE e.happened_at < $1 AND NOT EXISTS
         (SELECT 1 FROM audit_link l WHERE l.event_id = e.id)",
    )
    .bind(now.plus_seconds(-60))
    .scalar(conn)
    .await?;
    if late > 0 {
        let detail = format!("{late} events wait for the sealer for more than a minute");
        faults.push(ChainFault {
            record: "audit".into(),
            detail,
        });
    }
    Ok((head.number, faults))
}

fn digest_of(row: &db::Row) -> Result<Vec<u8>> {
    let event = serde_json::json!([
        row.get::<Uuid>("id")?,
        row.get::<Timestamp>("happened_at")?,
        row.get::<Option<Uuid>>("user_id")?,
        row.get::<String>("actor")?,
        row.get::<Uuid>("request_id")?,
        row.get::<String>("action")?,
        row.get::<String>("record_kind")?,
        row.get::<Option<Uuid>>("record_id")?,
        row.get::<serde_json::Value>("detail")?,
    ]);
    Ok(Sha256::digest(serde_json::to_vec(&event)?).to_vec())
}
