//! The committee's first meeting with what came of it, its letters, and the second one ahead.

use db::{Result, sql};
use documents::files::FileKind;
use governance::{
    About, AddDocument, AddMember, AnswerAtDesk, AnswerByLink, AnswerKind, ApproveAgenda,
    ArticleId, CaseDecisionId, CommitteeId, CommitteeRole, CreateCommittee, DecideCase,
    DraftAgenda, DraftLetter, ForwardItem, FreezeMinutes, LetterId, LetterWay, Majority, Mark,
    MeetingId, MembershipId, MoveMeeting, NameSubstitute, OpenRemarks, Opens, OrdinanceId,
    PassResolution, PlanMeeting, Presence, Proves, RecordAttendance, RegisterLetter, ResolutionId,
    Rules, SendLetter, SignLetter, SignMinutes, SubstituteId, Words, WriteMinutes,
};
use persian::{Lang, Timestamp};
use uuid::Uuid;

use super::agenda::deed;
use super::duties::prove;
use super::town::{Town, workday};

/// Duty, body, office, wording, days, evidence asked, answered after so many days.
type Decision = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    i64,
    &'static str,
    Option<i64>,
);

const DECISIONS: &[Decision] = &[
    (
        0,
        "labour",
        "معاون اشتغال",
        "پاسخ معرفی‌نامه‌های مجوز در هفت روز کاری داده شود.",
        30,
        "گزارش زمان پاسخ",
        Some(18),
    ),
    (
        1,
        "dastafarin",
        "مدیر فروشگاه‌ها",
        "ساعت کار پنج فروشگاه تا شب یلدا بلند شود.",
        60,
        "برنامهٔ شیفت‌ها",
        Some(20),
    ),
    (
        2,
        "academy",
        "مدیر آموزش",
        "ظرفیت دوره‌ها یک‌سوم بیشتر شود.",
        45,
        "فهرست دوره‌ها",
        None,
    ),
    (
        3,
        "university",
        "معاون پژوهش",
        "برای ماندگاری ترشی راهی آزموده شود.",
        75,
        "نتیجهٔ آزمایش",
        Some(40),
    ),
    (
        0,
        "health",
        "معاون بهداشت",
        "پاسخ پرسش‌های بهداشتی سازندگان خوراک در ده روز داده شود.",
        118,
        "گزارش زمان پاسخ",
        None,
    ),
    (
        5,
        "fund",
        "مدیر اعتبارات",
        "سهمیهٔ وام خرد سه‌ماهه اعلام شود.",
        30,
        "نامهٔ سهمیه",
        None,
    ),
];

