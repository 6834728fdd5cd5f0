//! What a committee decided on one case reaches that case.

use access::Role;
use casework::CaseId;
use casework::plans::LineState;
use db::{Tx, Write};
use governance::{
    AddArticle, AddMember, ApproveAgenda, ArticleId, ArticleKind, CaseDecisionId, CommitteeId,
    CommitteeRole, CreateCommittee, CreateOrdinance, DecideCase, FreezeMinutes, InstrumentKind,
    Majority, Mark, MeetingId, MembershipId, OpenRemarks, Opens, OrdinanceId, PassResolution,
    PlanMeeting, Presence, RecordAttendance, ResolutionId, RetryDecision, Rules, SignMinutes,
    WriteMinutes,
};
use money::Rial;
use organizations::{CreateService, OrganizationId, ServiceId};
use referrals::legs::states::State;
use serde::Serialize;
use testing::{Bench, both};

use super::following::{Her, start};
use crate::following::sweep;

both! {
    async fn a_committees_decision_opens_one_leg_or_one_line_and_tells_what_came_of_it(bench: Bench) {
        let her = Her::open(&bench).await;
        let case = her.case().await;
        let table = Council::open(&bench, her).await;
        let decisions = [table.decides(case, true).await, table.decides(case, false).await];
        let city = &table.her.house.stage.city;
        assert_eq!(sweep(city, start()).await.unwrap(), 0, "the minutes are not frozen");
        table.close().await;
        assert_eq!(sweep(city, start()).await.unwrap(), 2);
        assert_eq!(sweep(city, start()).await.unwrap(), 0, "each is carried once");
        let [leg, line] = decisions;
        let mut conn = bench.db.read().await.unwrap();
        let legs = referrals::legs::list_for_case(&mut conn, case).await.unwrap();
        let found: Vec<_> = legs.iter().map(|leg| (leg.id.get(), leg.state)).collect();
        assert_eq!(found, [(leg.get(), State::Draft)]);
        let told = table.told(leg).await;
        assert_eq!(told, ("opened".to_owned(), Some(legs[0].number.clone()), None));
        // She has no plan yet, so nothing takes a line; the committee is told and tries again.
        assert_eq!(table.told(line).await, ("refused".to_owned(), None, Some("plan_state".to_owned())));
        table.her.house.stage.write(&table.her.house.stage.alice, Active { case }).await.unwrap();
        let retry = RetryDecision { id: line };
        table.her.house.stage.write(&table.her.house.stage.alice, retry).await.unwrap();
        for carried in [1, 0] {
            assert_eq!(sweep(city, start()).await.unwrap(), carried);
        }
        assert_eq!(table.told(line).await, ("opened".to_owned(), Some("چرخ خیاطی".to_owned()), None));
        let plan = casework::plans::current(&mut conn, case).await.unwrap().unwrap();
        let package = casework::plans::package(&mut conn, plan.id).await.unwrap();
        let found: Vec<_> = package.iter().map(|one| (one.id.get(), one.state, one.amount)).collect();
        assert_eq!(found, [(line.get(), LineState::Committed, Rial::new(2_000))]);
        // Her plan was put there without its own steps; the budget holds all the same.
        let broken = access::cast::broken(casework::checks(&mut conn).await.unwrap());
        assert_eq!(broken, ["plan_eligible"]);
    }
}

/// Puts an approved plan under a case, as its room would after its own steps.
#[derive(Serialize)]
struct Active {
    case: CaseId,
}

impl Write for Active {
    const NAME: &'static str = "active";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let (plan, proposer, approver) = (tx.new_id(), tx.origin().user, tx.origin().user);
        let users: Vec<uuid::Uuid> = db::sql("SELECT id AS value FROM staff_card ORDER BY id")
            .scalars(tx)
            .await?;
        let other = users.into_iter().find(|id| Some(*id) != approver);
        db::sql(
            "INSERT INTO plan (id, case_id, number, state, made_by, made_at, proposed_by, proposed_at, approved_by, approved_at)
             VALUES ($1, $2, 1, 'approved', $3, $4, $3, $4, $5, $4)",
        )
        .bind(plan)
        .bind(self.case)
        .bind(other)
        .bind(tx.now())
        .bind(proposer)
        .execute(tx)
        .await?;
        casework::budget::GrantBudget {
            code: "tools".into(),
            amount: Rial::new(5_000),
        }
        .run(tx)
        .await
    }
}

/// A committee whose meeting is held, and the body it asks.
struct Council {
    her: Her,
    meeting: MeetingId,
    article: ArticleId,
    body: OrganizationId,
    service: ServiceId,
    chair: access::cast::Actor,
}

