//! Finding goods by what a scanner sends or a hand types.

pub(crate) mod pages;
mod queries;

use contacts::ContactId;
use db::{Conn, FromRow, Reason, Result, Value, sql};
use documents::codes::LabelCode;
use makers::ProductId;
use money::Rial;
use organizations::PlaceId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

use crate::agreements::AgreementId;
use crate::receipts::LotId;
use crate::stock::{LOT_EXPIRED, NOT_FOR_SALE};

/// The text is not a label code, or a sign of it was misread.
pub const CODE_WRONG: Reason = Reason::new("code_wrong", 422);

/// A lot as the till shows it.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Sellable {
    /// Which lot.
    pub lot_id: LotId,
    /// Its label code.
    pub code: String,
    /// Its product.
    pub product_id: ProductId,
    /// The product's name in Persian.
    pub name_fa: String,
    /// The product's name in English; may be empty.
    pub name_en: String,
    /// What the shopper pays for one, tax included.
    pub unit_price: Rial,
    /// The product's tax class.
    pub tax_class: Option<String>,
    /// The maker.
    pub contact_id: ContactId,
    /// The agreement that governs it.
    pub agreement_id: AgreementId,
    /// The operator's share in basis points.
    pub commission_bp: i64,
    /// The last day it may be sold.
    pub expires_on: Option<Date>,
    /// Pieces at the place asked; zero or less when the system sees none.
    pub on_hand: i64,
}

impl Sellable {
    /// The product's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }
}

/// The lot that a scanned or typed code names: the code itself, a label's link, in any digits.
/// Refuses a misread code, a lot past its last day, and a product that may not be sold.
pub async fn find_by_code(
    conn: &mut Conn,
    place: PlaceId,
    typed: &str,
    day: Date,
) -> Result<Option<Sellable>> {
    let Ok(code) = LabelCode::parse(typed) else {
        return CODE_WRONG.at("code");
    };
    let code = code.to_string();
    let found: Option<Sellable> = sql(
        "SELECT l.id AS lot_id, l.code, l.product_id, p.name_fa, p.name_en, l.unit_price, p.tax_class, l.contact_id,
         l.agreement_id, l.commission_bp, l.expires_on, coalesce(s.on_hand, 0) AS on_hand
         FROM lot l JOIN product_card p ON p.id = l.product_id
         LEFT JOIN stock s ON s.lot_id = l.id AND s.place_id = $2 WHERE l.code = $1",
    )
    .bind(&code)
    .bind(place)
    .optional(conn)
    .await?;
    let Some(lot) = found else { return Ok(None) };
    if lot.expires_on.is_some_and(|last| last < day) {
        return LOT_EXPIRED.with(&[("code", code)]);
    }
    if !makers::is_for_sale(conn, lot.product_id, day).await? {
        return NOT_FOR_SALE.with(&[("code", code)]);
    }
    Ok(Some(lot))
}

/// The most words of a search that count.
const MOST_WORDS: usize = 6;

/// Lots on a place's shelf whose product's name has all the words typed, in any spelling: those
/// that may be sold on that day, the soonest to expire first, at most `most`.
pub async fn search(
    conn: &mut Conn,
    place: PlaceId,
    typed: &str,
    day: Date,
    most: i64,
) -> Result<Vec<Sellable>> {
    let folded = persian::fold(typed);
    let words: Vec<&str> = folded.split_whitespace().take(MOST_WORDS).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut text = "SELECT l.id AS lot_id, l.code, l.product_id, p.name_fa, p.name_en, l.unit_price, p.tax_class,
         l.contact_id, l.agreement_id, l.commission_bp, l.expires_on, s.on_hand
         FROM stock s JOIN lot l ON l.id = s.lot_id JOIN product_card p ON p.id = l.product_id
         WHERE s.place_id = $1 AND s.on_hand > 0 AND p.state = 'approved'
         AND (l.expires_on IS NULL OR l.expires_on >= $2)"
        .to_owned();
    let mut values: Vec<Value> = vec![place.into(), day.into(), most.into()];
    for word in words {
        let escaped = word
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        values.push(format!("%{escaped}%").into());
        text.push_str(&format!(
            " AND p.search_text LIKE ${} ESCAPE '\\'",
            values.len()
        ));
    }
    // Engines disagree on where an empty date sorts, so the order says it.
    text.push_str(
        " ORDER BY CASE WHEN l.expires_on IS NULL THEN 1 ELSE 0 END, l.expires_on, l.id LIMIT $3",
    );
    let mut found: Vec<Sellable> = sql(text).bind_all(values).all(conn).await?;
    let products: Vec<ProductId> = found.iter().map(|lot| lot.product_id).collect();
    let hidden = makers::unsellable(conn, &products, day).await?;
    found.retain(|lot| !hidden.contains(&lot.product_id));
    Ok(found)
}
