//! What the market did reaches the case of the person who did it.

use access::Role;
use access::grants::Category;
use casework::cases::{ConsentGiven, EventKind, Evidence, Source, list_events};
use casework::plans::LineState;
use casework::{CaseId, NextAction, OpenCase, Stage};
use contacts::ContactId;
use db::{Tx, Write};
use governance::{
    AddArticle, AddMember, ApproveAgenda, ArticleId, ArticleKind, CaseDecisionId, CommitteeId,
    CommitteeRole, CreateCommittee, CreateOrdinance, DecideCase, FreezeMinutes, InstrumentKind,
    Majority, Mark, MeetingId, MembershipId, OpenRemarks, Opens, OrdinanceId, PassResolution,
    PlanMeeting, Presence, RecordAttendance, ResolutionId, RetryDecision, Rules, SignMinutes,
    WriteMinutes,
};
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
use referrals::legs::states::{Actor, Delivery, State};
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
fn start() -> Timestamp {
    Timestamp::from_unix(0)
}

struct Her {
    house: House,
    person: PersonId,
    contact: ContactId,
    place: PlaceId,
}

impl Her {
    async fn open(bench: &Bench) -> Self {
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

    async fn case(&self) -> CaseId {
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

    async fn a_committees_decision_opens_one_leg_or_one_line_and_tells_what_came_of_it(bench: Bench) {
        let her = Her::open(&bench).await;
        let case = her.case().await;
        let table = Council::open(&bench, her).await;
        let decisions = [table.decides(case, true).await, table.decides(case, false).await];
        let city = &table.her.house.stage.city;
        assert_eq!(sweep(city, start()).await.unwrap(), 0, "the minutes are not frozen");
        table.close().await;
        assert_eq!(sweep(city, start()).await.unwrap(), 2);
        assert_eq!(sweep(city, start()).await.unwrap(), 0, "each is carried once");
        let [leg, line] = decisions;
        let mut conn = bench.db.read().await.unwrap();
        let legs = referrals::legs::list_for_case(&mut conn, case).await.unwrap();
        let found: Vec<_> = legs.iter().map(|leg| (leg.id.get(), leg.state)).collect();
        assert_eq!(found, [(leg.get(), State::Draft)]);
        let told = table.told(leg).await;
        assert_eq!(told, ("opened".to_owned(), Some(legs[0].number.clone()), None));
        // She has no plan yet, so nothing takes a line; the committee is told and tries again.
        assert_eq!(table.told(line).await, ("refused".to_owned(), None, Some("plan_state".to_owned())));
        table.her.house.stage.write(&table.her.house.stage.alice, Active { case }).await.unwrap();
        let retry = RetryDecision { id: line };
        table.her.house.stage.write(&table.her.house.stage.alice, retry).await.unwrap();
        for carried in [1, 0] {
            assert_eq!(sweep(city, start()).await.unwrap(), carried);
        }
        assert_eq!(table.told(line).await, ("opened".to_owned(), Some("چرخ خیاطی".to_owned()), None));
        let plan = casework::plans::current(&mut conn, case).await.unwrap().unwrap();
        let package = casework::plans::package(&mut conn, plan.id).await.unwrap();
        let found: Vec<_> = package.iter().map(|one| (one.id.get(), one.state, one.amount)).collect();
        assert_eq!(found, [(line.get(), LineState::Committed, Rial::new(2_000))]);
        // Her plan was put there without its own steps; the budget holds all the same.
        let broken = access::cast::broken(casework::checks(&mut conn).await.unwrap());
        assert_eq!(broken, ["plan_eligible"]);
    }
}

/// Puts an approved plan under a case, as its room would after its own steps.
#[derive(Serialize)]
struct Active {
    case: CaseId,
}

impl Write for Active {
    const NAME: &'static str = "active";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let (plan, proposer, approver) = (tx.new_id(), tx.origin().user, tx.origin().user);
        let users: Vec<uuid::Uuid> = db::sql("SELECT id AS value FROM staff_card ORDER BY id")
            .scalars(tx)
            .await?;
        let other = users.into_iter().find(|id| Some(*id) != approver);
        db::sql(
            "INSERT INTO plan (id, case_id, number, state, made_by, made_at, proposed_by, proposed_at, approved_by, approved_at)
             VALUES ($1, $2, 1, 'approved', $3, $4, $3, $4, $5, $4)",
        )
        .bind(plan)
        .bind(self.case)
        .bind(other)
        .bind(tx.now())
        .bind(proposer)
        .execute(tx)
        .await?;
        casework::budget::GrantBudget {
            code: "tools".into(),
            amount: Rial::new(5_000),
        }
        .run(tx)
        .await
    }
}

/// A committee whose meeting is held, and the body it asks.
struct Council {
    her: Her,
    meeting: MeetingId,
    article: ArticleId,
    body: OrganizationId,
    service: ServiceId,
    chair: access::cast::Actor,
}

impl Council {
    async fn open(bench: &Bench, her: Her) -> Self {
        let stage = &her.house.stage;
        let (db, alice) = (&bench.db, stage.again(&stage.alice).await);
        let today = db.clock().today();
        let body = OrganizationId::new(stage.add_body("labour").await);
        let service = ServiceId::new(db.new_id());
        let offer = CreateService {
            id: service,
            organization_id: body,
            code: "home_licence".into(),
            name_fa: "مجوز".into(),
            name_en: "Licence".into(),
            days_to_answer: 7,
            days_to_complete: 20,
        };
        stage.write(&alice, offer).await.unwrap();
        stage.write(&alice, References {}).await.unwrap();
        let ordinance_id = OrdinanceId::new(db.new_id());
        let ordinance = CreateOrdinance {
            id: ordinance_id,
            kind: InstrumentKind::Ordinance,
            code: "1".into(),
            title_fa: "مصوبه".into(),
            title_en: "Ordinance".into(),
            passed_on: today,
            notified_on: today,
            compliance_over_on: today,
            is_sample: true,
        };
        stage.write(&alice, ordinance).await.unwrap();
        let article = ArticleId::new(db.new_id());
        let add = AddArticle {
            id: article,
            ordinance_id,
            parent_id: None,
            kind: ArticleKind::Article,
            number: 3,
            heading_fa: "وظیفه".into(),
            heading_en: "Duty".into(),
            wording_fa: "متن".into(),
            wording_en: "Wording".into(),
            valid_from: today,
            is_sample: true,
            figures: Vec::new(),
        };
        stage.write(&alice, add).await.unwrap();
        let committee_id = CommitteeId::new(db.new_id());
        let create = CreateCommittee {
            id: committee_id,
            ordinance_id,
            organization_id: OrganizationId::new(stage.home),
            parent_id: None,
            code: "c".into(),
            name_fa: "کمیته".into(),
            name_en: "Committee".into(),
            rules: Rules {
                voting_roles: vec![CommitteeRole::Chair, CommitteeRole::Secretary],
                quorum_basis_points: 5_000,
                quorum_least: 2,
                is_chair_needed: true,
                majority: Majority::Present,
                meets_every_days: 90,
                reminder_days: 10,
            },
        };
        stage.write(&alice, create).await.unwrap();
        let chair = stage.add("chair", stage.home, &[Role::Chair]).await;
        let mut marks = Vec::new();
        for (role, user) in [
            (CommitteeRole::Chair, chair.id),
            (CommitteeRole::Secretary, alice.id),
        ] {
            let id = MembershipId::new(db.new_id());
            let seat = AddMember {
                id,
                committee_id,
                organization_id: OrganizationId::new(stage.home),
                user_id: Some(user),
                role,
                title_fa: "سمت".into(),
                title_en: "Office".into(),
                valid_from: today,
            };
            stage.write(&alice, seat).await.unwrap();
            marks.push(Mark {
                membership_id: id,
                presence: Presence::Present,
            });
        }
        let meeting = MeetingId::new(db.new_id());
        let plan = PlanMeeting {
            id: meeting,
            committee_id,
            held_on: today,
            hours: "۱۰".into(),
            place: "تالار".into(),
        };
        stage.write(&alice, plan).await.unwrap();
        stage
            .write(
                &chair,
                ApproveAgenda {
                    meeting_id: meeting,
                },
            )
            .await
            .unwrap();
        stage
            .write(
                &alice,
                RecordAttendance {
                    meeting_id: meeting,
                    marks,
                },
            )
            .await
            .unwrap();
        Self {
            meeting,
            article,
            body,
            service,
            chair,
            her,
        }
    }

