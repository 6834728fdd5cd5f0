//! A scene: a centre with a case, three bodies around it, and an officer in each.

use access::cast::{Actor, Stage};
use access::grants::Category;
use access::{Role, consents};
use casework::cases::{ConsentGiven, Evidence, Source};
use casework::{CaseId, OpenCase};
use db::{Origin, Write, sql};
use organizations::{
    CreateOrganization, CreateService, OrganizationId, OrganizationKind, ServiceId,
};
use people::persons::{NationalCodeFact, PersonFacts};
use people::{NewPerson, PersonId};
use persian::{NationalCode, Phone};
use serde::Serialize;
use serde_json::json;
use testing::Bench;
use uuid::Uuid;

use crate::legs::states::{Actor as Part, State};
use crate::parcels::AgreeToReferral;
use crate::{By, Leg, LegId, NewLeg, Note, SendLeg, WithdrawConsent, legs, reference};

/// A body with its service and its officer.
pub struct Body {
    pub id: OrganizationId,
    pub service: ServiceId,
    pub officer: Actor,
}

pub struct Scene {
    pub stage: Stage,
    pub case: CaseId,
    pub person: PersonId,
    pub health: Body,
    pub labour: Body,
    pub training: Body,
    pub supervisor: Actor,
}

/// Loads reference data the way `migrate` does, twice.
#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        reference::load(tx).await?;
        reference::load(tx).await
    }
}

#[derive(Serialize)]
struct Register {
    new: NewPerson,
}

impl Write for Register {
    const NAME: &'static str = "register";
    type Out = PersonId;
    async fn run(&self, tx: &mut db::Tx) -> db::Result<PersonId> {
        people::create(tx, &self.new).await
    }
}

/// A valid code of an invented person.
pub const NATIONAL_CODE: &str = "0499370899";
pub const PHONE: &str = "+989001234567";

impl Scene {
    pub async fn open(bench: &Bench) -> Self {
        let rooms = vec![access::room(), webhooks::room(), crate::room()];
        let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let supervisor = stage
            .add("supervisor", stage.home, &[Role::Supervisor])
            .await;
        let health = body(&stage, "health", OrganizationKind::Health, "food_approval").await;
        let labour = body(&stage, "labour", OrganizationKind::Ministry, "home_licence").await;
        let training = body(&stage, "training", OrganizationKind::Training, "training").await;
        let person = PersonId::new(stage.city.db.new_id());
        let facts = PersonFacts {
            national_code: NationalCodeFact::Verified(NationalCode::parse(NATIONAL_CODE).unwrap()),
            region: Some(5),
            phone: Some(Phone::parse(PHONE).unwrap()),
            ..PersonFacts::new(OrganizationId::new(stage.home), "مینا", "آزمونی")
        };
        let new = facts.seal(&stage.city.keys, person);
        stage.write(&stage.alice, Register { new }).await.unwrap();
        let case = CaseId::new(stage.city.db.new_id());
        let today = stage.city.db.clock().today();
        let open = OpenCase {
            id: case,
            person,
            organization: OrganizationId::new(stage.home),
            owner: stage.alice.id,
            source: Source::Visit,
            consent: ConsentGiven {
                id: stage.city.db.new_id(),
                evidence: Evidence::Signature,
                valid_until: casework::months_after(today, 24),
            },
            next_action_on: today,
        };
        stage.write(&stage.alice, open).await.unwrap();
        Self {
            stage,
            case,
            person,
            health,
            labour,
            training,
            supervisor,
        }
    }

    /// A case of another person of the same centre.
    pub async fn other_case(&self) -> CaseId {
        let stage = &self.stage;
        let person = PersonId::new(stage.city.db.new_id());
        let facts = PersonFacts::new(OrganizationId::new(stage.home), "سارا", "نمونه‌ای");
        let new = facts.seal(&stage.city.keys, person);
        stage.write(&stage.alice, Register { new }).await.unwrap();
        let today = stage.city.db.clock().today();
        let open = OpenCase {
            id: CaseId::new(stage.city.db.new_id()),
            person,
            organization: OrganizationId::new(stage.home),
            owner: stage.alice.id,
            source: Source::Visit,
            consent: ConsentGiven {
                id: stage.city.db.new_id(),
                evidence: Evidence::Signature,
                valid_until: casework::months_after(today, 24),
            },
            next_action_on: today,
        };
        stage.write(&stage.alice, open).await.unwrap()
    }

    /// The person agrees that a body learns of her.
    pub async fn agree(&self, body: OrganizationId, categories: &[Category]) -> Uuid {
        let command = AgreeToReferral {
            id: self.stage.city.db.new_id(),
            case_id: self.case,
            organization_id: body,
            categories: categories.to_vec(),
            evidence: Evidence::Signature,
            valid_until: casework::months_after(self.stage.city.db.clock().today(), 12),
        };
        self.stage.write(&self.stage.alice, command).await.unwrap()
    }

