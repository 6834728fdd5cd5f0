//! What every request passes through: the viewer, the page's surroundings, safe headers, and
//! failures drawn in the asker's language.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use persian::Lang;
use uuid::Uuid;
use web::{City, Failed, Failure, InCity, NavItem, Outcome, Page, Theme};

use crate::{Site, Viewer, Who, draw, emergencies, sessions, users};

/// This request, as logs and audit name it.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// No inline code, no foreign host.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";

/// The outermost layer inside a city: call with `axum::middleware::from_fn_with_state`.
pub async fn around(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    // Named already when the request is counted and logged.
    let id = request.extensions().get::<RequestId>().copied();
    let id = id.unwrap_or_else(|| RequestId(Uuid::now_v7()));
    // A body may not be shared between threads, so the head goes its own way.
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(id);
    parts.extensions.insert(site.clone());
    let (viewer, early) = match prepare(&parts).await {
        Ok(viewer) => (viewer, None),
        Err(failure) => (Viewer::nobody(), Some(failure)),
    };
    let is_personal = !matches!(viewer.who, Who::Nobody);
    parts.extensions.insert(viewer);
    let kept = parts.clone();
    let mut response = match early {
        Some(failure) => failure.into_response(),
        None => next.run(Request::from_parts(parts, body)).await,
    };
    let failed = response.extensions_mut().remove::<Failed>();
    let failed = failed.or_else(|| unread(&response).map(|failure| Failed(failure.into())));
    if let Some(Failed(failure)) = failed {
        response = draw::failure(&kept, &site, &failure, id.0);
    }
    remember(&kept, &mut response);
    guard_headers(&mut response, is_personal);
    response
}

/// What the framework itself refused: an address or body that no handler saw. It answers in bare
/// English words, which are not ours to show.
fn unread(response: &Response) -> Option<Failure> {
    let kind = response.headers().get(header::CONTENT_TYPE)?;
    if !kind.as_bytes().starts_with(b"text/plain") {
        return None;
    }
    match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
            Some(Failure::Unreadable(String::new()))
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Failure::Unreadable(String::new())),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::TooLarge),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Failure::NotFound),
        _ => None,
    }
}

/// Finds the viewer, and turns away posts that another site made the browser send.
async fn prepare(parts: &Parts) -> Outcome<Viewer> {
    let InCity(city) = parts
        .extensions
        .get::<InCity>()
        .cloned()
        .ok_or(Failure::NotFound)?;
    let headers = &parts.headers;
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if bearer.is_none() && parts.method != Method::GET && is_cross_site(headers) {
        return Err(Failure::Forbidden);
    }
    let token = match bearer {
        Some(token) => Some(token.to_owned()),
        None => cookie(headers, sessions::COOKIE),
    };
    match token {
        None => Ok(Viewer::nobody()),
        Some(token) => {
            let is_reading = parts.method == Method::GET;
            find_viewer(&city, &token, bearer.is_some(), is_reading).await
        }
    }
}

async fn find_viewer(
    city: &City,
    token: &str,
    is_machine: bool,
    is_reading: bool,
) -> Outcome<Viewer> {
    let now = city.db.clock().now();
    let mut conn = city.db.read().await?;
    let Some(session) = sessions::find(&mut conn, token, now).await? else {
        return if is_machine {
            Err(Failure::SignIn)
        } else {
            Ok(Viewer::nobody())
        };
    };
    // A member of staff's cookie cannot be used as a machine's token, nor the other way round. A
    // person's token is the same in a browser and in her own program.
    let wrong_door = if is_machine { "staff" } else { "token" };
    if session.kind == wrong_door {
        return Ok(Viewer::nobody());
    }
    // A program cannot prove itself anew; its token was made with a proof and can be taken back.
    let proved_at = Some(if is_machine { now } else { session.proved_at });
    if let Some(contact) = session.contact_id {
        let who = Who::Person {
            contact,
            helper: session.helper_id,
        };
        return Ok(Viewer {
            who,
            name: String::new(),
            roles: Vec::new(),
            proved_at,
            emergencies: Vec::new(),
        });
    }
    let Some(user) = session.user_id else {
        return Ok(Viewer::nobody());
    };
    let account = users::account(&mut conn, user).await?;
    if !account.is_active {
        return Ok(Viewer::nobody());
    }
    let roles = users::roles_on(&mut conn, user, now.date()).await?;
    let mut viewer = Viewer {
        who: Who::User(user),
        name: account.shown_name,
        roles,
        proved_at,
        emergencies: Vec::new(),
    };
    if session.has_emergency && is_reading && emergencies::OPEN.is_held_by(&viewer) {
        viewer.emergencies = emergencies::open_to(&mut conn, user, now).await?;
    }
    Ok(viewer)
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    match headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok())
    {
        Some(site) => !matches!(site, "same-origin" | "none"),
        None => match (headers.get(header::ORIGIN), headers.get(header::HOST)) {
            (Some(origin), Some(host)) => {
                let origin = origin.to_str().unwrap_or_default();
                origin.split("//").nth(1) != host.to_str().ok()
            }
            _ => false,
        },
    }
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(|line| {
            line.split(';').find_map(|pair| {
                let (key, value) = pair.trim().split_once('=')?;
                (key == name).then(|| value.to_owned())
            })
        })
}

