//! From where a request comes: the network whose tries are counted.

mod proxies;

use std::net::{IpAddr, Ipv6Addr};

use web::{Failure, Outcome};

pub use proxies::TrustedProxies;

use crate::rate::CountTry;
use crate::{Ask, Rate};

/// One IPv4 address or the first half of an IPv6 address: whoever has one IPv6 address has all
/// that begin like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 => v4,
        })
    }
}

/// Tries of staff to sign in. A whole ministry, or the subscribers of a mobile operator, may sit
/// behind one address, so a network has far more tries than a name.
pub const SIGN_IN: Rate = Rate {
    most: 600,
    seconds: 15 * 60,
};

/// Codes asked for: each is a message somebody pays for.
pub const CODES: Rate = Rate {
    most: 120,
    seconds: 10 * 60,
};

/// Guesses of codes, slips and links by people who have no name yet.
pub const GUESSES: Rate = Rate {
    most: 300,
    seconds: 15 * 60,
};

impl Ask {
    /// Counts a try of the asker's network, which is kept as a keyed hash, before any try of a name: whoever tries too much from
    /// one place locks no names by it.
    ///
    /// # Errors
    /// There were too many.
    pub async fn count_from_network(&self, what: &str, rate: Rate) -> Outcome<()> {
        let Some(Network(address)) = self.network else {
            return Ok(());
        };
        let hash = self.city.keys.blind("network", &address.to_string());
        let hash = data_encoding::HEXLOWER.encode(&hash);
        let count = CountTry {
            subject: format!("{what}_from:{hash}"),
            most: rate.most,
            seconds: rate.seconds,
        };
        match self.write(count).await? {
            Some(seconds) => Err(Failure::TooMany(seconds)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_customer_is_one_network_whatever_address_she_takes() {
        let of = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}
