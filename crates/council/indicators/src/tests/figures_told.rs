use access::Role;
use access::cast::Actor;
use organizations::OrganizationId;
use people::persons::Gender;
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::{Town, register};
use crate::figures::{self, CODES, Measure};

both! {
    async fn every_figure_equals_the_list_it_opens(bench: Bench) {
        let town = Town::open(&bench).await;
        let today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let defined: Vec<String> =
            figures::definitions(&mut conn).await.unwrap().into_iter().map(|one| one.code).collect();
        assert_eq!(defined, CODES);
        for code in CODES {
            let number = figures::number(&mut conn, code, today).await.unwrap();
            // Pages of seven, so that turning a page is tried too.
            let (mut items, mut after) = (Vec::new(), None);
            loop {
                let page = figures::list(&mut conn, code, today, after.as_ref(), 7).await.unwrap();
                after = page.last().map(figures::Item::place);
                if page.is_empty() { break }
                items.extend(page);
            }
            let mut amounts: Vec<i64> = items.iter().map(|item| item.amount).collect();
            amounts.sort_unstable();
            let wholes: i64 = items.iter().filter_map(|item| item.whole).sum();
            let expected = match figures::measure(code).unwrap() {
                Measure::Count => Some(amounts.len() as i64),
                Measure::Sum => Some(amounts.iter().sum()),
                Measure::Ratio(scale) => (amounts.iter().sum::<i64>() * scale).checked_div(wholes),
                _ => amounts.len().checked_sub(1).map(|last| amounts[last / 2]),
            };
            assert_eq!(number, expected, "{code}");
            // Everything here happened within two years, so months hold all of it too.
            for by in figures::breakdowns(code).unwrap() {
                let cells = figures::cells(&mut conn, code, by, today).await.unwrap();
                let rows: i64 = cells.iter().map(|cell| cell.parts[0]).sum();
                assert_eq!(rows, items.len() as i64, "{code} by {}", by.as_str());
                if matches!(figures::measure(code).unwrap(), Measure::Count | Measure::Sum) {
                    let sum: i64 = cells.iter().filter_map(|cell| cell.amount).sum();
                    assert_eq!(sum, number.unwrap(), "{code} by {}", by.as_str());
                }
            }
        }
        drop(conn);
        let told = [
            ("reached", Some(35)), ("eligible", Some(15)), ("with_plan", Some(15)), ("legs_sent", Some(3)),
            ("legs_answered", Some(0)), ("legs_late", Some(3)), ("answer_days", None), ("trained", Some(0)),
            ("licensed", Some(1)), ("makers_earning", Some(0)), ("paid_to_makers", Some(180_000)),
            // Two sold for 100,000 each; she alone is a woman, and the shop kept a tenth.
            ("women_value_added", Some(90_000)), ("shops_open", Some(1)), ("pilots", Some(0)),
            ("served", Some(0)), ("producing", Some(0)), ("pieces_sold", Some(2)), ("return_rate", Some(0)),
            ("sell_through", None), ("makers_stable", Some(0)), ("packages_delivered", Some(0)),
            ("cost_per_stable_job", None), ("income_before", None), ("places_built", Some(0)),
        ];
        for (code, number) in told {
            assert_eq!(town.number(code).await, number, "{code}");
        }
    }

    async fn small_regions_are_hidden_and_cannot_be_subtracted(bench: Bench) {
        let town = Town::open(&bench).await;
        let reply = town.stage.get(Some(&town.observer), "/api/v1/figures/reached").await;
        let body = reply.json();
        assert_eq!(body["amount"], 35);
        // Region 7 has three people; region 5 goes with it, or 35 - 20 - 12 would tell.
        let cell = |key: &str, number: Option<i64>| json!({
            "key": key, "name_fa": "", "name_en": "", "amount": number, "subjects": number, "is_hidden": number.is_none(),
        });
        assert_eq!(body["table"]["cells"], json!([cell("2", Some(20)), cell("5", None), cell("7", None)]));
        let page = town.stage.get(Some(&town.observer), "/figures/reached").await;
        assert_eq!(page.body.matches("پنهان</td>").count(), 4, "{}", page.body);
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
    }

    async fn a_figure_is_told_by_what_it_can_be_told_by(bench: Bench) {
        let town = Town::open(&bench).await;
        let of = |path: &str| {
            let path = format!("/api/v1/figures/{path}");
            let town = &town;
            async move { town.stage.get(Some(&town.observer), &path).await }
        };
        let genders = of("reached?by=gender").await.json();
        let told: Vec<(&str, i64)> = genders["table"]["cells"].as_array().unwrap().iter()
            .map(|cell| (cell["key"].as_str().unwrap(), cell["amount"].as_i64().unwrap())).collect();
        assert_eq!(told, [("female", 18), ("male", 17)]);
        let bodies = of("legs_sent?by=body").await.json();
        // Three people are too few to be told, also beside nobody else.
        assert_eq!(bodies["table"]["cells"][0]["is_hidden"], true);
        assert_eq!(bodies["table"]["cells"][0]["name_en"], "Health network");
        assert_eq!(bodies["table"]["total"], json!(null));
        assert_eq!(of("reached?by=month").await.status, 422);
        assert_eq!(of("reached?by=colour").await.status, 400);
        for by in ["month", "field", "gender", "group", "centre", "region"] {
            for lang in ["fa", "en"] {
                let path = format!("/figures/women_value_added?by={by}&lang={lang}");
                let page = town.stage.get(Some(&town.observer), &path).await;
                assert_eq!(page.status, 200, "{path}");
                assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{path}");
            }
        }
    }

    async fn a_list_shows_codes_and_no_names(bench: Bench) {
        let town = Town::open(&bench).await;
        for code in CODES {
            for path in [format!("/figures/{code}/list"), format!("/figures/{code}"), format!("/figures/{code}/list?lang=en")] {
                let page = town.stage.get(Some(&town.observer), &path).await;
                assert_eq!(page.status, 200, "{path}");
                assert!(!page.body.contains("نام‌پنهان") && !page.body.contains("آزمونی"), "{path}");
                assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{path}");
            }
        }
        let first = town.stage.get(Some(&town.observer), "/api/v1/figures/legs_late/list").await.json();
        assert_eq!(first["items"].as_array().unwrap().len(), 3);
        assert!(first["items"][0]["code"].as_str().unwrap().starts_with("1405-"));
    }

    async fn no_row_of_a_list_leads_to_a_public_page(bench: Bench) {
        let town = Town::open(&bench).await;
        let expert = town.stage.add("expert", town.stage.home, &[Role::CommissionExpert]).await;
        // Whatever a public address is made of: codes and handles of makers, products and lots, and ids.
        let mut public = std::collections::BTreeSet::new();
        let mut conn = bench.db.read().await.unwrap();
        for query in [
            "SELECT handle AS value FROM contact_card", "SELECT lot_code AS value FROM accrual_card",
            "SELECT code AS value FROM product_card",
        ] {
            for row in db::sql(query).rows(&mut conn).await.unwrap() {
                public.insert(row.get::<String>("value").unwrap());
            }
        }
        for row in db::sql("SELECT id FROM contact_card").rows(&mut conn).await.unwrap() {
            public.insert(row.get::<Uuid>("id").unwrap().to_string());
        }
        drop(conn);
        assert!(public.len() > 30, "{public:?}");
        for watcher in [&town.observer, &expert] {
            for code in CODES {
                let reply = town.stage.get(Some(watcher), &format!("/api/v1/figures/{code}/list")).await.json();
                for item in reply["items"].as_array().unwrap() {
                    let told: Vec<&String> = item.as_object().unwrap().keys().collect();
                    assert_eq!(told, ["amount", "code", "detail", "whole"], "{code}");
                    for field in ["code", "detail"] {
                        assert!(!public.contains(item[field].as_str().unwrap()), "{code}: {item}");
                    }
                }
                let page = town.stage.get(Some(watcher), &format!("/figures/{code}/list")).await.body;
                let known = public.iter().find(|one| one.len() > 3 && page.contains(one.as_str()));
                assert_eq!(known, None, "{code}");
            }
        }
        let sold = town.stage.get(Some(&expert), "/api/v1/figures/women_value_added/list").await.json();
        assert!(sold["items"][0]["code"].as_str().unwrap().starts_with("1405-"), "{sold}");
    }

    async fn a_list_is_paged_by_what_tells_nothing(bench: Bench) {
        let town = Town::open(&bench).await;
        // 35 people, so a second registration of 20 makes a second page.
        let home = OrganizationId::new(town.stage.home);
        for _ in 0..20 { register(&town.stage, home, 5, Gender::Female).await; }
        let path = "/api/v1/figures/reached/list";
        let first = town.stage.get(Some(&town.observer), path).await.json();
        let next = first["next"].as_str().unwrap();
        let ids: Vec<String> = db::sql("SELECT id FROM person_card")
            .rows(&mut bench.db.read().await.unwrap()).await.unwrap()
            .iter().map(|row| row.get::<Uuid>("id").unwrap().to_string()).collect();
        let is_told = |id: &String| next.contains(id.as_str()) || next.contains(&id.replace('-', ""));
        assert!(!ids.iter().any(is_told));
        let second = town.stage.get(Some(&town.observer), &format!("{path}?cursor={next}")).await.json();
        let codes = |page: &serde_json::Value| page["items"].as_array().unwrap().iter()
            .map(|item| item["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let (mut all, rest) = (codes(&first), codes(&second));
        assert_eq!((all.len(), rest.len()), (50, 5));
        all.extend(rest);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 55);
        assert_eq!(town.stage.get(Some(&town.observer), &format!("{path}?cursor=ab")).await.status, 404);
    }

    async fn a_total_of_few_people_is_told_only_to_those_who_see_the_list(bench: Bench) {
        let town = Town::open(&bench).await;
        let secretary = town.stage.again(&town.secretary).await;
        town.stage.post(Some(&secretary), "/figures/publish", &[]).await;
        // Three people stand behind the legs sent, 35 behind those reached.
        for (code, amount) in [("legs_sent", json!(null)), ("reached", json!(35))] {
            let told = town.stage.get(Some(&town.member), &format!("/api/v1/figures/{code}")).await.json();
            assert_eq!((&told["amount"], &told["is_hidden"]), (&amount, &json!(amount.is_null())), "{code}");
            let values = town.stage.get(Some(&town.member), &format!("/api/v1/figures/{code}/values")).await.json();
            assert_eq!(values["items"][0]["amount"], amount, "{code}");
            let all = town.stage.get(Some(&town.member), "/api/v1/figures").await.json();
            let one = all["items"].as_array().unwrap().iter().find(|one| one["definition"]["code"] == code).unwrap();
            assert_eq!(one["amount"], amount);
        }
        let watched = town.stage.get(Some(&town.observer), "/api/v1/figures/legs_sent").await.json();
        assert_eq!(watched["amount"], 3);
        let page = town.stage.get(Some(&town.member), "/figures/legs_sent").await.body;
        assert!(!web::words::plain(&page).contains("۳ ارجاع"), "{page}");
        let page = town.stage.get(Some(&town.observer), "/figures/legs_sent").await.body;
        assert!(web::words::plain(&page).contains("۳ ارجاع"));
    }

    async fn only_those_who_watch_open_a_list(bench: Bench) {
        let town = Town::open(&bench).await;
        let clerk = town.stage.add("clerk", town.stage.home, &[Role::ShopClerk]).await;
        // Charlie's first session is two months old by now.
        let charlie = town.stage.add("charlie-again", town.stage.elsewhere, &[Role::CaseWorker]).await;
        let status = async |actor: Option<&Actor>, path: &str| town.stage.get(actor, path).await.status.as_u16();
        for path in ["/chain", "/figures", "/figures/reached"] {
            assert_eq!(status(None, path).await, 401, "{path}");
            assert_eq!(status(Some(&clerk), path).await, 403, "{path}");
            assert_eq!(status(Some(&charlie), path).await, 403, "{path}");
            assert_eq!(status(Some(&town.member), path).await, 200, "{path}");
        }
        for path in ["/figures/reached/list", "/chain/intake", "/api/v1/figures/reached/list"] {
            assert_eq!(status(Some(&town.member), path).await, 403, "{path}");
            assert_eq!(status(Some(&town.observer), path).await, 200, "{path}");
        }
        for path in ["/figures/nothing", "/figures/nothing/list", "/chain/nothing"] {
            assert_eq!(status(Some(&town.observer), path).await, 404, "{path}");
        }
        assert_eq!(town.stage.post(Some(&town.observer), "/figures/publish", &[]).await.status, 403);
    }
}
