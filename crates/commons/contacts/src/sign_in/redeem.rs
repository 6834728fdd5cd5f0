//! A person's own program: a code from her phone, or a slip and its code, becomes a token. The same
//! commands as the pages, so the same tries are counted.

use access::contract::Gives;
use access::sessions::{BAD_CODE, CodeKind, Token, code_text};
use access::{Ask, Need, Routes, network};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::slip_pages::try_slip;
use super::{ChoosePerson, SignIn, SignInByPhone, is_same, people_of, ticket_hash};
use crate::ContactId;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/sign-in-codes/{code}/token", Need::Public, by_code)
        .api_post("/api/v1/sign-in-codes/{code}/who", Need::Public, choose)
        .api_post("/api/v1/slip-tokens", Need::Public, by_slip)
}

/// The token, shown this once. A helper's token in the request stands beside the session.
fn token(token: &Token) -> SignedIn {
    SignedIn::Done {
        token: token.as_str().to_owned(),
    }
}

/// A token; or, when several people share the phone, who there is to choose from.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum SignedIn {
    /// 201: the token, shown this once.
    Done { token: String },
    /// 202: the ticket to choose with.
    Choose {
        ticket: String,
        people: Vec<Housemate>,
    },
}

/// One of those who share a phone.
#[derive(Serialize, JsonSchema)]
struct Housemate {
    contact: ContactId,
    first_name: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SignInDigits")]
struct Digits {
    code: String,
}

async fn by_code(
    ask: Ask,
    Path(code): Path<Uuid>,
    Json(typed): Json<Digits>,
) -> Outcome<impl Gives> {
    ask.count_from_network("guess", network::GUESSES).await?;
    let right = code_text(&ask.city.keys, code, CodeKind::Sms);
    let token = Token::fresh();
    let ticket = ticket_hash(&ask.city.keys, token.as_str());
    let command = SignInByPhone {
        keys: ask.city.keys.clone(),
        code,
        is_right: is_same(&ask.city.keys, &typed.code, &right),
        token_hash: token.hash(),
        ticket_hash: ticket.clone(),
        helper: ask.viewer.user_id(),
    };
    match ask.write(command).await? {
        SignIn::Done(_) => ask.json(StatusCode::CREATED, &self::token(&token)),
        SignIn::Choose => {
            // Several people share the phone: she says who she is before there is a token.
            let people =
                people_of(&mut ask.read().await?, &ask.city.keys, ticket, ask.now()).await?;
            let people = people.into_iter().map(|one| Housemate {
                contact: one.id,
                first_name: one.first_name,
            });
            let body = SignedIn::Choose {
                ticket: token.as_str().to_owned(),
                people: people.collect(),
            };
            ask.json(StatusCode::ACCEPTED, &body)
        }
        SignIn::Wait(seconds) => Err(Failure::TooMany(seconds)),
        SignIn::Wrong => Ok(BAD_CODE.at("code")?),
    }
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PersonChosen")]
struct Chosen {
    ticket: String,
    contact: ContactId,
}

async fn choose(
    ask: Ask,
    Path(_code): Path<Uuid>,
    Json(chosen): Json<Chosen>,
) -> Outcome<impl Gives> {
    let token = Token::fresh();
    let command = ChoosePerson {
        keys: ask.city.keys.clone(),
        ticket_hash: ticket_hash(&ask.city.keys, &chosen.ticket),
        contact: chosen.contact,
        token_hash: token.hash(),
        helper: ask.viewer.user_id(),
    };
    ask.write(command).await?;
    ask.json(StatusCode::CREATED, &self::token(&token))
}

#[derive(Deserialize, JsonSchema)]
struct Slip {
    handle: String,
    code: String,
}

async fn by_slip(ask: Ask, Json(slip): Json<Slip>) -> Outcome<impl Gives> {
    let token = Token::fresh();
    match try_slip(&ask, &slip.handle, &slip.code, &token).await? {
        SignIn::Done(_) => ask.json(StatusCode::CREATED, &self::token(&token)),
        SignIn::Wait(seconds) => Err(Failure::TooMany(seconds)),
        SignIn::Wrong | SignIn::Choose => Ok(BAD_CODE.at("code")?),
    }
}
