use access::sessions::{AskForCode, CodeKind, code_text};
use organizations::{CreateOrganization, OrganizationId, OrganizationKind};
use persian::{Lang, Timestamp};
use testing::{Bench, both};

use super::*;
use crate::To;
use crate::simulator::Faults;
use crate::tests::{Provider, Tell, contact, sold, stage, work};

async fn kept(bench: &Bench, id: Uuid) -> Kept {
    queries::find(&mut bench.db.read().await.unwrap(), id)
        .await
        .unwrap()
        .unwrap()
}

both! {
    async fn a_notice_goes_out_and_arrives(bench: Bench) {
        let stage = stage(&bench).await;
        let provider = Provider::open(Faults::default()).await;
        let (city, runner) = provider.city(&bench, &stage.city.keys);
        let maryam = contact(&stage, Some("09120000001"), Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        work(&city, &runner).await;
        let sent = kept(&bench, id).await;
        assert_eq!((sent.state, sent.channel, sent.parts), (NoticeState::Sent, Some(NoticeWay::Sms), 1));
        assert_eq!(sent.phone_last4, "0001");
        let inbox = provider.inbox().await;
        assert_eq!(inbox.len(), 1);
        assert_eq!(inbox[0]["receptor"], "09120000001");
        assert_eq!(inbox[0]["text"], "۳ «ترشی» شما فروش رفت. سهم شما: ۲۵٬۴۰۰ تومان.");
        assert!(provider.get("/inbox").await.contains("ترشی"));
        let clock = bench.db.clock();
        clock.hold(clock.now().plus_seconds(61));
        work(&city, &runner).await;
        assert_eq!(kept(&bench, id).await.state, NoticeState::Delivered);
    }

    async fn a_lost_reply_is_tried_again_and_comes_once(bench: Bench) {
        let stage = stage(&bench).await;
        let lossy = Provider::open(Faults { lost_reply: 1.0, ..Faults::default() }).await;
        let (city, runner) = lossy.city(&bench, &stage.city.keys);
        let maryam = contact(&stage, Some("09120000001"), Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        let clock = bench.db.clock();
        for _ in 0..3 {
            work(&city, &runner).await;
            clock.hold(clock.now().plus_seconds(400));
        }
        let waiting = kept(&bench, id).await;
        assert_eq!((waiting.state, waiting.tries), (NoticeState::Waiting, 3));
        assert_eq!(lossy.inbox().await.len(), 1, "the provider knows it by its localid");
        for _ in 0..6 {
            work(&city, &runner).await;
            clock.hold(clock.now().plus_seconds(3600));
        }
        assert_eq!(kept(&bench, id).await.state, NoticeState::Failed, "not tried for ever");
        assert_eq!(lossy.inbox().await.len(), 1);
    }

    async fn a_refusal_for_now_waits_and_one_for_good_ends_it(bench: Bench) {
        let stage = stage(&bench).await;
        let busy = Provider::open(Faults { refuse: 1.0, ..Faults::default() }).await;
        let (city, runner) = busy.city(&bench, &stage.city.keys);
        let maryam = contact(&stage, Some("09120000001"), Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        work(&city, &runner).await;
        let waiting = kept(&bench, id).await;
        assert_eq!((waiting.state, waiting.tries), (NoticeState::Waiting, 1));
        assert_eq!(busy.inbox().await.len(), 0);
        let order = Order {
            local_id: 1, number: "02144000000".into(), way: NoticeWay::Sms, text: "متن".into(),
            code: None, template: String::new(),
        };
        let base: Url = provider_of(&city).unwrap();
        let quiet = Provider::open(Faults::default()).await;
        let (other, _) = quiet.city(&bench, &stage.city.keys);
        let good: Url = provider_of(&other).unwrap();
        let answers = tokio::task::spawn_blocking(move || {
            (provider::send(&base, &order), provider::send(&good, &order))
        });
        let (now, ever) = answers.await.unwrap();
        assert_eq!(now, Answer::Unknown("provider_409".into()));
        assert_eq!(ever, Answer::Refused("provider_411".into()), "a landline takes no message");
    }

    async fn a_landline_is_called_and_a_body_is_told_too(bench: Bench) {
        let stage = stage(&bench).await;
        let provider = Provider::open(Faults::default()).await;
        let (city, runner) = provider.city(&bench, &stage.city.keys);
        let maryam = contact(&stage, Some("02144000000"), Lang::En).await;
        stage.write(&stage.alice, sold(maryam)).await.unwrap();
        let body = OrganizationId::new(bench.db.new_id());
        let create = CreateOrganization {
            id: body, code: "training".into(), kind: OrganizationKind::Training,
            name_fa: "آموزش".into(), name_en: "Training".into(), phone: "09120000007".into(),
            valid_from: testing::NOW.date(), knowledge_based_until: None,
        };
        stage.write(&stage.alice, create).await.unwrap();
        let args = vec![
            ("number", "۱۲".to_owned()), ("due", "۱۴۰۵/۰۹/۰۹".to_owned()),
            ("link", "https://zanjireh.example/p/SECRET".to_owned()),
        ];
        let told = Tell { to: To::Organization(body), template: "referral", args };
        let id = stage.write(&stage.alice, told).await.unwrap();
        work(&city, &runner).await;
        let inbox = provider.inbox().await;
        assert_eq!(inbox.len(), 2);
        let at = |number: &str| inbox.iter().find(|m| m["receptor"] == number).unwrap().clone();
        assert_eq!(at("02144000000")["kind"], "call");
        assert!(at("02144000000")["text"].as_str().unwrap().starts_with("۳ of your"));
        assert!(at("09120000007")["text"].as_str().unwrap().contains("SECRET"));
        assert!(!kept(&bench, id).await.args.to_string().contains("SECRET"), "the link has left");
    }

    async fn without_phone_or_provider_it_stays_here(bench: Bench) {
        let stage = stage(&bench).await;
        let provider = Provider::open(Faults::default()).await;
        let (city, runner) = provider.city(&bench, &stage.city.keys);
        let nobody = contact(&stage, None, Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(nobody)).await.unwrap();
        work(&city, &runner).await;
        assert_eq!(kept(&bench, id).await.state, NoticeState::NoChannel);
        let maryam = contact(&stage, Some("09120000001"), Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        stage.do_jobs().await;
        assert_eq!(kept(&bench, id).await.state, NoticeState::NoChannel, "the stage has no provider");
        assert_eq!(provider.inbox().await.len(), 0);
    }

    async fn at_night_it_waits_for_the_morning(bench: Bench) {
        let stage = stage(&bench).await;
        let provider = Provider::open(Faults::default()).await;
        let (city, runner) = provider.city(&bench, &stage.city.keys);
        let mut city = Arc::into_inner(city).unwrap();
        city.is_demo = false;
        let city = Arc::new(city);
        let maryam = contact(&stage, Some("09120000001"), Lang::Fa).await;
        let clock = bench.db.clock();
        let day = testing::NOW.date();
        clock.hold(Timestamp::at(day, 22, 30));
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        work(&city, &runner).await;
        assert_eq!(kept(&bench, id).await.state, NoticeState::Waiting);
        clock.hold(Timestamp::at(day, 8, 0).plus_days(1));
        work(&city, &runner).await;
        assert_eq!(kept(&bench, id).await.state, NoticeState::Sent);
        assert_eq!(provider.inbox().await.len(), 1);
    }

    async fn a_sign_in_code_comes_by_template_and_stands_in_no_row(bench: Bench) {
        let stage = stage(&bench).await;
        let provider = Provider::open(Faults::default()).await;
        let (city, runner) = provider.city(&bench, &stage.city.keys);
        let maryam = contact(&stage, Some("09120000001"), Lang::Fa).await;
        let code = bench.db.new_id();
        let ask = AskForCode { id: code, contact: maryam.get(), kind: CodeKind::Sms };
        stage.write(&stage.alice, ask).await.unwrap();
        let nobody = bench.db.new_id();
        let ask = AskForCode { id: nobody, contact: nobody, kind: CodeKind::Sms };
        stage.write(&stage.alice, ask).await.unwrap();
        work(&city, &runner).await;
        let digits = code_text(&stage.city.keys, code, CodeKind::Sms);
        let inbox = provider.inbox().await;
        assert_eq!(inbox.len(), 1, "nobody's phone is sent nothing");
        let text = inbox[0]["text"].as_str().unwrap();
        assert_eq!(text.lines().last(), Some(format!("@zanjireh.example #{digits}").as_str()));
        let row = kept(&bench, code).await;
        assert_eq!(row.state, NoticeState::Sent);
        assert!(!row.text().contains(&digits));
        assert!(!row.args.to_string().contains(&digits));
        let late = bench.db.new_id();
        let ask = AskForCode { id: late, contact: maryam.get(), kind: CodeKind::Sms };
        stage.write(&stage.alice, ask).await.unwrap();
        let (none, silent) = Provider::open(Faults { refuse: 1.0, ..Faults::default() })
            .await
            .city(&bench, &stage.city.keys);
        work(&none, &silent).await;
        let clock = bench.db.clock();
        clock.hold(clock.now().plus_seconds(301));
        work(&city, &runner).await;
        assert_eq!(kept(&bench, late).await.fault.as_deref(), Some("too_late"));
        assert_eq!(provider.inbox().await.len(), 1);
    }

    async fn a_demo_speaks_to_its_own_machine_alone(bench: Bench) {
        let stage = stage(&bench).await;
        let provider = Provider::open(Faults::default()).await;
        let (city, _) = provider.city(&bench, &stage.city.keys);
        assert!(provider_of(&city).is_some());
        let mut city = Arc::into_inner(city).unwrap();
        city.sms = Some(web::SmsAccount { base: "https://sms.example/v1/KEY/".parse().unwrap() });
        assert_eq!(provider_of(&city), None);
        city.is_demo = false;
        assert!(provider_of(&city).is_some());
    }
}
