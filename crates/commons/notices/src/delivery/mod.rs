//! Sending: a notice that waits is rendered, addressed, given to the provider, and asked after.

mod address;
mod provider;
#[cfg(test)]
mod tests;
mod writes;

use std::pin::Pin;
use std::sync::Arc;

use access::sessions::{CodeKind, code_text};
use db::{Error, Origin, Result};
use persian::Lang;
use serde_json::Value as Json;
use url::{Host, Url};
use uuid::Uuid;
use web::City;

use crate::notices::{Kept, NoticeState, NoticeWay, queries};
use crate::texts;
use address::Address;
use provider::{Answer, Order};
use writes::{Fail, Mark, MarkSent, Postpone, StartTry};

/// Tries before a notice has failed; the job itself gives up no earlier.
const MOST_TRIES: i64 = 8;
/// How long a sign-in code is worth sending, in seconds.
const CODE_LIFE: i64 = 300;

type Done = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// The job `send_notice`: `{notice}`.
pub(crate) fn send_notice(city: Arc<City>, payload: Json) -> Done {
    Box::pin(async move { deliver(&city, id_of(&payload)?).await })
}

/// The job `ask_notice_state`: `{notice, round}`.
pub(crate) fn ask_notice_state(city: Arc<City>, payload: Json) -> Done {
    Box::pin(async move {
        let round = payload["round"].as_i64().unwrap_or_default();
        ask_after(&city, id_of(&payload)?, round).await
    })
}

fn id_of(payload: &Json) -> Result<Uuid> {
    let id = payload["notice"]
        .as_str()
        .and_then(|text| text.parse().ok());
    id.ok_or_else(|| Error::other("a job without its notice"))
}

fn origin() -> Origin {
    Origin::program("job:send_notice")
}

/// Sends a notice unless it was sent before. An error means: try again later.
pub(crate) async fn deliver(city: &City, id: Uuid) -> Result<()> {
    let now = city.db.clock().now();
    let mut conn = city.db.read().await?;
    let Some(kept) = queries::find(&mut conn, id).await? else {
        return Ok(());
    };
    if kept.state != NoticeState::Waiting {
        return Ok(());
    }
    let earliest = texts::earliest(&kept.template, now);
    // The phones of a demo are invented: nobody sleeps beside them.
    if earliest > now && !city.is_demo {
        return city
            .db
            .write(
                &origin(),
                Postpone {
                    id,
                    until: earliest,
                },
            )
            .await;
    }
    let address = address::find(&mut conn, &city.keys, &kept).await?;
    drop(conn);
    let (Some(address), Some(base)) = (address, provider_of(city)) else {
        return city.db.write(&origin(), Fail::without_channel(id)).await;
    };
    let is_late = kept.template == "sign-in-code" && now.seconds_since(kept.made_at) > CODE_LIFE;
    if is_late || !texts::is_known(&kept.template) {
        let fault = if is_late {
            "too_late"
        } else {
            "no_such_template"
        };
        return city.db.write(&origin(), Fail::because(id, fault)).await;
    }
    let tries = city.db.write(&origin(), StartTry { id }).await?;
    let order = order(city, &kept, &address);
    let parts = texts::parts(&order.text);
    let way = order.way;
    let answered = tokio::task::spawn_blocking(move || provider::send(&base, &order)).await;
    match answered.map_err(Error::other)? {
        Answer::Taken {
            provider_id,
            state,
            cost,
        } => {
            let last4: String = last4(&address.number);
            let sent = MarkSent {
                id,
                way,
                parts,
                last4,
                provider_id,
                state,
                cost,
            };
            city.db.write(&origin(), sent).await
        }
        Answer::Refused(fault) => city.db.write(&origin(), Fail::because(id, fault)).await,
        Answer::Unknown(fault) if tries >= MOST_TRIES => {
            city.db.write(&origin(), Fail::because(id, fault)).await
        }
        Answer::Unknown(fault) => Err(Error::other(fault)),
    }
}

/// Asks the provider what became of a notice it took.
async fn ask_after(city: &City, id: Uuid, round: i64) -> Result<()> {
    let kept = queries::find(&mut city.db.read().await?, id).await?;
    let Some(kept) = kept.filter(|kept| kept.state == NoticeState::Sent) else {
        return Ok(());
    };
    let (Some(number), Some(base)) = (kept.provider_id, provider_of(city)) else {
        return Ok(());
    };
    let asked = tokio::task::spawn_blocking(move || provider::state(&base, &number)).await;
    match asked.map_err(Error::other)? {
        Some(state) => city.db.write(&origin(), Mark { id, state, round }).await,
        None => Err(Error::other("the provider did not tell")),
    }
}

/// Where messages go. A demo speaks to this machine alone.
fn provider_of(city: &City) -> Option<Url> {
    let base = city.sms.as_ref()?.base.clone();
    let is_here = match base.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    (is_here || !city.is_demo).then_some(base)
}

fn order(city: &City, kept: &Kept, address: &Address) -> Order {
    let host = city.public_url.host_str().unwrap_or_default().to_owned();
    let mut args = kept.args.clone();
    let mut code = None;
    if kept.template == "sign-in-code" {
        // A person's code follows from the notice's id; a body's came with the notice.
        let digits = match args["code"].as_str() {
            Some(digits) => digits.to_owned(),
            None => code_text(&city.keys, kept.id, CodeKind::Sms),
        };
        args["code"] = Json::from(digits.clone());
        args["host"] = Json::from(host.clone());
        code = Some((digits, host));
    }
    let template = match kept.lang() {
        Lang::Fa => kept.template.clone(),
        Lang::En => format!("{}-en", kept.template),
    };
    Order {
        local_id: local_id(kept.id),
        number: address.number.clone(),
        way: if address.is_voice {
            NoticeWay::Voice
        } else {
            NoticeWay::Sms
        },
        text: texts::render(kept.lang(), &kept.template, &args),
        code,
        template,
    }
}

/// The number by which the provider knows a message that is sent again.
fn local_id(id: Uuid) -> i64 {
    // The low half of a v7 id is its random part; a sign bit would be refused.
    (id.as_u64_pair().1 & 0x3fff_ffff_ffff_ffff).cast_signed()
}

fn last4(number: &str) -> String {
    number
        .get(number.len().saturating_sub(4)..)
        .unwrap_or_default()
        .to_owned()
}
