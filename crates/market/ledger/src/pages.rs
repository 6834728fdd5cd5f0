//! What the pages of money share, and the books themselves: accounts, entries, one line's way.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use persian::Lang;
use serde::Deserialize;
use uuid::Uuid;
use web::parts::{self, Column, Tab};
use web::{Outcome, Page};

use crate::books::{self, AccountKind, EntryKind, TransferRow, queries};
use crate::sales::{self, AccrualKind, AccrualRow};
use crate::{MONEY_READ, WORDS};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&MONEY_READ);
    Routes::new()
        .get("/accounts", need, kinds)
        .get("/accounts/kinds/{kind}", need, accounts)
        .get("/accounts/{id}", need, account)
        .get("/entries/{id}", need, entry)
        .get("/accruals/{id}", need, accrual)
}

/// A code inside a sentence or heading: in the page's digits. Where it is copied or typed at a
/// bank it stands in a `code` of its own.
pub(crate) fn in_digits(p: &Page, code: &str) -> String {
    match p.lang {
        Lang::Fa => persian::persian_digits(code),
        Lang::En => code.to_owned(),
    }
}

/// The three places of money.
pub(crate) fn tabs(p: &Page, current: &str) -> Markup {
    let tab = |name: &str| Tab {
        label: p.t(&WORDS, &format!("tab-{name}")),
        href: format!("/{name}"),
        current: name == current,
        count: None,
    };
    // words: tab-*
    parts::tabs(
        p,
        &p.t(&WORDS, "money-title"),
        &[tab("statements"), tab("payouts"), tab("accounts")],
    )
}

pub(crate) fn item_name<'a>(p: &Page, line: &'a AccrualRow) -> &'a str {
    match p.lang {
        Lang::En if !line.item_en.is_empty() => &line.item_en,
        _ => &line.item_fa,
    }
}

/// What tells a line that is no sale from the others.
pub(crate) fn kind_note(p: &Page, kind: AccrualKind) -> String {
    match kind {
        AccrualKind::Compensation => format!(" ({})", p.t(&WORDS, "compensation")),
        AccrualKind::Sale | AccrualKind::Return => String::new(),
    }
}

pub(crate) fn place_name<'a>(p: &Page, line: &'a AccrualRow) -> &'a str {
    match p.lang {
        Lang::Fa => &line.place_fa,
        Lang::En => &line.place_en,
    }
}

// words: account-* entry-*
fn kind_name(p: &Page, kind: AccountKind) -> String {
    p.t(
        &WORDS,
        &format!("account-{}", kind.as_str().replace('_', "-")),
    )
}

fn entry_name(p: &Page, kind: EntryKind) -> String {
    p.t(
        &WORDS,
        &format!("entry-{}", kind.as_str().replace('_', "-")),
    )
}

async fn kinds(ask: Ask) -> Outcome {
    let p = &ask.page;
    let sums = queries::sums(&mut ask.read().await?).await?;
    let rows: Vec<Vec<Markup>> = sums
        .iter()
        .map(|(kind, debits, credits)| {
            vec![
                html! { a href={ "/accounts/kinds/" (kind) } { (kind_name(p, *kind)) } },
                p.money(*debits),
                p.money(*credits),
                p.money(money::Rial::new(credits.get() - debits.get())),
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "account")),
        Column::figures(p.t(&WORDS, "debits")),
        Column::figures(p.t(&WORDS, "credits")),
        Column::figures(p.t(&WORDS, "balance")),
    ];
    let title = p.t(&WORDS, "accounts-title");
    ask.html(
        &title,
        html! {
            h1 { (title) }
            (tabs(p, "accounts"))
            p { (p.t(&WORDS, "accounts-lead")) }
            (parts::table(&title, &columns, &rows, &p.t(&WORDS, "accounts-empty")))
        },
    )
}

#[derive(Deserialize)]
struct Cursor {
    after: Option<Uuid>,
    before: Option<Uuid>,
}

const PAGE: i64 = 50;

