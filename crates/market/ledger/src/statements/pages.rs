//! Statements as pages: the list, one with its lines, its paper.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use contacts::{Contact, ContactId};
use documents::papers::{Fact, Letterhead, Printed as _, Statement as Paper, StatementLine};
use maud::{Markup, html};
use money::Rial;
use persian::Jalali;
use serde::Deserialize;
use uuid::Uuid;
use web::parts::{self, Column, Field, Kind, Tone};
use web::{Failure, Form, FormErrors, Outcome, Page};

use super::{Filter, SealStatements, Standing, Statement, StatementId, queries};
use crate::payouts::PayoutId;
use crate::sales::{AccrualRow, accruals_of_statement};
use crate::{MONEY_READ, STATEMENT_SEAL, WORDS};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&MONEY_READ);
    Routes::new()
        .get("/statements", need, list)
        .post("/statements", Need::May(&STATEMENT_SEAL), seal)
        .get("/statements/{id}", need, show)
        .get("/statements/{id}/paper", need, paper)
        .get("/me/statements/{id}", Need::Person, own)
        .get("/me/statements/{id}/paper", Need::Person, own_paper)
}

#[derive(Deserialize, Default)]
struct Asked {
    before: Option<Uuid>,
    contact: Option<ContactId>,
    #[serde(default)]
    unpaid: bool,
}

const PAGE: i64 = 50;

async fn list(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    list_page(&ask, asked, &Form::default(), &FormErrors::default()).await
}

async fn list_page(ask: &Ask, asked: Asked, form: &Form, errors: &FormErrors) -> Outcome {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let filter = Filter {
        contact: asked.contact,
        is_unpaid: asked.unpaid,
        before: asked.before,
    };
    let mut found = queries::list(&mut conn, filter, PAGE + 1).await?;
    let has_more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let contact = asked
        .contact
        .map(|id| format!("&contact={id}"))
        .unwrap_or_default();
    let unpaid = if asked.unpaid { "&unpaid=true" } else { "" };
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/statements?before={}{contact}{unpaid}", last.id));
    let shown = found.iter().map(|one| one.contact_id.get()).collect();
    let rows: Vec<Vec<Markup>> = found.iter().map(|one| vec![
        html! { a dir="ltr" href={ "/statements/" (one.id) } { (number(p, &one.handle, one.number)) } },
        html! { bdi { (one.shown_name) } },
        html! { (p.date(one.from_on)) " – " (p.date(one.until_on)) },
        html! { (p.number(one.lines)) },
        p.money(one.net),
        match one.payout_id {
            Some(payout) => html! { a href={ "/payments/" (payout) } { (p.t(&WORDS, "open-payout")) } },
            None => parts::badge(Tone::Warning, &p.t(&WORDS, "not-in-payout")),
        },
    ]).collect();
    let columns = [
        Column::text(p.t(&WORDS, "number")),
        Column::text(p.t(&WORDS, "maker")),
        Column::text(p.t(&WORDS, "period")),
        Column::figures(p.t(&WORDS, "lines")),
        Column::figures(p.t(&WORDS, "net")),
        Column::text(p.t(&WORDS, "payout")),
    ];
    let title = p.t(&WORDS, "statements-title");
    let body = html! {
        h1 { (title) }
        (parts::error_summary(p, errors))
        (crate::pages::tabs(p, "statements"))
        @if STATEMENT_SEAL.is_held_by(&ask.viewer) { (seal_form(p, form, errors)) }
        p {
            @if asked.unpaid { a href="/statements" { (p.t(&WORDS, "show-all")) } }
            @else { a href="/statements?unpaid=true" { (p.t(&WORDS, "show-unpaid")) } }
        }
        (parts::table(&title, &columns, &rows, &p.t(&WORDS, "statements-empty")))
        (parts::pagination(p, asked.before.map(|_| "/statements"), next.as_deref()))
    };
    ask.seen("statement", None, shown).await?;
    if errors.is_empty() {
        ask.html(&title, body)
    } else {
        ask.again(&title, body)
    }
}

