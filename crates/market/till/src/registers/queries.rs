//! All SQL of registers, shifts and series.

use db::{Conn, Result, Tx, Value, sql};
use money::Rial;
use organizations::PlaceId;
use uuid::Uuid;

use super::{PROGRAM_CODE, Register, RegisterId, RegisterKind, SHIFT_CLOSED, Shift, ShiftId};

const REGISTERS: &str = "SELECT r.id, r.place_id, p.organization_id, r.code, r.kind,
     p.code AS place_code, p.name_fa AS place_fa, p.name_en AS place_en
     FROM register r JOIN place_card p ON p.id = r.place_id";

const SHIFTS: &str =
    "SELECT s.id, s.register_id, s.opened_at, s.float_amount, s.sales, s.cash, s.card,
     s.closed_at, s.counted, s.difference_reason FROM shift s";

/// One register.
pub async fn get(conn: &mut Conn, id: RegisterId) -> Result<Register> {
    sql(format!("{REGISTERS} WHERE r.id = $1 AND r.is_active"))
        .bind(id)
        .one(conn)
        .await
}

/// The tills of these bodies' shops.
pub async fn list_of_places(conn: &mut Conn, bodies: &[Uuid]) -> Result<Vec<Register>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=bodies.len()).map(|at| format!("${at}")).collect();
    sql(format!(
        "{REGISTERS} WHERE p.organization_id IN ({}) AND r.is_active AND r.kind = 'till'
         ORDER BY p.code, r.code",
        marks.join(", ")
    ))
    .bind_all(bodies.iter().map(|body| Value::from(*body)))
    .all(conn)
    .await
}

/// The register of a shop through which programs sell; made when it is first needed.
pub(crate) async fn of_programs(tx: &mut Tx, place: PlaceId) -> Result<Register> {
    let find = |place: PlaceId| {
        sql(format!("{REGISTERS} WHERE r.place_id = $1 AND r.code = $2"))
            .bind(place)
            .bind(PROGRAM_CODE)
    };
    if let Some(register) = find(place).optional(tx).await? {
        return Ok(register);
    }
    let id = RegisterId::new(tx.new_id());
    sql(
        "INSERT INTO register (id, place_id, code, kind, is_active, made_at)
         VALUES ($1, $2, $3, 'program', TRUE, $4) ON CONFLICT (place_id, code) DO NOTHING",
    )
    .bind(id)
    .bind(place)
    .bind(PROGRAM_CODE)
    .bind(tx.now())
    .execute(tx)
    .await?;
    find(place).one(tx).await
}

pub(super) async fn create(
    tx: &mut Tx,
    id: RegisterId,
    place: PlaceId,
    code: &str,
    kind: RegisterKind,
) -> Result<()> {
    sql(
        "INSERT INTO register (id, place_id, code, kind, is_active, made_at)
         VALUES ($1, $2, $3, $4, TRUE, $5)",
    )
    .bind(id)
    .bind(place)
    .bind(code)
    .bind(kind)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Opens a shift; zero rows when one is open.
pub(super) async fn open(
    tx: &mut Tx,
    id: ShiftId,
    register: RegisterId,
    float: Rial,
) -> Result<u64> {
    sql(
        "INSERT INTO shift (id, register_id, opened_by, opened_at, float_amount, sales, cash, card,
         difference_reason) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, '') ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(register)
    .bind(tx.origin().user)
    .bind(tx.now())
    .bind(float)
    .execute(tx)
    .await
}

/// The open shift of a register.
pub async fn open_shift(conn: &mut Conn, register: RegisterId) -> Result<Option<Shift>> {
    sql(format!(
        "{SHIFTS} WHERE s.register_id = $1 AND s.closed_at IS NULL"
    ))
    .bind(register)
    .optional(conn)
    .await
}

/// The newest shift of a register, open or closed.
pub(super) async fn last_shift(conn: &mut Conn, register: RegisterId) -> Result<Option<Shift>> {
    sql(format!(
        "{SHIFTS} WHERE s.register_id = $1 ORDER BY s.id DESC LIMIT 1"
    ))
    .bind(register)
    .optional(conn)
    .await
}

/// One shift.
pub async fn shift(conn: &mut Conn, id: ShiftId) -> Result<Shift> {
    sql(format!("{SHIFTS} WHERE s.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Adds money to the open shift of a register and holds it open until the write ends.
pub(crate) async fn add_to_shift(
    tx: &mut Tx,
    register: &Register,
    sales: i64,
    cash: Rial,
    card: Rial,
) -> Result<ShiftId> {
    for attempt in 0..2 {
        let found = sql(
            "UPDATE shift SET sales = sales + $2, cash = cash + $3, card = card + $4
             WHERE register_id = $1 AND closed_at IS NULL RETURNING id AS value",
        )
        .bind(register.id)
        .bind(sales)
        .bind(cash)
        .bind(card)
        .optional_scalar(tx)
        .await?;
        match found {
            Some(shift) => return Ok(shift),
            None if attempt == 0 && register.kind == RegisterKind::Program => {
                let id = ShiftId::new(tx.new_id());
                open(tx, id, register.id, Rial::ZERO).await?;
            }
            None => break,
        }
    }
    SHIFT_CLOSED.refuse()
}

/// The next number of a register's series in a Jalali year; asked for last.
pub(crate) async fn next_number(tx: &mut Tx, register: RegisterId, year: i64) -> Result<i64> {
    sql(
        "INSERT INTO receipt_series (register_id, year, last_number) VALUES ($1, $2, 1)
         ON CONFLICT (register_id, year) DO UPDATE SET last_number = receipt_series.last_number + 1
         RETURNING last_number AS value",
    )
    .bind(register)
    .bind(year)
    .scalar(tx)
    .await
}
