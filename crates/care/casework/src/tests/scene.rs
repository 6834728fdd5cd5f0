//! A case of an invented person, brought as far as a test needs.

use access::Role;
use access::cast::{Actor, Reply, Stage};
use access::consents;
use access::grants::{self, Category, Grant};
use db::Write;
use money::Rial;
use organizations::OrganizationId;
use people::groups::{AddGroup, Basis};
use people::{Gender, NewPerson, PersonFacts, PersonId};
use persian::{Date, Jalali};
use serde::Serialize;
use testing::Bench;
use uuid::Uuid;

use crate::cases::{CloseReason, ConsentGiven, Evidence, Source};
use crate::plans::{self, PlanId};
use crate::{Case, CaseId, OpenCase};

pub struct Scene {
    pub stage: Stage,
    pub supervisor: Actor,
    pub person: PersonId,
    pub case: CaseId,
}

/// What `migrate` loads, and the target groups people need.
#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        db::sql(
            "INSERT INTO target_group (code, name_fa, name_en, synonyms, place, valid_from)
                 VALUES ('woman_head_of_household', 'گروه', 'Group', $1, 1, $2)",
        )
        .bind(serde_json::json!([]))
        .bind(tx.today())
        .execute(tx)
        .await?;
        crate::reference::load(tx).await
    }
}

#[derive(Serialize)]
struct Close {
    case: CaseId,
    reason: crate::Sealed,
}

impl Write for Close {
    const NAME: &'static str = "close";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        crate::cases::close(tx, self.case, &self.reason).await
    }
}

#[derive(Serialize)]
struct Share {
    subject: Uuid,
    organization: Uuid,
    category: Category,
}

impl Write for Share {
    const NAME: &'static str = "share";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        let grant = Grant {
            subject: self.subject,
            organization: self.organization,
            purpose: "referral:one".into(),
            category: self.category,
            until: None,
            consent: None,
        };
        grants::give(tx, grant).await.map(drop)
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

impl Scene {
    /// A person of the home body, in a target group, without a case.
    pub async fn registered(bench: &Bench) -> Self {
        let rooms = vec![access::room(), contacts::room(), crate::room()];
        let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
        let supervisor = stage
            .add("supervisor", stage.home, &[Role::Supervisor])
            .await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let mut scene = Self {
            person: PersonId::new(Uuid::nil()),
            case: CaseId::new(Uuid::nil()),
            stage,
            supervisor,
        };
        scene.person = scene.register("مینا", "آزمونی", Some((1360, 5, 12))).await;
        scene
    }

    pub async fn register(
        &self,
        first: &str,
        last: &str,
        birth: Option<(i32, u8, u8)>,
    ) -> PersonId {
        let stage = &self.stage;
        let id = PersonId::new(stage.city.db.new_id());
        let facts = PersonFacts {
            birth_on: birth
                .map(|(year, month, day)| Jalali::new(year, month, day).unwrap().to_date()),
            gender: Some(Gender::Female),
            region: Some(5),
            ..PersonFacts::new(OrganizationId::new(stage.home), first, last)
        };
        let new = facts.seal(&stage.city.keys, id);
        stage.write(&stage.alice, Register { new }).await.unwrap();
        let group = AddGroup {
            id: stage.city.db.new_id(),
            person: id,
            group_code: "woman_head_of_household".into(),
            basis: Basis::Declared,
            reason_sealed: None,
        };
        stage.write(&stage.alice, group).await.unwrap();
        id
    }

    /// With Alice's case.
    pub async fn opened(bench: &Bench) -> Self {
        let mut scene = Self::registered(bench).await;
        scene.case = scene.open(scene.person).await.unwrap();
        scene
    }

    pub async fn open(&self, person: PersonId) -> db::Result<CaseId> {
        let stage = &self.stage;
        let open = OpenCase {
            id: CaseId::new(stage.city.db.new_id()),
            person,
            organization: OrganizationId::new(stage.home),
            owner: stage.alice.id,
            source: Source::Visit,
            consent: ConsentGiven {
                id: stage.city.db.new_id(),
                evidence: Evidence::Signature,
                valid_until: crate::months_after(self.today(), 24),
            },
            next_action_on: self.today(),
        };
        stage.write(&stage.alice, open).await
    }

    /// Assessed through the page: low in market, the rest fair. Income of the household in toman.
    pub async fn assess(&self, household_income: &str) -> Reply {
        let fields = assessment(household_income);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        self.stage
            .post(Some(&self.stage.alice), &self.at("/assessments"), &fields)
            .await
    }

    /// Assessed, and let in by the rules.
    pub async fn eligible(bench: &Bench) -> Self {
        let scene = Self::opened(bench).await;
        scene.assess("۱۲ میلیون تومان").await;
        let decided = scene
            .post(&scene.stage.alice, &scene.at("/decisions"), &[])
            .await;
        assert_eq!(decided.status, 303);
        scene
    }