impl Council {
    async fn open(bench: &Bench, her: Her) -> Self {
        let stage = &her.house.stage;
        let (db, alice) = (&bench.db, stage.again(&stage.alice).await);
        let today = db.clock().today();
        let body = OrganizationId::new(stage.add_body("labour").await);
        let service = ServiceId::new(db.new_id());
        let offer = CreateService {
            id: service,
            organization_id: body,
            code: "home_licence".into(),
            name_fa: "مجوز".into(),
            name_en: "Licence".into(),
            days_to_answer: 7,
            days_to_complete: 20,
        };
        stage.write(&alice, offer).await.unwrap();
        stage.write(&alice, References {}).await.unwrap();
        let ordinance_id = OrdinanceId::new(db.new_id());
        let ordinance = CreateOrdinance {
            id: ordinance_id,
            kind: InstrumentKind::Ordinance,
            code: "1".into(),
            title_fa: "مصوبه".into(),
            title_en: "Ordinance".into(),
            passed_on: today,
            notified_on: today,
            compliance_over_on: today,
            is_sample: true,
        };
        stage.write(&alice, ordinance).await.unwrap();
        let article = ArticleId::new(db.new_id());
        let add = AddArticle {
            id: article,
            ordinance_id,
            parent_id: None,
            kind: ArticleKind::Article,
            number: 3,
            heading_fa: "وظیفه".into(),
            heading_en: "Duty".into(),
            wording_fa: "متن".into(),
            wording_en: "Wording".into(),
            valid_from: today,
            is_sample: true,
            figures: Vec::new(),
        };
        stage.write(&alice, add).await.unwrap();
        let committee_id = CommitteeId::new(db.new_id());
        let create = CreateCommittee {
            id: committee_id,
            ordinance_id,
            organization_id: OrganizationId::new(stage.home),
            parent_id: None,
            code: "c".into(),
            name_fa: "کمیته".into(),
            name_en: "Committee".into(),
            rules: Rules {
                voting_roles: vec![CommitteeRole::Chair, CommitteeRole::Secretary],
                quorum_basis_points: 5_000,
                quorum_least: 2,
                is_chair_needed: true,
                majority: Majority::Present,
                meets_every_days: 90,
                reminder_days: 10,
            },
        };
        stage.write(&alice, create).await.unwrap();
        let chair = stage.add("chair", stage.home, &[Role::Chair]).await;
        let mut marks = Vec::new();
        for (role, user) in [
            (CommitteeRole::Chair, chair.id),
            (CommitteeRole::Secretary, alice.id),
        ] {
            let id = MembershipId::new(db.new_id());
            let seat = AddMember {
                id,
                committee_id,
                organization_id: OrganizationId::new(stage.home),
                user_id: Some(user),
                role,
                title_fa: "سمت".into(),
                title_en: "Office".into(),
                valid_from: today,
            };
            stage.write(&alice, seat).await.unwrap();
            marks.push(Mark {
                membership_id: id,
                presence: Presence::Present,
            });
        }
        let meeting = MeetingId::new(db.new_id());
        let plan = PlanMeeting {
            id: meeting,
            committee_id,
            held_on: today,
            hours: "۱۰".into(),
            place: "تالار".into(),
        };
        stage.write(&alice, plan).await.unwrap();
        stage
            .write(
                &chair,
                ApproveAgenda {
                    meeting_id: meeting,
                },
            )
            .await
            .unwrap();
        stage
            .write(
                &alice,
                RecordAttendance {
                    meeting_id: meeting,
                    marks,
                },
            )
            .await
            .unwrap();
        Self {
            meeting,
            article,
            body,
            service,
            chair,
            her,
        }
    }

    /// A resolution that opens a leg, or a line of a package.
    async fn decides(&self, case: CaseId, is_leg: bool) -> CaseDecisionId {
        let stage = &self.her.house.stage;
        let (db, alice) = (&stage.city.db, &stage.alice);
        let resolution_id = ResolutionId::new(db.new_id());
        let pass = PassResolution {
            id: resolution_id,
            meeting_id: self.meeting,
            article_id: self.article,
            organization_id: self.body,
            responsible: "مدیر".into(),
            wording: "کمک شود".into(),
            due_on: db.clock().today(),
            evidence_asked: "رسید".into(),
            votes_for: 2,
            votes_against: 0,
            votes_abstain: 0,
        };
        stage.write(alice, pass).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let case_code = casework::cases::find(&mut conn, case)
            .await
            .unwrap()
            .unwrap()
            .code;
        let line = casework::budget::list(&mut conn).await.unwrap();
        let line = line.iter().find(|line| line.code == "tools").unwrap();
        let opens = match is_leg {
            true => Opens::Leg {
                service_id: self.service,
            },
            false => Opens::PackageLine {
                budget_line_id: line.id.get(),
                aid: governance::decisions::Aid::Tool,
                name: "چرخ خیاطی".into(),
                quantity: 2,
                unit_cost: 1_000,
            },
        };
        let decide = DecideCase {
            id: CaseDecisionId::new(db.new_id()),
            resolution_id,
            case_code,
            opens,
        };
        stage.write(alice, decide).await.unwrap()
    }

    async fn close(&self) {
        let stage = &self.her.house.stage;
        let meeting_id = self.meeting;
        let wording = "گفت‌وگو شد.".into();
        stage
            .write(
                &stage.alice,
                WriteMinutes {
                    meeting_id,
                    wording,
                },
            )
            .await
            .unwrap();
        stage
            .write(&stage.alice, OpenRemarks { meeting_id })
            .await
            .unwrap();
        stage
            .write(&stage.alice, SignMinutes { meeting_id })
            .await
            .unwrap();
        stage
            .write(&self.chair, FreezeMinutes { meeting_id })
            .await
            .unwrap();
    }

    async fn told(&self, id: CaseDecisionId) -> (String, Option<String>, Option<String>) {
        let mut conn = self.her.house.stage.city.db.read().await.unwrap();
        let rows = db::sql("SELECT state, opened, refusal FROM case_decision WHERE id = $1")
            .bind(id)
            .rows(&mut conn)
            .await
            .unwrap();
        let row = &rows[0];
        (
            row.get("state").unwrap(),
            row.get("opened").unwrap(),
            row.get("refusal").unwrap(),
        )
    }
}

#[derive(Serialize)]
struct References {}

impl Write for References {
    const NAME: &'static str = "references";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        casework::reference::load(tx).await
    }
}
