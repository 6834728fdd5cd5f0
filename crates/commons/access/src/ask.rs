use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::{Conn, Origin, Refusal, Write};
use maud::Markup;
use persian::{Lang, Timestamp};
use serde::Serialize;
use uuid::Uuid;
use web::{City, Failure, Form, FormErrors, Format, InCity, Outcome, Page};

use crate::network::Network;
use crate::{Answer, List, Made, Site, Viewer, Who};

/// A request as a handler sees it: the city, the viewer, the page's surroundings, and the ways
/// to answer.
#[derive(Clone)]
pub struct Ask {
    /// The city asked.
    pub city: Arc<City>,
    /// Who asks.
    pub viewer: Viewer,
    /// Language, navigation and all else a page needs.
    pub page: Page,
    /// Words and navigation of the whole program.
    pub site: Arc<Site>,
    /// This request, as logs and audit name it.
    pub request: Uuid,
    /// From where it came; none inside the program.
    pub network: Option<Network>,
}

impl Ask {
    /// The asker's language.
    pub fn lang(&self) -> Lang {
        self.page.lang
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.page.now
    }

    /// Who the audit will name.
    pub fn origin(&self) -> Origin {
        self.viewer.origin(self.request)
    }

    /// A connection for reading.
    pub async fn read(&self) -> Outcome<Conn> {
        Ok(self.city.db.read().await?)
    }

    /// Runs a write under the form's one-time key: a repeated post gets the first answer.
    pub async fn post<W: Write>(&self, form: &Form, command: W) -> Outcome<W::Out> {
        let answer = self
            .city
            .db
            .write_once(form.key()?, &self.origin(), command)
            .await?;
        self.city.wake.notify_one();
        Ok(answer.out)
    }

    /// Runs a write that carries its own ids.
    pub async fn write<W: Write>(&self, command: W) -> Outcome<W::Out> {
        let out = self.city.db.write(&self.origin(), command).await?;
        self.city.wake.notify_one();
        Ok(out)
    }

