//! What stands beside the sample ordinance: the sister ordinance, the national law, an instruction,
//! and who cites which article. All wordings are samples.

use casework::citations::{CiteArticle, Cites};
use governance::{
    AddArticle, ArticleId, ArticleKind, CreateOrdinance, InstrumentKind, OrdinanceId,
    RelateOrdinances, RelationKind, RepealArticle,
};
use persian::Timestamp;

use super::town::{Town, workday};

/// An instrument: kind, code, titles, how it stands to the ordinance, and its articles (headings in
/// Persian and English, wording in Persian).
struct Instrument {
    kind: InstrumentKind,
    code: &'static str,
    title_fa: &'static str,
    title_en: &'static str,
    articles: &'static [(&'static str, &'static str, &'static str)],
}

const INSTRUMENTS: &[Instrument] = &[
    Instrument {
        kind: InstrumentKind::Sister,
        code: "women-plan",
        title_fa: "طرح جامع نمونهٔ زنان سرپرست خانوار",
        title_en: "Sample comprehensive plan for women heads of household",
        articles: &[
            (
                "شناسایی",
                "Finding them",
                "متن نمونه: زنان سرپرست خانوار در هر محله شناخته می‌شوند و پرونده‌ای یکتا دارند.",
            ),
            (
                "وام بی‌ضامن",
                "Loans without a guarantor",
                "متن نمونه: صندوق وام خرد را با ضمانت گروهی می‌دهد.",
            ),
            (
                "غرفه و بازارچه",
                "Booths and bazaars",
                "متن نمونه: سهمی از غرفه‌های بازارچه‌ها به آنان داده می‌شود.",
            ),
            (
                "ضمانت گروهی",
                "Group guarantee",
                "متن نمونه: گروه‌های همیار به جای ضامن، بازپرداخت را بر عهده می‌گیرند.",
            ),
        ],
    },
    Instrument {
        kind: InstrumentKind::Law,
        code: "home-business-law",
        title_fa: "قانون نمونهٔ ساماندهی مشاغل خانگی",
        title_en: "Sample national law of home businesses",
        articles: &[
            (
                "تعریف",
                "Definition",
                "متن نمونه: شغل خانگی کاری است که افراد خانواده در خانه و با مجوز انجام می‌دهند.",
            ),
            (
                "مجوز",
                "Licence",
                "متن نمونه: مجوز در دو هفته و با دو امضا داده می‌شود.",
            ),
            (
                "حمایت",
                "Support",
                "متن نمونه: دستگاه‌ها آموزش، وام و جای فروش را هماهنگ می‌کنند.",
            ),
        ],
    },
    Instrument {
        kind: InstrumentKind::Instruction,
        code: "consignment-instruction",
        title_fa: "دستورالعمل نمونهٔ امانت و تسویه",
        title_en: "Sample instruction on consignment and settlement",
        articles: &[(
            "تسویه",
            "Settlement",
            "متن نمونه: سهم سازنده دست‌کم ماهی یک بار پرداخت می‌شود.",
        )],
    },
];

/// What cites which article.
const CITATIONS: &[(Cites, &str, &str)] = &[
    (
        Cites::PackageTemplate,
        "woman_head_of_household",
        "women-plan/art_3",
    ),
    (
        Cites::PackageTemplate,
        "person_with_disability",
        "home-business/art_3__cl_6",
    ),
    (
        Cites::PackageTemplate,
        "recovered_person",
        "home-business/art_3__cl_6",
    ),
    (
        Cites::PackageTemplate,
        "low_income",
        "home-business/art_3__cl_6",
    ),
    (Cites::BudgetLine, "training", "home-business/art_3__cl_3"),
    (Cites::BudgetLine, "licensing", "home-business-law/art_2"),
    (Cites::BudgetLine, "marketing", "home-business/art_3__cl_5"),
];

pub(super) fn beside(town: &mut Town, ordinance: OrdinanceId, at: Timestamp) {
    let secretary = town.user("secretary");
    for instrument in INSTRUMENTS {
        let id = OrdinanceId::new(town.id(at));
        // All of them were there before the ordinance.
        let passed = at.plus_days(-900).date();
        let create = CreateOrdinance {
            id,
            kind: instrument.kind,
            code: instrument.code.into(),
            title_fa: instrument.title_fa.into(),
            title_en: instrument.title_en.into(),
            passed_on: passed,
            notified_on: passed,
            compliance_over_on: passed,
            is_sample: true,
        };
        town.agenda.add(at, secretary, create);
        let mut articles = Vec::new();
        for (number, (heading_fa, heading_en, wording_fa)) in (1..).zip(instrument.articles) {
            let article = ArticleId::new(town.id(at));
            let add = AddArticle {
                id: article,
                ordinance_id: id,
                parent_id: None,
                kind: ArticleKind::Article,
                number,
                heading_fa: (*heading_fa).into(),
                heading_en: (*heading_en).into(),
                wording_fa: (*wording_fa).into(),
                wording_en: format!("Sample wording of article {number}."),
                valid_from: passed,
                is_sample: true,
                figures: Vec::new(),
            };
            town.agenda.add(at, secretary, add);
            articles.push(article);
        }
        let (from_id, to_id, kind) = match instrument.kind {
            InstrumentKind::Sister => (id, ordinance, RelationKind::SisterOf),
            InstrumentKind::Instruction => (id, ordinance, RelationKind::Under),
            _ => (ordinance, id, RelationKind::Under),
        };
        let relate = RelateOrdinances {
            id: town.id(at),
            from_id,
            to_id,
            kind,
        };
        town.agenda.add(at, secretary, relate);
        // The article on loans made room for the one on group guarantees.
        if let (InstrumentKind::Sister, [_, loans, _, guarantee]) = (instrument.kind, &articles[..])
        {
            let day = Timestamp::at(workday(town.until.plus_days(-200).date()), 9, 50);
            let repeal = RepealArticle {
                article_id: *loans,
                repealed_on: day.date(),
                successor_id: Some(*guarantee),
            };
            town.agenda.add(day, secretary, repeal);
        }
    }
    let admin = town.user("admin");
    for (kind, code, article_ref) in CITATIONS {
        let cite = CiteArticle {
            kind: *kind,
            code: (*code).into(),
            article_ref: (*article_ref).into(),
        };
        town.agenda.add(at.plus_seconds(600), admin, cite);
    }
}
