use contacts::Contact;
use makers::WorkMode;
use maud::{Markup, html};
use organizations::Organization;
use web::parts::{self, Choice, Column, DateField, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Acceptance, Agreement, Payer};
use crate::WORDS;

// words: agreement-* payer-*

/// What stands beside an agreement.
pub(super) struct Shown {
    pub maker: Contact,
    /// Her name as the viewer may know it.
    pub maker_name: String,
    pub operator: Organization,
    pub versions: Vec<Agreement>,
}

fn state(p: &Page, agreement: &Agreement) -> Markup {
    let today = p.now.date();
    let (tone, key) = match agreement {
        it if it.holds_on(today) => (Tone::Good, "agreement-in-force"),
        it if it.starts_on > today && it.last_day() >= it.starts_on => {
            (Tone::Active, "agreement-ahead")
        }
        it if it.end_reason.as_deref() == Some("superseded") => {
            (Tone::Plain, "agreement-superseded")
        }
        _ => (Tone::Plain, "agreement-over"),
    };
    parts::badge(tone, &p.t(&WORDS, key))
}

/// A rate in basis points as people say it: «۱۵ درصد».
pub(crate) fn percent(p: &Page, basis_points: i64) -> String {
    let whole = basis_points / 100;
    match basis_points % 100 {
        0 => p.tr(
            &WORDS,
            "agreement-percent",
            &[("percent", p.number(whole).into())],
        ),
        part => {
            let text = format!("{whole}.{part:02}");
            let text = if p.lang == persian::Lang::Fa {
                persian::persian_digits(&text.replace('.', "٫"))
            } else {
                text
            };
            p.tr(&WORDS, "agreement-percent", &[("percent", text.into())])
        }
    }
}

pub(super) fn list(
    p: &Page,
    rows: &[(Agreement, String)],
    next: Option<&str>,
    may_sign: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("agreement-maker")),
        Column::figures(t("agreement-commission")),
        Column::text(t("agreement-starts-on")),
        Column::text(t("agreement-ends-on")),
        Column::text(t("agreement-state")),
    ];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(agreement, maker)| {
            vec![
                html! { a href={ "/agreements/" (agreement.id) } { bdi { (maker) } } },
                html! { (percent(p, agreement.commission_bp)) },
                p.date(agreement.starts_on),
                p.date(agreement.last_day()),
                state(p, agreement),
            ]
        })
        .collect();
    html! {
        h1 { (t("agreements-title")) }
        @if may_sign { p { (parts::button_link("/agreements/new", &t("agreement-new-title"))) } }
        (parts::table(&t("agreements-title"), &columns, &cells, &t("agreements-empty")))
        (parts::pagination(p, None, next))
    }
}

pub(super) fn show(
    p: &Page,
    agreement: &Agreement,
    shown: &Shown,
    may_sign: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let is_open = agreement.end_reason.is_none() && agreement.ends_on >= p.now.date();
    let rows: Vec<Vec<Markup>> = shown
        .versions
        .iter()
        .map(|version| {
            vec![
                html! { a href={ "/agreements/" (version.id) } { (p.number(version.number)) } },
                html! { (percent(p, version.commission_bp)) },
                p.date(version.starts_on),
                p.date(version.last_day()),
                state(p, version),
            ]
        })
        .collect();
    let columns = [
        Column::text(t("agreement-number")),
        Column::figures(t("agreement-commission")),
        Column::text(t("agreement-starts-on")),
        Column::text(t("agreement-ends-on")),
        Column::text(t("agreement-state")),
    ];
    html! {
        (parts::back_link("/agreements", &t("agreements-title")))
        h1 { (t("agreement-title")) " " bdi { (shown.maker_name) } " " (state(p, agreement)) }
        (parts::error_summary(p, errors))
        (parts::facts(&[
            (t("agreement-operator"), html! { bdi { (shown.operator.name(p.lang)) } }),
            (t("agreement-maker"), html! { a href={ "/makers/" (shown.maker.handle) "/file" } { bdi { (shown.maker_name) } } }),
            (t("agreement-work-mode"), html! { (t(&format!("agreement-mode-{}", agreement.work_mode.as_str()))) }),
            (t("agreement-commission"), html! { (percent(p, agreement.commission_bp)) }),
            (t("agreement-loss-payer"), html! { (t(&format!("payer-{}", agreement.loss_payer.as_str().replace('_', "-")))) }),
            (t("agreement-starts-on"), p.date(agreement.starts_on)),
            (t("agreement-ends-on"), p.date(agreement.last_day())),
            (t("agreement-accepted-by"), html! { (t(&format!("agreement-by-{}", agreement.accepted_by.as_str().replace('_', "-")))) }),
            (t("agreement-accepted-on"), p.date(agreement.accepted_on)),
        ]))
        @if may_sign && is_open {
            p {
                (parts::button_link(&format!("/goods-receipts/new?maker={}", shown.maker.handle), &t("agreement-receive")))
                " " (parts::secondary_link(&format!("/agreements/{}/version", agreement.id), &t("agreement-version-title")))
            }
            (parts::form(p, &format!("/agreements/{}/end", agreement.id), html! {
                (date(p, "last_on", t("agreement-last-on"), form, errors))
                (parts::buttons(parts::danger_button(&t("agreement-end"))))
            }))
        }
        h2 { (t("agreement-versions")) }
        (parts::table(&t("agreement-versions"), &columns, &rows, &t("agreements-empty")))
    }
}

