//! Proofs: what was signed is what is shown.

use db::{Check, Conn, Fault, Result, sql};
use uuid::Uuid;

use crate::document::{canonical, digest};
use crate::own;
use crate::signing::is_signed;
use crate::taken::{self, Stored};

/// N1: every document taken in is whole, signed by a key of its city, and says what its rows say.
/// N2: this city's own documents are one signed chain.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    Ok(vec![taken_in(conn).await?, own_chain(conn).await?])
}

async fn taken_in(conn: &mut Conn) -> Result<Check> {
    let (mut faults, mut checked, mut after) = (Vec::new(), 0, None);
    loop {
        let page = taken::page(conn, after).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for stored in &page {
            checked += 1;
            let wrong = wrong_with(conn, stored).await?;
            faults.extend(wrong.map(|detail| fault("document", stored.id, detail)));
        }
    }
    faults.truncate(100);
    Ok(Check::new("N1", checked, faults))
}

fn fault(kind: &str, id: Uuid, detail: &str) -> Fault {
    Fault {
        record: format!("{kind}:{id}"),
        detail: detail.into(),
    }
}

async fn wrong_with(conn: &mut Conn, stored: &Stored) -> Result<Option<&'static str>> {
    if digest(&stored.body) != stored.digest {
        return Ok(Some("its text is not the one whose digest is kept"));
    }
    if !is_signed(&stored.public_key, &stored.body, &stored.signature) {
        return Ok(Some("its signature does not fit its text"));
    }
    let keys: i64 =
        sql("SELECT count(*) AS value FROM metropolis_key WHERE code = $1 AND public_key = $2")
            .bind(&stored.code)
            .bind(&stored.public_key)
            .scalar(conn)
            .await?;
    if keys == 0 {
        return Ok(Some("it is signed with a key its city never had"));
    }
    let Ok(document) = stored.document() else {
        return Ok(Some("its text is no document"));
    };
    let rows = sql(
        "SELECT figure, version, wording, name_fa, name_en, unit, as_of, amount, is_hidden
         FROM observatory_value WHERE document_id = $1 ORDER BY position, figure",
    )
    .bind(stored.id)
    .rows(conn)
    .await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in &rows {
        let (figure, version, wording): (String, i64, String) =
            (row.get("figure")?, row.get("version")?, row.get("wording")?);
        let (fa, en, unit): (String, String, String) =
            (row.get("name_fa")?, row.get("name_en")?, row.get("unit")?);
        let (as_of, amount, hidden): (persian::Date, Option<i64>, bool) =
            (row.get("as_of")?, row.get("amount")?, row.get("is_hidden")?);
        shown.push((
            figure,
            version,
            wording,
            (fa, en, unit),
            (as_of, amount, hidden),
        ));
    }
    let heads = sql("SELECT code, number, day, previous, signed_at, is_invented FROM observatory_document WHERE id = $1")
        .bind(stored.id)
        .rows(conn)
        .await?;
    let is_head_right = match heads.first() {
        Some(head) => {
            head.get::<String>("code")? == document.city.code
                && head.get::<i64>("number")? == document.number
                && head.get::<persian::Date>("day")? == document.day
                && head.get::<Option<String>>("previous")? == document.previous
                && head.get::<persian::Timestamp>("signed_at")? == document.signed_at
                && head.get::<bool>("is_invented")? == document.is_invented
        }
        None => false,
    };
    let said = document.figures.into_iter().map(|one| {
        let names = (one.name_fa, one.name_en, one.unit);
        (
            one.code,
            one.version,
            one.wording,
            names,
            (one.as_of, one.amount, one.is_hidden),
        )
    });
    Ok(match is_head_right && said.eq(shown) {
        true => None,
        false => Some("the numbers shown are not those that were signed"),
    })
}

async fn own_chain(conn: &mut Conn) -> Result<Check> {
    let rows = sql("SELECT id, number, previous, digest, body, public_key, signature FROM signed_statistics ORDER BY number")
        .rows(conn)
        .await?;
    let (mut faults, mut before): (Vec<Fault>, Option<String>) = (Vec::new(), None);
    for (place, row) in (1_i64..).zip(&rows) {
        let body: String = row.get("body")?;
        let (own, key, signature): (String, String, String) = (
            row.get("digest")?,
            row.get("public_key")?,
            row.get("signature")?,
        );
        let previous: Option<String> = row.get("previous")?;
        let wrong = if digest(&body) != own {
            Some("its text is not the one whose digest is kept")
        } else if !is_signed(&key, &body, &signature) {
            Some("its signature does not fit its text")
        } else if row.get::<i64>("number")? != place || previous != before {
            Some("it does not follow the one before it")
        } else {
            None
        };
        faults.extend(
            wrong
                .map(|detail| (row, detail))
                .map(|(row, detail)| {
                    Ok::<_, db::Error>(fault("signed_statistics", row.get("id")?, detail))
                })
                .transpose()?,
        );
        before = Some(own);
    }
    for one in own::successions(conn).await? {
        let said = &one.statement;
        if !is_signed(&said.old_key, &canonical(said)?, &one.signature) {
            faults.push(Fault {
                record: format!("statistics_key:{}", said.new_key),
                detail: "the key before did not sign for it".into(),
            });
        }
    }
    Ok(Check::new(
        "N2",
        i64::try_from(rows.len()).unwrap_or_default(),
        faults,
    ))
}
