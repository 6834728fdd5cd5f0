//! Sending to the observatory: at least once, in the order of the chain.

use std::time::Duration;

use db::{Error, Origin, Reason, Result, Tx, Write, sql};
use serde::Serialize;
use serde_json::Value as Json;
use url::Url;
use uuid::Uuid;
use web::City;

use super::link::is_here;
use super::queries;
use crate::document::Signed;

/// The observatory gave no answer; the same documents are sent again.
pub const OBSERVATORY_SILENT: Reason = Reason::new("observatory_silent", 503);

/// How long the observatory may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest answer, in bytes.
const LONGEST: u64 = 64 * 1024;

/// What was told of a document.
enum Answer {
    /// It is there now, or was there before.
    Taken(String),
    /// It is refused as it is: sent again, it would be refused again.
    Refused(String),
}

/// Sends every document the observatory has not taken yet, oldest first; one that was refused is
/// sent again, since keys and lists change there. Gives how many were taken.
///
/// # Errors
/// Nobody answers; the job tries again.
pub async fn send_waiting(city: &City) -> Result<i64> {
    let (link, waiting) = {
        let mut conn = city.db.read().await?;
        (
            queries::link(&mut conn).await?,
            queries::waiting(&mut conn).await?,
        )
    };
    let address = link
        .map(|link| link.address)
        .filter(|address| !address.is_empty());
    let Some(address) = address else { return Ok(0) };
    let base = Url::parse(&address).map_err(Error::other)?;
    // Nothing of an invented city leaves the machine.
    if city.is_demo && !is_here(&base) {
        return Ok(0);
    }
    let mut taken = 0;
    for (signed_id, signed) in waiting {
        let to = base.clone();
        let answer = tokio::task::spawn_blocking(move || post(&to, &signed)).await;
        let (state, answer) = match answer.map_err(Error::other)? {
            Ok(Answer::Taken(answer)) => ("sent", answer),
            Ok(Answer::Refused(answer)) => ("refused", answer),
            Err(fault) => {
                tracing::warn!(fault, "the observatory does not answer");
                return OBSERVATORY_SILENT.refuse();
            }
        };
        let origin = Origin::program("job:statistics_changed");
        // What follows goes all the same: one that can never be taken leaves a gap that is shown.
        taken += i64::from(state == "sent");
        let note = NoteSending {
            signed_id,
            state,
            answer,
        };
        city.db.write(&origin, note).await?;
    }
    Ok(taken)
}

/// The address is the administrator's, so nothing of what it answers is shown but a code.
fn post(base: &Url, signed: &Signed) -> Result<Answer, String> {
    let address = format!(
        "{}/api/v1/observatory/documents",
        base.as_str().trim_end_matches('/')
    );
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let body = serde_json::to_string(signed).map_err(|fault| fault.to_string())?;
    let sent = agent
        .post(&address)
        .header("content-type", "application/json")
        .send(body);
    let mut answer = sent.map_err(|fault| fault.to_string())?;
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(LONGEST).read_to_vec();
    let body: Json = body
        .ok()
        .and_then(|body| serde_json::from_slice(&body).ok())
        .unwrap_or_default();
    let word = |name: &str| {
        let word = body[name].as_str().unwrap_or_default();
        let is_plain = word.len() <= 60
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if is_plain {
            word.to_owned()
        } else {
            String::new()
        }
    };
    match status {
        200 | 201 => Ok(Answer::Taken(word("standing"))),
        // Too many, too busy or broken: the same may be sent again later.
        400..=428 | 430..=499 if !word("code").is_empty() => Ok(Answer::Refused(word("code"))),
        _ => Err(format!("the observatory answers {status}")),
    }
}

/// Keeps what was told of a document; a later word takes the place of an earlier one.
#[derive(Serialize)]
struct NoteSending {
    signed_id: Uuid,
    state: &'static str,
    answer: String,
}

impl Write for NoteSending {
    const NAME: &'static str = "note_statistics_sending";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("INSERT INTO statistics_sending (signed_id, state, answer, told_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (signed_id) DO UPDATE SET state = excluded.state, answer = excluded.answer,
             told_at = excluded.told_at WHERE statistics_sending.state <> 'sent'")
        .bind(self.signed_id)
        .bind(self.state)
        .bind(&self.answer)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}
