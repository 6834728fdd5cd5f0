use maud::{Markup, html};
use web::parts::{self, Field};
use web::{FormErrors, Page};

use crate::WORDS;

// words: standing-*
pub(super) fn take(p: &Page, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    // A refusal of the whole file stands at the file.
    let whole = errors.get("");
    html! {
        (parts::back_link("/observatory", &t("observatory-title")))
        h1 { (t("take-title")) }
        p { (t("take-lead")) }
        (parts::error_summary(p, errors))
        (parts::upload_form(p, "/observatory/take", html! {
            (parts::file_field(p, Field {
                name: "file", label: t("take-file"), error: errors.get("file").or(whole),
                hint: Some(t("take-hint")), required: true, ..Field::default()
            }, ".json,application/json"))
            (parts::primary_button(&t("take-act")))
        }))
    }
}
