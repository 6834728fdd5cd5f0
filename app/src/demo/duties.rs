//! The duties of the sample ordinance as articles, and the plan that carries them out with its proofs.

use db::Result;
use governance::{
    ActionId, AddAction, AddArticle, AddCommitment, AddMilestone, ArticleId, ArticleKind,
    CommitmentId, CreateProgramme, EvidenceId, GiveEvidence, MilestoneId, OrdinanceId, ProgrammeId,
    Proves, VerifyEvidence,
};
use persian::Timestamp;

use super::plans;
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

pub(super) fn articles(
    town: &mut Town,
    ordinance_id: OrdinanceId,
    at: Timestamp,
) -> Vec<ArticleId> {
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

pub(super) fn actions(
    town: &mut Town,
    ordinance_id: OrdinanceId,
    duties: &[ArticleId],
    at: Timestamp,
) -> Result<()> {
    let secretary = town.user("secretary");
    let mut made = Vec::new();
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
        made.push(action_id);
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
    let targets: Vec<_> = DUTIES.iter().map(|duty| duty.target).collect();
    plans::details(town, &made, &targets, at)
}

/// Evidence given by the secretary and confirmed by the chair.
pub(super) fn prove(
    town: &mut Town,
    proves: Proves,
    quantity: i64,
    reference: &str,
    at: Timestamp,
) {
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
