use access::Role;
use access::cast::{Actor, Stage, broken};
use access::grants::Category;
use casework::cases::{ConsentGiven, Evidence, Source};
use casework::{CaseId, OpenCase};
use db::{Tx, Write};
use organizations::{CreateService, OrganizationId, ServiceId};
use people::persons::PersonFacts;
use people::{NewPerson, PersonId};
use persian::Date;
use referrals::legs::states::Actor as Part;
use referrals::parcels::AgreeToReferral;
use referrals::{By, LegId, NewLeg, SendLeg};
use serde::Serialize;
use serde_json::json;
use testing::{Bench, both};
use uuid::Uuid;

use crate::*;

mod letters;
mod papers;

/// A committee with its people, the ordinance it serves and one action of the plan.
struct Table {
    stage: Stage,
    secretary: Actor,
    chair: Actor,
    member: Actor,
    observer: Actor,
    expert: Actor,
    committee: CommitteeId,
    seats: Vec<(CommitteeRole, MembershipId)>,
    article: ArticleId,
    action: ActionId,
    body: OrganizationId,
}

/// Loads reference data the way `migrate` does.
#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        referrals::reference::load(tx).await?;
        indicators::reference::load(tx).await
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

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Table {
    /// `home` keeps the secretariat; Alice and Bob are its secretaries, Charlie is one elsewhere.
    async fn open(bench: &Bench) -> Self {
        let stage = Stage::open(
            bench,
            vec![access::room(), crate::room()],
            &[Role::Secretary],
        )
        .await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let db = &bench.db;
        let council = stage.add_body("council").await;
        let body = OrganizationId::new(stage.add_body("welfare").await);
        let chair = stage.add("chair", council, &[Role::Chair]).await;
        let member = stage
            .add("member", body.get(), &[Role::CommitteeMember])
            .await;
        let observer = stage.add("observer", council, &[Role::Observer]).await;
        let expert = stage
            .add("expert", council, &[Role::CommissionExpert])
            .await;
        let ordinance = OrdinanceId::new(db.new_id());
        stage
            .write(
                &stage.alice,
                CreateOrdinance {
                    id: ordinance,
                    code: "2620".into(),
                    title_fa: "حمایت از مشاغل خانگی".into(),
                    title_en: "Support of home businesses".into(),
                    passed_on: day("2024-10-01"),
                    notified_on: day("2024-11-01"),
                    compliance_over_on: day("2024-11-15"),
                    is_sample: true,
                },
            )
            .await
            .unwrap();
        let article = add_article(&stage, ordinance, None, ArticleKind::Article, 3)
            .await
            .unwrap();
        let committee = CommitteeId::new(db.new_id());
        let rules = Rules {
            voting_roles: vec![
                CommitteeRole::Chair,
                CommitteeRole::Secretary,
                CommitteeRole::Member,
            ],
            quorum_basis_points: 5_000,
            quorum_least: 2,
            is_chair_needed: true,
            meets_every_days: 90,
            reminder_days: 10,
        };
        let organization_id = OrganizationId::new(stage.home);
        stage
            .write(
                &stage.alice,
                CreateCommittee {
                    id: committee,
                    ordinance_id: ordinance,
                    organization_id,
                    code: "coordination".into(),
                    name_fa: "کمیتهٔ هماهنگی".into(),
                    name_en: "Coordination committee".into(),
                    rules,
                },
            )
            .await
            .unwrap();
        let mut seats = Vec::new();
        let people = [
            (CommitteeRole::Chair, chair.id, council),
            (CommitteeRole::Secretary, stage.alice.id, stage.home),
            (CommitteeRole::Member, member.id, body.get()),
            (CommitteeRole::Observer, observer.id, council),
            (CommitteeRole::Guest, expert.id, council),
        ];
        for (role, user, organization) in people {
            let id = MembershipId::new(db.new_id());
            stage
                .write(
                    &stage.alice,
                    AddMember {
                        id,
                        committee_id: committee,
                        organization_id: OrganizationId::new(organization),
                        user_id: Some(user),
                        role,
                        title_fa: "سمت".into(),
                        title_en: "Office".into(),
                        valid_from: day("2024-11-01"),
                    },
                )
                .await
                .unwrap();
            seats.push((role, id));
        }
        let action = add_action(&stage, ordinance, article, body).await;
        let secretary = stage.alice.clone();
        Self {
            stage,
            secretary,
            chair,
            member,
            observer,
            expert,
            committee,
            seats,
            article,
            action,
            body,
        }
    }

    /// A meeting of a day, called and held with these seats filled.
    async fn meeting(&self, held_on: Date, present: &[CommitteeRole]) -> MeetingId {
        let id = self.planned(held_on).await;
        self.stage
            .write(&self.chair, ApproveAgenda { meeting_id: id })
            .await
            .unwrap();
        let marks = self.seats.iter().map(|(role, seat)| Mark {
            membership_id: *seat,
            presence: if present.contains(role) {
                Presence::Present
            } else {
                Presence::Absent
            },
        });
        let roll = RecordAttendance {
            meeting_id: id,
            marks: marks.collect(),
        };
        self.stage.write(&self.secretary, roll).await.unwrap();
        id
    }

    async fn planned(&self, held_on: Date) -> MeetingId {
        let id = MeetingId::new(self.stage.city.db.new_id());
        let plan = PlanMeeting {
            id,
            committee_id: self.committee,
            held_on,
            hours: "۱۰ تا ۱۲".into(),
            place: "تالار شورا".into(),
        };
        self.stage.write(&self.secretary, plan).await.unwrap()
    }

    fn resolution(&self, meeting_id: MeetingId, due_on: Date) -> PassResolution {
        PassResolution {
            id: ResolutionId::new(self.stage.city.db.new_id()),
            meeting_id,
            article_id: self.article,
            organization_id: self.body,
            responsible: "مدیرکل".into(),
            wording: "پنج فروشگاه گشوده شود".into(),
            due_on,
            evidence_asked: "صورت‌جلسهٔ تحویل".into(),
            votes_for: 3,
            votes_against: 0,
        }
    }

    async fn pass(&self, meeting: MeetingId, due_on: Date) -> ResolutionId {
        self.stage
            .write(&self.secretary, self.resolution(meeting, due_on))
            .await
            .unwrap()
    }

    async fn state(&self, id: ResolutionId) -> String {
        let reply = self
            .stage
            .get(Some(&self.observer), &format!("/api/v1/resolutions/{id}"))
            .await;
        reply.json()["state"].as_str().unwrap().to_owned()
    }

    async fn status(&self, actor: Option<&Actor>, path: &str) -> u16 {
        self.stage.get(actor, path).await.status.as_u16()
    }
}

