//! The invented city's centres, workshops, shops and offices, and what everybody is told of them.

use db::{Origin, Result};
use organizations::places::{Days, Hours, ShowPlace};
use organizations::{CreatePlace, PlaceId, PlaceKind};
use persian::Date;
use web::City;

use super::bodies::Bodies;

/// Code, body, kind, Persian name, English name, region, trade, capacity.
type PlaceRow = (
    &'static str,
    &'static str,
    PlaceKind,
    &'static str,
    &'static str,
    i64,
    &'static str,
    i64,
);

const PLACES: &[PlaceRow] = &[
    (
        "S1",
        "dastafarin",
        PlaceKind::Shop,
        "دست‌آفرین باغ",
        "Dast-Afarin Bagh",
        3,
        "",
        0,
    ),
    (
        "S2",
        "dastafarin",
        PlaceKind::Shop,
        "دست‌آفرین بازار",
        "Dast-Afarin Bazaar",
        12,
        "",
        0,
    ),
    (
        "S3",
        "dastafarin",
        PlaceKind::Shop,
        "دست‌آفرین رود",
        "Dast-Afarin Rood",
        17,
        "",
        0,
    ),
    (
        "S4",
        "dastafarin",
        PlaceKind::Shop,
        "دست‌آفرین کاج",
        "Dast-Afarin Kaj",
        8,
        "",
        0,
    ),
    (
        "S5",
        "dastafarin",
        PlaceKind::Shop,
        "دست‌آفرین برج",
        "Dast-Afarin Borj",
        22,
        "",
        0,
    ),
    (
        "K1",
        "women",
        PlaceKind::Centre,
        "کوثر نرگس",
        "Kowsar Narges",
        5,
        "خیاطی",
        24,
    ),
    (
        "K2",
        "women",
        PlaceKind::Centre,
        "کوثر یاس",
        "Kowsar Yas",
        11,
        "بسته‌بندی خشکبار",
        18,
    ),
    (
        "K3",
        "women",
        PlaceKind::Centre,
        "کوثر لاله",
        "Kowsar Laleh",
        15,
        "چرم‌دوزی",
        16,
    ),
    (
        "K4",
        "women",
        PlaceKind::Centre,
        "کوثر شقایق",
        "Kowsar Shaghayegh",
        19,
        "نان محلی",
        12,
    ),
    (
        "K5",
        "women",
        PlaceKind::Centre,
        "کوثر پونه",
        "Kowsar Pooneh",
        20,
        "عروسک‌سازی",
        14,
    ),
    (
        "T1",
        "welfare",
        PlaceKind::Centre,
        "توتیای شمال",
        "Tutia North",
        2,
        "آموزش و مشاوره",
        40,
    ),
    (
        "T2",
        "welfare",
        PlaceKind::Centre,
        "توتیای مرکز",
        "Tutia Centre",
        12,
        "آموزش و مشاوره",
        60,
    ),
    (
        "T3",
        "welfare",
        PlaceKind::Centre,
        "توتیای جنوب",
        "Tutia South",
        16,
        "آموزش و مشاوره",
        40,
    ),
    (
        "E1",
        "welfare",
        PlaceKind::Centre,
        "مرکز توانمندسازی غرب",
        "Empowerment centre West",
        9,
        "توانمندسازی",
        50,
    ),
    (
        "E2",
        "welfare",
        PlaceKind::Centre,
        "مرکز توانمندسازی شرق",
        "Empowerment centre East",
        14,
        "توانمندسازی",
        50,
    ),
    (
        "E3",
        "recovery",
        PlaceKind::Centre,
        "خانهٔ سپیده",
        "Sepideh house",
        18,
        "کاردرمانی",
        30,
    ),
    (
        "H1",
        "health",
        PlaceKind::Office,
        "مرکز بهداشت میدان",
        "Health centre at the square",
        12,
        "",
        0,
    ),
    (
        "L1",
        "labour",
        PlaceKind::Office,
        "دفتر مشاغل خانگی",
        "Home-business office",
        6,
        "",
        0,
    ),
    (
        "M1",
        "training",
        PlaceKind::Office,
        "کارگاه‌های مهر",
        "Mehr workshops",
        11,
        "",
        0,
    ),
];

/// Place, street, hours of the week and of Thursday, in minutes of the day.
type FaceRow = (&'static str, &'static str, (i64, i64), Option<(i64, i64)>);

/// What everybody is told of places. Empowerment centres and the recovery house are not here:
/// being seen at their door says something of people.
const FACES: &[FaceRow] = &[
    (
        "S1",
        "خیابان باغ، نبش کوچهٔ نارون",
        (600, 1200),
        Some((600, 1200)),
    ),
    ("S2", "بازار، سرای گلشن", (570, 1080), Some((570, 840))),
    ("S3", "خیابان رود، پلاک ۱۱", (600, 1200), Some((600, 1200))),
    ("S4", "میدان کاج", (600, 1260), Some((600, 1260))),
    ("S5", "پای برج، طبقهٔ همکف", (600, 1320), Some((600, 1320))),
    ("K1", "خیابان نرگس، پلاک ۴", (480, 960), None),
    ("K2", "کوی یاس", (480, 960), None),
    ("K3", "خیابان لاله، پلاک ۲۰", (480, 960), None),
    ("K4", "کوی شقایق", (420, 900), None),
    ("K5", "خیابان پونه", (480, 960), None),
    ("T1", "بلوار شمالی", (480, 1020), Some((480, 780))),
    ("T2", "میدان مرکز", (480, 1020), Some((480, 780))),
    ("T3", "خیابان جنوب", (480, 1020), Some((480, 780))),
    ("H1", "میدان مرکز، روبه‌روی پارک", (450, 840), None),
    ("L1", "خیابان کوشش، پلاک ۱۲", (450, 840), None),
    ("M1", "کوی دانش", (480, 1020), Some((480, 780))),
];

/// Makes them all, valid from `since`.
pub async fn make(city: &City, origin: &Origin, made: &mut Bodies, since: Date) -> Result<()> {
    for (code, body, kind, name_fa, name_en, region, trade, capacity) in PLACES {
        let command = CreatePlace {
            id: PlaceId::new(city.db.new_id()),
            organization_id: made.body(body)?,
            kind: *kind,
            code: (*code).to_owned(),
            name_fa: (*name_fa).to_owned(),
            name_en: (*name_en).to_owned(),
            region: *region,
            address: String::new(),
            trade: (*trade).to_owned(),
            capacity: *capacity,
            valid_from: since,
        };
        made.places.insert(code, command.id);
        city.db.write(origin, command).await?;
    }
    Ok(())
}

/// Opens to the public those that may be seen.
pub async fn open(city: &City, origin: &Origin, made: &Bodies) -> Result<()> {
    for (code, address, week, thursday) in FACES {
        let trade = PLACES.iter().find(|row| row.0 == *code);
        let span = |days: Days, (opens, closes): (i64, i64)| Hours {
            days,
            opens,
            closes,
        };
        let mut hours = vec![span(Days::Week, *week)];
        hours.extend(thursday.map(|hours| span(Days::Thursday, hours)));
        let show = ShowPlace {
            id: made.place(code)?,
            address: (*address).to_owned(),
            trade: trade.map_or(String::new(), |row| row.6.to_owned()),
            is_listed: true,
            hours,
        };
        city.db.write(origin, show).await?;
    }
    Ok(())
}
