use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The proxies whose word on the client's address is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Block>);

/// Addresses that begin alike: `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    start: IpAddr,
    bits: u8,
}

impl TrustedProxies {
    /// Reads addresses and blocks with commas between.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn parse(list: &str) -> Result<Self, String> {
        let items = list.split(',').map(str::trim);
        let items = items.filter(|item| !item.is_empty());
        items.map(Block::parse).collect::<Result<_, _>>().map(Self)
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|block| block.has(address))
    }

    /// Where a request comes from: its peer, or, when that is a trusted proxy, the last address
    /// in its chain that is none. What stands before that was written by strangers.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.has(peer) {
            return peer;
        }
        let forwarded = chain(headers, "forwarded", of_forwarded);
        let x_forwarded = chain(headers, "x-forwarded-for", |part| Some(part.to_owned()));
        match (forwarded, x_forwarded) {
            (None, None) => peer,
            (Some(chain), None) | (None, Some(chain)) => self.last_stranger(peer, &chain),
            // A proxy writes one of them and may pass on the other as the client sent it: when
            // they differ, nobody can tell which is true.
            (Some(one), Some(other)) => {
                let [one, other] = [one, other].map(|chain| self.last_stranger(peer, &chain));
                if one == other { one } else { peer }
            }
        }
    }

    fn last_stranger(&self, peer: IpAddr, chain: &[String]) -> IpAddr {
        let mut last = peer;
        for hop in chain.iter().rev() {
            let Some(address) = address(hop) else {
                break;
            };
            last = address;
            if !self.has(address) {
                break;
            }
        }
        last
    }
}

impl std::fmt::Display for TrustedProxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, Block { start, bits }) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            match *bits == whole(*start) {
                true => write!(f, "{comma}{start}")?,
                false => write!(f, "{comma}{start}/{bits}")?,
            }
        }
        Ok(())
    }
}

fn whole(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl Block {
    fn parse(text: &str) -> Result<Self, String> {
        let (start, bits) = match text.split_once('/') {
            Some((start, bits)) => (start, Some(bits)),
            None => (text, None),
        };
        let wrong = || format!("{text} is no address and no block such as 10.0.0.0/8");
        let start: IpAddr = start.parse().map_err(|_| wrong())?;
        let bits = match bits {
            Some(bits) => bits.parse().map_err(|_| wrong())?,
            None => whole(start),
        };
        if bits > whole(start) {
            return Err(wrong());
        }
        if bits == 0 {
            return Err(format!("{text} would believe everybody"));
        }
        Ok(Self { start, bits })
    }

    fn has(&self, address: IpAddr) -> bool {
        match (self.start, address) {
            (IpAddr::V4(start), IpAddr::V4(address)) => {
                let differ = u32::from(start) ^ u32::from(address);
                differ.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(start), IpAddr::V6(address)) => {
                let differ = u128::from(start) ^ u128::from(address);
                differ.leading_zeros() >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

/// The hops of all lines of a header, nearest last; none without the header.
fn chain(headers: &HeaderMap, name: &str, hop: fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let mut hops = None;
    for line in headers.get_all(name) {
        let hops = hops.get_or_insert_with(Vec::new);
        // What cannot be read hides what stands before it.
        let Ok(line) = line.to_str() else {
            hops.push(String::new());
            continue;
        };
        hops.extend(line.split(',').map(|part| hop(part).unwrap_or_default()));
    }
    hops
}

/// `for=192.0.2.60;proto=https` → `192.0.2.60`
fn of_forwarded(part: &str) -> Option<String> {
    part.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        let value = value.trim().trim_matches('"');
        name.eq_ignore_ascii_case("for").then(|| value.to_owned())
    })
}

/// An address as proxies write it: bare, with a port, in brackets.
fn address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok();
    let address = address.or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &str, peer: &str, lines: &[(&'static str, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        let trusted = TrustedProxies::parse(trusted).unwrap();
        trusted.client(peer.parse().unwrap(), &headers).to_string()
    }

    const XFF: &str = "x-forwarded-for";

    #[test]
    fn a_stranger_is_not_believed() {
        let told = [(XFF, "192.0.2.1"), ("forwarded", "for=192.0.2.1")];
        assert_eq!(client("", "198.51.100.9", &told), "198.51.100.9");
        assert_eq!(client("10.0.0.0/8", "198.51.100.9", &told), "198.51.100.9");
    }

    #[test]
    fn a_trusted_proxy_tells_the_nearest_address_that_is_no_proxy() {
        let trusted = "127.0.0.1, 10.0.0.0/8, 2001:db8:ffff::/48";
        for (lines, found) in [
            (&[(XFF, "192.0.2.1")][..], "192.0.2.1"),
            // What the client wrote itself stands first.
            (&[(XFF, "203.0.113.66, 192.0.2.1, 10.1.2.3")], "192.0.2.1"),
            (&[(XFF, "203.0.113.66"), (XFF, "192.0.2.1")], "192.0.2.1"),
            (
                &[(
                    "forwarded",
                    "for=203.0.113.66, For=\"192.0.2.1:4711\";proto=https",
                )],
                "192.0.2.1",
            ),
            (
                &[("forwarded", "for=\"[2001:db8:cafe::17]:4711\"")],
                "2001:db8:cafe::17",
            ),
            (
                &[("forwarded", "for=192.0.2.1, for=\"[2001:db8:ffff::5]\"")],
                "192.0.2.1",
            ),
            // Hidden or unreadable: the nearest that is known.
            (
                &[("forwarded", "for=192.0.2.1, for=_hidden, for=10.9.9.9")],
                "10.9.9.9",
            ),
            (&[(XFF, "unknown")], "127.0.0.1"),
            (&[], "127.0.0.1"),
            // Both, and they agree or do not.
            (
                &[(XFF, "192.0.2.1"), ("forwarded", "for=192.0.2.1")],
                "192.0.2.1",
            ),
            (
                &[(XFF, "192.0.2.1"), ("forwarded", "for=203.0.113.66")],
                "127.0.0.1",
            ),
        ] {
            assert_eq!(
                client(trusted, "::ffff:127.0.0.1", lines),
                found,
                "{lines:?}"
            );
        }
    }

    #[test]
    fn a_wrong_list_is_told() {
        for wrong in [
            "proxy.example",
            "10.0.0.0/33",
            "10.0.0/8",
            "::/129",
            "10.0.0.1/x",
        ] {
            let fault = TrustedProxies::parse(wrong).unwrap_err();
            assert!(fault.contains(wrong), "{fault}");
        }
        assert!(
            TrustedProxies::parse("0.0.0.0/0")
                .unwrap_err()
                .contains("everybody")
        );
        let list = TrustedProxies::parse("127.0.0.1,10.0.0.0/8, ::1").unwrap();
        assert_eq!(list.to_string(), "127.0.0.1, 10.0.0.0/8, ::1");
    }
}
