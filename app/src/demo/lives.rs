//! People of the invented city, each from her first visit to as far as the days let her come.

use access::grants::Category;
use casework::assessment::{Answer, AnswerKind, AssessmentId, RecordAssessment};
use casework::cases::{
    CloseReason, ConsentGiven, Evidence, MoveCase, PauseCase, PauseReason, SetNextAction, Source,
};
use casework::plans::{
    AddGoal, AgreePlan, ApprovePlan, DeliverLine, GoalId, Measure, ProposePlan, StartPlan,
};
use casework::steps::AddStep;
use casework::{CaseId, NextAction, OpenCase, PlanId, Stage, StepId, StepKind, eligibility};
use contacts::ContactId;
use db::Result;
use organizations::OrganizationId;
use people::groups::{AddGroup, Basis};
use people::{PersonFacts, PersonId, RegisterPerson};
use persian::Timestamp;
use rand::RngExt as _;
use referrals::legs::LegId;
use referrals::parcels::AgreeToReferral;
use referrals::{By, Chosen, CloseCase, StartChain, legs::states::Actor};
use uuid::Uuid;

use super::agenda::deed;
use super::goods::{Maker, Pay};
use super::legs::{Partner, follow};
use super::town::Town;
use super::trades::Trade;

/// Somebody about to come.
pub struct Newcomer {
    /// What she tells.
    pub facts: PersonFacts,
    /// Her target group.
    pub group: &'static str,
    /// What she makes.
    pub trade: &'static Trade,
    /// Who carries her case.
    pub worker: Uuid,
    /// How her money reaches her.
    pub pay: Pay,
    /// True for a told story: nothing goes wrong and nothing rests.
    pub is_told: bool,
}

impl Newcomer {
    /// What shows that she agrees: a guardian's hand, her own, or a witness's beside her mark.
    pub fn evidence(&self) -> Evidence {
        if self.facts.guardian_contact.is_some() {
            Evidence::Guardian
        } else if self.facts.phone.is_some() {
            Evidence::Signature
        } else {
            Evidence::Witness
        }
    }
}

/// Ids by which a story goes on.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Her contact.
    pub contact: ContactId,
    /// Her case.
    pub case: CaseId,
}

/// What a plan holds, made before it is planned.
struct Path {
    person: PersonId,
    case: CaseId,
    plan: PlanId,
    referral: StepId,
    training: StepId,
    product: StepId,
}

/// Plans a whole life from its first visit; the history cuts it off where it ends. Gives who she
/// is, and the maker she becomes if she comes so far.
pub fn plan(town: &mut Town, new: &Newcomer, first: Timestamp) -> Result<(Known, Option<Maker>)> {
    let person = PersonId::new(town.id(first));
    let sealed = new.facts.seal(&town.city.keys, person);
    let known = Known {
        contact: sealed.contact.id,
        case: CaseId::new(town.id(first)),
    };
    let path = Path {
        person,
        case: known.case,
        plan: PlanId::new(town.id(first)),
        referral: StepId::new(town.id(first)),
        training: StepId::new(town.id(first)),
        product: StepId::new(town.id(first)),
    };
    arrive(town, new, &path, sealed, first);
    let assessed = pause(town, new, first, (1, 6), (9, 0));
    let is_out = !new.is_told && town.chance(6);
    let (low, decided) = assess(town, new, &path, assessed, is_out);
    if is_out {
        return Ok((
            leave(town, new, &path, decided, CloseReason::NotEligible),
            None,
        ));
    }
    let Some(planned) = stays(town, new, &path, decided, (3, 16)) else {
        return Ok((known, None));
    };
    write_plan(town, new, &path, &low, planned)?;
    let approved = pause(town, new, planned, (1, 9), (10, 30));
    let supervisor = town.user("supervisor");
    let approve = ApprovePlan {
        id: path.plan,
        by: supervisor,
    };
    town.agenda.add(approved, supervisor, approve);
    let Some(agreed) = stays(town, new, &path, approved, (2, 9)) else {
        return Ok((known, None));
    };
    let Some((licensed, number)) = refer(town, new, &path, agreed)? else {
        return Ok((known, None));
    };
    let Some(making) = stays(town, new, &path, licensed, (5, 40)) else {
        return Ok((known, None));
    };
    make(town, new, &path, making);
    if !new.is_told && town.chance(9) {
        rest(town, new, &path, making);
        return Ok((known, None));
    }
    let maker = Maker {
        contact: known.contact,
        case: known.case,
        trade: new.trade,
        worker: new.worker,
        pay: new.pay.clone(),
        licence: number,
        from: making,
        product_step: path.product,
        is_told: new.is_told,
    };
    Ok((known, Some(maker)))
}

