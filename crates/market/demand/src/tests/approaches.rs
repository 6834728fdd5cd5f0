//! Fits, clocks, thanks and a centre's page, through the front door.

use access::Role;
use access::cast::Actor;
use organizations::profiles::{CertifyBody, ContactPerson, HelpKind, KeepProfile, ProfileKind};
use organizations::{CreateService, OrganizationId, ServiceId};
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::orders::centre;
use super::scene::{Scene, typed};

impl Scene {
    async fn profile(&self, body: Uuid, change: impl FnOnce(&mut KeepProfile)) {
        let mut keep = KeepProfile {
            organization_id: OrganizationId::new(body),
            kind: ProfileKind::KnowledgeBased,
            about_fa: "بسته‌بندی می‌سازیم.".into(),
            about_en: String::new(),
            capacity: 1,
            offers: vec![HelpKind::Packaging, HelpKind::ShelfLife],
            seeks: vec![],
            regions: vec![5, 12],
            fields: vec!["ترشی و مربا".into()],
            contact: ContactPerson {
                contact_name: "رابط نهفته".into(),
                contact_phone: "02100000000".into(),
            }
            .sealed(&self.stage.city.keys, OrganizationId::new(body))
            .unwrap(),
            is_named: false,
        };
        change(&mut keep);
        self.stage.write(&self.company, keep).await.unwrap();
    }

    async fn asking(&self, help: &str, region: &str) -> String {
        let fields = [
            ("title", "ترشی تنها سه هفته می‌ماند"),
            ("description", "کپک می‌زند."),
            ("craft", "ترشی"),
            ("product_code", ""),
            ("help", help),
            ("region", region),
        ];
        self.done(&self.stage.alice, "/needs", &fields).await
    }

    /// The reasons that hold for each supporter, in the order shown.
    async fn fits(&self, need: &str) -> Vec<(String, Vec<String>)> {
        let found = self
            .json(&self.stage.alice, &format!("/api/v1{need}/supporters"))
            .await;
        let fits = found["items"].as_array().unwrap().iter().map(|fit| {
            let reasons = fit["reasons"].as_array().unwrap().iter();
            let holding = reasons.filter(|one| one["holds"] == json!(true));
            let codes = holding
                .map(|one| one["code"].as_str().unwrap().to_owned())
                .collect();
            (fit["organization_id"].as_str().unwrap().to_owned(), codes)
        });
        fits.collect()
    }

    async fn waiting(&self, actor: &Actor) -> Vec<serde_json::Value> {
        self.json(actor, "/api/v1/approaches").await["items"]
            .as_array()
            .unwrap()
            .clone()
    }
}

