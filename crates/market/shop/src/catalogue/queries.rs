//! All SQL of the catalogue; it joins published views only.

use db::{Conn, FromRow, Result, Value, sql};
use makers::ProductId;
use money::Rial;
use organizations::PlaceId;
use persian::{Date, Lang};
use uuid::Uuid;

use super::{OnShelf, Shown};

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in the name, as typed.
    pub text: String,
    /// A category and those below it: their codes.
    pub categories: Vec<String>,
    /// Only what costs no more.
    pub most: Option<Rial>,
    /// Only what lies in this shop.
    pub place: Option<PlaceId>,
    /// Those before this one.
    pub before: Option<Uuid>,
}

/// Products that may be sold on a day, newest first, at most `most`; and the id to go on from.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    day: Date,
    most: i64,
) -> Result<(Vec<Shown>, Option<Uuid>)> {
    let mut text = "SELECT p.id, p.code, p.name_fa, p.name_en, p.category, p.price, p.photo_id,
         p.contact_id FROM product_card p WHERE p.state = 'approved' AND p.id < $1"
        .to_owned();
    let mut values: Vec<Value> = vec![
        filter.before.unwrap_or(Uuid::max()).into(),
        (most + 1).into(),
    ];
    let mut mark = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    for word in persian::fold(&filter.text).split_whitespace().take(6) {
        let escaped = word
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let mark = mark(format!("%{escaped}%").into());
        text.push_str(&format!(" AND p.search_text LIKE {mark} ESCAPE '\\'"));
    }
    if !filter.categories.is_empty() {
        let marks: Vec<String> = filter
            .categories
            .iter()
            .map(|code| mark(code.into()))
            .collect();
        text.push_str(&format!(" AND p.category IN ({})", marks.join(", ")));
    }
    if let Some(most) = filter.most {
        let mark = mark(most.into());
        text.push_str(&format!(" AND p.price <= {mark}"));
    }
    if let Some(place) = filter.place {
        let (mark, today) = (mark(place.into()), mark(day.into()));
        text.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM stock_card s WHERE s.product_id = p.id AND s.place_id = {mark}
             AND s.on_hand > 0 AND (s.expires_on IS NULL OR s.expires_on >= {today}))"
        ));
    }
    text.push_str(" ORDER BY p.id DESC LIMIT $2");
    let mut found: Vec<Shown> = sql(text).bind_all(values).all(conn).await?;
    let has_more = found.len() as i64 > most;
    found.truncate(usize::try_from(most).unwrap_or_default());
    let next = found.last().map(|last| last.id.get()).filter(|_| has_more);
    let ids: Vec<ProductId> = found.iter().map(|one| one.id).collect();
    let hidden = makers::unsellable(conn, &ids, day).await?;
    found.retain(|one| !hidden.contains(&one.id));
    Ok((found, next))
}

/// Where these products lie; goods past their last day are not counted.
pub async fn shops(conn: &mut Conn, products: &[Shown], day: Date) -> Result<Vec<OnShelf>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..products.len())
        .map(|at| format!("${}", at + 2))
        .collect();
    sql(format!(
        "SELECT s.product_id, s.place_id, p.name_fa, p.name_en, CAST(sum(s.on_hand) AS bigint) AS on_hand
         FROM stock_card s JOIN place_card p ON p.id = s.place_id
         WHERE s.product_id IN ({}) AND s.on_hand > 0 AND (s.expires_on IS NULL OR s.expires_on >= $1)
         GROUP BY s.product_id, s.place_id, p.name_fa, p.name_en, p.code ORDER BY p.code",
        marks.join(", ")
    ))
    .bind(day)
    .bind_all(products.iter().map(|one| Value::from(one.id)))
    .all(conn)
    .await
}

/// A shop one may choose.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Choice {
    pub id: PlaceId,
    pub name_fa: String,
    pub name_en: String,
}

impl Choice {
    pub(super) fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// The shops of the city.
pub(super) async fn places(conn: &mut Conn) -> Result<Vec<Choice>> {
    sql("SELECT id, name_fa, name_en FROM place_card WHERE kind = 'shop' ORDER BY code")
        .all(conn)
        .await
}
