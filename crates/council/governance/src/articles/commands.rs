use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{ArticleId, ArticleKind, InstrumentKind, OrdinanceId};
use crate::wording::{NAME, PARAGRAPH, required};

/// Another ordinance has this number.
pub const ORDINANCE_CODE_TAKEN: Reason = Reason::new("ordinance_code_taken", 409);
/// Passed, notified and the end of the compliance period do not follow one another.
pub const ORDINANCE_DATES: Reason = Reason::new("ordinance_dates", 422);
/// There is a node of this kind and number here already.
pub const EID_TAKEN: Reason = Reason::new("eid_taken", 409);
/// No figure has this code.
pub const CITED_FIGURE_UNKNOWN: Reason = Reason::new("cited_figure_unknown", 422);

/// Enters an ordinance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateOrdinance {
    /// Made by the sender.
    pub id: OrdinanceId,
    /// What it is; an ordinance of the council when it is not told.
    #[serde(default)]
    pub kind: InstrumentKind,
    /// The council's number: `2620`.
    pub code: String,
    /// Title in Persian.
    pub title_fa: String,
    /// Title in English.
    pub title_en: String,
    /// The day it was passed.
    pub passed_on: Date,
    /// The day it was notified.
    pub notified_on: Date,
    /// The day the compliance board's period was over.
    pub compliance_over_on: Date,
    /// True when its wording is a sample.
    pub is_sample: bool,
}

impl Write for CreateOrdinance {
    const NAME: &'static str = "create_ordinance";
    type Out = OrdinanceId;
    async fn run(&self, tx: &mut Tx) -> Result<OrdinanceId> {
        sql(
            "INSERT INTO ordinance (id, code, title_fa, title_en, passed_on, notified_on,
             compliance_over_on, is_sample, made_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(self.id)
        .bind(required(&self.code, "code", 40)?)
        .bind(required(&self.title_fa, "title_fa", NAME)?)
        .bind(required(&self.title_en, "title_en", NAME)?)
        .bind(self.passed_on)
        .bind(self.notified_on)
        .bind(self.compliance_over_on)
        .bind(self.is_sample)
        .bind(tx.now())
        .bind(self.kind)
        .execute(tx)
        .await
        .map_err(|error| {
            error
                .or_reason("ux_ordinance_code", &ORDINANCE_CODE_TAKEN)
                .or_reason("ck_ordinance_dates", &ORDINANCE_DATES)
        })?;
        audit::record(
            tx,
            "ordinance_created",
            "ordinance",
            Some(self.id.get()),
            json!({ "code": self.code }),
        )
        .await?;
        Ok(self.id)
    }
}

/// Adds a node to the tree, with its first wording and the figures it is measured by.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddArticle {
    /// Made by the sender.
    pub id: ArticleId,
    /// Where it belongs.
    pub ordinance_id: OrdinanceId,
    /// The node above; none for an article.
    pub parent_id: Option<ArticleId>,
    /// What it is.
    pub kind: ArticleKind,
    /// Its number among its like; makes its address.
    pub number: i64,
    /// Heading in Persian.
    pub heading_fa: String,
    /// Heading in English.
    pub heading_en: String,
    /// Wording in Persian.
    pub wording_fa: String,
    /// Wording in English.
    pub wording_en: String,
    /// The first day of this wording.
    pub valid_from: Date,
    /// True when the wording is a sample.
    pub is_sample: bool,
    /// Codes of figures.
    pub figures: Vec<String>,
}

impl Write for AddArticle {
    const NAME: &'static str = "add_article";
    type Out = ArticleId;
    async fn run(&self, tx: &mut Tx) -> Result<ArticleId> {
        let own = format!("{}_{}", self.kind.eid_word(), self.number);
        let eid = match self.parent_id {
            None => own,
            Some(parent) => {
                let above: String =
                    sql("SELECT eid AS value FROM article WHERE id = $1 AND ordinance_id = $2")
                        .bind(parent)
                        .bind(self.ordinance_id)
                        .scalar(tx)
                        .await?;
                format!("{above}__{own}")
            }
        };
        sql(
            "INSERT INTO article (id, ordinance_id, parent_id, eid, kind, number, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(self.ordinance_id)
        .bind(self.parent_id)
        .bind(&eid)
        .bind(self.kind)
        .bind(self.number)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| {
            error
                .or_reason("ux_article_eid", &EID_TAKEN)
                .or_reason("ck_article_number", &EID_TAKEN)
        })?;
        let wording = Wording {
            heading: [&self.heading_fa, &self.heading_en],
            wording: [&self.wording_fa, &self.wording_en],
            valid_from: self.valid_from,
            is_sample: self.is_sample,
        };
        let version = tx.new_id();
        wording.write(tx, version, self.id, 1).await?;
        for code in &self.figures {
            cite(tx, self.id, code).await?;
        }
        audit::record(
            tx,
            "article_added",
            "article",
            Some(self.id.get()),
            json!({ "eid": eid }),
        )
        .await?;
        Ok(self.id)
    }
}

