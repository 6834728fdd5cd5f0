//! What the invented city's services are, for whom and what to bring, and what their bodies said of
//! their places.

use db::{Origin, Result};
use money::Rial;
use organizations::services::agreements::RecordAgreement;
use organizations::services::capacity::TellCapacity;
use organizations::services::capacity::questions::AskCapacity;
use organizations::services::details::{
    DescribeService, Description, Document, Eligibility, Fee, FeeKind, Schedule, ServedGender,
    ServiceKind,
};
use organizations::services::quality::CheckService;
use persian::{Date, Timestamp};
use web::City;

use super::bodies::Bodies;
use super::town::{Town, workday};

/// What is told of a service.
struct Told {
    body: &'static str,
    code: &'static str,
    kind: ServiceKind,
    about: (&'static str, &'static str),
    /// Youngest and oldest age; none of both says that it is for all.
    ages: (Option<i64>, Option<i64>),
    groups: &'static [&'static str],
    note: (&'static str, &'static str),
    papers: &'static [(&'static str, &'static str)],
    /// Rials, or words.
    fee: (i64, (&'static str, &'static str)),
    hours: (&'static str, &'static str, &'static str, (i64, i64)),
    regions: &'static [i64],
}

const CARD: (&str, &str) = ("کارت ملی", "National card");
const WEEK: &str = "FREQ=WEEKLY;BYDAY=SA,SU,MO,TU,WE";