/// The last whole week by default: all that waits until the last Friday that has passed. A first
/// day or a maker narrows it.
fn seal_form(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let week_end = super::week::end_before(p.now.plus_days(-1).date());
    let typed = form.raw("until");
    let until = match typed.is_empty() {
        true => Jalali::from(week_end).to_string(),
        false => typed.to_owned(),
    };
    let day = |name: &'static str, value: &str, hint: Option<String>, required: bool| {
        parts::date_text_field(
            p,
            Field {
                name,
                label: p.t(&WORDS, &format!("seal-{name}")),
                value,
                error: errors.get(name),
                hint,
                required,
                ..Field::default()
            },
        )
    };
    html! {
        details open[!errors.is_empty()] {
            summary { (p.t(&WORDS, "seal-title")) }
            p { (p.t(&WORDS, "seal-lead")) }
            (parts::form(p, "/statements", html! {
                (day("from", form.raw("from"), Some(p.t(&WORDS, "seal-from-hint")), false))
                (day("until", &until, None, true))
                (parts::field(p, Field {
                    name: "maker",
                    label: p.t(&WORDS, "seal-maker"),
                    hint: Some(p.t(&WORDS, "seal-maker-hint")),
                    value: form.raw("maker"),
                    error: errors.get("maker"),
                    kind: Kind::Code,
                    ..Field::default()
                }))
                (parts::buttons(parts::primary_button(&p.t(&WORDS, "seal-go"))))
            }))
        }
    }
}

// words: seal-*
async fn seal(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let from = read.optional_date("from");
    let until = read.date("until");
    let maker = read.optional_text("maker", 20);
    let mut errors = std::mem::take(&mut read.errors);
    let contact = match maker.as_deref() {
        None | Some("") => None,
        Some(code) => {
            let maker = contacts::by_handle(&mut ask.read().await?, code).await?;
            if maker.is_none() {
                errors.push("maker", ask.page.t(&WORDS, "seal-maker-unknown"));
            }
            maker.map(|maker| maker.id)
        }
    };
    if let (true, Some(from), Some(until)) = (errors.is_empty(), from, until) {
        let command = SealStatements {
            run: form.key()?,
            from,
            until,
            contact,
        };
        let outcome = ask.post(&form, command).await;
        if let Some(sealed) = ask.refused(outcome, &mut errors)? {
            let args = [
                ("statements", sealed.statements.into()),
                ("lines", sealed.lines.into()),
            ];
            return ask.see_with("/statements", &ask.page.tr(&WORDS, "seal-done", &args));
        }
    }
    list_page(&ask, Asked::default(), &form, &errors).await
}

/// `M-48213/7`: the maker's code and her statement's number.
pub(crate) fn number(p: &Page, handle: &str, number: i64) -> Markup {
    html! { code dir="ltr" { (handle) "/" (p.number(number)) } }
}

async fn show(ask: Ask, Path(id): Path<StatementId>) -> Outcome {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let one = queries::get(&mut conn, id).await?;
    let maker = contacts::get(&mut conn, one.contact_id).await?;
    let lines = accruals_of_statement(&mut conn, id.get()).await?;
    let rows: Vec<Vec<Markup>> = lines.iter().map(|line| line_row(p, line)).collect();
    let columns = [
        Column::text(p.t(&WORDS, "day")),
        Column::text(p.t(&WORDS, "shop")),
        Column::text(p.t(&WORDS, "item")),
        Column::figures(p.t(&WORDS, "price")),
        Column::figures(p.t(&WORDS, "vat")),
        Column::figures(p.t(&WORDS, "commission")),
        Column::figures(p.t(&WORDS, "net")),
    ];
    let title = p.tr(
        &WORDS,
        "statement-title",
        &[
            ("number", one.number.into()),
            ("name", maker.shown_name.as_str().into()),
        ],
    );
    let is_whole = one.digest() == one.seal;
    let body = html! {
        (parts::back_link("/statements", &p.t(&WORDS, "statements-title")))
        h1 { (title) }
        @if !is_whole { (parts::notice(p, Tone::Bad, html! { p { (p.t(&WORDS, "seal-broken")) } })) }
        (parts::facts(&facts(p, &one, &maker)))
        p { a.button.secondary href={ "/statements/" (id) "/paper" } { (p.t(&WORDS, "print")) } }
        (parts::table(&p.t(&WORDS, "lines"), &columns, &rows, ""))
    };
    ask.seen("statement", Some(id.get()), vec![one.contact_id.get()])
        .await?;
    ask.html(&title, body)
}

