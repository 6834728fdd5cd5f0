use access::audit;
use contacts::ContactId;
use db::{Result, Tx, Value, Write, insert_many, sql};
use documents::codes::LabelCode;
use makers::{Product, ProductId};
use organizations::PlaceId;
use persian::Jalali;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Condition, DEFECT_NOTE, FOOD_DATES, LINE_OUT_OF_RANGE, NO_AGREEMENT, NO_LINES, NewLot,
    PRODUCT_NOT_FOR_SALE, PRODUCT_OF_ANOTHER, RECEIVED_EXPIRED, ReceiptId, TEXT_TOO_LONG,
};
use crate::agreements::{self, Agreement};
use crate::{series, stock};

/// Takes goods over from a maker: receipt, lots, stock and movements in one write.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct ReceiveGoods {
    /// Made by the sender.
    pub id: ReceiptId,
    /// The shop.
    pub place_id: PlaceId,
    /// The maker.
    pub contact_id: ContactId,
    /// A remark; may be empty.
    pub note: String,
    /// The goods, 1 to 200 lines.
    pub lines: Vec<NewLot>,
}

impl Write for ReceiveGoods {
    const NAME: &'static str = "receive_goods";
    type Out = ReceiptId;
    async fn run(&self, tx: &mut Tx) -> Result<ReceiptId> {
        if self.lines.is_empty() || self.lines.len() > 200 {
            return NO_LINES.at("lines");
        }
        if self.note.chars().count() > LONGEST_NOTE {
            return TEXT_TOO_LONG.at("note");
        }
        let place = organizations::places::get(tx, self.place_id).await?;
        let today = tx.today();
        let agreement =
            agreements::in_force(tx, self.contact_id, place.organization_id, today).await?;
        let Some(agreement) = agreement else {
            return NO_AGREEMENT.refuse();
        };
        let products = self.products(tx).await?;
        for (index, line) in self.lines.iter().enumerate() {
            self.check(tx, index, line, &products[index])?;
        }
        self.insert(tx, &agreement, &products).await?;
        let detail = serde_json::json!({ "contact": self.contact_id, "place": self.place_id, "lines": self.lines.len() });
        audit::record(
            tx,
            "goods_received",
            "goods_receipt",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// The most letters of a remark, a batch's name and a defect.
const LONGEST_NOTE: usize = 300;
const LONGEST_BATCH: usize = 40;
const LONGEST_DEFECT: usize = 200;
/// The highest price of one: a hundred billion toman.
const HIGHEST_PRICE: i64 = 1_000_000_000_000;

impl ReceiveGoods {
    /// Texts as they are kept: cleaned of what no keyboard types.
    pub(crate) fn cleaned(mut self) -> Self {
        self.note = persian::clean(&self.note);
        for line in &mut self.lines {
            line.batch = persian::clean(&line.batch);
            line.defect_note = persian::clean(&line.defect_note);
        }
        self
    }

    /// The product of each line, all approved and of this maker.
    async fn products(&self, tx: &mut Tx) -> Result<Vec<Product>> {
        let ids: Vec<ProductId> = self.lines.iter().map(|line| line.product_id).collect();
        let today = tx.today();
        let unsellable = makers::unsellable(tx, &ids, today).await?;
        let mut products = Vec::with_capacity(ids.len());
        for (index, id) in ids.into_iter().enumerate() {
            let product = makers::get_product(tx, id).await?;
            if product.contact_id != self.contact_id {
                return PRODUCT_OF_ANOTHER.at(format!("lines/{index}/product_id"));
            }
            if unsellable.contains(&id) {
                return PRODUCT_NOT_FOR_SALE.at(format!("lines/{index}/product_id"));
            }
            products.push(product);
        }
        Ok(products)
    }

    fn check(&self, tx: &Tx, index: usize, line: &NewLot, product: &Product) -> Result<()> {
        let at = |field: &str| format!("lines/{index}/{field}");
        if !(1..=100_000).contains(&line.quantity) {
            return LINE_OUT_OF_RANGE.at(at("quantity"));
        }
        for (field, text, most) in [
            ("batch", &line.batch, LONGEST_BATCH),
            ("defect_note", &line.defect_note, LONGEST_DEFECT),
        ] {
            if text.chars().count() > most {
                return TEXT_TOO_LONG.at(at(field));
            }
        }
        if line
            .unit_price
            .is_some_and(|price| !(1..=HIGHEST_PRICE).contains(&price.get()))
        {
            return LINE_OUT_OF_RANGE.at(at("unit_price"));
        }
        let has_dates =
            !line.batch.is_empty() && line.produced_on.is_some() && line.expires_on.is_some();
        if product.is_food && !has_dates {
            return FOOD_DATES.at(at("expires_on"));
        }
        if line
            .expires_on
            .is_some_and(|day| day < tx.today() || line.produced_on.is_some_and(|made| made > day))
        {
            return RECEIVED_EXPIRED.at(at("expires_on"));
        }
        if line.condition == Condition::Defect && line.defect_note.is_empty() {
            return DEFECT_NOTE.at(at("defect_note"));
        }
        Ok(())
    }

    async fn insert(&self, tx: &mut Tx, agreement: &Agreement, products: &[Product]) -> Result<()> {
        let mut lots = Vec::with_capacity(self.lines.len());
        for (position, (line, product)) in (1_i64..).zip(self.lines.iter().zip(products)) {
            let number = series::next(tx, product.id.get(), "lot").await?;
            let Some(price) = line.unit_price.or(product.price) else {
                return PRODUCT_NOT_FOR_SALE.refuse();
            };
            lots.push(vec![
                line.id.into(),
                label_code(product.number, number)?.to_string().into(),
                number.into(),
                product.id.into(),
                self.contact_id.into(),
                agreement.id.into(),
                agreement.commission_bp.into(),
                self.id.into(),
                self.place_id.into(),
                position.into(),
                line.quantity.into(),
                price.into(),
                Value::from(&line.batch),
                line.produced_on.into(),
                line.expires_on.into(),
                line.condition.into(),
                Value::from(&line.defect_note),
                tx.now().into(),
            ]);
        }
        let jalali_year = i64::from(Jalali::from(tx.today()).year);
        let number =
            series::next(tx, self.place_id.get(), &format!("receipt-{jalali_year}")).await?;
        sql("INSERT INTO goods_receipt (id, place_id, jalali_year, number, contact_id, agreement_id, received_on,
             received_by, note, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(self.id)
        .bind(self.place_id)
        .bind(jalali_year)
        .bind(number)
        .bind(self.contact_id)
        .bind(agreement.id)
        .bind(tx.today())
        .bind(tx.origin().user)
        .bind(&self.note)
        .bind(tx.now())
        .execute(tx)
        .await?;
        insert_many(
            tx,
            "INSERT INTO lot (id, code, number, product_id, contact_id, agreement_id, commission_bp, receipt_id,
             place_id, position, quantity, unit_price, batch, produced_on, expires_on, condition, defect_note, made_at)",
            18,
            lots,
        )
        .await?;
        let intake: Vec<_> = self
            .lines
            .iter()
            .map(|line| (line.id, line.quantity))
            .collect();
        stock::take_in(tx, self.place_id, self.id.get(), &intake).await
    }
}

/// The shared label of a lot's pieces.
fn label_code(item: i64, lot: i64) -> Result<LabelCode> {
    let number = |value: i64| u32::try_from(value).map_err(db::Error::other);
    LabelCode::new(number(item)?, number(lot)?, 0).map_err(db::Error::other)
}
