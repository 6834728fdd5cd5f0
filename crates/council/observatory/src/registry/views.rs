use maud::{Markup, html};
use web::parts::{self, Choice, Column, Dir, Field, Kind};
use web::{Form, FormErrors, Page};

use super::{Band, City, CityKey};
use crate::WORDS;
use crate::signing::short;

pub(super) fn index(p: &Page, cities: &[City], errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("column-city")),
        Column::text(t("sheet-code")),
        Column::text(t("city-key")),
        Column::text(t("connected-on")),
        Column::text(t("city-listed")),
    ];
    let rows: Vec<Vec<Markup>> = cities
        .iter()
        .map(|city| {
            vec![
                html! { a href={ "/observatory/registry/cities/" (city.code) } { bdi { (city.name(p.lang)) } } },
                html! { code dir="ltr" { (city.code) } },
                html! {
                    @match &city.public_key {
                        Some(key) => code dir="ltr" { (short(key)) },
                        None => (t("key-none")),
                    }
                },
                html! {
                    @match city.connected_on {
                        Some(day) => (p.date(day)),
                        None => (t("not-connected")),
                    }
                },
                html! { (t(if city.is_listed { "city-listed-yes" } else { "city-listed-no" })) },
            ]
        })
        .collect();
    html! {
        (parts::back_link("/observatory", &t("observatory-title")))
        h1 { (t("registry-title")) }
        p { (t("registry-lead")) }
        @if cities.iter().any(|city| city.is_sample) { p { (t("registry-sample")) } }
        (parts::error_summary(p, errors))
        p {
            (parts::button_link("/observatory/registry/new", &t("city-new"))) " "
            (parts::secondary_link("/observatory/take", &t("take-title"))) " "
            (parts::secondary_link("/api/v1/observatory/list", &t("open-data-list")))
        }
        (parts::table(&t("registry-title"), &columns, &rows, &t("cities-empty")))
        h2 { (t("list-title")) }
        p { (t("list-lead")) }
        (parts::upload_form(p, "/observatory/registry/list", html! {
            (parts::file_field(p, Field {
                name: "file", label: t("list-file"), error: errors.get("file"),
                hint: Some(t("list-hint")), required: true, ..Field::default()
            }, ".json,application/json"))
            (parts::secondary_button(&t("list-take")))
        }))
    }
}

pub(super) fn new(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/observatory/registry", &t("registry-title")))
        h1 { (t("city-new")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/observatory/registry", html! {
            (parts::field(p, Field {
                name: "code", label: t("sheet-code"), value: form.raw("code"), error: errors.get("code"),
                hint: Some(t("city-code-hint")), kind: Kind::Code, required: true, max: Some(40), ..Field::default()
            }))
            (fields(p, form, errors))
        }))
    }
}

pub(super) fn edit(
    p: &Page,
    city: &City,
    keys: &[CityKey],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let here = format!("/observatory/registry/cities/{}", city.code);
    html! {
        (parts::back_link("/observatory/registry", &t("registry-title")))
        h1 { (city.name(p.lang)) }
        (parts::error_summary(p, errors))
        (parts::form(p, &here, fields(p, form, errors)))
        h2 { (t("key-title")) }
        p { (t("key-lead")) }
        (keys_table(p, keys))
        (parts::form(p, &format!("{here}/key"), html! {
            (parts::field(p, Field {
                name: "public_key", label: t("key-new"), value: form.raw("public_key"), error: errors.get("public_key"),
                hint: Some(t("key-hint")), kind: Kind::Code, required: true, max: Some(80), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "reason", label: t("key-reason"), value: form.raw("reason"), error: errors.get("reason"),
                hint: Some(t("key-reason-hint")), required: true, max: Some(300), ..Field::default()
            }))
            (parts::primary_button(&t("key-keep")))
        }))
    }
}

fn fields(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let name = |name: &'static str| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("city-{}", name.replace('_', "-"))),
                value: form.raw(name),
                error: errors.get(name),
                required: true,
                max: Some(80),
                ..Field::default()
            },
        )
    };
    let bands = Band::ALL.iter().map(|band| {
        let key = format!("band-{}", band.as_str().replace('_', "-"));
        (band.to_string(), t(&key))
    });
    // words: city-name-*
    html! {
        (name("name_fa"))
        (name("name_en"))
        (parts::select(p, Choice {
            name: "band", label: t("city-band"), options: bands.collect(), value: form.raw("band"),
            error: errors.get("band"), ..Choice::default()
        }))
        (parts::field(p, Field {
            name: "address", label: t("city-address"), value: form.raw("address"), error: errors.get("address"),
            hint: Some(t("city-address-hint")), dir: Some(Dir::Ltr), max: Some(200), ..Field::default()
        }))
        (parts::tick(p, "is_listed", &t("city-listed-tick"), !form.raw("is_listed").is_empty(), None))
        (parts::primary_button(&t("city-save")))
    }
}

// words: key-way-*
fn keys_table(p: &Page, keys: &[CityKey]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("city-key")),
        Column::text(t("key-since")),
        Column::text(t("key-way")),
        Column::text(t("key-reason")),
    ];
    let rows: Vec<Vec<Markup>> = keys
        .iter()
        .map(|key| {
            vec![
                html! { code dir="ltr" title=(key.public_key) { (short(&key.public_key)) } },
                p.date(key.set_at.date()),
                html! { (t(&format!("key-way-{}", key.way))) },
                html! { @if key.reason.is_empty() { "—" } @else { bdi { (key.reason) } } },
            ]
        })
        .collect();
    parts::table(&t("key-title"), &columns, &rows, &t("key-none"))
}
