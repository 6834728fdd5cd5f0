use access::Viewer;
use db::{Conn, Result, Tx, Value, sql};

use super::{MakeOffer, Offer, OfferId, OfferState};
use crate::needs::NeedId;

const COLUMNS: &str = "SELECT f.id, f.need_id, f.organization_id, f.description, f.cost, f.reward, \
     f.days, f.as_knowledge_based, f.state, f.offered_on, f.answered_on FROM offer f";

/// The offer of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: OfferId) -> Result<Offer> {
    sql(format!("{COLUMNS} WHERE f.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// What a viewer may see: staff every offer, a company its own.
fn visible(viewer: &Viewer, first: usize) -> (String, Vec<Value>) {
    if !crate::is_company(viewer) {
        return ("TRUE".to_owned(), Vec::new());
    }
    let bodies = viewer.bodies_as(crate::OFFER_MAKE.roles);
    if bodies.is_empty() {
        return ("FALSE".to_owned(), Vec::new());
    }
    let marks: Vec<String> = (first..first + bodies.len())
        .map(|n| format!("${n}"))
        .collect();
    let own = format!("f.organization_id IN ({})", marks.join(", "));
    (own, bodies.into_iter().map(Value::from).collect())
}

/// The offer, when this viewer may see it; [`db::Error::NotFound`] otherwise.
pub async fn get_for(conn: &mut Conn, viewer: &Viewer, id: OfferId) -> Result<Offer> {
    let (seen, values) = visible(viewer, 2);
    sql(format!("{COLUMNS} WHERE f.id = $1 AND {seen}"))
        .bind(id)
        .bind_all(values)
        .one(conn)
        .await
}

/// A need's offers that a viewer may see, oldest first; 100 at most.
pub async fn list_for(conn: &mut Conn, viewer: &Viewer, need: NeedId) -> Result<Vec<Offer>> {
    let (seen, values) = visible(viewer, 2);
    sql(format!(
        "{COLUMNS} WHERE f.need_id = $1 AND {seen} ORDER BY f.id LIMIT 100"
    ))
    .bind(need)
    .bind_all(values)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &MakeOffer, as_knowledge_based: bool) -> Result<()> {
    sql(
        "INSERT INTO offer (id, need_id, organization_id, description, cost, reward, days, state,
         offered_by, offered_on, as_knowledge_based)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'made', $8, $9, $10)",
    )
    .bind(new.id)
    .bind(new.need)
    .bind(new.organization)
    .bind(persian::clean_lines(&new.description))
    .bind(new.cost.get())
    .bind(new.reward.get())
    .bind(new.days)
    .bind(tx.origin().user)
    .bind(tx.today())
    .bind(as_knowledge_based)
    .execute(tx)
    .await
    .map(drop)
}

/// Answers a standing offer; false when it was answered before.
pub(super) async fn answer(tx: &mut Tx, id: OfferId, state: OfferState) -> Result<bool> {
    let changed =
        sql("UPDATE offer SET state = $2, answered_on = $3 WHERE id = $1 AND state = 'made'")
            .bind(id)
            .bind(state)
            .bind(tx.today())
            .execute(tx)
            .await?;
    Ok(changed == 1)
}

/// Declines what still stands for a need that ended.
pub(crate) async fn decline_rest(tx: &mut Tx, need: NeedId) -> Result<()> {
    crate::approaches::settle_offers(tx, need).await?;
    sql("UPDATE offer SET state = 'declined', answered_on = $2 WHERE need_id = $1 AND state = 'made'")
        .bind(need)
        .bind(tx.today())
        .execute(tx)
        .await
        .map(drop)
}

/// A pilot that solved nothing frees the need for other offers.
pub(crate) async fn close_accepted(tx: &mut Tx, need: NeedId) -> Result<()> {
    sql("UPDATE offer SET state = 'declined', answered_on = $2 WHERE need_id = $1 AND state = 'accepted'")
        .bind(need)
        .bind(tx.today())
        .execute(tx)
        .await
        .map(drop)
}
