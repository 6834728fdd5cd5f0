//! The committee's first meeting with what came of it, its letters, and the second one ahead.

use db::Result;
use governance::{
    About, AnswerResolution, ApproveAgenda, ArticleId, CommitteeId, DraftAgenda, DraftLetter,
    FreezeMinutes, LetterId, LetterWay, Mark, MeetingId, MembershipId, OpenRemarks, PassResolution,
    PlanMeeting, Presence, Proves, RecordAttendance, RegisterLetter, ResolutionId, SendLetter,
    SignLetter, SignMinutes, WriteMinutes,
};
use persian::{Lang, Timestamp};

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
        let answer = AnswerResolution {
            id: town.id(at),
            resolution_id: id,
            wording: "در دستور کار است و گزارش آن پیوست شد.".into(),
            reference: format!("۱۴۰۵/{}", 200 + days),
            answered_on: at.date(),
        };
        town.agenda.add(at, secretary, answer);
        if *days < 30 {
            prove(
                town,
                Proves::Resolution(id),
                1,
                "پیوست پاسخ",
                at.plus_days(3),
            );
        }
    }
    let written = town.after(held, (1, 3), (9, 50));
    let wording = "کمیته با حضور اعضا گزارش پیشرفت را شنید و پنج تصمیم گرفت.".into();
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
    };
    let secretary = town.user("secretary");
    town.agenda.add(at, secretary, register);
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
