use access::{Role, Viewer};
use contacts::ContactId;
use db::{Conn, FromRow, Result, Tx, Value, sql};
use money::Rial;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use uuid::Uuid;

use super::{Product, ProductFacts, ProductId, ProductState};
use crate::reference::Category;

const COLUMNS: &str = "SELECT p.id, p.number, p.code, p.contact_id, p.organization_id, p.name_fa, p.name_en,
     p.category_code, p.description, p.price, p.sale_unit, p.tax_class, p.is_food, p.materials, p.weight,
     p.ingredients, p.storage, p.hygiene_number, p.ready_count, p.photo_id, p.state, p.state_note,
     p.entered_by, p.approved_by, p.approved_at, p.version FROM product p";

/// Food is sold only under a hygiene licence that holds on the day `$1`.
const LICENSED: &str =
    "(NOT p.is_food OR EXISTS (SELECT 1 FROM licence l WHERE l.contact_id = p.contact_id
     AND l.kind = 'hygiene' AND l.state = 'valid' AND l.valid_from <= $1 AND l.valid_until >= $1))";

/// The product of this id.
pub async fn get_product(conn: &mut Conn, id: ProductId) -> Result<Product> {
    sql(format!("{COLUMNS} WHERE p.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The product of this code, typed in any digits.
pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Product>> {
    sql(format!("{COLUMNS} WHERE p.code = $1"))
        .bind(persian::latin_digits(code.trim()))
        .optional(conn)
        .await
}

/// May this product be sold on this day? Approved, and for food licensed.
pub async fn is_for_sale(conn: &mut Conn, product: ProductId, day: Date) -> Result<bool> {
    Ok(unsellable(conn, &[product], day).await?.is_empty())
}

/// Those of the products that may not be sold on this day; one statement for many.
pub async fn unsellable(
    conn: &mut Conn,
    products: &[ProductId],
    day: Date,
) -> Result<Vec<ProductId>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..products.len())
        .map(|place| format!("${}", place + 2))
        .collect();
    let good: Vec<ProductId> = sql(format!(
        "SELECT p.id AS value FROM product p WHERE p.state = 'approved' AND {LICENSED} AND p.id IN ({})",
        marks.join(", ")
    ))
    .bind(day)
    .bind_all(products.iter().map(|id| Value::from(*id)))
    .scalars(conn)
    .await?;
    Ok(products
        .iter()
        .copied()
        .filter(|id| !good.contains(id))
        .collect())
}

/// A maker's products, newest first.
pub async fn list_of(conn: &mut Conn, contact: ContactId) -> Result<Vec<Product>> {
    sql(format!(
        "{COLUMNS} WHERE p.contact_id = $1 ORDER BY p.id DESC LIMIT 200"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// What a list of products is narrowed to.
#[derive(Clone, Debug, Default, serde::Deserialize, JsonSchema)]
pub struct Filter {
    /// Only in this state.
    #[serde(default)]
    pub state: Option<ProductState>,
    /// Words in the name, or a code.
    #[serde(default)]
    pub q: String,
    /// Only before this id, from the page before.
    pub cursor: Option<ProductId>,
}

/// How many a page of a list holds.
pub(crate) const PAGE: i64 = 50;

/// Products the viewer may see, newest first, one more than a page. Product officers see all
/// files; others those of their own body, and what is approved and so public.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    filter: &Filter,
    most: i64,
) -> Result<Vec<Product>> {
    let mut values: Vec<Value> = vec![
        filter
            .cursor
            .map_or(uuid::Uuid::max(), ProductId::get)
            .into(),
        most.into(),
    ];
    let mut text = format!("{COLUMNS} WHERE p.id < $1");
    if let Some(state) = filter.state {
        values.push(state.into());
        text.push_str(&format!(" AND p.state = ${}", values.len()));
    }
    let typed = persian::fold(&filter.q);
    if !typed.is_empty() {
        values.push(format!("%{}%", typed.replace(['%', '_'], " ")).into());
        values.push(typed.into());
        text.push_str(&format!(
            " AND (p.search_text LIKE ${} OR p.code = ${})",
            values.len() - 1,
            values.len()
        ));
    }
    if !viewer.has(Role::ProductOfficer) {
        let marks: Vec<String> = viewer
            .bodies_as(crate::PRODUCT_READ.roles)
            .into_iter()
            .map(|body| {
                values.push(body.into());
                format!("${}", values.len())
            })
            .collect();
        let own = if marks.is_empty() {
            "NULL".to_owned()
        } else {
            marks.join(", ")
        };
        text.push_str(&format!(
            " AND (p.state = 'approved' OR p.organization_id IN ({own}))"
        ));
    }
    text.push_str(" ORDER BY p.id DESC LIMIT $2");
    sql(text).bind_all(values).all(conn).await
}

/// The same rule for one product.
pub(crate) fn may_see(viewer: &Viewer, product: &Product) -> bool {
    let is_own = |body: &organizations::OrganizationId| {
        viewer
            .bodies_as(crate::PRODUCT_READ.roles)
            .contains(&body.get())
    };
    viewer.has(Role::ProductOfficer)
        || product.organization_id.as_ref().is_some_and(is_own)
        || (product.state == ProductState::Approved
            && !viewer.bodies_as(crate::PRODUCT_READ.roles).is_empty())
        || viewer.contact_id() == Some(product.contact_id.get())
}

/// May the viewer write in this file? Its maker, its body, or a product officer.
pub(crate) fn may_change(viewer: &Viewer, product: &Product) -> bool {
    let bodies = viewer.bodies_as(crate::PRODUCT_CHANGE.roles);
    viewer.has(Role::ProductOfficer)
        || product
            .organization_id
            .is_some_and(|body| bodies.contains(&body.get()))
        || viewer.contact_id() == Some(product.contact_id.get())
}

/// One thing that happened to a file.
#[derive(Clone, Debug, FromRow)]
pub struct Event {
    /// The state it came to.
    pub state: ProductState,
    /// Why; may be empty.
    pub note: String,
    /// Who, as the audit names them.
    pub actor: String,
    /// When.
    pub happened_at: Timestamp,
}

/// A file's story, oldest first.
pub async fn events(conn: &mut Conn, product: ProductId) -> Result<Vec<Event>> {
    sql("SELECT state, note, actor, happened_at FROM product_event WHERE product_id = $1 ORDER BY id")
        .bind(product)
        .all(conn)
        .await
}

/// One price and its first instant.
#[derive(Clone, Debug, FromRow, serde::Serialize, JsonSchema)]
pub struct Price {
    /// What the shopper paid from then on.
    pub price: Rial,
    /// Since when.
    pub since: Timestamp,
}

/// Every price a product had, newest first.
pub async fn prices(conn: &mut Conn, product: ProductId) -> Result<Vec<Price>> {
    sql("SELECT price, since FROM product_price WHERE product_id = $1 ORDER BY id DESC")
        .bind(product)
        .all(conn)
        .await
}

pub(super) async fn next_number(tx: &mut Tx) -> Result<i64> {
    sql(
        "INSERT INTO product_series (name, last_number) VALUES ('product', 1001)
         ON CONFLICT (name) DO UPDATE SET last_number = product_series.last_number + 1
         RETURNING last_number AS value",
    )
    .scalar(tx)
    .await
}

pub(super) async fn create(
    tx: &mut Tx,
    new: &super::CreateProduct,
    category: Option<&Category>,
    number: i64,
) -> Result<()> {
    sql("INSERT INTO product (id, number, code, contact_id, organization_id, name_fa, name_en, search_text,
         category_code, description, price, sale_unit, tax_class, is_food, materials, weight, ingredients,
         storage, hygiene_number, ready_count, state, state_note, entered_by, made_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
         'draft', '', $21, $22, 1)")
    .bind(new.id)
    .bind(number)
    .bind(number.to_string())
    .bind(new.contact_id)
    .bind(new.organization_id)
    .bind_all(facts(&new.facts, category))
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await?;
    keep_writer(tx, new.id).await
}

/// Keeps who of the staff wrote in a file: a second hand approves.
pub(crate) async fn keep_writer(tx: &mut Tx, product: ProductId) -> Result<()> {
    let Some(user) = tx.origin().user else {
        return Ok(());
    };
    sql(
        "INSERT INTO product_writer (product_id, user_id) VALUES ($1, $2)
         ON CONFLICT (product_id, user_id) DO NOTHING",
    )
    .bind(product)
    .bind(user)
    .execute(tx)
    .await
    .map(drop)
}

/// Did this user write in the file?
pub(crate) async fn is_writer(conn: &mut Conn, product: ProductId, user: Uuid) -> Result<bool> {
    let found: i64 =
        sql("SELECT count(*) AS value FROM product_writer WHERE product_id = $1 AND user_id = $2")
            .bind(product)
            .bind(user)
            .scalar(conn)
            .await?;
    Ok(found > 0)
}

pub(super) async fn change(
    tx: &mut Tx,
    id: ProductId,
    new: &ProductFacts,
    category: Option<&Category>,
    version: Option<i64>,
) -> Result<bool> {
    // The last writer stands in the row, so that an approval at the same moment is refused too.
    let done = sql(
        "UPDATE product SET name_fa = $2, name_en = $3, search_text = $4, category_code = $5,
         description = $6, price = $7, sale_unit = $8, tax_class = $9, is_food = $10, materials = $11,
         weight = $12, ingredients = $13, storage = $14, hygiene_number = $15, ready_count = $16,
         entered_by = coalesce($17, entered_by), version = version + 1
         WHERE id = $1 AND state IN ('draft', 'submitted', 'returned_for_fix')
         AND coalesce($18, version) = version",
    )
    .bind(id)
    .bind_all(facts(new, category))
    .bind(tx.origin().user)
    .bind(version)
    .execute(tx)
    .await?;
    if done == 1 {
        keep_writer(tx, id).await?;
    }
    Ok(done == 1)
}

/// The columns both statements share, in their order.
fn facts(new: &ProductFacts, category: Option<&Category>) -> Vec<Value> {
    let search = format!("{} {}", new.name_fa, new.name_en);
    let tax_class = new
        .tax_class
        .clone()
        .or(category.map(|category| category.tax_class.clone()));
    vec![
        (&new.name_fa).into(),
        (&new.name_en).into(),
        persian::fold(&search).into(),
        new.category_code.clone().into(),
        (&new.description).into(),
        new.price.into(),
        new.sale_unit.into(),
        tax_class.into(),
        category.is_some_and(|category| category.is_food).into(),
        (&new.materials).into(),
        (&new.weight).into(),
        (&new.ingredients).into(),
        (&new.storage).into(),
        (&new.hygiene_number).into(),
        new.ready_count.into(),
    ]
}

pub(super) async fn add_price(tx: &mut Tx, product: ProductId, price: Rial) -> Result<()> {
    sql("INSERT INTO product_price (id, product_id, price, since, changed_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(tx.new_id())
        .bind(product)
        .bind(price)
        .bind(tx.now())
        .bind(tx.origin().name.clone())
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn add_event(
    tx: &mut Tx,
    product: ProductId,
    state: ProductState,
    note: &str,
) -> Result<()> {
    sql("INSERT INTO product_event (id, product_id, state, note, actor, happened_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(tx.new_id())
        .bind(product)
        .bind(state)
        .bind(note)
        .bind(tx.origin().name.clone())
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
}