pub(super) fn first_meeting(
    town: &mut Town,
    committee_id: CommitteeId,
    seats: &[MembershipId],
    duties: &[ArticleId],
) -> Result<()> {
    let (secretary, chair) = (town.user("secretary"), town.user("chair"));
    let day = workday(town.until.plus_days(-100).date());
    let planned = Timestamp::at(workday(town.until.plus_days(-115).date()), 9, 50);
    let meeting_id = MeetingId::new(town.id(planned));
    let plan = PlanMeeting {
        id: meeting_id,
        committee_id,
        held_on: day,
        hours: "۱۰ تا ۱۲".into(),
        place: "تالار دبیرخانه".into(),
    };
    town.agenda.add(planned, secretary, plan);
    let drafted = town.after(planned, (2, 3), (9, 50));
    town.agenda
        .add(drafted, secretary, DraftAgenda { meeting_id });
    let approved = Timestamp::at(drafted.date(), 16, 0);
    town.agenda
        .add(approved, chair, ApproveAgenda { meeting_id });
    let held = Timestamp::at(day, 10, 5);
    let marks = seats.iter().enumerate().map(|(place, seat)| Mark {
        membership_id: *seat,
        presence: match place {
            3 => Presence::Deputy,
            4 => Presence::Absent,
            _ => Presence::Present,
        },
    });
    let marks = marks.collect();
    let attendance = RecordAttendance { meeting_id, marks };
    town.agenda.add(held, secretary, attendance);
    let paper = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let name = "گزارش پیشرفت سه‌ماهه";
    let id = town.id(planned);
    let report = AddDocument::new(id, meeting_id, name, FileKind::Pdf, paper.to_vec());
    town.agenda.add(planned, secretary, report);
    for (duty, body, responsible, wording, days, evidence, answered) in DECISIONS {
        let id = ResolutionId::new(town.id(held));
        let pass = PassResolution {
            id,
            meeting_id,
            article_id: duties[*duty],
            organization_id: town.bodies.body(body)?,
            responsible: (*responsible).into(),
            wording: (*wording).into(),
            due_on: held.plus_days(*days).date(),
            evidence_asked: (*evidence).into(),
            votes_for: 5,
            votes_against: 1,
            votes_abstain: 0,
        };
        town.agenda.add(held, secretary, pass);
        let Some(days) = answered else {
            ask_by_letter(town, committee_id, (id, body), held.plus_days(days + 5))?;
            continue;
        };
        if *days > 30 {
            let ours = ask_by_letter(town, committee_id, (id, body), held.plus_days(30))?;
            answer_by_letter(town, committee_id, (id, body), ours, held.plus_days(*days))?;
            continue;
        }
        let at = Timestamp::at(workday(held.plus_days(*days).date()), 9, 50);
        let mut words = Words {
            id: town.id(at),
            kind: AnswerKind::Progress,
            wording: "در دستور کار است و گزارش آن پیوست شد.".into(),
            reference: format!("۱۴۰۵/{}", 200 + days),
        };
        let resolution_id = id;
        if *body == "labour" {
            // The labour office's own officer answers at the desk; the secretariat proves it.
            let officer = town.user("labour");
            let answer = AnswerAtDesk {
                resolution_id,
                words,
            };
            town.agenda.add(at, officer, answer);
            let proven = at.plus_days(3);
            prove(town, Proves::Resolution(id), 1, "پیوست پاسخ", proven);
            continue;
        }
        // The shops' manager says by the link on the phone that it is done; nobody has confirmed it.
        words.kind = AnswerKind::Done;
        let answer = AnswerByLink {
            resolution_id,
            words,
        };
        town.agenda.add(at, Uuid::nil(), answer);
    }
    decide_on_a_case(town, meeting_id, duties[0], held)?;
    let written = town.after(held, (1, 3), (9, 50));
    let wording = "کمیته با حضور اعضا گزارش پیشرفت را شنید و هفت تصمیم گرفت.".into();
    let minutes = WriteMinutes {
        meeting_id,
        wording,
    };
    town.agenda.add(written, secretary, minutes);
    town.agenda
        .add(written, secretary, OpenRemarks { meeting_id });
    let signed = Timestamp::at(workday(written.plus_days(4).date()), 9, 50);
    town.agenda
        .add(signed, secretary, SignMinutes { meeting_id });
    let frozen = town.after(written, (6, 8), (16, 0));
    town.agenda.add(frozen, chair, FreezeMinutes { meeting_id });
    Ok(())
}

