mod entering;
mod recognition;

use access::Role;
use access::cast::{Actor, Reply, Stage, broken};
use axum::body::Body;
use axum::http::{Request, header};
use contacts::{Channel, ContactId, CreateContact, NewContact};
use money::Rial;
use organizations::OrganizationId;
use persian::Lang;
use testing::{Bench, both};
use uuid::Uuid;

use crate::licences::{LicenceSource, RevokeLicence};
use crate::reference::LoadReference;
use crate::*;

const ROLES: &[Role] = &[Role::ShopManager];

/// A stage on which a maker named Golnar Parvin-Nama lives, and a product officer.
struct Scene {
    stage: Stage,
    officer: Actor,
    maker: ContactId,
    handle: String,
}

async fn scene(bench: &Bench) -> Scene {
    let rooms = vec![
        access::room(),
        organizations::room(),
        contacts::room(),
        crate::room(),
    ];
    let stage = Stage::open(bench, rooms, ROLES).await;
    let officer = stage
        .add("officer", stage.home, &[Role::ProductOfficer])
        .await;
    stage.write(&officer, LoadReference {}).await.unwrap();
    stage.write(&officer, LoadReference {}).await.unwrap();
    let maker = ContactId::new(Uuid::now_v7());
    let new = NewContact {
        id: maker,
        subject: None,
        first_name: "گلنار".into(),
        shown_name: "گلنار پروین‌نما".into(),
        language: Lang::Fa,
        phone: None,
        channel: Channel::None,
        companion: None,
        region: "12".into(),
        neighbourhood: "پامنار".into(),
    };
    let register = RegisterMaker {
        contact: new,
        organization: OrganizationId::new(stage.home),
        story: None,
    };
    let handle = stage.write(&officer, register).await.unwrap();
    Scene {
        stage,
        officer,
        maker,
        handle,
    }
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(1600, 900, image::Rgb([180, 40, 40]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn send_photo(stage: &Stage, actor: &Actor, path: &str, bytes: &[u8], key: Uuid) -> Reply {
    let mut body = Vec::new();
    body.extend(
        format!("--seam\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\n{key}\r\n")
            .bytes(),
    );
    // Pages send `photo`, machines `file` with the key in a header.
    let field = if path.starts_with("/api/") {
        "file"
    } else {
        "photo"
    };
    body.extend(
        format!(
            "--seam\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.png\"\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--seam--\r\n");
    let request = Request::post(path)
        .header("idempotency-key", key.to_string())
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=seam")
        .body(Body::from(body))
        .unwrap();
    stage.send(Some(actor), request).await
}

fn facts(category: &str) -> ProductFacts {
    ProductFacts {
        name_fa: "ترشی لیته".into(),
        category_code: Some(category.into()),
        price: Some(Rial::new(1_120_000)),
        sale_unit: SaleUnit::Jar,
        ..ProductFacts::default()
    }
}

fn food() -> ProductFacts {
    ProductFacts {
        weight: "۵۰۰ گرم".into(),
        ingredients: "بادمجان، سرکه، سبزی".into(),
        storage: "جای خنک".into(),
        hygiene_number: "1042".into(),
        ..facts("pickles")
    }
}

impl Scene {
    /// Alice enters a product with a photo and submits it.
    async fn submitted(&self, facts: ProductFacts) -> Product {
        let id = ProductId::new(Uuid::now_v7());
        let organization_id = Some(OrganizationId::new(self.stage.home));
        let new = CreateProduct {
            id,
            contact_id: self.maker,
            organization_id,
            facts,
        };
        self.stage.write(&self.stage.alice, new).await.unwrap();
        let product = self.product(id).await;
        let path = format!("/products/{}/photo", product.code);
        let sent = send_photo(
            &self.stage,
            &self.stage.alice,
            &path,
            &png(),
            Uuid::now_v7(),
        )
        .await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        self.stage
            .write(&self.stage.alice, SubmitProduct { id })
            .await
            .unwrap();
        self.product(id).await
    }

    async fn product(&self, id: ProductId) -> Product {
        get_product(&mut self.stage.city.db.read().await.unwrap(), id)
            .await
            .unwrap()
    }

    async fn hygiene(&self, days: i64) -> LicenceId {
        let today = self.stage.city.db.clock().today();
        let id = LicenceId::new(Uuid::now_v7());
        let licence = RecordLicence {
            id,
            contact_id: self.maker,
            kind: LicenceKind::Hygiene,
            number: "1042".into(),
            issuer_id: OrganizationId::new(self.stage.home),
            valid_from: today,
            valid_until: self.stage.city.db.clock().now().plus_days(days).date(),
            source: LicenceSource::Staff,
            source_id: None,
        };
        self.stage.write(&self.officer, licence).await.unwrap()
    }

    async fn for_sale(&self, id: ProductId) -> bool {
        let db = &self.stage.city.db;
        is_for_sale(&mut db.read().await.unwrap(), id, db.clock().today())
            .await
            .unwrap()
    }

    async fn allow_story(&self) {
        let valid_until = self.stage.city.db.clock().now().plus_days(365).date();
        let allow = stories::AllowStory {
            id: Uuid::now_v7(),
            contact_id: self.maker,
            valid_until,
            evidence: "signature".into(),
        };
        self.stage.write(&self.officer, allow).await.unwrap();
    }
}

fn code<T>(outcome: db::Result<T>) -> &'static str {
    match outcome {
        Err(db::Error::Refused(refusal)) => refusal.reason.code,
        Err(other) => panic!("{other}"),
        Ok(_) => "done",
    }
}

both! {
    async fn a_shop_manager_enters_a_craft_product_and_an_officer_approves_it(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let form = [("maker", scene.handle.as_str()), ("name_fa", "گلیم كوچك"), ("category_code", "carpet"),
            ("price", "۱٬۲۰۰٬۰۰۰ تومان"), ("sale_unit", "piece"), ("ready_count", "۳")];
        let made = scene.stage.post(alice, "/products", &form).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let file = made.location.unwrap();
        let shown = scene.stage.get(alice, &file).await;
        assert!(shown.body.contains("گلیم کوچک") && shown.body.contains("این‌ها هنوز لازم است"));
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        let base = file.trim_end_matches("/file");
        assert_eq!(scene.stage.post(alice, &format!("{base}/submission"), &[]).await.status, 422);
        send_photo(&scene.stage, &scene.stage.alice, &format!("{base}/photo"), &png(), Uuid::now_v7()).await;
        assert_eq!(scene.stage.post(alice, &format!("{base}/submission"), &[]).await.status, 303);
        assert_eq!(scene.stage.post(alice, &format!("{base}/approval"), &[]).await.status, 403, "not a shop manager's act");
        let approved = scene.stage.post(Some(&scene.officer), &format!("{base}/approval"), &[]).await;
        assert_eq!(approved.status, 303, "{}", approved.body);
        let file = scene.stage.get(Some(&scene.officer), &file).await;
        assert!(file.body.contains("تأییدشده"));
        assert_eq!(web::inspect::faults(&file.body), Vec::<String>::new());
    }

    async fn who_entered_a_product_does_not_approve_it(bench: Bench) {
        let scene = scene(&bench).await;
        let both = scene.stage.add("both", scene.stage.home, &[Role::ProductOfficer, Role::ShopManager]).await;
        let product = scene.submitted(facts("wood")).await;
        let changed = ChangeProduct { id: product.id, facts: facts("wood"), version: None };
        scene.stage.write(&both, changed).await.unwrap();
        let page = scene.stage.post(Some(&both), &format!("/products/{}/approval", product.code), &[]).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("تأییدش نمی‌کند"));
        assert_eq!(code(scene.stage.write(&both, ApproveProduct { id: product.id }).await), "same_hand");
        scene.stage.write(&scene.officer, ApproveProduct { id: product.id }).await.unwrap();
    }

    async fn food_needs_label_items_and_a_licence_that_holds(bench: Bench) {
        let scene = scene(&bench).await;
        let bare = scene.submitted(facts("pickles")).await;
        assert_eq!(code(scene.stage.write(&scene.officer, ApproveProduct { id: bare.id }).await), "product_incomplete");
        let whole = scene.submitted(food()).await;
        assert_eq!(code(scene.stage.write(&scene.officer, ApproveProduct { id: whole.id }).await), "no_hygiene_licence");
        let licence = scene.hygiene(30).await;
        scene.stage.write(&scene.officer, ApproveProduct { id: whole.id }).await.unwrap();
        assert!(scene.for_sale(whole.id).await);
        bench.pass_days(31);
        assert!(!scene.for_sale(whole.id).await, "the licence ran out");
        bench.pass_days(-31);
        scene.stage.write(&scene.officer, RevokeLicence { id: licence }).await.unwrap();
        assert!(!scene.for_sale(whole.id).await, "the licence was taken back");
    }

    async fn the_database_itself_refuses_an_incomplete_approval(bench: Bench) {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Force { id: ProductId }
        impl db::Write for Force {
            const NAME: &'static str = "force";
            type Out = ();
            async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
                let user = tx.origin().user;
                db::sql("UPDATE product SET state = 'approved', approved_by = $2, approved_at = $3 WHERE id = $1")
                    .bind(self.id).bind(user).bind(tx.now()).execute_one(tx).await
            }
        }
        let scene = scene(&bench).await;
        let id = ProductId::new(Uuid::now_v7());
        let new = CreateProduct { id, contact_id: scene.maker, organization_id: None, facts: facts("wood") };
        scene.stage.write(&scene.stage.alice, new).await.unwrap();
        let forced = scene.stage.write(&scene.officer, Force { id }).await.unwrap_err();
        assert!(matches!(&forced, db::Error::Check(name) if name == "ck_product_complete"), "{forced}");
        let product = scene.submitted(facts("wood")).await;
        let own = scene.stage.write(&scene.stage.alice, Force { id: product.id }).await.unwrap_err();
        assert!(matches!(&own, db::Error::Check(name) if name == "ck_product_second_hand"), "{own}");
    }

    async fn another_shops_manager_finds_nothing(bench: Bench) {
        let scene = scene(&bench).await;
        let product = scene.submitted(facts("wood")).await;
        let charlie = Some(&scene.stage.charlie);
        let base = format!("/products/{}", product.code);
        for path in [format!("{base}/file"), format!("{base}/edit"), format!("/photos/{}", product.photo_id.unwrap())] {
            assert_eq!(scene.stage.get(charlie, &path).await.status, 404, "{path}");
        }
        for act in ["edit", "price", "submission", "retirement"] {
            let reply = scene.stage.post(charlie, &format!("{base}/{act}"), &[("price", "5000")]).await;
            assert_eq!(reply.status, 404, "{act}");
        }
        let photo = send_photo(&scene.stage, &scene.stage.charlie, &format!("{base}/photo"), &png(), Uuid::now_v7()).await;
        assert_eq!(photo.status, 404);
        let api = format!("/api/v1/products/{}", product.id);
        assert_eq!(scene.stage.get(charlie, &api).await.status, 404);
        assert!(!scene.stage.get(charlie, "/products").await.body.contains(&product.name_fa));
        assert!(scene.stage.get(Some(&scene.stage.bob), "/products").await.body.contains(&product.name_fa));
    }

    async fn a_picture_is_public_only_while_its_product_is_approved(bench: Bench) {
        let scene = scene(&bench).await;
        let product = scene.submitted(facts("wood")).await;
        let path = format!("/photos/{}", product.photo_id.unwrap());
        assert_eq!(scene.stage.get(None, &path).await.status, 404);
        scene.stage.write(&scene.officer, ApproveProduct { id: product.id }).await.unwrap();
        let picture = scene.stage.get(None, &path).await;
        assert_eq!(picture.status, 200);
        assert!(picture.bytes.starts_with(&[0xff, 0xd8]) && picture.bytes.len() <= 200 * 1024);
        let known = Request::get(&path).header("if-none-match", format!("\"{}\"", product.photo_id.unwrap())).body(Body::empty());
        assert_eq!(scene.stage.send(None, known.unwrap()).await.status, 304);
        let back = ReturnProduct { id: product.id, reason: "عکس تازه بفرستید".into() };
        scene.stage.write(&scene.officer, back).await.unwrap();
        assert_eq!(scene.stage.get(None, &path).await.status, 404);
    }

    async fn a_makers_page_says_little_and_closes_with_her_consent(bench: Bench) {
        let scene = scene(&bench).await;
        let page = format!("/makers/{}", scene.handle);
        let product = scene.submitted(facts("wood")).await;
        scene.stage.write(&scene.officer, ApproveProduct { id: product.id }).await.unwrap();
        assert_eq!(scene.stage.get(None, &page).await.status, 404, "she has not agreed");
        scene.allow_story().await;
        let open = scene.stage.get(None, &page).await;
        assert_eq!(open.status, 200);
        assert!(open.body.contains("گلنار") && open.body.contains("پامنار"));
        assert!(!open.body.contains("پروین"), "no surname");
        assert_eq!(web::inspect::faults(&open.body), Vec::<String>::new());
        scene.stage.write(&scene.officer, stories::EndStory { contact_id: scene.maker }).await.unwrap();
        assert_eq!(scene.stage.get(None, &page).await.status, 404);
        let shown = products::public::find(&mut bench.db.read().await.unwrap(), &product.code, bench.db.clock().today()).await.unwrap();
        assert!(shown.unwrap().story.is_none());
    }

    async fn a_maker_adds_a_product_from_her_phone_in_three_screens(bench: Bench) {
        let scene = scene(&bench).await;
        let her = scene.stage.person(scene.maker.get()).await;
        let key = Uuid::now_v7();
        let sent = send_photo(&scene.stage, &her, "/my/products/new", &png(), key).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let again = send_photo(&scene.stage, &her, "/my/products/new", &png(), key).await;
        assert_eq!(again.location, sent.location, "sent twice, made once");
        let what = sent.location.unwrap();
        let page = scene.stage.get(Some(&her), &what).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let price = scene.stage.post(Some(&her), &what, &[("name", "روسری گل‌دار"), ("category", "hijab")]).await.location.unwrap();
        let asked = [("price", "112000"), ("sale_unit", "piece"), ("ready_count", "۵"), ("commission", "1500"), ("act", "price")];
        let help = scene.stage.post(Some(&her), &price, &asked).await;
        assert!(help.body.contains("۸۵٬۰۰۰ تومان"), "112,000 less 12% tax less 15%: {}", help.body);
        assert_eq!(web::inspect::faults(&help.body), Vec::<String>::new());
        let done = scene.stage.post(Some(&her), &price, &asked[..4]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let done = scene.stage.get(Some(&her), &done.location.unwrap()).await;
        assert!(done.body.contains("در انتظار تأیید"));
        let list = scene.stage.get(Some(&her), "/my/products").await;
        assert!(list.body.contains("روسری گل‌دار"));
        assert_eq!(web::inspect::faults(&list.body), Vec::<String>::new());
        let other = scene.stage.person(Uuid::now_v7()).await;
        assert_eq!(scene.stage.get(Some(&other), &what).await.status, 404);
    }

    async fn staff_enter_business_licence_and_consent_on_the_makers_file(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let base = format!("/makers/{}", scene.handle);
        let business = [("craft_fa", "ترشی‌سازی"), ("field_code", "pickles"), ("work_mode", "independent"), ("started_on", "۱۴۰۵/۰۱/۱۵")];
        assert_eq!(scene.stage.post(alice, &format!("{base}/business"), &business).await.status, 303);
        let second = scene.stage.post(alice, &format!("{base}/business"), &business).await;
        assert!(second.status == 422 && second.body.contains("کسب‌وکار باز دیگری"));
        let issuer = scene.stage.home.to_string();
        let licence = [("kind", "hygiene"), ("number", "۱۰۴۲"), ("issuer_id", issuer.as_str()), ("valid_from", "1405/01/01"), ("valid_until", "1406/01/01")];
        assert_eq!(scene.stage.post(alice, &format!("{base}/licences"), &licence).await.status, 303);
        let again = scene.stage.post(alice, &format!("{base}/licences"), &licence).await;
        assert!(again.status == 422 && again.body.contains("href=\"#number\""));
        assert_eq!(scene.stage.post(alice, &format!("{base}/story"), &[]).await.status, 422);
        assert_eq!(scene.stage.post(alice, &format!("{base}/story"), &[("evidence", "witness")]).await.status, 303);
        let page = scene.stage.get(alice, &format!("{base}/file")).await;
        assert!(page.body.contains("ترشی‌سازی") && page.body.contains("1042") && page.body.contains("پس گرفتن رضایت"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert_eq!(scene.stage.post(alice, &format!("{base}/story/end"), &[]).await.status, 303);
        assert!(scene.stage.get(alice, &format!("{base}/file")).await.body.contains("ثبت رضایت"));
        assert_eq!(scene.stage.get(alice, "/makers/M-99999999/file").await.status, 404);
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.post(Some(&clerk), &format!("{base}/story/end"), &[]).await.status, 403);
    }

    async fn bad_input_is_told_at_its_field(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let long = "ا".repeat(2_000);
        let bad = [("maker", "M-99999999"), ("name_fa", long.as_str()), ("price", "-۵"), ("sale_unit", "ton"), ("ready_count", "زیاد")];
        let reply = scene.stage.post(alice, "/products", &bad).await;
        assert_eq!(reply.status, 422);
        for field in ["maker", "name_fa", "price", "sale_unit", "ready_count"] {
            assert!(reply.body.contains(&format!("href=\"#{field}\"")), "{field}");
        }
        let unknown = [("maker", scene.handle.as_str()), ("name_fa", "چیزی"), ("sale_unit", "piece"), ("category_code", "weapons")];
        let reply = scene.stage.post(alice, "/products", &unknown).await;
        assert!(reply.status == 422 && reply.body.contains("href=\"#category_code\""), "{}", reply.body);
        let her = scene.stage.person(scene.maker.get()).await;
        let junk = send_photo(&scene.stage, &her, "/my/products/new", b"<script>", Uuid::now_v7()).await;
        assert!(junk.status == 422 && junk.body.contains("این فایل عکس نیست"));
        let file = format!("/makers/{}/licences", scene.handle);
        let issuer = scene.stage.home.to_string();
        let swapped = [("kind", "hygiene"), ("number", "12"), ("issuer_id", issuer.as_str()), ("valid_from", "1405/09/02"), ("valid_until", "1404/09/02")];
        let reply = scene.stage.post(alice, &file, &swapped).await;
        assert!(reply.status == 422 && reply.body.contains("پیش از روز آغاز"), "{}", reply.body);
        assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
    }

    async fn every_price_is_kept_with_its_day(bench: Bench) {
        let scene = scene(&bench).await;
        let product = scene.submitted(facts("wood")).await;
        bench.pass_days(2);
        scene.stage.write(&scene.stage.alice, SetPrice { id: product.id, price: Rial::new(1_300_000) }).await.unwrap();
        let prices = products::prices(&mut bench.db.read().await.unwrap(), product.id).await.unwrap();
        let amounts: Vec<i64> = prices.iter().map(|price| price.price.get()).collect();
        assert_eq!(amounts, [1_300_000, 1_120_000]);
        assert_eq!(prices[0].since.seconds_since(prices[1].since), 2 * 86_400);
    }

    async fn a_price_or_a_state_that_nobody_wrote_down_is_found(bench: Bench) {
        let scene = scene(&bench).await;
        scene.submitted(facts("wood")).await;
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(checks(&mut conn).await.unwrap()), Vec::<String>::new());
        drop(conn);
        scene.stage.tamper("UPDATE product SET price = price + 1, state = 'draft'").await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(checks(&mut conn).await.unwrap()), ["P4", "product_history"]);
    }

    async fn machines_enter_and_approve_with_one_effect_per_key(bench: Bench) {
        let scene = scene(&bench).await;
        let id = Uuid::now_v7();
        let body = serde_json::json!({ "id": id, "contact_id": scene.maker, "name_fa": "سبد", "category_code": "wood",
            "price": 900_000, "sale_unit": "piece" });
        let alice = Some(&scene.stage.alice);
        let first = scene.stage.send_json(alice, "POST", "/api/v1/products", &body).await;
        assert_eq!(first.status, 201, "{}", first.body);
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/products", &body).await.status, 200);
        let mut other = body.clone();
        other["name_fa"] = "زنبیل".into();
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/products", &other).await.status, 422);
        let path = format!("/api/v1/products/{id}");
        let sent = send_photo(&scene.stage, &scene.stage.alice, &format!("{path}/photos"), &png(), Uuid::now_v7()).await;
        assert_eq!(sent.status, 201, "{}", sent.body);
        let key = serde_json::json!({ "id": Uuid::now_v7() });
        assert_eq!(scene.stage.send_json(alice, "POST", &format!("{path}/submission"), &key).await.status, 200);
        let key = serde_json::json!({ "id": Uuid::now_v7() });
        let approved = scene.stage.send_json(Some(&scene.officer), "POST", &format!("{path}/approval"), &key).await;
        assert_eq!(approved.json()["state"], "approved");
        let list = scene.stage.get(alice, "/api/v1/products").await.json();
        assert_eq!(list["items"][0]["name_fa"], "سبد");
        assert!(list["next"].is_null());
        let charlie = Some(&scene.stage.charlie);
        assert_eq!(scene.stage.send_json(charlie, "POST", &format!("{path}/prices"), &serde_json::json!({"id": Uuid::now_v7(), "price": 1})).await.status, 404);
    }
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
