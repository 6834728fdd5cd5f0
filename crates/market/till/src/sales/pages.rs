//! Sales as pages: the list, one sale with its way to the maker's share, and what comes back.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use web::parts::{self, Choice, Column, Field, Tone};
use web::{Failure, Form, FormErrors, Outcome, Page};

use super::api::{may_sell_for, seen_bodies};
use super::{Sale, SaleId, SaleLine, SaleState, differences, queries};
use crate::receipts::{in_digits, seen_sale};
use crate::registers::{self, Register, RegisterId};
use crate::returns::{BroughtBack, GoodsState, RecordReturn, ReturnId};
use crate::{SALE_EXPLAIN, SALE_READ, SALE_REFUND, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sales", Need::May(&SALE_READ), list)
        .get("/sales/{id}", Need::May(&SALE_READ), show)
        .post("/sales/{id}/returns", Need::May(&SALE_REFUND), give_back)
}

#[derive(Deserialize)]
struct Asked {
    before: Option<Uuid>,
    #[serde(default)]
    q: String,
}

const PAGE: i64 = 50;

async fn list(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let bodies = seen_bodies(&ask, &SALE_READ);
    let number = persian::latin_digits(asked.q.trim()).to_uppercase();
    if let Some(sale) = queries::by_number(&mut conn, &number).await?
        && bodies
            .as_ref()
            .is_none_or(|bodies| bodies.contains(&sale.organization_id))
    {
        return ask.see(format!("/sales/{}", sale.id));
    }
    let mut sales =
        queries::list(&mut conn, bodies.as_deref(), asked.before, None, PAGE + 1).await?;
    let has_more = sales.len() as i64 > PAGE;
    sales.truncate(PAGE as usize);
    let next = sales
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/sales?before={}", last.id));
    let rows: Vec<Vec<Markup>> = sales
        .iter()
        .map(|sale| {
            vec![
                html! { a dir="ltr" href={ "/sales/" (sale.id) } { code dir="ltr" { (sale.number) } } },
                html! { bdi { (sale.place(p.lang)) } },
                p.moment(sale.sold_at),
                p.money(sale.total),
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "sale-number")),
        Column::text(p.t(&WORDS, "shop")),
        Column::text(p.t(&WORDS, "sold-at")),
        Column::figures(p.t(&WORDS, "total")),
    ];
    let title = p.t(&WORDS, "sales-title");
    let first = asked.before.map(|_| "/sales");
    let body = html! {
        h1 { (title) }
        (parts::search_form(p, "/sales", &p.t(&WORDS, "find-receipt"), &asked.q, html! {}))
        @if !asked.q.is_empty() { p { (p.t(&WORDS, "receipt-not-found")) } }
        p { a href="/sales/discrepancies" { (p.t(&WORDS, "differences-title")) } }
        (parts::table(&title, &columns, &rows, &p.t(&WORDS, "sales-empty")))
        (parts::pagination(p, first, next.as_deref()))
    };
    ask.html(&title, body)
}

async fn show(ask: Ask, Path(id): Path<SaleId>) -> Outcome {
    sale_page(&ask, id, &Form::default(), &FormErrors::default()).await
}

