//! The contact: who someone is to the programme, without why.

pub mod api;
mod many;
pub mod new_pages;
pub mod pages;
mod queries;
#[cfg(test)]
mod tests;
mod views;

use access::grants::{self, Category, Grant};
use access::{Permission, Role, Viewer, audit};
use db::{Conn, FromRow, Keys, Lookup, Reason, Result, Tx, Write};
use persian::{Lang, Phone, Timestamp};
use serde::Serialize;
use uuid::Uuid;

pub use many::{correct, create_many};
pub use queries::{
    by_handle, create, find_by_phone, get, guardian_who_gave, list_behind_phone, list_by_phone,
    phone, reach, set_phone, set_subject,
};

db::id! {
    /// A contact.
    pub ContactId
}

db::text_enum! {
    /// What kind of phone there is.
    pub enum PhoneKind {
        /// Takes calls and messages.
        Mobile = "mobile",
        /// Takes calls only.
        Landline = "landline",
        /// There is no phone.
        None = "none",
    }
}

db::text_enum! {
    /// How a contact wants to be told things.
    #[schemars(rename = "ContactChannel")]
    pub enum Channel {
        /// By message.
        Sms = "sms",
        /// By a call that reads the message aloud.
        Voice = "voice",
        /// Not at all by phone.
        None = "none",
    }
}

/// Looks at a contact; her phone is shown to those who hold a grant on her.
pub const READ: Permission = Permission::new("contact.read", access::grants::CASE_TEAM);

/// Changes how a contact is reached.
pub const CHANGE: Permission = Permission::new(
    "contact.change",
    &[Role::CaseWorker, Role::Supervisor, Role::Helper],
);

/// Registers a guardian or companion who is no person of the programme.
pub const REGISTER: Permission =
    Permission::new("contact.register", &[Role::CaseWorker, Role::Supervisor]);

/// The number is none of Iran's.
pub const PHONE_WRONG: Reason = Reason::new("phone_wrong", 422);
/// No guardian is on record who could have agreed in her place.
pub const NO_GUARDIAN: Reason = Reason::new("consent_no_guardian", 422);
/// Messages need a mobile, calls need a phone.
pub const CHANNEL_DOES_NOT_FIT: Reason = Reason::new("channel_does_not_fit", 422);

/// A phone sealed for the row of one contact (or another row that holds a phone).
#[derive(Clone, Debug, Serialize)]
pub struct SealedPhone {
    /// Mobile or landline.
    pub kind: PhoneKind,
    /// Sealed `+98…`. Left out of fingerprints: sealing twice gives different bytes.
    #[serde(skip_serializing)]
    pub sealed: Vec<u8>,
    /// Keyed hash, the same for the same number.
    pub hash: Lookup,
    /// The last four digits.
    pub last4: String,
}

impl SealedPhone {
    /// Seals a phone for the contact with this id.
    pub fn new(keys: &Keys, id: ContactId, phone: &Phone) -> Self {
        Self::for_row(keys, "contact", id.get(), phone)
    }

    /// Seals a phone for the column `phone` of another table's row.
    pub fn for_row(keys: &Keys, table: &str, row: Uuid, phone: &Phone) -> Self {
        let text = match phone {
            Phone::Mobile(mobile) => mobile.as_str(),
            Phone::Landline(landline) => landline.as_str(),
        };
        let kind = match phone {
            Phone::Mobile(_) => PhoneKind::Mobile,
            Phone::Landline(_) => PhoneKind::Landline,
        };
        Self {
            kind,
            sealed: keys.seal(table, "phone", row, text),
            hash: keys.lookup("phone", text),
            last4: last4(text),
        }
    }
}

/// The last four letters of a number.
pub(crate) fn last4(text: &str) -> String {
    text.get(text.len().saturating_sub(4)..)
        .unwrap_or_default()
        .to_owned()
}

/// A contact to be made.
#[derive(Clone, Debug, Serialize)]
pub struct NewContact {
    /// Made by the sender.
    pub id: ContactId,
    /// Under which id grants about her are written: her person's. None: the contact's own.
    pub subject: Option<Uuid>,
    /// First name, shown to the public beside her goods and when several share a phone.
    pub first_name: String,
    /// Whole name as staff see it.
    pub shown_name: String,
    /// The language she is written to in.
    pub language: Lang,
    /// Her phone, sealed for this id.
    pub phone: Option<SealedPhone>,
    /// How she wants to be told things; [`NewContact::usual_channel`] gives the usual one.
    pub channel: Channel,
    /// The guardian or helper who is reached when she has no phone.
    pub companion: Option<ContactId>,
    /// Region of the city as a code: `5`. May be empty.
    pub region: String,
    /// Neighbourhood, shown to the public. May be empty.
    pub neighbourhood: String,
}

impl NewContact {
    /// The channel that fits a phone: messages to a mobile, calls to a landline.
    pub fn usual_channel(phone: Option<&SealedPhone>) -> Channel {
        match phone.map(|phone| phone.kind) {
            Some(PhoneKind::Mobile) => Channel::Sms,
            Some(PhoneKind::Landline) => Channel::Voice,
            Some(PhoneKind::None) | None => Channel::None,
        }
    }
}

