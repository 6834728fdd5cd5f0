//! Citations: the article of the law that a line of the budget, a package template or a step rests
//! on, by its address. What the article says is the council's; here it is only named.

mod api;
mod pages;

use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) fn routes() -> access::Routes {
    pages::routes().merge(api::routes())
}

/// An address is an instrument's code and an article: `home-business/art_3__cl_1`.
pub const ARTICLE_REF: Reason = Reason::new("article_ref", 422);

db::text_enum! {
    /// What may cite an article here.
    pub enum Cites {
        /// A line of the budget.
        BudgetLine = "budget_line",
        /// A package template.
        PackageTemplate = "package_template",
    }
}

/// The address in its one spelling; none for an empty text. Refuses at `field` what is no address.
pub(crate) fn article_ref(text: &str, field: &str) -> Result<Option<String>> {
    let text = persian::latin_digits(text.trim()).to_ascii_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let is_word = |part: &str| {
        let is_sign = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        !part.is_empty() && part.chars().all(is_sign)
    };
    match text.split_once('/') {
        Some((code, eid)) if is_word(code) && is_word(eid) && text.len() <= 100 => Ok(Some(text)),
        _ => ARTICLE_REF.at(field),
    }
}

/// Something that may cite an article, and which it cites.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "LegalCitation")]
pub struct Citing {
    /// What it is.
    pub kind: Cites,
    /// Its code.
    pub code: String,
    /// Persian name.
    pub name_fa: String,
    /// English name.
    pub name_en: String,
    /// The article it rests on.
    pub article_ref: Option<String>,
}

/// All that may cite an article, lines of the budget first.
pub async fn list(conn: &mut Conn) -> Result<Vec<Citing>> {
    sql(
        "SELECT 'budget_line' AS kind, code, name_fa, name_en, article_ref FROM budget_line
         UNION ALL SELECT 'package_template' AS kind, code, name_fa, name_en, article_ref
         FROM package_template WHERE state = 'published' ORDER BY kind, code",
    )
    .all(conn)
    .await
}

/// Says which article something rests on; an empty address takes it away.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CiteArticle {
    /// What cites.
    pub kind: Cites,
    /// Its code.
    pub code: String,
    /// The article's address.
    pub article_ref: String,
}

impl Write for CiteArticle {
    const NAME: &'static str = "cite_article";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let address = article_ref(&self.article_ref, "article_ref")?;
        let update = match self.kind {
            Cites::BudgetLine => "UPDATE budget_line SET article_ref = $2 WHERE code = $1",
            Cites::PackageTemplate => {
                "UPDATE package_template SET article_ref = $2 WHERE code = $1 AND state = 'published'"
            }
        };
        sql(update)
            .bind(&self.code)
            .bind(address)
            .execute_one(tx)
            .await?;
        let detail = json!({ "kind": self.kind, "code": self.code, "article": self.article_ref });
        access::audit::record(tx, "article_cited", self.kind.as_str(), None, detail).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_instrument_and_an_article() {
        let read = |text| article_ref(text, "x").map_err(|_| ());
        assert_eq!(read(" "), Ok(None));
        assert_eq!(
            read("Home-Business/art_۳"),
            Ok(Some("home-business/art_3".into()))
        );
        for wrong in ["art_3", "/art_3", "a/", "a/b/c", "a b/art_3", "مصوبه/art_3"] {
            assert_eq!(read(wrong), Err(()), "{wrong}");
        }
    }
}
