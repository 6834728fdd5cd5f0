//! What the invented city's companies, supporters and donors say of themselves.

use db::{Origin, Result};
use organizations::profiles::{CertifyBody, ContactPerson, KeepProfile};
use organizations::{HelpKind, ProfileKind};
use persian::Date;
use web::City;

use super::bodies::Bodies;

/// Body, kind, capacity, what it gives, regions, fields, what it says, whether it is thanked by name.
type ProfileRow = (
    &'static str,
    ProfileKind,
    i64,
    &'static [HelpKind],
    &'static [i64],
    &'static [&'static str],
    (&'static str, &'static str),
    bool,
);

const PROFILES: &[ProfileRow] = &[
    (
        "mandegar",
        ProfileKind::KnowledgeBased,
        2,
        &[HelpKind::Packaging, HelpKind::ShelfLife],
        &[],
        &["ترشی و مربا", "نان محلی", "خشکبار"],
        (
            "بسته‌بندی خوراک بی نگهدارنده.",
            "Packaging of food without preservatives.",
        ),
        true,
    ),
    (
        "ranggiah",
        ProfileKind::KnowledgeBased,
        1,
        &[HelpKind::Materials, HelpKind::Training],
        &[],
        &["گلیم‌بافی", "قالی", "پته"],
        (
            "رنگ گیاهی پایدار برای نخ و پارچه.",
            "Lasting plant dyes for yarn and cloth.",
        ),
        true,
    ),
    (
        "hamsanj",
        ProfileKind::KnowledgeBased,
        3,
        &[HelpKind::ShelfLife],
        &[12, 15, 18],
        &["ترشی و مربا", "سفال‌گری"],
        (
            "آزمایشگاه خوراک و سفال.",
            "A laboratory for food and pottery.",
        ),
        true,
    ),
    (
        "needle",
        ProfileKind::SocialEntrepreneur,
        2,
        &[HelpKind::Design, HelpKind::Training],
        &[5, 11, 12],
        &["خیاطی", "سوزن‌دوزی"],
        ("الگو و دوخت، با هم.", "Patterns and sewing, together."),
        true,
    ),
    (
        "table",
        ProfileKind::SocialEntrepreneur,
        1,
        &[HelpKind::Buying, HelpKind::Ecommerce],
        &[],
        &["نان محلی", "شیرینی"],
        ("سفارش پذیرایی از خانه‌ها.", "Catering orders from homes."),
        false,
    ),
    (
        "supporter",
        ProfileKind::PrivateSupporter,
        2,
        &[HelpKind::Buying, HelpKind::Materials],
        &[5, 15],
        &["خیاطی"],
        (
            "پارچه می‌دهیم و دوخته می‌خریم.",
            "We give cloth and buy what is sewn.",
        ),
        true,
    ),
    (
        "fund",
        ProfileKind::Donor,
        4,
        &[HelpKind::Funding],
        &[],
        &[],
        (
            "وام بی‌بهره برای ابزار.",
            "Loans without interest for tools.",
        ),
        false,
    ),
];

/// Writes all profiles, and the certificates of knowledge-based companies.
pub async fn make(
    city: &City,
    origin: &Origin,
    made: &Bodies,
    since: Date,
    phone: &str,
) -> Result<()> {
    for (number, (code, kind, capacity, offers, regions, fields, about, is_named)) in
        (101_i64..).zip(PROFILES)
    {
        let body = made.body(code)?;
        let keep = KeepProfile {
            organization_id: body,
            kind: *kind,
            about_fa: about.0.to_owned(),
            about_en: about.1.to_owned(),
            capacity: *capacity,
            offers: offers.to_vec(),
            seeks: Vec::new(),
            regions: regions.to_vec(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            contact: ContactPerson {
                contact_name: "رابط نمونه".to_owned(),
                contact_phone: phone.to_owned(),
            }
            .sealed(&city.keys, body)?,
            is_named: *is_named,
        };
        city.db.write(origin, keep).await?;
        if *kind == ProfileKind::KnowledgeBased {
            let months = if *code == "hamsanj" { 24 } else { 60 };
            let until = since.checked_add_months(chrono::Months::new(months));
            let certify = CertifyBody {
                organization_id: body,
                number: format!("KB-{number}"),
                until: until.unwrap_or(since),
            };
            city.db.write(origin, certify).await?;
        }
    }
    Ok(())
}
