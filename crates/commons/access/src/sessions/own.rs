//! One's own sessions: where one is signed in, and the end of all others.

use axum::http::{HeaderMap, StatusCode, header};
use db::{Conn, FromRow, Result, Tx, Write, sql};
use maud::{Markup, html};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use web::parts::{self, Column, Tone};
use web::{Failure, Form, Outcome};

use super::{COOKIE, EndSession};
use crate::contract::Gives;
use crate::{Ask, Need, Routes, WORDS, audit};

const STAFF: &str = "/account/sessions";
const PERSON: &str = "/my/sessions";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(STAFF, Need::Staff, show)
        .post("/account/sessions/end", Need::Staff, end)
        .api_get("/api/v1/account/sessions", Need::Staff, list)
        .api_post("/api/v1/account/sessions/end", Need::Staff, end_by_machine)
        .get(PERSON, Need::Person, show)
        .post("/my/sessions/end", Need::Person, end)
        .api_get("/api/v1/my/sessions", Need::Person, list)
        .api_post("/api/v1/my/sessions/end", Need::Person, end_by_machine)
}

/// The hash of the token this request came with.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<Vec<u8>> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    let token = bearer.or_else(|| crate::layers::cookie(headers, COOKIE))?;
    Some(EndSession::of(&token).token_hash)
}

#[derive(FromRow)]
struct Own {
    token_hash: Vec<u8>,
    /// `staff`, `person` or `token`.
    kind: String,
    helper_id: Option<Uuid>,
    made_at: Timestamp,
    expires_at: Timestamp,
}

/// Whose sessions the viewer's are: a user's or a person's.
fn owner(ask: &Ask) -> Outcome<Uuid> {
    let viewer = &ask.viewer;
    let owner = viewer.user_id().or(viewer.contact_id());
    owner.ok_or(Failure::SignIn)
}

async fn all(conn: &mut Conn, owner: Uuid, now: Timestamp) -> Result<Vec<Own>> {
    sql(
        "SELECT token_hash, kind, helper_id, made_at, expires_at FROM session
         WHERE (user_id = $1 OR contact_id = $1) AND expires_at > $2
         ORDER BY made_at DESC, token_hash",
    )
    .bind(owner)
    .bind(now)
    .all(conn)
    .await
}

// words: session-kind-*
async fn show(ask: Ask, headers: HeaderMap) -> Outcome {
    let sessions = all(&mut ask.read().await?, owner(&ask)?, ask.now()).await?;
    let own = token_of(&headers);
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let columns =
        ["session-kind", "session-since", "session-until"].map(|key| Column::text(t(key)));
    let rows: Vec<Vec<Markup>> = sessions
        .iter()
        .map(|one| {
            vec![
                html! {
                    (t(&format!("session-kind-{}", one.kind)))
                    @if one.helper_id.is_some() { " " (t("session-helped")) }
                    @if own.as_ref() == Some(&one.token_hash) { " " (parts::badge(Tone::Active, &t("session-own"))) }
                },
                p.moment(one.made_at),
                p.moment(one.expires_at),
            ]
        })
        .collect();
    let at = match ask.viewer.user_id() {
        Some(_) => "/account/sessions/end",
        None => "/my/sessions/end",
    };
    let title = t("sessions-title");
    let view = html! {
        h1 { (title) }
        p { (t("sessions-lead")) }
        (parts::table(&title, &columns, &rows, &t("sessions-empty")))
        @if sessions.len() > 1 {
            (parts::form(p, at, parts::buttons(parts::danger_button(&t("sessions-end")))))
        }
    };
    ask.html(&title, view)
}

/// Ends every session of somebody but the one that asks.
#[derive(Serialize, Deserialize)]
struct EndOthers {
    owner: Uuid,
    keep: Option<Vec<u8>>,
}

impl Write for EndOthers {
    const NAME: &'static str = "end_other_sessions";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let ended =
            sql("DELETE FROM session WHERE (user_id = $1 OR contact_id = $1) AND token_hash <> $2")
                .bind(self.owner)
                .bind(self.keep.clone().unwrap_or_default())
                .execute(tx)
                .await?;
        let detail = json!({ "ended": ended });
        audit::record(
            tx,
            "other_sessions_ended",
            "session",
            Some(self.owner),
            detail,
        )
        .await?;
        Ok(ended)
    }
}

async fn end(ask: Ask, headers: HeaderMap, form: Form) -> Outcome {
    let command = EndOthers {
        owner: owner(&ask)?,
        keep: token_of(&headers),
    };
    ask.post(&form, command).await?;
    let back = match ask.viewer.user_id() {
        Some(_) => STAFF,
        None => PERSON,
    };
    ask.see_with(back, &ask.page.t(&WORDS, "sessions-ended"))
}

/// Where one is signed in.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnSession")]
struct SessionItem {
    /// `staff`, `person` or `token`.
    kind: String,
    /// The one this request came with.
    is_own: bool,
    has_helper: bool,
    made_at: Timestamp,
    expires_at: Timestamp,
}

async fn list(ask: Ask, headers: HeaderMap) -> Outcome<impl Gives> {
    let sessions = all(&mut ask.read().await?, owner(&ask)?, ask.now()).await?;
    let own = token_of(&headers);
    let items = sessions.into_iter().map(|one| SessionItem {
        is_own: own.as_ref() == Some(&one.token_hash),
        has_helper: one.helper_id.is_some(),
        kind: one.kind,
        made_at: one.made_at,
        expires_at: one.expires_at,
    });
    ask.whole(items.collect())
}

/// How many sessions were ended.
#[derive(Serialize, JsonSchema)]
struct SessionsEnded {
    ended: u64,
}

/// Sent twice it ends nothing more.
async fn end_by_machine(ask: Ask, headers: HeaderMap) -> Outcome<impl Gives> {
    let command = EndOthers {
        owner: owner(&ask)?,
        keep: token_of(&headers),
    };
    let ended = ask.write(command).await?;
    ask.json(StatusCode::OK, &SessionsEnded { ended })
}