const VOTERS: &[CommitteeRole] = &[
    CommitteeRole::Chair,
    CommitteeRole::Secretary,
    CommitteeRole::Member,
];

async fn add_article(
    stage: &Stage,
    ordinance_id: OrdinanceId,
    parent_id: Option<ArticleId>,
    kind: ArticleKind,
    number: i64,
) -> db::Result<ArticleId> {
    stage
        .write(
            &stage.alice,
            AddArticle {
                id: ArticleId::new(stage.city.db.new_id()),
                ordinance_id,
                parent_id,
                kind,
                number,
                heading_fa: "وظیفه‌ها".into(),
                heading_en: "Duties".into(),
                wording_fa: "متن نمونهٔ ماده".into(),
                wording_en: "Sample wording".into(),
                valid_from: day("2024-11-15"),
                is_sample: true,
                figures: vec!["reached".into(), "shops_open".into()],
            },
        )
        .await
}

/// An action due a month ago, of which nothing has been brought.
async fn add_action(
    stage: &Stage,
    ordinance_id: OrdinanceId,
    article_id: ArticleId,
    organization_id: OrganizationId,
) -> ActionId {
    let db = &stage.city.db;
    let programme_id = ProgrammeId::new(db.new_id());
    stage
        .write(
            &stage.alice,
            CreateProgramme {
                id: programme_id,
                ordinance_id,
                code: "p1".into(),
                name_fa: "برنامه".into(),
                name_en: "Programme".into(),
                starts_on: day("2025-01-01"),
                ends_on: day("2027-01-01"),
            },
        )
        .await
        .unwrap();
    stage
        .write(
            &stage.alice,
            AddAction {
                id: ActionId::new(db.new_id()),
                programme_id,
                article_id,
                organization_id,
                code: "a1".into(),
                name_fa: "گشودن فروشگاه‌ها".into(),
                name_en: "Open the shops".into(),
                starts_on: day("2025-01-01"),
                due_on: day("2026-10-23"),
            },
        )
        .await
        .unwrap()
}

/// A leg sent today to a body that should answer within five days; gives its number.
async fn send_leg(stage: &Stage, body: OrganizationId) -> String {
    let db = &stage.city.db;
    let today = db.clock().today();
    let worker = stage.add("worker", stage.home, &[Role::CaseWorker]).await;
    let home = OrganizationId::new(stage.home);
    let person = PersonId::new(db.new_id());
    let facts = PersonFacts::new(home, "نام‌پنهان", "آزمونی");
    stage
        .write(
            &worker,
            Register {
                new: facts.seal(&stage.city.keys, person),
            },
        )
        .await
        .unwrap();
    let valid_until = casework::months_after(today, 24);
    let case_id = stage
        .write(
            &worker,
            OpenCase {
                id: CaseId::new(db.new_id()),
                person,
                organization: home,
                owner: worker.id,
                source: Source::Visit,
                consent: ConsentGiven {
                    id: db.new_id(),
                    evidence: Evidence::Signature,
                    valid_until,
                },
                next_action_on: today,
            },
        )
        .await
        .unwrap();
    let service_id = ServiceId::new(db.new_id());
    stage
        .write(
            &worker,
            CreateService {
                id: service_id,
                organization_id: body,
                code: "food_approval".into(),
                name_fa: "تأیید".into(),
                name_en: "Approval".into(),
                days_to_answer: 5,
                days_to_complete: 20,
            },
        )
        .await
        .unwrap();
    stage
        .write(
            &worker,
            AgreeToReferral {
                id: db.new_id(),
                case_id,
                organization_id: body,
                categories: vec![Category::Operational, Category::Personal],
                evidence: Evidence::Signature,
                valid_until,
            },
        )
        .await
        .unwrap();
    let id = LegId::new(db.new_id());
    let new = NewLeg {
        id,
        case_id,
        step_id: None,
        organization_id: body,
        service_id,
    };
    let leg = SendLeg::compose(&stage.city, new, By::desk(Part::SenderWorker), "")
        .await
        .unwrap();
    stage.write(&worker, leg).await.unwrap();
    referrals::legs::get(&mut db.read().await.unwrap(), id)
        .await
        .unwrap()
        .number
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}

