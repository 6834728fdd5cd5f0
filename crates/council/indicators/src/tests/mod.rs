//! A town of 35 people that each test opens for itself.

use access::Role;
use access::cast::{Actor, Stage};
use access::grants::Category;
use casework::cases::{ConsentGiven, Evidence, MoveCase, Source};
use casework::{CaseId, OpenCase};
use db::{Tx, Write};
use ledger::{Accrual, AccrualKind, Accrue, Shares, TenderKind};
use makers::licences::{LicenceKind, LicenceSource};
use makers::{LicenceId, RecordLicence};
use money::{BasisPoints, Rial};
use organizations::{
    CreateOrganization, CreatePlace, CreateService, OrganizationId, OrganizationKind, PlaceId,
    PlaceKind, ServiceId,
};
use people::persons::{Gender, PersonFacts, contact_id_of};
use people::{NewPerson, PersonId};
use referrals::legs::states::Actor as Part;
use referrals::parcels::AgreeToReferral;
use referrals::{By, LegId, NewLeg, SendLeg};
use serde::Serialize;
use testing::Bench;

use crate::figures;

mod chain;
mod figures_told;
mod histories;
mod published;
mod ranged;
mod reported;
mod statistics;
mod steady;

/// People in region 5, region 2 and region 7; those of region 7 are few.
const REGIONS: [(i64, usize); 3] = [(5, 12), (2, 20), (7, 3)];

/// A town: people with cases, three of them with a leg at the health office, some who earn.
struct Town {
    stage: Stage,
    secretary: Actor,
    observer: Actor,
    member: Actor,
    cases: Vec<CaseId>,
}

/// Loads reference data the way `migrate` does, twice.
#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        referrals::reference::load(tx).await?;
        crate::reference::load(tx).await?;
        crate::reference::load(tx).await
    }
}

#[derive(Serialize)]
struct Register {
    new: NewPerson,
}

impl Write for Register {
    const NAME: &'static str = "register";
    type Out = PersonId;
    async fn run(&self, tx: &mut Tx) -> db::Result<PersonId> {
        people::create(tx, &self.new).await
    }
}

/// Sells a piece of this contact's for 100,000 rials at 10% commission and pays her 90,000.
#[derive(Serialize)]
struct SellAndPay {
    contact: contacts::ContactId,
    place: PlaceId,
}

impl Write for SellAndPay {
    const NAME: &'static str = "sell_and_pay";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let price = Rial::new(100_000);
        let [id, line, sale] = [tx.new_id(), tx.new_id(), tx.new_id()];
        let (vat, commission) = (
            BasisPoints::new(0).unwrap(),
            BasisPoints::new(1_000).unwrap(),
        );
        let accrual = Accrual {
            id,
            line,
            corrects: None,
            contact: self.contact,
            lot: tx.new_id(),
            lot_code: "K".into(),
            agreement: tx.new_id(),
            item_fa: "ترشی".into(),
            item_en: "Pickles".into(),
            quantity: 1,
            unit_price: price,
            vat,
            commission,
            shares: Shares::of(price, vat, commission).unwrap(),
        };
        let sold = Accrue {
            kind: AccrualKind::Sale,
            sale,
            source: sale,
            place: self.place.get(),
            device: "1".into(),
            day: tx.today(),
            lines: vec![accrual],
            tenders: vec![(TenderKind::Cash, price)],
        };
        ledger::accrue(tx, sold).await?;
        let (payout, today) = (tx.new_id(), tx.today());
        contacts::earnings::record(tx, self.contact, payout, Rial::new(90_000), today).await
    }
}