fn facts(p: &Page, one: &Statement, maker: &Contact) -> Vec<(String, Markup)> {
    let account = crate::books::Account::payable(one.contact_id).id();
    let mut facts = vec![
        (
            p.t(&WORDS, "maker"),
            html! { a href={ "/makers/" (maker.handle) "/file" } { bdi { (maker.shown_name) } } },
        ),
        (
            p.t(&WORDS, "period"),
            html! { (p.date(one.from_on)) " – " (p.date(one.until_on)) },
        ),
        (p.t(&WORDS, "opening"), p.money(one.opening)),
        (p.t(&WORDS, "paid-by-buyers"), p.money(one.paid)),
        (p.t(&WORDS, "vat"), p.money(one.vat)),
        (p.t(&WORDS, "commission"), p.money(one.commission)),
        (p.t(&WORDS, "net"), p.money(one.net)),
        (
            p.t(&WORDS, "other"),
            html! { a href={ "/accounts/" (account) } { (p.money(one.other)) } },
        ),
        (p.t(&WORDS, "closing"), p.money(one.closing)),
        (p.t(&WORDS, "sealed-at"), p.moment(one.sealed_at)),
    ];
    if let Some(payout) = one.payout_id {
        let link = html! { a href={ "/payments/" (payout) } { (p.t(&WORDS, "open-payout")) } };
        facts.push((p.t(&WORDS, "payout"), link));
    }
    facts
}

fn line_row(p: &Page, line: &AccrualRow) -> Vec<Markup> {
    vec![
        html! { a href={ "/accruals/" (line.id) } { (p.date(line.sold_on)) } },
        html! { bdi { (crate::pages::place_name(p, line)) } },
        html! { bdi { (crate::pages::item_name(p, line)) } " × " (p.number(line.quantity)) (crate::pages::kind_note(p, line.kind)) },
        p.money(line.paid),
        p.money(line.vat),
        p.money(line.commission),
        p.money(line.net),
    ]
}

async fn paper(ask: Ask, Path(id): Path<StatementId>) -> Outcome {
    let one = queries::get(&mut ask.read().await?, id).await?;
    ask.seen("statement", Some(id.get()), vec![one.contact_id.get()])
        .await?;
    print(&ask, one).await
}

/// The maker's own statement; another's is not there.
async fn own_statement(ask: &Ask, id: StatementId) -> Outcome<Statement> {
    let one = queries::get(&mut ask.read().await?, id).await?;
    match ask.viewer.contact_id() == Some(one.contact_id.get()) {
        true => Ok(one),
        false => Err(Failure::NotFound),
    }
}

