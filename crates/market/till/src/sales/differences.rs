//! What a sale and the books do not agree on: shown until the shop explains it.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes, audit};
use axum::extract::Path;
use db::{Conn, FromRow, Reason, Result, Tx, Value, Write, sql};
use maud::{Markup, html};
use money::Rial;
use organizations::PlaceId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use web::parts::{self, Column, Field, Tone};
use web::{Failure, Form, FormErrors, Json, Outcome, Page};

use super::api::seen_bodies;
use super::{SaleId, SaleLineId, pages};
use crate::{SALE_EXPLAIN, SALE_READ, WORDS};

pub(crate) fn routes() -> Routes {
    let (read, explain) = (Need::May(&SALE_READ), Need::May(&SALE_EXPLAIN));
    Routes::new()
        .get("/sales/discrepancies", read, list)
        .post("/sale-discrepancies/{id}/explanation", explain, settle)
        .api_get("/api/v1/sales/discrepancies", read, api_list)
        .api_post(
            "/api/v1/sale-discrepancies/{id}/explanation",
            explain,
            api_settle,
        )
}

/// It was explained before.
pub const DIFFERENCE_SETTLED: Reason = Reason::new("sale_difference_settled", 409);
/// An explanation has one to three hundred letters.
pub const DIFFERENCE_NOTE: Reason = Reason::new("sale_difference_note", 422);

/// The most letters of an explanation.
const LONGEST_NOTE: usize = 300;

db::text_enum! {
    /// What does not agree.
    pub enum DifferenceKind {
        /// Sold at another price than the lot's.
        Price = "price",
        /// More pieces than the system had.
        Stock = "stock",
        /// A card payment without its reference.
        Reference = "reference",
    }
}

/// What a sale and the books do not agree on.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Difference {
    /// Its id.
    pub id: Uuid,
    /// The sale.
    pub sale_id: SaleId,
    /// The sale's receipt number.
    pub number: String,
    /// The shop.
    #[serde(rename = "shop_id")]
    pub place_id: PlaceId,
    /// The body the shop belongs to.
    #[serde(skip)]
    pub organization_id: Uuid,
    /// The line; none for a payment.
    pub line_id: Option<SaleLineId>,
    /// The goods in Persian; empty for a payment.
    pub item_fa: String,
    /// The goods in English; may be empty.
    pub item_en: String,
    /// What does not agree.
    pub kind: DifferenceKind,
    /// What the books have: rials, or pieces.
    pub expected: i64,
    /// What the sale says.
    pub found: i64,
    /// When it was noticed.
    pub made_at: Timestamp,
    /// The explanation, once there is one.
    pub note: Option<String>,
}

const DIFFERENCES: &str = "SELECT d.id, d.sale_id, s.number, s.place_id, p.organization_id, d.line_id,
     coalesce(l.item_fa, '') AS item_fa, coalesce(l.item_en, '') AS item_en, d.kind, d.expected, d.found,
     d.made_at, e.note FROM sale_discrepancy d JOIN sale s ON s.id = d.sale_id
     JOIN place_card p ON p.id = s.place_id LEFT JOIN sale_line l ON l.id = d.line_id
     LEFT JOIN sale_explanation e ON e.discrepancy_id = d.id";

/// The differences of a sale, oldest first.
pub async fn of_sale(conn: &mut Conn, sale: SaleId) -> Result<Vec<Difference>> {
    sql(format!("{DIFFERENCES} WHERE d.sale_id = $1 ORDER BY d.id"))
        .bind(sale)
        .all(conn)
        .await
}

/// One difference.
async fn get(conn: &mut Conn, id: Uuid) -> Result<Difference> {
    sql(format!("{DIFFERENCES} WHERE d.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// What waits for an explanation in the shops of these bodies (of all, when none are named),
/// oldest first, at most two hundred.
pub async fn list_open(conn: &mut Conn, bodies: Option<&[Uuid]>) -> Result<Vec<Difference>> {
    let mut text = format!("{DIFFERENCES} WHERE e.note IS NULL");
    let mut values = Vec::new();
    if let Some(bodies) = bodies {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (1..=bodies.len()).map(|at| format!("${at}")).collect();
        text.push_str(&format!(" AND p.organization_id IN ({})", marks.join(", ")));
        values.extend(bodies.iter().map(|body| Value::from(*body)));
    }
    text.push_str(" ORDER BY d.id LIMIT 200");
    sql(text).bind_all(values).all(conn).await
}

/// Somebody looked and explains.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExplainDifference {
    /// Which.
    pub id: Uuid,
    /// What was found; for a card payment its reference.
    pub note: String,
}

impl Write for ExplainDifference {
    const NAME: &'static str = "explain_sale_difference";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !(1..=LONGEST_NOTE).contains(&self.note.chars().count()) {
            return DIFFERENCE_NOTE.at("note");
        }
        let done = sql(
            "INSERT INTO sale_explanation (discrepancy_id, note, explained_by, explained_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT (discrepancy_id) DO NOTHING",
        )
        .bind(self.id)
        .bind(&self.note)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if done == 0 {
            return DIFFERENCE_SETTLED.refuse();
        }
        let kind = "sale_discrepancy";
        audit::record(
            tx,
            "sale_difference_explained",
            kind,
            Some(self.id),
            json!({}),
        )
        .await
    }
}

