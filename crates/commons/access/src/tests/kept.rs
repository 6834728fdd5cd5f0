//! What meets a closed door is kept, and acts on money ask for fresh proof.

use maud::html;
use web::{Form, Outcome};

use super::*;
use crate::{Ask, Need, Permission, Room, Routes};

const OPEN_VAULT: Permission = Permission::new("vault.open", &[Role::Auditor]);

async fn echo(ask: Ask, form: Form) -> Outcome {
    ask.html(
        "echo",
        html! { h1 { "echo" } p { (form.raw("words")) "|" (form.raw(web::KEY_FIELD)) } },
    )
}

/// A room with a form of staff, and one on money.
fn desk() -> Room {
    Room {
        name: "desk",
        words: &crate::WORDS,
        routes: Routes::new()
            .post("/notes", Need::Staff, echo)
            .post("/vault", Need::Proved(&OPEN_VAULT), echo)
            .post("/api/v1/vault", Need::Proved(&OPEN_VAULT), echo),
        nav: vec![],
        permissions: vec![&OPEN_VAULT],
        reasons: vec![],
        jobs: vec![],
    }
}

async fn stage(bench: &Bench) -> Stage {
    Stage::open(bench, vec![crate::room(), desk()], &[Role::Auditor]).await
}

/// The code of the second factor at the stage's own time.
fn code_now(stage: &Stage, secret: &str) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build()
        .unwrap();
    let now = stage.city.db.clock().now().unix();
    totp.generate(u64::try_from(now).unwrap()).to_string()
}

/// The real user, signed in through the door.
async fn real(stage: &Stage, secret: &str) -> Actor {
    let reply = sign_in(stage, PASSWORD, &code_now(stage, secret)).await;
    let mut actor = stage.alice.clone();
    actor.token = reply.session.unwrap();
    actor
}

/// Where the answer leads, without its query's escapes.
fn next(reply: &crate::cast::Reply) -> (String, String) {
    let location = reply.location.clone().unwrap();
    let (door, next) = location.split_once("?next=").unwrap();
    (door.to_owned(), next.replace("%2F", "/"))
}

