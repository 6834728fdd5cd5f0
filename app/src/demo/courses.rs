//! Courses, groups, attendance, certificates and hours with someone who knows.

use casework::{CaseId, StepId};
use db::Result;
use learning::certificates::prepare;
use learning::{
    AddConsultant, Agreed, Basis, BookConsultation, CohortId, CompleteCohort, ConsultantId,
    ConsultationId, CourseId, CreateCohort, CreateCourse, Enrol, EnrolmentId, HoldConsultation,
    NewSession, Outcome, SaveRoll, SessionId,
};
use organizations::PlaceId;
use persian::Timestamp;
use rand::RngExt as _;
use referrals::legs::LegId;
use uuid::Uuid;

use super::agenda::deed;
use super::legs::{Partner, accept, report};
use super::lives::Newcomer;
use super::town::{Town, workday};

/// A group that may be joined.
struct Group {
    id: CohortId,
    course: CourseId,
    body: &'static str,
    place: PlaceId,
    trainer: Uuid,
    sessions: Vec<(SessionId, Timestamp)>,
    enrolled: Vec<EnrolmentId>,
}

/// Groups by time, and who advises.
#[derive(Default)]
pub struct Courses {
    groups: Vec<Group>,
    consultants: Vec<ConsultantId>,
}

/// Places of a group.
const CAPACITY: usize = 14;

/// Body, title in Persian and English, hours.
const COURSES: &[(&str, &str, &str, i64, Basis)] = &[
    (
        "training",
        "مهارت فروش و بسته‌بندی",
        "Selling and packaging",
        16,
        Basis::Attendance,
    ),
    (
        "academy",
        "کسب‌وکار خانگی از آغاز",
        "Starting a home business",
        16,
        Basis::Competence,
    ),
];

/// Body, name in Persian and English, field in Persian and English.
const CONSULTANTS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "university",
        "گروه صنایع غذایی دانشگاه",
        "University food group",
        "ایمنی خوراک",
        "Food safety",
    ),
    (
        "mandegar",
        "ماندگاربسته",
        "Mandegar Packaging",
        "بسته‌بندی",
        "Packaging",
    ),
    (
        "needle",
        "خانهٔ نخ و سوزن",
        "House of Thread and Needle",
        "طراحی محصول",
        "Product design",
    ),
];

/// Sets courses, groups and consultants up.
pub fn set_up(town: &mut Town) -> Result<()> {
    let first = Timestamp::at(town.since.date(), 9, 0);
    let officer = town.user("training");
    let mut courses = Vec::new();
    for (body, title_fa, title_en, hours, basis) in COURSES {
        let id = CourseId::new(town.id(first));
        let create = CreateCourse {
            id,
            organization_id: town.bodies.body(body)?,
            title_fa: (*title_fa).to_owned(),
            title_en: (*title_en).to_owned(),
            hours: *hours,
            basis: *basis,
            attendance_needed: 75,
        };
        town.agenda.add(first, officer, create);
        courses.push((id, *body));
    }
    for (body, name_fa, name_en, field_fa, field_en) in CONSULTANTS {
        let id = ConsultantId::new(town.id(first));
        let add = AddConsultant {
            id,
            organization_id: town.bodies.body(body)?,
            user_id: None,
            name_fa: (*name_fa).to_owned(),
            name_en: (*name_en).to_owned(),
            field_fa: (*field_fa).to_owned(),
            field_en: (*field_en).to_owned(),
        };
        town.agenda.add(first, officer, add);
        town.courses.consultants.push(id);
    }
    let places = [town.bodies.place("T2")?, town.bodies.place("T1")?];
    let trainers = [town.user("trainer"), town.user("trainer2")];
    let mut begins = town.since.plus_days(25);
    while begins < town.until.plus_days(60) {
        for (index, (course, body)) in courses.iter().enumerate() {
            let sessions = (0..4)
                .map(|number| {
                    let day = workday(begins.plus_days(3 * number + 1).date());
                    let at = Timestamp::at(day, 9, 0);
                    (SessionId::new(town.id(begins)), at)
                })
                .collect();
            let group = Group {
                id: CohortId::new(town.id(begins.plus_days(-45))),
                course: *course,
                body,
                place: places[index],
                trainer: trainers[index],
                sessions,
                enrolled: Vec::new(),
            };
            town.courses.groups.push(group);
        }
        begins = begins.plus_days(14);
    }
    Ok(())
}

