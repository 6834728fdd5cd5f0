use testing::both;

use super::*;

/// The values of a hidden field, each once: both ways of paying carry the same lines.
fn field<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!("name=\"{name}\" value=\"");
    let mut values: Vec<&str> = Vec::new();
    for (at, _) in page.match_indices(&mark) {
        let value = page[at + mark.len()..].split('"').next().unwrap();
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

both! {
    async fn three_scans_and_exact_cash_make_a_sale_without_any_script(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let path = format!("/till/{}", scene.till);
        let closed = scene.stage.get(alice, &path).await;
        assert!(closed.body.contains("name=\"float\""));
        assert_eq!(web::inspect::faults(&closed.body), Vec::<String>::new());
        assert_eq!(scene.stage.post(alice, &format!("{path}/shift"), &[("float", "۵۰٬۰۰۰")]).await.status, 303);
        for code in &scene.codes {
            let persian = persian::persian_digits(code);
            let reply = scene.stage.post(alice, &format!("{path}/lines"), &[("code", &persian)]).await;
            assert_eq!(reply.status, 303, "{}", reply.body);
        }
        for lang in ["fa", "en"] {
            let page = scene.stage.get(alice, &format!("{path}?lang={lang}")).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
        let page = scene.stage.get(alice, &path).await.body;
        assert!(page.contains("till.js") && page.contains("till.css"));
        let (lines, shown) = (field(&page, "line"), field(&page, "shown_at"));
        assert_eq!(lines.len(), 3);
        let mut fields = vec![("pay", "exact"), ("shown_at", shown[0])];
        fields.extend(lines.iter().map(|line| ("line", *line)));
        let key = Uuid::now_v7().to_string();
        fields.push((web::KEY_FIELD, &key));
        let sold = scene.stage.post(alice, &format!("{path}/sales"), &fields).await;
        assert_eq!(sold.status, 303, "{}", sold.body);
        // A double press is one sale.
        assert_eq!(scene.stage.post(alice, &format!("{path}/sales"), &fields).await.location, sold.location);
        assert_eq!(scene.totals().await["pieces"]["sold"], 3);
        let after = scene.stage.get(alice, &sold.location.unwrap()).await;
        assert!(after.body.contains("S۱-۱-۱۴۰۵-۰۰۰۰۰۱") && field(&after.body, "line").is_empty());
        assert_eq!(web::inspect::faults(&after.body), Vec::<String>::new());
        for page in [format!("/sales/{key}"), "/sales".into(), "/till".into(), format!("{path}/close")] {
            let reply = scene.stage.get(alice, &page).await;
            assert_eq!((reply.status.as_u16(), web::inspect::faults(&reply.body)), (200, vec![]), "{page}");
        }
        for receipt in [format!("/receipts/{key}.pdf"), format!("/receipts/{key}.png?dots=576"), format!("/receipts/{key}.png?dots=384")] {
            let reply = scene.stage.get(alice, &receipt).await;
            assert!(reply.status == 200 && reply.body.contains("گلیم مینا"), "{receipt}");
        }
        assert_eq!(scene.stage.get(alice, &format!("/receipts/{key}.png?dots=5")).await.status, 400);
        assert_eq!(scene.stage.get(alice, &format!("/receipts/{key}.gif")).await.status, 404);
        scene.is_whole().await;
    }

    async fn the_basket_counts_changes_and_empties(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let alice = Some(&scene.stage.alice);
        let path = format!("/till/{}", scene.till);
        let code = format!("۳×{}", scene.codes[0]);
        for typed in [code.as_str(), scene.codes[0].as_str()] {
            scene.stage.post(alice, &format!("{path}/lines"), &[("code", typed)]).await;
        }
        let page = scene.stage.get(alice, &path).await.body;
        assert_eq!(field(&page, "line"), [format!("{} 4 {PRICE}", scene.codes[0])]);
        let (lot, quantity) = (scene.lots[0].to_string(), format!("quantity-{}", scene.lots[0]));
        let set = format!("{path}/quantities");
        for wrong in ["", "-1", "x", "999999999"] {
            assert_eq!(scene.stage.post(alice, &set, &[("lot", &lot), (&quantity, wrong)]).await.status, 422, "{wrong}");
        }
        assert_eq!(scene.stage.post(alice, &set, &[("lot", &lot), (&quantity, "0")]).await.status, 303);
        assert!(field(&scene.stage.get(alice, &path).await.body, "line").is_empty());
        let mut misread = scene.codes[0].clone();
        misread.truncate(misread.len() - 1);
        for wrong in ["", "nonsense", "<script>", &misread, &"1".repeat(9_000)] {
            let reply = scene.stage.post(alice, &format!("{path}/lines"), &[("code", wrong)]).await;
            assert_eq!((reply.status.as_u16(), web::inspect::faults(&reply.body)), (422, vec![]), "{wrong}");
        }
        // Another seller's basket is another basket.
        scene.stage.post(Some(&scene.stage.bob), &format!("{path}/lines"), &[("code", &scene.codes[1])]).await;
        assert!(field(&scene.stage.get(alice, &path).await.body, "line").is_empty());
    }

    async fn goods_are_found_by_name_and_one_press_adds_them(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let alice = Some(&scene.stage.alice);
        let lines = format!("/till/{}/lines", scene.till);
        let offered = scene.stage.post(alice, &lines, &[("code", "۲× گليم")]).await;
        assert_eq!(offered.status, 200, "{}", offered.body);
        assert_eq!(web::inspect::faults(&offered.body), Vec::<String>::new());
        let wanted = format!("2*{}", scene.codes[1]);
        assert!(scene.codes.iter().all(|code| offered.body.contains(&format!("2*{code}"))));
        assert_eq!(scene.stage.post(alice, &lines, &[("code", &wanted)]).await.status, 303);
        let page = scene.stage.get(alice, &format!("/till/{}", scene.till)).await.body;
        assert_eq!(field(&page, "line"), [format!("{} 2 {PRICE}", scene.codes[1])]);
        let narrow = scene.stage.post(alice, &lines, &[("code", "گلیم سارا")]).await.body;
        assert!(narrow.contains(&scene.codes[1]) && !narrow.contains(&format!("1*{}", scene.codes[0])));
        // What lies in another shop, or is no goods at all, is not offered.
        for nothing in ["ترشی", "%", "_", "\u{202e}کالا", "' OR 1=1"] {
            let reply = scene.stage.post(alice, &lines, &[("code", nothing)]).await;
            assert_eq!(reply.status, 422, "{nothing}");
            assert!(reply.body.contains("error-summary"), "{nothing}");
        }
    }

    async fn cash_with_change_and_card_together_pay_a_sale(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let alice = Some(&scene.stage.alice);
        let path = format!("/till/{}/sales", scene.till);
        let line = format!("{} 1 {PRICE}", scene.codes[0]);
        for (cash, card) in [("", ""), ("۱", ""), ("", "۹۹۹۹۹۹۹"), ("-5", ""), ("x", "")] {
            let fields = [("line", line.as_str()), ("pay", "given"), ("cash", cash), ("card", card)];
            let reply = scene.stage.post(alice, &path, &fields).await;
            assert_eq!((reply.status.as_u16(), web::inspect::faults(&reply.body)), (422, vec![]), "{cash} {card}");
        }
        let fields = [("line", line.as_str()), ("pay", "given"), ("cash", "۲۰۰۰۰"), ("card", "۱۰۰٬۰۰۰"), ("card_reference", "۸۸۱")];
        let sold = scene.stage.post(alice, &path, &fields).await;
        let page = scene.stage.get(alice, &sold.location.unwrap()).await.body;
        assert!(page.contains("۸٬۰۰۰ تومان"), "the change is shown");
        scene.is_whole().await;
    }

    async fn a_shift_is_counted_blind_and_its_difference_has_a_reason(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let path = format!("/till/{}", scene.till);
        let line = format!("{} 1 {PRICE}", scene.codes[0]);
        let sell = [("line", line.as_str()), ("pay", "exact")];
        assert_eq!(scene.stage.post(alice, &format!("{path}/sales"), &sell).await.status, 422, "no shift is open");
        scene.open_shift().await;
        assert_eq!(scene.stage.post(alice, &format!("{path}/shift"), &[("float", "1")]).await.status, 422);
        scene.stage.post(alice, &format!("{path}/sales"), &sell).await;
        let page = scene.stage.get(alice, &format!("{path}/close")).await.body;
        assert!(!page.contains("۱۶۲٬۰۰۰"), "what should be there is not shown");
        let shift = field(&page, "shift")[0].to_owned();
        let close = |counted: &'static str, reason: &'static str| [("counted", counted), ("reason", reason), ("shift", "")];
        for (counted, reason, status) in [("", "", 422), ("100000", "", 422), ("161000", "یک هزار کم بود", 303), ("162000", "", 422)] {
            let mut fields = close(counted, reason);
            fields[2].1 = &shift;
            let reply = scene.stage.post(alice, &format!("{path}/close"), &fields).await;
            assert_eq!(reply.status, status, "{counted} {}", reply.body);
        }
        assert_eq!(scene.stage.post(alice, &format!("{path}/sales"), &sell).await.status, 422);
        scene.is_whole().await;
    }

    async fn the_script_gets_the_basket_alone(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let body = format!("code={}&{}={}", scene.codes[0], web::KEY_FIELD, Uuid::now_v7());
        let request = axum::http::Request::post(format!("/till/{}/lines", scene.till)).header("hx-request", "true")
            .header("content-type", "application/x-www-form-urlencoded").body(axum::body::Body::from(body)).unwrap();
        let reply = scene.stage.send(Some(&scene.stage.alice), request).await;
        assert!(reply.body.starts_with("<section id=\"basket\"") && reply.body.contains("data-key="));
        assert!(reply.body.contains("گلیم مینا"));
    }
}
