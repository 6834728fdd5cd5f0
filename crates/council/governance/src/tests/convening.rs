use axum::body::Body;
use axum::http::Request;

use super::*;

fn code<T>(refused: db::Result<T>) -> String {
    match refused {
        Err(db::Error::Refused(refusal)) => refusal.reason.code.to_owned(),
        Err(error) => error.to_string(),
        Ok(_) => "done".to_owned(),
    }
}

impl Table {
    fn seat(&self, role: CommitteeRole) -> MembershipId {
        self.seats
            .iter()
            .find(|(known, _)| *known == role)
            .unwrap()
            .1
    }

    /// Other rules from a day on.
    async fn rules(&self, from: &str, change: impl FnOnce(&mut Rules)) -> db::Result<()> {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let today = self.stage.city.db.clock().today();
        let mut rules = committees::rules_on(&mut conn, self.committee, today)
            .await
            .unwrap();
        change(&mut rules);
        let id = self.stage.city.db.new_id();
        let set = SetRules {
            id,
            committee_id: self.committee,
            valid_from: day(from),
            rules,
        };
        self.stage.write(&self.secretary, set).await
    }

    async fn quorum(&self, meeting: MeetingId) -> (i64, i64, bool) {
        let body = self
            .stage
            .get(Some(&self.observer), &format!("/api/v1/meetings/{meeting}"))
            .await
            .json();
        let quorum = &body["quorum"];
        (
            quorum["present"].as_i64().unwrap(),
            quorum["voting"].as_i64().unwrap(),
            quorum["is_met"].as_bool().unwrap(),
        )
    }
}

async fn bring(
    table: &Table,
    actor: &Actor,
    meeting: MeetingId,
    bytes: &[u8],
    name: &str,
) -> access::cast::Reply {
    let key = Uuid::now_v7();
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\n{key}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"document\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post(format!("/meetings/{meeting}/documents"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    table.stage.send(Some(actor), request).await
}

