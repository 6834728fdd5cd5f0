//! The papers of a receipt: what the maker signs, and the labels for the shelf.

use db::{Conn, Error, Result};
use documents::Paper;
use documents::codes::{BarCode, LabelCode, QrCode};
use documents::papers::{
    Fact, FoodFacts, GoodsReceipt, GoodsReceiptLine, Label, LabelSheet, Letterhead, Printed as _,
    Signatory,
};
use makers::reference::{basis_points, tax_rates};
use makers::{Product, pricing};
use persian::{Date, Jalali, Lang};
use web::City;

use super::{Condition, Lot, LotId, ReceiptId, queries};
use crate::WORDS;
use crate::labels::Part;

// words: paper-*

fn t(lang: Lang, key: &str) -> String {
    WORDS.text(lang, key, &[])
}

fn day(lang: Lang, day: Option<Date>) -> String {
    day.map(|day| Jalali::from(day).long(lang))
        .unwrap_or_default()
}

fn digits(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Fa => persian::persian_digits(text),
        Lang::En => text.to_owned(),
    }
}

/// A rate in words, without the marks that isolate values on a screen: paper sets its own.
fn percent_text(lang: Lang, percent: &str) -> String {
    let text = WORDS.text(
        lang,
        "agreement-percent",
        &[("percent", digits(lang, percent).into())],
    );
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// The address a label's QR opens.
pub(crate) fn link(city: &City, code: &str) -> String {
    city.link(&format!("/l/{code}"))
}

/// The receipt as the maker takes it home, with what she receives of each piece. A shop prints
/// it, so her code and her signature say who she is, not her whole name.
pub async fn goods_receipt(
    conn: &mut Conn,
    city: &City,
    lang: Lang,
    id: ReceiptId,
) -> Result<Paper> {
    let receipt = queries::get(conn, id).await?;
    let lots = queries::lots(conn, id).await?;
    let place = organizations::places::get(conn, receipt.place_id).await?;
    let operator = organizations::get(conn, place.organization_id).await?;
    let maker = contacts::get(conn, receipt.contact_id).await?;
    let agreement = crate::agreements::get(conn, receipt.agreement_id).await?;
    let rates = tax_rates(conn, receipt.received_on).await?;
    let mut lines = Vec::with_capacity(lots.len());
    for lot in &lots {
        let product = makers::get_product(conn, lot.product_id).await?;
        let class = product.tax_class.as_deref().unwrap_or_default();
        let tax = rates
            .iter()
            .find(|(code, _)| code == class)
            .map(|(_, rate)| *rate)
            .unwrap_or_default();
        let share = pricing::share(lot.unit_price, tax, basis_points(lot.commission_bp)?)
            .map_err(Error::other)?;
        lines.push(GoodsReceiptLine {
            item: lot.name(lang).to_owned(),
            lot: grouped(&lot.code),
            quantity: persian::grouped(lot.quantity, lang),
            price: lot.unit_price.toman_text(lang),
            maker_share: share.producer.toman_text(lang),
            condition: match lot.condition {
                Condition::Good => t(lang, "paper-good"),
                Condition::Defect => lot.defect_note.clone(),
            },
        });
    }
    let number = digits(lang, &receipt.number_text());
    let percent = format!(
        "{}.{:02}",
        agreement.commission_bp / 100,
        agreement.commission_bp % 100
    );
    let percent = percent
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned();
    let paper = GoodsReceipt {
        letterhead: Letterhead {
            organization: place.name(lang).to_owned(),
            programme: operator.name(lang).to_owned(),
            contact: place.address.clone(),
        },
        number: number.clone(),
        date: day(lang, Some(receipt.received_on)),
        facts: vec![
            Fact::new(t(lang, "paper-maker"), maker.short_name()),
            Fact::new(t(lang, "paper-maker-code"), digits(lang, &maker.handle)),
            Fact::new(
                t(lang, "paper-agreement"),
                digits(lang, &agreement.number.to_string()),
            ),
            Fact::new(t(lang, "paper-commission"), percent_text(lang, &percent)),
        ],
        total_quantity: persian::grouped(lots.iter().map(|lot| lot.quantity).sum(), lang),
        lines,
        note: receipt.note.clone(),
        signatories: vec![
            Signatory {
                name: maker.short_name(),
                role: t(lang, "paper-gives"),
            },
            Signatory {
                name: String::new(),
                role: t(lang, "paper-takes"),
            },
        ],
        qr: QrCode::new(city.link(&format!("/goods-receipts/{id}"))).map_err(Error::other)?,
        qr_note: t(lang, "paper-qr-note"),
    };
    Ok(paper.paper(
        lang,
        format!("goods-receipt-{}-{}", receipt.jalali_year, receipt.number),
    ))
}

/// One part of the labels of a receipt, as many as pieces, `skip` places of the first sheet left empty.
/// A maker who did not agree to be shown is not named.
pub async fn labels(
    conn: &mut Conn,
    city: &City,
    lang: Lang,
    id: ReceiptId,
    only: Option<LotId>,
    part: Part,
    skip: usize,
) -> Result<Paper> {
    let receipt = queries::get(conn, id).await?;
    let story = makers::stories::find(conn, receipt.contact_id, receipt.received_on).await?;
    let (maker, neighbourhood) = story
        .map(|story| (story.first_name, story.neighbourhood))
        .unwrap_or_default();
    let mut sheet = LabelSheet {
        skip,
        labels: Vec::new(),
    };
    let mut before = 0;
    for lot in queries::lots(conn, id).await? {
        if only.is_some_and(|only| only != lot.id) {
            continue;
        }
        let copies = usize::try_from(part.of(before, lot.quantity)).unwrap_or_default();
        before += lot.quantity;
        if copies == 0 {
            continue;
        }
        let product = makers::get_product(conn, lot.product_id).await?;
        let label = Label {
            product: lot.name(lang).to_owned(),
            price: lot.unit_price.toman_text(lang),
            maker: maker.clone(),
            neighbourhood: neighbourhood.clone(),
            barcode: BarCode::new(lot.code.clone()).map_err(Error::other)?,
            code: grouped(&lot.code),
            qr: QrCode::new(link(city, &lot.code)).map_err(Error::other)?,
            food: product.is_food.then(|| food(lang, &lot, &product)),
        };
        sheet.labels.extend(std::iter::repeat_n(label, copies));
    }
    Ok(sheet.paper(
        lang,
        format!("labels-{}-{}", receipt.jalali_year, receipt.number),
    ))
}

fn food(lang: Lang, lot: &Lot, product: &Product) -> FoodFacts {
    FoodFacts {
        batch: digits(lang, &lot.batch),
        produced_on: day(lang, lot.produced_on),
        expires_on: day(lang, lot.expires_on),
        ingredients: product.ingredients.clone(),
        weight: product.weight.clone(),
        hygiene_id: digits(lang, &product.hygiene_number),
        storage: product.storage.clone(),
    }
}

/// A stored code in groups for the eye.
pub(crate) fn grouped(code: &str) -> String {
    LabelCode::parse(code).map_or_else(|_| code.to_owned(), LabelCode::grouped)
}
