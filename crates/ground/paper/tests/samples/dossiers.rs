use documents::Paper;
use documents::papers::{
    Dossier, DossierAction, DossierCommitment, DossierReminder, DossierResolution, Fact,
    Printed as _,
};
use persian::Lang;

use super::{letterhead, n, qr, w};

pub fn dossier(lang: Lang) -> Paper {
    let due = || n(lang, "1405/12/29");
    let resolution = |number: usize| DossierResolution {
        number: n(lang, &format!("1405-{number}")),
        text: w(
            lang,
            "ساعت کار پنج فروشگاه تا شب یلدا بلند شود.",
            "The five shops stay open longer until the Yalda night.",
        ),
        organization: w(lang, "دست‌آفرین", "Dast-Afarin"),
        due: due(),
        state: w(lang, "در مسیر", "On track"),
    };
    Dossier {
        letterhead: letterhead(lang),
        title: w(lang, "بند ۲ · پنج فروشگاه", "Clause 2 · Five shops"),
        number: "art_3__cl_2".into(),
        date: n(lang, "1405/09/02"),
        facts: vec![
            Fact::new(
                w(lang, "ابلاغ", "Notified"),
                w(lang, "۲ آذر ۱۴۰۳", "2 Azar 1403"),
            ),
            Fact::new(w(lang, "نسخه", "Version"), w(lang, "۲ از ۲", "2 of 2")),
        ],
        wording: vec![w(
            lang,
            "متن نمونه: پنج فروشگاه برای عرضهٔ محصول افراد تحت پوشش باز می‌شود.",
            "Sample wording: five shops are opened for what the people of the programme make.",
        )],
        actions: vec![DossierAction {
            name: w(lang, "گشودن فروشگاه‌ها", "Open the shops"),
            organization: w(lang, "دست‌آفرین", "Dast-Afarin"),
            due: due(),
            milestones: w(lang, "۱ از ۲", "1 of 2"),
            state: w(lang, "در خطر", "At risk"),
        }],
        commitments: vec![DossierCommitment {
            name: w(lang, "بازارچهٔ فصلی", "Seasonal bazaars"),
            organization: w(lang, "امور بانوان", "Women's office"),
            due: due(),
            delivered: w(lang, "۴ از ۸ بازارچه", "4 of 8 bazaars"),
        }],
        resolutions: (1..=12).map(resolution).collect(),
        figures: vec![Fact::new(
            w(lang, "فروشگاه باز", "Shops open"),
            w(lang, "۳ (۲ آذر ۱۴۰۵)", "3 (2 Azar 1405)"),
        )],
        reminders: vec![DossierReminder {
            number: n(lang, "1405-1"),
            text: w(
                lang,
                "فروشگاه برج هنوز تابلو ندارد.",
                "The shop has no sign yet.",
            ),
            due: due(),
            answer: w(lang, "بی‌پاسخ", "No answer"),
        }],
        versions: vec![
            w(lang, "نسخهٔ ۲، از ۱ دی ۱۴۰۴", "Version 2, from 1 Dey 1404"),
            w(lang, "نسخهٔ ۱، از ۲ آذر ۱۴۰۳", "Version 1, from 2 Azar 1403"),
        ],
        qr: Some(qr("articles/019ab0c2-7d3e-7a41-9c55-2f0e8d1b6a37")),
        qr_note: w(
            lang,
            "این کد صفحهٔ ماده را باز می‌کند.",
            "This code opens the article's page.",
        ),
    }
    .paper(lang, "dossier-art-3-cl-2")
}
