use access::audit;
use contacts::ContactId;
use db::{Error, Result, Tx, Write, sql};
use money::Rial;
use organizations::OrganizationId;
use serde::{Deserialize, Serialize};

use super::{
    CATEGORY_UNKNOWN, LONGEST_REASON, NO_HYGIENE_LICENCE, PRODUCT_FIELD, PRODUCT_INCOMPLETE,
    PRODUCT_STATE, Product, ProductFacts, ProductId, ProductState, SAME_HAND, is_price, queries,
};
use crate::licences;
use crate::reference::{self, Category};

/// Enters a product as a draft.
#[derive(Clone, Serialize, Deserialize)]
pub struct CreateProduct {
    /// Made by the sender.
    pub id: ProductId,
    /// Who makes it.
    pub contact_id: ContactId,
    /// The body that enters it; none when the maker does so herself.
    pub organization_id: Option<OrganizationId>,
    /// What is known of it.
    pub facts: ProductFacts,
}

impl Write for CreateProduct {
    const NAME: &'static str = "create_product";
    type Out = ProductId;
    async fn run(&self, tx: &mut Tx) -> Result<ProductId> {
        self.facts.check()?;
        let category = find_category(tx, &self.facts).await?;
        let number = queries::next_number(tx).await?;
        queries::create(tx, self, category.as_ref(), number)
            .await
            .map_err(unknown_reference)?;
        if let Some(price) = self.facts.price {
            queries::add_price(tx, self.id, price).await?;
        }
        queries::add_event(tx, self.id, ProductState::Draft, "").await?;
        let detail = serde_json::json!({ "code": number.to_string(), "contact": self.contact_id });
        audit::record(
            tx,
            "product_created",
            "product",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Writes in a product's file before it is approved.
#[derive(Clone, Serialize, Deserialize)]
pub struct ChangeProduct {
    /// Which.
    pub id: ProductId,
    /// All that is known of it now.
    pub facts: ProductFacts,
    /// The version that was read, when the sender says which.
    pub version: Option<i64>,
}

impl Write for ChangeProduct {
    const NAME: &'static str = "change_product";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.facts.check()?;
        let category = find_category(tx, &self.facts).await?;
        let before = queries::get_product(tx, self.id).await?;
        let is_changed = queries::change(tx, self.id, &self.facts, category.as_ref(), self.version)
            .await
            .map_err(unknown_reference)
            .map_err(|error| error.or_reason("ck_product_complete", &PRODUCT_INCOMPLETE))?;
        if !is_changed {
            let now = queries::get_product(tx, self.id).await?.version;
            if self.version.is_some_and(|read| read != now) {
                return access::STALE.refuse();
            }
            return PRODUCT_STATE.refuse();
        }
        if let Some(price) = self
            .facts
            .price
            .filter(|price| before.price != Some(*price))
        {
            queries::add_price(tx, self.id, price).await?;
        }
        audit::record(
            tx,
            "product_changed",
            "product",
            Some(self.id.get()),
            serde_json::json!({}),
        )
        .await
    }
}

/// Gives a product another price from now on; what was received or sold keeps its own.
#[derive(Clone, Serialize, Deserialize)]
pub struct SetPrice {
    /// Which.
    pub id: ProductId,
    /// What the shopper pays for one, tax included.
    pub price: Rial,
}

impl Write for SetPrice {
    const NAME: &'static str = "set_price";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !is_price(self.price) {
            return PRODUCT_FIELD.at("price");
        }
        let done = sql("UPDATE product SET price = $2, version = version + 1 WHERE id = $1 AND state <> 'retired'")
            .bind(self.id)
            .bind(self.price)
            .execute(tx)
            .await?;
        if done == 0 {
            return PRODUCT_STATE.refuse();
        }
        queries::add_price(tx, self.id, self.price).await?;
        let detail = serde_json::json!({ "price": self.price });
        audit::record(tx, "price_changed", "product", Some(self.id.get()), detail).await
    }
}

/// Hands a file to the product officers.
#[derive(Clone, Serialize, Deserialize)]
pub struct SubmitProduct {
    /// Which.
    pub id: ProductId,
}

impl Write for SubmitProduct {
    const NAME: &'static str = "submit_product";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let product = queries::get_product(tx, self.id).await?;
        refuse_missing(&product.missing())?;
        let done = sql(
            "UPDATE product SET version = version + 1, state = 'submitted', state_note = ''
             WHERE id = $1 AND state IN ('draft', 'returned_for_fix')",
        )
        .bind(self.id)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_product_complete", &PRODUCT_INCOMPLETE))?;
        after(tx, &product, done, ProductState::Submitted, "").await
    }
}

