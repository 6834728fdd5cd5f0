use access::Ask;
use maud::{Markup, html};
use web::parts::{self, Dir, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::texts::{StoryText, TextState};
use super::{Named, Story};
use crate::businesses::pages::File;
use crate::{PRODUCT_APPROVE, PRODUCT_CHANGE, WORDS};

// words: story-state-*

/// The stories in a maker's file, with what may be done about each.
pub(crate) fn panel(ask: &Ask, file: &File) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let may_change = PRODUCT_CHANGE.is_held_by(&ask.viewer);
    let may_approve = PRODUCT_APPROVE.is_held_by(&ask.viewer);
    html! {
        h2 { (t("stories-told")) }
        @if file.texts.is_empty() { p.nothing { (t("stories-told-none")) } }
        @for text in &file.texts {
            @let is_own = text.written_by.is_some() && text.written_by == ask.viewer.user_id();
            (parts::card(None, html! {
                p { (state(p, text, file.has_story)) " " (p.date(text.written_on)) }
                (words(p, text))
                @if let Some(day) = text.picture_agreed_on {
                    p.nothing { (p.tr(&WORDS, "story-picture-agreed-on", &[("day", p.date_text(day).into())])) }
                }
                @if text.state != TextState::Ended {
                    @if may_approve && text.state == TextState::Written && is_own { p { (t("story-own-hand")) } }
                    @if may_approve && !is_own && !(text.state == TextState::Approved && file.has_story) {
                        (parts::inline_form(p, &format!("/stories/{}/approval", text.id), parts::primary_button(&t("story-approve")))) " "
                    }
                    @if may_change {
                        (parts::inline_form(p, &format!("/stories/{}/end", text.id), parts::danger_button(&t("story-take-down"))))
                    }
                }
            }))
        }
        @if may_change {
            p { (parts::secondary_link(&format!("/makers/{}/stories/new", file.maker.handle), &t("story-new-title"))) }
        }
    }
}

fn state(p: &Page, text: &StoryText, agrees: bool) -> Markup {
    let (tone, key) = match (text.state, agrees) {
        (TextState::Written, _) => (Tone::Warning, "story-state-written"),
        (TextState::Approved, true) => (Tone::Good, "story-state-approved"),
        (TextState::Approved, false) => (Tone::Bad, "story-state-hidden"),
        (TextState::Ended, _) => (Tone::Plain, "story-state-ended"),
    };
    parts::badge(tone, &p.t(&WORDS, key))
}

/// Picture and words of a story.
pub(crate) fn words(p: &Page, text: &StoryText) -> Markup {
    html! {
        @if text.has_picture {
            p { img src={ "/stories/" (text.id) "/picture/small" } width="160" height="160" loading="lazy" alt=(p.t(&WORDS, "story-picture")); }
        }
        @for line in text.text(p.lang).lines() { p dir="auto" { (line) } }
    }
}

pub(super) fn form(p: &Page, handle: &str, name: &str, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let area = |name: &'static str, key: &str, dir: Dir, required: bool, hint: Option<String>| {
        parts::field(
            p,
            Field {
                name,
                label: t(key),
                value: form.raw(name),
                error: errors.get(name),
                kind: Kind::Area,
                required,
                dir: Some(dir),
                hint,
                ..Field::default()
            },
        )
    };
    html! {
        (parts::back_link(&format!("/makers/{handle}/file"), name))
        h1 { (t("story-new-title")) }
        (parts::error_summary(p, errors))
        p { (t("story-new-lead")) }
        (parts::upload_form(p, &format!("/makers/{handle}/stories"), html! {
            (area("text_fa", "story-text-fa", Dir::Rtl, true, Some(t("story-text-hint"))))
            (area("text_en", "story-text-en", Dir::Ltr, false, None))
            (parts::file_field(p, Field {
                name: "picture", label: t("story-picture"), hint: Some(t("photo-hint")),
                error: errors.get("picture"), ..Field::default()
            }, "image/jpeg,image/png,image/webp"))
            (parts::tick(p, "agreed", &t("story-picture-agreed"), form.raw("agreed") == "yes", errors.get("agreed")))
            (parts::primary_button(&t("product-save")))
        }))
    }
}

/// The public page of all stories.
pub(super) fn public(
    p: &Page,
    stories: &[(StoryText, Named)],
    is_further: bool,
    next: Option<String>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("stories-title")) }
        p { (t("stories-lead")) }
        @if stories.is_empty() { p.nothing { (t("stories-none")) } }
        @for (text, named) in stories {
            (parts::card(Some(&named.first_name), html! {
                @if !named.neighbourhood.is_empty() { p { bdi { (named.neighbourhood) } } }
                (words(p, text))
                p { a href={ "/makers/" (named.handle) } { (t("story-her-goods")) } }
            }))
        }
        (parts::pagination(p, is_further.then_some("/stories"), next.as_deref()))
        p { (parts::secondary_link("/api/v1/stories", &t("open-json"))) }
    }
}

/// A maker's own words on her public page.
pub(crate) fn told(p: &Page, story: &Story, text: Option<&StoryText>) -> Markup {
    html! {
        @if let Some(text) = text {
            h2 { (p.tr(&WORDS, "story-of", &[("name", story.first_name.as_str().into())])) }
            (words(p, text))
        }
    }
}
