use access::Viewer;
use db::{Conn, Result, Tx, Value, sql};
use uuid::Uuid;

use super::{Need, NeedId, NeedState, RaiseNeed};

const COLUMNS: &str = "SELECT n.id, n.organization_id, n.title, n.description, n.product_id, n.craft, \
     n.help, n.region, n.state, n.raised_on, n.ended_on FROM need n";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The need of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: NeedId) -> Result<Need> {
    sql(format!("{COLUMNS} WHERE n.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// What a viewer may see: staff everything, a company open needs and those it offered for.
fn visible(viewer: &Viewer, first: usize) -> (String, Vec<Value>) {
    if !crate::is_company(viewer) {
        return ("TRUE".to_owned(), Vec::new());
    }
    let bodies = viewer.bodies_as(crate::OFFER_MAKE.roles);
    let marks: Vec<String> = (first..first + bodies.len())
        .map(|n| format!("${n}"))
        .collect();
    let own = match marks.is_empty() {
        true => "FALSE".to_owned(),
        false => format!(
            "EXISTS (SELECT 1 FROM offer f WHERE f.need_id = n.id AND f.organization_id IN ({}))",
            marks.join(", ")
        ),
    };
    (
        format!("(n.state = 'open' OR {own})"),
        bodies.into_iter().map(Value::from).collect(),
    )
}

/// The need, when this viewer may see it; [`db::Error::NotFound`] otherwise.
pub async fn get_for(conn: &mut Conn, viewer: &Viewer, id: NeedId) -> Result<Need> {
    let (seen, values) = visible(viewer, 2);
    sql(format!("{COLUMNS} WHERE n.id = $1 AND {seen}"))
        .bind(id)
        .bind_all(values)
        .one(conn)
        .await
}

/// What a list of needs asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this state.
    pub state: Option<NeedState>,
    /// Needs older than this one.
    pub before: Option<NeedId>,
}

/// The needs a viewer may see, newest first; one more than [`PAGE`] when there are more.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    filter: &Filter,
    most: i64,
) -> Result<Vec<Need>> {
    let state = match filter.state {
        Some(state) => format!(" AND n.state = '{state}'"),
        None => String::new(),
    };
    let (seen, values) = visible(viewer, 3);
    sql(format!(
        "{COLUMNS} WHERE n.id < $1{state} AND {seen} ORDER BY n.id DESC LIMIT $2"
    ))
    .bind(filter.before.map_or(Uuid::max(), NeedId::get))
    .bind(most)
    .bind_all(values)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &RaiseNeed) -> Result<()> {
    sql(
        "INSERT INTO need (id, organization_id, title, description, product_id, craft, state,
         raised_by, raised_on, help, region) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10)",
    )
    .bind(new.id)
    .bind(new.organization_id)
    .bind(persian::clean(&new.title))
    .bind(persian::clean_lines(&new.description))
    .bind(new.product_id)
    .bind(persian::clean(&new.craft))
    .bind(tx.origin().user)
    .bind(tx.today())
    .bind(new.help)
    .bind(new.region)
    .execute(tx)
    .await
    .map(drop)
}

/// Every open need, oldest first; a page shows the fitting ones.
pub(crate) async fn open(conn: &mut Conn) -> Result<Vec<Need>> {
    sql(format!(
        "{COLUMNS} WHERE n.state = 'open' ORDER BY n.id LIMIT 500"
    ))
    .all(conn)
    .await
}

/// Moves a need from one state to another; false when it was not in the first.
pub(crate) async fn move_state(
    tx: &mut Tx,
    id: NeedId,
    from: NeedState,
    to: NeedState,
) -> Result<bool> {
    let is_end = matches!(to, NeedState::Answered | NeedState::Withdrawn);
    let changed = sql("UPDATE need SET state = $3, ended_on = $4 WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(is_end.then(|| tx.today()))
        .execute(tx)
        .await?;
    Ok(changed == 1)
}
