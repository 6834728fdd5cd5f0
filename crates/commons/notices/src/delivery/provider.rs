//! The provider's side of the wire, as Kavenegar speaks. Blocking: call it off the async threads.

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use crate::notices::NoticeWay;

/// How long the whole exchange may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer we read, in bytes.
const LONGEST: u64 = 64 * 1024;

/// One message to be sent.
pub(super) struct Order {
    /// By which the provider knows it when it is sent again.
    pub local_id: i64,
    /// `09…`
    pub number: String,
    /// Written or read aloud.
    pub way: NoticeWay,
    /// The whole text.
    pub text: String,
    /// For codes: the digits and our host, put into the provider's own template.
    pub code: Option<(String, String)>,
    /// The provider's name of that template.
    pub template: String,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is theirs now.
    Taken {
        /// Their number for it.
        provider_id: String,
        /// Their state of it.
        state: i64,
        /// Its cost in rials.
        cost: i64,
    },
    /// They will never send it.
    Refused(String),
    /// Nobody knows, or not now: try again. Holds no number, address or key.
    Unknown(String),
}

#[derive(Deserialize)]
struct Reply {
    #[serde(rename = "return")]
    outcome: Outcome,
    #[serde(default)]
    entries: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
struct Outcome {
    status: i64,
}

#[derive(Deserialize)]
struct Entry {
    messageid: i64,
    status: i64,
    #[serde(default)]
    cost: i64,
}

/// Sends one message.
pub(super) fn send(base: &Url, order: &Order) -> Answer {
    let local_id = order.local_id.to_string();
    let mut fields = vec![("receptor", order.number.as_str()), ("localid", &local_id)];
    let method = match (&order.code, order.way) {
        (Some((digits, host)), way) => {
            fields.extend([
                ("token", digits.as_str()),
                ("token2", host),
                ("template", &order.template),
            ]);
            fields.push((
                "type",
                if way == NoticeWay::Voice {
                    "call"
                } else {
                    "sms"
                },
            ));
            "verify/lookup.json"
        }
        (None, NoticeWay::Voice) => {
            fields.push(("message", &order.text));
            "call/maketts.json"
        }
        (None, NoticeWay::Sms) => {
            fields.push(("message", &order.text));
            "sms/send.json"
        }
    };
    let reply = match post(base, method, &fields) {
        Ok(reply) => reply,
        Err(fault) => return Answer::Unknown(fault),
    };
    let entry = reply.entries.unwrap_or_default().into_iter().next();
    match (reply.outcome.status, entry) {
        (200, Some(entry)) => Answer::Taken {
            provider_id: entry.messageid.to_string(),
            state: entry.status,
            cost: entry.cost,
        },
        (200, None) => Answer::Unknown("taken without a number".into()),
        // The number, the text or the template itself is at fault: sending again changes nothing.
        (status @ (400 | 406 | 411 | 412 | 413 | 414 | 422 | 424 | 431 | 432), _) => {
            Answer::Refused(format!("provider_{status}"))
        }
        (status, _) => Answer::Unknown(format!("provider_{status}")),
    }
}

/// The provider's state of a message it took; none when it did not tell.
pub(super) fn state(base: &Url, provider_id: &str) -> Option<i64> {
    let reply = post(base, "sms/status.json", &[("messageid", provider_id)]).ok()?;
    let entry = reply.entries?.into_iter().next()?;
    (reply.outcome.status == 200).then_some(entry.status)
}

fn post(base: &Url, method: &str, fields: &[(&str, &str)]) -> Result<Reply, String> {
    let address = format!("{}/{method}", base.as_str().trim_end_matches('/'));
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let answer = agent.post(&address).send_form(fields.iter().copied());
    let mut answer = answer.map_err(|error| told(&error))?;
    let body = answer
        .body_mut()
        .with_config()
        .limit(LONGEST)
        .read_to_string();
    let body = body.map_err(|error| told(&error))?;
    serde_json::from_str(&body).map_err(|_| format!("http_{}", answer.status().as_u16()))
}

/// A fault in words that hold nothing of the address, which carries the account's key.
fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "no answer in time".into(),
        ureq::Error::Io(error) => format!("connection: {}", error.kind()),
        ureq::Error::ConnectionFailed | ureq::Error::HostNotFound => "no connection".into(),
        _ => "no readable answer".into(),
    }
}
