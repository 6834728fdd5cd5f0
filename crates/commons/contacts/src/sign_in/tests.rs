use access::Role;
use access::cast::{Reply, Stage};
use access::sessions::{CodeKind, code_text};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use testing::{Bench, both};
use uuid::Uuid;

use super::*;
use crate::ContactId;
use crate::tests::{contact, is_signed_in, path};

async fn stage(bench: &Bench) -> Stage {
    Stage::open(bench, vec![access::room(), crate::room()], &[Role::Helper]).await
}

/// Asks for a code; gives the page that takes it.
async fn ask(stage: &Stage, phone: &str) -> String {
    let asked = stage
        .post(None, "/sign-in/phone", &[("phone", phone)])
        .await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    asked.location.unwrap()
}

fn digits(stage: &Stage, page: &str) -> String {
    let id: Uuid = page.rsplit('/').next().unwrap().parse().unwrap();
    code_text(&stage.city.keys, id, CodeKind::Sms)
}

fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

async fn slip(stage: &Stage, id: ContactId) -> String {
    let made = stage
        .post(Some(&stage.alice), &path(id, "/slip"), &[])
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    let mut conn = stage.city.db.read().await.unwrap();
    let (slip, _) = current_slip(&mut conn, id, testing::NOW)
        .await
        .unwrap()
        .unwrap();
    code_text(&stage.city.keys, slip.get(), CodeKind::Slip)
}

async fn by_slip(stage: &Stage, handle: &str, code: &str) -> Reply {
    stage
        .post(None, "/sign-in/slip", &[("handle", handle), ("code", code)])
        .await
}

/// A page without what differs in every answer.
fn plain(page: &str, address: &str) -> String {
    let page = page.replace(address.rsplit('/').next().unwrap(), "ID");
    let mut out = String::new();
    for piece in page.split("name=\"form_key\" value=\"") {
        out.push_str(if out.is_empty() { piece } else { &piece[36..] });
    }
    out
}

