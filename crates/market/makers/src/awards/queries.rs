use contacts::ContactId;
use db::{Conn, FromRow, Result, Tx, sql};
use persian::Date;

use super::{Award, Prize, Winner, Won};

/// What is praised, in order.
pub async fn awards(conn: &mut Conn) -> Result<Vec<Award>> {
    sql(
        "SELECT code, measure, is_newcomer, is_regional, least, field_least, name_fa, name_en, meaning_fa,
         meaning_en FROM award ORDER BY position",
    )
    .all(conn)
    .await
}

pub(super) async fn keep(tx: &mut Tx, year: i64, prize: &Prize, winner: &Winner) -> Result<()> {
    sql(
        "INSERT INTO award_winner (id, jalali_year, award_code, region, contact_id, amount, field, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tx.new_id())
    .bind(year)
    .bind(&prize.award.code)
    .bind(&prize.region)
    .bind(winner.contact_id)
    .bind(winner.amount)
    .bind(prize.field)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// The years whose lists stand, the last first.
pub async fn years(conn: &mut Conn) -> Result<Vec<i64>> {
    sql("SELECT jalali_year AS value FROM award_year ORDER BY jalali_year DESC LIMIT 30")
        .scalars(conn)
        .await
}

#[derive(FromRow)]
struct Kept {
    award_code: String,
    region: String,
    contact_id: ContactId,
    amount: i64,
    field: i64,
}

/// The list of a year as it stands, with the definitions of the day it was settled.
pub async fn settled(conn: &mut Conn, year: i64) -> Result<Option<(Vec<Prize>, Date)>> {
    let rows = sql("SELECT definitions, settled_on FROM award_year WHERE jalali_year = $1")
        .bind(year)
        .rows(conn)
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let definitions: serde_json::Value = row.get("definitions")?;
    let definitions: Vec<Award> = serde_json::from_value(definitions)?;
    let kept: Vec<Kept> = sql(
        "SELECT award_code, region, contact_id, amount, field FROM award_winner WHERE jalali_year = $1 ORDER BY id",
    )
    .bind(year)
    .all(conn)
    .await?;
    let mut prizes: Vec<Prize> = Vec::new();
    for award in definitions {
        for one in kept.iter().filter(|one| one.award_code == award.code) {
            let winner = Winner {
                contact_id: one.contact_id,
                amount: one.amount,
            };
            match prizes.last_mut() {
                Some(last) if last.award.code == award.code && last.region == one.region => {
                    last.winners.push(winner);
                }
                _ => prizes.push(Prize {
                    award: award.clone(),
                    region: one.region.clone(),
                    field: one.field,
                    winners: vec![winner],
                }),
            }
        }
        // An award nobody got is told too: its definition stands beside no name.
        if !prizes.iter().any(|prize| prize.award.code == award.code) && !award.is_regional {
            prizes.push(Prize {
                award,
                region: String::new(),
                field: 0,
                winners: Vec::new(),
            });
        }
    }
    Ok(Some((prizes, row.get("settled_on")?)))
}

/// What a maker won, the last first.
pub async fn of_contact(conn: &mut Conn, contact: ContactId) -> Result<Vec<Won>> {
    sql(
        "SELECT w.jalali_year, w.region, a.name_fa, a.name_en FROM award_winner w
         JOIN award a ON a.code = w.award_code WHERE w.contact_id = $1
         ORDER BY w.jalali_year DESC, a.position LIMIT 20",
    )
    .bind(contact)
    .all(conn)
    .await
}
