//! Figures for the press.

use documents::Paper;
use documents::papers::{PressFigure, PressSheet, Printed as _};
use persian::Lang;

use super::{letterhead, n, qr, w};

pub fn press_sheet(lang: Lang) -> Paper {
    let figure = |name: (&str, &str), amount: (&str, &str), meaning: (&str, &str)| PressFigure {
        name: w(lang, name.0, name.1),
        amount: w(lang, amount.0, amount.1),
        meaning: w(lang, meaning.0, meaning.1),
        date: n(lang, "1405/08/30"),
    };
    PressSheet {
        letterhead: letterhead(lang),
        title: w(lang, "شاخص‌های برنامه", "Figures of the programme"),
        date: n(lang, "1405/09/08"),
        figures: vec![
            figure(
                ("سازندگان با درآمد", "Makers earning"),
                ("۴۱۲ نفر", "412 people"),
                (
                    "سازندگانی که در ۳۰ روز گذشته دست‌کم یک پرداخت گرفته‌اند.",
                    "Makers who received at least one payment in the last 30 days.",
                ),
            ),
            figure(
                ("سهم فروش از دریافت", "Sell-through"),
                ("۶۱٫۵٪", "61.5%"),
                (
                    "از هر صد کالای دریافت‌شده چند تا فروخته شده است.",
                    "Of every hundred pieces received, how many were sold.",
                ),
            ),
        ],
        qr: Some(qr("statistics")),
        qr_note: w(
            lang,
            "آمار عمومی برنامه",
            "Public statistics of the programme",
        ),
    }
    .paper(lang, "press-sheet")
}