/// The next step: some offices are slow, a told story never is.
fn pause(
    town: &mut Town,
    new: &Newcomer,
    at: Timestamp,
    days: (i64, i64),
    hour: (u32, u32),
) -> Timestamp {
    let is_slow = !new.is_told && town.chance(12);
    let days = if is_slow { (days.1, days.1 + 18) } else { days };
    town.after(at, days, hour)
}

/// The next step, unless she leaves the programme here.
fn stays(
    town: &mut Town,
    new: &Newcomer,
    path: &Path,
    at: Timestamp,
    days: (i64, i64),
) -> Option<Timestamp> {
    if !new.is_told && town.chance(6) {
        let reasons = [
            CloseReason::PersonLeft,
            CloseReason::Moved,
            CloseReason::Unreachable,
        ];
        let reason = reasons[town.rng.random_range(0..reasons.len())];
        leave(town, new, path, at, reason);
        return None;
    }
    Some(pause(town, new, at, days, (9, 0)))
}

fn leave(town: &mut Town, new: &Newcomer, path: &Path, at: Timestamp, why: CloseReason) -> Known {
    let closed = town.after(at, (10, 25), (15, 0));
    let close = CloseCase {
        case: path.case,
        reason: why.seal(&town.city.keys, path.case),
    };
    town.agenda.add(closed, new.worker, close);
    let sealed = new.facts.seal(&town.city.keys, path.person);
    Known {
        contact: sealed.contact.id,
        case: path.case,
    }
}

/// Her work rests for a while; some never take it up again.
fn rest(town: &mut Town, new: &Newcomer, path: &Path, at: Timestamp) {
    let reasons = [
        PauseReason::Family,
        PauseReason::Treatment,
        PauseReason::Away,
    ];
    let rests = town.after(at, (15, 60), (15, 0));
    let reason = reasons[town.rng.random_range(0..reasons.len())];
    let pause = PauseCase {
        case: path.case,
        reason: reason.seal(&town.city.keys, path.case),
        look_again_on: super::town::workday(rests.plus_days(90).date()),
    };
    town.agenda.add(rests, new.worker, pause);
    let closed = town.after(rests, (80, 120), (15, 0));
    let close = CloseCase {
        case: path.case,
        reason: CloseReason::PersonLeft.seal(&town.city.keys, path.case),
    };
    town.agenda.add(closed, new.worker, close);
}

fn arrive(town: &mut Town, new: &Newcomer, path: &Path, person: people::NewPerson, at: Timestamp) {
    let group = AddGroup {
        id: town.id(at),
        person: path.person,
        group_code: new.group.to_owned(),
        basis: Basis::Document,
        reason_sealed: None,
    };
    let register = RegisterPerson {
        person,
        consent: people::ConsentGiven {
            id: town.id(at),
            evidence: match new.evidence() {
                Evidence::Guardian => people::Evidence::Guardian,
                Evidence::Witness => people::Evidence::Witness,
                Evidence::Signature | Evidence::SmsCode => people::Evidence::Signature,
            },
            valid_until: at.plus_days(1_100).date(),
        },
        groups: vec![group],
        others: Vec::new(),
        draft: None,
    };
    let open = OpenCase {
        id: path.case,
        person: path.person,
        organization: new.facts.organization,
        owner: new.worker,
        source: if town.chance(60) {
            Source::Visit
        } else {
            Source::Phone
        },
        consent: ConsentGiven {
            id: town.id(at),
            evidence: new.evidence(),
            valid_until: at.plus_days(1_100).date(),
        },
        next_action_on: super::town::workday(at.plus_days(3).date()),
    };
    town.agenda.add(at, new.worker, register);
    town.agenda.add(at, new.worker, open);
}