    /// Takes a consent back; how many legs were called back.
    pub async fn withdraw(&self, consent: Uuid) -> u64 {
        let city = &self.stage.city;
        let mut conn = city.db.read().await.unwrap();
        let read = consents::get(&mut conn, consent).await.unwrap();
        let today = city.db.clock().today();
        let command = WithdrawConsent::of(&mut conn, &city.keys, &read, today)
            .await
            .unwrap();
        drop(conn);
        self.stage.write(&self.stage.alice, command).await.unwrap()
    }

    /// A leg sent to a body with consent to contact and identity.
    pub async fn send(&self, body: &Body) -> LegId {
        self.agree(body.id, &[Category::Operational, Category::Personal])
            .await;
        self.send_only(body).await
    }

    /// A leg sent without asking for consent again.
    pub async fn send_only(&self, body: &Body) -> LegId {
        let leg = LegId::new(self.stage.city.db.new_id());
        let command = self.compose(body, leg).await.unwrap();
        self.stage.write(&self.stage.alice, command).await.unwrap();
        leg
    }

    pub async fn compose(&self, body: &Body, leg: LegId) -> db::Result<SendLeg> {
        let new = NewLeg {
            id: leg,
            case_id: self.case,
            step_id: None,
            organization_id: body.id,
            service_id: body.service,
        };
        SendLeg::compose(
            &self.stage.city,
            new,
            By::desk(Part::SenderWorker),
            "لطفاً بررسی کنید",
        )
        .await
    }

    pub fn note(&self) -> Note {
        Note::none(self.stage.city.db.new_id())
    }

    pub async fn leg(&self, id: LegId) -> Leg {
        legs::get(&mut self.stage.city.db.read().await.unwrap(), id)
            .await
            .unwrap()
    }

    pub async fn state(&self, id: LegId) -> State {
        self.leg(id).await.state
    }

    /// The case's next action, as stored.
    pub async fn next_action(&self) -> casework::NextAction {
        let mut conn = self.stage.city.db.read().await.unwrap();
        casework::find(&mut conn, self.case)
            .await
            .unwrap()
            .unwrap()
            .next_action
            .unwrap()
    }

    /// Rows of a query of one number.
    pub async fn count(&self, text: &'static str) -> i64 {
        let mut conn = self.stage.city.db.read().await.unwrap();
        sql(text).scalar(&mut conn).await.unwrap()
    }

    /// The path of the newest link that was sent, as `/links/TOKEN`.
    pub async fn link(&self) -> String {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let args: serde_json::Value = sql(
            "SELECT args AS value FROM notice WHERE template IN ('referral', 'referral-reminder')
             ORDER BY id DESC LIMIT 1",
        )
        .scalar(&mut conn)
        .await
        .unwrap();
        let address = args["link"].as_str().unwrap().to_owned();
        address[address.find("/links/").unwrap()..].to_owned()
    }

    /// Runs a write as the program itself.
    pub async fn as_program<W: Write>(&self, command: W) -> db::Result<W::Out> {
        self.stage
            .city
            .db
            .write(&Origin::program("test"), command)
            .await
    }

    /// The body of a leg that the interface accepts.
    pub fn wanted(&self, id: Uuid, service: ServiceId) -> serde_json::Value {
        json!({ "id": id, "case_id": self.case, "step_id": null, "service_id": service })
    }
}

async fn body(stage: &Stage, code: &str, kind: OrganizationKind, service: &str) -> Body {
    let id = OrganizationId::new(stage.city.db.new_id());
    let create = CreateOrganization {
        id,
        code: code.into(),
        kind,
        name_fa: format!("دستگاه {code}"),
        name_en: format!("Body {code}"),
        phone: "09001112233".into(),
        valid_from: stage.city.db.clock().today(),
        knowledge_based_until: None,
    };
    stage.write(&stage.alice, create).await.unwrap();
    let service_id = ServiceId::new(stage.city.db.new_id());
    let create = CreateService {
        id: service_id,
        organization_id: id,
        code: service.into(),
        name_fa: format!("خدمت {service}"),
        name_en: format!("Service {service}"),
        days_to_answer: 5,
        days_to_complete: 20,
    };
    stage.write(&stage.alice, create).await.unwrap();
    let officer = stage
        .add(
            &format!("officer-{code}"),
            id.get(),
            &[Role::PartnerOfficer],
        )
        .await;
    Body {
        id,
        service: service_id,
        officer,
    }
}
