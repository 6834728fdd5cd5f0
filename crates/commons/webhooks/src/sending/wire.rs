//! One message on the wire. Blocking: call it off the async threads.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::address::Reach;
use crate::deliveries::Fault;

/// How long the whole exchange may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// The largest head of an answer, in bytes. Its body is not read at all.
const HEAD: usize = 8 * 1024;

/// What is posted, and where.
pub(super) struct Letter {
    pub url: String,
    /// The message's id, the same at each attempt.
    pub id: String,
    /// This attempt's instant.
    pub timestamp: i64,
    /// One or two, with a blank between.
    pub signatures: String,
    pub body: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// What the receiver answered.
    pub status: Option<u16>,
    /// Why it is no success.
    pub fault: Option<Fault>,
}

impl Outcome {
    fn of_status(status: u16) -> Self {
        let fault = match status {
            200..=299 => None,
            300..=399 => Some(Fault::Redirect),
            410 => Some(Fault::Gone),
            _ => Some(Fault::Status),
        };
        let status = Some(status);
        Self { status, fault }
    }
}

/// Posts a letter.
pub(super) fn post(reach: Reach, letter: &Letter, patience: Duration) -> Outcome {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(0)
        // A proxy would resolve names itself, and reach what is closed to us.
        .proxy(None)
        .max_response_header_size(HEAD)
        .input_buffer_size(HEAD)
        .user_agent(concat!("Zanjireh-Webhooks/", env!("CARGO_PKG_VERSION")))
        .build();
    let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Guard::new(reach));
    let answer = agent
        .post(&letter.url)
        .header("content-type", "application/json")
        .header("webhook-id", &letter.id)
        .header("webhook-timestamp", letter.timestamp.to_string())
        .header("webhook-signature", &letter.signatures)
        .send(letter.body.as_str());
    match answer {
        Ok(answer) => Outcome::of_status(answer.status().as_u16()),
        Err(error) => Outcome {
            status: None,
            fault: Some(fault(&error)),
        },
    }
}

fn fault(error: &ureq::Error) -> Fault {
    match error {
        ureq::Error::Timeout(_) => Fault::Timeout,
        ureq::Error::HostNotFound => Fault::NoHost,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Fault::Tls,
        ureq::Error::Other(inner) if inner.is::<Closed>() => Fault::Closed,
        _ => Fault::Connection,
    }
}

/// A name leads where messages may not go.
#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an address that is closed to messages")
    }
}

impl std::error::Error for Closed {}

/// Resolves names and keeps the addresses that may be connected to. What it gives is what is
/// connected to, so a name that is pointed elsewhere afterwards wins nothing.
#[derive(Debug)]
struct Guard {
    inner: DefaultResolver,
    reach: Reach,
}

impl Guard {
    fn new(reach: Reach) -> Self {
        Self {
            inner: DefaultResolver::default(),
            reach,
        }
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // What is not encrypted stays on this machine.
        let is_plain = uri.scheme_str() != Some("https");
        let mut open = self.empty();
        for address in found.iter() {
            let ip = address.ip();
            if self.reach.allows(ip) && (!is_plain || ip.to_canonical().is_loopback()) {
                open.push(*address);
            }
        }
        if open.is_empty() {
            return Err(ureq::Error::Other(Box::new(Closed)));
        }
        Ok(open)
    }
}
