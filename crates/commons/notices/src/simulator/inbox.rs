//! What reached the phones.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use maud::{DOCTYPE, Markup, html};
use persian::{Lang, Timestamp};
use serde::Serialize;

use super::Sim;
use crate::WORDS;

db::text_enum! {
    /// How a message came.
    pub enum MessageKind {
        /// As an SMS.
        Sms = "sms",
        /// As a call that read it aloud.
        Call = "call",
    }
}

/// One message on one phone.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// The provider's number for it.
    pub id: i64,
    /// The sender's number for it.
    pub local_id: Option<i64>,
    /// The phone: `09…`.
    pub receptor: String,
    /// What it says.
    pub text: String,
    /// How it came.
    pub kind: MessageKind,
    /// When, UTC.
    pub time: Timestamp,
}

pub(super) async fn list(State(sim): State<Arc<Sim>>) -> Json<Vec<Message>> {
    Json(sim.messages())
}

impl Sim {
    /// The inbox, newest first.
    fn messages(&self) -> Vec<Message> {
        let kept = self
            .messages
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.iter().rev().cloned().collect()
    }
}

/// A bare page: the provider has no look of its own.
pub(super) async fn page(State(sim): State<Arc<Sim>>) -> Markup {
    let t = |key: &str| WORDS.text(Lang::Fa, key, &[]);
    let messages = sim.messages();
    html! {
        (DOCTYPE)
        html lang="fa" dir="rtl" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (t("inbox-title")) }
            }
            body {
                h1 { (t("inbox-title")) }
                @for message in &messages {
                    article {
                        p { bdi dir="ltr" { (message.receptor) } " — " bdi dir="ltr" { (message.time) } }
                        @if message.kind == MessageKind::Call { p { (t("inbox-call")) } }
                        pre dir="auto" { (message.text) }
                        hr;
                    }
                }
                @if messages.is_empty() { p { (t("inbox-empty")) } }
            }
        }
    }
}