async fn accounts(
    ask: Ask,
    Path(kind): Path<AccountKind>,
    Query(cursor): Query<Cursor>,
) -> Outcome {
    let p = &ask.page;
    let after = cursor.after.unwrap_or(Uuid::nil());
    let mut found = queries::accounts(&mut ask.read().await?, kind, after, PAGE + 1).await?;
    let has_more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/accounts/kinds/{kind}?after={}", last.id));
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/accounts/" (one.id) } { (account_name(p, one)) } },
                p.money(one.debits),
                p.money(one.credits),
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "account")),
        Column::figures(p.t(&WORDS, "debits")),
        Column::figures(p.t(&WORDS, "credits")),
    ];
    let title = kind_name(p, kind);
    ask.html(
        &title,
        html! {
            (parts::back_link("/accounts", &p.t(&WORDS, "accounts-title")))
            h1 { (title) }
            (parts::table(&title, &columns, &rows, &p.t(&WORDS, "accounts-empty")))
            (parts::pagination(p, cursor.after.map(|_| "/accounts"), next.as_deref()))
        },
    )
}

/// What tells one account of a kind from the others: maker, shop, day, device.
fn account_name(p: &Page, one: &queries::AccountRow) -> Markup {
    let place = match p.lang {
        Lang::Fa => &one.place_fa,
        Lang::En => &one.place_en,
    };
    html! {
        (kind_name(p, one.kind))
        @if let Some(handle) = &one.handle { " " bdi { (in_digits(p, handle)) } }
        @if let Some(place) = place { " · " bdi { (place) } }
        @if let Some(day) = one.on_day { " · " (p.date(day)) }
        @if !one.device.is_empty() { " · " bdi { (in_digits(p, &one.device)) } }
    }
}

async fn account(ask: Ask, Path(id): Path<Uuid>, Query(cursor): Query<Cursor>) -> Outcome {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let one = queries::account(&mut conn, id).await?;
    let before = cursor.before.unwrap_or(Uuid::max());
    let mut found = queries::transfers_on(&mut conn, id, before, PAGE + 1).await?;
    let has_more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/accounts/{id}?before={}", last.id));
    let rows: Vec<Vec<Markup>> = found.iter().map(|one| transfer_row(p, one)).collect();
    let title = kind_name(p, one.kind);
    let name = account_name(p, &one);
    ask.html(&title, html! {
        (parts::back_link(&format!("/accounts/kinds/{}", one.kind), &title))
        h1 { (name) }
        (parts::facts(&[
            (p.t(&WORDS, "debits"), p.money(one.debits)),
            (p.t(&WORDS, "credits"), p.money(one.credits)),
        ]))
        (parts::table(&p.t(&WORDS, "transfers"), &transfer_columns(p), &rows, &p.t(&WORDS, "transfers-empty")))
        (parts::pagination(p, None, next.as_deref()))
    })
}

fn transfer_columns(p: &Page) -> [Column; 4] {
    [
        Column::text(p.t(&WORDS, "entry")),
        Column::text(p.t(&WORDS, "debit")),
        Column::text(p.t(&WORDS, "credit")),
        Column::figures(p.t(&WORDS, "amount")),
    ]
}

fn transfer_row(p: &Page, one: &TransferRow) -> Vec<Markup> {
    vec![
        html! { a href={ "/entries/" (one.entry_id) } { (entry_name(p, one.entry_kind)) } " · " (p.date(one.effective_on)) },
        html! { a href={ "/accounts/" (one.debit_id) } { (kind_name(p, one.debit_kind)) } },
        html! { a href={ "/accounts/" (one.credit_id) } { (kind_name(p, one.credit_kind)) } },
        p.money(one.amount),
    ]
}

