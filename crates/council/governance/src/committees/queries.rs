use access::{Role, Viewer};
use db::{Conn, Error, Reason, Result, Tx, sql};
use organizations::OrganizationId;
use persian::{Date, Jalali};

use super::{Committee, CommitteeId, CommitteeRole, Member, MembershipId, Rules};

/// Which committees a viewer may know about, as a condition on `column`; its parameters start at
/// `first`. One belongs by a seat of one's own, or to the body of the secretariat.
fn reach(column: &str, first: usize, viewer: &Viewer, today: Date) -> (String, Vec<db::Value>) {
    let Some(user) = viewer.user_id() else {
        return ("FALSE".to_owned(), Vec::new());
    };
    let (second, third) = (first + 1, first + 2);
    let bodies = viewer.bodies_as(&[Role::Secretary, Role::Chair, Role::Administrator]);
    let marks: Vec<String> = (0..bodies.len())
        .map(|place| format!("${}", third + place))
        .collect();
    let own = if marks.is_empty() {
        String::new()
    } else {
        format!(
            " OR EXISTS (SELECT 1 FROM committee home WHERE home.id = {column}
             AND home.organization_id IN ({}))",
            marks.join(", ")
        )
    };
    let condition = format!(
        "(EXISTS (SELECT 1 FROM committee_membership seat WHERE seat.committee_id = {column}
         AND seat.user_id = ${first} AND seat.valid_from <= ${second}
         AND (seat.valid_until IS NULL OR seat.valid_until >= ${second})){own})"
    );
    let mut values = vec![user.into(), today.into()];
    values.extend(bodies.into_iter().map(db::Value::from));
    (condition, values)
}

const COLUMNS: &str =
    "SELECT id, ordinance_id, organization_id, parent_id, code, name_fa, name_en FROM committee";

/// The committees a viewer may know about.
pub async fn list(conn: &mut Conn, viewer: &Viewer, today: Date) -> Result<Vec<Committee>> {
    let (condition, values) = reach("committee.id", 1, viewer, today);
    sql(format!("{COLUMNS} WHERE {condition} ORDER BY code"))
        .bind_all(values)
        .all(conn)
        .await
}

/// How many committees there are.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    sql("SELECT count(*) AS value FROM committee")
        .scalar(conn)
        .await
}

/// The working groups of a committee.
pub async fn list_groups(conn: &mut Conn, id: CommitteeId) -> Result<Vec<Committee>> {
    sql(format!("{COLUMNS} WHERE parent_id = $1 ORDER BY code"))
        .bind(id)
        .all(conn)
        .await
}

/// True when a user's seat on a committee belongs to a body on a day: they speak for it, and do not
/// confirm what it did. A body and the one it has gone into are one here.
pub(crate) async fn speaks_for_body(
    conn: &mut Conn,
    id: CommitteeId,
    user: Option<uuid::Uuid>,
    body: OrganizationId,
    day: Date,
) -> Result<bool> {
    let Some(user) = user else {
        return Ok(false);
    };
    let seats: i64 = sql(
        "SELECT count(*) AS value FROM committee_membership s WHERE s.committee_id = $1 AND s.user_id = $2
         AND (s.organization_id = $3 OR EXISTS (SELECT 1 FROM merged_body_card b
             WHERE (b.organization_id = $3 AND b.into_id = s.organization_id)
             OR (b.organization_id = s.organization_id AND b.into_id = $3)))
         AND s.valid_from <= $4 AND (s.valid_until IS NULL OR s.valid_until >= $4)",
    )
    .bind(id)
    .bind(user)
    .bind(body)
    .bind(day)
    .scalar(conn)
    .await?;
    Ok(seats > 0)
}

/// One committee, whoever asks.
pub async fn get(conn: &mut Conn, id: CommitteeId) -> Result<Committee> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Not found unless the viewer may know about this committee.
pub(crate) async fn check(
    conn: &mut Conn,
    viewer: &Viewer,
    id: CommitteeId,
    today: Date,
) -> Result<Committee> {
    let (condition, values) = reach("committee.id", 2, viewer, today);
    sql(format!("{COLUMNS} WHERE id = $1 AND {condition}"))
        .bind(id)
        .bind_all(values)
        .one(conn)
        .await
}