both! {
    async fn an_article_keeps_its_address_and_its_earlier_wordings(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let mut conn = bench.db.read().await.unwrap();
        let today = bench.db.clock().today();
        let ordinance = articles::get(&mut conn, table.article, today).await.unwrap().ordinance_id;
        let note = add_article(stage, ordinance, Some(table.article), ArticleKind::Note, 1).await.unwrap();
        assert_eq!(articles::get(&mut conn, note, today).await.unwrap().eid, "art_3__note_1");
        let twice = add_article(stage, ordinance, Some(table.article), ArticleKind::Note, 1).await;
        assert!(matches!(twice, Err(db::Error::Refused(refusal)) if refusal.reason.code == "eid_taken"));
        let version = stage.write(&stage.alice, AmendArticle {
            id: bench.db.new_id(), article_id: note,
            heading_fa: "تازه".into(), heading_en: "New".into(), wording_fa: "متن تازه".into(), wording_en: "New wording".into(),
            valid_from: day("2027-01-01"), is_sample: true,
        }).await.unwrap();
        assert_eq!(version, 2);
        assert_eq!(articles::get(&mut conn, note, today).await.unwrap().version, 1, "not in force yet");
        assert_eq!(articles::get(&mut conn, note, day("2027-01-01")).await.unwrap().wording_en, "New wording");
        let page = stage.get(Some(&table.observer), &format!("/articles/{}", table.article)).await;
        for part in ["متن این ماده نمونه است", "وظیفه‌ها", "به‌آن‌ها رسیده‌ایم", "گشودن فروشگاه‌ها", "دیرشده"] {
            assert!(page.body.contains(part), "{part}");
        }
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
    }

    async fn the_second_meeting_opens_with_the_first_ones_resolutions(bench: Bench) {
        let table = Table::open(&bench).await;
        let clock = bench.db.clock();
        // The first meeting was held when the ordinance was two weeks old.
        let first = table.meeting(day("2024-11-23"), VOTERS).await;
        let silent = table.pass(first, day("2025-01-01")).await;
        let answered = table.pass(first, day("2027-11-23")).await;
        table.stage.write(&table.secretary, AnswerResolution {
            id: bench.db.new_id(), resolution_id: answered, wording: "در دست اجراست".into(), reference: "12/3".into(), answered_on: day("2025-02-01"),
        }).await.unwrap();
        let number = send_leg(&table.stage, table.body).await;
        let filed = table.stage.write(&table.observer, FileReminder {
            id: ReminderId::new(bench.db.new_id()), committee_id: table.committee, article_id: Some(table.article), resolution_id: Some(silent), wording: "چرا پاسخی نیامده؟".into(),
        }).await.unwrap();
        bench.pass_days(41);
        let secretary = table.stage.add("secretary again", table.stage.home, &[Role::Secretary]).await;
        let second = table.planned(clock.today()).await;
        let path = format!("/meetings/{second}");
        assert_eq!(table.stage.post(Some(&secretary), &format!("{path}/agenda/draft"), &[]).await.status, 303);
        let page = table.stage.get(Some(&secretary), &path).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let elapsed = (clock.today() - day("2024-11-23")).num_days();
        let told = [
            "پنج فروشگاه گشوده شود".to_owned(), "بی‌پاسخ".to_owned(), "پاسخ در".to_owned(),
            persian::persian_digits(&elapsed.to_string()),
            persian::persian_digits(&number),
        ];
        for part in &told {
            assert!(page.body.contains(part), "{part}");
        }
        assert!(!page.body.contains("نام‌پنهان") && !page.body.contains("آزمونی"));
        let body = table.stage.get(Some(&secretary), &format!("/api/v1/meetings/{second}")).await.json();
        let agenda: Vec<(String, Uuid)> = body["agenda"].as_array().unwrap().iter()
            .map(|item| (item["kind"].as_str().unwrap().to_owned(), item["subject_id"].as_str().unwrap().parse().unwrap()))
            .collect();
        let kinds: Vec<&str> = agenda.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["resolution", "reminder", "action", "leg"]);
        assert_eq!((agenda[0].1, agenda[1].1, agenda[2].1), (silent.get(), filed.get(), table.action.get()));
        assert_eq!(body["agenda"][3]["reference"], number);
        assert_eq!(body["earlier"].as_array().unwrap().len(), 2, "the answered one is shown, too");
        // Drafted again, nothing comes twice.
        assert_eq!(table.stage.write(&secretary, DraftAgenda { meeting_id: second }).await.unwrap(), 0);
        let committee = table.stage.get(Some(&secretary), "/committee").await;
        assert!(committee.body.contains("نشستی که باید برگزار می‌شد"));
        assert_eq!(web::inspect::faults(&committee.body), Vec::<String>::new());
    }

    async fn meetings_are_numbered_by_committee_and_jalali_year(bench: Bench) {
        let table = Table::open(&bench).await;
        let mut found = Vec::new();
        for held_on in ["2024-11-23", "2025-03-20", "2025-03-21", "2026-11-23"] {
            let id = table.planned(day(held_on)).await;
            let meeting = meetings::get(&mut bench.db.read().await.unwrap(), id).await.unwrap();
            found.push((meeting.year, meeting.number, meeting.ordinal));
        }
        assert_eq!(found, [(1403, 1, 1), (1403, 2, 2), (1404, 1, 3), (1405, 1, 4)]);
    }

    async fn nothing_is_decided_without_a_quorum(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let few = [CommitteeRole::Chair, CommitteeRole::Observer, CommitteeRole::Guest];
        let meeting = table.meeting(today, &few).await;
        let refused = table.stage.write(&table.secretary, table.resolution(meeting, today)).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "no_quorum"));
        let page = table.stage.get(Some(&table.observer), &format!("/meetings/{meeting}")).await;
        assert!(page.body.contains("حد نصاب نیست"));
        let many = table.meeting(today, VOTERS).await;
        let mut more_votes = table.resolution(many, today);
        more_votes.votes_for = 4;
        let refused = table.stage.write(&table.secretary, more_votes).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "resolution_votes"));
        let mut early = table.resolution(many, today);
        early.due_on = day("2026-01-01");
        let refused = table.stage.write(&table.secretary, early).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "resolution_due"));
        table.pass(many, today).await;
    }

    async fn a_roll_that_loses_its_quorum_afterwards_is_found(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let meeting = table.meeting(today, VOTERS).await;
        table.pass(meeting, today).await;
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        table.stage.tamper("UPDATE attendance_mark SET presence = 'absent'").await.unwrap();
        table.stage.tamper("UPDATE committee_series SET last = last + 1 WHERE series = 'resolution'").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["council_series", "quorum"]);
    }

    async fn minutes_go_from_draft_through_remarks_to_frozen(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let stage = &table.stage;
        let id = table.meeting(today, VOTERS).await;
        let path = |end: &str| format!("/meetings/{id}/{end}");
        table.pass(id, today).await;
        let early = stage.post(Some(&table.observer), &path("remarks"), &[("remark", "زود است")]).await;
        assert_eq!(early.status, 422, "the draft is not open yet");
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes"), &[("minutes", "گفت‌وگو شد.\nتصمیم گرفته شد.")]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/open"), &[]).await.status, 303);
        assert_eq!(stage.post(Some(&table.observer), &path("remarks"), &[("remark", "نام دستگاه افتاده است")]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/freeze"), &[]).await.status, 403, "the chair approves");
        let unsigned = stage.post(Some(&table.chair), &path("minutes/freeze"), &[]).await;
        assert!(unsigned.status == 422 && unsigned.body.contains("امضای دبیر"), "{}", unsigned.body);
        assert_eq!(stage.post(Some(&table.chair), &path("minutes/sign"), &[]).await.status, 403, "the secretary signs");
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/sign"), &[]).await.status, 303);
        let changed = [("minutes", "گفت‌وگو شد.\nتصمیم گرفته شد.")];
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes"), &changed).await.status, 303);
        assert_eq!(stage.post(Some(&table.chair), &path("minutes/freeze"), &[]).await.status, 422, "a changed text is signed anew");
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/sign"), &[]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/sign"), &[]).await.status, 422, "once");
        assert_eq!(stage.post(Some(&table.chair), &path("minutes/freeze"), &[]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes"), &[("minutes", "دیگر")]).await.status, 422);
        let late = stage.write(&table.secretary, table.resolution(id, today)).await;
        assert!(matches!(late, Err(db::Error::Refused(refusal)) if refusal.reason.code == "meeting_state"));
        let paper = stage.get(Some(&table.member), &path("minutes.pdf")).await;
        assert_eq!(paper.status, 200);
        for part in ["پنج فروشگاه گشوده شود", "گفت‌وگو شد.", "صورت‌جلسهٔ تحویل", "حاضر", "کمیتهٔ هماهنگی", "رئیس · امضا در", "دبیر · امضا در"] {
            assert!(paper.body.contains(part), "{part}: {}", paper.body);
        }
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.observer), &format!("/meetings/{id}{language}")).await;
            assert!(page.body.contains("نام دستگاه افتاده است"));
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
    }

    async fn frozen_minutes_print_the_same_whatever_comes_later(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let (silent, other) = (table.pass(first, day("2026-11-01")).await, table.pass(first, day("2026-11-01")).await);
        let second = table.meeting(today, VOTERS).await;
        let decided = table.pass(second, today).await;
        stage.write(&table.secretary, WriteMinutes { meeting_id: second, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        stage.write(&table.secretary, OpenRemarks { meeting_id: second }).await.unwrap();
        stage.write(&table.secretary, SignMinutes { meeting_id: second }).await.unwrap();
        stage.write(&table.chair, FreezeMinutes { meeting_id: second }).await.unwrap();
        let paper = format!("/meetings/{second}/minutes.pdf");
        let before = stage.get(Some(&table.member), &paper).await.body;
        assert!(before.contains("۵۳ روز") && before.contains("بی‌پاسخ"), "{before}");
        bench.pass_days(4);
        let secretary = stage.again(&table.secretary).await;
        let member = stage.again(&table.member).await;
        let later = table.meeting(bench.db.clock().today(), VOTERS).await;
        for id in [silent, decided] {
            stage.write(&secretary, AnswerResolution {
                id: bench.db.new_id(), resolution_id: id, wording: "پاسخ دیر".into(), reference: String::new(),
                answered_on: bench.db.clock().today(),
            }).await.unwrap();
            stage.write(&secretary, CarryOver {
                id: bench.db.new_id(), resolution_id: id, meeting_id: later, due_on: day("2027-05-01"),
            }).await.unwrap();
        }
        stage.write(&secretary, Repeal { resolution_id: other, meeting_id: later }).await.unwrap();
        assert_eq!(stage.get(Some(&member), &paper).await.body, before);
        let told = stage.get(Some(&member), &format!("/api/v1/meetings/{second}")).await.json();
        for one in told["earlier"].as_array().unwrap() {
            let seen = (&one["state"], &one["elapsed_days"], &one["resolution"]["answers"]);
            assert_eq!(seen, (&json!("overdue"), &json!(53), &json!(0)));
        }
        let page = stage.get(Some(&member), &format!("/meetings/{second}")).await.body;
        let page = web::words::plain(&page);
        assert!(!page.contains("پاسخ در") && page.contains("۵۳ روز"));
        let now = stage.get(Some(&member), &format!("/api/v1/resolutions/{other}")).await.json();
        assert_eq!(now["state"], "repealed");
    }

    async fn a_meeting_ahead_cannot_be_held(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let ahead = bench.db.clock().today().succ_opt().unwrap();
        let id = table.planned(ahead).await;
        stage.write(&table.chair, ApproveAgenda { meeting_id: id }).await.unwrap();
        let path = format!("/meetings/{id}");
        let seats: Vec<(String, &str)> = table.seats.iter().map(|(_, seat)| (format!("seat-{seat}"), "present")).collect();
        let fields: Vec<(&str, &str)> = seats.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let refused = stage.post(Some(&table.secretary), &format!("{path}/attendance"), &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("هنوز نرسیده"));
        let page = stage.get(Some(&table.secretary), &path).await;
        assert!(page.body.contains("از روز نشست می‌توانید") && !page.body.contains("name=\"seat-"));
        bench.pass_days(1);
        let secretary = stage.again(&table.secretary).await;
        assert_eq!(stage.post(Some(&secretary), &format!("{path}/attendance"), &fields).await.status, 303);
    }

    async fn days_that_cannot_be_are_told_at_their_field(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(first, day("2026-11-01")).await;
        let second = table.meeting(today, VOTERS).await.to_string();
        // Decided on 9 Mehr, today is 2 Azar 1405.
        for (on, says) in [("1405/09/03", "هنوز نرسیده"), ("1405/07/08", "پیش از تصمیم")] {
            let answer = [("answer", "پاسخ"), ("answered_on", on)];
            let wrong = stage.post(secretary, &format!("/resolutions/{id}/answers"), &answer).await;
            assert!(wrong.status == 422 && wrong.body.contains("href=\"#answered_on\"") && wrong.body.contains(says), "{on}");
            let text = id.to_string();
            let proof = [("kind", "resolution"), ("id", text.as_str()), ("note", "مدرک"), ("quantity", "1"), ("given_on", on)];
            let wrong = stage.post(secretary, "/evidence", &proof).await;
            assert!(wrong.status == 422 && wrong.body.contains("href=\"#given_on\"") && wrong.body.contains(says), "{on}");
        }
        let carry = [("meeting_id", second.as_str()), ("act", "carry"), ("carry_until", "1405/09/01")];
        let wrong = stage.post(secretary, &format!("/resolutions/{id}/carry"), &carry).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#carry_until\""), "{}", wrong.body);
        // Nor does the meeting that decided it decide again.
        let own = stage.write(&table.secretary, CarryOver {
            id: bench.db.new_id(), resolution_id: id, meeting_id: first, due_on: day("2027-01-01"),
        }).await;
        assert!(matches!(own, Err(db::Error::Refused(refusal)) if refusal.reason.code == "resolution_closed"));
        assert_eq!(table.state(id).await, "overdue");
    }

    async fn an_agenda_is_read_in_either_language(bench: Bench) {
        let table = Table::open(&bench).await;
        let id = table.planned(bench.db.clock().today()).await;
        table.stage.write(&table.secretary, DraftAgenda { meeting_id: id }).await.unwrap();
        for (language, has, has_not) in [("fa", "گشودن فروشگاه‌ها", "Open the shops"), ("en", "Open the shops", "گشودن فروشگاه‌ها")] {
            let page = table.stage.get(Some(&table.observer), &format!("/meetings/{id}?lang={language}")).await.body;
            assert!(page.contains(has) && !page.contains(has_not), "{language}");
        }
    }

    async fn a_resolution_is_proven_by_two_hands(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(meeting, day("2026-11-01")).await;
        assert_eq!(table.state(id).await, "overdue");
        let give = GiveEvidence {
            id: EvidenceId::new(bench.db.new_id()), proves: Proves::Resolution(id), quantity: 1,
            note: "صورت‌جلسهٔ تحویل".into(), reference: "45".into(), given_on: today,
        };
        let body = serde_json::to_value(&give).unwrap();
        let stage = &table.stage;
        assert_eq!(stage.send_json(Some(&table.observer), "POST", "/api/v1/evidence", &body).await.status, 403);
        assert_eq!(stage.send_json(Some(&stage.charlie), "POST", "/api/v1/evidence", &body).await.status, 404);
        assert_eq!(stage.send_json(Some(&table.secretary), "POST", "/api/v1/evidence", &body).await.status, 201);
        assert_eq!(stage.send_json(Some(&table.secretary), "POST", "/api/v1/evidence", &body).await.status, 200);
        assert_eq!(table.state(id).await, "claimed");
        let path = format!("/evidence/{}/verify", give.id);
        assert_eq!(stage.post(Some(&table.secretary), &path, &[]).await.status, 409, "not one's own");
        assert_eq!(stage.post(Some(&stage.charlie), &path, &[]).await.status, 404);
        assert_eq!(stage.post(Some(&table.chair), &path, &[]).await.status, 303);
        assert_eq!(table.state(id).await, "verified");
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.secretary), &format!("/resolutions/{id}{language}")).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
    }

    async fn a_resolution_is_carried_over_or_repealed_by_a_later_meeting(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let (kept, dropped) = (table.pass(first, day("2026-11-01")).await, table.pass(first, day("2026-11-01")).await);
        let second = table.meeting(today, VOTERS).await;
        let stage = &table.stage;
        let meeting_id = second.to_string();
        let carry = |id: ResolutionId| format!("/resolutions/{id}/carry");
        let fields = [("meeting_id", meeting_id.as_str()), ("act", "carry"), ("carry_until", "1406/02/01")];
        assert_eq!(stage.post(Some(&table.secretary), &carry(kept), &fields).await.status, 303);
        assert_eq!(table.state(kept).await, "carried_over");
        assert_eq!(stage.post(Some(&table.secretary), &carry(kept), &fields).await.status, 422, "once per meeting");
        let fields = [("meeting_id", meeting_id.as_str()), ("act", "repeal")];
        assert_eq!(stage.post(Some(&table.secretary), &carry(dropped), &fields).await.status, 303);
        assert_eq!(table.state(dropped).await, "repealed");
        let answer = [("answer", "دیر رسید"), ("answered_on", "1405/09/02")];
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{dropped}/answers"), &answer).await.status, 422);
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{kept}/answers"), &answer).await.status, 303);
    }

    async fn an_actions_state_is_computed_from_its_evidence(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let state = async || {
            let mut conn = bench.db.read().await.unwrap();
            plan::list_of_article(&mut conn, table.article, today).await.unwrap().remove(0).state
        };
        assert_eq!(state().await, ActionState::Overdue);
        let commitment = stage.write(&table.secretary, AddCommitment {
            id: CommitmentId::new(bench.db.new_id()), action_id: table.action, organization_id: table.body,
            name_fa: "فضای فروش".into(), name_en: "Space".into(), quantity: 5, unit_fa: "غرفه".into(), unit_en: "booths".into(), due_on: today,
        }).await.unwrap();
        let milestone = stage.write(&table.secretary, AddMilestone {
            id: MilestoneId::new(bench.db.new_id()), action_id: table.action,
            name_fa: "افراد ثبت‌شده".into(), name_en: "People".into(), due_on: today, figure: Some(("reached".into(), 0)),
        }).await.unwrap();
        let give = async |quantity| stage.write(&table.member, GiveEvidence {
            id: EvidenceId::new(bench.db.new_id()), proves: Proves::Commitment(commitment), quantity,
            note: "تحویل شد".into(), reference: String::new(), given_on: today,
        }).await.unwrap();
        let some = give(2).await;
        assert_eq!(state().await, ActionState::Overdue, "two of five");
        let rest = give(3).await;
        assert_eq!(state().await, ActionState::Delivered);
        for id in [some, rest] {
            stage.write(&table.chair, VerifyEvidence { id }).await.unwrap();
        }
        assert_eq!(state().await, ActionState::Proven);
        assert_ne!(milestone.get(), commitment.get());
        let unknown = stage.write(&table.secretary, AddMilestone {
            id: MilestoneId::new(bench.db.new_id()), action_id: table.action,
            name_fa: "x".into(), name_en: "x".into(), due_on: today, figure: Some(("nothing".into(), 1)),
        }).await;
        assert!(matches!(unknown, Err(db::Error::Refused(refusal)) if refusal.reason.code == "cited_figure_unknown"));
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.chair), &format!("/articles/{}{language}", table.article)).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
        let page = stage.get(Some(&table.secretary), &format!("/evidence/new?kind=commitment&id={commitment}")).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        let fields = [("kind", "commitment"), ("id", &commitment.to_string()), ("note", ""), ("quantity", "-1"), ("given_on", "دیروز")];
        let wrong = stage.post(Some(&table.secretary), "/evidence", &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("href=\"#note\"") && wrong.body.contains("href=\"#quantity\"") && wrong.body.contains("href=\"#given_on\""));
    }

    async fn the_secretary_must_answer_the_observers_reminder(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let path = format!("/committees/{}/reminders", table.committee);
        let article = table.article.to_string();
        let fields = [("wording", "فروشگاه‌ها کجا هستند؟"), ("article_id", article.as_str()), ("resolution_id", "")];
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 403);
        let empty = stage.post(Some(&table.observer), &path, &[("wording", "")]).await;
        assert_eq!(empty.status, 422);
        let filed = stage.post(Some(&table.observer), &path, &fields).await;
        assert_eq!(filed.status, 303, "{}", filed.body);
        let place = filed.location.unwrap();
        let reminder = stage.get(Some(&table.expert), &format!("/api/v1{place}")).await.json();
        // Ten working days after Monday 2 Azar 1405, Fridays off: Saturday 14 Azar.
        assert_eq!((reminder["due_on"].as_str().unwrap(), reminder["year"].as_i64(), reminder["number"].as_i64()), ("2026-12-05", Some(1405), Some(1)));
        let answer = [("answer", "سه فروشگاه باز است.")];
        let to = format!("{place}/answer");
        assert_eq!(stage.post(Some(&table.observer), &to, &answer).await.status, 403);
        assert_eq!(stage.post(Some(&stage.charlie), &to, &answer).await.status, 404);
        assert_eq!(stage.post(Some(&table.secretary), &to, &[("answer", "")]).await.status, 422);
        assert_eq!(stage.post(Some(&table.secretary), &to, &answer).await.status, 303);
        let again = stage.post(Some(&table.secretary), &to, &answer).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("پیش‌تر پاسخ گرفته"));
        for path in [place.as_str(), "/reminders", "/reminders?lang=en", "/committee?lang=en"] {
            let page = stage.get(Some(&table.observer), path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
        }
    }

    async fn a_secretary_of_another_body_finds_nothing(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let meeting = table.meeting(today, VOTERS).await;
        let resolution = table.pass(meeting, today).await;
        let charlie = Some(&stage.charlie);
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        let paths = [
            format!("/meetings/{meeting}"), format!("/meetings/{meeting}/minutes.pdf"), format!("/meetings/{meeting}/resolutions/new"),
            format!("/resolutions/{resolution}"), format!("/committees/{}/meetings/new", table.committee),
            format!("/api/v1/meetings/{meeting}"), format!("/api/v1/resolutions/{resolution}"), format!("/api/v1/committees/{}/members", table.committee),
        ];
        for path in &paths {
            assert_eq!(table.status(charlie, path).await, 404, "{path}");
            assert_eq!(table.status(Some(&clerk), path).await, 403, "{path}");
            assert_eq!(table.status(None, path).await, 401, "{path}");
            assert_eq!(table.status(Some(&stage.bob), path).await, 200, "{path}");
        }
        let acts: [(String, Vec<(&str, &str)>); 6] = [
            (format!("/meetings/{meeting}/agenda/draft"), vec![]),
            (format!("/meetings/{meeting}/agenda"), vec![("wording", "x")]),
            (format!("/meetings/{meeting}/attendance"), vec![]),
            (format!("/meetings/{meeting}/minutes"), vec![("minutes", "x")]),
            (format!("/resolutions/{resolution}/answers"), vec![("answer", "x"), ("answered_on", "1405/09/01")]),
            (format!("/committees/{}/meetings", table.committee), vec![("held_on", "1405/09/01"), ("hours", "10"), ("place", "x")]),
        ];
        for (path, fields) in &acts {
            assert_eq!(stage.post(charlie, path, fields).await.status, 404, "{path}");
            assert_eq!(stage.post(Some(&clerk), path, fields).await.status, 403, "{path}");
        }
        let list = stage.get(charlie, "/api/v1/resolutions").await.json();
        assert_eq!(list["items"], json!([]));
        let page = stage.get(charlie, "/committee").await;
        assert!(page.body.contains("شما عضو کمیته‌ای نیستید"));
        let roll = RecordAttendance { meeting_id: meeting, marks: vec![Mark { membership_id: MembershipId::new(bench.db.new_id()), presence: Presence::Present }] };
        let wrong = stage.write(&table.secretary, roll).await;
        assert!(matches!(wrong, Err(db::Error::Refused(refusal)) if refusal.reason.code == "seat_unknown"));
    }

    async fn who_leaves_the_committee_no_longer_sees_its_papers(bench: Bench) {
        let table = Table::open(&bench).await;
        let meeting = table.planned(bench.db.clock().today()).await;
        let path = format!("/meetings/{meeting}");
        assert_eq!(table.status(Some(&table.observer), &path).await, 200);
        let (_, seat) = table.seats.iter().find(|(role, _)| *role == CommitteeRole::Observer).unwrap();
        table.stage.write(&table.secretary, EndTerm { id: *seat, valid_until: day("2026-11-01") }).await.unwrap();
        assert_eq!(table.status(Some(&table.observer), &path).await, 404);
        let again = table.stage.write(&table.secretary, EndTerm { id: *seat, valid_until: day("2026-11-01") }).await;
        assert!(matches!(again, Err(db::Error::Refused(refusal)) if refusal.reason.code == "term"));
    }

    async fn forms_take_what_people_type_and_tell_what_is_wrong(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let wrong = stage.post(secretary, "/ordinances", &[("code", ""), ("passed_on", "1403/12/31")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(web::inspect::faults(&wrong.body), Vec::<String>::new());
        let fields = [("code", "۳۱"), ("title_fa", "مصوبه"), ("title_en", "Ordinance"), ("passed_on", "1404/1/1"), ("notified_on", "1404/2/1"), ("compliance_over_on", "1404/1/20"), ("is_sample", "yes")];
        let dates = stage.post(secretary, "/ordinances", &fields).await;
        assert_eq!(dates.status, 422);
        assert!(dates.body.contains("پشت سر هم"));
        let mut good = fields;
        good[5].1 = "۱۵ اسفند ۱۴۰۴";
        assert_eq!(stage.post(secretary, "/ordinances", &good).await.status, 303);
        assert_eq!(stage.post(secretary, "/ordinances", &good).await.status, 422, "the number is taken");
        assert_eq!(stage.post(Some(&table.observer), "/ordinances", &good).await.status, 403);

        let plan = format!("/committees/{}/meetings", table.committee);
        let key = Uuid::now_v7().to_string();
        let fields = [("held_on", "1405/09/20"), ("hours", "۱۰"), ("place", "تالار"), ("form_key", key.as_str())];
        let first = stage.post(secretary, &plan, &fields).await;
        let second = stage.post(secretary, &plan, &fields).await;
        assert_eq!((first.status.as_u16(), &first.location), (303, &second.location));
        let meeting = first.location.unwrap();
        let long = "ب".repeat(501);
        for typed in ["", long.as_str()] {
            assert_eq!(stage.post(secretary, &format!("{meeting}/agenda"), &[("wording", typed)]).await.status, 422);
        }
        let ordinances = stage.get(secretary, "/ordinances").await;
        let pages = ["/ordinances".to_owned(), "/ordinances/new".to_owned(), "/ordinances?lang=en".to_owned(),
            format!("/articles/{}/actions/new", table.article), format!("/committees/{}/reminders/new", table.committee),
            format!("/committees/{}/meetings/new", table.committee), "/resolutions".to_owned()];
        assert!(ordinances.body.contains("art_3"));
        for path in &pages {
            let actor = if path.contains("reminders") { Some(&table.observer) } else { secretary };
            let page = stage.get(actor, path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
        }
        assert_eq!(table.status(secretary, &format!("/meetings/{}", Uuid::now_v7())).await, 404);
        assert_eq!(table.status(secretary, &format!("/articles/{}", Uuid::now_v7())).await, 404);
    }

    async fn a_committee_is_set_up_on_screen(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let ordinance = articles::list_ordinances(&mut bench.db.read().await.unwrap()).await.unwrap()[0].id.to_string();
        let home = stage.home.to_string();
        let page = stage.get(secretary, "/committees/new").await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        let rules = [
            ("voting_roles", "chair"), ("voting_roles", "member"), ("quorum_percent", "۵۰"), ("quorum_least", "۲"),
            ("is_chair_needed", "yes"), ("meets_every_days", "۶۰"), ("reminder_days", "۷"),
        ];
        let mut fields = vec![
            ("ordinance_id", ordinance.as_str()), ("organization_id", home.as_str()), ("code", "coordination"),
            ("name_fa", "کمیتهٔ دوم"), ("name_en", "Second committee"),
        ];
        fields.extend(rules);
        assert_eq!(stage.post(secretary, "/committees", &fields).await.status, 422, "the code is taken");
        fields[2].1 = "second";
        assert_eq!(stage.post(Some(&stage.charlie), "/committees", &fields).await.status, 404, "another body's");
        assert_eq!(stage.post(Some(&table.observer), "/committees", &fields).await.status, 403);
        let made = stage.post(secretary, "/committees", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let place = made.location.unwrap();
        for path in [place.clone(), format!("{place}?lang=en")] {
            let page = stage.get(secretary, &path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        assert_eq!(table.status(Some(&stage.charlie), &place).await, 404);
        let body = table.body.to_string();
        let seat = |username| [
            ("organization_id", body.as_str()), ("role", "member"), ("title_fa", "معاون"), ("title_en", "Deputy"),
            ("username", username), ("valid_from", "1405/09/01"),
        ];
        let wrong = stage.post(secretary, &format!("{place}/seats"), &seat("nobody")).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#username\""), "{}", wrong.body);
        assert_eq!(stage.post(secretary, &format!("{place}/seats"), &seat("member")).await.status, 303);
        let members = stage.get(secretary, &format!("/api/v1{place}/members")).await.json();
        assert_eq!(members["items"][0]["user_id"], json!(table.member.id));
        assert_eq!(table.status(Some(&table.member), &format!("/api/v1{place}/meetings")).await, 200);
        let id = members["items"][0]["id"].as_str().unwrap().to_owned();
        let end = [("seat_id", id.as_str()), ("valid_until", "1405/09/01")];
        assert_eq!(stage.post(Some(&stage.charlie), &format!("{place}/ended-terms"), &end).await.status, 404);
        assert_eq!(stage.post(secretary, &format!("{place}/ended-terms"), &end).await.status, 303);
        assert_eq!(table.status(Some(&table.member), &format!("/api/v1{place}/meetings")).await, 404);
        let mut later = vec![("rules_from", "1405/10/01")];
        later.extend(rules);
        assert_eq!(stage.post(secretary, &format!("{place}/rules"), &later).await.status, 303);
        assert_eq!(stage.post(secretary, &format!("{place}/rules"), &later).await.status, 422, "once a day");
        later[3].1 = "۲۰۰";
        assert_eq!(stage.post(secretary, &format!("{place}/rules"), &later).await.status, 422);
        let meetings = stage.get(secretary, &format!("/api/v1/committees/{}/meetings", table.committee)).await.json();
        assert_eq!(meetings["items"], json!([]));
        table.planned(bench.db.clock().today()).await;
        let meetings = stage.get(secretary, &format!("/api/v1/committees/{}/meetings", table.committee)).await.json();
        assert_eq!(meetings["items"].as_array().unwrap().len(), 1);
    }

    async fn the_plan_and_a_new_wording_are_written_on_screen(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let ordinance = articles::list_ordinances(&mut bench.db.read().await.unwrap()).await.unwrap()[0].id;
        let (article, action) = (format!("/articles/{}", table.article), format!("/actions/{}", table.action));
        let pages = [
            format!("/ordinances/{ordinance}/programmes/new"), format!("{action}/milestones/new"),
            format!("{action}/commitments/new"), format!("{article}/amend"),
        ];
        for path in &pages {
            let page = stage.get(secretary, path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            assert_eq!(table.status(Some(&table.observer), path).await, 403, "{path}");
        }
        let programme = [("code", "p2"), ("name_fa", "برنامه"), ("name_en", "Programme"), ("starts_on", "1405/01/01"), ("ends_on", "1406/01/01")];
        let to = format!("/ordinances/{ordinance}/programmes");
        assert_eq!(stage.post(secretary, &to, &programme).await.status, 303);
        assert_eq!(stage.post(secretary, &to, &programme).await.status, 422, "the code is taken");
        let mut milestone = vec![("name_fa", "گام"), ("name_en", "Step"), ("due_on", "1405/12/01"), ("figure", "reached"), ("target", "")];
        let to = format!("{action}/milestones");
        let half = stage.post(secretary, &to, &milestone).await;
        assert!(half.status == 422 && half.body.contains("href=\"#target\""));
        milestone[4].1 = "۵۰۰";
        assert_eq!(stage.post(secretary, &to, &milestone).await.location.as_deref(), Some(article.as_str()));
        let body = table.body.to_string();
        let commitment = [
            ("name_fa", "غرفه"), ("name_en", "Booths"), ("organization_id", body.as_str()), ("quantity", "۵"),
            ("unit_fa", "غرفه"), ("unit_en", "booths"), ("due_on", "1405/12/01"),
        ];
        assert_eq!(stage.post(secretary, &format!("{action}/commitments"), &commitment).await.status, 303);
        let mut today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let kept = plan::list_of_article(&mut conn, table.article, today).await.unwrap().remove(0);
        assert_eq!((kept.milestones.len(), kept.commitments.len()), (1, 1));
        let wording = [
            ("heading_fa", "سرعنوان تازه"), ("heading_en", "New heading"), ("wording_fa", "متن تازه"),
            ("wording_en", "New wording"), ("valid_from", "1405/10/01"),
        ];
        assert_eq!(stage.post(secretary, &format!("{article}/amend"), &wording[1..]).await.status, 422);
        assert_eq!(stage.post(secretary, &format!("{article}/amend"), &wording).await.status, 303);
        assert_eq!(articles::get(&mut conn, table.article, today).await.unwrap().version, 1);
        today = day("2027-01-01");
        assert_eq!(articles::get(&mut conn, table.article, today).await.unwrap().wording_fa, "متن تازه");
    }
}
