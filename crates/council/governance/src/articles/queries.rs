use db::{Conn, Result, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Article, ArticleId, Ordinance, OrdinanceId};

const ORDINANCE: &str = "SELECT id, kind, code, title_fa, title_en, passed_on, notified_on, \
     compliance_over_on, is_sample FROM ordinance";

/// Each node with the newest wording that holds on day `$1`; its first wording before that.
const ARTICLE: &str =
    "SELECT a.id, a.ordinance_id, i.code || '/' || a.eid AS reference, a.parent_id, a.eid, a.kind, a.number, v.version,
     v.heading_fa, v.heading_en, v.wording_fa, v.wording_en, v.valid_from, v.is_sample,
     a.repealed_on, a.successor_id
     FROM article a JOIN ordinance i ON i.id = a.ordinance_id JOIN article_version v ON v.article_id = a.id AND v.version =
     (SELECT max(w.version) FROM article_version w WHERE w.article_id = a.id
      AND (w.valid_from <= $1 OR w.version = 1))";

/// All ordinances, newest first.
pub async fn list_ordinances(conn: &mut Conn) -> Result<Vec<Ordinance>> {
    sql(format!("{ORDINANCE} ORDER BY notified_on DESC, id"))
        .all(conn)
        .await
}

/// One ordinance.
pub async fn get_ordinance(conn: &mut Conn, id: OrdinanceId) -> Result<Ordinance> {
    sql(format!("{ORDINANCE} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// One node as it reads on a day.
pub async fn get(conn: &mut Conn, id: ArticleId, day: Date) -> Result<Article> {
    sql(format!("{ARTICLE} WHERE a.id = $2"))
        .bind(day)
        .bind(id)
        .one(conn)
        .await
}

/// The nodes directly below one.
pub async fn children(conn: &mut Conn, id: ArticleId, day: Date) -> Result<Vec<Article>> {
    sql(format!(
        "{ARTICLE} WHERE a.parent_id = $2 ORDER BY a.kind, a.number"
    ))
    .bind(day)
    .bind(id)
    .all(conn)
    .await
}

/// Every node of an ordinance, each right after the one above it.
pub async fn tree(conn: &mut Conn, id: OrdinanceId, day: Date) -> Result<Vec<Article>> {
    let nodes: Vec<Article> = sql(format!(
        "{ARTICLE} WHERE a.ordinance_id = $2 ORDER BY a.kind, a.number"
    ))
    .bind(day)
    .bind(id)
    .all(conn)
    .await?;
    let mut ordered = Vec::with_capacity(nodes.len());
    below(&nodes, None, &mut ordered);
    Ok(ordered)
}

fn below(nodes: &[Article], parent: Option<ArticleId>, ordered: &mut Vec<Article>) {
    for node in nodes.iter().filter(|node| node.parent_id == parent) {
        ordered.push(node.clone());
        below(nodes, Some(node.id), ordered);
    }
}

/// Every node of every ordinance, for lists to choose from.
pub async fn list_articles(conn: &mut Conn, day: Date) -> Result<Vec<Article>> {
    let mut all = Vec::new();
    for ordinance in list_ordinances(conn).await? {
        all.extend(tree(conn, ordinance.id, day).await?);
    }
    Ok(all)
}

/// All wordings of a node, newest first: version, first day, wordings.
pub async fn versions(conn: &mut Conn, id: ArticleId) -> Result<Vec<(i64, Date)>> {
    let rows = sql(
        "SELECT version, valid_from FROM article_version WHERE article_id = $1
                    ORDER BY version DESC",
    )
    .bind(id)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("version")?, row.get("valid_from")?)))
        .collect()
}

/// The codes of the figures an article and the nodes below it are measured by.
pub async fn figure_codes(conn: &mut Conn, id: ArticleId) -> Result<Vec<String>> {
    sql(
        "SELECT DISTINCT f.indicator_code AS value FROM article_figure f
         JOIN article a ON a.id = f.article_id WHERE a.id = $1 OR a.parent_id = $1 ORDER BY value",
    )
    .bind(id)
    .scalars(conn)
    .await
}

/// Somebody who cites an article, outside the council's own papers.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ArticleCitation")]
pub struct Citation {
    /// `package_template`, `budget_line` or `case_action`.
    pub kind: String,
    /// Its code; empty for actions of cases, which are counted.
    pub code: String,
    /// Its name in Persian; empty for actions of cases.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The address it cites.
    pub article_ref: String,
    /// How many: 1, or the actions of cases together.
    pub count: i64,
}

/// As few as a stage of the chain tells of: an article may itself name the group.
const FEW: i64 = 10;

/// Templates and lines one by one, actions of cases counted: which cases they are is not told here.
/// Actions of few cases are not told of.
fn citations(condition: &str) -> String {
    format!(
        "SELECT c.kind, c.code, c.name_fa, c.name_en, c.article_ref, CAST(1 AS bigint) AS count
         FROM citation_card c WHERE c.kind <> 'case_action' AND {condition}
         UNION ALL SELECT 'case_action' AS kind, '' AS code, '' AS name_fa, '' AS name_en, c.article_ref,
         count(*) AS count FROM citation_card c WHERE c.kind = 'case_action' AND {condition} GROUP BY c.article_ref
         HAVING count(*) >= {FEW}
         ORDER BY 1 DESC, 2, 5"
    )
}

/// Who cites a node or one below it.
pub async fn cited_by(conn: &mut Conn, id: ArticleId) -> Result<Vec<Citation>> {
    let here = "c.article_ref IN (SELECT o.code || '/' || a.eid FROM article a JOIN ordinance o ON o.id = a.ordinance_id
         WHERE a.id = $1 OR a.parent_id = $1)";
    sql(citations(here)).bind(id).all(conn).await
}

/// Citations whose address no article has.
pub async fn cited_nowhere(conn: &mut Conn) -> Result<Vec<Citation>> {
    let nowhere = "c.article_ref NOT IN (SELECT o.code || '/' || a.eid FROM article a
         JOIN ordinance o ON o.id = a.ordinance_id)";
    sql(citations(nowhere)).all(conn).await
}
