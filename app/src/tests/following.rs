//! What the market did reaches the case of the person who did it.

use access::Role;
use access::grants::Category;
use casework::cases::{ConsentGiven, EventKind, Evidence, Source, list_events};
use casework::{CaseId, NextAction, OpenCase, Stage};
use contacts::ContactId;
use db::{Tx, Write};
use ledger::{Accrual, AccrualKind, Accrue, Shares, TenderKind};
use makers::LicenceKind;
use money::{BasisPoints, Rial};
use organizations::{
    CreateOrganization, CreatePlace, CreateService, OrganizationId, OrganizationKind, PlaceId,
    PlaceKind, ServiceId,
};
use people::persons::{PersonFacts, contact_id_of};
use people::{NewPerson, PersonId};
use persian::Timestamp;
use referrals::legs::states::{Actor, Delivery};
use referrals::parcels::AgreeToReferral;
use referrals::{Answer, AnswerLeg, By, LegId, NewLeg, Note, ReportLeg, Returned, SendLeg};
use serde::Serialize;
use testing::{Bench, both};

use super::everyone::House;
use crate::following::sweep;

#[derive(Serialize)]
struct Register {
    new: NewPerson,
}

impl Write for Register {
    const NAME: &'static str = "register";
    type Out = PersonId;
    async fn run(&self, tx: &mut Tx) -> db::Result<PersonId> {
        referrals::reference::load(tx).await?;
        people::create(tx, &self.new).await
    }
}

/// Sells a piece of hers, or pays her.
#[derive(Serialize)]
struct Happens {
    contact: ContactId,
    place: PlaceId,
    is_paid: bool,
}

impl Write for Happens {
    const NAME: &'static str = "happens";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let price = Rial::new(100_000);
        let [id, line, sale] = [tx.new_id(), tx.new_id(), tx.new_id()];
        let today = tx.today();
        if self.is_paid {
            return contacts::earnings::record(tx, self.contact, id, price, today).await;
        }
        let none = BasisPoints::new(0).unwrap();
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
            vat: none,
            commission: none,
            shares: Shares::of(price, none, none).unwrap(),
        };
        let sold = Accrue {
            kind: AccrualKind::Sale,
            sale,
            source: sale,
            place: self.place.get(),
            device: "1".into(),
            day: today,
            lines: vec![accrual],
            tenders: vec![(TenderKind::Cash, price)],
        };
        ledger::accrue(tx, sold).await
    }
}

/// Before everything.
pub fn start() -> Timestamp {
    Timestamp::from_unix(0)
}

pub struct Her {
    pub house: House,
    pub person: PersonId,
    pub contact: ContactId,
    pub place: PlaceId,
}

impl Her {
    pub async fn open(bench: &Bench) -> Self {
        let house = House::open(bench).await;
        let stage = &house.stage;
        let person = PersonId::new(bench.db.new_id());
        let home = OrganizationId::new(stage.home);
        let new = PersonFacts::new(home, "مریم", "آزمونی").seal(&stage.city.keys, person);
        stage.write(&stage.alice, Register { new }).await.unwrap();
        let shop = CreatePlace {
            id: PlaceId::new(bench.db.new_id()),
            organization_id: home,
            kind: PlaceKind::Shop,
            code: "S1".into(),
            name_fa: "فروشگاه".into(),
            name_en: "Shop".into(),
            region: 5,
            address: String::new(),
            trade: String::new(),
            capacity: 0,
            valid_from: bench.db.clock().today(),
        };
        Self {
            place: stage.write(&stage.alice, shop).await.unwrap(),
            contact: contact_id_of(&stage.city.keys, person),
            person,
            house,
        }
    }

    pub async fn case(&self) -> CaseId {
        let stage = &self.house.stage;
        let (db, alice) = (&stage.city.db, stage.again(&stage.alice).await);
        let today = db.clock().today();
        let open = OpenCase {
            id: CaseId::new(db.new_id()),
            person: self.person,
            organization: OrganizationId::new(stage.home),
            owner: alice.id,
            source: Source::Visit,
            consent: ConsentGiven {
                id: db.new_id(),
                evidence: Evidence::Signature,
                valid_until: casework::months_after(today, 24),
            },
            next_action_on: today,
        };
        stage.write(&alice, open).await.unwrap()
    }

    async fn happens(&self, is_paid: bool) {
        let stage = &self.house.stage;
        let happens = Happens {
            contact: self.contact,
            place: self.place,
            is_paid,
        };
        stage.write(&stage.alice, happens).await.unwrap();
    }