/// Answers and scores, then the rules; gives the codes of the domains that need a goal, and when
/// it was decided. Whoever is insured as an employee is out.
fn assess(
    town: &mut Town,
    new: &Newcomer,
    path: &Path,
    at: Timestamp,
    is_out: bool,
) -> (Vec<String>, Timestamp) {
    let id = AssessmentId::new(town.id(at));
    let mut scores = Vec::new();
    let mut low = Vec::new();
    let mut answers = Vec::new();
    for domain in &town.form.domains {
        let score = town.rng.random_range(1..=4);
        if score <= domain.low_until {
            low.push(domain.code.clone());
        }
        scores.push((domain.id, score));
        for question in &domain.questions {
            let given = match (question.fact.as_deref(), question.kind) {
                (Some("own_income"), _) => (town.rng.random_range(0..6) * 10_000_000).to_string(),
                (Some("household_income"), _) => {
                    (town.rng.random_range(6..22) * 10_000_000).to_string()
                }
                (Some("household_members"), _) => town.rng.random_range(2..6).to_string(),
                (Some("in_treatment"), _) => yes(new.group == "recovered_person").to_owned(),
                (_, AnswerKind::YesNo) => yes(is_out).to_owned(),
                (_, AnswerKind::Number | AnswerKind::Money) => {
                    town.rng.random_range(0..5).to_string()
                }
                (_, AnswerKind::Choice) => match question.choices().first() {
                    Some(choice) => choice.code.clone(),
                    None => continue,
                },
                (_, AnswerKind::Note) => "می‌خواهم بهتر بسته‌بندی کنم و بفروشم.".to_owned(),
            };
            answers.push(Answer::new(&town.city.keys, id, question, &given));
        }
    }
    let record = RecordAssessment {
        id,
        case: path.case,
        version: town.form.id,
        scores,
        answers,
        draft: None,
    };
    town.agenda.add(at, new.worker, record);
    let decided = pause(town, new, at, (0, 4), (13, 0));
    let (decision, case) = (eligibility::DecisionId::new(town.id(decided)), path.case);
    town.agenda
        .later(decided, new.worker, move |city| async move {
            let mut conn = city.db.read().await?;
            let today = city.db.clock().today();
            let case = casework::find(&mut conn, case)
                .await?
                .ok_or(db::Error::NotFound)?;
            let record = eligibility::decide(&mut conn, &city.keys, decision, &case, today).await?;
            Ok(vec![deed(record)])
        });
    (low, decided)
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn write_plan(
    town: &mut Town,
    new: &Newcomer,
    path: &Path,
    low: &[String],
    at: Timestamp,
) -> Result<()> {
    let template = town
        .templates
        .iter()
        .find(|template| template.target_group == new.group)
        .map(|template| template.id);
    let due = at.plus_days(240).date();
    let start = StartPlan {
        id: path.plan,
        case: path.case,
        template,
    };
    town.agenda.add(at, new.worker, start);
    let income = (
        "ماهی پنج میلیون تومان درآمد از کار خودش",
        Measure::MonthlyIncome,
        50_000_000,
    );
    let mut goals = vec![(None, income)];
    for code in low {
        let words = ("وضع این حوزه بهتر شود", Measure::Score, 4);
        goals.push((Some(code.clone()), words));
    }
    for (domain_code, (words, measure, target)) in goals {
        let id = GoalId::new(town.id(at));
        let goal = AddGoal {
            id,
            plan: path.plan,
            domain_code,
            words: AddGoal::seal(&town.city.keys, id, words),
            measure,
            baseline: 1,
            target,
            due_on: due,
        };
        town.agenda.add(at, new.worker, goal);
    }
    let labour = town.bodies.body("labour")?;
    let training = town.bodies.body("training")?;
    let steps: [(StepId, StepKind, &str, Option<OrganizationId>, i64); 3] = [
        (
            path.referral,
            StepKind::Referral,
            "مجوز کسب‌وکار خانگی",
            Some(labour),
            60,
        ),
        (
            path.training,
            StepKind::Training,
            "دورهٔ مهارت و فروش",
            Some(training),
            90,
        ),
        (
            path.product,
            StepKind::Product,
            "نخستین محصول آمادهٔ فروش",
            None,
            150,
        ),
    ];
    for (id, kind, words, organization, days) in steps {
        let step = AddStep {
            id,
            plan: path.plan,
            kind,
            words: AddStep::seal(&town.city.keys, id, words),
            organization,
            due_on: at.plus_days(days).date(),
            article_ref: match kind {
                StepKind::Referral => "home-business/art_3__cl_1".into(),
                StepKind::Training => "home-business/art_3__cl_3".into(),
                _ => String::new(),
            },
        };
        town.agenda.add(at, new.worker, step);
    }
    let propose = ProposePlan {
        id: path.plan,
        by: new.worker,
    };
    town.agenda.add(at, new.worker, propose);
    Ok(())
}

/// Her consents, the chain of legs and the course; gives when she may begin to work, with the
/// number of her licence.
fn refer(
    town: &mut Town,
    new: &Newcomer,
    path: &Path,
    at: Timestamp,
) -> Result<Option<(Timestamp, String)>> {
    town.agenda.add(at, new.worker, AgreePlan { id: path.plan });
    let school = if town.chance(75) || new.is_told {
        "training"
    } else {
        "academy"
    };
    let mut bodies = vec![
        ("licence", "labour", "home_licence"),
        ("training", school, "training"),
    ];
    let (agency, approval) = match new.trade.is_food {
        true => ("health", "food_approval"),
        false => ("heritage", "craft_approval"),
    };
    bodies.insert(0, ("approval", agency, approval));
    let mut chosen = Vec::new();
    for (code, body, service) in &bodies {
        let organization_id = town.bodies.body(body)?;
        let agree = AgreeToReferral {
            id: town.id(at),
            case_id: path.case,
            organization_id,
            categories: vec![Category::Operational, Category::Personal],
            evidence: new.evidence(),
            valid_until: at.plus_days(700).date(),
        };
        town.agenda.add(at, new.worker, agree);
        chosen.push(Chosen {
            code: (*code).to_owned(),
            leg: LegId::new(town.id(at)),
            organization_id,
            service_id: town.bodies.service(body, service)?,
            step_id: (*code == "training").then_some(path.training),
        });
    }
    let legs: Vec<LegId> = chosen.iter().map(|chosen| chosen.leg).collect();
    let chain = StartChain {
        id: town.id(at),
        template: if new.trade.is_food {
            "home_food"
        } else {
            "home_craft"
        }
        .to_owned(),
        case_id: path.case,
        step_id: Some(path.referral),
        chosen,
        by: By::desk(Actor::SenderWorker),
    };
    town.agenda.add(at, new.worker, chain);
    let sent = Timestamp::at(at.date(), 13, 0);
    // The crafts' agency has no desk of its own in this city: it answers by its link.
    let officer = if new.trade.is_food { "health" } else { "" };
    let partner = Partner::of(town, officer, None);
    let Some(done) = follow(town, new, legs[0], &partner, sent, (3, 14)) else {
        return Ok(None);
    };
    let ready = Timestamp::at(done.date(), 13, 0);
    let learned = super::courses::learn(
        town,
        new,
        path.case,
        path.training,
        legs[legs.len() - 1],
        school,
        sent,
    );
    let number = format!("{}", town.rng.random_range(100_000..999_999));
    let labour = Partner::of(
        town,
        "labour",
        Some((number.clone(), ready.plus_days(1_150).date())),
    );
    let asked = town.after(ready, (0, 2), (13, 0));
    let leg = legs[legs.len() - 2];
    let licensed = if !new.is_told && asked < town.until.plus_days(-24) && town.chance(80) {
        let body = new.facts.organization;
        Some(super::files::wait(
            town, new.worker, body, leg, asked, &labour,
        ))
    } else {
        follow(town, new, leg, &labour, asked, (5, 16))
    };
    let Some(licensed) = licensed else {
        return Ok(None);
    };
    let ready = learned.map_or(licensed, |learned| learned.max(licensed));
    Ok(Some((ready, number)))
}

/// What the package promised is delivered, and the case goes on to making.
fn make(town: &mut Town, new: &Newcomer, path: &Path, at: Timestamp) {
    let go = MoveCase {
        case: path.case,
        stage: Stage::Making,
    };
    town.agenda.add(at, new.worker, go);
    let next = SetNextAction {
        case: path.case,
        action: NextAction::PrepareProduct,
        on: super::town::workday(at.plus_days(14).date()),
        waiting_on: None,
    };
    town.agenda.add(at, new.worker, next);
    let delivered = town.after(at, (3, 20), (9, 0));
    let plan = path.plan;
    town.agenda
        .later(delivered, new.worker, move |city| async move {
            let mut conn = city.db.read().await?;
            let lines = casework::plans::package(&mut conn, plan).await?;
            let open = lines
                .iter()
                .filter(|line| line.state == casework::plans::LineState::Committed);
            // The last line of some packages is still to come.
            Ok(open
                .take(3)
                .map(|line| deed(DeliverLine { id: line.id }))
                .collect())
        });
}
