//! What the whole room keeps: its words, and helpers of its tests.

use access::cast::Stage;
use access::grants::{Category, Grant, give};
use db::{Result, Tx, Write};
use persian::{Lang, Phone};
use serde::Serialize;
use uuid::Uuid;

use crate::{ContactId, CreateContact, NewContact, SealedPhone};

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let found = web::words::scan(env!("CARGO_MANIFEST_DIR")).unwrap();
    assert_eq!(found, web::words::Scan::default());
}

#[derive(Serialize)]
pub(crate) struct GiveGrant(pub(crate) Uuid, pub(crate) Uuid);

impl Write for GiveGrant {
    const NAME: &'static str = "give_grant";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let grant = Grant {
            subject: self.0,
            organization: self.1,
            purpose: "casework".into(),
            category: Category::Personal,
            until: None,
            consent: None,
        };
        give(tx, grant).await
    }
}

/// Makes a contact whom Alice's body may see; gives her id and handle.
pub(crate) async fn contact(stage: &Stage, name: &str, phone: Option<&str>) -> (ContactId, String) {
    let id = ContactId::new(stage.city.db.new_id());
    let phone =
        phone.map(|phone| SealedPhone::new(&stage.city.keys, id, &Phone::parse(phone).unwrap()));
    let new = NewContact {
        id,
        subject: None,
        first_name: name.into(),
        shown_name: format!("{name} نمونه"),
        language: Lang::Fa,
        channel: NewContact::usual_channel(phone.as_ref()),
        phone,
        companion: None,
        region: "5".into(),
        neighbourhood: "پونک".into(),
    };
    let handle = stage.write(&stage.alice, CreateContact(new)).await.unwrap();
    stage
        .write(&stage.alice, GiveGrant(id.get(), stage.home))
        .await
        .unwrap();
    (id, handle)
}

/// A path under a contact.
pub(crate) fn path(id: ContactId, rest: &str) -> String {
    format!("/contacts/{id}{rest}")
}

/// The session a reply began, as an actor.
pub(crate) fn is_signed_in(reply: &access::cast::Reply) -> bool {
    reply.status == 303 && reply.session.is_some()
}
