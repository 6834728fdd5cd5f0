//! The invented city's bodies, places and services.

use std::collections::BTreeMap;

use db::{Origin, Result};
use organizations::{
    CreateOrganization, CreatePlace, CreateService, OrganizationId, OrganizationKind as Kind,
    PlaceId, PlaceKind, ServiceId,
};
use persian::Date;
use web::City;

/// What the rest of the demo needs of the bodies, by code.
#[derive(Default)]
pub struct Bodies {
    /// Bodies.
    pub organizations: BTreeMap<&'static str, OrganizationId>,
    /// Places.
    pub places: BTreeMap<&'static str, PlaceId>,
    /// Services, by body and code.
    pub services: BTreeMap<(&'static str, &'static str), ServiceId>,
}

impl Bodies {
    /// The body of a code that [`BODIES`] lists.
    pub fn body(&self, code: &str) -> Result<OrganizationId> {
        self.organizations
            .get(code)
            .copied()
            .ok_or_else(|| db::Error::other(format!("no body {code}")))
    }

    /// The place of a code.
    pub fn place(&self, code: &str) -> Result<PlaceId> {
        self.places
            .get(code)
            .copied()
            .ok_or_else(|| db::Error::other(format!("no place {code}")))
    }

    /// A body's service.
    pub fn service(&self, body: &str, code: &str) -> Result<ServiceId> {
        self.services
            .iter()
            .find(|((owner, service), _)| *owner == body && *service == code)
            .map(|(_, id)| *id)
            .ok_or_else(|| db::Error::other(format!("no service {code} of {body}")))
    }
}

const BODIES: &[(&str, Kind, &str, &str)] = &[
    (
        "welfare",
        Kind::Municipal,
        "سازمان رفاه و خدمات اجتماعی شهر",
        "City welfare and social services",
    ),
    (
        "secretariat",
        Kind::Municipal,
        "دبیرخانهٔ کمیتهٔ هماهنگی",
        "Secretariat of the coordination committee",
    ),
    (
        "women",
        Kind::Municipal,
        "ادارهٔ بانوان شهر",
        "Women's affairs office",
    ),
    (
        "media",
        Kind::Municipal,
        "مرکز ارتباطات شهر",
        "City communications centre",
    ),
    ("council", Kind::Council, "شورای شهر", "City council"),
    (
        "labour",
        Kind::Ministry,
        "ادارهٔ کل کار استان",
        "Provincial labour office",
    ),
    (
        "heritage",
        Kind::Ministry,
        "ادارهٔ صنایع دستی",
        "Handicrafts office",
    ),
    (
        "agriculture",
        Kind::Ministry,
        "ادارهٔ کشاورزی",
        "Agriculture office",
    ),
    (
        "health",
        Kind::Health,
        "مرکز بهداشت شهر",
        "City health centre",
    ),
    (
        "training",
        Kind::Training,
        "مرکز مهارت‌آموزی مهر",
        "Mehr skills centre",
    ),
    (
        "academy",
        Kind::Training,
        "کانون آموزش دانشگاهیان",
        "Academic training society",
    ),
    (
        "university",
        Kind::University,
        "دانشگاه شهر",
        "City university",
    ),
    (
        "relief",
        Kind::Welfare,
        "نهاد امداد استان",
        "Provincial relief body",
    ),
    (
        "rehabilitation",
        Kind::Welfare,
        "ادارهٔ توان‌بخشی استان",
        "Provincial rehabilitation office",
    ),
    ("bank", Kind::Bank, "بانک همیاری", "Hamyari bank"),
    (
        "fund",
        Kind::Bank,
        "صندوق کارآفرینی خرد",
        "Micro-enterprise fund",
    ),
    (
        "mandegar",
        Kind::KnowledgeBased,
        "ماندگاربسته",
        "Mandegar Packaging",
    ),
    (
        "ranggiah",
        Kind::KnowledgeBased,
        "رنگ‌گیاه نو",
        "Nou Plant Dyes",
    ),
    (
        "hamsanj",
        Kind::KnowledgeBased,
        "هم‌سنج آزما",
        "Hamsanj Testing",
    ),
    (
        "needle",
        Kind::SocialEntrepreneur,
        "خانهٔ نخ و سوزن",
        "House of Thread and Needle",
    ),
    (
        "table",
        Kind::SocialEntrepreneur,
        "سفرهٔ همدلی",
        "Hamdeli Table",
    ),
    (
        "dastafarin",
        Kind::ShopOperator,
        "فروشگاه‌های دست‌آفرین",
        "Dast-Afarin shops",
    ),
    ("supporter", Kind::Supporter, "پوشاک آرام", "Aram Clothing"),
    (
        "recovery",
        Kind::Charity,
        "خانهٔ بهبودی سپیده",
        "Sepideh recovery house",
    ),
];

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
];

/// Body, code, Persian name, English name, working days to answer and to complete.
const SERVICES: &[(&str, &str, &str, &str, i64, i64)] = &[
    (
        "health",
        "food_approval",
        "کارت بهداشت و بازدید محل پخت",
        "Health card and kitchen visit",
        5,
        15,
    ),
    (
        "heritage",
        "craft_approval",
        "تأیید رشتهٔ صنایع دستی",
        "Craft field approval",
        7,
        20,
    ),
    (
        "labour",
        "home_licence",
        "مجوز مشاغل خانگی",
        "Home-business licence",
        7,
        14,
    ),
    (
        "training",
        "training",
        "دورهٔ مهارت و فروش",
        "Skill and selling course",
        5,
        60,
    ),
    (
        "academy",
        "training",
        "دورهٔ کسب‌وکار خانگی",
        "Home-business course",
        7,
        60,
    ),
    ("fund", "loan", "وام خرد", "Micro loan", 10, 45),
    (
        "rehabilitation",
        "equipment",
        "ابزار متناسب",
        "Adapted tools",
        10,
        40,
    ),
];

/// Makes them all, valid from `since`.
pub async fn make(city: &City, origin: &Origin, since: Date, phone: &str) -> Result<Bodies> {
    let mut made = Bodies::default();
    for (code, kind, name_fa, name_en) in BODIES {
        let command = CreateOrganization {
            id: OrganizationId::new(city.db.new_id()),
            code: (*code).to_owned(),
            kind: *kind,
            name_fa: (*name_fa).to_owned(),
            name_en: (*name_en).to_owned(),
            phone: phone.to_owned(),
            valid_from: since,
            knowledge_based_until: (*kind == Kind::KnowledgeBased)
                .then(|| since.checked_add_months(chrono::Months::new(60)))
                .flatten(),
        };
        made.organizations
            .insert(code, city.db.write(origin, command).await?);
    }
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
    for (body, code, name_fa, name_en, days_to_answer, days_to_complete) in SERVICES {
        let command = CreateService {
            id: ServiceId::new(city.db.new_id()),
            organization_id: made.body(body)?,
            code: (*code).to_owned(),
            name_fa: (*name_fa).to_owned(),
            name_en: (*name_en).to_owned(),
            days_to_answer: *days_to_answer,
            days_to_complete: *days_to_complete,
        };
        made.services.insert((*body, *code), command.id);
        city.db.write(origin, command).await?;
    }
    Ok(made)
}
