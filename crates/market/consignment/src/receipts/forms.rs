//! The form of a goods receipt: one row per approved product of the maker.

use makers::Product;
use web::{Form, Read};

use super::{Condition, LotId, NewLot};

/// The name of a row's field: `p1042_quantity`.
pub(super) fn name(product: &Product, field: &str) -> String {
    format!("p{}_{field}", product.code)
}

/// Reads the rows with a count; a row left empty is no line. `None` when a field is wrong.
pub(super) fn lines(
    read: &mut Read<'_>,
    form: &Form,
    products: &[Product],
    new_id: impl Fn() -> LotId,
) -> Option<Vec<NewLot>> {
    let mut lines = Vec::new();
    for product in products
        .iter()
        .filter(|product| !form.raw(&name(product, "quantity")).trim().is_empty())
    {
        let quantity = read.number(&name(product, "quantity"), 1, 100_000);
        let price = name(product, "price");
        let unit_price = if read.is_empty(&price) {
            Some(None)
        } else {
            read.toman(&price).map(Some)
        };
        let batch = read.optional_text(&name(product, "batch"), 40);
        let produced_on = read.optional_date(&name(product, "produced"));
        let expires_on = read.optional_date(&name(product, "expires"));
        let defect_note = read.optional_text(&name(product, "defect"), 200);
        lines.push((|| {
            let defect_note = defect_note?;
            Some(NewLot {
                id: new_id(),
                product_id: product.id,
                quantity: quantity?,
                unit_price: unit_price?,
                batch: batch?,
                produced_on: produced_on?,
                expires_on: expires_on?,
                condition: if defect_note.is_empty() {
                    Condition::Good
                } else {
                    Condition::Defect
                },
                defect_note,
            })
        })());
    }
    lines.into_iter().collect()
}

/// The field of the form that a refusal's `lines/2/quantity` speaks of.
pub(super) fn field_of(path: &str, lines: &[NewLot], products: &[Product]) -> Option<String> {
    let mut parts = path.strip_prefix("lines/")?.split('/');
    let line = lines.get(parts.next()?.parse::<usize>().ok()?)?;
    let field = match parts.next()? {
        "expires_on" => "expires",
        "defect_note" => "defect",
        "unit_price" => "price",
        _ => "quantity",
    };
    products
        .iter()
        .find(|product| product.id == line.product_id)
        .map(|product| name(product, field))
}
