//! The council's side: ordinance, committee, what it wants to hear of, and what it is reminded of.

use db::Result;
use governance::{
    AddMember, AnswerReminder, ArticleId, CommitteeId, CommitteeRole, CreateCommittee,
    CreateOrdinance, FileReminder, InstrumentKind, Majority, MembershipId, OrdinanceId, ReminderId,
    Rules,
};
use indicators::SetRange;
use persian::Timestamp;

use super::town::{Town, workday};
use super::{duties, law, meetings};

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
        kind: InstrumentKind::Ordinance,
        code: "home-business".into(),
        title_fa: "مصوبهٔ نمونهٔ حمایت از کسب‌وکارهای خانگی".into(),
        title_en: "Sample ordinance in support of home businesses".into(),
        passed_on: at.plus_days(-40).date(),
        notified_on: at.date(),
        compliance_over_on: at.plus_days(1_095).date(),
        is_sample: true,
    };
    town.agenda.add(at, secretary, create);
    let duties = duties::articles(town, ordinance_id, at);
    law::beside(town, ordinance_id, at);
    duties::actions(town, ordinance_id, &duties, at)?;
    let committee = committee(town, ordinance_id, at)?;
    meetings::substitute(town, committee.1[3], at);
    meetings::first_meeting(town, committee.0, &committee.1, &duties)?;
    meetings::working_group(town, ordinance_id, committee.0)?;
    meetings::second_meeting(town, committee.0);
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
        parent_id: None,
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
            majority: Majority::Present,
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
