//! Levels, told stories and awards, through the front door.

use access::Role;
use access::cast::{Actor, broken};
use axum::body::Body;
use axum::http::{Request, header};
use contacts::{Channel, ContactId, NewContact};
use db::{Result, Tx, Write, sql};
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use persian::{Date, Jalali, Lang};
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::{Scene, code, facts, png, scene};
use crate::levels::{self, RecordHelp};
use crate::stories::EndStory;
use crate::stories::texts::{ApproveStory, StoryTextId, WriteStory};
use crate::{RegisterMaker, awards, checks, stories};

/// A sale as the ledger writes it down.
#[derive(serde::Serialize)]
struct Sold {
    contact: ContactId,
    place: PlaceId,
    day: Date,
}

impl Write for Sold {
    const NAME: &'static str = "sold_in_test";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (entry, now) = (tx.new_id(), tx.now());
        sql(
            "INSERT INTO entry (id, kind, source_id, effective_on, memo, recorded_at)
             VALUES ($1, 'sale', $1, $2, '', $3)",
        )
        .bind(entry)
        .bind(self.day)
        .bind(now)
        .execute(tx)
        .await?;
        let ids = [
            tx.new_id(),
            tx.new_id(),
            tx.new_id(),
            tx.new_id(),
            tx.new_id(),
        ];
        sql(
            "INSERT INTO accrual (id, line_id, kind, entry_id, sale_id, contact_id, place_id, lot_id, lot_code,
             agreement_id, item_fa, item_en, quantity, unit_price, discount, paid, vat_bp, vat, commission_bp,
             commission, net, sold_on, payable_on, recorded_at) VALUES ($1, $2, 'sale', $3, $2, $4, $5, $6, 'L',
             $7, 'x', 'x', 1, 1000, 0, 1000, 0, 0, 0, 0, 1000, $8, $8, $9)",
        )
        .bind(ids[0])
        .bind(ids[1])
        .bind(entry)
        .bind(self.contact)
        .bind(self.place)
        .bind(ids[2])
        .bind(ids[3])
        .bind(self.day)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
    }
}

impl Scene {
    async fn shop(&self) -> PlaceId {
        let place = CreatePlace {
            id: PlaceId::new(Uuid::now_v7()),
            organization_id: OrganizationId::new(self.stage.home),
            kind: PlaceKind::Shop,
            code: "S1".into(),
            name_fa: "فروشگاه".into(),
            name_en: "Shop".into(),
            region: 12,
            address: String::new(),
            trade: String::new(),
            capacity: 0,
            valid_from: self.stage.city.db.clock().today(),
        };
        self.stage.write(&self.officer, place).await.unwrap()
    }

    async fn sold(&self, contact: ContactId, place: PlaceId, day: Date) {
        let sold = Sold {
            contact,
            place,
            day,
        };
        self.stage.write(&self.officer, sold).await.unwrap();
    }

    async fn other(&self, name: &str) -> (ContactId, String) {
        let id = ContactId::new(Uuid::now_v7());
        let contact = NewContact {
            id,
            subject: None,
            first_name: name.into(),
            shown_name: format!("{name} آزمونی"),
            language: Lang::Fa,
            phone: None,
            channel: Channel::None,
            companion: None,
            region: "12".into(),
            neighbourhood: String::new(),
        };
        let register = RegisterMaker {
            contact,
            organization: OrganizationId::new(self.stage.home),
            story: None,
        };
        (id, self.stage.write(&self.officer, register).await.unwrap())
    }

    async fn page(&self, actor: Option<&Actor>, path: &str) -> String {
        for lang in ["en", "fa"] {
            let reply = self.stage.get(actor, &format!("{path}?lang={lang}")).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.body);
            assert_eq!(
                web::inspect::faults(&reply.body),
                Vec::<String>::new(),
                "{path}"
            );
            if lang == "fa" {
                // Numbers stand in isolates; words are looked for without them.
                return reply.body.replace(['\u{2068}', '\u{2069}'], "");
            }
        }
        String::new()
    }

    async fn write_story(
        &self,
        actor: &Actor,
        path: &str,
        fields: &[(&str, &str)],
        picture: Option<&[u8]>,
    ) -> access::cast::Reply {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!(
                    "--seam\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        if let Some(picture) = picture {
            body.extend(b"--seam\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\r\n");
            body.extend(picture);
            body.extend(b"\r\n");
        }
        body.extend(b"--seam--\r\n");
        let key = fields
            .iter()
            .find(|(name, _)| *name == "form_key")
            .map_or("", |(_, key)| key);
        let request = Request::post(path)
            .header("idempotency-key", key)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=seam")
            .body(Body::from(body))
            .unwrap();
        self.stage.send(Some(actor), request).await
    }
}