both! {
    async fn a_form_sent_after_the_session_ended_comes_back_letter_by_letter(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let worker = real(&stage, &secret).await;
        bench.pass_days(1);
        let typed = [("words", "«نیم‌فاصله» & <b>\n۱۲۳"), ("form_key", "7b6a3d0e-0000-7000-8000-000000000001")];
        let turned = stage.post(Some(&worker), "/notes", &typed).await;
        assert_eq!(turned.status, 303, "{}", turned.body);
        let (door, kept) = next(&turned);
        assert_eq!(door, "/sign-in");
        assert_eq!(stage.get(None, &kept).await.status, 401);
        assert_eq!(stage.get(Some(&stage.charlie), &kept).await.status, 401, "Charlie's session has ended too");
        let again = real(&stage, &secret).await;
        let page = stage.get(Some(&again), &kept).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("«نیم‌فاصله» &amp; &lt;b&gt;\n۱۲۳"), "{}", page.body);
        let stranger = stage.add("stranger", stage.home, &[Role::Auditor]).await;
        assert_eq!(stage.get(Some(&stranger), &kept).await.status, 404);
        let sent = stage.post(Some(&again), &kept, &typed).await;
        assert_eq!((sent.status.as_u16(), sent.location.as_deref()), (307, Some("/notes")));
        let gone = stage.get(Some(&again), &kept).await;
        assert_eq!(gone.status, 404, "once sent it is no longer kept");
        let row: i64 = sql("SELECT count(*) AS value FROM draft").scalar(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(row, 0);
    }

    async fn what_is_kept_is_sealed_and_a_strangers_form_is_not_kept(bench: Bench) {
        let stage = stage(&bench).await;
        let turned = stage.post(Some(&stage.alice), "/vault", &[("words", "راز")]).await;
        assert_eq!(turned.status, 200, "Alice has just proved who she is");
        let nobody = stage.post(None, "/notes", &[("words", "راز")]).await;
        assert_eq!(nobody.status, 401);
        bench.pass_days(1);
        for path in ["/proof", "/account/password"] {
            let late = stage.post(Some(&stage.alice), path, &[("password", "راز")]).await;
            assert_eq!(late.status, 401, "{path}: a password is never kept");
        }
        assert_eq!(stage.post(Some(&stage.alice), "/notes", &[("words", "راز")]).await.status, 303);
        let mut conn = bench.db.read().await.unwrap();
        let kept: Vec<serde_json::Value> = sql("SELECT content AS value FROM draft").scalars(&mut conn).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert!(!kept[0].to_string().contains("راز"));
    }

    async fn an_act_on_money_asks_for_fresh_proof_and_then_goes_on(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let worker = real(&stage, &secret).await;
        bench.pass_seconds(Need::FRESH + 1);
        let typed = [("words", "۱۲ میلیون")];
        let turned = stage.post(Some(&worker), "/vault", &typed).await;
        assert_eq!(turned.status, 303, "{}", turned.body);
        let (door, kept) = next(&turned);
        assert_eq!(door, "/proof");
        let wrong = stage.post(Some(&worker), "/proof", &[("password", "wrong"), ("code", "1"), ("next", &kept)]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(stage.post(Some(&worker), "/vault", &typed).await.status, 303, "a wrong proof proves nothing");
        let code = code_now(&stage, &secret);
        let proved = stage.post(Some(&worker), "/proof", &[("password", PASSWORD), ("code", &code), ("next", &kept)]).await;
        assert_eq!((proved.status.as_u16(), proved.location.as_deref()), (303, Some(kept.as_str())));
        let page = stage.get(Some(&worker), &kept).await;
        assert!(page.body.contains("۱۲ میلیون"));
        assert_eq!(stage.post(Some(&worker), "/vault", &typed).await.status, 200);
    }

    async fn a_programs_token_is_its_proof(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let body = serde_json::json!({ "username": "real", "password": PASSWORD, "totp": code_now(&stage, &secret) });
        let token = stage.send_json(None, "POST", "/api/v1/tokens", &body).await.json();
        bench.pass_days(2);
        let request = Request::post("/api/v1/vault")
            .header(header::AUTHORIZATION, format!("Bearer {}", token["token"].as_str().unwrap()))
            .body(Body::empty()).unwrap();
        assert_eq!(stage.send(None, request).await.status, 200);
    }

    async fn who_needs_a_second_factor_does_not_sign_in_without_one(bench: Bench) {
        let stage = stage(&bench).await;
        let id = Uuid::now_v7();
        let user = CreateUser { id, username: "real".into(), shown_name: "Real".into(),
            password_hash: hash_password(PASSWORD).await.unwrap(), totp_secret: None };
        stage.write(&stage.alice, user).await.unwrap();
        let membership = |role| AddMembership { id: Uuid::now_v7(), user_id: id, organization_id: stage.home,
            role, valid_from: stage.city.db.clock().today() };
        stage.write(&stage.alice, membership(Role::ShopClerk)).await.unwrap();
        assert_eq!(sign_in(&stage, PASSWORD, "").await.status, 303, "a clerk sells without one");
        stage.write(&stage.alice, membership(Role::PartnerOfficer)).await.unwrap();
        let refused = sign_in(&stage, PASSWORD, "").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("عامل دوم می‌خواهد"), "{}", refused.body);
    }

    async fn right_tries_are_not_counted_against_a_name(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        for _ in 0..12 {
            bench.pass_seconds(31);
            assert_eq!(sign_in(&stage, PASSWORD, &code_now(&stage, &secret)).await.status, 303);
        }
    }

    async fn a_problem_has_a_page_that_explains_it(bench: Bench) {
        let stage = stage(&bench).await;
        let wrong = stage.send_json(None, "POST", "/api/v1/tokens", &serde_json::json!({ "username": "real", "password": 7 })).await;
        let problem = wrong.json();
        assert_eq!((problem["code"].as_str(), problem["errors"][0]["pointer"].as_str()), (Some("unreadable"), Some("/password")));
        for address in [problem["type"].as_str().unwrap(), "/problems", "/problems/bad_credentials", "/problems?lang=en"] {
            let page = stage.get(None, address).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{address}");
        }
        assert_eq!(stage.get(None, "/problems/nonsense").await.status, 404);
    }
}
