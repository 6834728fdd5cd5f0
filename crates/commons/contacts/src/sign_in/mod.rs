//! A person signs in: by a code to her phone, or by a printed slip at a centre.

pub mod api;
mod phone;
mod phone_pages;
mod redeem;
mod slip;
mod slip_pages;
#[cfg(test)]
mod tests;
mod views;

use access::{Permission, Role, Routes};
use axum::response::Response;
use db::Keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use phone::{AskForPhoneCode, ChoosePerson, SignInByPhone, people_of, ticket_hash};
pub use slip::{PrintSlip, SignInBySlip, SlipId, current_slip};

/// Prints a sign-in slip for a person without a phone.
pub const PRINT_SLIP: Permission = Permission::new(
    "slip.print",
    &[Role::CaseWorker, Role::Supervisor, Role::Helper],
);

pub(crate) fn routes() -> Routes {
    phone_pages::routes()
        .merge(slip_pages::routes())
        .merge(api::routes())
        .merge(redeem::routes())
}

/// What a try to sign in came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SignIn {
    /// Her session has begun.
    Done(Uuid),
    /// The code was right, but several people share the phone: she says next who she is.
    Choose,
    /// The code is wrong, used up or too old.
    Wrong,
    /// Too many tries: seconds to wait.
    Wait(i64),
}

/// Compares codes by their keyed hashes, so that the time taken tells nothing.
fn is_same(keys: &Keys, typed: &str, right: &str) -> bool {
    let typed: String = persian::latin_digits(typed)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    keys.blind("typed_code", &typed) == keys.blind("typed_code", right)
}

/// After a sign-in: her own page, or the form that was kept for her, under the session just begun.
async fn welcome(ask: &access::Ask, token: &access::sessions::Token) -> web::Outcome<Response> {
    let mut conn = ask.read().await?;
    let owner = access::sessions::last_owner(&mut conn, token.as_str()).await?;
    let kept = match owner {
        Some((owner, _)) => access::drafts::waiting(&mut conn, owner, ask.now()).await?,
        None => None,
    };
    drop(conn);
    let mut response = ask.see(kept.map_or("/".into(), |form| format!("/kept/{form}")))?;
    access::sessions::pages::set_cookie(&mut response, token);
    Ok(response)
}
