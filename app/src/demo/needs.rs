//! What makers lack and companies with knowledge could solve.

use db::Result;
use demand::{
    AcceptOffer, DeclineOffer, EndPilot, MakeOffer, NeedId, OfferId, PilotId, PilotResult,
    RaiseNeed, StartPilot,
};
use makers::ProductId;
use money::Rial;
use persian::Timestamp;

use super::town::{Town, workday};

/// A need with the offer it got and what the trial showed.
struct Story {
    title: &'static str,
    description: &'static str,
    craft: &'static str,
    raised: i64,
    company: &'static str,
    offer: &'static str,
    cost: i64,
    measure: (&'static str, &'static str, i64),
    /// How far it came: 0 raised, 1 offered, 2 in trial, 3 ended with this outcome.
    reached: u8,
    outcome: (PilotResult, i64, &'static str),
}

const STORIES: &[Story] = &[
    Story {
        title: "ترشی فقط سه هفته می‌ماند",
        description: "ترشی خانگی در قفسه پس از سه هفته رنگ و مزه عوض می‌کند. راهی می‌خواهیم که بی مادهٔ نگهدارنده ماندگارتر شود.",
        craft: "ترشی و مربا",
        raised: 300,
        company: "mandegar",
        offer: "شیشه‌ها را با آب داغ پر و وکیوم می‌کنیم؛ دستگاه کوچک در مرکز می‌ماند.",
        cost: 900_000_000,
        measure: ("ماندگاری در قفسه", "روز", 21),
        reached: 3,
        outcome: (
            PilotResult::Solved,
            120,
            "پس از چهار ماه رنگ، مزه و آزمایش میکروبی درست بود.",
        ),
    },
    Story {
        title: "رنگ طبیعی پشم در شست‌وشو می‌رود",
        description: "گلیم‌هایی که با رنگ گیاهی بافته می‌شوند پس از دو بار شستن کم‌رنگ می‌شوند.",
        craft: "گلیم‌بافی",
        raised: 210,
        company: "ranggiah",
        offer: "دندانهٔ معدنی بی‌خطر با دستور کار ساده.",
        cost: 400_000_000,
        measure: ("ثبات رنگ", "بار شست‌وشو", 2),
        reached: 3,
        outcome: (
            PilotResult::Partly,
            8,
            "رنگ‌های روشن بهتر شد؛ لاجوردی هنوز نه.",
        ),
    },
    Story {
        title: "لعاب سفال ترک می‌خورد",
        description: "از هر ده کاسه دو تا در کوره ترک برمی‌دارد.",
        craft: "سفال‌گری",
        raised: 75,
        company: "hamsanj",
        offer: "اندازه‌گیری دمای کوره و برنامهٔ سرد کردن.",
        cost: 250_000_000,
        measure: ("کاسهٔ سالم", "از ده", 8),
        reached: 2,
        outcome: (PilotResult::Solved, 10, ""),
    },
    Story {
        title: "نان خانگی زود خشک می‌شود",
        description: "نان محلی پس از یک روز خشک است و بسته‌بندی هم عرق می‌کند.",
        craft: "نان محلی",
        raised: 40,
        company: "mandegar",
        offer: "پاکت کاغذی با روکش گیاهی.",
        cost: 180_000_000,
        measure: ("نرمی", "روز", 1),
        reached: 1,
        outcome: (PilotResult::NotSolved, 1, ""),
    },
    Story {
        title: "اندازهٔ یکسان برای روپوش مدرسه",
        description: "هر خیاط الگوی خودش را دارد و مشتری نمی‌داند کدام اندازه است.",
        craft: "خیاطی",
        raised: 12,
        company: "",
        offer: "",
        cost: 0,
        measure: ("", "", 0),
        reached: 0,
        outcome: (PilotResult::Solved, 0, ""),
    },
];

/// Plans them all; the first is about the told pickle maker's product.
pub fn plan(town: &mut Town, pickle: Option<ProductId>) -> Result<()> {
    let (worker, company) = (town.user("worker"), town.user("company"));
    for story in STORIES {
        let raised = Timestamp::at(workday(town.until.plus_days(-story.raised).date()), 15, 20);
        let need = NeedId::new(town.id(raised));
        let raise = RaiseNeed {
            id: need,
            organization_id: town.bodies.body("welfare")?,
            title: story.title.into(),
            description: story.description.into(),
            product_id: pickle.filter(|_| story.raised == 300).map(ProductId::get),
            craft: story.craft.into(),
        };
        town.agenda.add(raised, worker, raise);
        if story.reached == 0 {
            continue;
        }
        let offered = town.after(raised, (6, 10), (15, 20));
        let offer = OfferId::new(town.id(offered));
        let make = MakeOffer {
            id: offer,
            need,
            organization: town.bodies.body(story.company)?,
            description: story.offer.into(),
            cost: Rial::new(story.cost),
            reward: Rial::new(story.cost / 10),
            days: 90,
        };
        town.agenda.add(offered, company, make);
        let rival = OfferId::new(town.id(offered));
        if story.reached == 3 {
            let make = MakeOffer {
                id: rival,
                need,
                organization: town.bodies.body("hamsanj")?,
                description: "آزمون کامل در آزمایشگاه و گزارش.".into(),
                cost: Rial::new(story.cost * 2),
                reward: Rial::ZERO,
                days: 180,
            };
            town.agenda.add(offered, company, make);
        }
        if story.reached == 1 {
            continue;
        }
        let accepted = town.after(offered, (5, 9), (15, 20));
        if story.reached == 3 {
            town.agenda
                .add(accepted, worker, DeclineOffer { id: rival });
        }
        town.agenda.add(accepted, worker, AcceptOffer { id: offer });
        let started = town.after(accepted, (3, 6), (15, 20));
        let pilot = PilotId::new(town.id(started));
        let (measure, unit, baseline) = story.measure;
        let start = StartPilot {
            id: pilot,
            offer,
            starts_on: started.date(),
            ends_on: started.plus_days(90).date(),
            measure: measure.into(),
            unit: unit.into(),
            baseline,
        };
        town.agenda.add(started, worker, start);
        if story.reached == 2 {
            continue;
        }
        let ended = town.after(started, (88, 95), (15, 20));
        let (result, outcome, description) = story.outcome;
        let end = EndPilot {
            id: pilot,
            result,
            outcome,
            description: description.into(),
        };
        town.agenda.add(ended, worker, end);
    }
    Ok(())
}
