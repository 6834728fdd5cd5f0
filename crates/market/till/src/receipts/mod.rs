//! The receipt: one function fills it for the roll and for the page, from the stored sale alone
//! [M4].

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use documents::papers::{Fact, Printed as _, Receipt, ReceiptKind, ReceiptLine};
use ledger::TenderKind;
use makers::stories::Named;
use money::Rial;
use persian::{Jalali, Lang, persian_digits};
use serde::Deserialize;
use web::{Failure, Outcome, Page};

use crate::sales::api::seen_bodies;
use crate::sales::{self, Sale, SaleId, SaleLine, queries::TenderRow};
use crate::{SALE_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/receipts/{file}", Need::May(&SALE_READ), show)
}

#[derive(Deserialize)]
struct Width {
    dots: Option<u32>,
}

/// `/receipts/{id}.png?dots=576` and `/receipts/{id}.pdf`.
async fn show(ask: Ask, Path(file): Path<String>, Query(width): Query<Width>) -> Outcome {
    let (id, kind) = file.rsplit_once('.').ok_or(Failure::NotFound)?;
    let id: SaleId = id.parse().map_err(|_| Failure::NotFound)?;
    let (sale, lines) = seen_sale(&ask, id).await?;
    let mut conn = ask.read().await?;
    let tenders = sales::tenders_of(&mut conn, id).await?;
    let makers: Vec<_> = lines.iter().map(|line| line.contact_id).collect();
    let named = makers::stories::named(&mut conn, &makers, ask.now().date()).await?;
    let paper =
        receipt(&ask.page, &sale, &lines, &named, &tenders).paper(ask.lang(), sale.number.clone());
    match (kind, width.dots.unwrap_or(576)) {
        ("pdf", _) => ask.paper(paper).await,
        ("png", dots @ (384 | 576)) => ask.raster(paper, dots).await,
        ("png", _) => Err(Failure::Unreadable("dots is 384 or 576".into())),
        _ => Err(Failure::NotFound),
    }
}

/// A sale the asker may see, with its lines; any other is not there.
pub(crate) async fn seen_sale(ask: &Ask, id: SaleId) -> Outcome<(Sale, Vec<SaleLine>)> {
    let mut conn = ask.read().await?;
    let sale = sales::get(&mut conn, id).await?;
    let is_seen =
        seen_bodies(ask, &SALE_READ).is_none_or(|bodies| bodies.contains(&sale.organization_id));
    if !is_seen {
        return Err(Failure::NotFound);
    }
    let lines = sales::lines_of(&mut conn, &[id]).await?;
    Ok((sale, lines))
}

/// The words of a receipt. It leaves the shop, so it names only makers who agreed to be named.
pub fn receipt(
    p: &Page,
    sale: &Sale,
    lines: &[SaleLine],
    named: &[Named],
    tenders: &[TenderRow],
) -> Receipt {
    let lang = p.lang;
    let (day, hour, minute) = sale.sold_at.local();
    let clock = in_digits(p, &format!("{hour:02}:{minute:02}"));
    let vat: i64 = lines.iter().map(|line| line.vat.get()).sum();
    let paid = tenders.iter().map(|tender| {
        let key = match tender.kind {
            TenderKind::Cash => "receipt-cash",
            TenderKind::Card => "receipt-card",
        };
        Fact::new(p.t(&WORDS, key), tender.amount.toman_text(lang))
    });
    let mut tenders: Vec<Fact> = paid.collect();
    if sale.change_given > Rial::ZERO {
        tenders.push(Fact::new(
            p.t(&WORDS, "receipt-change"),
            sale.change_given.toman_text(lang),
        ));
    }
    Receipt {
        kind: ReceiptKind::Sale,
        shop: sale.place(lang).to_owned(),
        contact: String::new(),
        number: sale.number.clone(),
        date: format!("{} {clock}", in_digits(p, &Jalali::from(day).to_string())),
        facts: vec![Fact::new(
            p.t(&WORDS, "receipt-register"),
            in_digits(p, &sale.register_code),
        )],
        lines: lines
            .iter()
            .map(|line| receipt_line(line, named, lang))
            .collect(),
        amounts: match vat {
            0 => Vec::new(),
            vat => vec![Fact::new(
                p.t(&WORDS, "receipt-vat"),
                Rial::new(vat).toman_text(lang),
            )],
        },
        total: sale.total.toman_text(lang),
        tenders,
        qr: None,
        footer: vec![p.t(&WORDS, "receipt-thanks"), p.t(&WORDS, "receipt-return")],
    }
}

fn receipt_line(line: &SaleLine, named: &[Named], lang: Lang) -> ReceiptLine {
    let maker = named
        .iter()
        .find(|maker| maker.contact_id == line.contact_id)
        .map(|maker| match maker.neighbourhood.is_empty() {
            true => maker.first_name.clone(),
            false => format!("{} · {}", maker.first_name, maker.neighbourhood),
        })
        .unwrap_or_default();
    ReceiptLine {
        name: line.item(lang).to_owned(),
        maker,
        quantity: persian::grouped(line.quantity, lang),
        unit_price: figures(line.unit_price, lang),
        amount: figures(line.amount, lang),
    }
}

/// Toman without its word: the column says it once. A rest below one toman is told in words.
fn figures(amount: Rial, lang: Lang) -> String {
    match amount.get() % 10 {
        0 => persian::grouped(amount.get() / 10, lang),
        _ => amount.toman_text(lang),
    }
}

/// A code inside a sentence, in the page's digits.
pub(crate) fn in_digits(p: &Page, text: &str) -> String {
    match p.lang {
        Lang::Fa => persian_digits(text),
        Lang::En => text.to_owned(),
    }
}
