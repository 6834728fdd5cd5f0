//! What the staff's product form accepts.

use money::BasisPoints;
use web::{Form, Read};

use super::{Product, ProductFacts, SaleUnit};

/// Shares of a shop that the price help offers, in basis points.
pub(crate) const SHARES: [i64; 6] = [500, 1_000, 1_500, 2_000, 2_500, 3_000];

/// Reads the facts; `None` when a field is wrong, with the errors noted.
pub(super) fn facts(read: &mut Read<'_>) -> Option<ProductFacts> {
    let name_fa = read.text("name_fa", 120);
    let name_en = read.optional_text("name_en", 120);
    let category_code = read.optional_choice::<String>("category_code");
    let tax_class = read.optional_choice::<String>("tax_class");
    let description = read.note("description", 1_000);
    let price = if read.is_empty("price") {
        Some(None)
    } else {
        read.toman("price").map(Some)
    };
    let sale_unit = read.choice::<SaleUnit>("sale_unit");
    let materials = read.optional_text("materials", 300);
    let weight = read.optional_text("weight", 60);
    let ingredients = read.optional_text("ingredients", 500);
    let storage = read.optional_text("storage", 200);
    let hygiene_number = read.optional_text("hygiene_number", 40);
    let ready_count = if read.is_empty("ready_count") {
        Some(0)
    } else {
        read.number("ready_count", 0, 100_000)
    };
    Some(ProductFacts {
        name_fa: name_fa?,
        name_en: name_en?,
        category_code: category_code?,
        tax_class: tax_class?,
        description: description?,
        price: price?,
        sale_unit: sale_unit?,
        materials: materials?,
        weight: weight?,
        ingredients: ingredients?,
        storage: storage?,
        hygiene_number: hygiene_number?,
        ready_count: ready_count?,
    })
}

/// The form of a product that exists, prices in toman.
pub(super) fn of(product: &Product) -> Form {
    let option = |text: &Option<String>| text.clone().unwrap_or_default();
    Form::prefilled([
        ("name_fa", product.name_fa.clone()),
        ("name_en", product.name_en.clone()),
        ("category_code", option(&product.category_code)),
        ("tax_class", option(&product.tax_class)),
        ("description", product.description.clone()),
        ("price", product.price.map(toman_digits).unwrap_or_default()),
        ("sale_unit", product.sale_unit.to_string()),
        ("materials", product.materials.clone()),
        ("weight", product.weight.clone()),
        ("ingredients", product.ingredients.clone()),
        ("storage", product.storage.clone()),
        ("hygiene_number", product.hygiene_number.clone()),
        ("ready_count", product.ready_count.to_string()),
    ])
}

/// A price as it is typed again: toman, with the odd rials when there are any.
pub(crate) fn toman_digits(price: money::Rial) -> String {
    match price.get() % 10 {
        0 => (price.get() / 10).to_string(),
        odd => format!("{}.{odd}", price.get() / 10),
    }
}

/// The shop's share chosen for the price help; 15 percent until another is chosen.
pub(crate) fn chosen_share(form: &Form) -> BasisPoints {
    let typed = form
        .raw("commission")
        .parse::<i64>()
        .ok()
        .filter(|points| SHARES.contains(points));
    crate::reference::basis_points(typed.unwrap_or(1_500)).unwrap_or_default()
}
