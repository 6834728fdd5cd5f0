use documents::Paper;
use documents::papers::{
    Fact, FoodFacts, GoodsReceipt, GoodsReceiptLine, Label, LabelSheet, Printed as _,
};
use persian::Lang;

use super::{label_code, letterhead, n, qr, signatory, w};

fn label(lang: Lang, item: u32, name: (&str, &str), price: &str) -> Label {
    let (code, barcode) = label_code(item);
    Label {
        product: w(lang, name.0, name.1),
        price: format!("{} {}", n(lang, price), w(lang, "تومان", "toman")),
        maker: w(lang, "گل‌نار", "Golnar"),
        neighbourhood: w(lang, "محلهٔ شوش", "Shush"),
        barcode,
        code: code.grouped(),
        qr: qr(&format!("l/{code}")),
        food: None,
    }
}

pub fn craft_labels(lang: Lang) -> Paper {
    let names = [
        ("کیف دست‌باف", "Hand-woven bag"),
        (
            "رومیزی قلمکار شش‌نفره با حاشیهٔ گل‌دار",
            "Block-printed tablecloth for six with flowers",
        ),
        (
            "گلیم دست‌باف پشمی با نقش ماهی درهم و رنگ گیاهی، یک در یک و نیم متر",
            "Hand-woven woollen kilim, fish pattern, plant dye, one by one and a half metres",
        ),
    ];
    let labels = (0..26u32)
        .map(|index| label(lang, 4100 + index, names[index as usize % 3], "1,250,000"))
        .collect();
    LabelSheet { skip: 2, labels }.paper(lang, "labels")
}

pub fn food_labels(lang: Lang) -> Paper {
    let labels = (0..4u32)
        .map(|index| {
            let mut label = label(lang, 902 + index, ("ترشی لیتهٔ خانگی", "Home-made liteh pickle"), "185,000");
            label.food = (index != 3).then(|| FoodFacts {
                batch: "L-731".into(),
                produced_on: n(lang, "1405/08/20"),
                expires_on: n(lang, "1406/02/20"),
                ingredients: w(
                    lang,
                    "بادمجان، هویج، گل‌کلم، سرکه، سیر، نمک، سبزی معطر (دارای کرفس)",
                    "aubergine, carrot, cauliflower, vinegar, garlic, salt, herbs (contains celery)",
                ),
                weight: w(lang, "۷۰۰ گرم", "700 g"),
                hygiene_id: n(lang, "50/12345"),
                storage: w(lang, "جای خشک و خنک؛ پس از بازشدن در یخچال", "Cool and dry; in the fridge once open"),
            });
            label
        })
        .collect();
    LabelSheet { skip: 0, labels }.paper(lang, "food-labels")
}

pub fn goods_receipt(lang: Lang) -> Paper {
    let line = |name: (&str, &str), lot: &str, quantity: &str, price: &str, share: &str| {
        GoodsReceiptLine {
            item: w(lang, name.0, name.1),
            lot: n(lang, lot),
            quantity: n(lang, quantity),
            price: n(lang, price),
            maker_share: n(lang, share),
            condition: w(lang, "سالم", "Good"),
        }
    };
    GoodsReceipt {
        letterhead: letterhead(lang),
        number: n(lang, "D3-1405-0212"),
        date: n(lang, "1405/09/02"),
        facts: vec![
            Fact::new(
                w(lang, "فروشگاه", "Shop"),
                w(lang, "دست‌آفرین نازی‌آباد", "Dast-Afarin Naziabad"),
            ),
            Fact::new(
                w(lang, "سازنده", "Maker"),
                w(lang, "گل‌نار نمونه‌پور", "Golnar Nemunepur"),
            ),
            Fact::new(w(lang, "قرارداد", "Agreement"), n(lang, "A-118")),
            Fact::new(w(lang, "کارمزد", "Commission"), w(lang, "۱۵٪", "15%")),
        ],
        lines: vec![
            line(
                (
                    "ترشی لیتهٔ خانگی، شیشهٔ ۷۰۰ گرمی",
                    "Home-made liteh pickle, 700 g jar",
                ),
                "L-731",
                "8",
                "185,000",
                "157,250",
            ),
            line(
                ("شور مخلوط", "Mixed brined vegetables"),
                "L-732",
                "4",
                "140,000",
                "119,000",
            ),
        ],
        total_quantity: n(lang, "12"),
        note: w(lang, "مبلغ‌ها به تومان است.", "Amounts are in toman."),
        signatories: vec![
            signatory(
                lang,
                "گل‌نار نمونه‌پور",
                "Golnar Nemunepur",
                "تحویل‌دهنده",
                "Handed over by",
            ),
            signatory(
                lang,
                "نرگس نمونه",
                "Narges Nemune",
                "تحویل‌گیرنده",
                "Received by",
            ),
        ],
        qr: qr("g/0212"),
        qr_note: w(
            lang,
            "وضع فروش این کالاها را ببینید.",
            "See how these goods sell.",
        ),
    }
    .paper(lang, "goods-receipt-0212")
}
