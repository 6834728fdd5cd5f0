//! Registering people and correcting their records.

use access::grants::{self, Category};
use access::{Ask, Need, Routes, Who};
use axum::extract::{Path, Query};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::facts::derived;
use super::record::seen;
use super::{
    ConsentGiven, CorrectPerson, Person, PersonId, RegisterPerson, drafts, forms, get, queries,
    views,
};
use crate::duplicates::{self, Match, Sign};
use crate::groups::{self, AddGroup, Basis};
use crate::search::pages::{Typed, web_form};
use crate::{CORRECT, REGISTER, WORDS, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/people/new", Need::May(&REGISTER), new)
        // Open, so that a form sent after the session ended is kept; the handler checks who asks.
        .post("/people", Need::Public, create)
        .get("/people/{id}/edit", Need::May(&CORRECT), edit)
        .post("/people/{id}/edit", Need::May(&CORRECT), correct)
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    q: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    relative: String,
    draft: Option<Uuid>,
}

async fn new(ask: Ask, Query(start): Query<Start>) -> Outcome {
    if let Some(draft) = start.draft {
        let mut form = drafts::find(&ask, draft).await?;
        if form.raw(drafts::DRAFT).is_empty() {
            form.push(drafts::DRAFT.to_owned(), draft.to_string());
        }
        return form_page(&ask, &form, FormErrors::default(), Step::Fresh).await;
    }
    let search = Typed {
        q: start.q,
        year: start.year,
        relative: start.relative,
        cursor: None,
    };
    // Whoever has not searched does so first.
    if search.terms().is_empty() {
        return ask.see("/people");
    }
    let mut form = forms::from_search(&search.q, &search.year);
    form.push(drafts::DRAFT.to_owned(), ask.city.db.new_id().to_string());
    form_page(&ask, &form, FormErrors::default(), Step::Fresh).await
}

/// Whether the form is shown for the first time or again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Fresh,
    Again,
}

async fn form_page(ask: &Ask, form: &Form, errors: FormErrors, step: Step) -> Outcome {
    let alike = alike(ask, form, None).await?;
    let mut conn = ask.read().await?;
    let day = ask.now().date();
    let bodies = bodies(ask, &mut conn).await?;
    let draft: Uuid = match form.raw(drafts::DRAFT).parse() {
        Ok(draft) => draft,
        Err(_) => ask.city.db.new_id(),
    };
    let owner = ask.viewer.user_id().ok_or(Failure::SignIn)?;
    let view = views::FormView {
        form,
        errors: &errors,
        alike: &alike,
        bodies: &bodies,
        groups: &reference::groups(&mut conn, day).await?,
        fields: &reference::fields(&mut conn, day).await?,
        kept: Some((draft, drafts::keeper(&ask.city.keys, draft, owner))),
        person: None,
    };
    drop(conn);
    let title = ask.page.t(&WORDS, "person-new-title");
    let body = view.draw(&ask.page);
    match step {
        Step::Again => ask.again(&title, body),
        Step::Fresh => ask.html(&title, body),
    }
}

/// The bodies in which the viewer may register.
async fn bodies(ask: &Ask, conn: &mut db::Conn) -> Outcome<Vec<(Uuid, String)>> {
    let mut bodies = Vec::new();
    for id in ask.viewer.bodies_as(REGISTER.roles) {
        let body = organizations::get(conn, organizations::OrganizationId::new(id)).await?;
        bodies.push((id, body.name(ask.lang()).to_owned()));
    }
    Ok(bodies)
}

/// A match with whether the viewer may see who it is.
pub(crate) struct Alike {
    pub found: Match,
    pub is_visible: bool,
    /// How the form names her: by her id, or by a mark that means nothing to anybody else when
    /// the viewer may not know who she is.
    pub mark: String,
}

