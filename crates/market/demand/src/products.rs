//! The product a need is about, by its published face: code and names, no maker.

use db::{Conn, FromRow, Result, sql};
use persian::Lang;
use uuid::Uuid;

/// A product as this room shows it.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Product {
    pub code: String,
    pub name_fa: String,
    pub name_en: String,
}

impl Product {
    /// Its name in a language; the Persian one when there is no other.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }
}

/// The product of this id.
pub(crate) async fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Product>> {
    sql("SELECT code, name_fa, name_en FROM product_card WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await
}

/// The id of a product's code.
pub(crate) async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Uuid>> {
    let code = persian::latin_digits(code).to_uppercase();
    sql("SELECT id AS value FROM product_card WHERE code = $1")
        .bind(code)
        .optional_scalar(conn)
        .await
}
