//! The council's side: a sample ordinance, the plan that carries it out, the committee, its first
//! meeting with what came of it, and the second one ahead.

use db::Result;
use governance::{
    About, ActionId, AddAction, AddArticle, AddCommitment, AddMember, AddMilestone, AnswerReminder,
    AnswerResolution, ApproveAgenda, ArticleId, ArticleKind, CommitmentId, CommitteeId,
    CommitteeRole, CreateCommittee, CreateOrdinance, CreateProgramme, DraftAgenda, DraftLetter,
    EvidenceId, FileReminder, FreezeMinutes, GiveEvidence, LetterId, LetterWay, Mark, MeetingId,
    MembershipId, MilestoneId, OpenRemarks, OrdinanceId, PassResolution, PlanMeeting, Presence,
    ProgrammeId, Proves, RecordAttendance, RegisterLetter, ReminderId, ResolutionId, Rules,
    SendLetter, SignLetter, SignMinutes, VerifyEvidence, WriteMinutes,
};
use indicators::SetRange;
use persian::{Lang, Timestamp};

use super::town::{Town, workday};

/// Number of the note under article 3, headings, wording, body, code and figure with its target.
struct Duty {
    heading_fa: &'static str,
    heading_en: &'static str,
    wording_fa: &'static str,
    wording_en: &'static str,
    body: &'static str,
    figures: &'static [&'static str],
    target: (&'static str, i64),
    due_days: i64,
    partner: (&'static str, &'static str, &'static str, i64),
}

const DUTIES: &[Duty] = &[
    Duty {
        heading_fa: "مرکز توسعه با وزارت و دانشگاه",
        heading_en: "Development centre with ministry and university",
        wording_fa: "متن نمونه: مرکز توسعهٔ کسب‌وکارهای خانگی با همکاری ادارهٔ کار و دانشگاه شهر راه می‌افتد.",
        wording_en: "Sample wording: a development centre for home businesses is set up with the labour office and the university.",
        body: "labour",
        figures: &["reached", "eligible"],
        target: ("reached", 500),
        due_days: 500,
        partner: ("university", "استاد راهنما", "Mentors", 12),
    },
    Duty {
        heading_fa: "پنج فروشگاه",
        heading_en: "Five shops",
        wording_fa: "متن نمونه: پنج فروشگاه برای عرضهٔ محصول افراد تحت پوشش باز می‌شود.",
        wording_en: "Sample wording: five shops are opened for what the people of the programme make.",
        body: "dastafarin",
        figures: &["shops_open", "pieces_sold"],
        target: ("shops_open", 5),
        due_days: 120,
        partner: ("women", "بازارچهٔ فصلی", "Seasonal bazaars", 8),
    },
    Duty {
        heading_fa: "آموزش و مشاوره",
        heading_en: "Training and advice",
        wording_fa: "متن نمونه: آموزش مهارت و مشاورهٔ تخصصی به رایگان داده می‌شود.",
        wording_en: "Sample wording: skill training and specialist advice are given free of charge.",
        body: "training",
        figures: &["trained"],
        target: ("trained", 250),
        due_days: 700,
        partner: ("academy", "دورهٔ آموزشی", "Courses", 20),
    },
    Duty {
        heading_fa: "شرکت‌های دانش‌بنیان",
        heading_en: "Knowledge-based companies",
        wording_fa: "متن نمونه: نیازهای فنی سازندگان به شرکت‌های دانش‌بنیان سپرده می‌شود.",
        wording_en: "Sample wording: the makers' technical needs are taken to knowledge-based companies.",
        body: "university",
        figures: &["pilots"],
        target: ("pilots", 6),
        due_days: 650,
        partner: ("mandegar", "آزمایش بسته‌بندی", "Packaging trials", 3),
    },
    Duty {
        heading_fa: "بازاریابی و فروش",
        heading_en: "Marketing and sale",
        wording_fa: "متن نمونه: سهم فروشنده بی‌واسطه و به‌هنگام به حساب او می‌رسد.",
        wording_en: "Sample wording: the maker's share reaches her account directly and in time.",
        body: "dastafarin",
        figures: &["makers_earning", "paid_to_makers", "sale_to_payment_days"],
        target: ("makers_earning", 150),
        due_days: 740,
        partner: ("media", "گزارش رسانه‌ای", "Media reports", 24),
    },
    Duty {
        heading_fa: "بستهٔ حمایتی هر گروه",
        heading_en: "A package for each group",
        wording_fa: "متن نمونه: برای هر گروه هدف بستهٔ حمایتی جدا نوشته و داده می‌شود.",
        wording_en: "Sample wording: each target group gets a support package of its own.",
        body: "welfare",
        figures: &["with_plan", "legs_answered"],
        target: ("with_plan", 400),
        due_days: 730,
        partner: ("fund", "وام خرد", "Micro loans", 60),
    },
];

/// Body, role, user, office in Persian and English.
const SEATS: &[(&str, CommitteeRole, &str, &str, &str)] = &[
    (
        "secretariat",
        CommitteeRole::Chair,
        "chair",
        "رئیس کمیته",
        "Chair",
    ),
    (
        "secretariat",
        CommitteeRole::Secretary,
        "secretary",
        "دبیر کمیته",
        "Secretary",
    ),
    (
        "labour",
        CommitteeRole::Member,
        "member",
        "معاون اشتغال",
        "Deputy for employment",
    ),
    (
        "heritage",
        CommitteeRole::Member,
        "",
        "معاون صنایع دستی",
        "Deputy for handicrafts",
    ),
    (
        "agriculture",
        CommitteeRole::Member,
        "",
        "معاون ترویج",
        "Deputy for extension",
    ),
    (
        "health",
        CommitteeRole::Member,
        "",
        "معاون بهداشت",
        "Deputy for health",
    ),
    (
        "university",
        CommitteeRole::Member,
        "",
        "معاون پژوهش",
        "Deputy for research",
    ),
    (
        "council",
        CommitteeRole::Observer,
        "observer",
        "ناظر شورا",
        "Observer of the council",
    ),
    (
        "council",
        CommitteeRole::Guest,
        "expert",
        "کارشناس کمیسیون",
        "Expert of the commission",
    ),
];

/// Plans it all.
pub fn plan(town: &mut Town) -> Result<()> {
    let at = Timestamp::at(town.since.date(), 9, 40);
    let secretary = town.user("secretary");
    let ordinance_id = OrdinanceId::new(town.id(at));
    let create = CreateOrdinance {
        id: ordinance_id,
        code: "home-business".into(),
        title_fa: "مصوبهٔ نمونهٔ حمایت از کسب‌وکارهای خانگی".into(),
        title_en: "Sample ordinance in support of home businesses".into(),
        passed_on: at.plus_days(-40).date(),
        notified_on: at.date(),
        compliance_over_on: at.plus_days(1_095).date(),
        is_sample: true,
    };
    town.agenda.add(at, secretary, create);
    let duties = articles(town, ordinance_id, at);
    actions(town, ordinance_id, &duties, at)?;
    let committee = committee(town, ordinance_id, at)?;
    first_meeting(town, committee.0, &committee.1, &duties)?;
    second_meeting(town, committee.0);
    reminders(town, committee.0, &duties);
    ranges(town);
    Ok(())
}

/// Figure, least, most, and why.
const RANGES: &[(&str, Option<i64>, Option<i64>, &str)] = &[
    (
        "answer_days",
        None,
        Some(5),
        "قرار با دستگاه‌ها پنج روز است.",
    ),
    (
        "return_rate",
        None,
        Some(500),
        "بیش از پنج درصد برگشتی نشانهٔ کیفیت پایین است.",
    ),
    (
        "sell_through",
        Some(5_000),
        None,
        "نیمی از کالای گرفته‌شده باید فروخته شود.",
    ),
];

/// What the committee wants to hear of by itself.
fn ranges(town: &mut Town) {
    let secretary = town.user("secretary");
    let at = Timestamp::at(workday(town.until.plus_days(-60).date()), 10, 30);
    for (code, least, most, reason) in RANGES {
        let range = SetRange {
            id: town.id(at),
            code: (*code).into(),
            least: *least,
            most: *most,
            reason: (*reason).into(),
        };
        town.agenda.add(at, secretary, range);
    }
}

fn articles(town: &mut Town, ordinance_id: OrdinanceId, at: Timestamp) -> Vec<ArticleId> {
    let secretary = town.user("secretary");
    let heads = [
        (
            "هدف",
            "Purpose",
            "متن نمونه: هدف این مصوبه درآمد پایدار برای افراد تحت پوشش است.",
        ),
        (
            "تعریف‌ها",
            "Definitions",
            "متن نمونه: کسب‌وکار خانگی کاری است که در خانه و با مجوز انجام شود.",
        ),
        (
            "تکلیف‌های برنامه",
            "Duties of the programme",
            "متن نمونه: دستگاه‌ها این تکلیف‌ها را انجام می‌دهند.",
        ),
        (
            "گزارش به شورا",
            "Report to the council",
            "متن نمونه: کمیته هر شش ماه به شورا گزارش می‌دهد.",
        ),
    ];
    let mut third = None;
    for (number, (heading_fa, heading_en, wording_fa)) in (1..).zip(heads) {
        let id = ArticleId::new(town.id(at));
        let add = AddArticle {
            id,
            ordinance_id,
            parent_id: None,
            kind: ArticleKind::Article,
            number,
            heading_fa: heading_fa.into(),
            heading_en: heading_en.into(),
            wording_fa: wording_fa.into(),
            wording_en: format!("Sample wording of article {number}."),
            valid_from: at.date(),
            is_sample: true,
            figures: Vec::new(),
        };
        town.agenda.add(at, secretary, add);
        if number == 3 {
            third = Some(id);
        }
    }
    let mut clauses = Vec::new();
    for (number, duty) in (1..).zip(DUTIES) {
        let id = ArticleId::new(town.id(at));
        let add = AddArticle {
            id,
            ordinance_id,
            parent_id: third,
            kind: ArticleKind::Clause,
            number,
            heading_fa: duty.heading_fa.into(),
            heading_en: duty.heading_en.into(),
            wording_fa: duty.wording_fa.into(),
            wording_en: duty.wording_en.into(),
            valid_from: at.date(),
            is_sample: true,
            figures: duty.figures.iter().map(|code| (*code).to_owned()).collect(),
        };
        town.agenda.add(at, secretary, add);
        clauses.push(id);
    }
    clauses
}

fn actions(
    town: &mut Town,
    ordinance_id: OrdinanceId,
    duties: &[ArticleId],
    at: Timestamp,
) -> Result<()> {
    let secretary = town.user("secretary");
    let programme_id = ProgrammeId::new(town.id(at));
    let programme = CreateProgramme {
        id: programme_id,
        ordinance_id,
        code: "three-years".into(),
        name_fa: "برنامهٔ سه‌ساله".into(),
        name_en: "The three years' plan".into(),
        starts_on: at.date(),
        ends_on: at.plus_days(1_095).date(),
    };
    town.agenda.add(at, secretary, programme);
    for (place, (duty, article_id)) in DUTIES.iter().zip(duties).enumerate() {
        let action_id = ActionId::new(town.id(at));
        let action = AddAction {
            id: action_id,
            programme_id,
            article_id: *article_id,
            organization_id: town.bodies.body(duty.body)?,
            code: format!("3-{}", place + 1),
            name_fa: duty.heading_fa.into(),
            name_en: duty.heading_en.into(),
            starts_on: at.date(),
            due_on: at.plus_days(duty.due_days).date(),
        };
        town.agenda.add(at, secretary, action);
        let measured = AddMilestone {
            id: MilestoneId::new(town.id(at)),
            action_id,
            name_fa: "رسیدن به اندازهٔ هدف".into(),
            name_en: "The target is reached".into(),
            due_on: at.plus_days(duty.due_days).date(),
            figure: Some((duty.target.0.into(), duty.target.1)),
        };
        town.agenda.add(at, secretary, measured);
        let started = MilestoneId::new(town.id(at));
        let start = AddMilestone {
            id: started,
            action_id,
            name_fa: "تفاهم‌نامه امضا شد".into(),
            name_en: "The agreement is signed".into(),
            due_on: at.plus_days(60).date(),
            figure: None,
        };
        town.agenda.add(at, secretary, start);
        let commitment = CommitmentId::new(town.id(at));
        let (body, unit_fa, unit_en, quantity) = duty.partner;
        let commit = AddCommitment {
            id: commitment,
            action_id,
            organization_id: town.bodies.body(body)?,
            name_fa: format!("{unit_fa} برای برنامه"),
            name_en: format!("{unit_en} for the programme"),
            quantity,
            unit_fa: unit_fa.into(),
            unit_en: unit_en.into(),
            due_on: at.plus_days(duty.due_days).date(),
        };
        town.agenda.add(at, secretary, commit);
        // One of six partners has signed nothing yet.
        if place != 3 {
            let signed = at.plus_days(40 + 9 * place as i64);
            prove(town, Proves::Milestone(started), 1, "نامهٔ ۱۲/الف", signed);
            let kept = at.plus_days(300 + 30 * place as i64);
            prove(
                town,
                Proves::Commitment(commitment),
                quantity / 2,
                "گزارش شش‌ماهه",
                kept,
            );
        }
    }
    Ok(())
}

/// Evidence given by the secretary and confirmed by the chair.
fn prove(town: &mut Town, proves: Proves, quantity: i64, reference: &str, at: Timestamp) {
    let given = Timestamp::at(workday(at.date()), 9, 50);
    let id = EvidenceId::new(town.id(given));
    let give = GiveEvidence {
        id,
        proves,
        quantity,
        note: "رسید و در پرونده است.".into(),
        reference: reference.into(),
        given_on: given.date(),
    };
    let (secretary, chair) = (town.user("secretary"), town.user("chair"));
    town.agenda.add(given, secretary, give);
    let verified = town.after(given, (2, 8), (16, 0));
    town.agenda.add(verified, chair, VerifyEvidence { id });
}

fn committee(
    town: &mut Town,
    ordinance_id: OrdinanceId,
    at: Timestamp,
) -> Result<(CommitteeId, Vec<MembershipId>)> {
    let secretary = town.user("secretary");
    let id = CommitteeId::new(town.id(at));
    let create = CreateCommittee {
        id,
        ordinance_id,
        organization_id: town.bodies.body("secretariat")?,
        code: "coordination".into(),
        name_fa: "کمیتهٔ هماهنگی".into(),
        name_en: "Coordination committee".into(),
        rules: Rules {
            voting_roles: vec![
                CommitteeRole::Chair,
                CommitteeRole::Secretary,
                CommitteeRole::Member,
            ],
            quorum_basis_points: 5_000,
            quorum_least: 3,
            is_chair_needed: true,
            meets_every_days: 90,
            reminder_days: 10,
        },
    };
    town.agenda.add(at, secretary, create);
    let mut seats = Vec::new();
    for (body, role, user, title_fa, title_en) in SEATS {
        let seat = MembershipId::new(town.id(at));
        let add = AddMember {
            id: seat,
            committee_id: id,
            organization_id: town.bodies.body(body)?,
            user_id: town.staff.get(*user).copied(),
            role: *role,
            title_fa: (*title_fa).into(),
            title_en: (*title_en).into(),
            valid_from: at.date(),
        };
        town.agenda.add(at, secretary, add);
        seats.push(seat);
    }
    Ok((id, seats))
}

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

fn first_meeting(
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
fn second_meeting(town: &mut Town, committee_id: CommitteeId) {
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

/// Duty, how long ago it was filed, what it says, the answer.
const REMINDERS: &[(usize, i64, &str, &str)] = &[
    (1, 150, "فروشگاه برج هنوز تابلو ندارد.", "تابلو نصب شد."),
    (2, 34, "ظرفیت دوره‌ها با شمار متقاضیان نمی‌خواند.", ""),
    (4, 20, "زمان رسیدن پول به سازندگان گزارش نشده است.", ""),
    (5, 4, "سهمیهٔ وام خرد اعلام نشده است.", ""),
];

fn reminders(town: &mut Town, committee_id: CommitteeId, duties: &[ArticleId]) {
    let (observer, secretary) = (town.user("observer"), town.user("secretary"));
    for (duty, days, wording, answer) in REMINDERS {
        let at = Timestamp::at(workday(town.until.plus_days(-days).date()), 12, 0);
        let id = ReminderId::new(town.id(at));
        let file = FileReminder {
            id,
            committee_id,
            article_id: Some(duties[*duty]),
            resolution_id: None,
            wording: (*wording).into(),
        };
        town.agenda.add(at, observer, file);
        if !answer.is_empty() {
            let answered = town.after(at, (4, 8), (9, 50));
            let answer = (*answer).into();
            town.agenda
                .add(answered, secretary, AnswerReminder { id, answer });
        }
    }
}