/// Bodies' services in plain words. That of the welfare desk for supporters is between bodies and
/// told to nobody else.
const TOLD: &[Told] = &[
    Told {
        body: "health",
        code: "food_approval",
        kind: ServiceKind::Approval,
        about: (
            "کارشناس بهداشت آشپزخانهٔ خانه را می‌بیند و کارت بهداشت می‌دهد. با آن خوراک خانگی را می‌فروشید.",
            "A health officer visits the kitchen at home and issues a health card, with which home-made food is sold.",
        ),
        ages: (Some(18), None),
        groups: &[],
        note: ("خوراک را در خانهٔ خود می‌پزید.", "You cook in your own home."),
        papers: &[CARD, ("دو قطعه عکس", "Two photographs")],
        fee: (0, ("", "")),
        hours: (
            "شنبه تا چهارشنبه، پیش از ظهر",
            "Saturday to Wednesday, mornings",
            WEEK,
            (480, 780),
        ),
        regions: &[],
    },
    Told {
        body: "heritage",
        code: "craft_approval",
        kind: ServiceKind::Approval,
        about: (
            "کارشناس رشته، نمونهٔ کار شما را می‌بیند و رشتهٔ صنایع دستی‌تان را تأیید می‌کند.",
            "An expert looks at a sample of your work and approves your craft.",
        ),
        ages: (None, None),
        groups: &[],
        note: ("", ""),
        papers: &[CARD, ("سه نمونه از کار خود", "Three samples of your work")],
        fee: (0, ("", "")),
        hours: (
            "یکشنبه و سه‌شنبه",
            "Sundays and Tuesdays",
            "FREQ=WEEKLY;BYDAY=SU,TU",
            (510, 750),
        ),
        regions: &[],
    },
    Told {
        body: "labour",
        code: "home_licence",
        kind: ServiceKind::Licence,
        about: (
            "مجوز کار در خانه صادر می‌شود. با این مجوز می‌توانید قرارداد فروش ببندید و وام بگیرید.",
            "A licence to work at home. With it you can sign agreements of sale and apply for a loan.",
        ),
        ages: (Some(18), None),
        groups: &[],
        note: (
            "کار در خانهٔ خودتان انجام می‌شود.",
            "The work is done in your own home.",
        ),
        papers: &[
            CARD,
            ("شناسنامه", "Birth certificate"),
            ("تأیید رشته یا کارت بهداشت", "Craft approval or health card"),
        ],
        fee: (0, ("", "")),
        hours: (
            "شنبه تا چهارشنبه",
            "Saturday to Wednesday",
            WEEK,
            (450, 840),
        ),
        regions: &[],
    },
    Told {
        body: "training",
        code: "training",
        kind: ServiceKind::Training,
        about: (
            "دورهٔ عملی مهارت و فروش با گواهی. کلاس‌ها کوچک است و مهدکودک دارد.",
            "A practical course in skills and selling, with a certificate. Small groups, with child care.",
        ),
        ages: (Some(18), Some(65)),
        groups: &["woman_head_of_household", "low_income", "recovered_person"],
        note: ("", ""),
        papers: &[CARD],
        fee: (
            0,
            (
                "هزینهٔ دوره را برنامه می‌دهد.",
                "The programme pays for the course.",
            ),
        ),
        hours: (
            "شنبه و دوشنبه، بعدازظهر",
            "Saturday and Monday afternoons",
            "FREQ=WEEKLY;BYDAY=SA,MO",
            (840, 1020),
        ),
        regions: &[5, 9, 11, 12, 15],
    },
    Told {
        body: "academy",
        code: "training",
        kind: ServiceKind::Training,
        about: (
            "دورهٔ کسب‌وکار خانگی: حساب و کتاب، بسته‌بندی و فروش.",
            "A course in running a home business: accounts, packaging and selling.",
        ),
        ages: (None, None),
        groups: &[],
        note: ("", ""),
        papers: &[CARD],
        fee: (1_500_000, ("", "")),
        hours: ("پنجشنبه‌ها", "Thursdays", "FREQ=WEEKLY;BYDAY=TH", (540, 720)),
        regions: &[],
    },
    Told {
        body: "fund",
        code: "loan",
        kind: ServiceKind::Finance,
        about: (
            "وام خرد برای خرید ابزار و مواد، با ضمانت گروهی.",
            "A small loan for tools and materials, guaranteed by a group.",
        ),
        ages: (Some(18), None),
        groups: &["woman_head_of_household", "low_income"],
        note: ("مجوز کار خانگی دارید.", "You hold a home-business licence."),
        papers: &[
            CARD,
            ("مجوز مشاغل خانگی", "Home-business licence"),
            ("برگهٔ طرح", "The plan, on one page"),
        ],
        fee: (-1, ("کارمزد چهار درصد در سال", "Four percent a year")),
        hours: (
            "شنبه تا چهارشنبه",
            "Saturday to Wednesday",
            WEEK,
            (480, 810),
        ),
        regions: &[],
    },
    Told {
        body: "rehabilitation",
        code: "equipment",
        kind: ServiceKind::Equipment,
        about: (
            "ابزار کار را با توان دست و تن شما جور می‌کنند.",
            "Tools are fitted to what your hands and body can do.",
        ),
        ages: (None, None),
        groups: &["person_with_disability"],
        note: ("", ""),
        papers: &[
            CARD,
            (
                "نظر پزشک یا کاردرمانگر",
                "A note of the doctor or therapist",
            ),
        ],
        fee: (0, ("", "")),
        hours: (
            "یکشنبه تا سه‌شنبه",
            "Sunday to Tuesday",
            "FREQ=WEEKLY;BYDAY=SU,MO,TU",
            (510, 780),
        ),
        regions: &[],
    },
];

