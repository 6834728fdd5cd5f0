//! Entering a maker who already has products, on screen and for machines.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use contacts::ContactId;
use maud::{Markup, html};
use organizations::OrganizationId;
use persian::{Lang, Phone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::parts::{self, Choice, Field, Kind};
use web::{Failure, Form, FormErrors, Json, Outcome};

use super::{LONGEST_NAME, MAKER_CONSENT, MAKER_FIELD, MOST_REGIONS, RegisterMaker, Told};
use crate::stories::{AllowStory, Evidence};
use crate::{PRODUCT_CHANGE, WORDS};

// words: maker-*

pub(crate) fn routes() -> Routes {
    let need = Need::May(&PRODUCT_CHANGE);
    Routes::new()
        .get("/makers/new", need, new)
        .post("/makers", need, register)
        .api_post("/api/v1/makers", need, api_register)
}

/// The body a maker is entered for: the viewer's own.
fn own_body(ask: &Ask) -> Outcome<OrganizationId> {
    let bodies = ask.viewer.bodies_as(PRODUCT_CHANGE.roles);
    let first = bodies.first().copied().ok_or(Failure::Forbidden)?;
    Ok(OrganizationId::new(first))
}

/// Her consent, for a year.
pub(crate) fn consent(ask: &Ask, id: Uuid, contact: ContactId, by: Evidence) -> AllowStory {
    AllowStory {
        id,
        contact_id: contact,
        valid_until: ask.now().plus_days(365).date(),
        evidence: by.to_string(),
    }
}

async fn new(ask: Ask) -> Outcome {
    let title = ask.page.t(&WORDS, "maker-new-title");
    let view = view(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&title, view)
}

async fn register(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let first_name = read.text("first_name", LONGEST_NAME);
    let family_name = read.text("family_name", LONGEST_NAME);
    let phone = match read.is_empty("phone") {
        true => Some(None),
        false => read.mobile("phone").map(|phone| Some(Phone::Mobile(phone))),
    };
    let region = read.number("region", 1, MOST_REGIONS);
    let neighbourhood = read.optional_text("neighbourhood", LONGEST_NAME);
    let evidence = read.optional_choice::<Evidence>("evidence");
    let mut errors = read.errors;
    if let (Some(first_name), Some(family_name), Some(phone), Some(region), Some(neighbourhood)) =
        (first_name, family_name, phone, region, neighbourhood)
        && let Some(evidence) = evidence
    {
        let told = Told {
            first_name,
            family_name,
            phone,
            region,
            neighbourhood,
        };
        let id = ContactId::new(form.key()?);
        let story = evidence.map(|by| consent(&ask, id.get(), id, by));
        let keys = &ask.city.keys;
        let body = own_body(&ask)?;
        let command = RegisterMaker::new(keys, id, told, body, story, Lang::Fa);
        let outcome = ask.post(&form, command).await;
        if let Some(handle) = ask.refused(outcome, &mut errors)? {
            let done = ask.page.t(&WORDS, "maker-entered");
            return ask.see_with(format!("/makers/{handle}/file"), &done);
        }
    }
    let title = ask.page.t(&WORDS, "maker-new-title");
    let view = view(&ask, &form, &errors).await?;
    ask.again(&title, view)
}

async fn view(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let regions = organizations::reference::regions(&mut ask.read().await?).await?;
    let regions = regions.iter().map(|one| {
        let name = match p.lang {
            Lang::Fa => &one.name_fa,
            Lang::En => &one.name_en,
        };
        (one.number.to_string(), name.clone())
    });
    let regions: Vec<(String, String)> = regions.collect();
    let text = |name: &'static str, hint: Option<String>, kind: Kind, required: bool| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("maker-{}", name.replace('_', "-"))),
                hint,
                kind,
                value: form.raw(name),
                error: errors.get(name),
                required,
                ..Field::default()
            },
        )
    };
    // Whoever is entered here has no guardian on record yet.
    let ways = Evidence::ALL.iter().filter(|it| **it != Evidence::Guardian);
    let ways = ways.map(|it| {
        let key = format!("story-by-{}", it.as_str().replace('_', "-"));
        (it.to_string(), t(&key))
    });
    let ways = ways.collect();
    Ok(html! {
        (parts::back_link("/products", &t("products-title")))
        h1 { (t("maker-new-title")) }
        (parts::error_summary(p, errors))
        p { (t("maker-new-lead")) }
        (parts::form(p, "/makers", html! {
            (text("first_name", None, Kind::default(), true))
            (text("family_name", Some(t("maker-family-name-hint")), Kind::default(), true))
            (text("phone", Some(t("maker-phone-hint")), Kind::Tel, false))
            (parts::select(p, Choice {
                name: "region", label: t("maker-region"), value: form.raw("region"), error: errors.get("region"),
                options: regions, required: true, ..Choice::default()
            }))
            (text("neighbourhood", None, Kind::default(), false))
            (parts::radios(p, Choice {
                name: "evidence", label: t("maker-consent"), hint: Some(t("maker-consent-hint")),
                value: form.raw("evidence"), error: errors.get("evidence"), options: ways, ..Choice::default()
            }))
            (parts::buttons(parts::primary_button(&t("maker-enter"))))
        }))
    })
}

#[derive(Deserialize, JsonSchema)]
struct NewMaker {
    id: ContactId,
    first_name: String,
    family_name: String,
    #[serde(default)]
    phone: Option<String>,
    region: i64,
    #[serde(default)]
    neighbourhood: String,
    /// How she agreed to be shown; none when she did not.
    #[serde(default)]
    consent: Option<String>,
}

/// A maker and her handle.
#[derive(Serialize, JsonSchema)]
struct MakerMade {
    id: ContactId,
    handle: String,
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn api_register(ask: Ask, Json(new): Json<NewMaker>) -> Outcome<impl Gives> {
    let name = |text: &str, field: &str, least: usize| {
        let text = persian::clean(text);
        match (least..=LONGEST_NAME).contains(&text.chars().count()) {
            true => Ok(text),
            false => MAKER_FIELD.at(field).map_err(Failure::from),
        }
    };
    let told = Told {
        first_name: name(&new.first_name, "first_name", 1)?,
        family_name: name(&new.family_name, "family_name", 1)?,
        phone: match new.phone.as_deref().map(Phone::parse) {
            None => None,
            Some(Ok(phone)) => Some(phone),
            Some(Err(_)) => return contacts::PHONE_WRONG.at("phone").map_err(Failure::from),
        },
        region: match (1..=MOST_REGIONS).contains(&new.region) {
            true => new.region,
            false => return MAKER_FIELD.at("region").map_err(Failure::from),
        },
        neighbourhood: name(&new.neighbourhood, "neighbourhood", 0)?,
    };
    let story = match new.consent.as_deref().map(str::parse::<Evidence>) {
        None => None,
        Some(Ok(by)) => Some(consent(&ask, new.id.get(), new.id, by)),
        Some(Err(_)) => return MAKER_CONSENT.at("consent").map_err(Failure::from),
    };
    let body = own_body(&ask)?;
    let command = RegisterMaker::new(&ask.city.keys, new.id, told, body, story, Lang::Fa);
    let key = new.id.get();
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    let body = MakerMade {
        id: new.id,
        handle: answer.out.clone(),
    };
    ask.json(status, &body)
}
