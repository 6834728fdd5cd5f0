//! What makers are praised for: stories told with their consent, help given, a year's awards.

use db::Result;
use makers::awards::SettleYear;
use makers::levels::RecordHelp;
use makers::stories::texts::{ApproveStory, StoryTextId, WriteStory};
use persian::{Jalali, Timestamp};

use super::goods::Stall;
use super::pictures::Pictures;
use super::town::{Town, workday};

/// The told makers' own words, in the order of their telling.
const WORDS: [(&str, &str); 3] = [
    (
        "ترشی انداختن را از مادرم یاد گرفتم. امروز شیشه‌هایم در چند فروشگاه است و هر هفته تازه می‌پزم.",
        "I learned pickling from my mother. Today my jars stand in several shops, and I cook afresh every week.",
    ),
    (
        "هر گلیم برای من یک ماه کار است. رنگ‌ها را خودم از گیاه می‌گیرم و نقش‌ها از دشت کودکی من است.",
        "Each kilim is a month of work. I draw the colours from plants, and the patterns come from the plain of my childhood.",
    ),
    (
        "گِل زیر دست آرام می‌شود و من هم. کاسه‌هایم ساده‌اند؛ دوست دارم هر روز سر سفره باشند.",
        "Clay grows calm under the hand, and so do I. My bowls are plain; I like them on the table every day.",
    ),
];

/// What one maker taught another.
const HELP: [&str; 3] = [
    "پختن و بستن در شیشه",
    "حساب قیمت تمام‌شده",
    "عکس گرفتن از کالا",
];

/// Plans it all for those who have a stall.
pub fn plan(town: &mut Town, stalls: &[Stall]) -> Result<()> {
    let mut pictures = Pictures::default();
    let (writer, approver) = (town.user("manager"), town.user("product"));
    let told = stalls.iter().filter(|stall| stall.maker.is_told);
    for (stall, (text_fa, text_en)) in told.zip(WORDS) {
        let written = Timestamp::at(workday(stall.ready.plus_days(40).date()), 12, 50);
        if written.plus_days(4) >= town.until {
            continue;
        }
        let id = StoryTextId::new(town.id(written));
        let photo = match stall.wares.first() {
            Some(ware) => Some(pictures.of(ware.good.category, 2)?),
            None => None,
        };
        let story = WriteStory {
            id,
            contact_id: stall.maker.contact,
            text_fa: text_fa.into(),
            text_en: text_en.into(),
            pictures: photo.map(WriteStory::pictures),
        };
        town.agenda.add(written, writer, story);
        let approved = town.after(written, (1, 3), (13, 20));
        town.agenda.add(approved, approver, ApproveStory { id });
    }
    help(town, stalls);
    awards(town);
    Ok(())
}

/// The first maker teaches two others; one more has taught one.
fn help(town: &mut Town, stalls: &[Stall]) {
    let manager = town.user("manager");
    let pairs = [(0, 3), (0, 4), (1, 5)];
    for ((helper, helped), what) in pairs.into_iter().zip(HELP) {
        let (Some(helper), Some(helped)) = (stalls.get(helper), stalls.get(helped)) else {
            continue;
        };
        let day = workday(town.until.plus_days(-70).date());
        let at = Timestamp::at(day, 12, 55);
        let record = RecordHelp {
            id: town.id(at),
            helper: helper.maker.contact,
            helped: helped.maker.contact,
            what: what.into(),
            helped_on: day,
        };
        town.agenda.add(at, manager, record);
    }
}

/// The list of every whole year of the history is settled in the spring after it.
fn awards(town: &mut Town) {
    let approver = town.user("product");
    let first = Jalali::from(town.since.date()).year + 1;
    let this = Jalali::from(town.until.date()).year;
    for year in first..this {
        let Ok(spring) = Jalali::new(year + 1, 1, 20) else {
            continue;
        };
        let at = Timestamp::at(workday(spring.to_date()), 13, 40);
        if at < town.until {
            let year = i64::from(year);
            town.agenda.add(at, approver, SettleYear { year });
        }
    }
}
