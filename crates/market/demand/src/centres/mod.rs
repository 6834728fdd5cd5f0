//! Centres: whose somebody may speak for, and a centre's own page with its orders, what it delivered
//! and its months.

mod pages;

use access::{Ask, Routes};
use db::Conn;
use organizations::{OrganizationId, Place, PlaceKind};
use web::Outcome;

use crate::ORDER_KEEP;

pub(crate) fn routes() -> Routes {
    pages::routes()
}

/// May the viewer speak for this body's centres?
pub(crate) fn may_keep(ask: &Ask, body: OrganizationId) -> bool {
    ask.viewer.bodies_as(ORDER_KEEP.roles).contains(&body.get())
}

/// The centres and workshops of the viewer's own bodies.
pub(crate) async fn places(ask: &Ask, conn: &mut Conn) -> Outcome<Vec<Place>> {
    let mut places = organizations::places::list(conn, PlaceKind::Centre).await?;
    places.extend(organizations::places::list(conn, PlaceKind::Workshop).await?);
    places.retain(|place| may_keep(ask, place.organization_id));
    Ok(places)
}
