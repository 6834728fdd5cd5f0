mod kept;

use axum::body::Body;
use axum::http::{Request, header};
use db::{Origin, Tx, Write, sql};
use serde::Serialize;
use testing::{Bench, both};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

use crate::cast::{Actor, Stage};
use crate::consents::{self, NewConsent, WithdrawConsent};
use crate::grants::{self, Category, Grant};
use crate::users::{AddMembership, CreateUser, fresh_totp_secret, hash_password};
use crate::{Role, Viewer, Who, audit, emergencies};

/// A sealer of its own, with the file of its heads.
fn sealer(city: &web::City) -> (audit::Sealer, std::path::PathBuf) {
    let file = std::env::temp_dir().join(format!("heads-{}", Uuid::now_v7().simple()));
    (audit::Sealer::new(&city.db, &city.keys, &file), file)
}

const PASSWORD: &str = "a long enough password";

async fn stage(bench: &Bench) -> Stage {
    Stage::open(
        bench,
        vec![crate::room()],
        &[Role::Auditor, Role::CaseWorker],
    )
    .await
}

/// A user who can really sign in, with a second factor; gives the secret.
async fn real_user(stage: &Stage, username: &str) -> String {
    let (id, secret) = (Uuid::now_v7(), fresh_totp_secret());
    let user = CreateUser {
        id,
        username: username.into(),
        shown_name: "Real".into(),
        password_hash: hash_password(PASSWORD).await.unwrap(),
        totp_secret: Some(
            stage
                .city
                .keys
                .seal("user_account", "totp_secret", id, &secret),
        ),
    };
    stage.write(&stage.alice, user).await.unwrap();
    let membership = AddMembership {
        id: Uuid::now_v7(),
        user_id: id,
        organization_id: stage.home,
        role: Role::Auditor,
        valid_from: stage.city.db.clock().today(),
    };
    stage.write(&stage.alice, membership).await.unwrap();
    secret
}

fn code(secret: &str) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build()
        .unwrap();
    totp.generate(u64::try_from(testing::NOW.unix()).unwrap())
        .to_string()
}

async fn sign_in(stage: &Stage, password: &str, code: &str) -> crate::cast::Reply {
    let fields = [
        ("username", "REAL"),
        ("password", password),
        ("code", code),
        ("next", "/audit"),
    ];
    stage.post(None, "/sign-in", &fields).await
}

/// Gives a grant, optionally resting on a consent.
#[derive(serde::Serialize, serde::Deserialize)]
struct Give {
    subject: Uuid,
    organization: Uuid,
    category: Category,
    consent: Option<NewConsent>,
}

impl Write for Give {
    const NAME: &'static str = "give";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        if let Some(consent) = &self.consent {
            consents::record(tx, consent).await?;
        }
        let grant = Grant {
            subject: self.subject,
            organization: self.organization,
            purpose: "test".into(),
            category: self.category,
            until: None,
            consent: self.consent.as_ref().map(|consent| consent.id),
        };
        grants::give(tx, grant).await.map(drop)
    }
}

/// A consent to everything for these bodies, whose last day is today.
fn agreed(bench: &Bench, subject_id: Uuid, bodies: Vec<Uuid>) -> NewConsent {
    NewConsent {
        id: Uuid::now_v7(),
        subject_id,
        purpose: "casework".into(),
        categories: Category::ALL.to_vec(),
        bodies,
        valid_until: bench.db.clock().today(),
        evidence: "signature".into(),
        given_by: None,
    }
}

/// The proofs of grants that do not hold.
async fn broken(stage: &Stage) -> Vec<String> {
    let mut conn = stage.city.db.read().await.unwrap();
    let checks = crate::checks(&mut conn, stage.city.db.clock().now())
        .await
        .unwrap();
    let mut broken = crate::cast::broken(checks);
    broken.retain(|code| code.starts_with("grant"));
    broken
}

fn viewer(actor: &Actor, body: Uuid, role: Role) -> Viewer {
    Viewer {
        who: Who::User(actor.id),
        name: "x".into(),
        roles: vec![(role, body)],
        proved_at: None,
        emergencies: Vec::new(),
    }
}

