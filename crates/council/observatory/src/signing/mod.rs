//! Ed25519 keys that follow from the city's own: one for each of their generations, so that
//! `zanjireh keys rotate` gives the city a new signature too, and nothing more is kept.

use data_encoding::HEXLOWER;
use db::{Error, Keys, Result};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

/// What the seed of a signature is made for.
const PURPOSE: &str = "statistics_signature";

/// A key with which a city signs.
pub struct Signer {
    /// The generation of the city's keys it follows from.
    pub generation: u8,
    pair: Ed25519KeyPair,
}

impl Signer {
    /// The signer of a seed; a city's own come from [`signers`].
    pub fn of_seed(generation: u8, seed: &[u8]) -> Result<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed)
            .map_err(|fault| Error::other(fault.to_string()))?;
        Ok(Self { generation, pair })
    }

    /// Its public half, in hexadecimal.
    pub fn public_key(&self) -> String {
        HEXLOWER.encode(self.pair.public_key().as_ref())
    }

    /// The signature of a text, in hexadecimal.
    pub fn sign(&self, text: &str) -> String {
        HEXLOWER.encode(self.pair.sign(text.as_bytes()).as_ref())
    }
}

/// A city's signers: the one in use, then every other whose generation is still kept.
pub fn signers(keys: &Keys) -> Result<Vec<Signer>> {
    let forms = keys.lookup(PURPOSE, "ed25519");
    let each = forms.forms().iter();
    each.map(|form| match form.split_first() {
        Some((generation, seed)) => Signer::of_seed(*generation, seed),
        None => Err(Error::other("a key without a number")),
    })
    .collect()
}

/// The signer in use.
pub fn signer(keys: &Keys) -> Result<Signer> {
    let first = signers(keys)?.into_iter().next();
    first.ok_or_else(|| Error::other("the city has no key"))
}

/// True when the text was signed with this key.
pub fn is_signed(key: &str, text: &str, signature: &str) -> bool {
    let decode = |text: &str| HEXLOWER.decode(text.as_bytes()).ok();
    let (Some(key), Some(signature)) = (decode(key), decode(signature)) else {
        return false;
    };
    UnparsedPublicKey::new(&ED25519, key)
        .verify(text.as_bytes(), &signature)
        .is_ok()
}

/// A key as people compare it: its first and last letters.
pub fn short(key: &str) -> String {
    match (key.get(..8), key.get(key.len().saturating_sub(8)..)) {
        (Some(first), Some(last)) if key.len() > 16 => format!("{first}…{last}"),
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_text_and_key_alone() {
        let keys = Keys::ephemeral();
        let one = signer(&keys).unwrap();
        let other = signer(&Keys::ephemeral()).unwrap();
        let signature = one.sign("سلام");
        assert!(is_signed(&one.public_key(), "سلام", &signature));
        assert!(!is_signed(&one.public_key(), "سلام!", &signature));
        assert!(!is_signed(&other.public_key(), "سلام", &signature));
        assert!(!is_signed("", "سلام", &signature));
        assert!(!is_signed(&one.public_key(), "سلام", "00"));
    }

    #[test]
    fn a_new_generation_signs_with_another_key_and_the_old_one_is_still_there() {
        let keys = Keys::ephemeral();
        let before = signer(&keys).unwrap().public_key();
        assert_eq!(signer(&keys).unwrap().public_key(), before);
        let next = keys.make().unwrap();
        assert_eq!(
            signer(&keys).unwrap().public_key(),
            before,
            "one that waits signs nothing"
        );
        keys.take_into_use(next).unwrap();
        let all: Vec<String> = signers(&keys)
            .unwrap()
            .iter()
            .map(Signer::public_key)
            .collect();
        assert_eq!(all.len(), 2);
        assert_ne!(all[0], before);
        assert_eq!(all[1], before);
    }
}
