//! Finding by code, and what the public sees.

use testing::both;

use super::*;

both! {
    async fn a_lot_is_found_by_scanner_link_and_persian_digits(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.lot(scene.stocked().await).await;
        let link = format!("http://127.0.0.1:8404/l/{}", lot.code);
        let spaced: String = persian::persian_digits(&lot.code).chars().flat_map(|letter| [letter, ' ']).collect();
        let mut conn = bench.db.read().await.unwrap();
        for typed in [lot.code.clone(), lot.code.to_lowercase(), link, spaced] {
            let found = find_by_code(&mut conn, scene.shop, &typed, scene.day(0)).await.unwrap().unwrap();
            assert_eq!((found.lot_id, found.on_hand, found.commission_bp), (lot.id, 12, 1_500), "{typed}");
        }
        let elsewhere = find_by_code(&mut conn, scene.other_shop, &lot.code, scene.day(0)).await.unwrap().unwrap();
        assert_eq!(elsewhere.on_hand, 0);
        let mut wrong = lot.code.clone().into_bytes();
        wrong[7] = if wrong[7] == b'2' { b'3' } else { b'2' };
        let wrong = String::from_utf8(wrong).unwrap();
        for typed in [wrong.as_str(), "", "سلام", "<script>", &"9".repeat(500)] {
            assert_eq!(code(find_by_code(&mut conn, scene.shop, typed, scene.day(0)).await), "code_wrong", "{typed}");
        }
    }

    async fn the_labels_link_opens_the_products_page_and_tells_nothing_private(bench: Bench) {
        let scene = scene(&bench).await;
        let valid_until = scene.day(300);
        let allow = stories::AllowStory { id: Uuid::now_v7(), contact_id: scene.maker, valid_until, evidence: "signature".into() };
        scene.stage.write(&scene.officer, allow).await.unwrap();
        let business = OpenBusiness {
            id: BusinessId::new(Uuid::now_v7()), contact_id: scene.maker, field_code: "carpet".into(), craft_fa: "گلیم‌بافی".into(),
            craft_en: "Kilim weaving".into(), work_mode: WorkMode::Independent, place_note: "خانهٔ خواهر".into(),
            state: BusinessState::Active, started_on: scene.day(-10), organization_id: None };
        scene.stage.write(&scene.officer, business).await.unwrap();
        let lot = scene.lot(scene.stocked().await).await;
        let sent = scene.stage.get(None, &format!("/l/{}", lot.code)).await;
        assert_eq!(sent.status, 303);
        let page = scene.stage.get(None, &sent.location.unwrap()).await;
        assert_eq!(page.status, 200);
        for shown in ["گلیم کوچک", "گلنار", "پامنار", "گلیم‌بافی", "فروشگاه bazaar", "۱۲ عدد", "برای هر عدد"] {
            assert!(plain(&page.body).contains(shown), "{shown}");
        }
        for hidden in ["پروین", "خانهٔ خواهر", "سرپرست", "معلول", "اعتیاد", "بهبود", "زندان", "دهک", "گروه هدف", "1042"] {
            assert!(!page.body.contains(hidden), "{hidden}");
        }
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let english = scene.stage.get(None, &format!("/products/{}?lang=en", lot.product_code)).await;
        assert!(english.body.contains("Where to buy") && plain(&english.body).contains("12 pieces"));
        scene.stage.write(&scene.officer, stories::EndStory { contact_id: scene.maker }).await.unwrap();
        let closed = scene.stage.get(None, &format!("/products/{}", lot.product_code)).await;
        assert!(closed.body.contains("گلیم کوچک") && !closed.body.contains("گلنار") && !closed.body.contains("پامنار"));
        let back = ReturnProduct { id: scene.rug, reason: "عکس".into() };
        scene.stage.write(&scene.officer, back).await.unwrap();
        assert_eq!(scene.stage.get(None, &format!("/products/{}", lot.product_code)).await.status, 404);
        assert_eq!(scene.stage.get(None, "/l/nonsense").await.status, 404);
    }

    async fn a_maker_sees_her_goods_in_shops(bench: Bench) {
        let scene = scene(&bench).await;
        scene.stocked().await;
        let her = scene.stage.person(scene.maker.get()).await;
        let page = scene.stage.get(Some(&her), "/my/goods").await;
        assert!(page.body.contains("گلیم کوچک") && plain(&page.body).contains("۱۲ عدد"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let other = scene.stage.person(Uuid::now_v7()).await;
        assert!(!scene.stage.get(Some(&other), "/my/goods").await.body.contains("گلیم"));
    }
}

#[test]
fn the_drawing_of_an_item_is_the_closed_list_of_movements() {
    let drawn = testing::drawing::arrows(include_str!("../../../../../docs/states/item.md"));
    let kinds = MovementKind::ALL.iter().filter_map(|kind| {
        let (from, to) = kind.way()?;
        Some((from.to_string(), to.to_string(), kind.to_string()))
    });
    assert_eq!(drawn, kinds.collect());
}