/// Opens a product for sale and its page to the public. Nobody who wrote in it can.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApproveProduct {
    /// Which.
    pub id: ProductId,
}

impl Write for ApproveProduct {
    const NAME: &'static str = "approve_product";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let product = queries::get_product(tx, self.id).await?;
        refuse_missing(&product.missing_for_approval())?;
        let today = tx.today();
        if product.is_food
            && licences::valid_hygiene(tx, product.contact_id, today)
                .await?
                .is_none()
        {
            return NO_HYGIENE_LICENCE.refuse();
        }
        let Some(user) = tx.origin().user else {
            return SAME_HAND.refuse();
        };
        if queries::is_writer(tx, self.id, user).await? {
            return SAME_HAND.refuse();
        }
        let done = sql(
            "UPDATE product SET version = version + 1, state = 'approved', state_note = '', approved_by = $2, approved_at = $3
             WHERE id = $1 AND state = 'submitted' AND NOT EXISTS (
             SELECT 1 FROM product_writer w WHERE w.product_id = $1 AND w.user_id = $2)",
        )
        .bind(self.id)
        .bind(user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_product_second_hand", &SAME_HAND))
        .map_err(|error| error.or_reason("ck_product_complete", &PRODUCT_INCOMPLETE))
        .map_err(|error| error.or_reason("ck_product_food_label", &PRODUCT_INCOMPLETE))?;
        after(tx, &product, done, ProductState::Approved, "").await
    }
}

/// Sends a submitted file back, or takes an approval away: its page closes with the next request.
#[derive(Clone, Serialize, Deserialize)]
pub struct ReturnProduct {
    /// Which.
    pub id: ProductId,
    /// What is to be mended; the maker reads it.
    pub reason: String,
}

impl Write for ReturnProduct {
    const NAME: &'static str = "return_product";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if self.reason.chars().count() > LONGEST_REASON {
            return PRODUCT_FIELD.at("reason");
        }
        let product = queries::get_product(tx, self.id).await?;
        let done = sql(
            "UPDATE product SET version = version + 1, state = 'returned_for_fix', state_note = $2, approved_by = NULL,
             approved_at = NULL WHERE id = $1 AND state IN ('submitted', 'approved')",
        )
        .bind(self.id)
        .bind(&self.reason)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_product_return_reason", &PRODUCT_INCOMPLETE))?;
        after(
            tx,
            &product,
            done,
            ProductState::ReturnedForFix,
            &self.reason,
        )
        .await
    }
}

/// Ends a product.
#[derive(Clone, Serialize, Deserialize)]
pub struct RetireProduct {
    /// Which.
    pub id: ProductId,
    /// Why; may be empty.
    pub reason: String,
}

impl Write for RetireProduct {
    const NAME: &'static str = "retire_product";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if self.reason.chars().count() > LONGEST_REASON {
            return PRODUCT_FIELD.at("reason");
        }
        let product = queries::get_product(tx, self.id).await?;
        let done = sql("UPDATE product SET version = version + 1, state = 'retired', state_note = $2 WHERE id = $1 AND state <> 'retired'")
            .bind(self.id)
            .bind(&self.reason)
            .execute(tx)
            .await?;
        after(tx, &product, done, ProductState::Retired, &self.reason).await
    }
}

/// What every move leaves behind; a move that changed no row is refused.
async fn after(
    tx: &mut Tx,
    product: &Product,
    done: u64,
    state: ProductState,
    note: &str,
) -> Result<()> {
    if done == 0 {
        return PRODUCT_STATE.refuse();
    }
    queries::add_event(tx, product.id, state, note).await?;
    let detail = serde_json::json!({ "from": product.state, "to": state });
    audit::record(
        tx,
        "product_moved",
        "product",
        Some(product.id.get()),
        detail,
    )
    .await
}

fn refuse_missing(missing: &[&str]) -> Result<()> {
    match missing {
        [] => Ok(()),
        missing => PRODUCT_INCOMPLETE.with(&[("what", missing.join(", "))]),
    }
}

async fn find_category(tx: &mut Tx, facts: &ProductFacts) -> Result<Option<Category>> {
    let Some(code) = &facts.category_code else {
        return Ok(None);
    };
    match reference::category(tx, code).await? {
        Some(category) => Ok(Some(category)),
        None => CATEGORY_UNKNOWN.at("category_code"),
    }
}

fn unknown_reference(error: Error) -> Error {
    match error {
        Error::MissingReference => match CATEGORY_UNKNOWN.refuse::<()>() {
            Err(refusal) => refusal,
            Ok(()) => Error::MissingReference,
        },
        other => other,
    }
}
