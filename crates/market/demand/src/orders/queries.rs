use db::{Conn, Result, Tx, sql};
use uuid::Uuid;

use super::{DeliverOrder, Delivery, Order, OrderId, TakeOrder};

const COLUMNS: &str = "SELECT w.id, w.place_id, p.name_fa AS place_fa, p.name_en AS place_en, \
     w.organization_id, w.customer, w.item, w.quantity, w.delivered, w.ordered_on, w.due_on, \
     w.cancelled_on FROM work_order w JOIN place_card p ON p.id = w.place_id";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The order of this id.
pub async fn get(conn: &mut Conn, id: OrderId) -> Result<Order> {
    sql(format!("{COLUMNS} WHERE w.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Orders, newest first, those of one place when it is named; one more than [`PAGE`] when there
/// are more.
pub async fn list(
    conn: &mut Conn,
    place: Option<Uuid>,
    before: Option<OrderId>,
    most: i64,
) -> Result<Vec<Order>> {
    let condition = place.map_or("", |_| "AND w.place_id = $3");
    let query = sql(format!(
        "{COLUMNS} WHERE w.id < $1 {condition} ORDER BY w.id DESC LIMIT $2"
    ))
    .bind(before.map_or(Uuid::max(), OrderId::get))
    .bind(most);
    match place {
        Some(place) => query.bind(place).all(conn).await,
        None => query.all(conn).await,
    }
}

/// What was delivered of an order, oldest first.
pub async fn deliveries(conn: &mut Conn, id: OrderId) -> Result<Vec<Delivery>> {
    sql(
        "SELECT id, quantity, delivered_on FROM order_delivery WHERE order_id = $1
         ORDER BY delivered_on, id",
    )
    .bind(id)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &TakeOrder) -> Result<()> {
    let place = organizations::places::get(tx, new.place).await?;
    let user = tx.origin().user;
    sql(
        "INSERT INTO work_order (id, place_id, organization_id, customer, item, quantity, delivered,
         ordered_on, due_on, raised_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10)",
    )
    .bind(new.id)
    .bind(new.place)
    .bind(place.organization_id)
    .bind(persian::clean(&new.customer))
    .bind(persian::clean(&new.item))
    .bind(new.quantity)
    .bind(tx.today())
    .bind(new.due_on)
    .bind(user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Adds pieces to what was delivered; false when that is more than was ordered.
pub(super) async fn deliver(tx: &mut Tx, new: &DeliverOrder) -> Result<bool> {
    let added = sql("UPDATE work_order SET delivered = delivered + $2
         WHERE id = $1 AND cancelled_on IS NULL AND quantity - delivered >= $2")
    .bind(new.order)
    .bind(new.quantity)
    .execute(tx)
    .await?;
    if added == 0 {
        return Ok(false);
    }
    let user = tx.origin().user;
    sql(
        "INSERT INTO order_delivery (id, order_id, quantity, delivered_on, recorded_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new.id)
    .bind(new.order)
    .bind(new.quantity)
    .bind(new.delivered_on)
    .bind(user)
    .bind(tx.now())
    .execute(tx)
    .await?;
    Ok(true)
}

/// Takes an open order back; false when it is not open.
pub(super) async fn cancel(tx: &mut Tx, id: OrderId) -> Result<bool> {
    let changed = sql("UPDATE work_order SET cancelled_on = $2
         WHERE id = $1 AND cancelled_on IS NULL AND delivered < quantity")
    .bind(id)
    .bind(tx.today())
    .execute(tx)
    .await?;
    Ok(changed == 1)
}
