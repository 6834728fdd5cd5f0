//! Secrets and signatures, as Standard Webhooks writes them.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::Rng as _;
use sha2::Sha256;

/// What stands before every secret.
const PREFIX: &str = "whsec_";
/// Random bytes in a secret.
const SECRET_BYTES: usize = 32;
/// What stands before a signature made with a shared secret.
const VERSION: &str = "v1,";

/// How far the instant of a message may lie from the receiver's clock, in seconds.
pub const TOLERANCE: i64 = 5 * 60;

/// A fresh secret: `whsec_…`.
pub(crate) fn fresh_secret() -> String {
    let mut bytes = [0_u8; SECRET_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    format!("{PREFIX}{}", BASE64.encode(&bytes))
}

fn mac(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<Hmac<Sha256>> {
    let key = BASE64
        .decode(secret.strip_prefix(PREFIX)?.as_bytes())
        .ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(mac)
}

/// Signs a message under a secret: `v1,…`. None when it is no secret.
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let signature = mac(secret, id, timestamp, body)?.finalize().into_bytes();
    Some(format!("{VERSION}{}", BASE64.encode(&signature)))
}

/// Is one of the signatures in `header` ours? They are compared without telling how far they agree.
pub fn is_signed(secret: &str, id: &str, timestamp: i64, body: &str, header: &str) -> bool {
    header.split(' ').any(|signature| {
        let encoded = signature.strip_prefix(VERSION).unwrap_or_default();
        let (Ok(bytes), Some(mac)) = (
            BASE64.decode(encoded.as_bytes()),
            mac(secret, id, timestamp, body),
        ) else {
            return false;
        };
        mac.verify_slice(&bytes).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &str = r#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_published_example_gets_its_published_signature() {
        assert_eq!(sign(SECRET, ID, AT, BODY).as_deref(), Some(SIGNATURE));
        assert!(is_signed(SECRET, ID, AT, BODY, SIGNATURE));
    }

    #[test]
    fn one_of_several_signatures_is_enough_and_any_change_is_seen() {
        let other = sign(&fresh_secret(), ID, AT, BODY).unwrap();
        assert!(is_signed(
            SECRET,
            ID,
            AT,
            BODY,
            &format!("{other} v1a,x {SIGNATURE}")
        ));
        assert!(!is_signed(SECRET, ID, AT, BODY, &other));
        assert!(!is_signed(SECRET, ID, AT, BODY, ""));
        assert!(!is_signed(SECRET, ID, AT + 1, BODY, SIGNATURE));
        assert!(!is_signed(SECRET, "msg_other", AT, BODY, SIGNATURE));
        assert!(!is_signed(SECRET, ID, AT, "{}", SIGNATURE));
        assert_eq!(sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ID, AT, BODY), None);
    }

    #[test]
    fn fresh_secrets_differ_and_sign() {
        let (one, other) = (fresh_secret(), fresh_secret());
        assert_ne!(one, other);
        assert!(sign(&one, ID, AT, BODY).is_some());
    }
}
