//! Serving a city: the rooms' routes behind the common layers, jobs, and the audit's sealer.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use access::network::TrustedProxies;
use access::{Site, layers};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_request_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use web::{City, Failure, InCity};

use crate::health::{self, Health, Ready};
use crate::settings::Settings;
use crate::stop::Stop;
use crate::{api_description, city, rooms, upkeep};

/// The largest body of any route, in bytes; forms and JSON have smaller limits of their own.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// How long open requests may take to end when the program is asked to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Everything that answers for one city.
pub(crate) fn router(
    city: &Arc<City>,
    extra: Option<access::Room>,
    watched: &Arc<Health>,
    proxies: &TrustedProxies,
) -> (Router, jobs::Runner) {
    let mut rooms = rooms::all();
    rooms.extend(extra);
    let mut site = Site::new(&rooms);
    site.proxies = proxies.clone();
    let site = Arc::new(site);
    let mut routes = Router::new();
    let mut handlers = Vec::new();
    for room in rooms {
        handlers.extend(room.jobs);
        routes = routes.merge(room.routes.into_router());
    }
    let routes = routes
        .fallback(|| async { Failure::NotFound.into_response() })
        .method_not_allowed_fallback(|| async { Failure::NotFound.into_response() })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(|_| {
            let fault = Failure::Internal("a handler panicked".into());
            fault.into_response().map(axum::body::Body::new)
        }))
        .layer(from_fn(readable))
        .layer(from_fn_with_state(site, layers::around))
        .layer(map_request_with_state(city.clone(), enter));
    let plain = Router::new()
        .route("/favicon.ico", get(favicon))
        .route(
            "/api/v1/openapi.json",
            get(|| async { ([(header::CONTENT_TYPE, "application/json")], description()) }),
        )
        .merge(web::assets::router());
    let router = routes
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(watched.clone(), health::watch))
        .merge(plain);
    (router, jobs::Runner::new(handlers))
}

/// The API's description, made when it is first asked for.
fn description() -> &'static str {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| api_description::describe(&rooms::all()).to_string());
    &TEXT
}

async fn enter(State(city): State<Arc<City>>, mut request: Request) -> Request {
    request.extensions_mut().insert(InCity(city));
    request
}

/// No text of ours holds a NUL, and one engine cannot even look for it.
async fn readable(request: Request, next: Next) -> Response {
    let uri = request.uri();
    if uri.path().contains("%00") {
        return Failure::NotFound.into_response();
    }
    if uri.query().is_some_and(|query| query.contains("%00")) {
        return Failure::Unreadable("the query holds a NUL".into()).into_response();
    }
    next.run(request).await
}

async fn favicon() -> impl IntoResponse {
    let kind = HeaderValue::from_static("image/svg+xml");
    match web::assets::bytes("logo.svg") {
        Some(logo) => (StatusCode::OK, [(header::CONTENT_TYPE, kind)], logo),
        None => (
            StatusCode::NOT_FOUND,
            [(header::CONTENT_TYPE, kind)],
            &b""[..],
        ),
    }
}

/// A city, and the name it answers to; without a name it answers to every name.
pub struct Served {
    /// `city.example.ir`
    pub host: Option<String>,
    /// The city.
    pub city: Arc<City>,
    /// Where it lives.
    pub settings: Settings,
    /// A room that only this process opens.
    pub extra: Option<access::Room>,
}