/// A contact as it is kept, without its sealed phone.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Public code: `M-48213`.
    pub handle: String,
    /// Under which id grants about her are written.
    pub subject_id: Uuid,
    /// First name.
    pub first_name: String,
    /// Whole name.
    pub shown_name: String,
    /// `fa` or `en`; [`Contact::lang`] reads it.
    pub language: String,
    /// What kind of phone there is.
    pub phone_kind: PhoneKind,
    /// The phone's last four digits; empty without one.
    pub phone_last4: String,
    /// How she wants to be told things.
    pub channel: Channel,
    /// Guardian or helper.
    pub companion_id: Option<ContactId>,
    /// Region code.
    pub region: String,
    /// Neighbourhood.
    pub neighbourhood: String,
    /// When it was made.
    pub made_at: Timestamp,
}

impl Contact {
    /// The language she is written to in.
    pub fn lang(&self) -> Lang {
        lang_of(&self.language)
    }

    /// Her name as this viewer needs it: whoever carries her case, her product file or her money
    /// knows the whole name, a shop's staff what is enough to greet her.
    pub fn name_for(&self, viewer: &Viewer) -> String {
        match NAMED_TO.iter().any(|role| viewer.has(*role)) {
            true => self.shown_name.clone(),
            false => self.short_name(),
        }
    }

    /// First name and the initial of the rest: «مریم ن.»
    pub fn short_name(&self) -> String {
        let rest = self.shown_name.strip_prefix(&self.first_name);
        let initial = rest.and_then(|rest| rest.trim().chars().next());
        match initial {
            Some(initial) => format!("{} {initial}.", self.first_name),
            None => self.first_name.clone(),
        }
    }
}

/// Who knows whole names; a role that is not here, or comes later, does not.
const NAMED_TO: &[Role] = &[
    Role::CaseWorker,
    Role::Supervisor,
    Role::Helper,
    Role::PartnerOfficer,
    Role::Trainer,
    Role::ProductOfficer,
    Role::FinanceOfficer,
];

/// Reads a stored language; Persian unless it says English.
pub(crate) fn lang_of(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Fa }
}

/// May this viewer see facts of this class about the contact now?
pub async fn may_see(
    conn: &mut Conn,
    viewer: &Viewer,
    contact: &Contact,
    category: Category,
    now: Timestamp,
) -> Result<bool> {
    if viewer.contact_id() == Some(contact.id.get()) {
        return Ok(true);
    }
    access::grants::may_see(conn, viewer, contact.subject_id, category, now).await
}

/// Makes a contact on its own: a supporter, a maker who was never a case.
#[derive(Serialize)]
pub struct CreateContact(pub NewContact);

impl Write for CreateContact {
    const NAME: &'static str = "create_contact";
    /// The handle.
    type Out = String;
    async fn run(&self, tx: &mut Tx) -> Result<String> {
        let handle = create(tx, &self.0).await?;
        let detail = serde_json::json!({ "handle": handle });
        audit::record(
            tx,
            "contact_created",
            "contact",
            Some(self.0.id.get()),
            detail,
        )
        .await?;
        Ok(handle)
    }
}

/// Registers a guardian or companion who is no person of the programme: [`CreateContact`], and the
/// registering body may see how she is reached.
#[derive(Serialize)]
pub struct RegisterContact {
    /// The contact.
    pub contact: NewContact,
    /// The body that registers her.
    pub organization: Uuid,
}

impl Write for RegisterContact {
    const NAME: &'static str = "register_contact";
    /// The handle.
    type Out = String;
    async fn run(&self, tx: &mut Tx) -> Result<String> {
        let new = &self.contact;
        let handle = CreateContact(new.clone()).run(tx).await?;
        let grant = Grant {
            subject: new.subject.unwrap_or(new.id.get()),
            organization: self.organization,
            purpose: "companion".to_owned(),
            category: Category::Operational,
            until: None,
            consent: None,
        };
        grants::give(tx, grant).await?;
        Ok(handle)
    }
}

/// Gives a contact another phone, or none.
#[derive(Serialize)]
pub struct ChangePhone {
    /// Whose.
    pub contact: ContactId,
    /// The new phone, sealed for this contact.
    pub phone: Option<SealedPhone>,
    /// How she wants to be told things from now on.
    pub channel: Channel,
}

impl Write for ChangePhone {
    const NAME: &'static str = "change_phone";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        set_phone(tx, self.contact, self.phone.as_ref(), self.channel)
            .await
            .map_err(|error| error.or_reason("ck_contact_sms_needs_mobile", &CHANNEL_DOES_NOT_FIT))
            .map_err(|error| {
                error.or_reason("ck_contact_voice_needs_phone", &CHANNEL_DOES_NOT_FIT)
            })?;
        let last4 = self.phone.as_ref().map(|phone| phone.last4.as_str());
        let detail = serde_json::json!({ "last4": last4, "channel": self.channel });
        audit::record(
            tx,
            "phone_changed",
            "contact",
            Some(self.contact.get()),
            detail,
        )
        .await
    }
}
