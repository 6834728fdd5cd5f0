//! From where a request comes: the network whose tries are counted.

mod proxies;

use std::net::{IpAddr, Ipv6Addr};

use db::{Tx, Write};
use serde::Serialize;
use web::{Failure, Outcome};

pub use proxies::TrustedProxies;

use crate::{Ask, Rate, count_try};

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

/// Counts a try of a network, which is kept as a keyed hash.
#[derive(Serialize)]
struct CountNetwork {
    subject: String,
    most: i64,
    seconds: i64,
}

impl Write for CountNetwork {
    const NAME: &'static str = "count_network";
    type Out = Option<i64>;
    async fn run(&self, tx: &mut Tx) -> db::Result<Option<i64>> {
        let rate = Rate {
            most: self.most,
            seconds: self.seconds,
        };
        count_try(tx, &self.subject, rate).await
    }
}

impl Ask {
    /// Counts a try of the asker's network, before any try of a name: whoever tries too much from
    /// one place locks no names by it.
    ///
    /// # Errors
    /// There were too many.
    pub async fn count_from_network(&self, what: &str, rate: Rate) -> Outcome<()> {
        let Some(Network(address)) = self.network else {
            return Ok(());
        };
        let hash = self.city.keys.blind("network", &address.to_string());
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let count = CountNetwork {
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
