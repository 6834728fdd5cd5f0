//! Her page for her own program: the same things, none of them sensitive.

use access::Ask;
use axum::http::StatusCode;
use makers::products::ProductState;
use serde_json::{Value as Json, json};
use web::Outcome;

use super::{Mine, Way, load};

pub(super) async fn show(ask: Ask) -> Outcome {
    let mine = load(&ask).await?;
    let body = json!({
        "handle": mine.contact.handle,
        "case": mine.way.as_ref().map(way),
        "goods": goods(&mine),
        "money": money(&mine),
        "payee": mine.payee.as_ref().map(|payee| json!({
            "kind": payee.kind, "holder": payee.holder_name, "sheba_last4": payee.sheba_last4,
        })),
        "messages": mine.told.iter().map(|told| json!({
            "made_at": told.made_at,
            "text": notices::texts::render(ask.lang(), &told.template, &told.args),
        })).collect::<Vec<_>>(),
    });
    ask.json(StatusCode::OK, &body)
}

fn way(way: &Way) -> Json {
    let turns: Vec<Json> = way
        .turns
        .iter()
        .map(|(turn, body)| {
            json!({
                "number": turn.number, "service_fa": turn.service_fa, "service_en": turn.service_en,
                "body": body, "state": turn.state, "whose_turn": turn.debtor,
                "since": way.since.get(&turn.id),
                "due_on": turn.due_on,
            })
        })
        .collect();
    let certificates: Vec<Json> = way
        .certificates
        .iter()
        .map(|one| {
            json!({
                "serial": one.serial, "title_fa": one.title_fa, "title_en": one.title_en,
                "issued_on": one.issued_on, "state": one.state,
            })
        })
        .collect();
    json!({
        "code": way.case.code, "stage": way.case.stage, "stage_since": way.case.stage_since,
        "owner": way.owner, "next_action": way.case.next_action,
        "next_action_on": way.case.next_action_on, "turns": turns, "classes": way.classes,
        "certificates": certificates,
    })
}

fn goods(mine: &Mine) -> Vec<Json> {
    let one = |product: &makers::Product| {
        let is_public = product.state == ProductState::Approved;
        json!({
            "code": product.code, "name_fa": product.name_fa, "name_en": product.name_en,
            "state": product.state, "price": product.price, "on_hand": mine.pieces(product.id),
            "page": is_public.then(|| format!("/products/{}", product.code)),
        })
    };
    mine.products.iter().map(one).collect()
}

fn money(mine: &Mine) -> Json {
    let money = &mine.money;
    let sold: Vec<Json> = money
        .items
        .iter()
        .map(|item| {
            json!({
                "item_fa": item.item_fa, "item_en": item.item_en, "quantity": item.quantity,
                "net": item.net, "sold_on": item.sold_on, "statement_id": item.statement_id,
                "payout_state": item.payout_state,
            })
        })
        .collect();
    let on_its_way: Vec<Json> = money
        .on_its_way
        .iter()
        .map(|(amount, day)| json!({ "amount": amount, "pay_on": day }))
        .collect();
    let paid: Vec<Json> = money
        .paid
        .iter()
        .map(|payout| {
            json!({
                "amount": payout.amount, "settled_on": payout.settled_on,
                "reference": payout.reference,
            })
        })
        .collect();
    let statements: Vec<Json> = money
        .statements
        .iter()
        .map(|one| {
            json!({
                "id": one.id, "number": one.number, "from_on": one.from_on,
                "until_on": one.until_on, "lines": one.lines, "paid": one.paid, "vat": one.vat,
                "commission": one.commission, "net": one.net, "closing": one.closing,
            })
        })
        .collect();
    json!({
        "to_be_paid": money.to_be_paid, "next_statement_on": money.next_statement_on,
        "sold": sold, "on_its_way": on_its_way, "paid": paid, "statements": statements,
    })
}
