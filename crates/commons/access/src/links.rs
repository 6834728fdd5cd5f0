//! Links by which somebody answers without an account: a random token of which only a keyed hash is
//! kept. Opening one changes nothing.

use data_encoding::BASE64URL_NOPAD;
use db::Keys;
use rand::Rng as _;
use serde::{Serialize, Serializer};
use uuid::Uuid;
use web::City;

/// Random bytes in a token: 22 letters, short enough for one message.
const TOKEN_BYTES: usize = 16;

/// The links of a room.
#[derive(Clone, Copy, Debug)]
pub struct LinkKind {
    /// The name their tokens are hashed under; two kinds never share one.
    pub name: &'static str,
    /// What stands before the token in an address: `/links/`.
    pub path: &'static str,
}

impl LinkKind {
    /// A fresh link of a city.
    pub fn fresh(self, city: &City) -> FreshLink {
        let mut bytes = [0_u8; TOKEN_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        let token = BASE64URL_NOPAD.encode(&bytes);
        FreshLink {
            id: city.db.new_id(),
            token_hash: self.hash(&city.keys, &token),
            address: city.link(&format!("{}{token}", self.path)),
        }
    }

    /// What the database keeps of a token.
    pub fn hash(self, keys: &Keys, token: &str) -> Vec<u8> {
        keys.blind(self.name, token)
    }
}

/// A fresh link on its way into a command.
#[derive(Clone, Debug)]
pub struct FreshLink {
    /// Its id.
    pub id: Uuid,
    /// What the database keeps of its token.
    pub token_hash: Vec<u8>,
    /// Its full address; known only here and in the message to the body.
    pub address: String,
}

impl Serialize for FreshLink {
    /// A resent form brings another random link; it does not make another command.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}
