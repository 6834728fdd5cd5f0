//! Where messages may go. An address somebody types must not open what stands beside this program.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use db::{Reason, Result};
use url::{Host, Url};
use web::City;

/// No full `https://` address, or one with a name and password or a part behind `#`.
pub const BAD_URL: Reason = Reason::new("webhook_url", 422);
/// The address belongs to a network that is closed to messages.
pub const CLOSED_URL: Reason = Reason::new("webhook_url_closed", 422);

/// The longest address, in letters.
const LONGEST: usize = 500;

/// How far messages of a city reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Public addresses by TLS: any real city.
    World,
    /// This machine too, in plain HTTP: for trying out.
    WorldAndHere,
    /// This machine alone: a demo.
    Here,
}

impl Reach {
    pub(crate) fn of(city: &City) -> Self {
        match (city.is_demo, city.webhooks_loopback) {
            (true, _) => Self::Here,
            (false, true) => Self::WorldAndHere,
            (false, false) => Self::World,
        }
    }

    /// May this address be connected to?
    pub(crate) fn allows(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        match self {
            Self::World => is_public(address),
            Self::WorldAndHere => is_public(address) || address.is_loopback(),
            Self::Here => address.is_loopback(),
        }
    }

    /// Reads an address as it was typed. Names are resolved when a message is sent, each time:
    /// what a name stands for may change.
    ///
    /// # Errors
    /// Refuses at the field `url`.
    pub(crate) fn read(self, typed: &str) -> Result<Url> {
        let typed = typed.trim();
        let Ok(url) = Url::parse(typed) else {
            return BAD_URL.at("url");
        };
        let is_plain = url.username().is_empty() && url.password().is_none();
        if typed.len() > LONGEST || !is_plain || url.fragment().is_some() {
            return BAD_URL.at("url");
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain("localhost")) => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            Some(Host::Domain(_)) => None,
            None => return BAD_URL.at("url"),
        };
        if address.is_some_and(|address| !self.allows(address)) {
            return CLOSED_URL.at("url");
        }
        let is_here = address.is_some_and(|address| address.is_loopback());
        match url.scheme() {
            "https" => Ok(url),
            "http" if is_here => Ok(url),
            _ => BAD_URL.at("url"),
        }
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Networks that are set apart: a first address and the number of bits that count.
const CLOSED_V4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // Groups, what is kept for later, and everybody.
    ([224, 0, 0, 0], 3),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !CLOSED_V4.iter().any(|(first, length)| {
        let first = u32::from_be_bytes(*first);
        (bits ^ first) >> (32 - length) == 0
    })
}

/// Only 2000::/3 is given out; within it, what carries other addresses or is set apart is closed.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let is_given_out = parts[0] & 0xe000 == 0x2000;
    let is_closed = match parts[0] {
        0x2001 => parts[1] < 0x0200 || parts[1] == 0x0db8,
        0x2002 => true,
        0x3fff => parts[1] < 0x1000,
        _ => false,
    };
    is_given_out && !is_closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_open_to_a_city() {
        for closed in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::",
            "3fff::1",
        ] {
            assert!(!Reach::World.allows(closed.parse().unwrap()), "{closed}");
        }
        for open in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "193.0.0.1",
            "2606:4700::1",
            "2a01::1",
        ] {
            assert!(Reach::World.allows(open.parse().unwrap()), "{open}");
            assert!(!Reach::Here.allows(open.parse().unwrap()), "{open}");
        }
        for here in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert!(Reach::WorldAndHere.allows(here.parse().unwrap()), "{here}");
            assert!(Reach::Here.allows(here.parse().unwrap()), "{here}");
        }
        assert!(!Reach::WorldAndHere.allows("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn odd_addresses_are_refused_when_they_are_typed() {
        let code = |reach: Reach, typed: &str| match reach.read(typed) {
            Ok(url) => url.to_string(),
            Err(db::Error::Refused(refusal)) => refusal.reason.code.to_owned(),
            Err(other) => panic!("{other}"),
        };
        let bad = "webhook_url";
        for (typed, told) in [
            (
                "https://partner.example/hooks?a=1",
                "https://partner.example/hooks?a=1",
            ),
            (" https://partner.example ", "https://partner.example/"),
            ("http://partner.example/", bad),
            ("ftp://partner.example/", bad),
            ("partner.example", bad),
            ("https://user@partner.example/", bad),
            ("https://partner.example/#part", bad),
            ("", bad),
            ("https://127.0.0.1/", "webhook_url_closed"),
            ("https://0x7f.1/", "webhook_url_closed"),
            ("https://2130706433/", "webhook_url_closed"),
            ("https://localhost/", "webhook_url_closed"),
            ("https://[::ffff:10.0.0.1]/", "webhook_url_closed"),
            ("https://169.254.169.254/latest", "webhook_url_closed"),
        ] {
            assert_eq!(code(Reach::World, typed), told, "{typed}");
        }
        assert_eq!(
            code(
                Reach::World,
                &format!("https://a.example/{}", "x".repeat(500))
            ),
            bad
        );
        assert_eq!(
            code(Reach::WorldAndHere, "http://127.0.0.1:9/"),
            "http://127.0.0.1:9/"
        );
        assert_eq!(
            code(Reach::WorldAndHere, "http://10.0.0.1/"),
            "webhook_url_closed"
        );
        assert_eq!(
            code(Reach::Here, "http://localhost:9/"),
            "http://localhost:9/"
        );
    }
}