async fn cite(tx: &mut Tx, article: ArticleId, code: &str) -> Result<()> {
    if !indicators::is_known(tx, code).await? {
        return CITED_FIGURE_UNKNOWN.with(&[("code", code.to_owned())]);
    }
    sql(
        "INSERT INTO article_figure (article_id, indicator_code) VALUES ($1, $2)
         ON CONFLICT (article_id, indicator_code) DO NOTHING",
    )
    .bind(article)
    .bind(code)
    .execute(tx)
    .await
    .map(drop)
}

/// Adds a wording to a node; those before it stay readable.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AmendArticle {
    /// The wording's id, made by the sender.
    pub id: Uuid,
    /// Which node.
    pub article_id: ArticleId,
    /// Heading in Persian.
    pub heading_fa: String,
    /// Heading in English.
    pub heading_en: String,
    /// Wording in Persian.
    pub wording_fa: String,
    /// Wording in English.
    pub wording_en: String,
    /// The first day of this wording.
    pub valid_from: Date,
    /// True when the wording is a sample.
    pub is_sample: bool,
}

impl Write for AmendArticle {
    const NAME: &'static str = "amend_article";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        // Held until the end, so that two amendments cannot take the same number.
        sql("UPDATE article SET number = number WHERE id = $1")
            .bind(self.article_id)
            .execute_one(tx)
            .await?;
        let version: i64 = sql("SELECT CAST(max(version) + 1 AS bigint) AS value FROM article_version WHERE article_id = $1")
            .bind(self.article_id)
            .scalar(tx)
            .await?;
        let wording = Wording {
            heading: [&self.heading_fa, &self.heading_en],
            wording: [&self.wording_fa, &self.wording_en],
            valid_from: self.valid_from,
            is_sample: self.is_sample,
        };
        wording.write(tx, self.id, self.article_id, version).await?;
        audit::record(
            tx,
            "article_amended",
            "article",
            Some(self.article_id.get()),
            json!({ "version": version }),
        )
        .await?;
        Ok(version)
    }
}

/// The article is repealed from that day on already.
pub const REPEALED_ALREADY: Reason = Reason::new("article_repealed_already", 409);

/// Repeals an article from a day on. What was decided under it stays; what is decided from that day on
/// cites its successor. Another day corrects a mistaken one.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RepealArticle {
    /// Which node.
    pub article_id: ArticleId,
    /// The first day on which it binds nobody.
    pub repealed_on: Date,
    /// What stands in its place.
    pub successor_id: Option<ArticleId>,
}

impl Write for RepealArticle {
    const NAME: &'static str = "repeal_article";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let repealed = sql(
            "UPDATE article SET repealed_on = $2, successor_id = $3 WHERE id = $1
             AND (repealed_on IS NULL OR repealed_on <> $2)",
        )
        .bind(self.article_id)
        .bind(self.repealed_on)
        .bind(self.successor_id)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_article_successor", &REPEALED_ALREADY))?;
        if repealed == 0 {
            return REPEALED_ALREADY.refuse();
        }
        audit::record(
            tx,
            "article_repealed",
            "article",
            Some(self.article_id.get()),
            json!({ "successor": self.successor_id }),
        )
        .await
    }
}

/// One wording in both languages.
struct Wording<'a> {
    heading: [&'a str; 2],
    wording: [&'a str; 2],
    valid_from: Date,
    is_sample: bool,
}

impl Wording<'_> {
    async fn write(&self, tx: &mut Tx, id: Uuid, article: ArticleId, version: i64) -> Result<()> {
        sql("INSERT INTO article_version (id, article_id, version, heading_fa, heading_en, wording_fa,
             wording_en, valid_from, is_sample, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(id)
        .bind(article)
        .bind(version)
        .bind(required(self.heading[0], "heading_fa", NAME)?)
        .bind(required(self.heading[1], "heading_en", NAME)?)
        .bind(required(self.wording[0], "wording_fa", PARAGRAPH)?)
        .bind(required(self.wording[1], "wording_en", PARAGRAPH)?)
        .bind(self.valid_from)
        .bind(self.is_sample)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}
