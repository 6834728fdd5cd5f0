//! A person's own page: whose turn it is, her classes, her goods, her money.

mod api;
mod views;

use std::collections::BTreeMap;

use access::emergencies::Emergency;
use access::{Ask, Need, Routes};
use casework::{Case, CaseId, Stage};
use consignment::stock::Shelf;
use contacts::payees::Payee;
use contacts::{Contact, ContactId};
use db::{Conn, sql};
use learning::Certificate;
use learning::own::OwnClass;
use ledger::MoneyOf;
use makers::{Product, ProductId};
use notices::Kept;
use organizations::Organization;
use persian::Timestamp;
use referrals::LegId;
use referrals::legs::Turn;
use web::{Failure, Outcome};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me", Need::Person, show)
        .api_get("/api/v1/me", Need::Person, api::show)
}

/// Everything on the page.
pub(super) struct Mine {
    contact: Contact,
    way: Option<Way>,
    /// The levels she reached, and what the next one needs.
    levels: makers::levels::Way,
    products: Vec<Product>,
    shelves: Vec<Shelf>,
    money: MoneyOf,
    payee: Option<Payee>,
    told: Vec<Kept>,
    /// Who opened her case without a right to it. Not why: a companion or a helper may look on.
    opened: Vec<Emergency>,
}

impl Mine {
    /// Pieces of a product on all shelves.
    fn pieces(&self, product: ProductId) -> i64 {
        let shelves = self.shelves.iter();
        let own = shelves.filter(|shelf| shelf.product_id == product);
        own.map(|shelf| shelf.on_hand).sum()
    }
}

/// Her way through the programme, while she has a case.
pub(super) struct Way {
    case: Case,
    owner: String,
    body: Organization,
    turns: Vec<(Turn, String)>,
    /// Since when each of them waits.
    since: BTreeMap<LegId, Timestamp>,
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
    let opened = match &way {
        Some(way) => access::emergencies::list_of(&mut conn, way.case.person_id.get()).await?,
        None => Vec::new(),
    };
    Ok(Mine {
        opened,
        way,
        levels: makers::levels::way_of(&mut conn, contact, ask.now().date()).await?,
        products: makers::products::list_of(&mut conn, contact).await?,
        shelves: consignment::stock::of_contact(&mut conn, contact).await?,
        money: ledger::money_of(&mut conn, contact, ask.now().date()).await?,
        payee: contacts::payees::current(&mut conn, contact).await?,
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
        since: since(conn, case.id).await?,
        turns,
        owner,
        case,
    }))
}

/// When the last word on each leg was said: the answer, or else the sending.
async fn since(conn: &mut Conn, case: CaseId) -> Outcome<BTreeMap<LegId, Timestamp>> {
    let rows = sql(
        "SELECT l.id, coalesce(l.answered_at, l.sent_at) AS since FROM leg_card l
         WHERE l.case_id = $1 AND l.clock <> 'stopped'",
    )
    .bind(case)
    .rows(conn)
    .await?;
    let mut since = BTreeMap::new();
    for row in &rows {
        if let Some(at) = row.get("since")? {
            since.insert(row.get("id")?, at);
        }
    }
    Ok(since)
}

async fn show(ask: Ask) -> Outcome {
    let mine = load(&ask).await?;
    let title = ask.page.t(&super::WORDS, "me-title");
    ask.html(&title, views::page(&ask.page, &mine))
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
