//! A posted form that met a closed door: the session had ended, or the act asks for fresh proof.
//! It is kept sealed for its owner and offered again, every letter of it, once the door opens.

use axum::extract::{FromRequest as _, Path, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::{Conn, Result, Tx, Write, sql};
use maud::html;
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{City, Failure, Form, InCity, Outcome, parts};

use super::{KeepDraft, find, open, seal};
use crate::layers::cookie;
use crate::sessions::{self, COOKIE};
use crate::{Ask, Need, Routes, Viewer, WORDS, Who};

/// The kind of draft.
const FORM: &str = "kept";
/// The field that carries the address the form was sent to.
const ADDRESS: &str = "kept_address";
/// Forms that carry a password: none of them is ever kept, not even sealed.
const WITH_PASSWORDS: &[&str] = &["/proof", "/account/password"];
/// How long a kept form is offered by itself after a sign-in, in seconds.
const OFFERED: i64 = 3600;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/kept/{id}", Need::Link, show)
        .post("/kept/{id}", Need::Link, go_on)
}

/// Answers whoever may not pass. A form is kept first, when it is known whose it is.
pub(crate) async fn turn_away(request: Request, failure: Failure) -> Response {
    let (parts, body) = request.into_parts();
    let door = match failure {
        Failure::SignIn => "/sign-in",
        Failure::Prove => "/proof",
        other => return other.into_response(),
    };
    let path = parts.uri.path();
    // Machines try again by themselves.
    if path.starts_with("/api/") || WITH_PASSWORDS.contains(&path) {
        return failure.into_response();
    }
    let address = parts.uri.path_and_query().map_or("/", |all| all.as_str());
    if parts.method == Method::GET {
        return match failure {
            Failure::Prove => see(door, address),
            other => other.into_response(),
        };
    }
    let Some(InCity(city)) = parts.extensions.get::<InCity>().cloned() else {
        return failure.into_response();
    };
    let viewer = parts.extensions.get::<Viewer>();
    let request = Request::from_parts(parts.clone(), body);
    match keep(&city, &parts.headers, viewer, address, request).await {
        Ok(Some((id, door_of_owner))) => see(door_of_owner.unwrap_or(door), &format!("/kept/{id}")),
        Ok(None) => failure.into_response(),
        Err(other) => other.into_response(),
    }
}

fn see(door: &str, next: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("{door}?next={next}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// Keeps a form; none when it is no form, or nobody knows whose. A person signs in at her own door.
async fn keep(
    city: &City,
    headers: &HeaderMap,
    viewer: Option<&Viewer>,
    address: &str,
    request: Request,
) -> Outcome<Option<(Uuid, Option<&'static str>)>> {
    let kind = headers.get(header::CONTENT_TYPE);
    let is_form = kind.is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    });
    let known = match viewer.and_then(Viewer::user_id) {
        Some(user) => Some((user, false)),
        None => match cookie(headers, COOKIE) {
            Some(token) => sessions::last_owner(&mut city.db.read().await?, &token).await?,
            None => None,
        },
    };
    let (true, Some((owner, is_person))) = (is_form, known) else {
        return Ok(None);
    };
    let mut form = Form::from_request(request, &()).await?;
    form.push(ADDRESS.to_owned(), address.to_owned());
    let id = city.db.new_id();
    let keep = KeepDraft {
        id,
        owner,
        form: FORM.to_owned(),
        subject: None,
        content: seal(&city.keys, id, &form),
    };
    city.db
        .write(&db::Origin::program("kept form"), keep)
        .await?;
    Ok(Some((id, is_person.then_some("/sign-in/phone"))))
}

/// The owner's newest kept form of the last hour: where to go after a sign-in.
pub async fn waiting(conn: &mut Conn, owner: Uuid, now: Timestamp) -> Result<Option<Uuid>> {
    sql(
        "SELECT id AS value FROM draft WHERE owner_id = $1 AND form = $2 AND changed_at > $3
         ORDER BY changed_at DESC, id DESC LIMIT 1",
    )
    .bind(owner)
    .bind(FORM)
    .bind(now.plus_seconds(-OFFERED))
    .optional_scalar(conn)
    .await
}

/// The viewer's kept form and where it was going.
async fn kept(ask: &Ask, id: Uuid) -> Outcome<(Form, String)> {
    let owner = match ask.viewer.who {
        Who::User(user) => user,
        Who::Person { contact, .. } => contact,
        Who::Nobody => return Err(Failure::SignIn),
    };
    let sealed = find(&mut ask.read().await?, owner, id).await?;
    let form = open(&ask.city.keys, id, &sealed.ok_or(Failure::NotFound)?)?;
    let address = form.raw(ADDRESS).to_owned();
    // Other drafts have a page of their own.
    match address.is_empty() {
        true => Err(Failure::NotFound),
        false => Ok((form, address)),
    }
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let (form, _) = kept(&ask, id).await?;
    // One key for as long as it is kept: pressed twice, it is sent once.
    let mut page = ask.page.clone();
    page.form_key = id;
    let title = ask.page.t(&WORDS, "kept-title");
    let body = html! {
        h1 { (title) }
        p { (ask.page.t(&WORDS, "kept-text")) }
        (parts::form(&page, &format!("/kept/{id}"), html! {
            @for name in form.names().filter(|name| *name != ADDRESS) {
                @for value in form.all(name) { (parts::hidden(name, value)) }
            }
            (parts::primary_button(&ask.page.t(&WORDS, "kept-go")))
        }))
    };
    ask.html(&title, body)
}

/// Sends the browser on with the same body to where the form was going.
async fn go_on(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let (_, address) = kept(&ask, id).await?;
    ask.write(LetGo { id }).await?;
    let mut response = StatusCode::TEMPORARY_REDIRECT.into_response();
    let place = HeaderValue::from_str(&address)
        .map_err(|_| Failure::Internal("a kept form with an odd address".into()))?;
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// A kept form goes on its way; those that nobody asked for in a week go too.
#[derive(Serialize, Deserialize)]
struct LetGo {
    id: Uuid,
}

impl Write for LetGo {
    const NAME: &'static str = "let_kept_form_go";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("DELETE FROM draft WHERE id = $1 OR (form = $2 AND changed_at < $3)")
            .bind(self.id)
            .bind(FORM)
            .bind(tx.now().plus_days(-7))
            .execute(tx)
            .await
            .map(drop)
    }
}
