//! A person's own page: whose turn it is, her classes, her goods, her money.

mod views;

use access::{Ask, Need, Routes};
use axum::http::StatusCode;
use casework::{Case, Stage};
use consignment::stock::Shelf;
use contacts::{Contact, ContactId};
use db::Conn;
use learning::Certificate;
use learning::own::OwnClass;
use ledger::MoneyOf;
use makers::Product;
use notices::Kept;
use organizations::Organization;
use referrals::legs::Turn;
use web::{Failure, Outcome};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me", Need::Person, show)
        .get("/api/v1/me", Need::Person, as_json)
}

/// Everything on the page.
pub(super) struct Mine {
    contact: Contact,
    way: Option<Way>,
    products: Vec<Product>,
    shelves: Vec<Shelf>,
    money: MoneyOf,
    told: Vec<Kept>,
}

/// Her way through the programme, while she has a case.
pub(super) struct Way {
    case: Case,
    owner: String,
    body: Organization,
    turns: Vec<(Turn, String)>,
    classes: Vec<OwnClass>,
    certificates: Vec<Certificate>,
}

/// Messages shown.
const TOLD: i64 = 10;

async fn load(ask: &Ask) -> Outcome<Mine> {
    let contact = ask.viewer.contact_id().ok_or(Failure::NotFound)?;
    let contact = ContactId::new(contact);
    let mut conn = ask.read().await?;
    let way = way(ask, &mut conn, contact).await?;
    Ok(Mine {
        way,
        products: makers::products::list_of(&mut conn, contact).await?,
        shelves: consignment::stock::of_contact(&mut conn, contact).await?,
        money: ledger::money_of(&mut conn, contact, ask.now().date()).await?,
        told: told(notices::list_for(&mut conn, contact, TOLD).await?),
        contact: contacts::get(&mut conn, contact).await?,
    })
}

/// Codes are for the phone alone; once sent their digits are gone.
fn told(all: Vec<Kept>) -> Vec<Kept> {
    let is_code = |notice: &Kept| notice.template.starts_with("sign-in-code");
    all.into_iter().filter(|notice| !is_code(notice)).collect()
}

async fn way(ask: &Ask, conn: &mut Conn, contact: ContactId) -> Outcome<Option<Way>> {
    let Some(person) = people::find_by_contact(conn, contact).await? else {
        return Ok(None);
    };
    let Some(case) = casework::find_for_person(conn, person.id).await? else {
        return Ok(None);
    };
    let owner = match case.owner_id {
        Some(owner) => access::users::account(conn, owner).await?.shown_name,
        None => String::new(),
    };
    let mut turns = Vec::new();
    for turn in referrals::whose_turn(conn, case.id).await? {
        let body = organizations::get(conn, turn.body()).await?;
        turns.push((turn, body.name(ask.page.lang).to_owned()));
    }
    Ok(Some(Way {
        body: organizations::get(conn, case.organization_id).await?,
        classes: learning::own::coming_classes(conn, case.id, ask.now()).await?,
        certificates: learning::certificates::list_of_case(conn, case.id).await?,
        turns,
        owner,
        case,
    }))
}

async fn show(ask: Ask) -> Outcome {
    let mine = load(&ask).await?;
    let title = ask.page.t(&super::WORDS, "me-title");
    ask.html(&title, views::page(&ask.page, &mine))
}

async fn as_json(ask: Ask) -> Outcome {
    let mine = load(&ask).await?;
    let way = mine.way.as_ref().map(|way| {
        serde_json::json!({
            "code": way.case.code, "stage": way.case.stage, "owner": way.owner,
            "next_action": way.case.next_action, "next_action_on": way.case.next_action_on,
            "turns": way.turns.iter().map(|(turn, _)| turn).collect::<Vec<_>>(),
            "classes": way.classes,
        })
    });
    let goods: Vec<_> = mine
        .shelves
        .iter()
        .map(|shelf| {
            serde_json::json!({ "code": shelf.code, "name_fa": shelf.name_fa,
                "name_en": shelf.name_en, "on_hand": shelf.on_hand, "price": shelf.unit_price })
        })
        .collect();
    let body = serde_json::json!({
        "handle": mine.contact.handle,
        "case": way,
        "goods": goods,
        "money": { "to_be_paid": mine.money.to_be_paid, "next_statement_on": mine.money.next_statement_on },
    });
    ask.json(StatusCode::OK, &body)
}

/// The five beads of her thread; the chain's eight stages are the office's.
pub(super) fn bead(stage: Stage) -> usize {
    match stage {
        Stage::Intake => 0,
        Stage::Assessment | Stage::Planning | Stage::Referral => 1,
        Stage::Training => 2,
        Stage::Making => 3,
        Stage::Selling | Stage::Earning => 4,
    }
}