/// The committee decides on one case, known by its code: it is referred for its licence.
fn decide_on_a_case(
    town: &mut Town,
    meeting_id: MeetingId,
    article_id: ArticleId,
    held: Timestamp,
) -> Result<()> {
    let secretary = town.user("secretary");
    let (resolution_id, decision) = (
        ResolutionId::new(town.id(held)),
        CaseDecisionId::new(town.id(held)),
    );
    let labour = town.bodies.body("labour")?;
    let pass = PassResolution {
        id: resolution_id,
        meeting_id,
        article_id,
        organization_id: labour,
        responsible: "معاون اشتغال".into(),
        wording: "مجوز یک پرونده که سه ماه مانده است بیرون از نوبت دیده شود.".into(),
        due_on: held.plus_days(40).date(),
        evidence_asked: "شمارهٔ مجوز".into(),
        votes_for: 6,
        votes_against: 0,
        votes_abstain: 0,
    };
    town.agenda.add(held, secretary, pass);
    let decided = held.plus_seconds(60);
    town.agenda.later(decided, secretary, move |city| async move {
        let mut conn = city.db.read().await?;
        let case: Option<String> = sql(
            "SELECT code AS value FROM case_card WHERE state = 'open' AND organization_id <> $1 ORDER BY code LIMIT 1",
        )
        .bind(labour)
        .optional_scalar(&mut conn)
        .await?;
        let services = organizations::services::list_of(&mut conn, labour).await?;
        let (Some(case_code), Some(service)) = (case, services.first()) else {
            return Ok(Vec::new());
        };
        Ok(vec![deed(DecideCase {
            id: decision,
            resolution_id,
            case_code,
            opens: Opens::Leg {
                service_id: service.id,
            },
        })])
    });
    Ok(())
}

/// The secretariat asks a body about its resolution: drafted, signed by the chair, taken there.
fn ask_by_letter(
    town: &mut Town,
    committee_id: CommitteeId,
    (resolution, body): (ResolutionId, &str),
    at: Timestamp,
) -> Result<LetterId> {
    let (secretary, chair) = (town.user("secretary"), town.user("chair"));
    let drafted = Timestamp::at(workday(at.date()), 9, 50);
    let id = LetterId::new(town.id(drafted));
    let draft = DraftLetter {
        id,
        committee_id,
        organization_id: town.bodies.body(body)?,
        language: Lang::Fa,
        subject: "پیگیری مصوبهٔ کمیته".into(),
        wording: "با سلام و احترام\nخواهشمند است نتیجهٔ این مصوبه و مدرک آن را به دبیرخانه بفرستید."
            .into(),
        about: Some(About::Resolution(resolution)),
    };
    let digest = draft.digest();
    town.agenda.add(drafted, secretary, draft);
    let signed = Timestamp::at(drafted.date(), 16, 0);
    town.agenda.add(signed, chair, SignLetter { id, digest });
    let sent = Timestamp::at(workday(drafted.plus_days(1).date()), 9, 50);
    let send = SendLetter {
        id,
        sent_on: sent.date(),
        way: LetterWay::Hand,
    };
    town.agenda.add(sent, secretary, send);
    Ok(id)
}

/// The body's letter comes, and is kept as its answer.
fn answer_by_letter(
    town: &mut Town,
    committee_id: CommitteeId,
    (resolution, body): (ResolutionId, &str),
    ours: LetterId,
    at: Timestamp,
) -> Result<()> {
    let at = Timestamp::at(workday(at.date()), 9, 50);
    let register = RegisterLetter {
        id: LetterId::new(town.id(at)),
        committee_id,
        organization_id: town.bodies.body(body)?,
        language: Lang::Fa,
        their_number: "۱۴۰۵/۲۴۰".into(),
        dated_on: at.date(),
        subject: "گزارش اجرای مصوبه".into(),
        wording: "در دستور کار است و گزارش آن پیوست شد.".into(),
        answers_id: Some(ours),
        resolution_id: Some(resolution),
        is_answer: true,
        answer_kind: AnswerKind::Progress,
    };
    let secretary = town.user("secretary");
    town.agenda.add(at, secretary, register);
    Ok(())
}

/// Who sits for the handicrafts when their deputy is away.
pub(super) fn substitute(town: &mut Town, seat: MembershipId, at: Timestamp) {
    let name = NameSubstitute {
        id: SubstituteId::new(town.id(at)),
        membership_id: seat,
        name: "سیما کاج‌نشان، رئیس ادارهٔ بازرگانی".into(),
        user_id: None,
        valid_from: at.date(),
    };
    let secretary = town.user("secretary");
    town.agenda.add(at, secretary, name);
}

