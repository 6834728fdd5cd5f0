//! The notice: what is to be told to whom, and what became of it.

mod queries;

use contacts::{ContactId, SealedPhone};
use db::{FromRow, Keys, Result, Tx};
use organizations::OrganizationId;
use persian::{Phone, Timestamp};
use uuid::Uuid;

pub use queries::list_for;

db::text_enum! {
    /// What became of a notice.
    pub enum NoticeState {
        /// Not sent yet.
        Waiting = "waiting",
        /// The provider has it.
        Sent = "sent",
        /// It reached the phone.
        Delivered = "delivered",
        /// It did not, and is not tried again.
        Failed = "failed",
        /// There is no phone, or no provider is set up: it is only shown here.
        NoChannel = "no_channel",
    }
}

/// Who is told.
#[derive(Clone, Debug)]
pub enum To {
    /// A contact, by her phone and in her language.
    Contact(ContactId),
    /// A body, by the phone in its entry, in Persian.
    Organization(OrganizationId),
    /// A phone that belongs to nobody here; see [`seal_phone`].
    Phone {
        /// The notice's own id, made by the sender.
        id: Uuid,
        /// The phone, sealed for that id.
        phone: SealedPhone,
    },
}

/// Seals a phone for [`To::Phone`] with this notice id.
pub fn seal_phone(keys: &Keys, id: Uuid, phone: &Phone) -> SealedPhone {
    SealedPhone::for_row(keys, "notice", id, phone)
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Notice {
    /// To whom.
    pub to: To,
    /// Which text: `sold` for the message `sms-sold`.
    pub template: &'static str,
    /// The text's arguments, ready to read in the receiver's language. Staff see them: nothing
    /// sensitive, no more than the text needs.
    pub args: Vec<(&'static str, String)>,
}

/// Writes a notice and the job that sends it; gives the notice's id.
pub async fn send(tx: &mut Tx, notice: Notice) -> Result<Uuid> {
    queries::create(tx, notice).await
}

/// A notice as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// The contact told.
    pub contact_id: Option<ContactId>,
    /// The body told.
    pub organization_id: Option<OrganizationId>,
    /// The last digits of the phone used; empty before it was sent.
    pub phone_last4: String,
    /// Which text.
    pub template: String,
    /// Its arguments.
    pub args: serde_json::Value,
    /// `fa` or `en`.
    pub language: String,
    /// What became of it.
    pub state: NoticeState,
    /// Parts of the message as the operator counts them; 0 before it was sent.
    pub parts: i64,
    /// How often it was tried.
    pub tries: i64,
    /// The provider's number for it.
    pub provider_id: Option<String>,
    /// What went wrong last.
    pub fault: Option<String>,
    /// When it was written.
    pub made_at: Timestamp,
    /// Not sent before this instant.
    pub send_at: Timestamp,
    /// When the provider took it.
    pub sent_at: Option<Timestamp>,
}