impl Told {
    fn description(&self) -> Description {
        let (amount, words) = self.fee;
        let kind = match amount {
            ..0 => FeeKind::Text,
            0 => FeeKind::None,
            _ => FeeKind::Amount,
        };
        let (from, to) = self.ages;
        let is_narrow = from.is_some() || to.is_some() || !self.groups.is_empty();
        let (text_fa, text_en, rule, (opens, closes)) = self.hours;
        let paper = |(fa, en): &(&str, &str)| Document {
            name_fa: (*fa).to_owned(),
            name_en: (*en).to_owned(),
        };
        Description {
            kind: self.kind,
            is_listed: true,
            about_fa: self.about.0.to_owned(),
            about_en: self.about.1.to_owned(),
            eligibility: Eligibility {
                is_for_all: !is_narrow,
                age_from: from,
                age_to: to,
                gender: ServedGender::Any,
                groups: self.groups.iter().map(|code| (*code).to_owned()).collect(),
                note_fa: self.note.0.to_owned(),
                note_en: self.note.1.to_owned(),
            },
            asks_no_documents: false,
            documents: self.papers.iter().map(paper).collect(),
            fee: Fee {
                kind,
                amount: (kind == FeeKind::Amount).then(|| Rial::new(amount)),
                text_fa: words.0.to_owned(),
                text_en: words.1.to_owned(),
            },
            schedule: Schedule {
                text_fa: text_fa.to_owned(),
                text_en: text_en.to_owned(),
                rule: rule.to_owned(),
                opens: Some(opens),
                closes: Some(closes),
            },
            regions: self.regions.to_vec(),
        }
    }
}

/// Describes them, with an agreement on sharing data for each but the last.
pub async fn describe(city: &City, origin: &Origin, made: &Bodies, since: Date) -> Result<()> {
    let until = since.checked_add_months(chrono::Months::new(36));
    for (place, told) in TOLD.iter().enumerate() {
        let id = made.service(told.body, told.code)?;
        let command = DescribeService {
            id,
            check_days: 90,
            description: told.description(),
        };
        city.db.write(origin, command).await?;
        if place + 1 < TOLD.len() {
            let agreement = RecordAgreement {
                id: city.db.new_id(),
                service_id: id,
                number: format!("DS-{}", 101 + place),
                valid_from: since,
                valid_until: until.unwrap_or(since),
            };
            city.db.write(origin, agreement).await?;
        }
    }
    Ok(())
}

/// Body, service, who tells its places, free places, days of waiting, and how many days before the
/// end it was told last.
type Room = (
    &'static str,
    &'static str,
    &'static str,
    i64,
    Option<i64>,
    i64,
);

/// What the labour office said is old by the end, and shown as unknown.
const ROOM: &[Room] = &[
    ("health", "food_approval", "health", 6, Some(9), 3),
    ("training", "training", "training", 11, Some(12), 5),
    ("labour", "home_licence", "labour", 20, None, 40),
    ("academy", "training", "secretary", 0, Some(45), 8),
];

/// Plans what bodies say of their places, who looks whether the entries are true, and two questions
/// of which one still waits.
pub fn plan(town: &mut Town) -> Result<()> {
    for (body, code, user, places_free, waiting_days, before) in ROOM {
        let service_id = town.bodies.service(body, code)?;
        for (days, places_free) in [(before + 60, places_free + 2), (*before, *places_free)] {
            let day = workday(town.until.plus_days(-days).date());
            let at = Timestamp::at(day, 10, 5);
            let command = TellCapacity {
                id: town.id(at),
                service_id,
                places_free,
                waiting_days: *waiting_days,
            };
            let user = town.user(user);
            town.agenda.add(at, user, command);
        }
    }
    let secretary = town.user("secretary");
    for (place, told) in (0_i64..).zip(TOLD.iter().take(5)) {
        let id = town.bodies.service(told.body, told.code)?;
        let day = workday(town.until.plus_days(-20 - 12 * place).date());
        let at = Timestamp::at(day, 10, 10);
        town.agenda.add(at, secretary, CheckService { id });
    }
    let worker = town.user("worker");
    // The health centre answers with what it tells next; the fund has not said anything.
    for (body, code, before) in [("health", "food_approval", 8), ("fund", "loan", 2)] {
        let at = Timestamp::at(workday(town.until.plus_days(-before).date()), 10, 15);
        let question = AskCapacity {
            id: town.id(at),
            service_id: town.bodies.service(body, code)?,
            asked_by_body: town.bodies.body("welfare")?,
        };
        town.agenda.add(at, worker, question);
    }
    Ok(())
}