both! {
    async fn a_story_is_shown_after_a_second_hand_and_gone_with_the_consent(bench: Bench) {
        let scene = scene(&bench).await;
        let (alice, officer) = (&scene.stage.alice, &scene.officer);
        let file = format!("/makers/{}/file", scene.handle);
        scene.submitted(facts("wood")).await;
        scene.page(Some(alice), &format!("/makers/{}/stories/new", scene.handle)).await;
        let key = Uuid::now_v7().to_string();
        let path = format!("/makers/{}/stories", scene.handle);
        let text = "سه سال است که با چوب کار می‌کنم.";
        let unasked = scene.write_story(alice, &path, &[("form_key", &key), ("text_fa", text)], Some(&png())).await;
        assert_eq!(unasked.status, 422, "a picture needs her word");
        let empty = scene.write_story(alice, &path, &[("form_key", &key), ("text_fa", " ")], None).await;
        assert!(empty.status == 422 && empty.body.contains("چند جمله"));
        for _ in 0..2 {
            let fields = [("form_key", key.as_str()), ("text_fa", text), ("text_en", "Three years with wood."), ("agreed", "yes")];
            let sent = scene.write_story(alice, &path, &fields, Some(&png())).await;
            assert_eq!(sent.status, 303, "{}", sent.body);
        }
        let list = scene.stage.get(Some(officer), &format!("/api/v1/makers/{}/stories", scene.handle)).await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "sent twice, written once");
        let today = scene.stage.city.db.clock().today();
        assert_eq!(list["items"][0]["picture_agreed_on"], serde_json::json!(today), "her word is kept with its day");
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        let approval = format!("/stories/{id}/approval");
        assert_eq!(scene.stage.post(Some(alice), &approval, &[]).await.status, 403);
        let too_soon = scene.stage.post(Some(officer), &approval, &[]).await;
        assert!(too_soon.status == 422 && too_soon.body.contains("رضایت نداده"), "{}", too_soon.body);
        scene.allow_story().await;
        let picture = format!("/stories/{id}/picture/small");
        assert_eq!(scene.stage.get(None, &picture).await.status, 404, "not yet approved");
        assert_eq!(scene.stage.post(Some(officer), &approval, &[]).await.status, 303);
        let her_page = format!("/makers/{}", scene.handle);
        for path in ["/stories", her_page.as_str()] {
            assert!(scene.page(None, path).await.contains(text), "{path}");
        }
        let open = scene.stage.get(None, "/api/v1/stories").await;
        assert!(open.body.contains(text) && !open.body.contains("پروین"), "{}", open.body);
        assert_eq!(scene.stage.get(None, &picture).await.status, 200);
        let her = scene.stage.person(scene.maker.get()).await;
        assert!(scene.page(Some(&her), "/my/way").await.contains("مردم این داستان را می‌بینند"));
        scene.page(Some(alice), &file).await;
        // She takes it back: text, page, picture and open data are gone with the next request.
        scene.stage.write(officer, EndStory { contact_id: scene.maker }).await.unwrap();
        assert!(!scene.page(None, "/stories").await.contains(text));
        assert!(!scene.stage.get(None, "/api/v1/stories").await.body.contains(text));
        assert_eq!(scene.stage.get(None, &picture).await.status, 404);
        assert_eq!(scene.stage.get(None, &her_page).await.status, 404);
        assert!(scene.page(Some(alice), &file).await.contains("پنهان، چون رضایت نیست"));
        // A new consent does not bring back what the old one covered.
        scene.allow_story().await;
        assert!(!scene.page(None, "/stories").await.contains(text));
        assert_eq!(scene.stage.post(Some(officer), &approval, &[]).await.status, 303);
        assert!(scene.page(None, "/stories").await.contains(text));
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.post(Some(&clerk), &format!("/stories/{id}/end"), &[]).await.status, 403);
        assert_eq!(scene.stage.post(Some(alice), &format!("/stories/{id}/end"), &[]).await.status, 303);
        let twice = scene.stage.post(Some(alice), &format!("/stories/{id}/end"), &[]).await;
        assert!(twice.status == 422 && twice.body.contains("پیش‌تر برداشته"));
        assert!(!scene.page(None, "/stories").await.contains(text));
    }

    async fn nobody_approves_her_own_words_and_strangers_find_no_story(bench: Bench) {
        let scene = scene(&bench).await;
        scene.allow_story().await;
        let both = scene.stage.add("both", scene.stage.home, &[Role::ProductOfficer, Role::ShopManager]).await;
        let id = StoryTextId::new(Uuid::now_v7());
        let story = WriteStory { id, contact_id: scene.maker, text_fa: "کار چوب".into(), text_en: String::new(), pictures: None };
        scene.stage.write(&both, story).await.unwrap();
        assert_eq!(code(scene.stage.write(&both, ApproveStory { id }).await), "same_hand");
        let page = scene.stage.post(Some(&both), &format!("/stories/{id}/approval"), &[]).await;
        assert_eq!(page.status, 422);
        let charlie = Some(&scene.stage.charlie);
        assert_eq!(scene.stage.post(charlie, &format!("/stories/{id}/end"), &[]).await.status, 404);
        assert_eq!(scene.stage.get(charlie, &format!("/api/v1/makers/{}/stories", scene.handle)).await.status, 404);
        assert_eq!(scene.stage.post(charlie, &format!("/makers/{}/help", scene.handle), &[]).await.status, 404);
        scene.stage.write(&scene.officer, ApproveStory { id }).await.unwrap();
        scene.stage.without_check("story_text", "ck_story_text_approved").await;
        scene.stage.tamper("UPDATE story_text SET approved_on = NULL").await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(checks(&mut conn).await.unwrap()), ["story_shown"]);
    }

    async fn levels_are_reached_in_order_from_what_she_did_and_stay(bench: Bench) {
        let scene = scene(&bench).await;
        let (shop, officer) = (scene.shop().await, &scene.officer);
        let her = scene.stage.person(scene.maker.get()).await;
        let way = async || scene.stage.get(Some(&her), "/api/v1/my/way").await.json();
        let sweep = async || levels::sweep(&scene.stage.city).await.unwrap();
        assert_eq!((sweep().await, way().await["reached"].clone()), (0, json!([])));
        assert!(scene.page(Some(&her), "/my/way").await.contains("نخستین محصولتان را بنویسید"));
        // Half a year of sales counts nothing before a product is approved.
        let today = Jalali::from(scene.stage.city.db.clock().today());
        for back in 0..6 {
            scene.sold(scene.maker, shop, today.first_of_month().plus_months(-back).to_date()).await;
            scene.sold(scene.maker, shop, today.first_of_month().plus_months(-back).to_date()).await;
        }
        let product = scene.submitted(facts("wood")).await;
        assert_eq!(sweep().await, 1);
        assert_eq!(way().await["missing"], json!([{ "measure": "approved", "least": 1, "had": 0 }]));
        scene.stage.write(officer, crate::ApproveProduct { id: product.id }).await.unwrap();
        assert_eq!((sweep().await, sweep().await), (2, 0), "producer and steady, and no news twice");
        assert_eq!(way().await["missing"], json!([{ "measure": "helped", "least": 2, "had": 0 }]));
        assert!(scene.page(Some(&her), "/my/way").await.contains("به ۲ سازندهٔ دیگر کمک کنید؛ اکنون ۰ نفر"));
        for name in ["مهری", "زری"] {
            let (_, handle) = scene.other(name).await;
            let fields = [("helped", handle.as_str()), ("what", "دوخت زیپ"), ("helped_on", "۱۴۰۲/۰۱/۰۵")];
            let path = format!("/makers/{}/help", scene.handle);
            let done = scene.stage.post(Some(&scene.stage.alice), &path, &fields).await;
            assert_eq!(done.status, 303, "{}", done.body);
            let body = json!({ "id": Uuid::now_v7(), "helped": handle, "what": "باز هم", "helped_on": "2024-01-01" });
            let again = scene.stage.send_json(Some(officer), "POST", &format!("/api/v1{path}"), &body).await;
            assert_eq!(again.status, 201, "{}", again.body);
        }
        let own = [("helped", scene.handle.as_str()), ("what", "خودم"), ("helped_on", "۱۴۰۲/۰۱/۰۵")];
        let path = format!("/makers/{}/help", scene.handle);
        let to_self = scene.stage.post(Some(&scene.stage.alice), &path, &own).await;
        assert!(to_self.status == 422 && to_self.body.contains("به خودش"), "{}", to_self.body);
        assert_eq!(sweep().await, 1);
        // A year without a sale and a retired product take nothing away.
        bench.pass_days(500);
        scene.stage.write(officer, crate::RetireProduct { id: product.id, reason: "پایان".into() }).await.unwrap();
        assert_eq!(sweep().await, 0);
        let mut conn = bench.db.read().await.unwrap();
        let way = levels::way_of(&mut conn, scene.maker, bench.db.clock().today()).await.unwrap();
        assert_eq!(way.current().map(|level| level.code.as_str()), Some("supporter"));
        assert_eq!(way.reached.len(), 4);
    }

    async fn help_is_for_another_and_not_for_tomorrow(bench: Bench) {
        let scene = scene(&bench).await;
        let (other, _) = scene.other("مهری").await;
        let help = |helped: ContactId, what: &str, days: i64| RecordHelp {
            id: Uuid::now_v7(), helper: scene.maker, helped, what: what.into(),
            helped_on: bench.db.clock().now().plus_days(days).date(),
        };
        let officer = &scene.officer;
        assert_eq!(code(scene.stage.write(officer, help(scene.maker, "x", 0)).await), "help_self");
        assert_eq!(code(scene.stage.write(officer, help(other, " ", 0)).await), "help_text");
        assert_eq!(code(scene.stage.write(officer, help(other, "x", 1)).await), "help_text");
        assert_eq!(code(scene.stage.write(officer, help(other, "x", 0)).await), "done");
    }

    async fn a_year_is_praised_by_its_sales_and_names_wait_for_consent(bench: Bench) {
        let scene = scene(&bench).await;
        let (shop, officer) = (scene.shop().await, &scene.officer);
        let year = i64::from(Jalali::from(bench.db.clock().today()).year) - 1;
        let day = |month: u8, day: u8| Jalali::new(i32::try_from(year).unwrap(), month, day).unwrap().to_date();
        for month in 1..=8 {
            scene.sold(scene.maker, shop, day(month, 3)).await;
        }
        // Sold before, so no newcomer; equal in months, fewer days.
        scene.sold(scene.maker, shop, day(1, 9)).await;
        let mut rest = Vec::new();
        for name in ["یک", "دو", "سه"] {
            let (contact, _) = scene.other(name).await;
            for month in 1..=8 {
                scene.sold(contact, shop, day(month, 3)).await;
            }
            rest.push(contact);
        }
        let reckoned = async || {
            let mut conn = bench.db.read().await.unwrap();
            awards::reckon(&mut conn, year).await.unwrap()
        };
        assert!(reckoned().await.iter().all(|prize| prize.winners.is_empty()), "four are too few to name one");
        let (fifth, _) = scene.other("پنج").await;
        scene.sold(fifth, shop, day(2, 1)).await;
        let prizes = reckoned().await;
        let of = |code: &str| prizes.iter().find(|prize| prize.award.code == code).unwrap();
        let won: Vec<_> = of("regular_city").winners.iter().map(|one| (one.contact_id, one.amount)).collect();
        assert_eq!(won, [(scene.maker, 8)], "most months, then most days");
        assert_eq!(of("regular_region").region, "12");
        // On the ninth day of the first month the others draw level: all share it.
        for contact in &rest {
            scene.sold(*contact, shop, day(1, 9)).await;
        }
        assert_eq!(reckoned().await[0].winners.len(), 4);
        let review = format!("/awards/review/{year}");
        assert!(scene.page(Some(officer), &review).await.contains("پروین‌نما"));
        assert_eq!(scene.stage.get(Some(&scene.stage.alice), &review).await.status, 403);
        assert_eq!(scene.stage.get(None, &format!("/awards/{year}")).await.status, 404, "not settled yet");
        scene.page(None, "/awards").await;
        let running = scene.stage.post(Some(officer), &format!("/awards/review/{}/settlement", year + 1), &[]).await;
        assert!(running.status == 422 && running.body.contains("هنوز تمام نشده"), "{}", running.body);
        let settle = format!("{review}/settlement");
        let key = Uuid::now_v7().to_string();
        for _ in 0..2 {
            assert_eq!(scene.stage.post(Some(officer), &settle, &[("form_key", &key)]).await.status, 303);
        }
        let again = scene.stage.post(Some(officer), &settle, &[]).await;
        assert!(again.status == 422 && again.body.contains("پیش‌تر ثبت شده"), "{}", again.body);
        // What is sold later for that year changes the list no more.
        scene.sold(fifth, shop, day(9, 1)).await;
        let public = scene.page(None, &format!("/awards/{year}")).await;
        assert!(!public.contains("گلنار") && public.contains("نامش برده نمی‌شود"));
        scene.allow_story().await;
        let public = scene.page(None, "/awards").await;
        assert!(public.contains("گلنار") && !public.contains("پروین") && public.contains("ماه‌های بیشتری از سال"));
        let open = scene.stage.get(None, &format!("/api/v1/awards/{year}")).await;
        assert!(open.body.contains("گلنار") && !open.body.contains("پروین"));
        scene.stage.write(officer, stories::EndStory { contact_id: scene.maker }).await.unwrap();
        assert!(!scene.stage.get(None, &format!("/api/v1/awards/{year}")).await.body.contains("گلنار"));
        let her = scene.stage.person(scene.maker.get()).await;
        assert!(scene.page(Some(&her), "/my/way").await.contains("پیوسته‌ترین فروشندهٔ سال"));
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(checks(&mut conn).await.unwrap()), Vec::<String>::new());
    }
}