/// Those who may be the one typed; noted in the audit, since it tells of people.
pub(super) async fn alike(ask: &Ask, form: &Form, but: Option<PersonId>) -> Outcome<Vec<Alike>> {
    let mut conn = ask.read().await?;
    let typed = forms::typed(&ask.page, form);
    let found = duplicates::candidates(&mut conn, &ask.city.keys, &typed).await?;
    let mut alike = Vec::new();
    for found in found
        .into_iter()
        .filter(|found| Some(found.person.id) != but)
    {
        let id = found.person.id.get();
        let (viewer, category) = (&ask.viewer, Category::Operational);
        let is_visible = grants::may_see(&mut conn, viewer, id, category, ask.now()).await?;
        let mark = match is_visible {
            true => id.to_string(),
            false => mark(ask, id),
        };
        alike.push(Alike {
            found,
            is_visible,
            mark,
        });
    }
    drop(conn);
    if !alike.is_empty() {
        let shown = alike
            .iter()
            .map(|alike| alike.found.person.id.get())
            .collect();
        ask.seen("person_duplicates", but.map(PersonId::get), shown)
            .await?;
    }
    Ok(alike)
}

/// Stands for a hidden person in this viewer's forms.
fn mark(ask: &Ask, person: Uuid) -> String {
    let viewer = ask.viewer.user_id().unwrap_or_default();
    let text = format!("{viewer}.{person}");
    let signed = ask.city.keys.sign("somebody alike", text.as_bytes());
    let bytes = signed.iter().take(16);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

async fn create(ask: Ask, form: Form) -> Outcome {
    if ask.viewer.who == Who::Nobody {
        let next = drafts::keep(&ask, &form).await?;
        return ask.see(format!("/sign-in?next={}", web_form(&next)));
    }
    if !REGISTER.is_held_by(&ask.viewer) {
        return Err(Failure::Forbidden);
    }
    match form.raw("act") {
        "draft" => {
            let next = drafts::keep(&ask, &form).await?;
            return ask.see_with(next, &ask.page.t(&WORDS, "person-draft-kept"));
        }
        "check" => return form_page(&ask, &form, FormErrors::default(), Step::Fresh).await,
        _ => {}
    }
    let id = PersonId::new(form.key()?);
    let errors = match registration(&ask, &form, id).await? {
        Err(errors) => errors,
        Ok(command) => {
            let name = command.person.contact.shown_name.clone();
            let mut errors = FormErrors::default();
            if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
                let args = [("name", name.into())];
                let done = ask.page.tr(&WORDS, "person-registered", &args);
                return ask.see_with(format!("/people/{id}"), &done);
            }
            errors
        }
    };
    form_page(&ask, &form, errors, Step::Again).await
}