    /// A refusal becomes a sentence at its field; any other failure goes on as it is.
    pub fn refused<T>(&self, outcome: Outcome<T>, errors: &mut FormErrors) -> Outcome<Option<T>> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(Failure::Refused(refusal)) => {
                let field = refusal.field.clone().unwrap_or_default();
                errors.push(field, self.sentence(&refusal));
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// The sentence for a refusal in the asker's language.
    pub fn sentence(&self, refusal: &Refusal) -> String {
        self.site.sentence(self.lang(), refusal)
    }

    /// A whole page: light and large for a person on her own pages, dense for staff.
    pub fn html(&self, title: &str, body: Markup) -> Outcome {
        Ok(self.drawn(title, body).into_response())
    }

    fn drawn(&self, title: &str, body: Markup) -> Markup {
        match self.viewer.who {
            Who::Person { .. } => web::public_page(&self.page, title, body),
            _ => web::page(&self.page, title, body),
        }
    }

    /// A whole page in the light public layout.
    pub fn public_html(&self, title: &str, body: Markup) -> Outcome {
        Ok(web::public_page(&self.page, title, body).into_response())
    }

    /// The same form again, with its errors: 422.
    pub fn again(&self, title: &str, body: Markup) -> Outcome {
        let page = self.drawn(title, body);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// The same public form again, with its errors: 422.
    pub fn public_again(&self, title: &str, body: Markup) -> Outcome {
        let page = web::public_page(&self.page, title, body);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// After a post: go and see there.
    pub fn see(&self, path: impl AsRef<str>) -> Outcome {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let place = HeaderValue::from_str(path.as_ref())
            .map_err(|_| Failure::Internal("a redirect to an odd address".into()))?;
        response.headers_mut().insert(header::LOCATION, place);
        Ok(response)
    }

    /// After a post: go and see there, with one sentence about what happened.
    pub fn see_with(&self, path: impl AsRef<str>, flash: &str) -> Outcome {
        let mut response = self.see(path)?;
        let text: String = url::form_urlencoded::byte_serialize(flash.as_bytes()).collect();
        let cookie = format!("flash={text}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// JSON for machines.
    pub fn json<T: Serialize>(&self, status: StatusCode, value: &T) -> Outcome<Answer<T>> {
        Ok(Answer::new(status, value))
    }

    /// A list, or a page of one, for machines.
    pub fn list<T: Serialize>(
        &self,
        items: Vec<T>,
        next: Option<impl ToString>,
    ) -> Outcome<Answer<List<T>>> {
        self.json(StatusCode::OK, &List::page(items, next))
    }

    /// A list that is always answered whole.
    pub fn whole<T: Serialize>(&self, items: Vec<T>) -> Outcome<Answer<List<T>>> {
        self.json(StatusCode::OK, &List::whole(items))
    }

    /// The id of what a write made: 201, or 200 when it was sent before.
    pub fn made<I: Serialize>(&self, answer: db::Answer<I>) -> Outcome<Answer<Made<I>>> {
        let status = Self::status(&answer);
        self.json(status, &Made { id: answer.out })
    }

    /// 201 for a new write, 200 for one that was sent before.
    pub fn status<T>(answer: &db::Answer<T>) -> StatusCode {
        match answer.is_repeat {
            true => StatusCode::OK,
            false => StatusCode::CREATED,
        }
    }

    /// Runs a write under its sender's key; sent again it gets the first answer.
    pub async fn once<W: Write>(&self, key: Uuid, command: W) -> Outcome<db::Answer<W::Out>> {
        let answer = self
            .city
            .db
            .write_once(key, &self.origin(), command)
            .await?;
        self.city.wake.notify_one();
        Ok(answer)
    }

    /// A paper as PDF, shown in the browser under its own name.
    pub async fn paper(&self, paper: documents::Paper) -> Outcome {
        let name = format!("{}.pdf", paper.file_name);
        let bytes = self.print(paper, Format::Pdf).await?;
        self.file(&name, "application/pdf", "inline", bytes)
    }

    /// A paper as PDF to keep: for the answer to a post, which a browser cannot ask for again.
    pub async fn paper_to_keep(&self, paper: documents::Paper) -> Outcome {
        let name = format!("{}.pdf", paper.file_name);
        let bytes = self.print(paper, Format::Pdf).await?;
        self.download(&name, "application/pdf", bytes)
    }

    /// A paper as a one-bit PNG for a roll printer, `dots` wide.
    pub async fn raster(&self, paper: documents::Paper, dots: u32) -> Outcome {
        let name = format!("{}.png", paper.file_name);
        let bytes = self.print(paper, Format::Raster(dots)).await?;
        self.file(&name, "image/png", "inline", bytes)
    }

    /// The first page of a paper as a PNG, `per_inch` dots an inch.
    pub async fn picture(&self, paper: documents::Paper, per_inch: u32) -> Outcome {
        let name = format!("{}.png", paper.file_name);
        let bytes = self.print(paper, Format::Picture(per_inch)).await?;
        self.file(&name, "image/png", "inline", bytes)
    }

    /// Drawing takes tens of milliseconds of computing, so it happens off the async threads.
    async fn print(&self, paper: documents::Paper, format: Format) -> Outcome<Vec<u8>> {
        let print = self.city.print;
        tokio::task::spawn_blocking(move || print(&paper, format))
            .await
            .map_err(|error| Failure::Internal(error.to_string()))?
            .map_err(Failure::Internal)
    }

    /// A file to keep; `name` may be Persian.
    pub fn download(&self, name: &str, kind: &'static str, bytes: Vec<u8>) -> Outcome {
        self.file(name, kind, "attachment", bytes)
    }

    fn file(&self, name: &str, kind: &'static str, how: &str, bytes: Vec<u8>) -> Outcome {
        let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let encoded = encoded.replace('+', "%20");
        let disposition = format!("{how}; filename*=UTF-8''{encoded}");
        Response::builder()
            .header(header::CONTENT_TYPE, kind)
            .header(header::CONTENT_DISPOSITION, disposition)
            .body(Body::from(bytes))
            .map_err(|error| Failure::Internal(error.to_string()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let InCity(city) = InCity::from_request_parts(parts, state).await?;
        let missing = || Failure::Internal("a route outside the layers".into());
        let viewer = parts
            .extensions
            .get::<Viewer>()
            .cloned()
            .ok_or_else(missing)?;
        let site = parts
            .extensions
            .get::<Arc<Site>>()
            .cloned()
            .ok_or_else(missing)?;
        let request = parts
            .extensions
            .get::<crate::layers::RequestId>()
            .ok_or_else(missing)?
            .0;
        let page = crate::layers::page(parts, &city, &viewer, &site);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let network = peer.map(|peer| {
            let client = site.proxies.client(peer.ip(), &parts.headers);
            Network::of(client)
        });
        Ok(Self {
            city,
            viewer,
            page,
            site,
            request,
            network,
        })
    }
}