impl Town {
    /// The clock ends 60 days after the cases began.
    async fn open(bench: &Bench) -> Self {
        let rooms = vec![access::room(), crate::room()];
        let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let home = OrganizationId::new(stage.home);
        let today = bench.db.clock().today();
        let shop = CreatePlace {
            id: PlaceId::new(bench.db.new_id()),
            organization_id: home,
            kind: PlaceKind::Shop,
            code: "shop-1".into(),
            name_fa: "فروشگاه یکم".into(),
            name_en: "First shop".into(),
            region: 5,
            address: String::new(),
            trade: String::new(),
            capacity: 0,
            valid_from: today,
        };
        let place = stage.write(&stage.alice, shop).await.unwrap();
        let mut people = Vec::new();
        for (region, count) in REGIONS {
            for place in 0..count {
                let gender = if place % 2 == 0 {
                    Gender::Female
                } else {
                    Gender::Male
                };
                people.push(register(&stage, home, region, gender).await);
            }
        }
        let mut cases = Vec::new();
        for person in &people {
            cases.push(open_case(&stage, home, *person).await);
        }
        // Ten stay in intake, ten are being assessed, the rest wait for other bodies.
        for (place, case) in cases.iter().enumerate().skip(10) {
            let stage_now = if place < 20 {
                casework::Stage::Assessment
            } else {
                casework::Stage::Referral
            };
            stage
                .write(
                    &stage.alice,
                    MoveCase {
                        case: *case,
                        stage: stage_now,
                    },
                )
                .await
                .unwrap();
        }
        let health = health(&stage).await;
        for place in [20, 21, 22] {
            send_leg(&stage, cases[place], health).await;
        }
        // The first is a woman, the second a man: both sell and are paid, she has a licence.
        for person in &people[..2] {
            let contact = contact_id_of(&stage.city.keys, *person);
            stage
                .write(&stage.alice, SellAndPay { contact, place })
                .await
                .unwrap();
        }
        let licence = RecordLicence {
            id: LicenceId::new(bench.db.new_id()),
            contact_id: contact_id_of(&stage.city.keys, people[0]),
            kind: LicenceKind::HomeBusiness,
            number: "L-1".into(),
            issuer_id: home,
            valid_from: today,
            valid_until: today + chrono::TimeDelta::days(700),
            source: LicenceSource::Staff,
            source_id: None,
        };
        stage.write(&stage.alice, licence).await.unwrap();
        bench.pass_days(60);
        let secretary = stage.add("secretary", stage.home, &[Role::Secretary]).await;
        let observer = stage.add("observer", stage.home, &[Role::Observer]).await;
        let member = stage
            .add("member", stage.home, &[Role::CommitteeMember])
            .await;
        Self {
            stage,
            secretary,
            observer,
            member,
            cases,
        }
    }

    async fn number(&self, code: &str) -> Option<i64> {
        let today = self.stage.city.db.clock().today();
        figures::number(&mut self.stage.city.db.read().await.unwrap(), code, today)
            .await
            .unwrap()
    }
}

async fn register(stage: &Stage, home: OrganizationId, region: i64, gender: Gender) -> PersonId {
    let id = PersonId::new(stage.city.db.new_id());
    let facts = PersonFacts {
        region: Some(region),
        gender: Some(gender),
        ..PersonFacts::new(home, "نام‌پنهان", "آزمونی")
    };
    stage
        .write(
            &stage.alice,
            Register {
                new: facts.seal(&stage.city.keys, id),
            },
        )
        .await
        .unwrap()
}

async fn open_case(stage: &Stage, organization: OrganizationId, person: PersonId) -> CaseId {
    let db = &stage.city.db;
    let today = db.clock().today();
    let consent = ConsentGiven {
        id: db.new_id(),
        evidence: Evidence::Signature,
        valid_until: casework::months_after(today, 24),
    };
    let open = OpenCase {
        id: CaseId::new(db.new_id()),
        person,
        organization,
        owner: stage.alice.id,
        source: Source::Visit,
        consent,
        next_action_on: today,
    };
    stage.write(&stage.alice, open).await.unwrap()
}

/// A health office that answers within five days.
async fn health(stage: &Stage) -> (OrganizationId, ServiceId) {
    let db = &stage.city.db;
    let (id, service) = (
        OrganizationId::new(db.new_id()),
        ServiceId::new(db.new_id()),
    );
    let body = CreateOrganization {
        id,
        code: "health".into(),
        kind: OrganizationKind::Health,
        name_fa: "شبکهٔ بهداشت".into(),
        name_en: "Health network".into(),
        phone: String::new(),
        valid_from: db.clock().today(),
        knowledge_based_until: None,
    };
    stage.write(&stage.alice, body).await.unwrap();
    let create = CreateService {
        id: service,
        organization_id: id,
        code: "food_approval".into(),
        name_fa: "تأیید خوراک".into(),
        name_en: "Food approval".into(),
        days_to_answer: 5,
        days_to_complete: 20,
    };
    stage.write(&stage.alice, create).await.unwrap();
    (id, service)
}

async fn send_leg(
    stage: &Stage,
    case_id: CaseId,
    (organization_id, service_id): (OrganizationId, ServiceId),
) {
    let db = &stage.city.db;
    let agree = AgreeToReferral {
        id: db.new_id(),
        case_id,
        organization_id,
        categories: vec![Category::Operational, Category::Personal],
        evidence: Evidence::Signature,
        valid_until: casework::months_after(db.clock().today(), 12),
    };
    stage.write(&stage.alice, agree).await.unwrap();
    let new = NewLeg {
        id: LegId::new(db.new_id()),
        case_id,
        step_id: None,
        organization_id,
        service_id,
    };
    let leg = SendLeg::compose(&stage.city, new, By::desk(Part::SenderWorker), "")
        .await
        .unwrap();
    stage.write(&stage.alice, leg).await.unwrap();
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
