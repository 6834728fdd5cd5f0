//! The register: a device that sells in a shop, its shifts and its series of receipts.

pub(crate) mod api;
pub(crate) mod queries;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write, sql};
use money::Rial;
use organizations::PlaceId;
use persian::{Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::sales::TEXT_TOO_LONG;

pub use queries::{get, list_of_places, open_shift, shift};

db::id! {
    /// A register.
    pub RegisterId
}
db::id! {
    /// A shift.
    pub ShiftId
}

db::text_enum! {
    /// Who sells through it.
    pub enum RegisterKind {
        /// A seller at the till page.
        Till = "till",
        /// Programs that send sales; its shift opens by itself.
        Program = "program",
    }
}

/// The shop has a register with this code.
pub const REGISTER_TAKEN: Reason = Reason::new("register_taken", 409);
/// The register has an open shift already.
pub const SHIFT_OPEN: Reason = Reason::new("shift_open", 409);
/// Nobody opened a shift on this register.
pub const SHIFT_CLOSED: Reason = Reason::new("shift_closed", 409);
/// What was counted differs from what should be there, and nobody said why.
pub const DIFFERENCE_REASON: Reason = Reason::new("shift_difference_reason", 422);

/// The code of the register through which programs sell.
pub(crate) const PROGRAM_CODE: &str = "P";

/// A register with its shop.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Register {
    /// Its id.
    pub id: RegisterId,
    /// Its shop.
    pub place_id: PlaceId,
    /// The body the shop belongs to.
    pub organization_id: Uuid,
    /// `1`, `2`, `P`: part of receipt numbers.
    pub code: String,
    /// Who sells through it.
    pub kind: RegisterKind,
    /// The shop's code.
    pub place_code: String,
    /// The shop in Persian.
    pub place_fa: String,
    /// The shop in English.
    pub place_en: String,
}

impl Register {
    /// The shop's name in a language.
    pub fn place(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.place_fa,
            Lang::En => &self.place_en,
        }
    }
}

/// A shift: from a counted float to a blind count.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// Its register.
    pub register_id: RegisterId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What lay in the drawer.
    pub float_amount: Rial,
    /// Sales so far.
    pub sales: i64,
    /// Cash taken in, less change and refunds.
    pub cash: Rial,
    /// Paid by card, less refunds.
    pub card: Rial,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What was counted.
    pub counted: Option<Rial>,
    /// Why that differs; may be empty.
    pub difference_reason: String,
}

/// Sets up a register in a shop.
#[derive(Clone, Debug, Serialize)]
pub struct CreateRegister {
    /// Made by the sender.
    pub id: RegisterId,
    /// The shop.
    pub place: PlaceId,
    /// Short and lasting: `1`.
    pub code: String,
}

impl Write for CreateRegister {
    const NAME: &'static str = "create_register";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        queries::create(tx, self.id, self.place, &self.code, RegisterKind::Till)
            .await
            .map_err(|error| error.or_reason("ux_register_code", &REGISTER_TAKEN))?;
        let detail = json!({ "place": self.place, "code": self.code });
        audit::record(
            tx,
            "register_created",
            "register",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

/// Opens a shift with what lies in the drawer.
#[derive(Clone, Debug, Serialize)]
pub struct OpenShift {
    /// Made by the sender.
    pub id: ShiftId,
    /// Where.
    pub register: RegisterId,
    /// Counted before the first sale.
    pub float_amount: Rial,
}

impl Write for OpenShift {
    const NAME: &'static str = "open_shift";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if queries::open(tx, self.id, self.register, self.float_amount).await? == 0 {
            return SHIFT_OPEN.refuse();
        }
        let detail = json!({ "register": self.register, "float": self.float_amount });
        audit::record(tx, "shift_opened", "shift", Some(self.id.get()), detail).await
    }
}

/// The most letters of a reason.
pub(crate) const LONGEST_REASON: usize = 300;

/// Closes a shift with a blind count: one step, which no sale can slip past.
#[derive(Clone, Debug, Serialize)]
pub struct CloseShift {
    /// Which.
    pub shift: ShiftId,
    /// What was counted, before the seller saw what should be there.
    pub counted: Rial,
    /// Why it differs; needed when it does.
    pub reason: String,
}

/// How a shift ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Closed {
    /// What should be there.
    pub expected: Rial,
    /// What was counted.
    pub counted: Rial,
}

impl Write for CloseShift {
    const NAME: &'static str = "close_shift";
    type Out = Closed;
    async fn run(&self, tx: &mut Tx) -> Result<Closed> {
        if self.reason.chars().count() > LONGEST_REASON {
            return TEXT_TOO_LONG.at("reason");
        }
        // The row is locked by this update; the sums it gives can no longer change.
        let expected: Option<Rial> = sql(
            "UPDATE shift SET closed_at = $2, closed_by = $3, counted = $4, difference_reason = $5
             WHERE id = $1 AND closed_at IS NULL RETURNING float_amount + cash AS value",
        )
        .bind(self.shift)
        .bind(tx.now())
        .bind(tx.origin().user)
        .bind(self.counted)
        .bind(&self.reason)
        .optional_scalar(tx)
        .await?;
        let Some(expected) = expected else {
            return SHIFT_CLOSED.refuse();
        };
        if expected != self.counted && self.reason.is_empty() {
            return DIFFERENCE_REASON.at("reason");
        }
        let detail = json!({ "expected": expected, "counted": self.counted });
        audit::record(tx, "shift_closed", "shift", Some(self.shift.get()), detail).await?;
        Ok(Closed {
            expected,
            counted: self.counted,
        })
    }
}
