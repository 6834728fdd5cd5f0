use access::Role;
use access::cast::{Actor, Stage};
use access::grants::Category;
use casework::cases::{ConsentGiven, Evidence, MoveCase, Source};
use casework::{CaseId, OpenCase};
use db::{Tx, Write};
use ledger::{Accrual, AccrualKind, Accrue, Shares, TenderKind};
use makers::licences::{LicenceKind, LicenceSource};
use makers::{LicenceId, RecordLicence};
use money::{BasisPoints, Rial};
use organizations::{
    CreateOrganization, CreatePlace, CreateService, OrganizationId, OrganizationKind, PlaceId,
    PlaceKind, ServiceId,
};
use people::persons::{Gender, PersonFacts, contact_id_of};
use people::{NewPerson, PersonId};
use referrals::legs::states::Actor as Part;
use referrals::parcels::AgreeToReferral;
use referrals::{By, LegId, NewLeg, SendLeg};
use serde::Serialize;
use serde_json::json;
use testing::{Bench, both};
use uuid::Uuid;

use crate::figures::{self, CODES, Measure};
use crate::{CorrectValue, chain, values};

/// People in region 5, region 2 and region 7; those of region 7 are few.
const REGIONS: [(i64, usize); 3] = [(5, 12), (2, 20), (7, 3)];

/// A town: people with cases, three of them with a leg at the health office, some who earn.
struct Town {
    stage: Stage,
    secretary: Actor,
    observer: Actor,
    member: Actor,
    cases: Vec<CaseId>,
}

/// Loads reference data the way `migrate` does, twice.
#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        referrals::reference::load(tx).await?;
        crate::reference::load(tx).await?;
        crate::reference::load(tx).await
    }
}

#[derive(Serialize)]
struct Register {
    new: NewPerson,
}

impl Write for Register {
    const NAME: &'static str = "register";
    type Out = PersonId;
    async fn run(&self, tx: &mut Tx) -> db::Result<PersonId> {
        people::create(tx, &self.new).await
    }
}

/// Sells a piece of this contact's for 100,000 rials at 10% commission and pays her 90,000.
#[derive(Serialize)]
struct SellAndPay {
    contact: contacts::ContactId,
    place: PlaceId,
}

impl Write for SellAndPay {
    const NAME: &'static str = "sell_and_pay";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let price = Rial::new(100_000);
        let [id, line, sale] = [tx.new_id(), tx.new_id(), tx.new_id()];
        let (vat, commission) = (
            BasisPoints::new(0).unwrap(),
            BasisPoints::new(1_000).unwrap(),
        );
        let accrual = Accrual {
            id,
            line,
            corrects: None,
            contact: self.contact,
            lot: tx.new_id(),
            lot_code: "K".into(),
            agreement: tx.new_id(),
            item_fa: "ترشی".into(),
            item_en: "Pickles".into(),
            quantity: 1,
            unit_price: price,
            vat,
            commission,
            shares: Shares::of(price, vat, commission).unwrap(),
        };
        let sold = Accrue {
            kind: AccrualKind::Sale,
            sale,
            source: sale,
            place: self.place.get(),
            device: "1".into(),
            day: tx.today(),
            lines: vec![accrual],
            tenders: vec![(TenderKind::Cash, price)],
        };
        ledger::accrue(tx, sold).await?;
        let (payout, today) = (tx.new_id(), tx.today());
        contacts::earnings::record(tx, self.contact, payout, Rial::new(90_000), today).await
    }
}

