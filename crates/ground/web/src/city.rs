//! The city a request belongs to.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use db::{Db, Keys};
use tokio::sync::Notify;
use url::Url;

/// Everything of one city hangs here; nothing static holds a city's state.
pub struct City {
    /// Its database, with its clock.
    pub db: Db,
    /// Its keys.
    pub keys: Keys,
    /// The name shown, per language.
    pub name: Name,
    /// Where people reach it: the base of links and QR codes.
    pub public_url: Url,
    /// True for the demo: banner on, nothing leaves the machine.
    pub is_demo: bool,
    /// Where SMS are sent (a Kavenegar-style base address with key), when configured.
    pub sms: Option<SmsAccount>,
    /// Where payment files are handed over by HTTP, when a bank answers there.
    pub bank: Option<Url>,
    /// May events be told to receivers on this machine too, in plain HTTP? For simulators and tests.
    pub webhooks_loopback: bool,
    /// Draws papers; `app` gives the press, since only it carries Typst.
    pub print: Print,
    /// Wakes the job runner when a write left work.
    pub wake: Notify,
}

/// Turns a paper into bytes; slow, so it is called off the async threads.
pub type Print = fn(&documents::Paper, Format) -> Result<Vec<u8>, String>;

/// What a paper is turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A PDF.
    Pdf,
    /// A one-bit PNG for a roll printer, this many dots wide: 384 or 576.
    Raster(u32),
    /// The first page as a PNG of this many dots an inch, for screens and newspapers.
    Picture(u32),
}

/// A city's name in both languages.
#[derive(Clone, Debug)]
pub struct Name {
    /// «تهران»
    pub fa: String,
    /// `Tehran`
    pub en: String,
}

/// An account at an SMS provider.
#[derive(Clone, Debug)]
pub struct SmsAccount {
    /// `http://127.0.0.1:8499/v1/KEY/`
    pub base: Url,
}

impl City {
    /// The city's name in a language.
    pub fn name_in(&self, lang: persian::Lang) -> &str {
        match lang {
            persian::Lang::Fa => &self.name.fa,
            persian::Lang::En => &self.name.en,
        }
    }

    /// A full address for a path of ours, for SMS and QR codes.
    pub fn link(&self, path: &str) -> String {
        format!("{}{}", self.public_url.as_str().trim_end_matches('/'), path)
    }
}

/// The city of this request, put there by the outermost layer from the host name.
#[derive(Clone)]
pub struct InCity(pub Arc<City>);

impl<S: Send + Sync> FromRequestParts<S> for InCity {
    type Rejection = crate::Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts
            .extensions
            .get::<InCity>()
            .cloned()
            .ok_or(crate::Failure::NotFound)
    }
}

/// True when the asker wants a fragment of a page rather than the whole.
#[derive(Clone, Copy, Debug)]
pub struct WantsFragment(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for WantsFragment {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.contains_key("hx-request")))
    }
}