/// Serves until the program is asked to stop, then lets open requests end.
pub async fn run(
    cities: Vec<Served>,
    metrics_listen: Option<&str>,
    listener: TcpListener,
    mut stop: Stop,
) -> db::Result<()> {
    let watched = Arc::new(Health::default());
    let mut hosts = Vec::new();
    let mut running = Vec::new();
    let mut opened = Vec::new();
    for served in cities {
        let Served {
            host,
            city,
            settings,
            extra,
        } = served;
        let (router, runner) = router(&city, extra, &watched, &settings.trusted_proxies);
        hosts.push((host, router));
        upkeep::plan(&city).await?;
        let (runner, outward) = runner.apart(webhooks::OUTWARD_JOBS);
        running.push({
            let city = city.clone();
            tokio::spawn(async move { runner.run_forever(city).await })
        });
        running.push({
            let city = city.clone();
            let most = webhooks::AT_ONCE;
            tokio::spawn(async move { outward.run_side_by_side(city, most).await })
        });
        running.push(tokio::spawn(crate::following::run_forever(city.clone())));
        running.push(tokio::spawn(watch_keys(city.keys.clone())));
        let sealer = Arc::new(city::sealer(&city, &settings));
        running.push(tokio::spawn(seal(sealer.clone())));
        opened.push((Ready::new(city, &settings), sealer));
    }
    let ready: Arc<Vec<Ready>> = Arc::new(opened.iter().map(|(ready, _)| ready.clone()).collect());
    // Whoever watches the process asks by its address: any host will do.
    let health = Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz).with_state(ready.clone()));
    let router = health.merge(by_host(hosts));
    let metrics = Router::new().route(
        "/metrics",
        get(health::metrics).with_state((watched, ready)),
    );
    let router = match metrics_listen {
        None => metrics.merge(router),
        Some(address) => {
            let apart = TcpListener::bind(address).await.map_err(db::Error::other)?;
            running.push(tokio::spawn(async move {
                if let Err(error) = axum::serve(apart, metrics).await {
                    tracing::error!(%error, "the metrics are no longer served");
                }
            }));
            router
        }
    };
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let mut server = tokio::spawn(async move {
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, router)
            .with_graceful_shutdown(async move { ended.await.unwrap_or_default() })
            .await
    });
    stop.asked().await;
    tracing::info!("stopping");
    // The receiver is gone only when the server ended by itself.
    let _ = end.send(());
    match tokio::time::timeout(PATIENCE, &mut server).await {
        Ok(result) => result
            .map_err(db::Error::other)?
            .map_err(db::Error::other)?,
        Err(_) => tracing::warn!("some requests were cut off"),
    }
    for task in running {
        task.abort();
    }
    for (ready, sealer) in opened {
        if let Err(error) = sealer.close().await {
            tracing::warn!(%error, "the last events are not sealed yet");
        }
        ready.city.db.close().await;
    }
    Ok(())
}

/// One router for all hosts: the request's host name picks the city.
pub(crate) fn by_host(mut hosts: Vec<(Option<String>, Router)>) -> Router {
    if let [(None, _)] = hosts[..] {
        return hosts.remove(0).1;
    }
    let hosts = Arc::new(hosts);
    Router::new().fallback(move |request: Request| {
        let hosts = hosts.clone();
        async move {
            let asked = request.headers().get(header::HOST);
            let asked = asked.and_then(|host| host.to_str().ok()).unwrap_or("");
            let name = asked.rsplit_once(':').map_or(asked, |(name, _)| name);
            let found = hosts.iter().find(|(host, _)| {
                host.as_deref()
                    .is_some_and(|host| host.eq_ignore_ascii_case(name))
            });
            match found {
                Some((_, router)) => router.clone().oneshot(request).await.into_response(),
                None => (
                    StatusCode::MISDIRECTED_REQUEST,
                    "no city of this name is here\n",
                )
                    .into_response(),
            }
        }
    })
}

async fn seal(sealer: Arc<access::audit::Sealer>) {
    if let Err(error) = sealer.catch_up().await {
        tracing::error!(%error, "the head of the audit chain could not be kept");
    }
    loop {
        if let Err(error) = sealer.seal().await {
            tracing::error!(%error, "the audit could not be sealed now");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// A key made while the city is served is used within two seconds.
async fn watch_keys(keys: db::Keys) {
    loop {
        tokio::time::sleep(crate::commands::keys::HEARD_WITHIN).await;
        if let Err(error) = keys.refresh() {
            tracing::error!(%error, "the keys could not be read again");
        }
    }
}
