//! Layout: the whole document round a page's own body.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use persian::Lang;

use crate::assets;
use crate::page::{NavItem, Page, Theme, direction, lang_code};
use crate::{KEY_FIELD, WORDS};

/// A staff page: navigation, dense type, live fragments.
///
/// `title` is the document's title; the body brings its own `h1`.
pub fn page(p: &Page, title: &str, body: Markup) -> Markup {
    document(p, title, body, Face::Desk, &[])
}

/// A staff page with further style sheets and scripts of ours, by asset name.
pub fn page_with(p: &Page, title: &str, more: &[&str], body: Markup) -> Markup {
    document(p, title, body, Face::Desk, more)
}

/// A page for the public, a partner or a person: larger type, no fragments, little else.
pub fn public_page(p: &Page, title: &str, body: Markup) -> Markup {
    document(p, title, body, Face::Public, &[])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Desk,
    Public,
}

fn document(p: &Page, title: &str, body: Markup, face: Face, more: &[&str]) -> Markup {
    let class = match (face, p.theme) {
        (Face::Desk, Theme::Auto) => "desk",
        (Face::Desk, Theme::Light) => "desk light",
        (Face::Desk, Theme::Dark) => "desk dark",
        (Face::Public, Theme::Auto) => "public",
        (Face::Public, Theme::Light) => "public light",
        (Face::Public, Theme::Dark) => "public dark",
    };
    html! {
        (DOCTYPE)
        html lang=(lang_code(p.lang)) dir=(direction(p.lang)) class=(class) {
            (head(p, title, &body, face, more))
            body {
                a.skip href="#main" { (p.t(&WORDS, "skip-to-content")) }
                div.band aria-hidden="true" {}
                @if p.demo {
                    aside.demo aria-label=(p.t(&WORDS, "demo-title")) { p {
                        strong { (p.t(&WORDS, "demo-title")) } " " (p.t(&WORDS, "demo-text"))
                    } }
                }
                (header(p))
                main #main tabindex="-1" {
                    @if let Some(flash) = &p.flash {
                        div.notice.good.flash role="status" {
                            strong { (p.t(&WORDS, "notice-good")) } p { bdi { (flash) } }
                        }
                    }
                    (body)
                }
                (footer(p))
            }
        }
    }
}

fn head(p: &Page, title: &str, body: &Markup, face: Face, more: &[&str]) -> Markup {
    // Whoever listens to the page must hear of an error first. The summary is
    // the one sign of it, so no page can forget to say so in its title.
    let has_errors = body.0.contains("id=\"error-summary\"");
    let title = match has_errors {
        true => Cow::Owned(format!("{} {title}", p.t(&WORDS, "error-prefix"))),
        false => Cow::Borrowed(title),
    };
    html! {
        head {
            meta charset="utf-8";
            title { (title) " · " (p.city) }
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content=[color_scheme(p.theme)];
            meta name="referrer" content="same-origin";
            link rel="icon" type="image/svg+xml" href=(assets::href("favicon.svg"));
            link rel="stylesheet" href=(assets::href("site.css"));
            script src=(assets::href("site.js")) defer {}
            @for name in more {
                @if name.ends_with(".css") {
                    link rel="stylesheet" href=(assets::href(name));
                } @else {
                    script src=(assets::href(name)) defer {}
                }
            }
            @if face == Face::Desk {
                // No page is kept in the browser's storage: most of them hold personal data.
                meta name="htmx-config" content=r#"{"history":"reload","includeIndicatorCSS":false}"#;
                script src=(assets::href("htmx.min.js")) defer {}
            }
        }
    }
}

fn color_scheme(theme: Theme) -> Option<&'static str> {
    Some(match theme {
        Theme::Auto => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    })
}

fn header(p: &Page) -> Markup {
    html! {
        header.masthead {
            div.bar {
                a.brand href="/" { (logo()) span { (p.t(&WORDS, "brand")) } bdi.city { (p.city) } }
                div.tools {
                    (switches(p))
                    @match &p.viewer {
                        Some(name) => {
                            bdi.viewer { (name) }
                            form method="post" action="/sign-out" {
                                input type="hidden" name=(KEY_FIELD) value=(p.form_key);
                                button.quiet { (p.t(&WORDS, "sign-out")) }
                            }
                        }
                        None => a.quiet href="/sign-in" { (p.t(&WORDS, "sign-in")) }
                    }
                }
            }
            @if !p.nav.is_empty() { (navigation(p, &p.nav)) }
        }
    }
}

/// Sections that stand in the row; a role with more opens the others by a word.
const IN_ROW: usize = 8;

fn navigation(p: &Page, items: &[NavItem]) -> Markup {
    // One alone is no shorter behind a word.
    let row = match items.len() > IN_ROW + 1 {
        true => IN_ROW,
        false => items.len(),
    };
    let (row, others) = items.split_at(row);
    let current = others.iter().find(|item| item.current);
    html! {
        nav.main aria-label=(p.t(&WORDS, "main-navigation")) {
            (sections(row))
            @if !others.is_empty() {
                details.others {
                    summary.current[current.is_some()] {
                        @match current {
                            Some(item) => (item.label),
                            None => (p.t(&WORDS, "other-sections")),
                        }
                    }
                    (sections(others))
                }
            }
        }
    }
}

fn sections(items: &[NavItem]) -> Markup {
    html! {
        ul {
            @for item in items {
                li {
                    a href=(item.href) aria-current=[item.current.then_some("page")] {
                        (item.label)
                    }
                }
            }
        }
    }
}

fn switches(p: &Page) -> Markup {
    let (other, name) = match p.lang {
        Lang::Fa => (Lang::En, "English"),
        Lang::En => (Lang::Fa, "فارسی"),
    };
    html! {
        a.quiet href=(language_href(other, &p.path)) lang=(lang_code(other)) hreflang=(lang_code(other)) {
            (name)
        }
    }
}

/// The address that remembers `lang` in a cookie and returns to `path`.
pub fn language_href(lang: Lang, path: &str) -> String {
    format!("/language/{}?back={}", lang_code(lang), query_value(path))
}

/// The address that remembers `theme` in a cookie and returns to `path`.
pub fn theme_href(theme: Theme, path: &str) -> String {
    format!("/theme/{}?back={}", theme.as_str(), query_value(path))
}

fn query_value(path: &str) -> String {
    url::form_urlencoded::byte_serialize(path.as_bytes()).collect()
}

// words: theme-*
fn footer(p: &Page) -> Markup {
    html! {
        footer.bottom {
            div.bar {
                p { (p.t(&WORDS, "footer-sentence")) }
                p.themes {
                    span { (p.t(&WORDS, "theme")) }
                    @for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
                        @let current = (theme == p.theme).then_some("true");
                        a.quiet href=(theme_href(theme, &p.path)) aria-current=[current] {
                            (p.t(&WORDS, &format!("theme-{}", theme.as_str())))
                        }
                    }
                }
                p.printed { (p.tr(&WORDS, "printed-at", &[
                    ("moment", p.moment_text(p.now).into()),
                    ("name", p.viewer.clone().unwrap_or_else(|| p.city.clone()).into()),
                ])) }
            }
        }
    }
}

/// Three links of a chain, stitched: the mark of the house.
fn logo() -> Markup {
    PreEscaped(include_str!("../static/logo.svg").trim().to_owned())
}