pub(super) async fn sale_page(ask: &Ask, id: SaleId, form: &Form, errors: &FormErrors) -> Outcome {
    let (sale, lines) = seen_sale(ask, id).await?;
    let mut conn = ask.read().await?;
    let accruals = ledger::sales::accruals_of_sale(&mut conn, id.get()).await?;
    let may_return = SALE_REFUND.is_held_by(&ask.viewer) && may_sell_for(ask, sale.organization_id);
    let tills = match may_return {
        true => registers::list_of_places(&mut conn, &[sale.organization_id]).await?,
        false => Vec::new(),
    };
    let tills: Vec<Register> = tills
        .into_iter()
        .filter(|till| till.place_id == sale.place_id)
        .collect();
    let found = differences::of_sale(&mut conn, id).await?;
    let may_explain = ask
        .viewer
        .bodies_as(SALE_EXPLAIN.roles)
        .contains(&sale.organization_id);
    let p = &ask.page;
    let title = p.tr(
        &WORDS,
        "sale-title",
        &[("number", in_digits(p, &sale.number).into())],
    );
    let opens_money = ledger::MONEY_READ.is_held_by(&ask.viewer);
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|line| {
            let accrual = accruals
                .iter()
                .find(|accrual| accrual.line_id == line.id.get());
            vec![
                html! { bdi { (line.item(p.lang)) } " " small { bdi { (line.maker) } } },
                html! { a dir="ltr" href={ "/lots/" (line.code) } { code dir="ltr" { (line.code) } } },
                html! { (p.number(line.quantity)) @if line.returned > 0 {
                " " (p.tr(&WORDS, "of-which-returned", &[("count", line.returned.into())])) } },
                p.money(line.amount),
                html! { @if let Some(accrual) = accrual { (share(p, accrual, opens_money)) } },
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "goods")),
        Column::text(p.t(&WORDS, "label-code")),
        Column::figures(p.t(&WORDS, "pieces")),
        Column::figures(p.t(&WORDS, "amount")),
        Column::figures(p.t(&WORDS, "maker-share")),
    ];
    let body = html! {
        (parts::back_link("/sales", &p.t(&WORDS, "sales-title")))
        h1 { (title) }
        (parts::error_summary(p, errors))
        @if SaleState::of(&lines) != SaleState::Recorded { p { (state_badge(p, SaleState::of(&lines))) } }
        (parts::facts(&facts(p, &sale)))
        (parts::table(&p.t(&WORDS, "goods"), &columns, &rows, ""))
        p {
            a href={ "/receipts/" (sale.id) ".pdf" } { (p.t(&WORDS, "receipt-pdf")) } " · "
            a href={ "/receipts/" (sale.id) ".png?dots=576" } { (p.t(&WORDS, "receipt-print")) }
        }
        @if !found.is_empty() { (differences::section(p, &found, may_explain, form, errors)) }
        @if may_return && lines.iter().any(|line| line.returned < line.quantity) {
            (return_form(p, &sale, &lines, &tills, form, errors))
        }
    };
    if errors.is_empty() {
        ask.html(&title, body)
    } else {
        ask.again(&title, body)
    }
}

/// The maker's share, leading on to her statement where the viewer may go there.
fn share(p: &Page, accrual: &ledger::sales::AccrualRow, opens_money: bool) -> Markup {
    html! {
        @match (opens_money, accrual.statement_id) {
            (true, Some(statement)) => a href={ "/statements/" (statement) } { (p.money(accrual.net)) },
            _ => (p.money(accrual.net)),
        }
    }
}

// words: sale-state-*
fn state_badge(p: &Page, state: SaleState) -> Markup {
    let key = format!("sale-state-{}", state.as_str().replace('_', "-"));
    parts::badge(Tone::Warning, &p.t(&WORDS, &key))
}

fn facts(p: &Page, sale: &Sale) -> Vec<(String, Markup)> {
    vec![
        (p.t(&WORDS, "shop"), html! { bdi { (sale.place(p.lang)) } }),
        (p.t(&WORDS, "sold-at"), p.moment(sale.sold_at)),
        (p.t(&WORDS, "total"), p.money(sale.total)),
        (p.t(&WORDS, "receipt-cash"), p.money(sale.cash)),
        (p.t(&WORDS, "receipt-card"), p.money(sale.card)),
        (p.t(&WORDS, "receipt-change"), p.money(sale.change_given)),
    ]
}

