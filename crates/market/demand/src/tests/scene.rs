//! A centre that raises needs, and two knowledge-based companies.

use access::Role;
use access::cast::{Actor, Reply, Stage};
use axum::body::Body;
use axum::http::Request;
use organizations::{CreateOrganization, OrganizationId, OrganizationKind};
use persian::{Date, Jalali};
use serde_json::Value as Json;
use testing::Bench;
use uuid::Uuid;

pub struct Scene {
    pub stage: Stage,
    /// Speaks for a certified company.
    pub company: Actor,
    pub company_body: Uuid,
    /// Speaks for another one.
    pub rival: Actor,
    pub today: Date,
}

impl Scene {
    /// Alice and Bob are product officers of the centre, Charlie of another.
    pub async fn open(bench: &Bench) -> Self {
        let rooms = vec![access::room(), organizations::room(), crate::room()];
        let stage = Stage::open(bench, rooms, &[Role::ProductOfficer]).await;
        let today = stage.city.db.clock().today();
        let company_body = company_of(&stage, "mandegar", Some(today)).await;
        let rival_body = company_of(&stage, "parsa", Some(today)).await;
        let company = stage
            .add("company", company_body, &[Role::CompanyOfficer])
            .await;
        let rival = stage
            .add("rival", rival_body, &[Role::CompanyOfficer])
            .await;
        Self {
            company,
            company_body,
            rival,
            today,
            stage,
        }
    }

    pub async fn page(&self, actor: &Actor, path: &str) -> String {
        let reply = self.stage.get(Some(actor), path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        let faults = web::inspect::faults(&reply.body);
        assert_eq!(faults, Vec::<String>::new(), "{path}");
        reply.body
    }

    pub async fn status(&self, actor: &Actor, path: &str) -> u16 {
        self.stage.get(Some(actor), path).await.status.as_u16()
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
        assert!(
            reply.body.contains(words),
            "{path}: {words} is not in {}",
            reply.body
        );
        let faults = web::inspect::faults(&reply.body);
        assert_eq!(faults, Vec::<String>::new(), "{path}");
    }

    pub async fn json(&self, actor: &Actor, path: &str) -> Json {
        let reply = self.stage.get(Some(actor), path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    /// Sends JSON under a fresh idempotency key.
    pub async fn keyed(&self, actor: &Actor, path: &str, body: &Json) -> Reply {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .header("idempotency-key", Uuid::now_v7().to_string())
            .body(Body::from(body.to_string()))
            .unwrap();
        self.stage.send(Some(actor), request).await
    }

    /// A need raised by Alice on screen; its address.
    pub async fn need(&self) -> String {
        self.done(
            &self.stage.alice,
            "/needs",
            &[
                ("title", "ترشی تنها سه هفته می‌ماند"),
                ("description", "پس از باز شدن در شیشه کپک می‌زند."),
                ("craft", "ترشی"),
                ("product_code", ""),
            ],
        )
        .await
    }

    /// An offer for a need; its id.
    pub async fn offer(&self, actor: &Actor, need: &str) -> String {
        let fields = [
            ("what", "پاستوریزه کردن"),
            ("cost", "۲۰۰۰۰۰۰"),
            ("reward", "0"),
            ("days", "۳۰"),
        ];
        self.done(actor, &format!("{need}/offers"), &fields).await;
        let seen = self.json(actor, &format!("/api/v1{need}")).await;
        let offers = seen["offers"].as_array().unwrap();
        offers.last().unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// A pilot of an offer, from today; its address.
    pub async fn pilot(&self, offer: &str) -> String {
        let (from, until) = (
            typed(self.today),
            typed(self.today + chrono::TimeDelta::days(30)),
        );
        let fields = [
            ("starts_on", from.as_str()),
            ("ends_on", &until),
            ("measure", "ماندگاری"),
            ("unit", "روز"),
            ("baseline", "۲۱"),
        ];
        self.done(
            &self.stage.alice,
            &format!("/offers/{offer}/pilot"),
            &fields,
        )
        .await
    }

    /// Every rule of the room holds.
    pub async fn is_sound(&self) {
        let mut conn = self.stage.city.db.read().await.unwrap();
        for check in crate::checks(&mut conn).await.unwrap() {
            assert!(check.ok, "{}: {:?}", check.code, check.faults);
        }
    }
}

/// A knowledge-based company, certified until a day.
pub async fn company_of(stage: &Stage, code: &str, until: Option<Date>) -> Uuid {
    let command = CreateOrganization {
        id: OrganizationId::new(stage.city.db.new_id()),
        code: code.into(),
        kind: OrganizationKind::KnowledgeBased,
        name_fa: "ماندگارسازان".into(),
        name_en: "Mandegar".into(),
        phone: String::new(),
        valid_from: stage.city.db.clock().today(),
        knowledge_based_until: until,
    };
    stage.write(&stage.alice, command).await.unwrap().get()
}

/// A day as staff type it.
pub fn typed(day: Date) -> String {
    persian::persian_digits(&Jalali::from(day).to_string())
}
