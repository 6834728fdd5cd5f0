//! A centre's page for staff: what it was asked for, what it delivered, and how its months were.

use access::contract::Gives;
use access::{Ask, Need as Asks, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use db::{Conn, FromRow, sql};
use maud::{Markup, html};
use organizations::{Place, PlaceId, PlaceKind};
use persian::{Date, Jalali};
use schemars::JsonSchema;
use serde::Serialize;
use web::parts::{self, Column};
use web::{Failure, Outcome};

use crate::months::{self, Month};
use crate::orders::{self, Order};
use crate::{ORDER_READ, WORDS};

pub(super) fn routes() -> Routes {
    let read = Asks::May(&ORDER_READ);
    Routes::new()
        .get("/centres/{id}", read, show)
        .api_get("/api/v1/centres/{id}", read, index)
}

/// Pieces delivered on a day.
#[derive(FromRow)]
struct Delivered {
    delivered_on: Date,
    quantity: i64,
}

/// Pieces a centre delivered in a Jalali month.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CentreOutput")]
struct Output {
    /// The month's first day.
    month_on: Date,
    /// Pieces delivered in it.
    pieces: i64,
}

/// Months told of.
const MONTHS: i32 = 12;

/// What a centre delivered month by month, the last first.
async fn output(conn: &mut Conn, place: PlaceId, today: Date) -> Outcome<Vec<Output>> {
    let this = Jalali::from(today).first_of_month();
    let first = this.plus_months(1 - MONTHS).to_date();
    let delivered: Vec<Delivered> = sql(
        "SELECT d.delivered_on, CAST(sum(d.quantity) AS bigint) AS quantity FROM order_delivery d
         JOIN work_order w ON w.id = d.order_id WHERE w.place_id = $1 AND d.delivered_on >= $2
         GROUP BY d.delivered_on",
    )
    .bind(place)
    .bind(first)
    .all(conn)
    .await?;
    let month = |back: i32| {
        let (from, until) = (this.plus_months(-back), this.plus_months(1 - back));
        let within = delivered
            .iter()
            .filter(|one| one.delivered_on >= from.to_date() && one.delivered_on < until.to_date());
        Output {
            month_on: from.to_date(),
            pieces: within.map(|one| one.quantity).sum(),
        }
    };
    Ok((0..MONTHS).map(month).collect())
}

/// A centre or workshop with its orders, output and months.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CentreFile")]
struct Centre {
    place: Place,
    orders: Vec<Order>,
    output: Vec<Output>,
    months: Vec<Month>,
}

async fn centre(ask: &Ask, id: PlaceId) -> Outcome<Centre> {
    let mut conn = ask.read().await?;
    let place = organizations::places::get(&mut conn, id).await?;
    if !matches!(place.kind, PlaceKind::Centre | PlaceKind::Workshop) {
        return Err(Failure::NotFound);
    }
    Ok(Centre {
        orders: orders::list(&mut conn, Some(id.get()), None, orders::PAGE).await?,
        output: output(&mut conn, id, ask.now().date()).await?,
        months: months::list_of(&mut conn, id, i64::from(MONTHS)).await?,
        place,
    })
}

async fn show(ask: Ask, Path(id): Path<PlaceId>) -> Outcome {
    let centre = centre(&ask, id).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let number = |number: i64| html! { (p.number(number)) };
    let month = |day: Date| html! { (Jalali::from(day).month_and_year(p.lang)) };
    let facts = [
        (t("field-region"), number(centre.place.region)),
        (t("field-craft"), html! { bdi { (centre.place.trade) } }),
        (t("field-capacity"), number(centre.place.capacity)),
    ];
    let output: Vec<Vec<Markup>> = centre
        .output
        .iter()
        .map(|one| vec![month(one.month_on), number(one.pieces)])
        .collect();
    let months: Vec<Vec<Markup>> = centre
        .months
        .iter()
        .map(|one| {
            vec![
                month(one.month_on),
                number(one.attended),
                number(one.employed),
                number(one.waged),
                number(one.insured),
            ]
        })
        .collect();
    let output_columns = [
        Column::text(t("field-month-on")),
        Column::figures(t("centre-pieces")),
    ];
    let month_columns = [
        Column::text(t("field-month-on")),
        Column::figures(t("field-attended")),
        Column::figures(t("field-employed")),
        Column::figures(t("field-waged")),
        Column::figures(t("field-insured")),
    ];
    let view = html! {
        (parts::back_link("/orders", &t("orders-title")))
        h1 { bdi { (centre.place.name(p.lang)) } }
        (parts::facts(&facts))
        h2 { (t("orders-title")) }
        (orders::views::table(p, &centre.orders))
        p { a href={ "/orders?place=" (centre.place.id) } { (t("centre-all-orders")) } }
        h2 { (t("centre-output")) }
        (parts::table(&t("centre-output"), &output_columns, &output, &t("deliveries-empty")))
        h2 { (t("centre-months-title")) }
        (parts::table(&t("centre-months-title"), &month_columns, &months, &t("centre-months-empty")))
    };
    ask.html(centre.place.name(ask.lang()), view)
}

async fn index(ask: Ask, Path(id): Path<PlaceId>) -> Outcome<impl Gives> {
    ask.json(StatusCode::OK, &centre(&ask, id).await?)
}