/// The rules in force on a day; the first ones ever set for days before them.
pub async fn rules_on(conn: &mut Conn, id: CommitteeId, day: Date) -> Result<Rules> {
    let rows = sql(
        "SELECT voting_roles, quorum_basis_points, quorum_least, is_chair_needed, majority, meets_every_days,
         reminder_days FROM committee_rule WHERE committee_id = $1 AND (valid_from <= $2 OR valid_from =
         (SELECT min(f.valid_from) FROM committee_rule f WHERE f.committee_id = $1))
         ORDER BY valid_from DESC LIMIT 1",
    )
    .bind(id)
    .bind(day)
    .rows(conn)
    .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let voting_roles: Vec<CommitteeRole> = serde_json::from_value(row.get("voting_roles")?)?;
    Ok(Rules {
        voting_roles,
        quorum_basis_points: row.get("quorum_basis_points")?,
        quorum_least: row.get("quorum_least")?,
        is_chair_needed: row.get("is_chair_needed")?,
        majority: row.get("majority")?,
        meets_every_days: row.get("meets_every_days")?,
        reminder_days: row.get("reminder_days")?,
    })
}

const SEATS: &str =
    "SELECT m.id, m.role, m.organization_id, m.title_fa, m.title_en, o.name_fa AS body_fa, o.name_en AS body_en,
     m.user_id, m.valid_from
     FROM committee_membership m JOIN organization_card o ON o.id = m.organization_id";

/// The seats on a day: chair first, then secretary, members, observers, guests.
pub async fn members_on(conn: &mut Conn, id: CommitteeId, day: Date) -> Result<Vec<Member>> {
    sql(format!(
        "{SEATS} WHERE m.committee_id = $1 AND m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until >= $2)
         ORDER BY CASE m.role WHEN 'chair' THEN 1 WHEN 'secretary' THEN 2 WHEN 'member' THEN 3
         WHEN 'observer' THEN 4 ELSE 5 END, m.valid_from, m.id"
    ))
    .bind(id)
    .bind(day)
    .all(conn)
    .await
}

/// One seat, whenever its term.
pub(crate) async fn seat(conn: &mut Conn, id: MembershipId) -> Result<Member> {
    sql(format!("{SEATS} WHERE m.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The bodies with a seat on a day, each once.
pub(crate) async fn bodies_on(
    conn: &mut Conn,
    id: CommitteeId,
    day: Date,
) -> Result<Vec<OrganizationId>> {
    sql(
        "SELECT DISTINCT organization_id AS value FROM committee_membership WHERE committee_id = $1
         AND valid_from <= $2 AND (valid_until IS NULL OR valid_until >= $2) ORDER BY value",
    )
    .bind(id)
    .bind(day)
    .scalars(conn)
    .await
}

/// The seat of one of these roles from which whoever writes signs today; refuses with `otherwise`
/// when they hold none.
pub(crate) async fn seat_to_sign(
    tx: &mut Tx,
    id: CommitteeId,
    roles: &[CommitteeRole],
    otherwise: &'static Reason,
) -> Result<MembershipId> {
    let (user, today) = (tx.origin().user, tx.today());
    let held = members_on(tx, id, today).await?;
    let seat = held
        .iter()
        .find(|seat| user.is_some() && seat.user_id == user && roles.contains(&seat.role));
    match seat {
        Some(seat) => Ok(seat.id),
        None => otherwise.refuse(),
    }
}

/// The next number of a committee's series in the Jalali year of a day. Take it last: it waits
/// for whoever took the one before.
pub(crate) async fn next_number(
    tx: &mut Tx,
    id: CommitteeId,
    series: &str,
    day: Date,
) -> Result<(i64, i64)> {
    let year = i64::from(Jalali::from(day).year);
    let number: i64 = sql(
        "INSERT INTO committee_series (committee_id, series, year, last) VALUES ($1, $2, $3, 1)
         ON CONFLICT (committee_id, series, year) DO UPDATE SET last = committee_series.last + 1
         RETURNING last AS value",
    )
    .bind(id)
    .bind(series)
    .bind(year)
    .scalar(tx)
    .await?;
    Ok((year, number))
}
