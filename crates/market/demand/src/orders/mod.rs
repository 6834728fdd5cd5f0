//! Work orders: what a body or company asked a centre to make, by when, and what was delivered.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use organizations::{OrganizationId, PlaceId};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use queries::{PAGE, deliveries, get, list};

use crate::{fits, out_of_range};

db::id!(
    /// A work order.
    pub OrderId
);

db::text_enum! {
    /// Where an order stands, computed from days and deliveries.
    pub enum OrderState {
        /// Nothing is delivered yet and its day has not passed.
        Waiting = "waiting",
        /// Some is delivered and its day has not passed.
        Partly = "partly",
        /// Its day has passed and not all is delivered.
        Late = "late",
        /// All is delivered.
        Delivered = "delivered",
        /// It was taken back.
        Cancelled = "cancelled",
    }
}

/// The order is delivered or was taken back.
pub const ORDER_CLOSED: Reason = Reason::new("order_closed", 409);
/// More than was ordered.
pub const ORDER_TOO_MANY: Reason = Reason::new("order_too_many", 422);
/// A delivery lies ahead, or before the order; or the deadline lies before today.
pub const ORDER_DAY: Reason = Reason::new("order_day", 422);

/// An order as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The centre.
    pub place_id: PlaceId,
    /// The centre's name in Persian.
    pub place_fa: String,
    /// The centre's name in English.
    pub place_en: String,
    /// The centre's body.
    pub organization_id: OrganizationId,
    /// The body or company that ordered.
    pub customer: String,
    /// What is to be made.
    pub item: String,
    /// How many.
    pub quantity: i64,
    /// How many were delivered.
    pub delivered: i64,
    /// When it was ordered.
    pub ordered_on: Date,
    /// By when.
    pub due_on: Date,
    /// When it was taken back.
    pub cancelled_on: Option<Date>,
}

impl Order {
    /// The centre's name in a language.
    pub fn place(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.place_fa,
            Lang::En => &self.place_en,
        }
    }

    /// Where it stands on a day.
    pub fn state(&self, today: Date) -> OrderState {
        if self.cancelled_on.is_some() {
            OrderState::Cancelled
        } else if self.delivered == self.quantity {
            OrderState::Delivered
        } else if self.due_on < today {
            OrderState::Late
        } else if self.delivered > 0 {
            OrderState::Partly
        } else {
            OrderState::Waiting
        }
    }

    /// True while something may be delivered.
    pub fn is_open(&self) -> bool {
        self.cancelled_on.is_none() && self.delivered < self.quantity
    }
}

/// One delivery.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "OrderDelivery")]
pub struct Delivery {
    /// Its id.
    pub id: Uuid,
    /// How many.
    pub quantity: i64,
    /// When.
    pub delivered_on: Date,
}

/// Writes down what a centre was asked for.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct TakeOrder {
    /// Made by the sender.
    pub id: OrderId,
    /// The centre or workshop.
    pub place: PlaceId,
    /// The body or company that orders.
    pub customer: String,
    /// What is to be made.
    pub item: String,
    /// How many.
    pub quantity: i64,
    /// By when; not before today.
    pub due_on: Date,
}

impl Write for TakeOrder {
    const NAME: &'static str = "take_order";
    type Out = OrderId;
    async fn run(&self, tx: &mut Tx) -> Result<OrderId> {
        fits(&self.customer, 120, "customer")?;
        fits(&self.item, 120, "item")?;
        if self.due_on < tx.today() {
            return ORDER_DAY.at("due_on");
        }
        queries::create(tx, self).await.map_err(out_of_range)?;
        let detail = json!({ "place": self.place, "quantity": self.quantity });
        audit::record(tx, "order_taken", "order", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// Pieces of an order were handed over.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeliverOrder {
    /// Made by the sender.
    pub id: Uuid,
    /// Which order.
    pub order: OrderId,
    /// How many; no more than are still owed.
    pub quantity: i64,
    /// When; not ahead, not before the order.
    pub delivered_on: Date,
}

impl Write for DeliverOrder {
    const NAME: &'static str = "deliver_order";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let order = get(tx, self.order).await?;
        if !order.is_open() {
            return ORDER_CLOSED.refuse();
        }
        if self.delivered_on > tx.today() || self.delivered_on < order.ordered_on {
            return ORDER_DAY.at("delivered_on");
        }
        // The condition is checked again with the change: somebody may have been quicker.
        if self.quantity < 1 || !queries::deliver(tx, self).await? {
            return ORDER_TOO_MANY.at("delivered");
        }
        let detail = json!({ "quantity": self.quantity });
        audit::record(
            tx,
            "order_delivered",
            "order",
            Some(self.order.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// The customer or the centre takes an order back; what was delivered stays.
#[derive(Clone, Serialize, Deserialize)]
pub struct CancelOrder {
    /// Which order.
    pub id: OrderId,
}

impl Write for CancelOrder {
    const NAME: &'static str = "cancel_order";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        get(tx, self.id).await?;
        if !queries::cancel(tx, self.id).await? {
            return ORDER_CLOSED.refuse();
        }
        audit::record(
            tx,
            "order_cancelled",
            "order",
            Some(self.id.get()),
            json!({}),
        )
        .await
    }
}
