use db::{Conn, FromRow, Result, sql};
use makers::ProductId;
use persian::{Date, Lang};

/// A shop where a product lies now.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Where {
    name_fa: String,
    name_en: String,
    /// Pieces there.
    pub on_hand: i64,
}

impl Where {
    /// The shop's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// The shops where a product can be bought on a day, most pieces first.
pub(super) async fn shops(conn: &mut Conn, product: ProductId, day: Date) -> Result<Vec<Where>> {
    sql(
        "SELECT c.name_fa, c.name_en, CAST(sum(s.on_hand) AS bigint) AS on_hand
         FROM stock s JOIN lot l ON l.id = s.lot_id JOIN place_card c ON c.id = s.place_id
         WHERE l.product_id = $1 AND s.on_hand > 0 AND (l.expires_on IS NULL OR l.expires_on >= $2)
         GROUP BY c.id, c.name_fa, c.name_en ORDER BY 3 DESC, c.name_fa LIMIT 20",
    )
    .bind(product)
    .bind(day)
    .all(conn)
    .await
}
