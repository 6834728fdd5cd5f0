use casework::tasks;
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::{Learner, Scene, persian_days, typed};
use crate::{AddConsultant, ConsultantId};

async fn consultant(scene: &Scene, user: Option<Uuid>) -> ConsultantId {
    let command = AddConsultant {
        id: ConsultantId::new(scene.stage.city.db.new_id()),
        organization_id: scene.school,
        user_id: user,
        name_fa: "استاد نمونه‌دان".into(),
        name_en: "Master Nemunedan".into(),
        field_fa: "بسته‌بندی".into(),
        field_en: "Packaging".into(),
    };
    scene.stage.write(&scene.supervisor, command).await.unwrap()
}

async fn book(
    scene: &Scene,
    learner: &Learner,
    who: ConsultantId,
    hour: &str,
) -> access::cast::Reply {
    let day = typed(scene.today + persian_days(3));
    let fields = [
        ("consultant", who.to_string()),
        ("starts_on", day),
        ("from_clock", hour.to_owned()),
        ("minutes", "60".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    scene
        .post(
            &scene.stage.alice,
            &format!("/cases/{}/consultations", learner.case),
            &fields,
        )
        .await
}

both! {
    async fn advice_becomes_tasks_of_her_case(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        scene.page(&scene.supervisor, "/consultants/new").await;
        let (body, user) = (scene.school.to_string(), scene.trainer.id.to_string());
        scene.done(&scene.supervisor, "/consultants", &[
            ("body", &body), ("name_fa", "استاد نمونه‌دان"), ("name_en", "Master Nemunedan"),
            ("field_fa", "بسته‌بندی"), ("field_en", "Packaging"), ("user", &user),
        ]).await;
        scene.page(&scene.supervisor, "/consultants").await;
        let known = scene.json(&scene.stage.alice, "/api/v1/consultants").await;
        let who: ConsultantId = known["items"][0]["id"].as_str().unwrap().parse().unwrap();
        scene.page(&scene.stage.alice, &format!("/cases/{}/consultations/new", mina.case)).await;
        let at = book(&scene, &mina, who, "10").await.location.unwrap();
        scene.page(&scene.trainer, &at).await;
        let list = scene.page(&scene.trainer, "/consultations?state=booked").await;
        assert!(list.contains("مینا آزمونی"));
        let due = typed(scene.today + persian_days(20));
        let key = Uuid::now_v7().to_string();
        let fields = [
            ("outcome", "needs_work"), ("note", "در شیشه‌ها عوض شود"), ("advice_1", "شیشهٔ نو بخرد"),
            ("due_1", due.as_str()), ("advice_3", "برچسب را درست کند"), ("due_3", due.as_str()),
            ("form_key", key.as_str()),
        ];
        for _ in 0..2 {
            scene.done(&scene.trainer, &format!("{at}/hold"), &fields).await;
        }
        let shown = scene.page(&scene.stage.alice, &at).await;
        assert!(shown.contains("در شیشه‌ها عوض شود"));
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let tasks = tasks::list(&mut conn, mina.case).await.unwrap();
        let words: Vec<String> = tasks.iter()
            .map(|task| task.words(&scene.stage.city.keys).unwrap().unwrap_or_default()).collect();
        assert_eq!(words, ["شیشهٔ نو بخرد", "برچسب را درست کند"]);
        drop(conn);
        let case = scene.page(&scene.stage.alice, &format!("/cases/{}", mina.case)).await;
        assert!(case.contains("شیشهٔ نو بخرد"), "the case's page shows it");
        scene.refused(&scene.trainer, &format!("{at}/hold"), &[("outcome", "ready")], "دیگر در انتظار نیست").await;
        scene.is_sound().await;
    }

    async fn nobody_is_booked_twice_at_the_same_hour(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (mina, sara) = (scene.learner("مینا", "آزمونی").await, scene.learner("سارا", "نمونه‌ای").await);
        let who = consultant(&scene, Some(scene.trainer.id)).await;
        let body = consultant(&scene, None).await;
        let first = book(&scene, &mina, who, "10").await;
        assert_eq!(first.status, 303, "{}", first.body);
        let busy = book(&scene, &sara, who, "10:30").await;
        assert!(busy.status == 422 && busy.body.contains("مشاور در این زمان"), "{}", busy.body);
        let herself = book(&scene, &mina, body, "10:30").await;
        assert!(herself.status == 422 && herself.body.contains("در همین زمان"), "{}", herself.body);
        let at = first.location.unwrap();
        scene.refused(&scene.trainer, &format!("{at}/end"), &[("how", "held")], "نیامد یا لغو شد").await;
        scene.done(&scene.trainer, &format!("{at}/end"), &[("how", "missed")]).await;
        assert_eq!(book(&scene, &sara, who, "10:30").await.status, 303, "the hour is free again");
        scene.is_sound().await;
    }

    async fn machines_book_and_record_by_the_same_rules(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let who = consultant(&scene, None).await;
        let alice = Some(&scene.stage.alice);
        let starts = persian::Timestamp::at(scene.today + persian_days(2), 9, 0);
        let id = Uuid::now_v7();
        let body = json!({ "id": id, "consultant_id": who, "case_id": mina.case, "starts_at": starts, "minutes": 45 });
        let path = "/api/v1/consultations";
        assert_eq!(scene.stage.send_json(alice, "POST", path, &body).await.status, 201);
        assert_eq!(scene.stage.send_json(alice, "POST", path, &body).await.status, 200);
        let mut long = body.clone();
        long["id"] = json!(Uuid::now_v7());
        long["minutes"] = json!(10_000);
        assert_eq!(scene.stage.send_json(alice, "POST", path, &long).await.status, 422);
        let result = format!("{path}/{id}/result");
        let due = scene.today + persian_days(9);
        let found = json!({ "outcome": "needs_work", "advice": [{ "words": "آزمایش نمونه", "due_on": due }] });
        let keyless = scene.stage.send_json(alice, "POST", &result, &found).await;
        assert_eq!((keyless.status.as_u16(), &keyless.json()["type"]), (400, &json!("/problems/unreadable")));
        let held = crate::tests::api::keyed(&scene, &scene.stage.alice, &result, &found).await;
        assert_eq!(held.status, 200, "{}", held.body);
        assert_eq!((&held.json()["state"], &held.json()["advices"]), (&json!("held"), &json!(1)));
    }
}
