//! Alice, Bob and Charlie: a stage on which a room's routes are tried through the front door.
//!
//! Alice holds the roles the test gives her, Bob is her colleague in the same body, Charlie has
//! the same roles in another body and must be kept out of whatever is Alice's.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test may stop at the first surprise"
)]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::middleware::{from_fn_with_state, map_request_with_state};
use db::{Keys, Origin, Write, sql};
use serde_json::Value as Json;
use testing::Bench;
use tower::ServiceExt as _;
use url::Url;
use uuid::Uuid;
use web::{City, InCity, Name};

use crate::sessions::{Owner, StartSession, Token};
use crate::users::{AddMembership, CreateUser};
use crate::{Role, Room, Site};

/// A city with some rooms and three users.
pub struct Stage {
    /// The city.
    pub city: Arc<City>,
    /// The body of Alice and Bob.
    pub home: Uuid,
    /// The body of Charlie.
    pub elsewhere: Uuid,
    /// Alice.
    pub alice: Actor,
    /// Her colleague.
    pub bob: Actor,
    /// Who must be kept out.
    pub charlie: Actor,
    router: Router,
    runner: jobs::Runner,
}

/// A user with a session.
#[derive(Clone)]
pub struct Actor {
    /// The user's id.
    pub id: Uuid,
    /// The session cookie's value.
    pub(crate) token: String,
}

/// What came back.
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// The `ETag` of the record it shows.
    pub tag: Option<String>,
    /// Its body, as text.
    pub body: String,
    /// Its raw bytes.
    pub bytes: Vec<u8>,
    /// The session cookie it sets.
    pub session: Option<String>,
}

impl Actor {
    /// A user who signed in through the front door.
    pub fn with(id: Uuid, session: &str) -> Self {
        Self {
            id,
            token: session.to_owned(),
        }
    }
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A body for the test: `kind` as in the organizations' room.
#[derive(serde::Serialize, serde::Deserialize)]
struct AddBody {
    id: Uuid,
    code: String,
}

impl Write for AddBody {
    const NAME: &'static str = "add_body";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        sql(
            "INSERT INTO organization (id, code, kind, name_fa, name_en, search_text, sort_key,
             valid_from, phone, made_at) VALUES ($1, $2, 'centre', $2, $2, $2, $3, $4, '', $5)",
        )
        .bind(self.id)
        .bind(&self.code)
        .bind(self.code.as_bytes().to_vec())
        .bind(tx.today())
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}

#[derive(serde::Serialize)]
struct Tamper {
    text: String,
}

impl Write for Tamper {
    const NAME: &'static str = "tamper";
    type Out = u64;
    async fn run(&self, tx: &mut db::Tx) -> db::Result<u64> {
        sql(self.text.clone()).execute(tx).await
    }
}

/// Codes of the proofs that do not hold.
pub fn broken(checks: Vec<db::Check>) -> Vec<String> {
    let broken = checks.into_iter().filter(|check| !check.ok);
    broken.map(|check| check.code).collect()
}

impl Stage {
    /// Sets the stage: Alice and Bob hold `roles` in one body, Charlie the same in another.
    pub async fn open(bench: &Bench, rooms: Vec<Room>, roles: &[Role]) -> Self {
        Self::open_with_bank(bench, rooms, roles, None).await
    }

    /// The same in a city whose bank answers by HTTP.
    pub async fn open_with_bank(
        bench: &Bench,
        rooms: Vec<Room>,
        roles: &[Role],
        bank: Option<Url>,
    ) -> Self {
        let city = Arc::new(City {
            db: bench.db.clone(),
            keys: Keys::ephemeral(),
            name: Name {
                fa: "شهر".into(),
                en: "City".into(),
            },
            public_url: "http://127.0.0.1:8404/".parse().unwrap(),
            is_demo: false,
            sms: None,
            bank,
            webhooks_loopback: true,
            // Rooms are tried without a press: the paper's own words come back instead.
            print: |paper, _| serde_json::to_vec(&paper.data).map_err(|error| error.to_string()),
            wake: tokio::sync::Notify::new(),
        });
        let site = Arc::new(Site::new(&rooms));
        let mut routes = Router::new();
        let mut handlers = Vec::new();
        for room in rooms {
            handlers.extend(room.jobs);
            routes = routes.merge(room.routes.into_router());
        }
        let router = routes
            .layer(from_fn_with_state(site, crate::layers::around))
            .layer(map_request_with_state(city.clone(), enter));
        let [home, elsewhere] = [body(&city, "home").await, body(&city, "elsewhere").await];
        let alice = actor(&city, "alice", home, roles).await;
        let bob = actor(&city, "bob", home, roles).await;
        let charlie = actor(&city, "charlie", elsewhere, roles).await;
        let runner = jobs::Runner::new(handlers);
        Self {
            city,
            home,
            elsewhere,
            alice,
            bob,
            charlie,
            router,
            runner,
        }
    }

    /// Another user, with roles in a body.
    pub async fn add(&self, name: &str, organization: Uuid, roles: &[Role]) -> Actor {
        actor(&self.city, name, organization, roles).await
    }

