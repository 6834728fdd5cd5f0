use std::collections::BTreeMap;

use db::{Conn, FromRow, Result, Row, Tx, sql};
use persian::Lang;

use super::{DescribeService, Description, Document, Eligibility, Fee, Schedule};
use crate::services::ServiceId;

/// Every service's description; there are dozens.
pub(crate) async fn all(conn: &mut Conn) -> Result<BTreeMap<ServiceId, Description>> {
    let mut found = BTreeMap::new();
    for row in sql("SELECT * FROM service_detail").rows(conn).await? {
        found.insert(row.get("service_id")?, plain(&row)?);
    }
    let rows = sql("SELECT service_id, group_code FROM service_group ORDER BY group_code")
        .rows(conn)
        .await?;
    for row in rows {
        if let Some(one) = found.get_mut(&row.get::<ServiceId>("service_id")?) {
            one.eligibility.groups.push(row.get("group_code")?);
        }
    }
    let rows = sql("SELECT service_id, region FROM service_region ORDER BY region")
        .rows(conn)
        .await?;
    for row in rows {
        if let Some(one) = found.get_mut(&row.get::<ServiceId>("service_id")?) {
            one.regions.push(row.get("region")?);
        }
    }
    let rows =
        sql("SELECT service_id, name_fa, name_en FROM service_document ORDER BY service_id, place")
            .rows(conn)
            .await?;
    for row in rows {
        if let Some(one) = found.get_mut(&row.get::<ServiceId>("service_id")?) {
            one.documents.push(Document {
                name_fa: row.get("name_fa")?,
                name_en: row.get("name_en")?,
            });
        }
    }
    Ok(found)
}

/// What is told of a service, when anything is.
pub async fn find(conn: &mut Conn, service: ServiceId) -> Result<Option<Description>> {
    Ok(all(conn).await?.remove(&service))
}

/// What stands in the one row.
fn plain(row: &Row) -> Result<Description> {
    Ok(Description {
        kind: row.get("kind")?,
        is_listed: row.get("is_listed")?,
        about_fa: row.get("about_fa")?,
        about_en: row.get("about_en")?,
        eligibility: Eligibility {
            is_for_all: row.get("is_for_all")?,
            age_from: row.get("age_from")?,
            age_to: row.get("age_to")?,
            gender: row.get("gender")?,
            groups: Vec::new(),
            note_fa: row.get("eligibility_fa")?,
            note_en: row.get("eligibility_en")?,
        },
        asks_no_documents: row.get("asks_no_documents")?,
        documents: Vec::new(),
        fee: Fee {
            kind: row.get("fee")?,
            amount: row.get("fee_amount")?,
            text_fa: row.get("fee_fa")?,
            text_en: row.get("fee_en")?,
        },
        schedule: Schedule {
            text_fa: row.get("schedule_fa")?,
            text_en: row.get("schedule_en")?,
            rule: row.get("schedule_rule")?,
            opens: row.get("opens")?,
            closes: row.get("closes")?,
        },
        regions: Vec::new(),
    })
}

/// A target group of the city's list.
#[derive(Clone, Debug, FromRow)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl Group {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// The target groups a service may ask for, as the city publishes them.
pub async fn groups(conn: &mut Conn) -> Result<Vec<Group>> {
    sql("SELECT code, name_fa, name_en FROM target_group_card ORDER BY code")
        .all(conn)
        .await
}

/// Writes a description over the one before.
pub(super) async fn keep(tx: &mut Tx, new: &DescribeService) -> Result<()> {
    let told = &new.description;
    let service = crate::services::get(tx, new.id).await?;
    let search = format!(
        "{} {} {} {}",
        service.name_fa, service.name_en, told.about_fa, told.about_en
    );
    // The service's row is held first, so that two descriptions sent at once do not mix their lists.
    sql("UPDATE service SET search_text = $2, check_days = $3, changed_at = $4 WHERE id = $1")
        .bind(new.id)
        .bind(persian::fold_spaceless(&search))
        .bind(new.check_days)
        .bind(tx.now())
        .execute_one(tx)
        .await?;
    for text in [
        "DELETE FROM service_group WHERE service_id = $1",
        "DELETE FROM service_region WHERE service_id = $1",
        "DELETE FROM service_document WHERE service_id = $1",
        "DELETE FROM service_detail WHERE service_id = $1",
    ] {
        sql(text).bind(new.id).execute(tx).await?;
    }
    let (who, fee, when) = (&told.eligibility, &told.fee, &told.schedule);
    sql(
        "INSERT INTO service_detail (service_id, kind, is_listed, about_fa, about_en, is_for_all, age_from, age_to,
         gender, eligibility_fa, eligibility_en, asks_no_documents, fee, fee_amount, fee_fa, fee_en,
         schedule_fa, schedule_en, schedule_rule, opens, closes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
    )
    .bind(new.id)
    .bind(told.kind)
    .bind(told.is_listed)
    .bind(persian::clean_lines(&told.about_fa))
    .bind(persian::clean_lines(&told.about_en))
    .bind(who.is_for_all)
    .bind(who.age_from)
    .bind(who.age_to)
    .bind(who.gender)
    .bind(persian::clean_lines(&who.note_fa))
    .bind(persian::clean_lines(&who.note_en))
    .bind(told.asks_no_documents)
    .bind(fee.kind)
    .bind(fee.amount)
    .bind(persian::clean(&fee.text_fa))
    .bind(persian::clean(&fee.text_en))
    .bind(persian::clean(&when.text_fa))
    .bind(persian::clean(&when.text_en))
    .bind(when.rule.trim().to_ascii_uppercase())
    .bind(when.opens)
    .bind(when.closes)
    .execute(tx)
    .await?;
    lists(tx, new).await
}

async fn lists(tx: &mut Tx, new: &DescribeService) -> Result<()> {
    for code in &new.description.eligibility.groups {
        let code = persian::clean(code);
        if code.is_empty() {
            continue;
        }
        sql("INSERT INTO service_group (service_id, group_code) VALUES ($1, $2) ON CONFLICT (service_id, group_code) DO NOTHING")
            .bind(new.id)
            .bind(code)
            .execute(tx)
            .await?;
    }
    for region in &new.description.regions {
        sql("INSERT INTO service_region (service_id, region) VALUES ($1, $2) ON CONFLICT (service_id, region) DO NOTHING")
            .bind(new.id)
            .bind(*region)
            .execute(tx)
            .await?;
    }
    for (place, document) in (1_i64..).zip(&new.description.documents) {
        sql("INSERT INTO service_document (service_id, place, name_fa, name_en) VALUES ($1, $2, $3, $4)")
            .bind(new.id)
            .bind(place)
            .bind(persian::clean(&document.name_fa))
            .bind(persian::clean(&document.name_en))
            .execute(tx)
            .await?;
    }
    Ok(())
}

/// Tells of one service what is told of another.
pub(crate) async fn copy(tx: &mut Tx, from: ServiceId, to: ServiceId) -> Result<()> {
    let Some(description) = find(tx, from).await? else {
        return Ok(());
    };
    let check_days = crate::services::get(tx, to).await?.check_days;
    let command = DescribeService {
        id: to,
        check_days,
        description,
    };
    keep(tx, &command).await
}
