//! A training body with its trainer, a centre with Alice, and people of hers.

use access::Role;
use access::cast::{Actor, Reply, Stage};
use access::consents;
use access::grants::Category;
use casework::cases::{ConsentGiven, Evidence, Source};
use casework::{CaseId, OpenCase};
use db::Write;
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use people::{NewPerson, PersonFacts, PersonId};
use persian::{Date, Jalali, Phone, Timestamp};
use serde::Serialize;
use serde_json::Value as Json;
use testing::Bench;
use uuid::Uuid;

use crate::{Basis, CohortId, CourseId, CreateCohort, CreateCourse, NewSession, SessionId};

pub struct Scene {
    pub stage: Stage,
    pub trainer: Actor,
    /// A trainer of another body.
    pub stranger: Actor,
    pub supervisor: Actor,
    pub school: OrganizationId,
    pub place: PlaceId,
    pub today: Date,
}

/// A person of Alice's with her case.
#[derive(Clone, Debug)]
pub struct Learner {
    pub person: PersonId,
    pub contact: Uuid,
    pub case: CaseId,
    pub code: String,
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

#[derive(Serialize)]
struct Agree {
    subject: Uuid,
    body: Uuid,
    id: Uuid,
}

impl Write for Agree {
    const NAME: &'static str = "agree";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        let consent = consents::NewConsent {
            id: self.id,
            subject_id: self.subject,
            purpose: "referral".into(),
            categories: vec![Category::Operational],
            bodies: vec![self.body],
            valid_until: casework::months_after(tx.today(), 12),
            evidence: "signature".into(),
            given_by: None,
        };
        consents::record(tx, &consent).await
    }
}

#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        casework::reference::load(tx).await
    }
}

impl Scene {
    pub async fn open(bench: &Bench) -> Self {
        let rooms = vec![
            access::room(),
            contacts::room(),
            organizations::room(),
            notices::room(),
            casework::room(),
            crate::room(),
        ];
        let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let school = stage.add_body("school").await;
        let trainer = stage.add("trainer", school, &[Role::Trainer]).await;
        let stranger = stage
            .add("stranger", stage.elsewhere, &[Role::Trainer])
            .await;
        let supervisor = stage
            .add("supervisor", stage.home, &[Role::Supervisor])
            .await;
        let today = stage.city.db.clock().today();
        let place = CreatePlace {
            id: PlaceId::new(stage.city.db.new_id()),
            organization_id: OrganizationId::new(school),
            kind: PlaceKind::Workshop,
            code: "K1".into(),
            name_fa: "کارگاه آفتاب".into(),
            name_en: "Aftab workshop".into(),
            region: 12,
            address: String::new(),
            trade: String::new(),
            capacity: 20,
            valid_from: today,
        };
        let place = stage.write(&stage.alice, place).await.unwrap();
        Self {
            trainer,
            stranger,
            supervisor,
            school: OrganizationId::new(school),
            place,
            today,
            stage,
        }
    }

    /// Who agreed that the school knows her, as a referral there asks for.
    pub async fn learner(&self, first: &str, last: &str) -> Learner {
        let learner = self.newcomer(first, last).await;
        let agree = Agree {
            subject: learner.person.get(),
            body: self.school.get(),
            id: self.stage.city.db.new_id(),
        };
        self.stage.write(&self.stage.alice, agree).await.unwrap();
        learner
    }

    /// Takes every consent back that lets the school know her.
    pub async fn withdraw(&self, learner: &Learner) {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let all = consents::list(&mut conn, learner.person.get())
            .await
            .unwrap();
        drop(conn);
        for consent in all.iter().filter(|one| one.purpose != "casework") {
            let id = consent.id;
            let withdraw = consents::WithdrawConsent { id };
            self.stage.write(&self.stage.alice, withdraw).await.unwrap();
        }
    }

    /// Known to her own centre alone.
    pub async fn newcomer(&self, first: &str, last: &str) -> Learner {
        let stage = &self.stage;
        let person = PersonId::new(stage.city.db.new_id());
        let facts = PersonFacts {
            region: Some(5),
            phone: Some(Phone::parse("09001234567").unwrap()),
            ..PersonFacts::new(OrganizationId::new(stage.home), first, last)
        };
        let new = facts.seal(&stage.city.keys, person);
        stage.write(&stage.alice, Register { new }).await.unwrap();
        let open = OpenCase {
            id: CaseId::new(stage.city.db.new_id()),
            person,
            organization: OrganizationId::new(stage.home),
            owner: stage.alice.id,
            source: Source::Visit,
            consent: ConsentGiven {
                id: stage.city.db.new_id(),
                evidence: Evidence::Signature,
                valid_until: casework::months_after(self.today, 24),
            },
            next_action_on: self.today,
        };
        let case = stage.write(&stage.alice, open).await.unwrap();
        let mut conn = stage.city.db.read().await.unwrap();
        let code = casework::find(&mut conn, case).await.unwrap().unwrap().code;
        let contact = people::contact_of(&mut conn, person).await.unwrap().get();
        Learner {
            person,
            contact,
            case,
            code,
        }
    }

