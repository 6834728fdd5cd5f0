//! The press sheet: each number beside its definition and its day.

use documents::codes::QrCode;
use documents::papers::{Letterhead, Paper, PressFigure, PressSheet, Printed};
use web::{Failure, Outcome, Page};

use super::Figure;
use crate::WORDS;
use crate::figures::told_text;

/// The sheet of what was published; `link` opens the public statistics.
pub(super) fn press(p: &Page, figures: &[Figure], link: String) -> Outcome<Paper> {
    let t = |key: &str| p.t(&WORDS, key);
    let sheet = PressSheet {
        letterhead: Letterhead {
            organization: p.city.clone(),
            programme: t("press-programme"),
            contact: String::new(),
        },
        title: t("press-title"),
        date: p.date_text(p.now.date()),
        figures: figures
            .iter()
            .map(|figure| PressFigure {
                name: figure.definition.name(p.lang).to_owned(),
                amount: told_text(p.lang, figure.definition.unit, figure.told()),
                meaning: figure.definition.meaning(p.lang).to_owned(),
                date: p.date_text(figure.as_of),
            })
            .collect(),
        qr: Some(QrCode::new(link).map_err(|fault| Failure::Internal(fault.to_string()))?),
        qr_note: t("press-qr"),
    };
    Ok(sheet.paper(p.lang, t("press-file")))
}
