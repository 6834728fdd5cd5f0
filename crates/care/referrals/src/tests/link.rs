//! The partner's link: no account, no script, three presses.

use access::cast::Reply;
use testing::both;

use super::scene::{PHONE, Scene};
use crate::legs::states::State;

/// Everything the database knows that a link could have changed.
async fn traces(scene: &Scene) -> Vec<i64> {
    let mut counts = Vec::new();
    for text in [
        "SELECT count(*) AS value FROM leg_event",
        "SELECT count(*) AS value FROM audit_event",
        "SELECT count(*) AS value FROM notice",
        "SELECT count(*) AS value FROM leg_link",
        "SELECT count(*) AS value FROM leg WHERE seen_at IS NOT NULL",
    ] {
        counts.push(scene.count(text).await);
    }
    counts
}

fn is_sound(reply: &Reply) {
    assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
}

both! {
    async fn three_preview_fetches_change_nothing_and_the_link_still_works(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let link = scene.link().await;
        let before = traces(&scene).await;
        for query in ["", "?choose=later", "?choose=decline"] {
            let page = scene.stage.get(None, &format!("{link}{query}")).await;
            assert_eq!(page.status, 200, "{}", page.body);
            is_sound(&page);
            assert!(page.body.contains("م. آ."), "initials");
            assert!(!page.body.contains("مینا") && !page.body.contains("آزمونی"), "initials only");
        }
        assert_eq!(traces(&scene).await, before);
        let answered = scene.stage.post(None, &format!("{link}/answer"), &[("answer", "accept")]).await;
        assert_eq!(answered.status, 303, "{}", answered.body);
        assert_eq!(scene.state(leg).await, State::Accepted);
    }

    async fn contact_details_stand_behind_a_code_sent_to_the_same_phone(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.send(&scene.training).await;
        let link = scene.link().await;
        scene.stage.post(None, &format!("{link}/answer"), &[("answer", "accept")]).await;
        let page = scene.stage.get(None, &link).await;
        is_sound(&page);
        assert!(!page.body.contains("مینا"));
        let asked = scene.stage.post(None, &format!("{link}/code"), &[]).await;
        assert_eq!(asked.status, 303, "{}", asked.body);
        let mut conn = bench.db.read().await.unwrap();
        let args: serde_json::Value = db::sql(
            "SELECT args AS value FROM notice WHERE template = 'sign-in-code' ORDER BY id DESC LIMIT 1",
        ).scalar(&mut conn).await.unwrap();
        drop(conn);
        let code = args["code"].as_str().unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let refused = scene.stage.post(None, &format!("{link}/contact"), &[("code", wrong)]).await;
        assert_eq!(refused.status, 422);
        assert!(!refused.body.contains("مینا"));
        is_sound(&refused);
        let fa = persian::persian_digits(code);
        let shown = scene.stage.post(None, &format!("{link}/contact"), &[("code", &fa)]).await;
        assert_eq!(shown.status, 200);
        let phone = persian::persian_digits(PHONE);
        assert!(shown.body.contains("مینا آزمونی") && shown.body.contains(&phone), "{}", shown.body);
        is_sound(&shown);
        let again = scene.stage.post(None, &format!("{link}/contact"), &[("code", code)]).await;
        assert_eq!(again.status, 422, "a code works once");
        assert_eq!(scene.count(
            "SELECT count(*) AS value FROM audit_event WHERE action = 'viewed' AND record_kind = 'person'",
        ).await, 1);
    }

    async fn a_body_says_later_or_no_in_three_presses_and_reports_an_outcome(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let link = scene.link().await;
        let answer = format!("{link}/answer");
        let nothing = scene.stage.post(None, &answer, &[("answer", "maybe")]).await;
        assert_eq!(nothing.status, 422);
        let odd = scene.stage.post(None, &answer, &[("answer", "decline"), ("code", "<b>x</b>")]).await;
        assert_eq!(odd.status, 422);
        let later = scene.stage.post(None, &answer, &[("answer", "later"), ("weeks", "2")]).await;
        assert_eq!(later.status, 303);
        assert_eq!(scene.state(leg).await, State::Waitlisted);
        scene.stage.post(None, &answer, &[("answer", "accept")]).await;
        let report = format!("{link}/report");
        let page = scene.stage.get(None, &format!("{link}?choose=report")).await;
        is_sound(&page);
        assert_eq!(scene.stage.post(None, &report, &[]).await.status, 422);
        let done = scene.stage.post(None, &report, &[("outcome", "delivered")]).await;
        assert_eq!(done.status, 303);
        assert_eq!(scene.state(leg).await, State::Completed);
        let again = scene.stage.post(None, &report, &[("outcome", "delivered")]).await;
        assert_eq!(again.status, 303, "the same report once more does nothing");
        let other = scene.stage.post(None, &report, &[("outcome", "not")]).await;
        assert_eq!(other.status, 422);
        is_sound(&scene.stage.get(None, &link).await);
    }

    async fn an_expired_link_answers_nothing_and_offers_a_new_one_in_one_press(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let link = scene.link().await;
        bench.pass_days(9);
        let page = scene.stage.get(None, &link).await;
        assert_eq!(page.status, 200);
        is_sound(&page);
        assert!(!page.body.contains("م. آ."), "an old link tells nothing");
        let answered = scene.stage.post(None, &format!("{link}/answer"), &[("answer", "accept")]).await;
        assert_eq!(answered.status, 404);
        assert_eq!(scene.state(leg).await, State::Sent);
        let renewed = scene.stage.post(None, &format!("{link}/renew"), &[]).await;
        assert_eq!(renewed.status, 200, "{}", renewed.body);
        let fresh = scene.link().await;
        assert_ne!(fresh, link);
        scene.stage.post(None, &format!("{fresh}/answer"), &[("answer", "accept")]).await;
        assert_eq!(scene.state(leg).await, State::Accepted);
    }

    async fn an_unknown_link_is_not_found(bench: Bench) {
        let scene = Scene::open(&bench).await;
        assert_eq!(scene.stage.get(None, "/links/AAAAAAAAAAAAAAAAAAAAAA").await.status, 404);
        let posted = scene.stage.post(None, "/links/x/answer", &[("answer", "accept")]).await;
        assert_eq!(posted.status, 404);
    }

    async fn a_letter_is_verified_by_its_code_and_by_nothing_else(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let number = scene.leg(leg).await.number;
        let code = crate::letters::code(&scene.stage.city.keys, &number);
        let page = scene.stage.get(None, &format!("/letters/{code}")).await;
        assert_eq!(page.status, 200);
        is_sound(&page);
        assert!(page.body.contains("دستگاه health") && !page.body.contains("مینا"));
        let paper = scene.stage.get(Some(&scene.stage.alice), &format!("/legs/{leg}/letter")).await;
        let words = paper.json();
        assert_eq!(words["number"], "۱۴۰۵-۰۰۰۰۱");
        assert!(words["qr"]["text"].as_str().unwrap().ends_with(&format!("/letters/{code}")));
        assert!(words["facts"].to_string().contains("مینا آزمونی"));
        let forged = format!("/letters/{number}-AAAAAAAAAA");
        assert_eq!(scene.stage.get(None, &forged).await.status, 404);
        assert_eq!(scene.stage.get(None, &format!("/letters/{number}")).await.status, 404);
    }
}