    pub async fn course(&self, basis: Basis, needed: i64) -> CourseId {
        let command = CreateCourse {
            id: CourseId::new(self.stage.city.db.new_id()),
            organization_id: self.school,
            title_fa: "ایمنی غذا و بسته‌بندی".into(),
            title_en: "Food safety and packaging".into(),
            hours: 24,
            basis,
            attendance_needed: needed,
        };
        self.stage.write(&self.trainer, command).await.unwrap()
    }

    /// Three sessions, the first some days from today, at nine.
    pub fn sessions(&self, first: i64) -> Vec<NewSession> {
        let day = |n: i64| self.today + persian_days(first + n);
        let session = |n: i64| NewSession {
            id: SessionId::new(self.stage.city.db.new_id()),
            place_id: self.place,
            starts_at: Timestamp::at(day(n), 9, 0),
            ends_at: Timestamp::at(day(n), 11, 0),
        };
        (0..3).map(session).collect()
    }

    pub fn cohort_of(&self, course: CourseId, capacity: i64, first: i64) -> CreateCohort {
        CreateCohort {
            id: CohortId::new(self.stage.city.db.new_id()),
            course_id: course,
            place_id: self.place,
            trainer_id: self.trainer.id,
            capacity,
            sessions: self.sessions(first),
        }
    }

    /// A cohort whose sessions are over: the roll can be called.
    pub async fn cohort(&self, course: CourseId, capacity: i64) -> CohortId {
        let command = self.cohort_of(course, capacity, -10);
        self.stage.write(&self.trainer, command).await.unwrap()
    }

    pub async fn get(&self, actor: &Actor, path: &str) -> Reply {
        self.stage.get(Some(actor), path).await
    }

    /// A page that must be whole.
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

    pub async fn post(&self, actor: &Actor, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.stage.post(Some(actor), path, fields).await
    }

    /// A post that must succeed; where it leads.
    pub async fn done(&self, actor: &Actor, path: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.post(actor, path, fields).await;
        assert_eq!(reply.status, 303, "{path}: {}", reply.body);
        reply.location.unwrap()
    }

    /// A post that must come back with a sentence.
    pub async fn refused(&self, actor: &Actor, path: &str, fields: &[(&str, &str)], words: &str) {
        let reply = self.post(actor, path, fields).await;
        assert_eq!(reply.status, 422, "{path}: {}", reply.body);
        let plain = web::words::plain(&reply.body).into_owned();
        assert!(plain.contains(words), "{path}: {words} is not in {plain}");
        assert_eq!(
            web::inspect::faults(&reply.body),
            Vec::<String>::new(),
            "{path}"
        );
    }

    pub async fn json(&self, actor: &Actor, path: &str) -> Json {
        let reply = self.get(actor, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    /// Enrols on screen by the case's code.
    pub async fn enrol(&self, cohort: CohortId, learner: &Learner) {
        let path = format!("/cohorts/{cohort}/enrolments");
        self.done(&self.stage.alice, &path, &[("case_code", &learner.code)])
            .await;
    }

    /// The ids of a cohort's sessions and people, as its trainer sees them.
    pub async fn ids(&self, cohort: CohortId) -> (Vec<String>, Vec<String>) {
        let body = self
            .json(&self.trainer, &format!("/api/v1/cohorts/{cohort}"))
            .await;
        let ids = |key: &str| {
            let list = body[key].as_array().unwrap().iter();
            list.map(|one| one["id"].as_str().unwrap().to_owned())
                .collect()
        };
        (ids("sessions"), ids("people"))
    }

    /// Calls one roll on screen; `marks` in the order of people.
    pub async fn roll(&self, session: &str, people: &[String], marks: &[&str]) {
        let names: Vec<String> = people.iter().map(|id| format!("mark-{id}")).collect();
        let fields: Vec<(&str, &str)> = names
            .iter()
            .map(String::as_str)
            .zip(marks.iter().copied())
            .collect();
        self.done(&self.trainer, &format!("/sessions/{session}/roll"), &fields)
            .await;
    }

    /// A cohort held to its end with one person who was always there; her certificate's id.
    pub async fn certified(&self, learner: &Learner) -> (CohortId, String) {
        let course = self.course(Basis::Attendance, 80).await;
        let cohort = self.cohort(course, 5).await;
        self.enrol(cohort, learner).await;
        let (sessions, people) = self.ids(cohort).await;
        for session in &sessions {
            self.roll(session, &people, &["present"]).await;
        }
        self.done(&self.trainer, &format!("/cohorts/{cohort}/complete"), &[])
            .await;
        self.done(
            &self.trainer,
            &format!("/cohorts/{cohort}/certificates"),
            &[],
        )
        .await;
        let papers = self
            .json(
                &self.trainer,
                &format!("/api/v1/cohorts/{cohort}/certificates"),
            )
            .await;
        let id = papers["items"][0]["id"].as_str().unwrap().to_owned();
        (cohort, id)
    }

    /// Every rule of the room holds.
    pub async fn is_sound(&self) {
        let mut conn = self.stage.city.db.read().await.unwrap();
        for check in crate::checks(&mut conn).await.unwrap() {
            assert!(check.ok, "{}: {:?}", check.code, check.faults);
        }
    }
}

pub fn persian_days(days: i64) -> chrono::TimeDelta {
    chrono::TimeDelta::days(days)
}

/// A day as staff type it.
pub fn typed(day: Date) -> String {
    persian::persian_digits(&Jalali::from(day).to_string())
}