fn date(p: &Page, name: &'static str, label: String, form: &Form, errors: &FormErrors) -> Markup {
    let part = |part: &str| form.raw(&format!("{name}.{part}"));
    let (day, month, year) = (part("day"), part("month"), part("year"));
    parts::date_field(
        p,
        DateField {
            name,
            label,
            day,
            month,
            year,
            error: errors.get(name),
            required: true,
            hint: None,
        },
    )
}

/// The form of a new agreement, or of the next version of one.
pub(super) fn form(
    p: &Page,
    previous: Option<&Agreement>,
    bodies: &[Organization],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let choice = |name: &'static str, options: Vec<(String, String)>| {
        parts::radios(
            p,
            Choice {
                name,
                label: t(&format!("agreement-{}", name.replace('_', "-"))),
                value: form.raw(name),
                error: errors.get(name),
                options,
                required: true,
                ..Choice::default()
            },
        )
    };
    let named = |prefix: &str, word: &str| {
        (
            word.to_owned(),
            t(&format!("{prefix}-{}", word.replace('_', "-"))),
        )
    };
    let (action, title) = match previous {
        Some(previous) => (
            format!("/agreements/{}/version", previous.id),
            t("agreement-version-title"),
        ),
        None => ("/agreements".to_owned(), t("agreement-new-title")),
    };
    html! {
        (parts::back_link("/agreements", &t("agreements-title")))
        h1 { (title) }
        (parts::error_summary(p, errors))
        @if previous.is_some() { p { (t("agreement-version-lead")) } }
        (parts::form(p, &action, html! {
            @if previous.is_none() {
                (parts::field(p, Field {
                    name: "maker", label: t("agreement-maker-code"), value: form.raw("maker"), error: errors.get("maker"),
                    kind: Kind::Code, required: true, ..Field::default()
                }))
                (choice("organization_id", bodies.iter().map(|body| (body.id.to_string(), body.name(p.lang).to_owned())).collect()))
            }
            (choice("work_mode", WorkMode::ALL.iter().map(|mode| named("agreement-mode", mode.as_str())).collect()))
            (parts::field(p, Field {
                name: "commission", label: t("agreement-commission-percent"), value: form.raw("commission"),
                error: errors.get("commission"), hint: Some(t("agreement-commission-hint")), kind: Kind::Code,
                required: true, ..Field::default()
            }))
            (choice("loss_payer", Payer::ALL.iter().map(|payer| named("payer", payer.as_str())).collect()))
            (date(p, "starts_on", t("agreement-starts-on"), form, errors))
            (date(p, "ends_on", t("agreement-ends-on"), form, errors))
            (choice("accepted_by", Acceptance::ALL.iter().map(|by| named("agreement-by", by.as_str())).collect()))
            (parts::buttons(parts::primary_button(&t("agreement-sign"))))
        }))
    }
}