async fn entry(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let one = books::entry(&mut conn, id).await?;
    let transfers = books::transfers_of(&mut conn, id).await?;
    let lines = sales::queries::accruals_of_entry(&mut conn, id).await?;
    let source = match one.kind {
        EntryKind::Sale => format!("/sales/{}", one.source_id),
        EntryKind::SaleReturn => match lines.first() {
            Some(line) => format!("/sales/{}", line.sale_id),
            None => "/sales".to_owned(),
        },
        EntryKind::LossBorne => match lines.first() {
            Some(line) => format!("/lots/{}", line.lot_code),
            None => "/accounts".to_owned(),
        },
        EntryKind::Adjustment => "/accounts".to_owned(),
        _ => format!("/payments/{}", one.source_id),
    };
    let title = entry_name(p, one.kind);
    let rows: Vec<Vec<Markup>> = transfers.iter().map(|one| transfer_row(p, one)).collect();
    ask.html(&title, html! {
        (parts::back_link("/accounts", &p.t(&WORDS, "accounts-title")))
        h1 { (title) }
        (parts::facts(&[
            (p.t(&WORDS, "source"), html! { a href=(source) { (p.t(&WORDS, "source-open")) } }),
            (p.t(&WORDS, "effective-on"), p.date(one.effective_on)),
            (p.t(&WORDS, "recorded-at"), p.moment(one.recorded_at)),
            (p.t(&WORDS, "memo"), html! { bdi { (one.memo) } }),
        ]))
        (parts::table(&p.t(&WORDS, "transfers"), &transfer_columns(p), &rows, ""))
        @if !lines.is_empty() {
            h2 { (p.t(&WORDS, "lines")) }
            ul {
                @for line in &lines {
                    li { a href={ "/accruals/" (line.id) } { bdi { (item_name(p, line)) } " × " (p.number(line.quantity)) } " " (p.money(line.net)) }
                }
            }
        }
    })
}

/// One line's whole way: sale, lot, agreement, maker, statement.
async fn accrual(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let one = sales::accrual(&mut conn, id).await?;
    let maker = contacts::get(&mut conn, one.contact_id).await?;
    let title = item_name(p, &one).to_owned();
    let rate = html! { (p.tr(&WORDS, "basis-points", &[("points", one.commission_bp.into())])) };
    let body = html! {
        h1 { bdi { (title) } }
        (parts::facts(&[
            (p.t(&WORDS, "sale"), html! {
                @match one.kind {
                    // Nothing was sold: its document is the removal or the return.
                    AccrualKind::Compensation => { (p.t(&WORDS, "compensation")) " · " (p.date(one.sold_on)) " · " bdi { (place_name(p, &one)) } }
                    _ => a href={ "/sales/" (one.sale_id) } { (p.date(one.sold_on)) " · " bdi { (place_name(p, &one)) } },
                }
            }),
            (p.t(&WORDS, "lot"), html! { a dir="ltr" href={ "/lots/" (one.lot_code) } { code dir="ltr" { (one.lot_code) } } }),
            (p.t(&WORDS, "agreement"), html! { a href={ "/agreements/" (one.agreement_id) } { (p.t(&WORDS, "agreement-open")) } }),
            (p.t(&WORDS, "maker"), html! { a href={ "/makers/" (maker.handle) "/file" } { bdi { (maker.shown_name) } } }),
            (p.t(&WORDS, "pieces"), html! { (p.number(one.quantity)) }),
            (p.t(&WORDS, "price"), p.money(one.paid)),
            (p.t(&WORDS, "vat"), p.money(one.vat)),
            (p.t(&WORDS, "commission"), html! { (p.money(one.commission)) " · " (rate) }),
            (p.t(&WORDS, "net"), p.money(one.net)),
            (p.t(&WORDS, "entry"), html! { a href={ "/entries/" (one.entry_id) } { (p.t(&WORDS, "entry-open")) } }),
            (p.t(&WORDS, "statement"), match one.statement_id {
                Some(statement) => html! { a href={ "/statements/" (statement) } { (p.t(&WORDS, "statement-open")) } },
                None => html! { (p.t(&WORDS, "not-in-statement")) },
            }),
        ]))
    };
    ask.seen("accrual", Some(id), vec![one.contact_id.get()])
        .await?;
    ask.html(&title, body)
}
