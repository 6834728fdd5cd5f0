//! The screens and the interface, as Alice, Bob and Charlie.

use testing::both;

use super::*;

/// The day fields of a form, Jalali.
fn day_fields(name: &str, day: Date) -> Vec<(String, String)> {
    let jalali = persian::Jalali::from(day);
    vec![
        (format!("{name}.day"), jalali.day.to_string()),
        (format!("{name}.month"), jalali.month.to_string()),
        (format!("{name}.year"), jalali.year.to_string()),
    ]
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

fn agreement_form(scene: &Scene) -> Vec<(String, String)> {
    let plain = [
        ("maker", scene.handle.clone()),
        ("organization_id", scene.stage.home.to_string()),
        ("work_mode", "independent".into()),
        ("commission", "۱۵٫۵".into()),
        ("loss_payer", "shop".into()),
        ("accepted_by", "sms_code".into()),
    ];
    let mut form: Vec<(String, String)> = plain
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    form.extend(day_fields("starts_on", scene.day(0)));
    form.extend(day_fields("ends_on", scene.day(365)));
    form
}

both! {
    async fn a_manager_signs_receives_and_prints(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let signed = scene.stage.post(alice, "/agreements", &borrowed(&agreement_form(&scene))).await;
        assert_eq!(signed.status, 303, "{}", signed.body);
        let agreement = signed.location.unwrap();
        let page = scene.stage.get(alice, &agreement).await;
        assert!(plain(&page.body).contains("۱۵٫۵") && page.body.contains("برقرار"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let new = scene.stage.get(alice, &format!("/goods-receipts/new?maker={}", scene.handle)).await;
        assert!(new.body.contains("گلیم کوچک") && new.body.contains("ترشی لیته"));
        assert_eq!(web::inspect::faults(&new.body), Vec::<String>::new());
        let place = scene.shop.to_string();
        let (rug, jar) = {
            let mut conn = bench.db.read().await.unwrap();
            (get_product(&mut conn, scene.rug).await.unwrap().code, get_product(&mut conn, scene.pickle).await.unwrap().code)
        };
        let fields = [
            ("maker".to_owned(), scene.handle.clone()), ("place_id".to_owned(), place), ("note".to_owned(), String::new()),
            (format!("p{rug}_quantity"), "۲".to_owned()), (format!("p{jar}_quantity"), "۱۲".to_owned()),
            (format!("p{jar}_batch"), "A1".to_owned()), (format!("p{jar}_produced"), "۱۴۰۵/۰۹/۰۱".to_owned()),
        ];
        let bare = scene.stage.post(alice, "/goods-receipts", &borrowed(&fields)).await;
        assert_eq!(bare.status, 422);
        assert!(bare.body.contains(&format!("href=\"#p{jar}_expires\"")), "{}", bare.body);
        let mut whole = fields.to_vec();
        whole.push((format!("p{jar}_expires"), "۱ دی ۱۴۰۵".to_owned()));
        whole.push(("form_key".to_owned(), Uuid::now_v7().to_string()));
        let done = scene.stage.post(alice, "/goods-receipts", &borrowed(&whole)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let again = scene.stage.post(alice, "/goods-receipts", &borrowed(&whole)).await;
        assert_eq!(again.location, done.location, "sent twice, received once");
        let receipt = done.location.unwrap();
        let page = scene.stage.get(alice, &receipt).await;
        assert!(page.body.contains("۱۴۰۵/۱"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        for list in ["/agreements", "/goods-receipts", "/stock"] {
            let page = scene.stage.get(alice, list).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{list}");
        }
        assert_eq!(pieces::pieces(&mut bench.db.read().await.unwrap()).await.unwrap().on_hand, 14);
    }

    async fn a_shop_knows_a_maker_by_first_name_and_initial(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.lot(scene.stocked().await).await;
        let code = get_product(&mut bench.db.read().await.unwrap(), scene.rug).await.unwrap().code;
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        let receiving = format!("/goods-receipts/new?maker={}", scene.handle);
        let pages = [
            "/agreements".to_owned(), format!("/agreements/{}", lot.agreement_id), "/goods-receipts".to_owned(),
            format!("/goods-receipts/{}", lot.receipt_id), format!("/products/{code}/file"),
        ];
        for (who, pages) in [(&scene.stage.alice, [&pages[..], &[receiving]].concat()), (&clerk, pages.to_vec())] {
            for path in pages {
                let page = scene.stage.get(Some(who), &path).await;
                assert_eq!(page.status, 200, "{path}");
                assert!(page.body.contains("گلنار پ.") && !page.body.contains("پروین"), "{path}");
            }
        }
        let mut conn = bench.db.read().await.unwrap();
        let paper = receipts::goods_receipt(&mut conn, &scene.stage.city, Lang::Fa, lot.receipt_id).await.unwrap();
        assert!(!paper.data.to_string().contains("پروین"));
        drop(conn);
        // Who looks after her file knows her whole name.
        let officer = scene.stage.add("officer again", scene.stage.home, &[Role::ProductOfficer]).await;
        let page = scene.stage.get(Some(&officer), &format!("/products/{code}/file")).await;
        assert!(page.body.contains("گلنار پروین‌نما"));
    }

    async fn labels_are_as_many_as_pieces_and_a_reprint_says_why(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.lot(scene.stocked().await).await;
        let mut conn = bench.db.read().await.unwrap();
        let sheet = receipts::labels(&mut conn, &scene.stage.city, Lang::Fa, lot.receipt_id, None, crate::labels::Part(1), 3).await.unwrap();
        assert_eq!(sheet.data["labels"].as_array().unwrap().len(), 12);
        assert_eq!(sheet.data["labels"][0]["barcode"]["text"], lot.code.as_str());
        assert!(sheet.data["labels"][0]["qr"]["text"].as_str().unwrap().ends_with(&format!("/l/{}", lot.code)));
        assert_eq!(sheet.data["labels"][0]["maker"], "", "she did not agree to be named");
        let paper = receipts::goods_receipt(&mut conn, &scene.stage.city, Lang::Fa, lot.receipt_id).await.unwrap();
        assert_eq!(paper.data["lines"][0]["maker_share"], "۸۵٬۰۰۰ تومان");
        drop(conn);
        let print = |reason: &str| PrintLabels { receipt_id: lot.receipt_id, lot_id: None, part: 1, reason: reason.into() };
        let alice = &scene.stage.alice;
        assert_eq!(scene.stage.write(alice, print("")).await.unwrap(), 12);
        assert_eq!(code(scene.stage.write(alice, print("")).await), "reprint_reason");
        scene.stage.write(alice, print("برگه پاره شد")).await.unwrap();
        let page = scene.stage.get(Some(alice), &format!("/goods-receipts/{}", lot.receipt_id)).await;
        assert!(page.body.contains("برگه پاره شد"));
        let bare = scene.stage.post(Some(alice), &format!("/goods-receipts/{}/labels", lot.receipt_id), &[]).await;
        assert!(bare.status == 422 && bare.body.contains("href=\"#reason\""), "{}", bare.body);
    }

    async fn another_shops_manager_finds_nothing(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.lot(scene.stocked().await).await;
        let charlie = Some(&scene.stage.charlie);
        let paths = [
            format!("/agreements/{}", lot.agreement_id), format!("/goods-receipts/{}", lot.receipt_id),
            format!("/goods-receipts/{}/paper", lot.receipt_id), format!("/lots/{}", lot.code),
            format!("/stock?place={}", scene.shop), format!("/api/v1/agreements/{}", lot.agreement_id),
            format!("/api/v1/receipts/{}", lot.receipt_id), format!("/api/v1/lots/{}", lot.code),
            format!("/agreements/{}/version", lot.agreement_id),
        ];
        for path in &paths {
            assert_eq!(scene.stage.get(charlie, path).await.status, 404, "{path}");
            assert_eq!(scene.stage.get(Some(&scene.stage.bob), path).await.status, 200, "{path}");
        }
        let posts = [
            format!("/agreements/{}/version", lot.agreement_id), format!("/agreements/{}/end", lot.agreement_id),
            format!("/goods-receipts/{}/labels", lot.receipt_id), format!("/lots/{}/removal", lot.code),
        ];
        for path in &posts {
            assert_eq!(scene.stage.post(charlie, path, &[]).await.status, 404, "{path}");
        }
        for list in ["/agreements", "/goods-receipts", "/stock", "/api/v1/agreements", "/api/v1/receipts"] {
            let page = scene.stage.get(charlie, list).await;
            assert!(page.status == 200 && !page.body.contains("گلنار") && !page.body.contains("گلیم"), "{list}");
        }
        let mut form = agreement_form(&scene);
        form.retain(|(name, _)| name != "maker");
        form.push(("maker".into(), scene.handle.clone()));
        let foreign = scene.stage.post(charlie, "/agreements", &borrowed(&form)).await;
        assert!(foreign.status == 422 && foreign.body.contains("href=\"#organization_id\""));
    }

    async fn goods_leave_by_the_lots_page(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.lot(scene.stocked().await).await;
        let alice = Some(&scene.stage.alice);
        let path = format!("/lots/{}/removal", lot.code);
        let many = [("kind", "return_to_producer"), ("quantity", "۹۹"), ("place", &scene.shop.to_string())];
        let refused = scene.stage.post(alice, &path, &many).await;
        assert!(refused.status == 422 && refused.body.contains("این تعداد موجود نیست"));
        assert_eq!(web::inspect::faults(&refused.body), Vec::<String>::new());
        let few = [("kind", "return_to_producer"), ("quantity", "۲"), ("place", &scene.shop.to_string())];
        assert_eq!(scene.stage.post(alice, &path, &few).await.status, 303);
        let page = scene.stage.get(alice, &format!("/lots/{}", lot.code)).await;
        assert!(page.body.contains("برگشت به سازنده"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let junk = scene.stage.post(alice, &path, &[("kind", "vanish"), ("quantity", "-3"), ("place", "x"), ("payer", "me")]).await;
        assert_eq!(junk.status, 422);
    }

    async fn machines_sign_and_receive_with_one_effect_per_key(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let body = serde_json::to_value(scene.terms(0, 100)).unwrap();
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/agreements", &body).await.status, 201);
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/agreements", &body).await.status, 200);
        let mut other = body.clone();
        other["commission_bp"] = 2_000.into();
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/agreements", &other).await.status, 422);
        assert_eq!(scene.stage.send_json(Some(&scene.stage.charlie), "POST", "/api/v1/agreements", &body).await.status, 404);
        let line = scene.line(scene.rug, 4);
        let goods = ReceiveGoods { id: ReceiptId::new(Uuid::now_v7()), place_id: scene.shop, contact_id: scene.maker, note: String::new(), lines: vec![line] };
        let goods = serde_json::to_value(goods).unwrap();
        let first = scene.stage.send_json(alice, "POST", "/api/v1/receipts", &goods).await;
        assert_eq!(first.status, 201, "{}", first.body);
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/receipts", &goods).await.status, 200);
        let lot = first.json()["lots"][0]["code"].as_str().unwrap().to_owned();
        let found = scene.stage.get(alice, &format!("/api/v1/lots/{lot}")).await.json();
        assert_eq!(found["stock"][0]["on_hand"], 4);
        let mut stranger = goods.clone();
        stranger["id"] = serde_json::json!(Uuid::now_v7());
        stranger["place_id"] = serde_json::json!(scene.other_shop);
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/receipts", &stranger).await.status, 404);
        let wild = serde_json::json!({ "id": Uuid::now_v7(), "lines": "many" });
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/receipts", &wild).await.status, 400);
        let list = scene.stage.get(alice, "/api/v1/receipts").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }
}
