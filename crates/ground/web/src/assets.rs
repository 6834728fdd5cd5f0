//! Assets: style, script, font and pictures, inside the binary.
//!
//! Each is served under `/static/{hash}/{name}` for a year: a changed file gets a
//! new address, so nobody waits for a check and nobody sees an old one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

struct Asset {
    bytes: Cow<'static, [u8]>,
    media_type: &'static str,
    href: String,
    /// `None` inside when compression does not pay (fonts are compressed already).
    brotli: OnceLock<Option<Vec<u8>>>,
}

macro_rules! asset {
    ($name:literal, $path:literal, $media_type:literal) => {
        (
            $name,
            $media_type,
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), $path)) as &[u8],
        )
    };
}

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for (name, media_type, bytes) in [
        // Before the style sheets, which name its address.
        asset!(
            "vazirmatn.woff2",
            "/../../../assets/fonts/vazirmatn.woff2",
            "font/woff2"
        ),
        asset!("site.css", "/static/site.css", "text/css; charset=utf-8"),
        asset!(
            "site.js",
            "/static/site.js",
            "text/javascript; charset=utf-8"
        ),
        asset!("till.css", "/static/till.css", "text/css; charset=utf-8"),
        asset!(
            "till.js",
            "/static/till.js",
            "text/javascript; charset=utf-8"
        ),
        asset!("favicon.svg", "/static/favicon.svg", "image/svg+xml"),
        asset!(
            "htmx.min.js",
            "/../../../assets/js/htmx.min.js",
            "text/javascript; charset=utf-8"
        ),
    ] {
        let bytes = match (
            media_type.starts_with("text/css"),
            all.get("vazirmatn.woff2"),
        ) {
            (true, Some(font)) => Cow::Owned(dressed(bytes, font)),
            _ => Cow::Borrowed(bytes),
        };
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)[..6]);
        let href = format!("/static/{hash}/{name}");
        all.insert(
            name,
            Asset {
                bytes,
                media_type,
                href,
                brotli: OnceLock::new(),
            },
        );
    }
    all
});

/// A style sheet as served: the font's own address in it, comments and indents left out.
fn dressed(css: &[u8], font: &Asset) -> Vec<u8> {
    let css = String::from_utf8_lossy(css)
        .replace("url(vazirmatn.woff2)", &format!("url({})", font.href));
    let mut out = String::with_capacity(css.len());
    let mut rest = css.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

/// The address of an asset, such as `/static/1f2e3d4c5b6a/site.css`.
///
/// An unknown name gets an address that answers 404, so a typing error shows at once.
pub fn href(name: &str) -> &str {
    ASSETS
        .get(name)
        .map_or("/static/missing", |asset| asset.href.as_str())
}

/// The bytes of an asset as they travel: compressed where that pays.
pub fn weight(name: &str) -> Option<usize> {
    let asset = ASSETS.get(name)?;
    Some(asset.brotli().map_or(asset.bytes.len(), <[u8]>::len))
}

/// The bytes of an asset before compression; `None` for an unknown name.
pub fn bytes(name: &str) -> Option<&'static [u8]> {
    ASSETS.get(name).map(|asset| asset.bytes.as_ref())
}

/// The names of all assets.
pub fn names() -> impl Iterator<Item = &'static str> {
    ASSETS.keys().copied()
}

/// Serves every asset; public, no session needed.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{hash}/{name}", get(serve))
}

async fn serve(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.get(name.as_str()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // A page opened before an upgrade may ask for yesterday's address: it gets
    // today's file, but must not keep it under the wrong name.
    let exact = asset.href.split('/').nth(2) == Some(hash.as_str());
    let age = if exact {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let head = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, age),
        (header::VARY, "accept-encoding"),
    ];
    match asset.brotli() {
        Some(small) if accepts_brotli(&headers) => {
            (head, [(header::CONTENT_ENCODING, "br")], small).into_response()
        }
        _ => (head, asset.bytes.as_ref()).into_response(),
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    accepted.is_some_and(|text| {
        text.split(',').any(|part| {
            part.split(';')
                .next()
                .is_some_and(|name| name.trim() == "br")
        })
    })
}

impl Asset {
    /// Compressed once, when first asked for.
    fn brotli(&self) -> Option<&[u8]> {
        let small = self.brotli.get_or_init(|| {
            if self.media_type == "font/woff2" {
                return None;
            }
            let mut out = Vec::new();
            let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 9, 22);
            writer.write_all(&self.bytes).ok()?;
            drop(writer);
            (out.len() < self.bytes.len()).then_some(out)
        });
        small.as_deref()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn get(path: &str) -> Response {
        let request = Request::get(path)
            .header("accept-encoding", "gzip, br")
            .body(Body::empty());
        router::<()>().oneshot(request.unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn an_asset_is_kept_for_a_year_under_its_own_address_only() {
        let found = get(href("site.css")).await;
        assert_eq!(
            found.headers()["cache-control"],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(found.headers()["content-encoding"], "br");
        let old = get("/static/000000000000/site.css").await;
        assert_eq!(old.headers()["cache-control"], "no-cache");
        assert_eq!(
            get("/static/000000000000/passwords").await.status(),
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            get(href("no-such-file")).await.status(),
            StatusCode::NOT_FOUND
        );
    }

    #[test]
    fn the_style_names_the_font_by_its_hashed_address_and_travels_without_comments() {
        let css = String::from_utf8_lossy(bytes("site.css").unwrap());
        assert!(css.contains(&format!("url({})", href("vazirmatn.woff2"))));
        assert!(!css.contains("/*"));
    }
}