both! {
    async fn a_named_substitute_fills_the_seat_only_when_its_holder_is_away(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let seat = table.seat(CommitteeRole::Member);
        let meeting = table.planned(today).await;
        stage.write(&table.chair, ApproveAgenda { meeting_id: meeting }).await.unwrap();
        let roll = |presence| RecordAttendance { meeting_id: meeting, marks: vec![
            Mark { membership_id: table.seat(CommitteeRole::Chair), presence: Presence::Present },
            Mark { membership_id: seat, presence },
        ] };
        assert_eq!(code(stage.write(&table.secretary, roll(Presence::Deputy)).await), "substitute_unnamed");
        let place = format!("/committees/{}/substitutes", table.committee);
        let text = seat.to_string();
        let named = |user| [
            ("substitute_seat", text.as_str()), ("substitute_name", "آذر نمونه، معاون"), ("substitute_user", user),
            ("substitute_from", "1405/08/01"),
        ];
        assert_eq!(stage.post(Some(&stage.charlie), &place, &named("")).await.status, 404);
        assert_eq!(stage.post(Some(&table.member), &place, &named("")).await.status, 403);
        let seated = stage.post(Some(&table.secretary), &place, &named("observer")).await;
        assert!(seated.status == 422 && seated.body.contains("href=\"#substitute_user\""), "{}", seated.body);
        assert_eq!(stage.post(Some(&table.secretary), &place, &named("")).await.status, 303);
        stage.write(&table.secretary, roll(Presence::Deputy)).await.unwrap();
        assert_eq!(table.quorum(meeting).await, (2, 3, true));
        let page = stage.get(Some(&table.observer), &format!("/meetings/{meeting}")).await;
        assert!(page.body.contains("آذر نمونه"));
        // Whoever of the two is there, the seat has one vote.
        let three = table.resolution(meeting, day("2027-02-01"));
        assert_eq!(code(stage.write(&table.secretary, three).await), "resolution_votes");
        stage.write(&table.secretary, roll(Presence::Present)).await.unwrap();
        assert_eq!(table.quorum(meeting).await, (2, 3, true));
        let both = stage.tamper("UPDATE attendance_mark SET substitute_id = (SELECT id FROM seat_substitute)").await;
        assert!(both.is_err(), "a present holder has no substitute");
        let setup = stage.get(Some(&table.secretary), &format!("/committees/{}?lang=en", table.committee)).await;
        assert_eq!((setup.status.as_u16(), web::inspect::faults(&setup.body)), (200, vec![]));
    }

    async fn a_majority_is_the_one_the_rules_ask_for(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let observers = table.rules("2026-11-01", |rules| rules.voting_roles.push(CommitteeRole::Observer)).await;
        assert_eq!(code(observers), "rules_voters");
        let meeting = table.meeting(today, &[CommitteeRole::Chair, CommitteeRole::Member]).await;
        let votes = |votes_for, votes_against, votes_abstain| PassResolution {
            votes_for, votes_against, votes_abstain, ..table.resolution(meeting, day("2027-02-01"))
        };
        // One of two present is half, not more.
        assert_eq!(code(stage.write(&table.secretary, votes(1, 0, 1)).await), "resolution_majority");
        assert_eq!(code(stage.write(&table.secretary, votes(2, 0, 1)).await), "resolution_votes");
        let passed = stage.write(&table.secretary, votes(2, 0, 0)).await.unwrap();
        let file = stage.get(Some(&table.observer), &format!("/api/v1/resolutions/{passed}")).await.json();
        let one = &file["resolution"];
        assert_eq!((&one["majority"], &one["voters_present"], &one["voters_all"]), (&json!("present"), &json!(2), &json!(3)));
        let text = meeting.to_string();
        let form = stage.get(Some(&table.secretary), &format!("/meetings/{text}/resolutions/new")).await;
        assert!(form.body.contains("بیش از نیمی از حاضران"));
        table.rules("2026-11-02", |rules| rules.majority = Majority::TwoThirds).await.unwrap();
        let three = table.meeting(today, VOTERS).await;
        let mut resolution = table.resolution(three, day("2027-02-01"));
        (resolution.votes_for, resolution.votes_against, resolution.votes_abstain) = (1, 1, 1);
        assert_eq!(code(stage.write(&table.secretary, resolution.clone()).await), "resolution_majority");
        (resolution.votes_for, resolution.votes_abstain) = (2, 0);
        stage.write(&table.secretary, resolution).await.unwrap();
        let forged = stage.tamper("UPDATE resolution SET votes_for = 0").await;
        assert!(forged.is_err(), "the database counts, too");
    }

    async fn nothing_passes_once_those_who_left_take_the_quorum_away(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(bench.db.clock().today(), &[CommitteeRole::Chair, CommitteeRole::Member]).await;
        let two = || PassResolution { votes_for: 2, ..table.resolution(meeting, day("2027-02-01")) };
        stage.write(&table.secretary, two()).await.unwrap();
        let path = format!("/meetings/{meeting}/departures");
        let seat = table.seat(CommitteeRole::Member).to_string();
        let act = |act| [("gone_seat", seat.as_str()), ("act", act)];
        assert_eq!(stage.post(Some(&stage.charlie), &path, &act("left")).await.status, 404);
        assert_eq!(stage.post(Some(&table.secretary), &path, &act("back")).await.status, 422, "nobody left");
        assert_eq!(stage.post(Some(&table.secretary), &path, &act("left")).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path, &act("left")).await.status, 422, "once");
        assert_eq!(code(stage.write(&table.secretary, two()).await), "quorum_lost");
        let page = stage.get(Some(&table.observer), &format!("/meetings/{meeting}")).await;
        assert!(page.body.contains("نشست را ترک کرد"));
        let fields = [
            ("article_id", table.article.to_string()), ("organization_id", table.body.to_string()), ("responsible", "مدیر".into()),
            ("wording", "متن".into()), ("due_on", "1406/01/20".into()), ("evidence_asked", "رسید".into()), ("votes_for", "1".into()), ("votes_against", "0".into()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let told = stage.post(Some(&table.secretary), &format!("/meetings/{meeting}/resolutions"), &fields).await;
        assert!(told.status == 422 && told.body.contains("با رفتن اعضا حد نصاب نیست"), "{}", told.body);
        assert_eq!(stage.post(Some(&table.secretary), &path, &act("back")).await.status, 303);
        stage.write(&table.secretary, two()).await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new(), "what was decided before stays valid");
    }

    async fn a_meeting_moved_over_nowruz_keeps_its_number_and_decides_in_the_new_year(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.planned(day("2027-03-15")).await;
        stage.write(&table.chair, ApproveAgenda { meeting_id: meeting }).await.unwrap();
        let path = format!("/meetings/{meeting}/move");
        let to = [("moved_to", "1406/01/02"), ("hours", "۹ تا ۱۱"), ("place", "تالار دیگر")];
        assert_eq!(stage.post(Some(&stage.charlie), &path, &to).await.status, 404);
        assert_eq!(stage.post(Some(&table.member), &path, &to).await.status, 403);
        assert_eq!(stage.post(Some(&table.secretary), &path, &[("moved_to", "روزی دیگر"), ("hours", "۹"), ("place", "x")]).await.status, 422);
        assert_eq!(stage.post(Some(&table.secretary), &path, &to).await.status, 303);
        let moved = meetings::get(&mut bench.db.read().await.unwrap(), meeting).await.unwrap();
        // Nowruz is off; the first working day is Thursday the fifth.
        assert_eq!((moved.year, moved.number, moved.held_on, moved.moved_from), (1405, 1, day("2027-03-25"), Some(day("2027-03-15"))));
        bench.pass_days(122);
        let (secretary, observer) = (stage.again(&table.secretary).await, stage.again(&table.observer).await);
        let marks = table.seats.iter().map(|(_, seat)| Mark { membership_id: *seat, presence: Presence::Present });
        let roll = RecordAttendance { meeting_id: meeting, marks: marks.collect() };
        stage.write(&secretary, roll).await.unwrap();
        let id = stage.write(&secretary, table.resolution(meeting, day("2027-05-01"))).await.unwrap();
        let file = stage.get(Some(&observer), &format!("/api/v1/resolutions/{id}")).await.json();
        assert_eq!((&file["resolution"]["year"], &file["resolution"]["number"]), (&json!(1406), &json!(1)));
        assert_eq!(stage.post(Some(&secretary), &path, &to).await.status, 422, "a held meeting does not move");
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
    }

    async fn papers_of_a_meeting_are_its_members_own_and_what_they_say_they_are(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(bench.db.clock().today(), VOTERS).await;
        let paper = b"%PDF-1.7\nreport\n%%EOF\n";
        assert_eq!(bring(&table, &stage.charlie, meeting, paper, "a.pdf").await.status, 404);
        assert_eq!(bring(&table, &table.member, meeting, paper, "a.pdf").await.status, 403);
        let wrong = bring(&table, &table.secretary, meeting, b"MZ program", "a.pdf").await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#document\""), "{}", wrong.body);
        for _ in 0..2 {
            assert_eq!(bring(&table, &table.secretary, meeting, paper, "گزارش فروش.pdf").await.status, 303);
        }
        let file = stage.get(Some(&table.observer), &format!("/api/v1/meetings/{meeting}")).await.json();
        let papers = file["papers"].as_array().unwrap();
        assert_eq!(papers.len(), 1, "the same file is one paper");
        let path = format!("/meetings/{meeting}/documents/{}", papers[0]["id"].as_str().unwrap());
        assert_eq!(stage.get(Some(&table.member), &path).await.body, String::from_utf8_lossy(paper));
        for actor in [Some(&stage.charlie), None] {
            assert_ne!(table.status(actor, &path).await, 200);
        }
        table.pass(meeting, day("2027-02-01")).await;
        let other = table.planned(bench.db.clock().today()).await;
        let elsewhere = format!("/meetings/{other}/documents/{}", papers[0]["id"].as_str().unwrap());
        assert_eq!(table.status(Some(&table.member), &elsewhere).await, 404);
        for place in [format!("/meetings/{meeting}"), format!("/meetings/{meeting}/minutes.pdf"), format!("/meetings/{meeting}/calendar.ics"),
            format!("/articles/{}", table.article), format!("/articles/{}/dossier", table.article)] {
            let shown = stage.get(Some(&table.member), &place).await.body.replace("\r\n ", "");
            assert!(shown.contains("گزارش فروش"), "{place}: {shown}");
        }
        stage.write(&table.secretary, WriteMinutes { meeting_id: meeting, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        stage.write(&table.secretary, OpenRemarks { meeting_id: meeting }).await.unwrap();
        stage.write(&table.secretary, SignMinutes { meeting_id: meeting }).await.unwrap();
        stage.write(&table.chair, FreezeMinutes { meeting_id: meeting }).await.unwrap();
        assert_eq!(bring(&table, &table.secretary, meeting, b"%PDF-1.7\nlate\n%%EOF\n", "b.pdf").await.status, 422);
        let frozen = stage.write(&table.secretary, WriteMinutes { meeting_id: meeting, wording: "دیگر".into() }).await;
        assert_eq!(code(frozen), "meeting_state");
    }

    async fn a_working_group_sends_an_item_up_once(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let parent = committees::get(&mut conn, table.committee).await.unwrap();
        let group = CommitteeId::new(bench.db.new_id());
        let create = CreateCommittee {
            id: group, ordinance_id: parent.ordinance_id, organization_id: parent.organization_id, parent_id: Some(table.committee),
            code: "shops".into(), name_fa: "کارگروه فروش".into(), name_en: "Sales group".into(),
            rules: committees::rules_on(&mut conn, table.committee, today).await.unwrap(),
        };
        drop(conn);
        stage.write(&table.secretary, create).await.unwrap();
        let meeting = MeetingId::new(bench.db.new_id());
        let plan = PlanMeeting { id: meeting, committee_id: group, held_on: today, hours: "۸".into(), place: "دبیرخانه".into() };
        stage.write(&table.secretary, plan).await.unwrap();
        let item = AddAgendaItem { id: bench.db.new_id(), meeting_id: meeting, wording: "ساعت کار فروشگاه‌ها".into() };
        stage.write(&table.secretary, item).await.unwrap();
        let file = stage.get(Some(&table.secretary), &format!("/api/v1/meetings/{meeting}")).await.json();
        let item = file["agenda"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/meetings/{meeting}/forward");
        let send = [("item_id", item.as_str()), ("forward", "پیشنهاد: تا شب یلدا")];
        assert_eq!(stage.post(Some(&stage.charlie), &path, &send).await.status, 404);
        assert_eq!(stage.post(Some(&table.secretary), &path, &[("forward", "")]).await.status, 422);
        assert_eq!(stage.post(Some(&table.secretary), &path, &send).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path, &send).await.status, 422, "once");
        let above = table.planned(today).await;
        let page = stage.get(Some(&table.observer), &format!("/meetings/{above}")).await;
        assert!(page.body.contains("کارگروه فروش: ساعت کار فروشگاه‌ها · پیشنهاد: تا شب یلدا"), "{}", page.body);
        let again = table.planned(today).await;
        let page = stage.get(Some(&table.observer), &format!("/meetings/{again}")).await;
        assert!(!page.body.contains("ساعت کار فروشگاه‌ها"), "it stands on one agenda");
        assert_eq!(stage.write(&table.secretary, ForwardItem { id: bench.db.new_id(), meeting_id: above, item_id: None, wording: "بالاتر".into() }).await.map_err(|_| ()), Err(()), "nobody is above");
        for path in [format!("/meetings/{meeting}"), format!("/meetings/{meeting}?lang=en"), format!("/committees/{}", table.committee)] {
            let page = stage.get(Some(&table.secretary), &path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
    }

    async fn nobody_confirms_what_their_own_body_did(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        // A second chair's seat belongs to the responsible body.
        let own = stage.add("own", table.body.get(), &[Role::Chair]).await;
        let seat = AddMember {
            id: MembershipId::new(bench.db.new_id()), committee_id: table.committee, organization_id: table.body, user_id: Some(own.id),
            role: CommitteeRole::Guest, title_fa: "مدیر".into(), title_en: "Head".into(), valid_from: today,
        };
        stage.write(&table.secretary, seat).await.unwrap();
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(meeting, day("2026-12-05")).await;
        let give = GiveEvidence {
            id: EvidenceId::new(bench.db.new_id()), proves: Proves::Resolution(id), quantity: 1, note: "رسید".into(),
            reference: "45".into(), given_on: today,
        };
        stage.write(&table.secretary, give.clone()).await.unwrap();
        let path = format!("/evidence/{}/verify", give.id);
        assert_eq!(stage.post(Some(&own), &path, &[]).await.status, 409);
        let page = stage.get(Some(&own), &format!("/resolutions/{id}")).await;
        assert!(page.body.contains("خود مسئول این مصوبه است") && !page.body.contains(&path), "{}", page.body);
        assert_eq!(table.state(id).await, "claimed");
        assert_eq!(stage.post(Some(&table.chair), &path, &[]).await.status, 303);
        assert_eq!(table.state(id).await, "verified");
        stage.tamper("UPDATE evidence SET verified_by = (SELECT id FROM user_account WHERE username = 'own')").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["evidence_own_body"]);
    }

    async fn a_resolution_cites_the_successor_of_a_repealed_article(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let ordinance = articles::list_ordinances(&mut bench.db.read().await.unwrap()).await.unwrap()[0].id;
        let successor = add_article(stage, ordinance, None, ArticleKind::Article, 4).await.unwrap();
        let meeting = table.meeting(today, VOTERS).await;
        let before = table.pass(meeting, day("2027-02-01")).await;
        let path = format!("/articles/{}/repeal", table.article);
        let text = successor.to_string();
        let fields = [("repealed_on", "1405/09/02"), ("successor_id", text.as_str())];
        assert_eq!(stage.post(Some(&table.observer), &path, &fields).await.status, 403);
        let page = stage.get(Some(&table.secretary), &path).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 422, "once");
        let refused = stage.write(&table.secretary, table.resolution(meeting, day("2027-02-01"))).await;
        assert_eq!(code(refused), "article_repealed");
        stage.write(&table.secretary, PassResolution { article_id: successor, ..table.resolution(meeting, day("2027-02-01")) }).await.unwrap();
        assert_ne!(table.state(before).await, "repealed", "what was decided stays");
        let form = stage.get(Some(&table.secretary), &format!("/meetings/{meeting}/resolutions/new")).await;
        assert!(!form.body.contains(&format!("value=\"{}\"", table.article)) && form.body.contains(&text));
    }

    async fn a_ready_wording_is_changed_on_screen_and_begins_the_next_letter(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let path = "/letter-templates/thanks";
        for (actor, status) in [(Some(&table.observer), 403), (None, 401)] {
            assert_eq!(table.status(actor, path).await, status);
        }
        assert_eq!(table.status(Some(&table.secretary), "/letter-templates/none").await, 404);
        for page in ["/letter-templates".to_owned(), path.to_owned(), format!("{path}?lang=en")] {
            let page = stage.get(Some(&table.secretary), &page).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        let fields = |wording| [("subject_fa", "سپاس از {body}"), ("subject_en", "Thanks"), ("wording_fa", wording), ("wording_en", "Thank you, {body}.")];
        let unknown = stage.post(Some(&table.secretary), path, &fields("از {phone} سپاسگزاریم.")).await;
        assert!(unknown.status == 422 && unknown.body.contains("href=\"#wording_fa\""), "{}", unknown.body);
        assert_eq!(stage.post(Some(&table.secretary), path, &fields("از {body} سپاسگزاریم.")).await.status, 303);
        let meeting = table.meeting(bench.db.clock().today(), VOTERS).await;
        let id = table.pass(meeting, day("2027-02-01")).await;
        let begun = stage.get(Some(&table.secretary), &format!("/committee-letters/new?template=thanks&committee={}&of=resolution:{id}", table.committee)).await;
        assert!(begun.status == 200 && begun.body.contains("سپاسگزاریم."), "{}", begun.body);
        let templates = stage.get(Some(&table.secretary), "/api/v1/letter-templates").await.json();
        let thanks = templates["items"].as_array().unwrap().iter().find(|one| one["code"] == "thanks").unwrap();
        assert_eq!(thanks["wording_fa"], "از {body} سپاسگزاریم.");
    }
}
