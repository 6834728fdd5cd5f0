use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use web::{Failure, InCity};

use crate::contract::{self, Contract, Endpoint, Schemas};
use crate::{Need, Viewer, Who, drafts};

/// A declared route: what the walk over all routes sees.
#[derive(Clone, Debug)]
pub struct Route {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// `/people/{id}`
    pub path: &'static str,
    /// Who may come.
    pub need: Need,
    /// What a route of the API takes and gives; none for a page.
    pub contract: Option<fn(&mut Schemas) -> Contract>,
}

impl Route {
    /// Does it read one record, by the name that ends its address?
    pub fn is_record(&self) -> bool {
        self.method == "GET" && is_record(self.path)
    }
}

fn is_record(path: &str) -> bool {
    path.ends_with('}')
}

/// Routes of a room. A handler cannot be added without a need.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
    router: Router,
}

macro_rules! verb {
    ($name:ident, $method:literal, $make:ident) => {
        #[doc = concat!("Adds a `", $method, "` route.")]
        pub fn $name<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
        where
            H: Handler<T, ()>,
            T: 'static,
        {
            self.add($method, path, need, $make(handler), None)
        }
    };
}

macro_rules! api_verb {
    ($name:ident, $method:literal, $make:ident) => {
        #[doc = concat!("Adds a `", $method, "` route of the API; its handler's types tell its contract.")]
        pub fn $name<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
        where
            H: Endpoint<T>,
            T: 'static,
        {
            self.add($method, path, need, $make(handler), Some(H::contract))
        }
    };
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    verb!(get, "GET", get);
    verb!(post, "POST", post);
    verb!(put, "PUT", put);
    verb!(patch, "PATCH", patch);
    verb!(delete, "DELETE", delete);

    api_verb!(api_post, "POST", post);
    api_verb!(api_put, "PUT", put);

    /// Adds a `GET` route of the API. One record carries an `ETag`; records and lists answer to
    /// `fields`.
    pub fn api_get<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Endpoint<T>,
        T: 'static,
    {
        let is_record = is_record(path);
        let route = get(handler).layer(from_fn(move |request, next| {
            contract::tagged(is_record, contract::fields::<H, T>, request, next)
        }));
        self.add("GET", path, need, route, Some(contract::reading::<H, T>))
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        need: Need,
        route: MethodRouter,
        contract: Option<fn(&mut Schemas) -> Contract>,
    ) -> Self {
        let guarded = route.layer(from_fn(move |request, next| guard(need, request, next)));
        self.list.push(Route {
            method,
            path,
            need,
            contract,
        });
        self.router = self.router.route(path, guarded);
        self
    }

    /// Adds all routes of another set.
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// What is declared.
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    /// The router itself.
    pub fn into_router(self) -> Router {
        self.router
    }
}

/// Lets a request pass when its viewer meets the need. Without a viewer nobody passes.
async fn guard(need: Need, request: Request, next: Next) -> Response {
    let nobody = Viewer::nobody();
    let viewer = request.extensions().get::<Viewer>().unwrap_or(&nobody);
    let failure = match need.is_met_by(viewer) {
        true => {
            let city = request.extensions().get::<InCity>();
            let now = city.map(|InCity(city)| city.db.clock().now());
            if !now.is_some_and(|now| need.lacks_proof(viewer, now)) {
                return next.run(request).await;
            }
            Failure::Prove
        }
        false if viewer.who == Who::Nobody => Failure::SignIn,
        false => Failure::Forbidden,
    };
    drafts::turn_away(request, failure).await
}