async fn sees(stage: &Stage, viewer: &Viewer, subject: Uuid, category: Category) -> bool {
    let mut conn = stage.city.db.read().await.unwrap();
    let now = stage.city.db.clock().now();
    let one = grants::may_see(&mut conn, viewer, subject, category, now)
        .await
        .unwrap();
    // The same rule as a condition of a list must say the same.
    let (condition, values) = grants::visible("s.subject_id", 1, viewer, category, now);
    let listed: Vec<Uuid> = sql(format!(
        "SELECT DISTINCT s.subject_id AS value FROM access_grant s WHERE {condition}"
    ))
    .bind_all(values)
    .scalars(&mut conn)
    .await
    .unwrap();
    assert_eq!(
        one,
        listed.contains(&subject),
        "function and SQL form agree"
    );
    one
}

both! {
    async fn a_user_signs_in_with_password_and_second_factor(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let reply = sign_in(&stage, PASSWORD, &code(&secret)).await;
        assert_eq!((reply.status.as_u16(), reply.location.as_deref()), (303, Some("/audit")));
        assert!(reply.session.is_some_and(|token| token.len() > 40));
    }

    async fn a_wrong_password_a_wrong_code_and_a_used_code_get_the_same_answer(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let refused = "نام، گذرواژه یا کد درست نیست";
        let wrong = sign_in(&stage, "another password", &code(&secret)).await;
        assert!(wrong.status == 422 && wrong.body.contains(refused) && wrong.session.is_none());
        let no_code = sign_in(&stage, PASSWORD, "").await;
        assert!(no_code.status == 422 && no_code.body.contains(refused));
        assert_eq!(sign_in(&stage, PASSWORD, &code(&secret)).await.status, 303);
        let used = sign_in(&stage, PASSWORD, &code(&secret)).await;
        assert!(used.status == 422 && used.body.contains(refused), "a code works once");
        assert!(!used.body.contains(PASSWORD), "a password is never sent back");
    }

    async fn guessing_is_slowed_down(bench: Bench) {
        let stage = stage(&bench).await;
        for _ in 0..10 {
            sign_in(&stage, "guess", "000000").await;
        }
        let late = sign_in(&stage, "guess", "000000").await;
        assert_eq!(late.status, 429);
    }

    async fn a_program_gets_a_token_and_problems_as_json(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let body = serde_json::json!({ "username": "real", "password": PASSWORD, "totp": code(&secret) });
        let made = stage.send_json(None, "POST", "/api/v1/tokens", &body).await;
        assert_eq!(made.status, 201);
        let token = made.json()["token"].as_str().unwrap().to_owned();
        let ask = |token: &str| {
            let bearer = format!("Bearer {token}");
            Request::get("/audit").header(header::AUTHORIZATION, bearer).body(Body::empty()).unwrap()
        };
        assert_eq!(stage.send(None, ask(&token)).await.status, 200);
        assert_eq!(stage.send(None, ask("nonsense")).await.status, 401);
        let wrong = serde_json::json!({ "username": "real", "password": 7 });
        let wrong = stage.send_json(None, "POST", "/api/v1/tokens", &wrong).await;
        assert_eq!((wrong.status.as_u16(), wrong.json()["type"].clone()), (400, "/problems/unreadable".into()));
    }

    async fn a_session_ends_when_its_user_signs_out_or_leaves(bench: Bench) {
        let stage = stage(&bench).await;
        assert_eq!(stage.get(Some(&stage.alice), "/audit").await.status, 200);
        assert_eq!(stage.post(Some(&stage.alice), "/sign-out", &[]).await.status, 303);
        assert_eq!(stage.get(Some(&stage.alice), "/audit").await.status, 401);
        bench.pass_days(1);
        assert_eq!(stage.get(Some(&stage.bob), "/audit").await.status, 401, "after ten hours");
    }

    async fn a_post_from_another_site_is_turned_away(bench: Bench) {
        let stage = stage(&bench).await;
        let post = |site: &str| {
            Request::post("/sign-out")
                .header("sec-fetch-site", site)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(""))
                .unwrap()
        };
        assert_eq!(stage.send(Some(&stage.alice), post("cross-site")).await.status, 403);
        assert_eq!(stage.send(Some(&stage.alice), post("same-origin")).await.status, 303);
    }

    async fn a_sign_in_never_leads_to_another_site(bench: Bench) {
        let stage = stage(&bench).await;
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"] {
            let user = format!("u{}", Uuid::now_v7().simple());
            let secret = real_user(&stage, &user).await;
            let code = code(&secret);
            let fields = [("username", user.as_str()), ("password", PASSWORD), ("code", &code), ("next", next)];
            let reply = stage.post(None, "/sign-in", &fields).await;
            assert_eq!(reply.location.as_deref(), Some("/"), "{next}");
        }
    }

    async fn language_and_theme_are_remembered_and_odd_words_are_not_found(bench: Bench) {
        let stage = stage(&bench).await;
        let kept = stage.get(None, "/language/en?back=/sign-in").await;
        assert_eq!((kept.status.as_u16(), kept.location.as_deref()), (303, Some("/sign-in")));
        let english = Request::get("/sign-in").header(header::COOKIE, "lang=en").body(Body::empty()).unwrap();
        let english = stage.send(None, english).await;
        assert!(english.body.contains("lang=\"en\" dir=\"ltr\"") && english.body.contains("Staff sign-in"));
        assert_eq!(stage.get(None, "/language/xx").await.status, 404);
        let persian = stage.get(None, "/sign-in").await;
        assert!(persian.body.contains("lang=\"fa\" dir=\"rtl\""));
        assert_eq!(web::inspect::faults(&persian.body), Vec::<String>::new());
    }

    async fn a_grant_opens_exactly_its_class_to_exactly_its_body(bench: Bench) {
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let give = Give { subject, organization: stage.home, category: Category::Personal, consent: None };
        stage.write(&stage.alice, give).await.unwrap();
        let alice = viewer(&stage.alice, stage.home, Role::CaseWorker);
        let charlie = viewer(&stage.charlie, stage.elsewhere, Role::CaseWorker);
        let clerk = viewer(&stage.alice, stage.home, Role::ShopClerk);
        assert!(sees(&stage, &alice, subject, Category::Operational).await);
        assert!(sees(&stage, &alice, subject, Category::Personal).await);
        assert!(!sees(&stage, &alice, subject, Category::Sensitive).await);
        assert!(!sees(&stage, &charlie, subject, Category::Operational).await);
        assert!(!sees(&stage, &clerk, subject, Category::Operational).await, "shops never see people");
        assert!(!sees(&stage, &Viewer::nobody(), subject, Category::Operational).await);
    }

    async fn withdrawing_a_consent_ends_its_grants_at_once(bench: Bench) {
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let consent = agreed(&bench, subject, vec![]);
        let id = consent.id;
        let give = Give { subject, organization: stage.home, category: Category::Sensitive, consent: Some(consent) };
        stage.write(&stage.alice, give).await.unwrap();
        let alice = viewer(&stage.alice, stage.home, Role::CaseWorker);
        assert!(sees(&stage, &alice, subject, Category::Sensitive).await);
        stage.write(&stage.alice, WithdrawConsent { id }).await.unwrap();
        assert!(!sees(&stage, &alice, subject, Category::Operational).await);
    }

    async fn a_consent_past_its_last_day_opens_nothing(bench: Bench) {
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let consent = agreed(&bench, subject, vec![stage.home]);
        let give = Give { subject, organization: stage.home, category: Category::Sensitive, consent: Some(consent) };
        stage.write(&stage.alice, give).await.unwrap();
        let alice = viewer(&stage.alice, stage.home, Role::CaseWorker);
        assert!(sees(&stage, &alice, subject, Category::Sensitive).await, "its last day counts");
        assert_eq!(broken(&stage).await, Vec::<String>::new());
        bench.pass_days(1);
        for category in [Category::Operational, Category::Personal, Category::Sensitive] {
            assert!(!sees(&stage, &alice, subject, category).await, "{category}");
        }
        stage.tamper("UPDATE access_grant SET valid_until = NULL").await.unwrap();
        assert_eq!(broken(&stage).await, ["grant_outlives_consent"]);
    }

    async fn an_emergency_opens_the_least_to_one_user_for_four_hours(bench: Bench) {
        #[derive(Serialize)]
        struct OpenIt(emergencies::NewEmergency);
        impl Write for OpenIt {
            const NAME: &'static str = "open_it";
            type Out = persian::Timestamp;
            async fn run(&self, tx: &mut Tx) -> db::Result<persian::Timestamp> {
                emergencies::open(tx, &self.0).await
            }
        }
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let give = Give { subject, organization: stage.home, category: Category::Personal, consent: None };
        stage.write(&stage.alice, give).await.unwrap();
        let open = |number: u128| {
            let id = Uuid::from_u128(number);
            let reason = emergencies::seal(&stage.city.keys, id, "کودکی در خطر است و مادرش پیدا نیست");
            let about = "1405-00042".to_owned();
            OpenIt(emergencies::NewEmergency { id, subject, organization: stage.elsewhere, about, reason })
        };
        let now_open = async |actor: &Actor| {
            let mut viewer = viewer(actor, stage.elsewhere, Role::CaseWorker);
            let now = bench.db.clock().now();
            viewer.emergencies = emergencies::open_to(&mut bench.db.read().await.unwrap(), actor.id, now).await.unwrap();
            viewer
        };
        assert!(!sees(&stage, &now_open(&stage.charlie).await, subject, Category::Operational).await);
        stage.write(&stage.charlie, open(1)).await.unwrap();
        let charlie = now_open(&stage.charlie).await;
        assert!(sees(&stage, &charlie, subject, Category::Operational).await);
        assert!(sees(&stage, &charlie, subject, Category::Personal).await);
        assert!(!sees(&stage, &charlie, subject, Category::Sensitive).await, "her consent is needed");
        assert!(!sees(&stage, &charlie, Uuid::now_v7(), Category::Operational).await, "nobody else");
        let bob = now_open(&stage.bob).await;
        assert!(!sees(&stage, &bob, subject, Category::Operational).await, "nobody else's");
        for path in ["/audit/emergencies", "/api/v1/emergencies"] {
            let told = stage.get(Some(&stage.alice), path).await;
            assert!(told.body.contains("1405-00042") && told.body.contains("کودکی در خطر است"), "{path}");
            assert_eq!(stage.get(None, path).await.status, 401);
        }
        let page = stage.get(Some(&stage.alice), "/audit/emergencies").await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert!(stage.tamper("UPDATE emergency_access SET valid_until = opened_at").await.is_err());
        bench.pass_seconds(emergencies::LASTS);
        assert!(!sees(&stage, &now_open(&stage.charlie).await, subject, Category::Operational).await);
        for number in 2..=5 {
            stage.write(&stage.charlie, open(number)).await.unwrap();
        }
        let db::Error::Refused(refusal) = stage.write(&stage.charlie, open(6)).await.unwrap_err() else {
            panic!("a sixth within a day");
        };
        assert_eq!(refusal.reason, &emergencies::TOO_OFTEN);
    }

    async fn one_sees_where_one_is_signed_in_and_ends_all_others(bench: Bench) {
        let stage = stage(&bench).await;
        let again = stage.again(&stage.alice).await;
        let page = stage.get(Some(&again), "/account/sessions").await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert_eq!(page.body.matches("همین‌جا").count(), 1);
        let listed = stage.get(Some(&again), "/api/v1/account/sessions").await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2, "{listed}");
        assert_eq!(stage.post(Some(&again), "/account/sessions/end", &[]).await.status, 303);
        assert_eq!(stage.get(Some(&stage.alice), "/audit").await.status, 401);
        assert_eq!(stage.get(Some(&again), "/audit").await.status, 200);
        assert_eq!(stage.get(Some(&stage.bob), "/audit").await.status, 200, "nobody else's");
        let contact = Uuid::now_v7();
        let (one, other) = (stage.person(contact).await, stage.person(contact).await);
        assert_eq!(stage.get(Some(&one), "/account/sessions").await.status, 403);
        assert_eq!(stage.get(Some(&one), "/my/sessions").await.body.matches("<tr").count(), 3);
        assert_eq!(stage.post(Some(&one), "/my/sessions/end", &[]).await.status, 303);
        assert_eq!(stage.get(Some(&other), "/my/sessions").await.status, 401);
        assert_eq!(stage.get(Some(&one), "/my/sessions").await.status, 200);
    }

    async fn grants_changed_behind_the_rules_are_found(bench: Bench) {
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let consent = agreed(&bench, subject, vec![stage.home]);
        let give = Give { subject, organization: stage.home, category: Category::Sensitive, consent: Some(consent) };
        stage.write(&stage.alice, give).await.unwrap();
        assert_eq!(broken(&stage).await, Vec::<String>::new());
        stage.tamper("UPDATE access_grant SET subject_id = organization_id").await.unwrap();
        assert_eq!(broken(&stage).await, ["grant_consent"], "somebody else's consent");
        stage.tamper("UPDATE access_grant SET subject_id = (SELECT c.subject_id FROM consent c WHERE c.id = consent_id)")
            .await.unwrap();
        assert_eq!(broken(&stage).await, Vec::<String>::new());
        stage.tamper("UPDATE consent SET withdrawn_at = made_at").await.unwrap();
        assert_eq!(broken(&stage).await, ["grant_consent"], "withdrawn, and still open");
        stage.without_check("access_grant", "ck_access_grant_sensitive").await;
        stage.tamper("UPDATE access_grant SET consent_id = NULL").await.unwrap();
        assert_eq!(broken(&stage).await, ["grant_sensitive"]);
    }

    async fn a_grant_rests_only_on_a_consent_that_names_its_body_and_class(bench: Bench) {
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let refused = async |organization: Uuid, category: Category, consent: Option<NewConsent>| {
            let give = Give { subject, organization, category, consent };
            match stage.write(&stage.alice, give).await {
                Err(db::Error::Refused(refusal)) => Some(refusal.reason.code),
                Err(db::Error::Check(name)) => Some(if name == "ck_access_grant_sensitive" { "no_consent" } else { "?" }),
                Err(_) => Some("?"),
                Ok(()) => None,
            }
        };
        let all = || agreed(&bench, subject, vec![stage.home]);
        let of_another = agreed(&bench, Uuid::now_v7(), vec![stage.home]);
        let narrow = NewConsent { categories: vec![Category::Personal], ..all() };
        let over = NewConsent { valid_until: testing::NOW.plus_days(-1).date(), ..all() };
        assert_eq!(refused(stage.elsewhere, Category::Operational, Some(all())).await, Some("consent_over"));
        assert_eq!(refused(stage.home, Category::Operational, Some(of_another)).await, Some("consent_over"));
        assert_eq!(refused(stage.home, Category::Sensitive, Some(narrow.clone())).await, Some("consent_over"));
        assert_eq!(refused(stage.home, Category::Operational, Some(over)).await, Some("consent_over"));
        assert_eq!(refused(stage.home, Category::Sensitive, None).await, Some("no_consent"));
        assert_eq!(refused(stage.home, Category::Operational, Some(narrow)).await, None);
    }

    async fn a_helper_sees_where_things_stand_and_no_more(bench: Bench) {
        let stage = stage(&bench).await;
        let subject = Uuid::now_v7();
        let consent = agreed(&bench, subject, vec![]);
        let give = Give { subject, organization: stage.home, category: Category::Sensitive, consent: Some(consent) };
        stage.write(&stage.alice, give).await.unwrap();
        let helper = viewer(&stage.alice, stage.home, Role::Helper);
        assert!(sees(&stage, &helper, subject, Category::Operational).await);
        assert!(!sees(&stage, &helper, subject, Category::Personal).await);
        assert!(!sees(&stage, &helper, subject, Category::Sensitive).await);
    }

    async fn the_audit_chain_is_whole_and_shows_who_looked(bench: Bench) {
        let stage = stage(&bench).await;
        stage.get(Some(&stage.alice), "/audit").await;
        sealer(&stage.city).0.seal().await.unwrap();
        let (links, faults) = {
            let mut conn = bench.db.read().await.unwrap();
            audit::verify(&mut conn, bench.db.clock().now()).await.unwrap()
        };
        assert!(links > 3 && faults.is_empty(), "{faults:?}");
        let page = stage.get(Some(&stage.bob), "/audit").await;
        assert!(page.body.contains("viewed") && page.body.contains("alice"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        assert_eq!(stage.get(Some(&clerk), "/audit").await.status, 403);
    }

    async fn an_event_slipped_into_the_chain_is_found(bench: Bench) {
        /// What somebody with the database in hand might try: an event whose digest is made up.
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Forge {}
        impl Write for Forge {
            const NAME: &'static str = "forge";
            type Out = ();
            async fn run(&self, tx: &mut Tx) -> db::Result<()> {
                sql("INSERT INTO audit_event (id, happened_at, actor, request_id, action, record_kind, detail, digest)
                     VALUES ($1, $2, 'nobody', $1, 'forged', 'case', $3, $4)")
                    .bind(tx.new_id()).bind(tx.now()).bind(serde_json::json!({})).bind(vec![7_u8; 32])
                    .execute(tx).await.map(drop)
            }
        }
        let stage = stage(&bench).await;
        bench.db.write(&Origin::program("test"), Forge {}).await.unwrap();
        sealer(&stage.city).0.seal().await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let (_, faults) = audit::verify(&mut conn, bench.db.clock().now()).await.unwrap();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].detail, "the event was changed");
    }

    async fn the_kept_heads_show_a_chain_cut_short_and_a_head_nobody_signed(bench: Bench) {
        let stage = stage(&bench).await;
        let (one, file) = sealer(&stage.city);
        let head = one.seal().await.unwrap().unwrap();
        let told = async || {
            let mut conn = bench.db.read().await.unwrap();
            let kept = audit::KeptHeads::read(&file).unwrap();
            let (lines, faults) = audit::verify_heads(&mut conn, &stage.city.keys, &kept).await.unwrap();
            (lines, faults.into_iter().map(|fault| fault.detail).collect::<Vec<_>>())
        };
        assert_eq!(told().await, (1, vec![]));
        // Heads kept after the file was read are no fault of a chain seen meanwhile.
        let kept = audit::KeptHeads::read(&file).unwrap();
        let further = audit::Head { number: head.number + 1, ..head.clone() };
        std::fs::write(&file, [audit::line(&stage.city.keys, &head), audit::line(&stage.city.keys, &further)].concat()).unwrap();
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(audit::verify_heads(&mut conn, &stage.city.keys, &kept).await.unwrap().1, vec![]);
        drop(conn);
        let further = audit::Head { number: head.number + 9, ..head.clone() };
        let rewritten = audit::Head { hash: vec![7; 32], ..head.clone() };
        let strange = audit::line(&db::Keys::ephemeral(), &head);
        let keys = &stage.city.keys;
        let lines = [audit::line(keys, &further), audit::line(keys, &rewritten), strange, "nonsense".into()];
        std::fs::write(&file, lines.concat()).unwrap();
        let (_, faults) = told().await;
        assert_eq!(faults, [
            "the chain does not reach this head",
            "the chain has another hash here",
            "the signature is not this city's",
            "no head of a chain",
        ]);
        std::fs::remove_file(file).unwrap();
    }

    async fn while_one_seals_another_stands_back(bench: Bench) {
        let stage = stage(&bench).await;
        let ((one, file), (other, unused)) = (sealer(&stage.city), sealer(&stage.city));
        assert!(one.seal().await.unwrap().is_some());
        stage.get(Some(&stage.alice), "/audit").await;
        assert!(other.seal().await.unwrap().is_none(), "two seal at once");
        one.close().await.unwrap();
        stage.get(Some(&stage.alice), "/audit").await;
        assert!(other.seal().await.unwrap().is_some(), "the lease was given back");
        for file in [file, unused] {
            std::fs::remove_file(file).unwrap();
        }
    }

    async fn an_event_nobody_sealed_for_a_minute_is_told(bench: Bench) {
        let _stage = stage(&bench).await;
        bench.pass_days(1);
        let mut conn = bench.db.read().await.unwrap();
        let (_, faults) = audit::verify(&mut conn, bench.db.clock().now()).await.unwrap();
        assert!(faults.iter().any(|fault| fault.detail.contains("wait for the sealer")));
    }

    async fn ones_own_password_is_changed_and_the_other_sessions_end(bench: Bench) {
        let stage = stage(&bench).await;
        let secret = real_user(&stage, "real").await;
        let session = sign_in(&stage, PASSWORD, &code(&secret)).await.session.unwrap();
        let account = crate::users::by_username(&mut bench.db.read().await.unwrap(), "real").await.unwrap().unwrap();
        let real = Actor::with(account.id, &session);
        let other = stage.again(&real).await;
        let new = "another long password";
        let change = async |current: &str, again: &str| {
            let fields = [("current", current), ("new", new), ("again", again)];
            stage.post(Some(&real), "/account/password", &fields).await
        };
        let wrong = change("not the present one", new).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("گذرواژهٔ کنونی درست نیست"));
        assert_eq!(change(PASSWORD, "something else typed").await.status, 422);
        assert_eq!(stage.get(Some(&other), "/audit").await.status, 200);
        assert_eq!(change(PASSWORD, new).await.status, 303);
        assert_eq!(change(PASSWORD, new).await.status, 303, "sent twice");
        assert_eq!(stage.get(Some(&real), "/audit").await.status, 200);
        assert_eq!(stage.get(Some(&other), "/audit").await.status, 401);
        let page = stage.get(Some(&real), "/account/password").await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert_eq!(stage.get(None, "/account/password").await.status, 401);
    }

    async fn a_leaver_is_outside_at_once(bench: Bench) {
        let stage = stage(&bench).await;
        let token = crate::sessions::create_token(&stage.city, stage.bob.id, &Origin::program("test")).await.unwrap();
        let by_token = async || {
            let request = Request::get("/audit").header(header::AUTHORIZATION, format!("Bearer {token}"));
            stage.send(None, request.body(Body::empty()).unwrap()).await.status
        };
        assert_eq!(by_token().await, 200);
        stage.write(&stage.alice, crate::users::EndUser { user: stage.bob.id }).await.unwrap();
        assert_eq!(stage.get(Some(&stage.bob), "/audit").await.status, 401);
        assert_eq!(by_token().await, 401);
        let anew = stage.again(&stage.bob).await;
        assert_eq!(stage.get(Some(&anew), "/audit").await.status, 401, "no session helps");
    }

    async fn a_role_taken_away_opens_nothing(bench: Bench) {
        let stage = stage(&bench).await;
        let end = || crate::users::EndMembership { user: stage.bob.id, organization: stage.home, role: Role::Auditor };
        stage.write(&stage.alice, end()).await.unwrap();
        let bob = stage.again(&stage.bob).await;
        assert_eq!(stage.get(Some(&bob), "/audit").await.status, 403);
        let nothing = stage.write(&stage.alice, end()).await;
        assert!(matches!(nothing, Err(db::Error::NotFound)));
    }

    async fn counts_and_sessions_that_ran_out_are_forgotten(bench: Bench) {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Purge {}
        impl Write for Purge {
            const NAME: &'static str = "purge";
            type Out = u64;
            async fn run(&self, tx: &mut Tx) -> db::Result<u64> {
                crate::purge(tx).await
            }
        }
        let stage = stage(&bench).await;
        sign_in(&stage, "wrong", "").await;
        assert_eq!(bench.db.write(&Origin::program("test"), Purge {}).await.unwrap(), 0);
        bench.pass_days(8);
        // One count and the sessions of three users.
        assert_eq!(bench.db.write(&Origin::program("test"), Purge {}).await.unwrap(), 4);
    }

    async fn a_body_larger_than_we_take_is_told_so(bench: Bench) {
        let stage = stage(&bench).await;
        let huge = "x".repeat(10 * 1024 * 1024);
        let reply = stage.post(None, "/sign-in", &[("username", huge.as_str())]).await;
        assert_eq!(reply.status, 413);
        assert!(reply.body.contains("بیش از اندازه بزرگ"));
    }
}

#[test]
fn every_route_has_a_need_and_every_public_one_is_meant() {
    let public: Vec<String> = crate::room()
        .routes
        .list()
        .iter()
        .filter(|route| route.need == crate::Need::Public)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let meant = [
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-out",
        "POST /api/v1/tokens",
        "GET /language/{word}",
        "GET /theme/{word}",
        "GET /problems",
        "GET /problems/{code}",
    ];
    assert_eq!(public, meant);
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