/// A difference the asker may explain; any other is not there.
async fn own(ask: &Ask, id: Uuid) -> Outcome<Difference> {
    let one = get(&mut ask.read().await?, id).await?;
    let bodies = ask.viewer.bodies_as(SALE_EXPLAIN.roles);
    match bodies.contains(&one.organization_id) {
        true => Ok(one),
        false => Err(Failure::NotFound),
    }
}

async fn list(ask: Ask) -> Outcome {
    let p = &ask.page;
    let bodies = seen_bodies(&ask, &SALE_READ);
    let open = list_open(&mut ask.read().await?, bodies.as_deref()).await?;
    let rows: Vec<Vec<Markup>> = open
        .iter()
        .map(|one| {
            vec![
                html! { a dir="ltr" href={ "/sales/" (one.sale_id) "#differences" } { code dir="ltr" { (one.number) } } },
                what(p, one),
                p.moment(one.made_at),
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "sale-number")),
        Column::text(p.t(&WORDS, "difference-what")),
        Column::text(p.t(&WORDS, "difference-since")),
    ];
    let title = p.t(&WORDS, "differences-title");
    let body = html! {
        (parts::back_link("/sales", &p.t(&WORDS, "sales-title")))
        h1 { (title) }
        p { (p.t(&WORDS, "differences-lead")) }
        (parts::table(&title, &columns, &rows, &p.t(&WORDS, "differences-empty")))
    };
    ask.html(&title, body)
}

/// In words: what the books have and what the sale says.
// words: difference-*
fn what(p: &Page, one: &Difference) -> Markup {
    let item = match p.lang {
        persian::Lang::En if !one.item_en.is_empty() => &one.item_en,
        _ => &one.item_fa,
    };
    let rials = |amount: i64| Rial::new(amount).toman_text(p.lang);
    let args = match one.kind {
        DifferenceKind::Price => [
            ("expected", rials(one.expected).into()),
            ("found", rials(one.found).into()),
        ],
        // Nothing was found; the sentence names the sum alone.
        DifferenceKind::Reference => [
            ("expected", rials(one.expected).into()),
            ("found", one.found.into()),
        ],
        DifferenceKind::Stock => [
            ("expected", one.expected.into()),
            ("found", one.found.into()),
        ],
    };
    html! {
        @if !item.is_empty() { bdi { (item) } ": " }
        (p.tr(&WORDS, &format!("difference-{}", one.kind), &args))
    }
}

/// The differences of a sale on its page, each with its explanation or the form for it.
pub(super) fn section(
    p: &Page,
    differences: &[Difference],
    may_explain: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    html! {
        h2 #differences { (p.t(&WORDS, "differences-title")) }
        @for one in differences {
            (parts::notice(p, if one.note.is_none() { Tone::Warning } else { Tone::Plain }, html! {
                p { (what(p, one)) }
                @if let Some(note) = &one.note { p { bdi { (note) } } }
            }))
            @if one.note.is_none() && may_explain {
                @let name = format!("note_{}", one.id);
                (parts::form(p, &format!("/sale-discrepancies/{}/explanation", one.id), html! {
                    (parts::field(p, Field {
                        name: &name,
                        label: p.t(&WORDS, "difference-note"),
                        value: form.raw(&name),
                        error: errors.get(&name),
                        required: true,
                        ..Field::default()
                    }))
                    (parts::buttons(parts::secondary_button(&p.t(&WORDS, "difference-go"))))
                }))
            }
        }
    }
}

async fn settle(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let one = own(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let note = read.text(&format!("note_{id}"), LONGEST_NOTE);
    let mut errors = std::mem::take(&mut read.errors);
    if let Some(note) = note {
        let outcome = ask.post(&form, ExplainDifference { id, note }).await;
        if ask.refused(outcome, &mut errors)?.is_some() {
            let done = ask.page.t(&WORDS, "difference-done");
            return ask.see_with(format!("/sales/{}", one.sale_id), &done);
        }
    }
    pages::sale_page(&ask, one.sale_id, &form, &errors).await
}

async fn api_list(ask: Ask) -> Outcome<impl Gives> {
    let bodies = seen_bodies(&ask, &SALE_READ);
    let items = list_open(&mut ask.read().await?, bodies.as_deref()).await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
struct Explanation {
    note: String,
}

async fn api_settle(
    ask: Ask,
    Path(id): Path<Uuid>,
    Key(key): Key,
    Json(body): Json<Explanation>,
) -> Outcome<impl Gives> {
    own(&ask, id).await?;
    let note = persian::clean(&body.note);
    crate::registers::api::run(&ask, key, ExplainDifference { id, note }).await
}
