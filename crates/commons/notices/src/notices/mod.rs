//! The notice: what is to be told to whom, and what became of it.

pub(crate) mod api;
pub(crate) mod pages;
pub(crate) mod queries;
#[cfg(test)]
mod tests;
mod views;

use access::{Permission, Role, audit};
use contacts::{ContactId, SealedPhone};
use db::{FromRow, Keys, Reason, Result, Tx, Write};
use organizations::OrganizationId;
use persian::{Lang, Phone, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use queries::list_for;

/// Sees what was told to the people of one's own body, and what did not arrive.
pub const READ: Permission = Permission::new(
    "notice.read",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Helper,
        Role::Administrator,
    ],
);

/// Only a notice that has failed is sent again.
pub const NOT_FAILED: Reason = Reason::new("notice_not_failed", 409);

db::text_enum! {
    /// By which way a notice went.
    pub enum NoticeWay {
        /// As a message.
        Sms = "sms",
        /// As a call that reads it aloud.
        Voice = "voice",
    }
}

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
    /// By which way it went; none before it was sent.
    pub channel: Option<NoticeWay>,
}

impl Kept {
    /// The language it is written in.
    pub fn lang(&self) -> Lang {
        if self.language == "en" {
            Lang::En
        } else {
            Lang::Fa
        }
    }

    /// Its text without codes and links: what pages may show.
    pub fn text(&self) -> String {
        crate::texts::render(
            self.lang(),
            &self.template,
            &crate::texts::blanked(&self.args),
        )
    }
}

/// Gives up what waits since before an instant: nobody wants news of last season. Gives how many.
#[derive(Serialize, Deserialize)]
pub struct GiveUpOld {
    /// Notices that should have gone before this instant are not sent any more.
    pub before: Timestamp,
}

impl Write for GiveUpOld {
    const NAME: &'static str = "give_up_old_notices";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let given_up = queries::give_up(tx, self.before).await?;
        let detail = serde_json::json!({ "count": given_up });
        audit::record(tx, "old_notices_given_up", "notice", None, detail).await?;
        Ok(given_up)
    }
}

/// Sends a notice that has failed once more.
#[derive(Serialize, Deserialize)]
pub struct RetryNotice {
    /// Which.
    pub id: Uuid,
}

impl Write for RetryNotice {
    const NAME: &'static str = "retry_notice";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !queries::wake(tx, self.id).await? {
            return NOT_FAILED.refuse();
        }
        let (now, again) = (tx.now(), tx.new_id());
        queries::enqueue(tx, self.id, now, format!("notice:{}:{again}", self.id)).await?;
        audit::record(
            tx,
            "notice_retried",
            "notice",
            Some(self.id),
            serde_json::json!({}),
        )
        .await
    }
}
