//! The whole house in one process, and somebody of every kind to knock at its doors.

use std::sync::Arc;

use access::cast::Stage;
use access::sessions::{Owner, StartSession, Token};
use access::{Need, Role, Route};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use db::Origin;
use testing::Bench;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{rooms, serve};

/// The house with its common layers, as it is served.
pub struct House {
    /// A city with a few users.
    pub stage: Stage,
    router: Router,
}

/// Who a request comes from: the value of a session's cookie.
pub type Session = Option<String>;

/// What came back.
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// `text/html; charset=utf-8`, or nothing.
    pub kind: String,
    /// Where it leads.
    pub location: String,
}

impl House {
    /// Opens it; Alice holds every role.
    pub async fn open(bench: &Bench) -> Self {
        let stage = Stage::open(bench, vec![access::room()], Role::ALL).await;
        let (router, _) = serve::router(&stage.city, None, &Arc::default(), &Default::default());
        Self { stage, router }
    }

    /// Every declared route.
    pub fn routes() -> Vec<Route> {
        let rooms = rooms::all();
        let lists = rooms.iter().map(|room| room.routes.list());
        lists.flatten().cloned().collect()
    }

    /// Signs somebody in.
    pub async fn sign_in(&self, owner: Owner) -> Session {
        let token = Token::fresh();
        let start = StartSession {
            token_hash: token.hash(),
            owner,
        };
        let origin = Origin::program("test");
        self.stage.city.db.write(&origin, start).await.unwrap();
        Some(token.as_str().to_owned())
    }

    /// A session that meets a need as far as its role goes.
    pub async fn who_meets(&self, need: Need) -> Session {
        match need {
            Need::Person => {
                let contact = Uuid::now_v7();
                self.sign_in(Owner::Person {
                    contact,
                    helper: None,
                })
                .await
            }
            _ => self.sign_in(Owner::Staff(self.stage.alice.id)).await,
        }
    }

    /// A page as it is read; it must be there.
    pub async fn body(&self, session: &Session, path: &str) -> String {
        let mut request = request("GET", path, "", Body::empty());
        if let Some(token) = session {
            let cookie = format!("{}={token}", access::sessions::COOKIE);
            let headers = request.headers_mut();
            headers.append(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        String::from_utf8_lossy(&bytes.unwrap()).into_owned()
    }

    /// Sends a request.
    pub async fn send(&self, session: &Session, mut request: Request<Body>) -> Reply {
        if let Some(token) = session {
            let cookie = format!("{}={token}", access::sessions::COOKIE);
            let headers = request.headers_mut();
            headers.append(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let reply = Reply {
            status: response.status(),
            kind: text(&response, header::CONTENT_TYPE),
            location: text(&response, header::LOCATION),
        };
        // A stream may fail while it is read.
        axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        reply
    }
}

fn text(response: &Response<Body>, name: header::HeaderName) -> String {
    let value = response.headers().get(name);
    let value = value.and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// The address of a route with something in the place of each `{…}`.
pub fn address(path: &str, mut part: impl FnMut() -> String) -> String {
    let parts = path.split('/').map(|piece| match piece.starts_with('{') {
        // What follows a mark, as `.pdf`, stays.
        true => part() + piece.split_once('}').map_or("", |(_, rest)| rest),
        false => piece.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A request of a route's method.
pub fn request(method: &str, address: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address);
    if !kind.is_empty() {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let key = Uuid::now_v7().to_string();
    let request = request.header("idempotency-key", key);
    request.body(body.into()).unwrap()
}