both! {
    async fn who_fits_is_told_by_reasons_and_putting_a_need_writes_nothing_twice(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (alice, company) = (&scene.stage.alice, &scene.company);
        scene.profile(scene.company_body, |_| ()).await;
        let other = scene.stage.add_body("other").await;
        scene.profile(other, |keep| {
            keep.regions = vec![];
            keep.capacity = 0;
            keep.fields = vec![];
        }).await;
        let silent = scene.stage.add_body("silent").await;
        scene.profile(silent, |keep| keep.offers = vec![HelpKind::Space]).await;
        let need = scene.asking("packaging", "۵").await;
        let fits = scene.fits(&need).await;
        let codes = |at: usize| fits[at].1.iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(fits.len(), 2, "who does not give this help is not offered");
        assert_eq!((fits[0].0.as_str(), codes(0)), (scene.company_body.to_string().as_str(), vec!["kind", "region", "field", "capacity", "certified"]));
        assert_eq!(codes(1), ["kind", "region"]);
        let page = scene.page(alice, &need).await;
        assert!(page.contains("این رشته را می‌شناسد") && page.contains("اکنون جا ندارد") && !page.contains("رابط نهفته"));
        assert_eq!(scene.json(company, &format!("/api/v1{need}")).await["need"]["help"], "packaging");
        assert_eq!(scene.status(company, &format!("/api/v1{need}/supporters")).await, 403);
        // The other way round: the same reasons for the company.
        let mine = scene.page(company, &format!("/needs/for/{}", scene.company_body)).await;
        assert!(mine.contains("ترشی تنها سه هفته"));
        assert_eq!(scene.status(&scene.rival, &format!("/needs/for/{}", scene.company_body)).await, 404);
        let path = format!("{need}/approaches");
        let body = scene.company_body.to_string();
        let key = Uuid::now_v7().to_string();
        for _ in 0..2 {
            scene.done(alice, &path, &[("supporter", &body), ("form_key", &key)]).await;
        }
        scene.refused(alice, &path, &[("supporter", &body)], "هنوز پاسخ نداده").await;
        assert_eq!(scene.post(&scene.stage.charlie, &path, &[("supporter", &body)]).await.status, 404);
        scene.refused(alice, &path, &[("supporter", &scene.stage.elsewhere.to_string())], "دیگر نیست").await;
        let waiting = scene.waiting(company).await;
        assert_eq!((waiting.len(), &waiting[0]["kind"], &waiting[0]["is_late"]), (1, &json!("put"), &json!(false)));
        assert!(scene.waiting(&scene.rival).await.is_empty());
        assert!(scene.page(company, "/approaches").await.contains("شما"));
        assert_eq!(scene.fits(&need).await[0].1, ["kind", "region", "field", "certified"], "what waits fills its room");
        // An offer answers it and starts the clock of the need's own body.
        let offer = scene.offer(company, &need).await;
        let waiting = scene.waiting(alice).await;
        assert_eq!((waiting.len(), &waiting[0]["kind"], &waiting[0]["owner_id"]), (1, &json!("offered"), &json!(scene.stage.home)));
        assert_eq!(scene.fits(&need).await[0].1.len(), 6, "it answered in time");
        scene.is_sound().await;
        scene.done(alice, &format!("/offers/{offer}/decline"), &[]).await;
        assert!(scene.waiting(alice).await.is_empty());
        scene.page(alice, "/approaches?state=ended").await;
        scene.is_sound().await;
    }

    async fn what_nobody_answers_is_late_and_says_whose_turn_it_is(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.profile(scene.company_body, |_| ()).await;
        let need = scene.asking("packaging", "").await;
        let body = scene.company_body.to_string();
        scene.done(&scene.stage.alice, &format!("{need}/approaches"), &[("supporter", &body)]).await;
        bench.pass_days(12);
        let (alice, company) = (scene.stage.again(&scene.stage.alice).await, scene.stage.again(&scene.company).await);
        let page = scene.page(&alice, "/approaches").await;
        assert!(page.contains("دیرشده") && page.contains("ماندگارسازان"));
        let waiting = scene.waiting(&company).await;
        let id = waiting[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(waiting[0]["is_late"], json!(true));
        let path = format!("/approaches/{id}");
        scene.page(&company, &path).await;
        assert_eq!(scene.post(&alice, &format!("{path}/answer"), &[("answer", "نه")]).await.status, 404, "it is the company's turn");
        scene.refused(&company, &format!("{path}/answer"), &[("answer", " ")], "href=\"#answer\"").await;
        scene.done(&company, &format!("{path}/answer"), &[("answer", "تا بهار جا نداریم."), ("act", "answer")]).await;
        scene.refused(&company, &format!("{path}/answer"), &[("answer", "باز")], "پیش‌تر پایان یافته").await;
        assert!(scene.page(&alice, &need).await.contains("تا بهار جا نداریم"));
        let late = &scene.json(&alice, &format!("/api/v1{need}/supporters")).await["items"][0]["reasons"][4];
        assert_eq!((&late["code"], &late["holds"]), (&json!("answered"), &json!(false)));
        // Withdrawing the need frees whoever still owes a word.
        scene.done(&alice, &format!("{need}/approaches"), &[("supporter", &body)]).await;
        scene.done(&alice, &format!("{need}/withdraw"), &[]).await;
        assert!(scene.waiting(&company).await.is_empty());
        scene.is_sound().await;
        scene.stage.tamper("UPDATE approach SET state = 'waiting', ended_on = NULL WHERE state = 'closed'").await.unwrap();
        let checks = crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(access::cast::broken(checks), ["approach_need"]);
    }

    async fn a_first_message_reaches_the_desk_sealed_and_nobody_else(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let good = [("name", "سارا نمونه"), ("company", ""), ("phone", "۰۹۱۲۰۰۰۰۰۰۰"), ("help", "design"), ("message", "طراحی برچسب رایگان")];
        let closed = scene.stage.post(None, "/help", &good).await;
        assert!(closed.status == 422 && closed.body.contains("پاسخ نمی‌دهد"));
        let desk = CreateService {
            id: ServiceId::new(Uuid::now_v7()),
            organization_id: OrganizationId::new(scene.stage.home),
            code: crate::approaches::DESK.into(),
            name_fa: "پاسخ به یاران".into(),
            name_en: "Answering supporters".into(),
            days_to_answer: 3,
            days_to_complete: 10,
        };
        scene.stage.write(&scene.stage.alice, desk).await.unwrap();
        for lang in ["en", "fa"] {
            let page = scene.stage.get(None, &format!("/help?lang={lang}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, Vec::new()));
        }
        for wrong in [("name", ""), ("phone", "12"), ("help", "x"), ("message", " ")] {
            let fields: Vec<_> = good.iter().map(|one| if one.0 == wrong.0 { wrong } else { *one }).collect();
            assert_eq!(scene.stage.post(None, "/help", &fields).await.status, 422, "{wrong:?}");
        }
        let key = Uuid::now_v7().to_string();
        for _ in 0..2 {
            let fields = [&good[..], &[("form_key", key.as_str())]].concat();
            let sent = scene.stage.post(None, "/help", &fields).await;
            assert_eq!((sent.status.as_u16(), sent.location.as_deref()), (303, Some("/help/thanks")), "{}", sent.body);
        }
        assert_eq!(scene.stage.get(None, "/help/thanks").await.status, 200);
        let waiting = scene.waiting(&scene.stage.bob).await;
        assert_eq!(waiting.len(), 1, "sent twice, kept once");
        let path = format!("/approaches/{}", waiting[0]["id"].as_str().unwrap());
        assert!(scene.page(&scene.stage.alice, &path).await.contains("طراحی برچسب رایگان"));
        assert_eq!(scene.json(&scene.stage.alice, &format!("/api/v1{path}")).await["message"]["name"], "سارا نمونه");
        assert_eq!(scene.status(&scene.stage.charlie, &path).await, 404);
        let secretary = scene.stage.add("secretary", scene.stage.elsewhere, &[Role::Secretary]).await;
        assert!(!scene.page(&secretary, &path).await.contains("سارا"), "whose turn it is, not who wrote");
        let sent = scene.stage.send_json(None, "POST", "/api/v1/help", &json!({
            "id": Uuid::now_v7(), "help": "space", "name": "نمونه", "body": "", "phone": "09120000000", "text": "جا داریم",
        })).await;
        assert_eq!(sent.status, 201, "{}", sent.body);
        let wrong = scene.stage.send_json(None, "POST", "/api/v1/help", &json!({
            "id": Uuid::now_v7(), "help": "space", "name": "", "body": "", "phone": "09120000000", "text": "جا داریم",
        })).await;
        assert_eq!(wrong.status, 422);
        scene.done(&scene.stage.alice, &format!("{path}/answer"), &[("answer", "تماس گرفتیم؛ هفتهٔ آینده می‌آیند.")]).await;
        assert_eq!(scene.waiting(&scene.stage.alice).await.len(), 1);
    }

    async fn supporters_are_thanked_with_figures_once_they_agreed(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let public = async || {
            // Numbers stand in isolates; words are looked for without them.
            scene.stage.get(None, "/supporters").await.body.replace(['\u{2068}', '\u{2069}'], "")
        };
        scene.profile(scene.company_body, |_| ()).await;
        assert!(!public().await.contains("ماندگارسازان"), "it has not agreed");
        scene.profile(scene.company_body, |keep| keep.is_named = true).await;
        let need = scene.asking("packaging", "").await;
        let offer = scene.offer(&scene.company, &need).await;
        scene.done(&scene.stage.alice, &format!("/offers/{offer}/accept"), &[]).await;
        let (from, until) = (typed(scene.today), typed(scene.today + chrono::TimeDelta::days(9)));
        let fields = [("starts_on", from.as_str()), ("ends_on", &until), ("measure", "ماندگاری"), ("unit", "روز"), ("baseline", "21"), ("goal", "۹۰")];
        let pilot = scene.done(&scene.stage.alice, &format!("/offers/{offer}/pilot"), &fields).await;
        let shown = scene.page(&scene.stage.alice, &pilot).await.replace(['\u{2068}', '\u{2069}'], "");
        assert!(shown.contains("۹۰ روز"), "the goal stands on its page");
        scene.done(&scene.stage.alice, &format!("{pilot}/end"), &[("outcome", "95"), ("result", "solved")]).await;
        let page = public().await;
        assert!(page.contains("ماندگارسازان") && page.contains("۱ نیاز حل شد") && !page.contains("رابط نهفته") && !page.contains("ترشی تنها"));
        assert_eq!(web::inspect::faults(&page), Vec::<String>::new());
        let open = scene.stage.get(None, "/api/v1/supporters").await.json();
        assert_eq!((&open["items"][0]["result"]["solved"], open["items"].as_array().unwrap().len()), (&json!(1), 1));
        scene.profile(scene.company_body, |keep| keep.is_named = false).await;
        assert!(!public().await.contains("ماندگارسازان"), "it took its word back");
    }

    async fn a_certificate_that_ran_out_is_shown_and_fits_no_more(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.profile(scene.company_body, |_| ()).await;
        let certify = CertifyBody { organization_id: OrganizationId::new(scene.company_body), number: "KB-۱۲".into(), until: scene.today };
        scene.stage.write(&scene.stage.alice, certify).await.unwrap();
        let need = scene.asking("shelf_life", "۵").await;
        assert!(scene.fits(&need).await[0].1.contains(&"certified".to_owned()));
        bench.pass_days(1);
        let company = scene.stage.again(&scene.company).await;
        let page = scene.page(&company, &format!("/profiles/{}", scene.company_body)).await;
        assert!(page.contains("KB-12") && page.contains("اعتبارش گذشته") && page.contains("رابط نهفته"), "its own contact person too");
        assert_eq!(scene.status(&scene.stage.again(&scene.rival).await, &format!("/profiles/{}", scene.company_body)).await, 404);
        let offered = scene.offer(&company, &need).await;
        assert_eq!(scene.json(&company, &format!("/api/v1/offers/{offered}")).await["as_knowledge_based"], json!(false));
    }

    async fn a_centres_page_shows_its_orders_its_output_and_its_months(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = &scene.stage.alice;
        let place = centre(&scene).await;
        let due = typed(scene.today + chrono::TimeDelta::days(10));
        let place_text = place.to_string();
        let fields = [("place", place_text.as_str()), ("customer", "درمانگاه"), ("item", "روپوش"), ("quantity", "۱۰۰"), ("due_on", &due)];
        let order = scene.done(alice, "/orders", &fields).await;
        let today = typed(scene.today);
        scene.done(alice, &format!("{order}/deliveries"), &[("delivered", "۴۰"), ("delivered_on", &today)]).await;
        let page = scene.page(alice, &format!("/centres/{place}")).await;
        assert!(page.contains("روپوش") && page.contains("۴۰"));
        let file = scene.json(alice, &format!("/api/v1/centres/{place}")).await;
        assert_eq!((&file["output"][0]["pieces"], file["output"].as_array().unwrap().len()), (&json!(40), 12));
        assert_eq!(scene.status(&scene.company, &format!("/centres/{place}")).await, 403);
        assert_eq!(scene.status(alice, &format!("/centres/{}", Uuid::now_v7())).await, 404);
    }
}