/// Plans her training leg, her place in a group, and for some an hour of advice. Gives the day
/// after her course, when she has a place.
pub fn learn(
    town: &mut Town,
    new: &Newcomer,
    case: CaseId,
    step: StepId,
    leg: LegId,
    school: &'static str,
    sent: Timestamp,
) -> Option<Timestamp> {
    let officer = if school == "training" { "training" } else { "" };
    let partner = Partner::of(town, officer, None);
    let accepted = accept(town, new, leg, &partner, sent)?;
    let asked = town.after(accepted, (1, 3), (9, 0));
    let least = asked.plus_days(3);
    let group = town.courses.groups.iter_mut().find(|group| {
        group.body == school && group.sessions[0].1 > least && group.enrolled.len() < CAPACITY
    })?;
    town.city.db.clock().hold(asked);
    let id = EnrolmentId::new(town.city.db.new_id());
    group.enrolled.push(id);
    let last = group.sessions[group.sessions.len() - 1].1;
    let enrol = Enrol {
        id,
        cohort: group.id,
        case,
        step: Some(step),
        may_wait: false,
        // She agreed to be referred to this school.
        agreed: None,
    };
    town.agenda.add(asked, new.worker, enrol);
    let done = town.after(last, (2, 4), (11, 15));
    report(town, leg, &partner, done);
    if new.is_told || town.chance(35) {
        advise(town, new, case, done);
    }
    Some(done)
}

/// An hour with a consultant, whose advice becomes a task.
fn advise(town: &mut Town, new: &Newcomer, case: CaseId, after: Timestamp) {
    let booked = town.after(after, (1, 4), (9, 0));
    let held = town.after(booked, (3, 9), (15, 0));
    let place = match (new.is_told, new.trade.is_food) {
        (true, true) => 0,
        (true, false) => 2,
        _ => town.rng.random_range(0..town.courses.consultants.len()),
    };
    let id = ConsultationId::new(town.id(booked));
    let book = BookConsultation {
        id,
        consultant: town.courses.consultants[place],
        case,
        step: None,
        starts_at: Timestamp::at(held.date(), 14, 0),
        minutes: 60,
        agreed: Some(Agreed {
            id: town.id(booked),
            evidence: new.evidence(),
        }),
    };
    town.agenda.add(booked, new.worker, book);
    let words = if new.trade.is_food {
        "تاریخ تولید و مدت ماندگاری را روی برچسب بنویسید."
    } else {
        "از هر کار سه رنگ بیاورید تا مشتری انتخاب کند."
    };
    let due_on = workday(held.plus_days(10).date());
    let hold = HoldConsultation {
        id,
        outcome: Outcome::NeedsWork,
        note: HoldConsultation::seal(
            &town.city.keys,
            id,
            "کار خوب است؛ با این اصلاح آمادهٔ فروش می‌شود.",
        ),
        advice: vec![HoldConsultation::advice(
            &town.city.keys,
            id,
            case,
            0,
            words,
            due_on,
        )],
    };
    let task = hold.advice[0].id;
    town.agenda.add(held, new.worker, hold);
    let done = town.after(held, (5, 20), (9, 0));
    let finish = casework::tasks::FinishTask::new(&town.city.keys, task, "انجام شد.");
    town.agenda.add(done, new.worker, finish);
}

/// Plans the groups that people joined: their making, rolls, ends and certificates.
pub fn hold_groups(town: &mut Town) {
    let officer = town.user("training");
    for group in std::mem::take(&mut town.courses.groups) {
        if group.enrolled.is_empty() {
            continue;
        }
        let (first, last) = (
            group.sessions[0].1,
            group.sessions[group.sessions.len() - 1].1,
        );
        let made =
            Timestamp::at(first.plus_days(-45).date(), 8, 30).max(town.since.plus_seconds(40_000));
        let sessions = group.sessions.iter().map(|(id, at)| NewSession {
            id: *id,
            place_id: group.place,
            starts_at: *at,
            ends_at: at.plus_seconds(4 * 3_600),
        });
        let create = CreateCohort {
            id: group.id,
            course_id: group.course,
            place_id: group.place,
            trainer_id: group.trainer,
            capacity: CAPACITY as i64,
            sessions: sessions.collect(),
        };
        town.agenda.add(made, officer, create);
        // Who was there is told by those who have a place then; a roll names the absent alone.
        for (id, at) in &group.sessions {
            let mut roll = SaveRoll {
                session: *id,
                absent: Vec::new(),
                late: Vec::new(),
            };
            for enrolment in &group.enrolled {
                match town.rng.random_range(0..100) {
                    0..=5 => roll.absent.push(*enrolment),
                    6..=12 => roll.late.push(*enrolment),
                    _ => {}
                }
            }
            town.agenda
                .add(at.plus_seconds(4 * 3_600), group.trainer, roll);
        }
        let ended = Timestamp::at(workday(last.plus_days(1).date()), 9, 30);
        let mut competent = group.enrolled.clone();
        competent.retain(|_| town.chance(93));
        let complete = CompleteCohort {
            cohort: group.id,
            competent,
        };
        town.agenda.add(ended, group.trainer, complete);
        let cohort = group.id;
        let issued = Timestamp::at(ended.date(), 12, 0);
        town.agenda.later(issued, officer, move |city| async move {
            let mut conn = city.db.read().await?;
            let issue = prepare(&mut conn, &city.db, &city.keys, cohort).await?;
            Ok(vec![deed(issue)])
        });
    }
}
