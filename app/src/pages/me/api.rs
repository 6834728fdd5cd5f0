//! Her page for her own program: the same things, none of them sensitive.

use access::Ask;
use access::contract::Gives;
use axum::http::StatusCode;
use casework::{NextAction, Stage};
use contacts::payees::PayeeKind;
use learning::certificates::CertificateState;
use learning::own::OwnClass;
use ledger::payouts::PayoutState;
use makers::products::ProductState;
use money::Rial;
use persian::{Date, Timestamp};
use referrals::legs::states::{Debtor, State};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use web::Outcome;

use super::{Mine, Way, load};

/// All of her own.
#[derive(Serialize, JsonSchema)]
struct Me {
    handle: String,
    case: Option<MyCase>,
    goods: Vec<MyProduct>,
    /// Levels reached and what the next one needs.
    way: makers::levels::Way,
    money: MyMoney,
    /// Where her money goes.
    payee: Option<MyPayee>,
    messages: Vec<MyMessage>,
    /// Who opened her case in an emergency.
    opened: Vec<MyEmergency>,
}

#[derive(Serialize, JsonSchema)]
struct MyEmergency {
    user: String,
    opened_at: Timestamp,
}

#[derive(Serialize, JsonSchema)]
struct MyPayee {
    kind: PayeeKind,
    holder: String,
    sheba_last4: String,
}

#[derive(Serialize, JsonSchema)]
struct MyMessage {
    made_at: Timestamp,
    text: String,
}

pub(super) async fn show(ask: Ask) -> Outcome<impl Gives> {
    let mine = load(&ask).await?;
    let messages = mine.told.iter().map(|told| MyMessage {
        made_at: told.made_at,
        text: told.text(),
    });
    let opened = mine.opened.iter().map(|one| MyEmergency {
        user: one.user_name.clone(),
        opened_at: one.opened_at,
    });
    let body = Me {
        handle: mine.contact.handle.clone(),
        case: mine.way.as_ref().map(way),
        goods: goods(&mine),
        way: mine.levels.clone(),
        money: money(&mine),
        payee: mine.payee.as_ref().map(|payee| MyPayee {
            kind: payee.kind,
            holder: payee.holder_name.clone(),
            sheba_last4: payee.sheba_last4.clone(),
        }),
        messages: messages.collect(),
        opened: opened.collect(),
    };
    ask.json(StatusCode::OK, &body)
}

/// Her way through the programme.
#[derive(Serialize, JsonSchema)]
struct MyCase {
    code: String,
    stage: Stage,
    stage_since: Date,
    owner: String,
    next_action: Option<NextAction>,
    next_action_on: Option<Date>,
    turns: Vec<MyTurn>,
    classes: Vec<OwnClass>,
    certificates: Vec<MyCertificate>,
}

/// A step another body owes.
#[derive(Serialize, JsonSchema)]
struct MyTurn {
    number: String,
    service_fa: String,
    service_en: String,
    body: String,
    state: State,
    whose_turn: Debtor,
    since: Option<Timestamp>,
    due_on: Option<Date>,
}

#[derive(Serialize, JsonSchema)]
struct MyCertificate {
    serial: String,
    title_fa: String,
    title_en: String,
    issued_on: Date,
    state: CertificateState,
}

fn way(way: &Way) -> MyCase {
    let turns = way.turns.iter().map(|(turn, body)| MyTurn {
        number: turn.number.clone(),
        service_fa: turn.service_fa.clone(),
        service_en: turn.service_en.clone(),
        body: body.clone(),
        state: turn.state,
        whose_turn: turn.debtor,
        since: way.since.get(&turn.id).copied(),
        due_on: turn.due_on,
    });
    let certificates = way.certificates.iter().map(|one| MyCertificate {
        serial: one.serial.clone(),
        title_fa: one.title_fa.clone(),
        title_en: one.title_en.clone(),
        issued_on: one.issued_on,
        state: one.state,
    });
    MyCase {
        code: way.case.code.clone(),
        stage: way.case.stage,
        stage_since: way.case.stage_since,
        owner: way.owner.clone(),
        next_action: way.case.next_action,
        next_action_on: way.case.next_action_on,
        turns: turns.collect(),
        classes: way.classes.clone(),
        certificates: certificates.collect(),
    }
}

#[derive(Serialize, JsonSchema)]
struct MyProduct {
    code: String,
    name_fa: String,
    name_en: String,
    state: ProductState,
    price: Option<Rial>,
    on_hand: i64,
    /// Its page in the public window, once it is approved.
    page: Option<String>,
}

fn goods(mine: &Mine) -> Vec<MyProduct> {
    let one = |product: &makers::Product| {
        let is_public = product.state == ProductState::Approved;
        MyProduct {
            code: product.code.clone(),
            name_fa: product.name_fa.clone(),
            name_en: product.name_en.clone(),
            state: product.state,
            price: product.price,
            on_hand: mine.pieces(product.id),
            page: is_public.then(|| format!("/products/{}", product.code)),
        }
    };
    mine.products.iter().map(one).collect()
}

/// Her money, in rials.
#[derive(Serialize, JsonSchema)]
struct MyMoney {
    to_be_paid: Rial,
    next_statement_on: Date,
    sold: Vec<MySale>,
    on_its_way: Vec<OnItsWay>,
    paid: Vec<Paid>,
    statements: Vec<MyStatement>,
}

#[derive(Serialize, JsonSchema)]
struct MySale {
    item_fa: String,
    item_en: String,
    quantity: i64,
    net: Rial,
    sold_on: Date,
    statement_id: Option<Uuid>,
    payout_state: Option<PayoutState>,
}

#[derive(Serialize, JsonSchema)]
struct OnItsWay {
    amount: Rial,
    pay_on: Date,
}

#[derive(Serialize, JsonSchema)]
struct Paid {
    amount: Rial,
    settled_on: Option<Date>,
    reference: String,
}

#[derive(Serialize, JsonSchema)]
struct MyStatement {
    id: ledger::statements::StatementId,
    number: i64,
    from_on: Date,
    until_on: Date,
    lines: i64,
    paid: Rial,
    vat: Rial,
    commission: Rial,
    net: Rial,
    closing: Rial,
}

fn money(mine: &Mine) -> MyMoney {
    let money = &mine.money;
    let sold = money.items.iter().map(|item| MySale {
        item_fa: item.item_fa.clone(),
        item_en: item.item_en.clone(),
        quantity: item.quantity,
        net: item.net,
        sold_on: item.sold_on,
        statement_id: item.statement_id,
        payout_state: item.payout_state,
    });
    let on_its_way = money.on_its_way.iter().map(|(amount, day)| OnItsWay {
        amount: *amount,
        pay_on: *day,
    });
    let paid = money.paid.iter().map(|payout| Paid {
        amount: payout.amount,
        settled_on: payout.settled_on,
        reference: payout.reference.clone(),
    });
    let statements = money.statements.iter().map(|one| MyStatement {
        id: one.id,
        number: one.number,
        from_on: one.from_on,
        until_on: one.until_on,
        lines: one.lines,
        paid: one.paid,
        vat: one.vat,
        commission: one.commission,
        net: one.net,
        closing: one.closing,
    });
    MyMoney {
        to_be_paid: money.to_be_paid,
        next_statement_on: money.next_statement_on,
        sold: sold.collect(),
        on_its_way: on_its_way.collect(),
        paid: paid.collect(),
        statements: statements.collect(),
    }
}