impl Town {
    /// The clock ends 60 days after the cases began.
    async fn open(bench: &Bench) -> Self {
        let rooms = vec![access::room(), crate::room()];
        let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let home = OrganizationId::new(stage.home);
        let today = bench.db.clock().today();
        let shop = CreatePlace {
            id: PlaceId::new(bench.db.new_id()),
            organization_id: home,
            kind: PlaceKind::Shop,
            code: "shop-1".into(),
            name_fa: "فروشگاه یکم".into(),
            name_en: "First shop".into(),
            region: 5,
            address: String::new(),
            trade: String::new(),
            capacity: 0,
            valid_from: today,
        };
        let place = stage.write(&stage.alice, shop).await.unwrap();
        let mut people = Vec::new();
        for (region, count) in REGIONS {
            for place in 0..count {
                let gender = if place % 2 == 0 {
                    Gender::Female
                } else {
                    Gender::Male
                };
                people.push(register(&stage, home, region, gender).await);
            }
        }
        let mut cases = Vec::new();
        for person in &people {
            cases.push(open_case(&stage, home, *person).await);
        }
        // Ten stay in intake, ten are being assessed, the rest wait for other bodies.
        for (place, case) in cases.iter().enumerate().skip(10) {
            let stage_now = if place < 20 {
                casework::Stage::Assessment
            } else {
                casework::Stage::Referral
            };
            stage
                .write(
                    &stage.alice,
                    MoveCase {
                        case: *case,
                        stage: stage_now,
                    },
                )
                .await
                .unwrap();
        }
        let health = health(&stage).await;
        for place in [20, 21, 22] {
            send_leg(&stage, cases[place], health).await;
        }
        // The first is a woman, the second a man: both sell and are paid, she has a licence.
        for person in &people[..2] {
            let contact = contact_id_of(&stage.city.keys, *person);
            stage
                .write(&stage.alice, SellAndPay { contact, place })
                .await
                .unwrap();
        }
        let licence = RecordLicence {
            id: LicenceId::new(bench.db.new_id()),
            contact_id: contact_id_of(&stage.city.keys, people[0]),
            kind: LicenceKind::HomeBusiness,
            number: "L-1".into(),
            issuer_id: home,
            valid_from: today,
            valid_until: today + chrono::TimeDelta::days(700),
            source: LicenceSource::Staff,
            source_id: None,
        };
        stage.write(&stage.alice, licence).await.unwrap();
        bench.pass_days(60);
        let secretary = stage.add("secretary", stage.home, &[Role::Secretary]).await;
        let observer = stage.add("observer", stage.home, &[Role::Observer]).await;
        let member = stage
            .add("member", stage.home, &[Role::CommitteeMember])
            .await;
        Self {
            stage,
            secretary,
            observer,
            member,
            cases,
        }
    }

    async fn number(&self, code: &str) -> Option<i64> {
        let today = self.stage.city.db.clock().today();
        figures::number(&mut self.stage.city.db.read().await.unwrap(), code, today)
            .await
            .unwrap()
    }
}

async fn register(stage: &Stage, home: OrganizationId, region: i64, gender: Gender) -> PersonId {
    let id = PersonId::new(stage.city.db.new_id());
    let facts = PersonFacts {
        region: Some(region),
        gender: Some(gender),
        ..PersonFacts::new(home, "نام‌پنهان", "آزمونی")
    };
    stage
        .write(
            &stage.alice,
            Register {
                new: facts.seal(&stage.city.keys, id),
            },
        )
        .await
        .unwrap()
}

async fn open_case(stage: &Stage, organization: OrganizationId, person: PersonId) -> CaseId {
    let db = &stage.city.db;
    let today = db.clock().today();
    let consent = ConsentGiven {
        id: db.new_id(),
        evidence: Evidence::Signature,
        valid_until: casework::months_after(today, 24),
    };
    let open = OpenCase {
        id: CaseId::new(db.new_id()),
        person,
        organization,
        owner: stage.alice.id,
        source: Source::Visit,
        consent,
        next_action_on: today,
    };
    stage.write(&stage.alice, open).await.unwrap()
}

/// A health office that answers within five days.
async fn health(stage: &Stage) -> (OrganizationId, ServiceId) {
    let db = &stage.city.db;
    let (id, service) = (
        OrganizationId::new(db.new_id()),
        ServiceId::new(db.new_id()),
    );
    let body = CreateOrganization {
        id,
        code: "health".into(),
        kind: OrganizationKind::Health,
        name_fa: "شبکهٔ بهداشت".into(),
        name_en: "Health network".into(),
        phone: String::new(),
        valid_from: db.clock().today(),
        knowledge_based_until: None,
    };
    stage.write(&stage.alice, body).await.unwrap();
    let create = CreateService {
        id: service,
        organization_id: id,
        code: "food_approval".into(),
        name_fa: "تأیید خوراک".into(),
        name_en: "Food approval".into(),
        days_to_answer: 5,
        days_to_complete: 20,
    };
    stage.write(&stage.alice, create).await.unwrap();
    (id, service)
}