/// Large and plain: what was sold, what is hers, whether it was paid.
async fn own(ask: Ask, Path(id): Path<StatementId>) -> Outcome {
    let one = own_statement(&ask, id).await?;
    let mut conn = ask.read().await?;
    let lines = accruals_of_statement(&mut conn, id.get()).await?;
    let payout = match one.payout_id {
        Some(payout) => Some(crate::payouts::payout(&mut conn, PayoutId::new(payout)).await?),
        None => None,
    };
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let args = [
        ("number", one.number.into()),
        ("day", p.date_text(one.until_on).into()),
    ];
    let title = p.tr(&WORDS, "my-statement", &args);
    let (tone, key) = match Standing::of(payout.as_ref().map(|payout| payout.state)) {
        Standing::Paid => (Tone::Good, "item-paid"),
        Standing::OnItsWay => (Tone::Active, "item-on-its-way"),
        Standing::Prepared | Standing::Sealed => (Tone::Plain, "item-to-be-paid"),
    };
    let mut facts = vec![
        (t("paid-by-buyers"), p.money(one.paid)),
        (t("commission"), p.money(one.commission)),
    ];
    if !one.vat.is_zero() {
        facts.push((t("vat"), p.money(one.vat)));
    }
    facts.push((t("net"), p.money(one.net)));
    if let Some(day) = payout.and_then(|payout| payout.settled_on) {
        facts.push((t("settled-on"), p.date(day)));
    }
    let body = html! {
        h1 { (title) }
        (parts::stats(parts::stat(&t("my-share"), p.money(one.net),
            Some(&one.net.in_words(p.lang)), None)))
        p { (parts::badge(tone, &t(key))) }
        (parts::facts(&facts))
        h2 { (t("my-sales")) }
        ul {
            @for line in &lines {
                li {
                    bdi { (crate::pages::item_name(p, line)) } " × " (p.number(line.quantity)) (crate::pages::kind_note(p, line.kind)) " · " (p.money(line.net))
                    " · " (p.date(line.sold_on)) " · " bdi { (crate::pages::place_name(p, line)) }
                }
            }
        }
        p { a.button.secondary href={ "/me/statements/" (id) "/paper" } { (t("print")) } }
    };
    ask.html(&title, body)
}

async fn own_paper(ask: Ask, Path(id): Path<StatementId>) -> Outcome {
    let one = own_statement(&ask, id).await?;
    print(&ask, one).await
}

async fn print(ask: &Ask, one: Statement) -> Outcome {
    let mut conn = ask.read().await?;
    let maker = contacts::get(&mut conn, one.contact_id).await?;
    let lines = accruals_of_statement(&mut conn, one.id.get()).await?;
    let name = format!("{}-{}", maker.handle, one.number);
    ask.paper(words(&ask.page, &one, &maker, &lines).paper(ask.lang(), name))
        .await
}

/// The words of the printed statement.
pub fn words(p: &Page, one: &Statement, maker: &Contact, lines: &[AccrualRow]) -> Paper {
    let toman = |amount: Rial| amount.toman_text(p.lang);
    let line = |line: &AccrualRow| StatementLine {
        date: p.date_text(line.sold_on),
        shop: crate::pages::place_name(p, line).to_owned(),
        item: format!(
            "{} × {}{}",
            crate::pages::item_name(p, line),
            p.number(line.quantity),
            crate::pages::kind_note(p, line.kind)
        ),
        price: toman(line.paid),
        commission: toman(line.commission),
        net: toman(line.net),
    };
    let mut entries = Vec::new();
    for (key, amount) in [("vat", one.vat), ("other", one.other)] {
        if !amount.is_zero() {
            entries.push(Fact::new(p.t(&WORDS, key), toman(amount)));
        }
    }
    Paper {
        letterhead: Letterhead {
            organization: p.city.clone(),
            programme: p.t(&WORDS, "programme"),
            contact: String::new(),
        },
        number: format!("{}/{}", maker.handle, p.number(one.number)),
        date: p.date_text(one.sealed_at.date()),
        facts: vec![
            Fact::new(p.t(&WORDS, "maker"), maker.shown_name.clone()),
            Fact::new(
                p.t(&WORDS, "period"),
                format!(
                    "{} – {}",
                    p.date_text(one.from_on),
                    p.date_text(one.until_on)
                ),
            ),
        ],
        unit: p.t(&web::WORDS, "toman"),
        opening: toman(one.opening),
        lines: lines.iter().map(line).collect(),
        total_price: toman(one.paid),
        total_commission: toman(one.commission),
        total_net: toman(one.net),
        entries,
        closing: toman(one.closing),
        closing_words: one.closing.in_words(p.lang),
        seal: data_encoding::HEXLOWER.encode(one.seal.get(..8).unwrap_or_default()),
        qr: None,
        qr_note: String::new(),
    }
}