both! {
    async fn she_signs_in_by_a_code_to_her_phone_once(bench: Bench) {
        let stage = stage(&bench).await;
        contact(&stage, "مریم", Some("09120000001")).await;
        let page = ask(&stage, "۰۹۱۲ ۰۰۰ ۰۰۰۱").await;
        let shown = stage.get(None, &page).await;
        assert!(shown.body.contains("one-time-code"));
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        let code = persian::persian_digits(&digits(&stage, &page));
        assert!(is_signed_in(&stage.post(None, &page, &[("code", &code)]).await));
        let again = stage.post(None, &page, &[("code", &code)]).await;
        assert_eq!(again.status, 422, "a code serves once");
        assert!(again.session.is_none());
    }

    async fn five_wrong_codes_end_it(bench: Bench) {
        let stage = stage(&bench).await;
        contact(&stage, "مریم", Some("09120000001")).await;
        let page = ask(&stage, "09120000001").await;
        let code = digits(&stage, &page);
        for _ in 0..5 {
            assert_eq!(stage.post(None, &page, &[("code", &wrong(&code))]).await.status, 422);
        }
        let late = stage.post(None, &page, &[("code", &code)]).await;
        assert_eq!((late.status.as_u16(), late.session), (422, None));
    }

    async fn a_code_ends_after_five_minutes(bench: Bench) {
        let stage = stage(&bench).await;
        contact(&stage, "مریم", Some("09120000001")).await;
        let page = ask(&stage, "09120000001").await;
        let clock = bench.db.clock();
        clock.hold(clock.now().plus_seconds(301));
        let late = stage.post(None, &page, &[("code", &digits(&stage, &page))]).await;
        assert_eq!(late.status, 422);
    }

    async fn an_unknown_phone_gets_the_same_answers_as_a_known_one(bench: Bench) {
        let stage = stage(&bench).await;
        contact(&stage, "مریم", Some("09120000001")).await;
        let (known, unknown) = (ask(&stage, "09120000001").await, ask(&stage, "09120000009").await);
        let bodies = [
            (stage.get(None, &known).await, stage.get(None, &unknown).await),
            (
                stage.post(None, &known, &[("code", &wrong(&digits(&stage, &known)))]).await,
                stage.post(None, &unknown, &[("code", &wrong(&digits(&stage, &unknown)))]).await,
            ),
        ];
        for (known_reply, unknown_reply) in bodies {
            assert_eq!(known_reply.status, unknown_reply.status);
            assert_eq!(plain(&known_reply.body, &known), plain(&unknown_reply.body, &unknown));
        }
        let guessed = stage.post(None, &unknown, &[("code", &digits(&stage, &unknown))]).await;
        assert_eq!((guessed.status.as_u16(), guessed.session), (422, None), "nobody is signed in");
        for phone in ["09120000001", "09120000009"] {
            for _ in 0..2 {
                ask(&stage, phone).await;
            }
            let many = stage.post(None, "/sign-in/phone", &[("phone", phone)]).await;
            assert_eq!(many.status, 429, "{phone}");
        }
    }

    async fn of_those_who_share_a_phone_she_says_who_she_is(bench: Bench) {
        let stage = stage(&bench).await;
        contact(&stage, "مریم", Some("09120000001")).await;
        let (hasan, _) = contact(&stage, "حسن", Some("09120000001")).await;
        let (stranger, _) = contact(&stage, "رضا", Some("09120000002")).await;
        for (chosen, may) in [(hasan, true), (stranger, false)] {
            let page = ask(&stage, "09120000001").await;
            let who = stage.post(None, &page, &[("code", &digits(&stage, &page))]).await;
            assert_eq!(who.status, 200);
            assert!(who.session.is_none(), "nobody is signed in before she says who she is");
            assert!(who.body.contains("مریم") && who.body.contains("حسن") && !who.body.contains("رضا"));
            assert_eq!(web::inspect::faults(&who.body), Vec::<String>::new());
            let (_, rest) = who.body.split_once("name=\"ticket\" value=\"").unwrap();
            let ticket = rest.split('"').next().unwrap();
            let chosen = chosen.to_string();
            let fields = [("ticket", ticket), ("contact", chosen.as_str())];
            let signed = stage.post(None, &format!("{page}/who"), &fields).await;
            assert_eq!(is_signed_in(&signed), may);
            let again = stage.post(None, &format!("{page}/who"), &fields).await;
            assert!(!is_signed_in(&again), "a ticket serves once");
        }
    }

    async fn a_guardian_signs_in_for_whoever_has_no_phone_of_her_own(bench: Bench) {
        let stage = stage(&bench).await;
        let (guardian, _) = contact(&stage, "حسن", Some("09120000001")).await;
        let (other, _) = contact(&stage, "سارا", Some("09120000002")).await;
        let accompanied = async |name: &str, phone: Option<&str>, companion: ContactId| {
            let id = ContactId::new(bench.db.new_id());
            let phone = phone.map(|phone| {
                crate::SealedPhone::new(&stage.city.keys, id, &persian::Phone::parse(phone).unwrap())
            });
            let new = crate::NewContact {
                id,
                subject: None,
                first_name: name.into(),
                shown_name: format!("{name} نمونه"),
                language: persian::Lang::Fa,
                channel: crate::NewContact::usual_channel(phone.as_ref()),
                phone,
                companion: Some(companion),
                region: String::new(),
                neighbourhood: String::new(),
            };
            stage.write(&stage.alice, crate::CreateContact(new)).await.unwrap();
            id
        };
        let weaver = accompanied("نرگس", None, guardian).await;
        accompanied("لیلا", Some("09120000003"), guardian).await;
        accompanied("مینا", None, other).await;
        let page = ask(&stage, "09120000001").await;
        let who = stage.post(None, &page, &[("code", &digits(&stage, &page))]).await;
        assert_eq!((who.status.as_u16(), who.session.is_none()), (200, true));
        assert!(who.body.contains("حسن") && who.body.contains("نرگس"), "{}", who.body);
        assert!(!who.body.contains("لیلا"), "she has a phone and speaks for herself");
        assert!(!who.body.contains("مینا"), "another accompanies her");
        let (_, rest) = who.body.split_once("name=\"ticket\" value=\"").unwrap();
        let (ticket, weaver) = (rest.split('"').next().unwrap(), weaver.to_string());
        let fields = [("ticket", ticket), ("contact", weaver.as_str())];
        assert!(is_signed_in(&stage.post(None, &format!("{page}/who"), &fields).await));
    }

    async fn a_slip_may_be_used_again_until_another_is_printed(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, handle) = contact(&stage, "رضا", None).await;
        let code = slip(&stage, id).await;
        let typed = format!("{} {}", &code[..4], &code[4..]);
        for _ in 0..2 {
            assert!(is_signed_in(&by_slip(&stage, &handle.to_lowercase(), &typed).await));
        }
        let other = slip(&stage, id).await;
        assert_eq!(by_slip(&stage, &handle, &code).await.status, 422, "the old slip is dead");
        assert!(is_signed_in(&by_slip(&stage, &handle, &other).await));
        bench.pass_days(91);
        assert_eq!(by_slip(&stage, &handle, &other).await.status, 422, "a slip ends");
    }

    async fn a_wrong_slip_and_an_unknown_handle_get_the_same_answer(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, handle) = contact(&stage, "رضا", None).await;
        let code = slip(&stage, id).await;
        let bad = by_slip(&stage, &handle, "00000000").await;
        let unknown = by_slip(&stage, "M-00001", "00000000").await;
        assert_eq!((bad.status.as_u16(), unknown.status.as_u16()), (422, 422));
        let same = |page: &str, handle: &str| plain(&page.replace(handle, "H"), "/none");
        assert_eq!(same(&bad.body, &handle), same(&unknown.body, "M-00001"));
        for _ in 0..4 {
            by_slip(&stage, &handle, "00000000").await;
        }
        assert_eq!(by_slip(&stage, &handle, &code).await.status, 422, "five wrong tries end a slip");
        for _ in 0..4 {
            by_slip(&stage, &handle, "00000000").await;
        }
        assert_eq!(by_slip(&stage, &handle, &code).await.status, 429);
    }

    async fn a_helper_sits_beside_her_and_is_named(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, handle) = contact(&stage, "رضا", None).await;
        let code = slip(&stage, id).await;
        let fields = [("handle", handle.as_str()), ("code", code.as_str())];
        let signed = stage.post(Some(&stage.alice), "/sign-in/slip", &fields).await;
        let token = signed.session.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let session = access::sessions::find(&mut conn, &token, testing::NOW).await.unwrap().unwrap();
        assert_eq!(session.contact_id, Some(id.get()));
        assert_eq!(session.helper_id, Some(stage.alice.id));
    }

    async fn only_her_own_body_prints_her_slip(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "رضا", None).await;
        let charlie = Some(&stage.charlie);
        assert_eq!(stage.get(charlie, &path(id, "/slip")).await.status, 404);
        assert_eq!(stage.post(charlie, &path(id, "/slip"), &[]).await.status, 404);
        assert_eq!(stage.get(charlie, &path(id, "/slip/paper")).await.status, 404);
        assert_eq!(stage.get(Some(&stage.alice), &path(id, "/slip/paper")).await.status, 404, "none yet");
        slip(&stage, id).await;
        let page = stage.get(Some(&stage.alice), &path(id, "/slip")).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let address = format!("/api/v1/contacts/{id}/slips");
        let body = serde_json::json!({ "id": Uuid::now_v7() });
        assert_eq!(stage.send_json(Some(&stage.bob), "POST", &address, &body).await.status, 201);
        assert_eq!(stage.send_json(charlie, "POST", &address, &body).await.status, 404);
    }

    async fn odd_numbers_are_told_in_words(bench: Bench) {
        let stage = stage(&bench).await;
        for typed in ["", "12", "<script>", "\u{202e}0912", &"9".repeat(5000)] {
            let refused = stage.post(None, "/sign-in/phone", &[("phone", typed)]).await;
            assert_eq!(refused.status, 422, "{typed}");
            assert_eq!(web::inspect::faults(&refused.body), Vec::<String>::new());
        }
        let body = serde_json::json!({ "id": Uuid::now_v7(), "phone": "12" });
        assert_eq!(stage.send_json(None, "POST", "/api/v1/sign-in-codes", &body).await.status, 422);
        let body = serde_json::json!({ "id": Uuid::now_v7(), "phone": "09120000001" });
        assert_eq!(stage.send_json(None, "POST", "/api/v1/sign-in-codes", &body).await.status, 202);
    }

    async fn her_own_program_gets_a_token_for_her_code(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", Some("09120000001")).await;
        let code = Uuid::now_v7();
        let asked = json!({ "id": code, "phone": "09120000001" });
        assert_eq!(stage.send_json(None, "POST", "/api/v1/sign-in-codes", &asked).await.status, 202);
        let right = code_text(&stage.city.keys, code, CodeKind::Sms);
        let to = format!("/api/v1/sign-in-codes/{code}/token");
        let refused = stage.send_json(None, "POST", &to, &json!({ "code": wrong(&right) })).await;
        assert_eq!((refused.status.as_u16(), refused.json()["token"].as_str()), (422, None));
        let given = stage.send_json(None, "POST", &to, &json!({ "code": right })).await;
        assert_eq!(given.status, 201, "{}", given.body);
        let token = given.json()["token"].as_str().unwrap().to_owned();
        assert_eq!(stage.send_json(None, "POST", &to, &json!({ "code": right })).await.status, 422, "a code serves once");
        // She is known by it, as herself: staff's pages stay closed to her.
        assert_eq!(bearer(&stage, &token, OTHERS).await, 403);
        assert_eq!(bearer(&stage, "another", OTHERS).await, 401);
        let (kind, owner) = session_of(&stage, id).await;
        assert_eq!((kind.as_str(), owner), ("person", None));
    }

    async fn people_who_share_a_phone_say_who_they_are_by_program_too(bench: Bench) {
        let stage = stage(&bench).await;
        let (first, _) = contact(&stage, "مریم", Some("09120000001")).await;
        let (second, _) = contact(&stage, "زهرا", Some("09120000001")).await;
        let code = Uuid::now_v7();
        let asked = json!({ "id": code, "phone": "09120000001" });
        stage.send_json(None, "POST", "/api/v1/sign-in-codes", &asked).await;
        let right = json!({ "code": code_text(&stage.city.keys, code, CodeKind::Sms) });
        let told = stage.send_json(None, "POST", &format!("/api/v1/sign-in-codes/{code}/token"), &right).await;
        assert_eq!(told.status, 202);
        let told = told.json();
        assert!(told["token"].is_null() && told["people"].as_array().unwrap().len() == 2);
        let to = format!("/api/v1/sign-in-codes/{code}/who");
        let chosen = json!({ "ticket": told["ticket"], "contact": second });
        let given = stage.send_json(None, "POST", &to, &chosen).await;
        assert_eq!(given.status, 201, "{}", given.body);
        assert_eq!(bearer(&stage, given.json()["token"].as_str().unwrap(), OTHERS).await, 403);
        let again = json!({ "ticket": told["ticket"], "contact": first });
        assert_eq!(stage.send_json(None, "POST", &to, &again).await.status, 422, "a ticket serves once");
    }

    async fn one_network_may_ask_for_many_codes_but_not_for_all(bench: Bench) {
        let stage = stage(&bench).await;
        let mut last = 0;
        let from = |network: &'static str, number: i64| {
            let key = Uuid::now_v7();
            let body = format!("form_key={key}&phone=0912{number:07}");
            let mut request = axum::http::Request::post("/sign-in/phone")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(body))
                .unwrap();
            let peer: std::net::SocketAddr = network.parse().unwrap();
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
            stage.send(None, request)
        };
        for number in 0..=access::network::CODES.most {
            assert_ne!(last, 429, "{number}");
            last = from("[2001:db8:1:2::1]:9", number).await.status.as_u16();
        }
        assert_eq!(last, 429);
        // The whole customer is one network, her neighbour another.
        assert_eq!(from("[2001:db8:1:2:ffff::1]:9", 700).await.status, 429);
        assert_eq!(from("[2001:db8:1:3::1]:9", 701).await.status, 303);
    }

    async fn a_helper_signs_her_in_by_her_slip(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, handle) = contact(&stage, "مریم", None).await;
        let code = slip(&stage, id).await;
        let body = json!({ "handle": handle, "code": code });
        let given = stage.send_json(Some(&stage.bob), "POST", "/api/v1/slip-tokens", &body).await;
        assert_eq!(given.status, 201, "{}", given.body);
        assert_eq!(bearer(&stage, given.json()["token"].as_str().unwrap(), OTHERS).await, 403);
        assert_eq!(session_of(&stage, id).await, ("person".to_owned(), Some(stage.bob.id)));
        // Tries are counted as on the page.
        let guess = json!({ "handle": handle, "code": "00000000" });
        let mut last = 0;
        for _ in 0..11 {
            last = stage.send_json(None, "POST", "/api/v1/slip-tokens", &guess).await.status.as_u16();
        }
        assert_eq!(last, 429);
    }
}

/// What only staff may read.
const OTHERS: &str = "/api/v1/contacts/01890000-0000-7000-8000-000000000000";

/// What a page answers to a program with this token.
async fn bearer(stage: &Stage, token: &str, page: &str) -> u16 {
    let request = Request::get(page)
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    stage.send(None, request).await.status.as_u16()
}

/// Kind of a contact's session, and who helps.
async fn session_of(stage: &Stage, contact: ContactId) -> (String, Option<Uuid>) {
    let mut conn = stage.city.db.read().await.unwrap();
    let rows = db::sql("SELECT kind, helper_id FROM session WHERE contact_id = $1")
        .bind(contact)
        .rows(&mut conn)
        .await
        .unwrap();
    (
        rows[0].get("kind").unwrap(),
        rows[0].get("helper_id").unwrap(),
    )
}
