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

mod actions;
mod amending;
mod answering;
mod convening;
mod deciding;
mod law;
mod letters;
mod papers;
mod planning;
mod reminding;
mod resolving;
mod rights;
mod screens;
mod sitting;

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
                    kind: InstrumentKind::Ordinance,
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
            majority: Majority::Present,
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
                    parent_id: None,
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
            votes_abstain: 0,
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
