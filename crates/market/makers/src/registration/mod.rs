//! A maker who already has products enters here: who she is, and which bodies work with her.

pub(crate) mod pages;

use access::{Viewer, audit};
use contacts::{ContactId, CreateContact, NewContact, SealedPhone};
use db::{Conn, Keys, Reason, Result, Tx, Value, Write, sql};
use organizations::OrganizationId;
use persian::{Lang, Phone};
use serde::Serialize;

use crate::stories::AllowStory;

/// A name, region or neighbourhood is missing or too long.
pub const MAKER_FIELD: Reason = Reason::new("maker_field", 422);
/// Her name is shown only with her consent, and how she gave it.
pub const MAKER_CONSENT: Reason = Reason::new("maker_consent", 422);

/// The most letters of a name or a neighbourhood.
pub(crate) const LONGEST_NAME: usize = 80;
/// The regions of the largest city.
pub(crate) const MOST_REGIONS: i64 = 99;

/// What a new maker is entered with.
pub(crate) struct Told {
    pub first_name: String,
    pub family_name: String,
    pub phone: Option<Phone>,
    pub region: i64,
    pub neighbourhood: String,
}

/// Enters a maker whom no case worker sent: a contact, the body that works with her and, when she
/// agreed, the consent to be shown. Nobody but the office learns her whole name.
#[derive(Debug, Serialize)]
pub struct RegisterMaker {
    /// The contact; its phone sealed.
    pub contact: NewContact,
    /// The body that enters her.
    pub organization: OrganizationId,
    /// Her consent to be shown, when she gave it.
    pub story: Option<AllowStory>,
}

impl RegisterMaker {
    pub(crate) fn new(
        keys: &Keys,
        id: ContactId,
        told: Told,
        organization: OrganizationId,
        story: Option<AllowStory>,
        language: Lang,
    ) -> Self {
        let phone = told.phone.map(|phone| SealedPhone::new(keys, id, &phone));
        Self {
            contact: NewContact {
                id,
                subject: None,
                shown_name: format!("{} {}", told.first_name, told.family_name),
                first_name: told.first_name,
                language,
                channel: NewContact::usual_channel(phone.as_ref()),
                phone,
                companion: None,
                region: told.region.to_string(),
                neighbourhood: told.neighbourhood,
            },
            organization,
            story,
        }
    }
}

impl Write for RegisterMaker {
    const NAME: &'static str = "register_maker";
    /// Her public code.
    type Out = String;
    async fn run(&self, tx: &mut Tx) -> Result<String> {
        let handle = CreateContact(self.contact.clone()).run(tx).await?;
        know(tx, self.contact.id, self.organization).await?;
        if let Some(story) = &self.story {
            story.run(tx).await?;
        }
        let detail = serde_json::json!({ "handle": handle, "organization": self.organization });
        let id = Some(self.contact.id.get());
        audit::record(tx, "maker_registered", "contact", id, detail).await?;
        Ok(handle)
    }
}

/// Notes that a body works with a maker: it entered her, or signed with her.
pub async fn know(tx: &mut Tx, contact: ContactId, organization: OrganizationId) -> Result<()> {
    sql(
        "INSERT INTO maker_body (contact_id, organization_id, since) VALUES ($1, $2, $3)
         ON CONFLICT (contact_id, organization_id) DO NOTHING",
    )
    .bind(contact)
    .bind(organization)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// May the viewer open this contact's file? Product officers register makers and open all; others
/// only those whose business their body looks after, who made a product they may see, or who
/// work with their body.
pub(crate) async fn may_open(conn: &mut Conn, viewer: &Viewer, contact: ContactId) -> Result<bool> {
    if viewer.has(access::Role::ProductOfficer) {
        return Ok(true);
    }
    let bodies = viewer.bodies_as(crate::PRODUCT_READ.roles);
    let marks: Vec<String> = (0..bodies.len()).map(|at| format!("${}", at + 2)).collect();
    let own = match marks.is_empty() {
        true => "NULL".to_owned(),
        false => marks.join(", "),
    };
    let known: i64 = sql(format!(
        "SELECT (SELECT count(*) FROM home_business WHERE contact_id = $1 AND organization_id IN ({own}))
         + (SELECT count(*) FROM product WHERE contact_id = $1 AND (state = 'approved' OR organization_id IN ({own})))
         + (SELECT count(*) FROM maker_body WHERE contact_id = $1 AND organization_id IN ({own})) AS value"
    ))
    .bind(contact)
    .bind_all(bodies.into_iter().map(Value::from))
    .scalar(conn)
    .await?;
    Ok(known > 0)
}
