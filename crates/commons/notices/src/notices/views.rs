//! How notices look.

use maud::{Markup, html};
use persian::Lang;
use web::parts::{self, Column, Tone};
use web::{FormErrors, Page};

use super::NoticeState;
use super::queries::Listed;
use crate::WORDS;

// words: notice-state-*
fn state(p: &Page, state: NoticeState) -> Markup {
    let tone = match state {
        NoticeState::Waiting => Tone::Active,
        NoticeState::Sent => Tone::Plain,
        NoticeState::Delivered => Tone::Good,
        NoticeState::Failed => Tone::Bad,
        NoticeState::NoChannel => Tone::Warning,
    };
    parts::badge(
        tone,
        &p.t(
            &WORDS,
            &format!("notice-state-{}", state.as_str().replace('_', "-")),
        ),
    )
}

fn receiver(p: &Page, listed: &Listed) -> Markup {
    let body = if p.lang == Lang::Fa {
        &listed.body_fa
    } else {
        &listed.body_en
    };
    let name = listed.contact_name.as_ref().or(body.as_ref());
    html! {
        @if let Some(name) = name { bdi { (name) } } @else { (p.t(&WORDS, "notice-nobody-here")) }
        @if !listed.kept.phone_last4.is_empty() {
            " " bdi dir="ltr" { "…" (listed.kept.phone_last4) }
        }
    }
}

fn row(p: &Page, listed: &Listed, with_retry: bool) -> Vec<Markup> {
    let kept = &listed.kept;
    let mut cells = vec![
        p.moment(kept.made_at),
        receiver(p, listed),
        html! { span dir="auto" { (kept.text()) } },
        state(p, kept.state),
    ];
    if with_retry {
        cells.push(parts::inline_form(
            p,
            &format!("/notices/{}/retry", kept.id),
            parts::secondary_button(&p.t(&WORDS, "notice-retry")),
        ));
    } else {
        cells.push(html! { @if kept.parts > 0 { (p.number(kept.parts)) } });
    }
    cells
}

/// What did not arrive, then all of it.
pub(super) fn list(
    p: &Page,
    failed: &[Listed],
    all: &[Listed],
    next: Option<&str>,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let heads = ["notice-when", "notice-whom", "notice-text", "notice-state"];
    let columns = |last: &str| -> Vec<Column> {
        heads
            .iter()
            .copied()
            .chain([last])
            .map(|key| Column::text(t(key)))
            .collect()
    };
    let failed: Vec<Vec<Markup>> = failed.iter().map(|listed| row(p, listed, true)).collect();
    let all: Vec<Vec<Markup>> = all.iter().map(|listed| row(p, listed, false)).collect();
    html! {
        h1 { (t("notices-title")) }
        (parts::error_summary(p, errors))
        @if !failed.is_empty() {
            h2 { (t("notices-failed")) }
            p { (t("notices-failed-lead")) }
            (parts::table(&t("notices-failed"), &columns("notice-act"), &failed, ""))
        }
        h2 { (t("notices-all")) }
        (parts::table(&t("notices-all"), &columns("notice-parts"), &all, &t("notices-empty")))
        (parts::pagination(p, None, next))
    }
}
