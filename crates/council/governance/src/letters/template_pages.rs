//! The ready wordings of letters, and the way to change them.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes, audit};
use axum::extract::Path;
use db::{Reason, Result, Tx, Write, sql};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::parts::{self, Kind};
use web::{Form, FormErrors, Json, Outcome, Page};

use super::commands::WORDING;
use super::templates::{PLACES, places_known, template};
use super::{LetterTemplate, list_templates};
use crate::WORDS;
use crate::forms::{Typed, answer};
use crate::permissions::LETTER_KEEP;
use crate::wording::{NAME, required};

/// A place in braces that nothing stands in.
pub const TEMPLATE_PLACE: Reason = Reason::new("template_place", 422);

/// Changes a ready wording; letters that were begun from it stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditLetterTemplate {
    /// Which wording.
    pub code: String,
    /// Subject in Persian, places in braces.
    pub subject_fa: String,
    /// Subject in English.
    pub subject_en: String,
    /// Text in Persian.
    pub wording_fa: String,
    /// Text in English.
    pub wording_en: String,
}

impl Write for EditLetterTemplate {
    const NAME: &'static str = "edit_letter_template";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let field = |text: &str, name: &str, most| {
            let text = required(text, name, most)?;
            match places_known(&text) {
                true => Ok(text),
                false => TEMPLATE_PLACE.at(name),
            }
        };
        // Filling the places makes a wording longer, so it is shorter than a letter.
        let most = WORDING - 2_500;
        sql("UPDATE letter_template SET subject_fa = $2, subject_en = $3, wording_fa = $4, wording_en = $5
             WHERE code = $1")
        .bind(&self.code)
        .bind(field(&self.subject_fa, "subject_fa", NAME)?)
        .bind(field(&self.subject_en, "subject_en", NAME)?)
        .bind(field(&self.wording_fa, "wording_fa", most)?)
        .bind(field(&self.wording_en, "wording_en", most)?)
        .execute_one(tx)
        .await?;
        let detail = json!({ "template": self.code });
        audit::record(
            tx,
            "letter_template_edited",
            "letter_template",
            None,
            detail,
        )
        .await
    }
}

pub(crate) fn routes() -> Routes {
    let keep = || Need::May(&LETTER_KEEP);
    Routes::new()
        .get("/letter-templates", keep(), list)
        .get("/letter-templates/{code}", keep(), show)
        .post("/letter-templates/{code}", keep(), edit)
        .api_put("/api/v1/letter-templates/{code}", keep(), put)
}

async fn list(ask: Ask) -> Outcome {
    let templates = list_templates(&mut ask.read().await?).await?;
    let title = ask.page.t(&WORDS, "templates-title");
    let back = parts::back_link("/committee-letters", &ask.page.t(&WORDS, "letters-title"));
    ask.html(
        &title,
        html! {
            (back)
            h1 { (title) }
            ul { @for one in &templates { li { a href={ "/letter-templates/" (one.code) } { (one.name(ask.lang())) } } } }
        },
    )
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let one = template(&mut ask.read().await?, &code).await?;
    let form = Form::prefilled([
        ("subject_fa", one.subject_fa.clone()),
        ("subject_en", one.subject_en.clone()),
        ("wording_fa", one.wording_fa.clone()),
        ("wording_en", one.wording_en.clone()),
    ]);
    let errors = FormErrors::default();
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    ask.html(one.name(ask.lang()), view(&ask.page, &one, typed))
}

fn view(p: &Page, one: &LetterTemplate, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/letter-templates", &t("templates-title")))
        h1 { (one.name(p.lang)) }
        p { (t("template-lead")) }
        ul { @for place in PLACES { li { code dir="ltr" { "{" (place) "}" } ": " (t(&format!("template-place-{place}"))) } } }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/letter-templates/{}", one.code), html! {
            (typed.field(p, "subject_fa", "template-subject-fa", Kind::Text, true))
            (typed.field(p, "wording_fa", "wording-fa", Kind::Area, true))
            (typed.field(p, "subject_en", "template-subject-en", Kind::Text, true))
            (typed.field(p, "wording_en", "wording-en", Kind::Area, true))
            (parts::primary_button(&t("save")))
        }))
    }
}
// words: template-place-*

async fn edit(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let one = template(&mut ask.read().await?, &code).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.text("subject_fa", 200),
        read.text("subject_en", 200),
        read.note("wording_fa", 3_500),
        read.note("wording_en", 3_500),
    );
    let mut errors = read.errors;
    if let (Some(subject_fa), Some(subject_en), Some(wording_fa), Some(wording_en)) = fields {
        let command = EditLetterTemplate {
            code,
            subject_fa,
            subject_en,
            wording_fa,
            wording_en,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with("/letter-templates", &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    ask.again(one.name(ask.lang()), view(&ask.page, &one, typed))
}

async fn put(
    ask: Ask,
    Path(code): Path<String>,
    Key(key): Key,
    Json(command): Json<EditLetterTemplate>,
) -> Outcome<impl Gives> {
    answer(&ask, key, EditLetterTemplate { code, ..command }).await
}
