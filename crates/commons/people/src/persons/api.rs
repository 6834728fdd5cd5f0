//! People for machines: the fields of the form as a JSON object, the same commands.

use access::contract::Gives;
use access::grants::{self, Category};
use access::{Ask, IfMatch, Key, Made, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use money::Rial;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Form, FormErrors, Outcome};

use super::pages::{alike, correction, registration};
use super::record::seen;
use super::{Person, PersonId, queries};
use crate::machine::{ConsentBody, FactsBody};
use crate::{CORRECT, READ, REGISTER, WORDS, groups};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/people", Need::May(&REGISTER), create)
        .api_get("/api/v1/people/{id}", Need::May(&READ), show)
        .api_put("/api/v1/people/{id}", Need::May(&CORRECT), correct)
}

/// A person as she is registered: the fields of the form.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PersonRegistration")]
struct Registration {
    /// Her id, made by the sender; also the key of this write.
    id: PersonId,
    #[serde(flatten)]
    facts: FactsBody,
    #[serde(flatten)]
    consent: ConsentBody,
    /// The body that registers her; may be left out by whoever works for one.
    organization: Option<OrganizationId>,
    /// Codes of target groups.
    #[serde(default)]
    groups: Vec<String>,
    /// What the groups rest on.
    group_reason: Option<String>,
    /// Those alike who are somebody else, after a look at each: the marks the refusal names.
    #[serde(default)]
    others: Vec<String>,
}

/// Sent again with the same id, it gets the first answer.
async fn create(ask: Ask, web::Json(body): web::Json<Registration>) -> Outcome<impl Gives> {
    let mut form = body.facts.form();
    body.consent.fill(&mut form);
    let organization = body
        .organization
        .iter()
        .map(|id| ("organization", id.to_string()));
    let groups = body.groups.iter().map(|group| ("groups", group.clone()));
    let reason = body
        .group_reason
        .iter()
        .map(|words| ("group_reason", words.clone()));
    let others = body.others.iter().map(|mark| ("others", mark.clone()));
    for (name, value) in organization.chain(groups).chain(reason).chain(others) {
        form.push(name.to_owned(), value);
    }
    let command = match registration(&ask, &form, body.id).await? {
        Ok(command) => command,
        Err(mut errors) => {
            if errors.get("alike").is_some() {
                name_marks(&ask, &form, body.id, &mut errors).await?;
            }
            return Err(Failure::Faulty(errors));
        }
    };
    ask.made(ask.once(body.id.get(), command).await?)
}

/// The marks of those alike, for a program cannot see the panel of the form.
async fn name_marks(ask: &Ask, form: &Form, id: PersonId, errors: &mut FormErrors) -> Outcome<()> {
    for alike in alike(ask, form, Some(id)).await? {
        let mark = ("mark", alike.mark.as_str().into());
        errors.push(
            "others",
            WORDS.text(ask.lang(), "person-alike-mark", &[mark]),
        );
    }
    Ok(())
}

/// A person's record as far as the asker's grant covers it.
#[derive(Serialize, JsonSchema)]
struct PersonFile {
    #[serde(flatten)]
    person: Person,
    phone: Option<String>,
    /// With *personal*.
    #[serde(skip_serializing_if = "Option::is_none")]
    national_code: Option<String>,
    /// With *sensitive*; a month, in rials.
    #[serde(skip_serializing_if = "Option::is_none")]
    income_rial: Option<Rial>,
    /// With *sensitive*.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    /// With *sensitive*: codes of target groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<String>>,
}

/// What the asker's grant covers: national code and family from *personal* on, target groups,
/// income and notes with *sensitive*.
async fn show(ask: Ask, Path(id): Path<PersonId>) -> Outcome<impl Gives> {
    let mut person = seen(&ask, id, Category::Operational).await?;
    let version = person.version;
    let mut conn = ask.read().await?;
    let (viewer, now, keys) = (&ask.viewer, ask.now(), &ask.city.keys);
    let is_personal = grants::may_see(&mut conn, viewer, id.get(), Category::Personal, now).await?;
    let is_sensitive =
        grants::may_see(&mut conn, viewer, id.get(), Category::Sensitive, now).await?;
    let phone = contacts::phone(&mut conn, keys, person.contact_id).await?;
    let (code, income, notes) = queries::sealed_facts(&mut conn, keys, id).await?;
    if !is_personal {
        person.dependants = None;
        person.national_code_last4 = String::new();
    }
    let groups = match is_sensitive {
        true => Some(groups::of(&mut conn, id).await?),
        false => None,
    };
    let body = PersonFile {
        person,
        phone,
        national_code: code.filter(|_| is_personal),
        income_rial: income.filter(|_| is_sensitive),
        notes: notes.filter(|_| is_sensitive),
        groups,
    };
    drop(conn);
    let kind = match is_personal {
        true => "person_national_code",
        false => "person",
    };
    ask.seen(kind, Some(id.get()), vec![id.get()]).await?;
    Ok(ask.json(StatusCode::OK, &body)?.at_version(version))
}

/// Replaces all facts of the record that was read.
async fn correct(
    ask: Ask,
    Path(id): Path<PersonId>,
    Key(key): Key,
    IfMatch(version): IfMatch,
    web::Json(facts): web::Json<FactsBody>,
) -> Outcome<impl Gives> {
    let person = seen(&ask, id, Category::Sensitive).await?;
    let mut form = facts.form();
    form.push("version".to_owned(), version.to_string());
    let command = correction(&ask, &form, &person).await?;
    let command = command.map_err(Failure::Faulty)?;
    let answer = ask.once(key, command).await?;
    ask.json(StatusCode::OK, &Made { id: answer.out })
}