    /// With a plan of Alice's from the group's template, with a goal and a step, and money for it.
    pub async fn planned(bench: &Bench) -> (Self, PlanId) {
        let scene = Self::eligible(bench).await;
        for code in ["training", "tools", "licensing", "marketing", "protection"] {
            let grant = crate::budget::GrantBudget {
                code: code.into(),
                amount: Rial::new(1_000_000_000),
            };
            scene.stage.write(&scene.stage.alice, grant).await.unwrap();
        }
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let groups = ["woman_head_of_household".to_owned()];
        let template = plans::templates_for(&mut conn, &groups).await.unwrap()[0]
            .id
            .to_string();
        drop(conn);
        let started = scene
            .post(
                &scene.stage.alice,
                &scene.at("/plans"),
                &[("template", &template)],
            )
            .await;
        assert_eq!(started.status, 303, "{}", started.body);
        let plan = scene.plan().await;
        let goal = [
            ("goal_words", "ماهی ده شیشه ترشی بفروشم"),
            ("goal_domain", "market"),
            ("goal_measure", "monthly_income"),
            ("goal_baseline", "0"),
            ("goal_target", "۵ میلیون"),
            ("goal_on", "1406/03/01"),
        ];
        let added = scene
            .post(&scene.stage.alice, &format!("/plans/{plan}/goals"), &goal)
            .await;
        assert_eq!(added.status, 303, "{}", added.body);
        let step = [
            ("step_kind", "referral"),
            ("step_words", ""),
            ("step_body", ""),
            ("step_on", "1405/09/20"),
        ];
        let added = scene
            .post(&scene.stage.alice, &format!("/plans/{plan}/steps"), &step)
            .await;
        assert_eq!(added.status, 303, "{}", added.body);
        (scene, plan)
    }

    pub async fn plan(&self) -> PlanId {
        let mut conn = self.stage.city.db.read().await.unwrap();
        plans::current(&mut conn, self.case)
            .await
            .unwrap()
            .unwrap()
            .id
    }

    pub fn at(&self, path: &str) -> String {
        format!("/cases/{}{path}", self.case)
    }

    pub async fn get(&self, actor: &Actor, path: &str) -> Reply {
        self.stage.get(Some(actor), path).await
    }

    pub async fn post(&self, actor: &Actor, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.stage.post(Some(actor), path, fields).await
    }

    /// A page that is there, without faults a machine can see.
    pub async fn page(&self, actor: &Actor, path: &str) -> String {
        let reply = self.get(actor, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        assert_eq!(
            web::inspect::faults(&reply.body),
            Vec::<String>::new(),
            "{path}"
        );
        reply.body
    }

    pub async fn found(&self) -> Case {
        crate::find(&mut self.stage.city.db.read().await.unwrap(), self.case)
            .await
            .unwrap()
            .unwrap()
    }

    /// Closed as the room above does it, which also ends what other bodies do.
    pub async fn close(&self) {
        let close = Close {
            case: self.case,
            reason: CloseReason::Moved.seal(&self.stage.city.keys, self.case),
        };
        self.stage.write(&self.stage.alice, close).await.unwrap();
    }

    /// A leg's parcel lets another body see her facts, up to this class.
    pub async fn grant(&self, organization: Uuid, category: Category) {
        let grant = Share {
            subject: self.person.get(),
            organization,
            category,
        };
        self.stage.write(&self.stage.alice, grant).await.unwrap();
    }

    pub async fn withdraw_consent(&self) {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let consents = consents::list(&mut conn, self.person.get()).await.unwrap();
        drop(conn);
        for consent in consents {
            let withdraw = consents::WithdrawConsent { id: consent.id };
            self.stage.write(&self.stage.alice, withdraw).await.unwrap();
        }
    }

    pub fn today(&self) -> Date {
        self.stage.city.db.clock().today()
    }
}

pub fn assessment(household_income: &str) -> Vec<(String, String)> {
    let mut fields = vec![
        ("answer_own_income".to_owned(), "۰".to_owned()),
        (
            "answer_household_income".to_owned(),
            household_income.to_owned(),
        ),
        ("answer_household_members".to_owned(), "۴".to_owned()),
        ("answer_insured".to_owned(), "no".to_owned()),
        (
            "answer_help_needed".to_owned(),
            "رازی که کسی نباید ببیند".to_owned(),
        ),
    ];
    for domain in ["income", "skill", "home_tools", "health", "family"] {
        fields.push((format!("score_{domain}"), "3".to_owned()));
    }
    fields.push(("score_market".to_owned(), "1".to_owned()));
    fields
}
