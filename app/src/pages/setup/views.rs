use maud::{Markup, html};
use web::parts::{self, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::Task;
use crate::pages::WORDS;

// words: setup-* reason-setup-*

pub(super) fn first(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, kind: Kind, hint: bool| {
        let key = name.replace('_', "-");
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("setup-{key}")),
                value: form.raw(name),
                error: errors.get(name),
                hint: hint.then(|| t(&format!("setup-{key}-hint"))),
                kind,
                required: true,
                ..Field::default()
            },
        )
    };
    html! {
        (parts::error_summary(p, errors))
        h1 { (t("setup-title")) }
        p { (t("setup-lead")) }
        (parts::form(p, "/setup", html! {
            (field("code", Kind::Code, true))
            (field("city_fa", Kind::Text, false))
            (field("city_en", Kind::Code, false))
            (field("shown_name", Kind::Text, false))
            (field("username", Kind::Code, false))
            (field("password", Kind::Password, true))
            (parts::buttons(parts::primary_button(&t("setup-create"))))
        }))
    }
}

pub(super) fn created(p: &Page, secret: &str) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("setup-created")) }
        p { (t("setup-secret")) }
        p { (parts::copyable(p, secret)) }
        p { (parts::button_link("/sign-in", &t("setup-sign-in"))) }
    }
}

pub(super) fn checklist(p: &Page, tasks: &[Task]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let done = tasks.iter().filter(|task| task.count > 0).count();
    html! {
        h1 { (t("setup-title")) }
        p {
            (p.tr(&WORDS, "setup-progress", &[
                ("done", (done as i64).into()), ("all", (tasks.len() as i64).into())]))
        }
        ol.stack {
            @for task in tasks {
                li {
                    a href=(task.href) { (t(&format!("setup-task-{}", task.key))) } " "
                    @if task.count > 0 {
                        (parts::badge(Tone::Good, &p.number(task.count)))
                    } @else {
                        (parts::badge(Tone::Warning, &t("setup-missing")))
                    }
                    br;
                    small { (t(&format!("setup-why-{}", task.key))) }
                }
            }
        }
    }
}
