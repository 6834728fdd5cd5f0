//! «I want to help»: the public form by which somebody from outside comes to us.

use access::contract::Gives;
use access::{Ask, Need as Asks, Rate, Routes};
use axum::http::StatusCode;
use maud::{Markup, html};
use organizations::HelpKind;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::parts::{self, Kind};
use web::{Form, FormErrors, Json, Outcome, Page};

use super::{ApproachId, LeaveMessage};
use crate::WORDS;
use crate::needs::helps;
use crate::shown::Fields;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/help", Asks::Public, new)
        .post("/help", Asks::Public, leave)
        .get("/help/thanks", Asks::Public, thanks)
        .api_post("/api/v1/help", Asks::Public, send)
}

/// Messages from one network: a whole office may sit behind one address.
const RATE: Rate = Rate {
    most: 20,
    seconds: 60 * 60,
};

/// What a visitor wrote, as it is sealed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "HelpMessage")]
pub(crate) struct Told {
    /// Who writes.
    pub name: String,
    /// For which company or body; may be empty.
    pub body: String,
    /// Where an answer reaches them.
    pub phone: String,
    /// What they would do.
    pub text: String,
}

fn form_view(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        h1 { (t("help-title")) }
        p { (t("help-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/help", html! {
            (fields.text("name", Kind::Text, true))
            (fields.text("company", Kind::Text, false))
            (fields.text("phone", Kind::Tel, true))
            (fields.select("help", helps(p)))
            (fields.text("message", Kind::Area, true))
            (parts::primary_button(&t("help-send")))
        }))
        p { a href="/supporters" { (t("thanks-title")) } }
    }
}

async fn new(ask: Ask) -> Outcome {
    let view = form_view(&ask.page, &Form::default(), &FormErrors::default());
    ask.public_html(&ask.page.t(&WORDS, "help-title"), view)
}

fn command(ask: &Ask, id: Uuid, help: HelpKind, told: &Told) -> Outcome<LeaveMessage> {
    let plain = serde_json::to_string(told).map_err(db::Error::from)?;
    let told = db::SealedText::new(&ask.city.keys, "approach", "told_sealed", id, &plain);
    Ok(LeaveMessage {
        id: ApproachId::new(id),
        help,
        told,
    })
}

async fn leave(ask: Ask, form: Form) -> Outcome {
    ask.count_from_network("help", RATE).await?;
    let mut read = form.read(&ask.page);
    let name = read.text("name", 120);
    let body = read.optional_text("company", 120);
    let phone = read.text("phone", 20);
    if phone.is_some() && persian::Phone::parse(form.raw("phone")).is_err() {
        read.wrong::<()>("phone", ask.page.t(&WORDS, "phone-wrong"));
    }
    let help = read.choice::<HelpKind>("help");
    let text = read.note("message", 1000);
    if text.as_deref() == Some("") {
        read.wrong::<()>("message", ask.page.t(&WORDS, "description-missing"));
    }
    let mut errors = read.errors;
    if let (true, Some(name), Some(body), Some(phone), Some(help), Some(text)) =
        (errors.is_empty(), name, body, phone, help, text)
    {
        let told = Told {
            name,
            body,
            phone: persian::latin_digits(&phone),
            text,
        };
        let command = command(&ask, form.key()?, help, &told)?;
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see("/help/thanks");
        }
    }
    let view = form_view(&ask.page, &form, &errors);
    ask.public_again(&ask.page.t(&WORDS, "help-title"), view)
}

async fn thanks(ask: Ask) -> Outcome {
    let t = |key: &str| ask.page.t(&WORDS, key);
    let view = html! {
        h1 { (t("help-thanks-title")) }
        p { (t("help-thanks")) }
        p { a href="/supporters" { (t("thanks-title")) } }
    };
    ask.public_html(&t("help-thanks-title"), view)
}

/// A first message of somebody who wants to help.
#[derive(Deserialize, JsonSchema)]
struct NewMessage {
    /// Its key: sent again, it gets the first answer.
    id: Uuid,
    /// What help it speaks of.
    help: HelpKind,
    #[serde(flatten)]
    told: Told,
}

/// By when they hear.
#[derive(Serialize, JsonSchema)]
struct MessageLeft {
    answer_by: Date,
}

async fn send(ask: Ask, Json(new): Json<NewMessage>) -> Outcome<impl Gives> {
    ask.count_from_network("help", RATE).await?;
    for (text, most, field) in [
        (&new.told.name, 120, "name"),
        (&new.told.phone, 20, "phone"),
        (&new.told.text, 1000, "text"),
    ] {
        crate::fits(text, most, field)?;
    }
    if new.told.body.chars().count() > 120 {
        return crate::VALUE_WRONG.at("body").map_err(web::Failure::from);
    }
    if persian::Phone::parse(&new.told.phone).is_err() {
        return crate::VALUE_WRONG.at("phone").map_err(web::Failure::from);
    }
    let command = command(&ask, new.id, new.help, &new.told)?;
    let answer = ask.once(new.id, command).await?;
    let status: StatusCode = Ask::status(&answer);
    ask.json(
        status,
        &MessageLeft {
            answer_by: answer.out,
        },
    )
}