// words: goods-state-* refund-*
fn return_form(
    p: &Page,
    sale: &Sale,
    lines: &[SaleLine],
    tills: &[Register],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let words = |prefix: &str, codes: &[&str]| -> Vec<(String, String)> {
        codes
            .iter()
            .map(|code| ((*code).to_owned(), p.t(&WORDS, &format!("{prefix}-{code}"))))
            .collect()
    };
    html! {
        h2 { (p.t(&WORDS, "return-title")) }
        @if tills.is_empty() { p { (p.t(&WORDS, "return-no-till")) } } @else {
            (parts::form(p, &format!("/sales/{}/returns", sale.id), html! {
                div.stack #lines {
                    @for line in lines.iter().filter(|line| line.returned < line.quantity) {
                        (parts::field(p, Field {
                            name: &format!("back-{}", line.id),
                            label: p.tr(&WORDS, "return-pieces", &[
                                ("name", line.item(p.lang).into()), ("most", (line.quantity - line.returned).into())]),
                            value: form.raw(&format!("back-{}", line.id)),
                            error: errors.get(&format!("back-{}", line.id)),
                            kind: parts::Kind::Numeric,
                            ..Field::default()
                        }))
                    }
                }
                (parts::radios(p, Choice {
                    name: "goods",
                    label: p.t(&WORDS, "return-goods"),
                    options: words("goods-state", &["resellable", "damaged"]),
                    value: form.raw("goods"),
                    error: errors.get("goods"),
                    required: true,
                    ..Choice::default()
                }))
                (parts::radios(p, Choice {
                    name: "refund",
                    label: p.t(&WORDS, "return-refund"),
                    options: words("refund", &["cash", "card"]),
                    value: form.raw("refund"),
                    error: errors.get("refund"),
                    required: true,
                    ..Choice::default()
                }))
                (parts::select(p, Choice {
                    name: "register",
                    label: p.t(&WORDS, "register"),
                    options: tills.iter().map(|till| (till.id.to_string(), till.code.clone())).collect(),
                    value: form.raw("register"),
                    error: errors.get("register"),
                    required: true,
                    ..Choice::default()
                }))
                (parts::field(p, Field {
                    name: "reason",
                    label: p.t(&WORDS, "return-reason"),
                    value: form.raw("reason"),
                    error: errors.get("reason"),
                    ..Field::default()
                }))
                (parts::buttons(parts::primary_button(&p.t(&WORDS, "return-go"))))
            }))
        }
    }
}

async fn give_back(ask: Ask, Path(id): Path<SaleId>, form: Form) -> Outcome {
    let (sale, lines) = seen_sale(&ask, id).await?;
    if !may_sell_for(&ask, sale.organization_id) {
        return Err(Failure::NotFound);
    }
    let mut read = form.read(&ask.page);
    let goods = read.choice::<GoodsState>("goods");
    let refund = read.choice::<ledger::TenderKind>("refund");
    let register = read.choice::<RegisterId>("register");
    let reason = read.optional_text("reason", 300);
    let mut pieces = Vec::new();
    for line in &lines {
        let field = format!("back-{}", line.id);
        if !read.is_empty(&field)
            && let Some(quantity) = read.number(&field, 0, line.quantity)
            && quantity > 0
        {
            pieces.push((line.id, quantity));
        }
    }
    let mut errors = std::mem::take(&mut read.errors);
    if let (true, Some(goods), Some(refund), Some(register), Some(reason)) =
        (errors.is_empty(), goods, refund, register, reason)
    {
        crate::desk::pages::own_register(&ask, register).await?;
        let lines = pieces
            .into_iter()
            .map(|(line, quantity)| BroughtBack {
                line,
                quantity,
                goods,
            })
            .collect();
        let command = RecordReturn {
            id: ReturnId::new(form.key()?),
            sale: id,
            register,
            refund,
            reason,
            lines,
        };
        let outcome = ask.post(&form, command).await;
        if let Some(total) = ask.refused(outcome, &mut errors)? {
            let args = [("amount", total.toman_text(ask.lang()).into())];
            return ask.see_with(
                format!("/sales/{id}"),
                &ask.page.tr(&WORDS, "return-done", &args),
            );
        }
    }
    sale_page(&ask, id, &form, &errors).await
}