/// The working group on sales met twice as late as it should have, and sends a proposal up.
pub(super) fn working_group(
    town: &mut Town,
    ordinance_id: OrdinanceId,
    parent: CommitteeId,
) -> Result<()> {
    let (secretary, chair) = (town.user("secretary"), town.user("chair"));
    let made = Timestamp::at(workday(town.until.plus_days(-60).date()), 9, 50);
    let id = CommitteeId::new(town.id(made));
    let create = CreateCommittee {
        id,
        ordinance_id,
        organization_id: town.bodies.body("secretariat")?,
        parent_id: Some(parent),
        code: "sales".into(),
        name_fa: "کارگروه بازاریابی و فروش".into(),
        name_en: "Working group on marketing and sale".into(),
        rules: Rules {
            voting_roles: vec![
                CommitteeRole::Chair,
                CommitteeRole::Secretary,
                CommitteeRole::Member,
            ],
            quorum_basis_points: 5_000,
            quorum_least: 2,
            is_chair_needed: false,
            majority: Majority::TwoThirds,
            meets_every_days: 30,
            reminder_days: 10,
        },
    };
    town.agenda.add(made, secretary, create);
    let seats = [
        ("secretariat", CommitteeRole::Chair, "chair"),
        ("secretariat", CommitteeRole::Secretary, "secretary"),
        ("dastafarin", CommitteeRole::Member, "manager"),
    ];
    let mut marks = Vec::new();
    for (body, role, user) in seats {
        let seat = MembershipId::new(town.id(made));
        let add = AddMember {
            id: seat,
            committee_id: id,
            organization_id: town.bodies.body(body)?,
            user_id: town.staff.get(user).copied(),
            role,
            title_fa: "عضو کارگروه".into(),
            title_en: "Member of the working group".into(),
            valid_from: made.date(),
        };
        town.agenda.add(made, secretary, add);
        marks.push(Mark {
            membership_id: seat,
            presence: Presence::Present,
        });
    }
    let planned = made.plus_seconds(600);
    let meeting_id = MeetingId::new(town.id(planned));
    let first = Timestamp::at(workday(town.until.plus_days(-40).date()), 9, 50);
    let plan = PlanMeeting {
        id: meeting_id,
        committee_id: id,
        held_on: first.date(),
        hours: "۸ تا ۱۰".into(),
        place: "دبیرخانه".into(),
    };
    town.agenda.add(planned, secretary, plan);
    // Half of its members could not come, so it was set for a later day.
    let held = Timestamp::at(workday(town.until.plus_days(-20).date()), 9, 50);
    let moved = MoveMeeting {
        meeting_id,
        held_on: held.date(),
        hours: "۸ تا ۱۰".into(),
        place: "دبیرخانه".into(),
    };
    town.agenda.add(first, secretary, moved);
    let called = Timestamp::at(workday(town.until.plus_days(-25).date()), 16, 0);
    town.agenda.add(called, chair, ApproveAgenda { meeting_id });
    let roll = RecordAttendance { meeting_id, marks };
    town.agenda.add(held, secretary, roll);
    let forward = ForwardItem {
        id: town.id(held),
        meeting_id,
        item_id: None,
        wording: "پیشنهاد: فروشگاه برج تا شب یلدا تا ساعت ۲۲ باز باشد.".into(),
    };
    town.agenda.add(held, secretary, forward);
    Ok(())
}

/// On the day the demo begins, so that whoever walks it drafts the agenda and holds it.
pub(super) fn second_meeting(town: &mut Town, committee_id: CommitteeId) {
    let planned = Timestamp::at(workday(town.until.plus_days(-8).date()), 9, 50);
    let plan = PlanMeeting {
        id: MeetingId::new(town.id(planned)),
        committee_id,
        held_on: town.until.date(),
        hours: "۱۰ تا ۱۲".into(),
        place: "تالار دبیرخانه".into(),
    };
    let secretary = town.user("secretary");
    town.agenda.add(planned, secretary, plan);
}