    /// The same user, signed in anew: sessions end while days pass.
    pub async fn again(&self, actor: &Actor) -> Actor {
        session(&self.city, actor.id, Owner::Staff(actor.id)).await
    }

    /// Another body.
    pub async fn add_body(&self, code: &str) -> Uuid {
        body(&self.city, code).await
    }

    /// Runs a write as an actor, outside HTTP.
    pub async fn write<W: Write>(&self, actor: &Actor, command: W) -> db::Result<W::Out> {
        self.city
            .db
            .write(&Origin::user(actor.id, "test"), command)
            .await
    }

    /// Changes rows behind the rooms' backs, as a fault or an intruder would.
    pub async fn tamper(&self, text: &str) -> db::Result<u64> {
        let text = text.to_owned();
        self.write(&self.alice, Tamper { text }).await
    }

    /// Takes a CHECK away, as an older schema or a restored copy may lack it, so that the proof
    /// behind it can be tried.
    pub async fn without_check(&self, table: &str, constraint: &str) {
        let text = match self.city.db.engine() {
            db::Engine::Sqlite => "PRAGMA ignore_check_constraints = ON".to_owned(),
            db::Engine::Postgres => format!("ALTER TABLE {table} DROP CONSTRAINT {constraint}"),
        };
        self.tamper(&text).await.unwrap();
    }

    /// Does the jobs that are due.
    pub async fn do_jobs(&self) {
        while self.runner.run_due(&self.city).await.unwrap() > 0 {}
    }

    /// `GET` as somebody, or as nobody.
    pub async fn get(&self, actor: Option<&Actor>, path: &str) -> Reply {
        self.send(actor, Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Posts a form; a one-time key is added unless given.
    pub async fn post(&self, actor: Option<&Actor>, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        if !fields.iter().any(|(name, _)| *name == web::KEY_FIELD) {
            body.append_pair(web::KEY_FIELD, &Uuid::now_v7().to_string());
        }
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.finish()))
            .unwrap();
        self.send(actor, request).await
    }

    /// Sends JSON with a method.
    pub async fn send_json(
        &self,
        actor: Option<&Actor>,
        method: &str,
        path: &str,
        body: &Json,
    ) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(actor, request).await
    }

    /// Replaces the record that was read with a tag, under a key of its own.
    pub async fn put(&self, actor: Option<&Actor>, path: &str, tag: &str, body: &Json) -> Reply {
        let request = Request::put(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::IF_MATCH, tag)
            .header("idempotency-key", Uuid::now_v7().to_string())
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(actor, request).await
    }

    /// Sends any request.
    pub async fn send(&self, actor: Option<&Actor>, mut request: Request<Body>) -> Reply {
        if let Some(actor) = actor {
            let cookie = format!("{}={}", crate::sessions::COOKIE, actor.token);
            request
                .headers_mut()
                .append(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let text = |name| {
            response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let (location, tag) = (text(header::LOCATION), text(header::ETAG));
        let session = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .find_map(|value| {
                let value = value.to_str().ok()?.strip_prefix(crate::sessions::COOKIE)?;
                Some(value.trim_start_matches('=').split(';').next()?.to_owned())
            });
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Reply {
            status,
            location,
            tag,
            body,
            bytes,
            session,
        }
    }

    /// A person on her own page, signed in by code elsewhere.
    pub async fn person(&self, contact: Uuid) -> Actor {
        session(
            &self.city,
            contact,
            Owner::Person {
                contact,
                helper: None,
            },
        )
        .await
    }
}

async fn enter(
    axum::extract::State(city): axum::extract::State<Arc<City>>,
    mut request: Request<Body>,
) -> Request<Body> {
    request.extensions_mut().insert(InCity(city));
    request
}

async fn body(city: &City, code: &str) -> Uuid {
    let id = city.db.new_id();
    city.db
        .write(
            &Origin::program("test"),
            AddBody {
                id,
                code: code.into(),
            },
        )
        .await
        .unwrap();
    id
}

async fn actor(city: &City, name: &str, organization: Uuid, roles: &[Role]) -> Actor {
    let origin = Origin::program("test");
    let id = city.db.new_id();
    let user = CreateUser {
        id,
        username: name.into(),
        shown_name: name.into(),
        // No password belongs to this: tests that sign in by password make their own.
        password_hash: String::new(),
        totp_secret: None,
    };
    city.db.write(&origin, user).await.unwrap();
    for role in roles {
        let membership = AddMembership {
            id: city.db.new_id(),
            user_id: id,
            organization_id: organization,
            role: *role,
            valid_from: city.db.clock().today(),
        };
        city.db.write(&origin, membership).await.unwrap();
    }
    session(city, id, Owner::Staff(id)).await
}

async fn session(city: &City, id: Uuid, owner: Owner) -> Actor {
    let token = Token::fresh();
    let start = StartSession {
        token_hash: token.hash(),
        owner,
    };
    city.db
        .write(&Origin::program("test"), start)
        .await
        .unwrap();
    Actor {
        id,
        token: token.as_str().to_owned(),
    }
}