    /// A resolution that opens a leg, or a line of a package.
    async fn decides(&self, case: CaseId, is_leg: bool) -> CaseDecisionId {
        let stage = &self.her.house.stage;
        let (db, alice) = (&stage.city.db, &stage.alice);
        let resolution_id = ResolutionId::new(db.new_id());
        let pass = PassResolution {
            id: resolution_id,
            meeting_id: self.meeting,
            article_id: self.article,
            organization_id: self.body,
            responsible: "مدیر".into(),
            wording: "کمک شود".into(),
            due_on: db.clock().today(),
            evidence_asked: "رسید".into(),
            votes_for: 2,
            votes_against: 0,
            votes_abstain: 0,
        };
        stage.write(alice, pass).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let case_code = casework::cases::find(&mut conn, case)
            .await
            .unwrap()
            .unwrap()
            .code;
        let line = casework::budget::list(&mut conn).await.unwrap();
        let line = line.iter().find(|line| line.code == "tools").unwrap();
        let opens = match is_leg {
            true => Opens::Leg {
                service_id: self.service,
            },
            false => Opens::PackageLine {
                budget_line_id: line.id.get(),
                aid: governance::decisions::Aid::Tool,
                name: "چرخ خیاطی".into(),
                quantity: 2,
                unit_cost: 1_000,
            },
        };
        let decide = DecideCase {
            id: CaseDecisionId::new(db.new_id()),
            resolution_id,
            case_code,
            opens,
        };
        stage.write(alice, decide).await.unwrap()
    }

    async fn close(&self) {
        let stage = &self.her.house.stage;
        let meeting_id = self.meeting;
        let wording = "گفت‌وگو شد.".into();
        stage
            .write(
                &stage.alice,
                WriteMinutes {
                    meeting_id,
                    wording,
                },
            )
            .await
            .unwrap();
        stage
            .write(&stage.alice, OpenRemarks { meeting_id })
            .await
            .unwrap();
        stage
            .write(&stage.alice, SignMinutes { meeting_id })
            .await
            .unwrap();
        stage
            .write(&self.chair, FreezeMinutes { meeting_id })
            .await
            .unwrap();
    }

    async fn told(&self, id: CaseDecisionId) -> (String, Option<String>, Option<String>) {
        let mut conn = self.her.house.stage.city.db.read().await.unwrap();
        let rows = db::sql("SELECT state, opened, refusal FROM case_decision WHERE id = $1")
            .bind(id)
            .rows(&mut conn)
            .await
            .unwrap();
        let row = &rows[0];
        (
            row.get("state").unwrap(),
            row.get("opened").unwrap(),
            row.get("refusal").unwrap(),
        )
    }
}

#[derive(Serialize)]
struct References {}

impl Write for References {
    const NAME: &'static str = "references";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        casework::reference::load(tx).await
    }
}
