//! Samples: every part and both layouts, drawn with invented people and goods.

mod desk;
mod people;

use maud::Markup;
use persian::{Lang, Timestamp};
use web::{NavItem, Page, Theme};

/// One sample page, ready to be looked at.
pub struct Sample {
    pub name: &'static str,
    pub html: Markup,
}

/// Persian or English words of a sample; samples are not screens, so they need no catalogue.
pub fn say<'a>(p: &Page, fa: &'a str, en: &'a str) -> &'a str {
    match p.lang {
        Lang::Fa => fa,
        Lang::En => en,
    }
}

/// A signed-in worker's page.
pub fn sample_page(lang: Lang, theme: Theme) -> Page {
    let mut p = Page {
        lang,
        path: "/people?q=جو".into(),
        now: Timestamp::from_unix(1_795_424_400),
        city: match lang {
            Lang::Fa => "تهران".into(),
            Lang::En => "Tehran".into(),
        },
        viewer: None,
        nav: Vec::new(),
        demo: true,
        theme,
        form_key: "0198c0de-0000-7000-8000-000000000001".parse().unwrap(),
        flash: None,
    };
    p.viewer = Some(say(&p, "سارا نمونه", "Sara Sample").to_owned());
    let entries = [
        ("امروز", "Today", "/today"),
        ("افراد", "People", "/people"),
        ("ارجاع‌ها", "Referrals", "/referrals"),
        ("دوره‌ها", "Courses", "/courses"),
        ("تولیدکنندگان", "Makers", "/makers"),
        ("فروشگاه‌ها", "Shops", "/shops"),
        ("حساب‌ها", "Accounts", "/accounts"),
        ("شورا", "Council", "/council"),
    ];
    p.nav = entries
        .iter()
        .map(|(fa, en, href)| NavItem {
            label: say(&p, fa, en).to_owned(),
            href: (*href).to_owned(),
            current: *href == "/people",
        })
        .collect();
    p
}

/// Every sample in one language and theme.
pub fn all(lang: Lang, theme: Theme) -> Vec<Sample> {
    let p = sample_page(lang, theme);
    let visitor = Page {
        viewer: None,
        nav: Vec::new(),
        ..p.clone()
    };
    vec![
        Sample {
            name: "overview",
            html: desk::overview(&p),
        },
        Sample {
            name: "list",
            html: desk::list(&p),
        },
        Sample {
            name: "empty",
            html: desk::empty(&p),
        },
        Sample {
            name: "form",
            html: desk::form_page(&p),
        },
        Sample {
            name: "errors",
            html: desk::errors(&p),
        },
        Sample {
            name: "home",
            html: people::home(&Page {
                viewer: p.viewer.clone(),
                ..visitor.clone()
            }),
        },
        Sample {
            name: "partner",
            html: people::partner(&visitor),
        },
        Sample {
            name: "product",
            html: people::product(&visitor),
        },
    ]
}
