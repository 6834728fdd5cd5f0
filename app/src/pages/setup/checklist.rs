//! What a city needs before its first case, and how much of it is there.

use db::{Conn, Result};
use organizations::{OrganizationKind, PlaceKind};

/// One line of the list.
pub(super) struct Task {
    /// The end of its words' keys.
    pub key: &'static str,
    /// Where it is done.
    pub href: &'static str,
    /// How many there are.
    pub count: i64,
}

pub(super) async fn tasks(conn: &mut Conn) -> Result<Vec<Task>> {
    let regions = organizations::reference::regions(conn).await?.len();
    let bodies = organizations::list(conn, None).await?;
    let partners = bodies
        .iter()
        .filter(|body| body.kind != OrganizationKind::Municipal)
        .count();
    let centres = organizations::places::list(conn, PlaceKind::Centre)
        .await?
        .len();
    let shops = organizations::places::list(conn, PlaceKind::Shop)
        .await?
        .len();
    let services = organizations::services::count(conn).await?;
    let task = |key, href, count: usize| Task {
        key,
        href,
        count: i64::try_from(count).unwrap_or(i64::MAX),
    };
    Ok(vec![
        task("regions", "/organizations", regions),
        task("bodies", "/organizations/new", partners),
        task("centres", "/organizations", centres),
        task("shops", "/organizations", shops),
        task("services", "/organizations", services),
        task(
            "ordinance",
            "/ordinances",
            governance::articles::list_ordinances(conn).await?.len(),
        ),
        Task {
            key: "committee",
            href: "/committees/new",
            count: governance::committees::count(conn).await?,
        },
        task(
            "packages",
            "/budget",
            casework::plans::templates_for(conn, &[]).await?.len(),
        ),
        Task {
            key: "staff",
            href: "/setup/staff",
            count: access::users::count(conn).await?,
        },
        Task {
            key: "stock",
            href: "/setup/stock",
            count: consignment::stock::count(conn).await?,
        },
    ])
}