    async fn told(&self, case: CaseId) -> (Stage, Option<NextAction>, Vec<EventKind>) {
        let mut conn = self.house.stage.city.db.read().await.unwrap();
        let now = casework::cases::find(&mut conn, case)
            .await
            .unwrap()
            .unwrap();
        let events = list_events(&mut conn, case, None).await.unwrap();
        let news = events.iter().rev().map(|event| event.kind);
        let news = news.filter(|kind| matches!(kind, EventKind::FirstSold | EventKind::FirstPaid));
        (now.stage, now.next_action, news.collect())
    }
}

both! {
    async fn a_first_sale_and_a_first_payment_move_her_case(bench: Bench) {
        let her = Her::open(&bench).await;
        let city = &her.house.stage.city;
        // What she sold before her case began is not its news.
        her.happens(false).await;
        bench.pass_days(3);
        let case = her.case().await;
        assert_eq!(sweep(city, start()).await.unwrap(), 0);
        assert_eq!(her.told(case).await, (Stage::Intake, Some(NextAction::Assess), vec![]));
        her.happens(false).await;
        let now = bench.db.clock().now();
        assert_eq!(sweep(city, now.plus_days(1)).await.unwrap(), 0, "what is older is not looked at");
        assert_eq!(sweep(city, now).await.unwrap(), 1);
        assert_eq!(her.told(case).await, (Stage::Selling, Some(NextAction::WatchSales), vec![EventKind::FirstSold]));
        her.happens(true).await;
        her.happens(false).await;
        assert_eq!(sweep(city, now).await.unwrap(), 1);
        let news = vec![EventKind::FirstSold, EventKind::FirstPaid];
        assert_eq!(her.told(case).await, (Stage::Earning, Some(NextAction::FollowUp), news.clone()));
        let tasks = casework::tasks::list(&mut bench.db.read().await.unwrap(), case).await.unwrap();
        assert!(tasks.iter().any(|task| task.months == Some(3)), "the follow-ups are laid out");
        her.happens(true).await;
        assert_eq!(sweep(city, start()).await.unwrap(), 0, "each thing is news once");
        assert_eq!(her.told(case).await.2, news);
    }

    async fn a_licence_that_came_back_stands_among_her_papers(bench: Bench) {
        let her = Her::open(&bench).await;
        let case_id = her.case().await;
        let stage = &her.house.stage;
        let db = &bench.db;
        let today = db.clock().today();
        let labour = OrganizationId::new(db.new_id());
        let service_id = ServiceId::new(db.new_id());
        let body = CreateOrganization {
            id: labour,
            code: "labour".into(),
            kind: OrganizationKind::Health,
            name_fa: "ادارهٔ کار".into(),
            name_en: "Labour office".into(),
            phone: String::new(),
            valid_from: today,
            knowledge_based_until: None,
        };
        stage.write(&stage.alice, body).await.unwrap();
        let service = CreateService {
            id: service_id,
            organization_id: labour,
            code: "home_licence".into(),
            name_fa: "مجوز".into(),
            name_en: "Licence".into(),
            days_to_answer: 7,
            days_to_complete: 20,
        };
        stage.write(&stage.alice, service).await.unwrap();
        let agree = AgreeToReferral {
            id: db.new_id(),
            case_id,
            organization_id: labour,
            categories: vec![Category::Operational, Category::Personal],
            evidence: Evidence::Signature,
            valid_until: casework::months_after(today, 12),
        };
        stage.write(&stage.alice, agree).await.unwrap();
        let leg = LegId::new(db.new_id());
        let new = NewLeg { id: leg, case_id, step_id: None, organization_id: labour, service_id };
        let send = SendLeg::compose(&stage.city, new, By::desk(Actor::SenderWorker), "").await.unwrap();
        stage.write(&stage.alice, send).await.unwrap();
        let officer = stage.add("officer", labour.get(), &[Role::PartnerOfficer]).await;
        let by = By::desk(Actor::ReceiverWorker);
        let yes = AnswerLeg { leg, answer: Answer::Accept { appointment_on: None }, by, note: Note::none(db.new_id()) };
        stage.write(&officer, yes).await.unwrap();
        assert_eq!(sweep(&stage.city, start()).await.unwrap(), 0);
        let until = casework::months_after(today, 24);
        let report = ReportLeg {
            leg,
            outcome: Delivery::Delivered,
            returned: Some(Returned { licence_number: Some("14-77".into()), valid_until: Some(until) }),
            by,
            note: Note::none(db.new_id()),
        };
        stage.write(&officer, report).await.unwrap();
        for carried in [1, 0] {
            assert_eq!(sweep(&stage.city, start()).await.unwrap(), carried);
        }
        let licences = makers::licences::list(&mut db.read().await.unwrap(), her.contact).await.unwrap();
        let [licence] = licences.as_slice() else { panic!("{licences:?}") };
        let told = (licence.kind, licence.number.as_str(), licence.issuer_id, licence.valid_until);
        assert_eq!(told, (LicenceKind::HomeBusiness, "14-77", labour, until));
    }
}
