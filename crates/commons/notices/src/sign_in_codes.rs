//! Notices that rooms below ask for by job: sign-in codes, and word of another payee.

use std::pin::Pin;
use std::sync::Arc;

use contacts::ContactId;
use db::{Error, Origin, Result, Tx, Write, sql};
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;
use web::City;

use crate::delivery::deliver;
use crate::notices::{Notice, To, send};

type Done = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

fn id<T: std::str::FromStr>(payload: &Json, name: &str) -> Result<T> {
    let id = payload[name].as_str().and_then(|text| text.parse().ok());
    id.ok_or_else(|| Error::other(format!("a job without its {name}")))
}

/// The job `send_sign_in_code`: `{code, contact}`. Nobody's phone is sent nothing.
pub(crate) fn send_sign_in_code(city: Arc<City>, payload: Json) -> Done {
    Box::pin(async move {
        let code: Uuid = id(&payload, "code")?;
        let contact: ContactId = id(&payload, "contact")?;
        let language = match contacts::get(&mut city.db.read().await?, contact).await {
            Ok(contact) => contact.language,
            Err(Error::NotFound) => return Ok(()),
            Err(other) => return Err(other),
        };
        let origin = Origin::program("job:send_sign_in_code");
        city.db
            .write(
                &origin,
                KeepCodeNotice {
                    code,
                    contact,
                    language,
                },
            )
            .await?;
        deliver(&city, code).await
    })
}

/// A notice under the code's own id: the digits follow from it and are not written.
#[derive(Serialize)]
struct KeepCodeNotice {
    code: Uuid,
    contact: ContactId,
    language: String,
}

impl Write for KeepCodeNotice {
    const NAME: &'static str = "keep_code_notice";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "INSERT INTO notice (id, contact_id, phone_last4, template, args, language, state,
             parts, tries, made_at, send_at)
             VALUES ($1, $2, '', 'sign-in-code', $3, $4, 'waiting', 0, 0, $5, $5)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(self.code)
        .bind(self.contact)
        .bind(serde_json::json!({}))
        .bind(&self.language)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}

/// The job `tell_payee_changed`: `{contact}`.
pub(crate) fn tell_payee_changed(city: Arc<City>, payload: Json) -> Done {
    Box::pin(async move {
        let contact: ContactId = id(&payload, "contact")?;
        let origin = Origin::program("job:tell_payee_changed");
        city.db
            .write(&origin, TellPayeeChanged { contact })
            .await
            .map(drop)
    })
}

#[derive(Serialize)]
struct TellPayeeChanged {
    contact: ContactId,
}

impl Write for TellPayeeChanged {
    const NAME: &'static str = "tell_payee_changed";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let to = To::Contact(self.contact);
        send(
            tx,
            Notice {
                to,
                template: "payee-changed",
                args: Vec::new(),
            },
        )
        .await
    }
}
