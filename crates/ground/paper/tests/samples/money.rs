use documents::Paper;
use documents::papers::{
    Fact, PayoutLine, PayoutSheet, Printed as _, Receipt, ReceiptKind, ReceiptLine, Statement,
    StatementLine,
};
use persian::Lang;

use super::{letterhead, n, qr, signatory, w};

fn toman(lang: Lang, amount: &str) -> String {
    format!("{} {}", n(lang, amount), w(lang, "تومان", "toman"))
}

pub fn receipt(lang: Lang) -> Paper {
    let line =
        |name: (&str, &str), maker: (&str, &str), quantity: &str, price: &str, amount: &str| {
            ReceiptLine {
                name: w(lang, name.0, name.1),
                maker: w(lang, maker.0, maker.1),
                quantity: n(lang, quantity),
                unit_price: n(lang, price),
                amount: n(lang, amount),
            }
        };
    Receipt {
        kind: ReceiptKind::Sale,
        shop: w(lang, "دست‌آفرین نازی‌آباد", "Dast-Afarin Naziabad"),
        contact: w(
            lang,
            "خیابان نمونه، پلاک ۷ · ۰۲۱۱۲۳۴۵۶۷",
            "7 Sample Street · 021-1234567",
        ),
        number: n(lang, "D3-1-1405-000812"),
        date: n(lang, "1405/09/02 14:35"),
        facts: vec![Fact::new(
            w(lang, "صندوق‌دار", "Cashier"),
            w(lang, "نرگس", "Narges"),
        )],
        lines: vec![
            line(
                ("ترشی لیتهٔ خانگی", "Home-made liteh pickle"),
                ("گل‌نار، شوش", "Golnar, Shush"),
                "2",
                "185,000",
                "370,000",
            ),
            line(
                ("کیف دست‌باف", "Hand-woven bag"),
                ("مرجان، خانی‌آباد", "Marjan, Khaniabad"),
                "1",
                "640,000",
                "640,000",
            ),
            line(
                (
                    "رومیزی قلمکار شش‌نفره با حاشیهٔ گل‌دار",
                    "Block-printed tablecloth for six with flowers",
                ),
                ("لیلا، نازی‌آباد", "Leila, Naziabad"),
                "1",
                "1,250,000",
                "1,250,000",
            ),
        ],
        amounts: vec![
            Fact::new(w(lang, "جمع کالاها", "Goods"), n(lang, "2,260,000")),
            Fact::new(w(lang, "تخفیف", "Discount"), n(lang, "60,000")),
            Fact::new(
                w(lang, "مالیات بر ارزش افزوده", "Value added tax"),
                n(lang, "0"),
            ),
        ],
        total: toman(lang, "2,200,000"),
        tenders: vec![
            Fact::new(w(lang, "نقد", "Cash"), n(lang, "2,500,000")),
            Fact::new(w(lang, "باقی پول", "Change"), n(lang, "300,000")),
        ],
        qr: Some(qr("s/D3-1-1405-000812")),
        footer: vec![w(
            lang,
            "تا هفت روز با این رسید برگردانید.",
            "Return within seven days with this receipt.",
        )],
    }
    .paper(lang, "receipt-000812")
}

pub fn statement(lang: Lang) -> Paper {
    let shops = [("نازی‌آباد", "Naziabad"), ("شوش", "Shush")];
    let lines = (1..=40)
        .map(|day| StatementLine {
            date: n(lang, &format!("1405/08/{:02}", (day - 1) % 30 + 1)),
            shop: w(lang, shops[day % 2].0, shops[day % 2].1),
            item: w(lang, "ترشی لیتهٔ خانگی × ۲", "Home-made liteh pickle × 2"),
            price: n(lang, "370,000"),
            commission: n(lang, "55,500"),
            net: n(lang, "314,500"),
        })
        .collect();
    Statement {
        letterhead: letterhead(lang),
        number: n(lang, "S-1405-08-0117"),
        date: n(lang, "1405/09/01"),
        facts: vec![
            Fact::new(
                w(lang, "سازنده", "Maker"),
                w(lang, "گل‌نار نمونه‌پور", "Golnar Nemunepur"),
            ),
            Fact::new(
                w(lang, "دوره", "Period"),
                w(lang, "۱ تا ۳۰ آبان ۱۴۰۵", "1–30 Aban 1405"),
            ),
            Fact::new(w(lang, "حساب", "Account"), "IR** **** 4417"),
        ],
        unit: w(lang, "تومان", "toman"),
        opening: n(lang, "0"),
        lines,
        total_price: n(lang, "14,800,000"),
        total_commission: n(lang, "2,220,000"),
        total_net: n(lang, "12,580,000"),
        entries: vec![Fact::new(
            w(lang, "پرداخت ۱۵ آبان", "Payout of 15 Aban"),
            n(lang, "5,000,000"),
        )],
        closing: n(lang, "7,580,000"),
        closing_words: w(
            lang,
            "هفت میلیون و پانصد و هشتاد هزار تومان",
            "seven million five hundred eighty thousand toman",
        ),
        seal: "5f2c9a017be34d4480c6e1d2a9f3b7c0".into(),
        qr: Some(qr("st/0117")),
        qr_note: w(
            lang,
            "این صورت‌حساب در صفحهٔ شما.",
            "This statement on your page.",
        ),
    }
    .paper(lang, "statement-0117")
}

pub fn payout_sheet(lang: Lang) -> Paper {
    let line = |name: (&str, &str),
                reference: &str,
                amount: &str,
                words: (&str, &str),
                note: (&str, &str)| PayoutLine {
        name: w(lang, name.0, name.1),
        reference: n(lang, reference),
        amount: toman(lang, amount),
        amount_words: w(lang, words.0, words.1),
        note: w(lang, note.0, note.1),
    };
    PayoutSheet {
        letterhead: letterhead(lang),
        number: n(lang, "P-1405-031"),
        date: n(lang, "1405/09/02"),
        facts: vec![Fact::new(
            w(lang, "محل پرداخت", "Place"),
            w(lang, "باجهٔ مرکز شوش", "Counter of the Shush centre"),
        )],
        lines: vec![
            line(
                ("گل‌نار نمونه‌پور", "Golnar Nemunepur"),
                "S-0117",
                "7,580,000",
                (
                    "هفت میلیون و پانصد و هشتاد هزار تومان",
                    "seven million five hundred eighty thousand toman",
                ),
                ("", ""),
            ),
            line(
                ("مرجان نمونه", "Marjan Nemune"),
                "S-0121",
                "640,000",
                ("ششصد و چهل هزار تومان", "six hundred forty thousand toman"),
                (
                    "به نمایندگی: خواهر او، با معرفی‌نامه",
                    "Through her sister, by letter",
                ),
            ),
        ],
        total: toman(lang, "8,220,000"),
        total_words: w(
            lang,
            "هشت میلیون و دویست و بیست هزار تومان",
            "eight million two hundred twenty thousand toman",
        ),
        signatories: vec![
            signatory(lang, "رضا نمونه", "Reza Nemune", "تهیه‌کننده", "Prepared by"),
            signatory(
                lang,
                "سیما نمونه",
                "Sima Nemune",
                "تأییدکننده",
                "Approved by",
            ),
            signatory(lang, "", "", "پرداخت‌کننده", "Paid by"),
        ],
    }
    .paper(lang, "payout-031")
}
