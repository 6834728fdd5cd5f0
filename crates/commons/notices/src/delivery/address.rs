//! Where a notice goes: the number, and whether it is read aloud.

use contacts::{Channel, PhoneKind};
use db::{Conn, Error, Keys, Result};
use persian::Phone;

use crate::notices::{Kept, queries};

/// A phone to be told.
pub(super) struct Address {
    /// `09…` or `021…`, as providers take it.
    pub number: String,
    /// True when a message cannot go there, or is not wanted.
    pub is_voice: bool,
}

/// The phone of a notice's receiver; none when there is none or she wants nothing.
pub(super) async fn find(conn: &mut Conn, keys: &Keys, kept: &Kept) -> Result<Option<Address>> {
    if let Some(contact) = kept.contact_id {
        // A code goes to the very phone that asked for it, whatever she wants otherwise.
        if kept.template == "sign-in-code" {
            let is_voice = contacts::get(conn, contact).await?.phone_kind == PhoneKind::Landline;
            let number = contacts::phone(conn, keys, contact).await?;
            return Ok(number.map(|number| Address {
                number: local(&number),
                is_voice,
            }));
        }
        let reached = contacts::reach(conn, keys, contact).await?;
        return Ok(reached.map(|(number, channel)| Address {
            number: local(&number),
            is_voice: channel == Channel::Voice,
        }));
    }
    let number = match kept.organization_id {
        Some(organization) => organizations::answering(conn, organization).await?.phone,
        None => {
            let sealed = queries::sealed_phone(conn, kept.id)
                .await?
                .unwrap_or_default();
            keys.open_sealed("notice", "phone", kept.id, &sealed)
                .map_err(Error::other)?
        }
    };
    Ok(match Phone::parse(&number) {
        Ok(Phone::Mobile(mobile)) => Some(Address {
            number: mobile.local(),
            is_voice: false,
        }),
        Ok(Phone::Landline(landline)) => Some(Address {
            number: landline.local(),
            is_voice: true,
        }),
        Err(_) => None,
    })
}

fn local(number: &str) -> String {
    number
        .strip_prefix("+98")
        .map_or_else(|| number.to_owned(), |rest| format!("0{rest}"))
}