/// Reads a registration and what was decided of those alike: the command, or what is wrong.
pub(super) async fn registration(
    ask: &Ask,
    form: &Form,
    id: PersonId,
) -> Outcome<Result<RegisterPerson, FormErrors>> {
    let bodies = ask.viewer.bodies_as(REGISTER.roles);
    let filled = forms::read(ask, form, &bodies, None).await?;
    let agreed = forms::consent(&ask.page, form);
    let (filled, agreed) = match (filled, agreed) {
        (Ok(filled), Ok(agreed)) => (filled, agreed),
        (filled, agreed) => {
            let mut errors = filled.err().unwrap_or_default();
            for (field, sentence) in agreed.err().unwrap_or_default().iter() {
                errors.push(field, sentence);
            }
            return Ok(Err(errors));
        }
    };
    let mut errors = FormErrors::default();
    let ticked = form.all("others");
    // She herself is there when the form comes a second time; it then gets its first answer.
    let alike = alike(ask, form, Some(id)).await?;
    let same = alike
        .iter()
        .find(|alike| alike.found.signs.contains(&Sign::SameCode));
    if let Some(same) = same {
        let key = match same.is_visible {
            true => "reason-national-code-taken",
            false => "people-elsewhere",
        };
        errors.push("national_code", ask.page.t(&WORDS, key));
    } else if !alike.iter().all(|alike| ticked.contains(&alike.mark)) {
        errors.push("alike", ask.page.t(&WORDS, "person-alike-decide"));
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let keys = &ask.city.keys;
    let groups = filled.groups.iter().map(|code| {
        let id_of_group = derived(keys, &format!("group {code}"), id.get());
        AddGroup {
            id: id_of_group,
            person: id,
            group_code: code.clone(),
            basis: Basis::Declared,
            reason_sealed: groups::seal_reason(keys, id_of_group, &filled.group_reason),
        }
    });
    Ok(Ok(RegisterPerson {
        person: filled.facts.seal(keys, id),
        consent: ConsentGiven {
            id: derived(keys, "consent at registration", id.get()),
            evidence: agreed.0,
            valid_until: agreed.1,
        },
        groups: groups.collect(),
        others: alike.iter().map(|alike| alike.found.person.id).collect(),
        draft: form.raw(drafts::DRAFT).parse().ok(),
    }))
}

async fn edit(ask: Ask, Path(id): Path<PersonId>) -> Outcome {
    let person = seen(&ask, id, Category::Sensitive).await?;
    ask.seen("person", Some(id.get()), vec![id.get()]).await?;
    let form = record_form(&ask, &person).await?;
    edit_page(&ask, &person, &form, FormErrors::default(), Step::Fresh).await
}

/// A person's record as the form shows it.
pub(super) async fn record_form(ask: &Ask, person: &Person) -> Outcome<Form> {
    let mut conn = ask.read().await?;
    let keys = &ask.city.keys;
    let sealed = queries::sealed_facts(&mut conn, keys, person.id).await?;
    let phone = contacts::phone(&mut conn, keys, person.contact_id).await?;
    let contact = contacts::get(&mut conn, person.contact_id).await?;
    let guardian = match (person.guardian_person_id, person.guardian_contact_id) {
        (Some(guardian), _) => get(&mut conn, guardian).await?.code,
        (None, Some(contact)) => contacts::get(&mut conn, contact).await?.handle,
        (None, None) => String::new(),
    };
    let neighbourhood = contact.neighbourhood;
    let page = &ask.page;
    Ok(forms::from_record(
        page,
        person,
        sealed,
        phone,
        neighbourhood,
        guardian,
    ))
}

async fn edit_page(
    ask: &Ask,
    person: &Person,
    form: &Form,
    errors: FormErrors,
    step: Step,
) -> Outcome {
    let mut conn = ask.read().await?;
    let view = views::FormView {
        form,
        errors: &errors,
        alike: &[],
        bodies: &[],
        groups: &[],
        fields: &reference::fields(&mut conn, ask.now().date()).await?,
        kept: None,
        person: Some(person),
    };
    drop(conn);
    let title = ask.page.t(&WORDS, "person-edit-title");
    let body = view.draw(&ask.page);
    match step {
        Step::Again => ask.again(&title, body),
        Step::Fresh => ask.html(&title, body),
    }
}

/// Reads a correction: the command, or what is wrong.
pub(super) async fn correction(
    ask: &Ask,
    form: &Form,
    person: &Person,
) -> Outcome<Result<CorrectPerson, FormErrors>> {
    let body = [person.organization_id.get()];
    let filled = forms::read(ask, form, &body, Some(person.id)).await?;
    Ok(filled.map(|filled| CorrectPerson {
        person: filled.facts.seal(&ask.city.keys, person.id),
        version: form.raw("version").parse().unwrap_or_default(),
    }))
}

async fn correct(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    let person = seen(&ask, id, Category::Sensitive).await?;
    let errors = match correction(&ask, &form, &person).await? {
        Ok(command) => {
            let mut errors = FormErrors::default();
            let done = ask.refused(ask.post(&form, command).await, &mut errors)?;
            if done.is_some() {
                let done = ask.page.t(&WORDS, "person-corrected");
                return ask.see_with(format!("/people/{id}"), &done);
            }
            errors
        }
        Err(errors) => errors,
    };
    edit_page(&ask, &person, &form, errors, Step::Again).await
}