async fn send_leg(
    stage: &Stage,
    case_id: CaseId,
    (organization_id, service_id): (OrganizationId, ServiceId),
) {
    let db = &stage.city.db;
    let agree = AgreeToReferral {
        id: db.new_id(),
        case_id,
        organization_id,
        categories: vec![Category::Operational, Category::Personal],
        evidence: Evidence::Signature,
        valid_until: casework::months_after(db.clock().today(), 12),
    };
    stage.write(&stage.alice, agree).await.unwrap();
    let new = NewLeg {
        id: LegId::new(db.new_id()),
        case_id,
        step_id: None,
        organization_id,
        service_id,
    };
    let leg = SendLeg::compose(&stage.city, new, By::desk(Part::SenderWorker), "")
        .await
        .unwrap();
    stage.write(&stage.alice, leg).await.unwrap();
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}

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
            let expected = match figures::measure(code).unwrap() {
                Measure::Count => Some(amounts.len() as i64),
                Measure::Sum => Some(amounts.iter().sum()),
                _ => amounts.len().checked_sub(1).map(|last| amounts[last / 2]),
            };
            assert_eq!(number, expected, "{code}");
            let regions = figures::by_region(&mut conn, code, today).await.unwrap();
            if matches!(figures::measure(code).unwrap(), Measure::Count | Measure::Sum) {
                assert_eq!(regions.iter().map(|(_, amount, _)| amount).sum::<i64>(), number.unwrap(), "{code}");
            }
        }
        drop(conn);
        let told = [
            ("reached", Some(35)), ("eligible", Some(15)), ("with_plan", Some(15)), ("legs_sent", Some(3)),
            ("legs_answered", Some(0)), ("legs_late", Some(3)), ("answer_days", None), ("trained", Some(0)),
            ("licensed", Some(1)), ("makers_earning", Some(0)), ("paid_to_makers", Some(180_000)),
            // Two sold for 100,000 each; she alone is a woman, and the shop kept a tenth.
            ("women_value_added", Some(90_000)), ("shops_open", Some(1)), ("pilots", Some(0)),
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
        assert_eq!(body["regions"]["regions"], json!([
            { "region": "2", "amount": 20, "subjects": 20 },
            { "region": "5", "amount": null, "subjects": null },
            { "region": "7", "amount": null, "subjects": null },
        ]));
        let page = town.stage.get(Some(&town.observer), "/figures/reached").await;
        assert_eq!(page.body.matches("پنهان</td>").count(), 4, "{}", page.body);
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
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
                    assert_eq!(told, ["amount", "code", "detail"], "{code}");
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

    async fn a_published_figure_never_changes(bench: Bench) {
        let town = Town::open(&bench).await;
        let publish = async || town.stage.post(Some(&town.secretary), "/figures/publish", &[]).await.status.as_u16();
        let history = async || {
            values::history(&mut bench.db.read().await.unwrap(), "reached", true).await.unwrap()
        };
        assert_eq!(publish().await, 303);
        // Somebody new on the same day: what was published for the day stays.
        register(&town.stage, OrganizationId::new(town.stage.home), 5, Gender::Female).await;
        assert_eq!(publish().await, 303);
        let published = history().await;
        assert_eq!(published.iter().map(|value| value.amount).collect::<Vec<_>>(), [Some(35)]);
        bench.pass_days(1);
        let secretary = town.stage.add("secretary again", town.stage.home, &[Role::Secretary]).await;
        let status = town.stage.post(Some(&secretary), "/figures/publish", &[]).await.status;
        assert_eq!(status, 303);
        assert_eq!(history().await.iter().map(|value| value.amount).collect::<Vec<_>>(), [Some(36), Some(35)]);

        let path = format!("/figures/values/{}/correct", published[0].id);
        let empty = town.stage.post(Some(&secretary), &path, &[("amount", "x"), ("reason", "")]).await;
        assert_eq!(empty.status, 422);
        let fields = [("amount", "۳۴"), ("reason", "یک نفر دو بار ثبت شده بود")];
        assert_eq!(town.stage.post(Some(&secretary), &path, &fields).await.status, 303);
        let after = history().await;
        let kept: Vec<_> = after.iter().map(|value| (value.amount, value.is_corrected)).collect();
        assert!(kept.contains(&(Some(35), true)) && kept.contains(&(Some(34), false)) && kept.len() == 3, "{kept:?}");
        let again = town.stage.post(Some(&secretary), &path, &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("پیش‌تر اصلاح شده"));
        let page = town.stage.get(Some(&secretary), "/figures/reached").await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert!(page.body.contains("یک نفر دو بار ثبت شده بود"));
    }

    async fn a_correction_of_another_figure_is_found(bench: Bench) {
        let town = Town::open(&bench).await;
        let published = town.stage.post(Some(&town.secretary), "/figures/publish", &[]).await.status;
        assert_eq!(published, 303);
        let broken = async || {
            let (mut conn, today) = (bench.db.read().await.unwrap(), bench.db.clock().today());
            access::cast::broken(crate::checks(&mut conn, today).await.unwrap())
        };
        assert_eq!(broken().await, Vec::<String>::new());
        let added = town.stage.tamper(
            "INSERT INTO indicator_value (id, code, version, as_of, region, amount, subjects, corrects_id, reason, taken_at)
             SELECT u.id, e.code, e.version, v.as_of, v.region, 1, 1, v.id, 'x', v.taken_at
             FROM indicator_value v JOIN indicator_value e ON e.code = 'eligible' AND e.region = ''
             CROSS JOIN user_account u WHERE v.code = 'reached' AND v.region = '' ORDER BY u.id LIMIT 1",
        ).await.unwrap();
        assert_eq!(added, 1);
        assert_eq!(broken().await, ["G2"]);
        // What was published cannot be changed at all.
        assert!(town.stage.tamper("UPDATE indicator_value SET amount = 1").await.is_err());
    }

    async fn a_correction_needs_its_reason_by_whatever_door(bench: Bench) {
        let town = Town::open(&bench).await;
        let command = CorrectValue { id: Uuid::now_v7(), corrects_id: Uuid::now_v7(), amount: 1, reason: " ".into() };
        let body = serde_json::to_value(&command).unwrap();
        let path = "/api/v1/figures/corrections";
        assert_eq!(town.stage.send_json(Some(&town.secretary), "POST", path, &body).await.status, 422);
        assert_eq!(town.stage.send_json(Some(&town.observer), "POST", path, &body).await.status, 403);
        let body = json!({ "id": Uuid::now_v7(), "corrects_id": Uuid::now_v7(), "amount": 1, "reason": "x" });
        assert_eq!(town.stage.send_json(Some(&town.secretary), "POST", path, &body).await.status, 404);
    }

    async fn the_chain_tells_where_people_are_how_long_and_whose_turn(bench: Bench) {
        let town = Town::open(&bench).await;
        let today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let stages = chain::stages(&mut conn, today).await.unwrap();
        let told: Vec<_> = stages.iter().map(|one| (one.stage.as_str(), one.people, one.stuck)).collect();
        assert_eq!(told, [
            ("intake", 10, 10), ("assessment", 10, 10), ("planning", 0, 0), ("referral", 15, 15),
            ("training", 0, 0), ("making", 0, 0), ("selling", 0, 0), ("earning", 0, 0),
        ]);
        assert_eq!((stages[0].median_days, stages[0].entered, stages[2].median_days), (Some(60), 0, None));
        let turn = stages[3].turn.as_ref().unwrap();
        assert_eq!((turn.body_en.as_str(), turn.waiting), ("Health network", 3));
        assert_eq!(stages[0].turn.as_ref().unwrap().waiting, 10);
        for stage in &stages {
            for (only_stuck, number) in [(false, stage.people), (true, stage.stuck)] {
                let list = chain::cases_in(&mut conn, &stage.stage, only_stuck, today, None, 100).await.unwrap();
                assert_eq!(list.len() as i64, number, "{} {only_stuck}", stage.stage);
            }
        }
        let worst = chain::blockages(&mut conn, today, 10).await.unwrap();
        assert_eq!(worst.len(), 3);
        assert!(worst.iter().all(|leg| leg.days_late(today) > 45));
        drop(conn);
        for path in ["/chain", "/chain?lang=en", "/chain/referral", "/chain/referral?stuck=true", "/figures", "/figures?lang=en"] {
            let page = town.stage.get(Some(&town.observer), path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{path}");
        }
        assert_eq!(town.cases.len(), 35);
    }

    async fn the_built_in_stages_are_those_of_casework(bench: Bench) {
        let town = Town::open(&bench).await;
        let reply = town.stage.get(Some(&town.observer), "/api/v1/chain").await.json();
        let ours: Vec<&str> = reply["stages"].as_array().unwrap().iter().map(|one| one["stage"].as_str().unwrap()).collect();
        let theirs: Vec<&str> = casework::Stage::ALL.iter().map(|stage| stage.as_str()).collect();
        assert_eq!(ours, theirs);
    }
}