pub(crate) fn query_value(parts: &Parts, name: &str) -> Option<String> {
    query_of(&parts.uri, name)
}

/// The first value of a name in an address's query.
pub(crate) fn query_of(uri: &Uri, name: &str) -> Option<String> {
    url::form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// Persian first: English only for those who asked for it.
pub(crate) fn language(parts: &Parts) -> Lang {
    let asked = query_value(parts, "lang").or_else(|| cookie(&parts.headers, "lang"));
    match asked.as_deref() {
        Some("en") => Lang::En,
        Some(_) => Lang::Fa,
        None if parts.uri.path().starts_with("/api/") => {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE);
            let wanted = header.and_then(|value| value.to_str().ok()).unwrap_or("en");
            if wanted.starts_with("fa") {
                Lang::Fa
            } else {
                Lang::En
            }
        }
        None => Lang::Fa,
    }
}

/// The page's surroundings for this request.
pub(crate) fn page(parts: &Parts, city: &City, viewer: &Viewer, site: &Site) -> Page {
    let lang = language(parts);
    let path = parts.uri.path();
    let is_inside = |href: &str| path == href || path.starts_with(&format!("{href}/"));
    let offered: Vec<_> = site
        .nav()
        .filter(|(entry, _)| match viewer.who {
            Who::Nobody => false,
            Who::Person { .. } => entry.need == crate::Need::Person,
            Who::User(_) => entry.need.is_met_by(viewer),
        })
        .collect();
    // An entry may lie inside another one: the closest is where the viewer is.
    let current = offered
        .iter()
        .map(|(entry, _)| entry.href)
        .filter(|href| is_inside(href))
        .max_by_key(|href| href.len());
    let nav = offered
        .iter()
        .map(|(entry, words)| NavItem {
            label: words.text(lang, entry.key, &[]),
            href: entry.href.to_owned(),
            current: current == Some(entry.href),
        })
        .collect();
    let theme = cookie(&parts.headers, "theme");
    let name = match viewer.who {
        Who::Nobody => None,
        Who::User(_) => Some(viewer.name.clone()),
        Who::Person { .. } => Some(crate::WORDS.text(lang, "own-page", &[])),
    };
    Page {
        lang,
        path: parts
            .uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned(),
        now: city.db.clock().now(),
        city: city.name_in(lang).to_owned(),
        viewer: name,
        nav,
        demo: city.is_demo,
        theme: Theme::parse(&theme.unwrap_or_default()),
        form_key: city.db.new_id(),
        flash: cookie(&parts.headers, "flash").map(|text| {
            url::form_urlencoded::parse(format!("f={text}").as_bytes())
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        }),
    }
}

/// A flash is shown once.
fn remember(parts: &Parts, response: &mut Response) {
    if parts.method == Method::GET && cookie(&parts.headers, "flash").is_some() {
        let gone = HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
}

fn guard_headers(response: &mut Response, is_personal: bool) {
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set("content-security-policy", POLICY);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("x-frame-options", "DENY");
    set("cross-origin-opener-policy", "same-origin");
    set(
        "permissions-policy",
        "camera=(self), geolocation=(), microphone=()",
    );
    set(
        "cache-control",
        if is_personal { "no-store" } else { "no-cache" },
    );
}
