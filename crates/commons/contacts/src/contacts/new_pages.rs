//! Registering a guardian or companion who is no person of the programme.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use maud::{Markup, html};
use persian::{Lang, Phone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::parts::{self, Field, Kind};
use web::{Failure, Form, FormErrors, Json, Outcome, Page};

use super::pages::read_phone;
use super::{ContactId, NewContact, REGISTER, RegisterContact, SealedPhone};
use crate::{PHONE_WRONG, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/contacts/new", Need::May(&REGISTER), show)
        .post("/contacts", Need::May(&REGISTER), register)
        .api_post("/api/v1/contacts", Need::May(&REGISTER), create)
}

/// Longest part of a name, in letters.
const NAME: usize = 80;

/// The body in whose name this viewer registers.
fn body(ask: &Ask) -> Outcome<Uuid> {
    let bodies = ask.viewer.bodies_as(REGISTER.roles);
    bodies.first().copied().ok_or(Failure::Forbidden)
}

fn command(
    ask: &Ask,
    id: ContactId,
    first: &str,
    last: &str,
    phone: &Phone,
) -> Outcome<RegisterContact> {
    let phone = SealedPhone::new(&ask.city.keys, id, phone);
    let contact = NewContact {
        id,
        subject: None,
        first_name: first.to_owned(),
        shown_name: format!("{first} {last}"),
        language: Lang::Fa,
        channel: NewContact::usual_channel(Some(&phone)),
        phone: Some(phone),
        companion: None,
        region: String::new(),
        neighbourhood: String::new(),
    };
    Ok(RegisterContact {
        contact,
        organization: body(ask)?,
    })
}

async fn show(ask: Ask) -> Outcome {
    let view = view(&ask.page, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "contact-new-title"), view)
}

async fn register(ask: Ask, form: Form) -> Outcome {
    let id = ContactId::new(form.key()?);
    let mut read = form.read(&ask.page);
    let first = read.text("first_name", NAME);
    let last = read.text("last_name", NAME);
    // Somebody without a phone cannot be told anything in another's place.
    let phone = match read_phone(&ask, &mut read, &form) {
        Some(None) => read.wrong("phone", ask.page.t(&WORDS, "contact-phone-wrong")),
        phone => phone.flatten(),
    };
    let (Some(first), Some(last), Some(phone)) = (first, last, phone) else {
        let view = view(&ask.page, &form, &read.errors);
        return ask.again(&ask.page.t(&WORDS, "contact-new-title"), view);
    };
    let command = command(&ask, id, &first, &last, &phone)?;
    ask.post(&form, command).await?;
    let told = ask.page.t(&WORDS, "contact-registered");
    ask.see_with(format!("/contacts/{id}"), &told)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewContact")]
struct New {
    /// The contact's id, and the key of this write.
    id: ContactId,
    first_name: String,
    last_name: String,
    phone: String,
}

/// A contact and its handle.
#[derive(Serialize, JsonSchema)]
struct ContactMade {
    id: ContactId,
    handle: String,
}

async fn create(ask: Ask, Json(new): Json<New>) -> Outcome<impl Gives> {
    let clean = |field: &str, text: &str| {
        let text = persian::clean(text);
        match text.is_empty() || text.chars().count() > NAME {
            true => Err(Failure::Unreadable(field.to_owned())),
            false => Ok(text),
        }
    };
    let first = clean("/first_name", &new.first_name)?;
    let last = clean("/last_name", &new.last_name)?;
    let Ok(phone) = Phone::parse(&new.phone) else {
        return Ok(PHONE_WRONG.at("phone")?);
    };
    let command = command(&ask, new.id, &first, &last, &phone)?;
    let key = new.id.get();
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &ContactMade {
            id: new.id,
            handle: answer.out.clone(),
        },
    )
}

fn view(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, key: &str, kind: Kind, hint: Option<String>| {
        parts::field(
            p,
            Field {
                name,
                label: t(key),
                value: form.raw(name),
                error: errors.get(name),
                hint,
                kind,
                required: true,
                max: Some(80),
                autocomplete: Some("off"),
                ..Field::default()
            },
        )
    };
    html! {
        h1 { (t("contact-new-title")) }
        p { (t("contact-new-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/contacts", html! {
            (field("first_name", "contact-first-name", Kind::Text, None))
            (field("last_name", "contact-last-name", Kind::Text, None))
            (field("phone", "contact-phone", Kind::Tel, Some(t("contact-new-phone-hint"))))
            (parts::primary_button(&t("contact-register")))
        }))
    }
}
