//! Registering and correcting people, and a person's page.

use access::grants::{self, Category};
use access::{Ask, Need, Routes, Who};
use axum::extract::{Path, Query};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{CorrectPerson, Person, PersonId, RegisterPerson, drafts, forms, get, queries, views};
use crate::duplicates::{self, Match, Sign};
use crate::groups::{self, AddGroup, Basis};
use crate::search::pages::Typed;
use crate::{CORRECT, READ, REGISTER, WORDS, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/people/new", Need::May(&REGISTER), new)
        // Open, so that a form sent after the session ended is kept; the handler checks who asks.
        .post("/people", Need::Public, create)
        .get("/people/{id}/edit", Need::May(&CORRECT), edit)
        .post("/people/{id}/edit", Need::May(&CORRECT), correct)
}

/// A person's page with this room's own facts alone, for as long as nobody assembles a fuller one.
pub fn plain_page() -> Routes {
    Routes::new().get("/people/{id}", Need::May(&READ), async |ask: Ask, Path(id): Path<PersonId>| {
        show(&ask, id, Vec::new()).await
    })
}

/// The person when this viewer may see her; else "not found".
pub async fn seen(ask: &Ask, id: PersonId, category: Category) -> Outcome<Person> {
    let mut conn = ask.read().await?;
    if !grants::may_see(&mut conn, &ask.viewer, id.get(), category, ask.now()).await? {
        return Err(Failure::NotFound);
    }
    Ok(get(&mut conn, id).await?)
}

/// A person's page: her header, then the panels other rooms give for her. Notes who looked.
pub async fn show(ask: &Ask, id: PersonId, panels: Vec<Markup>) -> Outcome {
    let person = seen(ask, id, Category::Operational).await?;
    let mut conn = ask.read().await?;
    let may = |category| grants::may_see(&mut conn, &ask.viewer, id.get(), category, ask.now());
    let is_personal = may(Category::Personal).await?;
    let phone = contacts::phone(&mut conn, &ask.city.keys, person.contact_id).await?;
    let members = crate::households::members_of(&mut conn, &ask.city.keys, id).await?;
    let papers = crate::papers::list(&mut conn, id).await?;
    drop(conn);
    ask.seen("person", Some(id.get()), Vec::new()).await?;
    let may_correct = CORRECT.is_held_by(&ask.viewer);
    let view = views::Show { person: &person, phone, members, papers, is_personal, may_correct };
    ask.html(&person.name(), view.draw(&ask.page, panels))
}

#[derive(Deserialize)]
struct Start {
    #[serde(flatten)]
    search: Typed,
    draft: Option<Uuid>,
}

async fn new(ask: Ask, Query(start): Query<Start>) -> Outcome {
    if let Some(draft) = start.draft {
        let form = drafts::find(&ask, draft).await?;
        return form_page(&ask, &form, FormErrors::default(), Step::Fresh).await;
    }
    // Whoever has not searched does so first.
    if start.search.terms().is_empty() {
        return ask.see("/people");
    }
    let mut form = forms::from_search(&start.search.q, &start.search.year);
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
    let mut conn = ask.read().await?;
    let alike = alike(ask, form, None).await?;
    let day = ask.now().date();
    let bodies = bodies(ask, &mut conn).await?;
    let draft: Uuid = form.raw(drafts::DRAFT).parse().map_err(|_| Failure::NotFound)?;
    let owner = ask.viewer.user_id().ok_or(Failure::SignIn)?;
    let view = views::FormView {
        form,
        errors: &errors,
        alike: &alike,
        bodies: &bodies,
        groups: &reference::groups(&mut conn, day).await?,
        fields: &reference::fields(&mut conn, day).await?,
        keeper: Some(drafts::keeper(&ask.city.keys, draft, owner)),
        person: None,
    };
    drop(conn);
    let title = ask.page.t(&WORDS, "person-new-title");
    let body = view.draw(&ask.page);
    if step == Step::Again { ask.again(&title, body) } else { ask.html(&title, body) }
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

/// A match with whether the viewer may see more than initials.
pub(crate) struct Alike {
    pub found: Match,
    pub is_visible: bool,
    pub body: String,
}

/// Those who may be the one typed; noted in the audit, since it tells of people.
async fn alike(ask: &Ask, form: &Form, but: Option<PersonId>) -> Outcome<Vec<Alike>> {
    let mut conn = ask.read().await?;
    let typed = forms::typed(&ask.page, form);
    let found = duplicates::candidates(&mut conn, &ask.city.keys, &typed).await?;
    let mut alike = Vec::new();
    for found in found.into_iter().filter(|found| Some(found.person.id) != but) {
        let id = found.person.id.get();
        let is_visible =
            grants::may_see(&mut conn, &ask.viewer, id, Category::Operational, ask.now()).await?;
        let body = organizations::get(&mut conn, found.person.organization_id).await?;
        let body = body.name(ask.lang()).to_owned();
        alike.push(Alike { found, is_visible, body });
    }
    drop(conn);
    if !alike.is_empty() {
        let shown = alike.iter().map(|alike| alike.found.person.id.get()).collect();
        ask.seen("person_duplicates", but.map(PersonId::get), shown).await?;
    }
    Ok(alike)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    if ask.viewer.who == Who::Nobody {
        let next = drafts::keep(&ask, &form).await?;
        let next = crate::search::pages::web_form(&next);
        return ask.see(format!("/sign-in?next={next}"));
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
    let bodies = ask.viewer.bodies_as(REGISTER.roles);
    let mut conn = ask.read().await?;
    let filled = forms::read(&mut conn, &ask.page, &form, &bodies).await?;
    drop(conn);
    let filled = match filled {
        Ok(filled) => filled,
        Err(errors) => return form_page(&ask, &form, errors, Step::Again).await,
    };
    let mut errors = FormErrors::default();
    let alike = alike(&ask, &form, None).await?;
    let ticked = form.all("other");
    let is_told = |alike: &Alike| ticked.contains(&alike.found.person.id.to_string());
    if alike.iter().any(|alike| alike.found.signs.contains(&Sign::SameCode)) {
        errors.push("national_code", ask.page.t(&WORDS, "reason-national-code-taken"));
    } else if !alike.iter().all(is_told) {
        errors.push("alike", ask.page.t(&WORDS, "person-alike-decide"));
    }
    if errors.is_empty() {
        let others = alike.iter().map(|alike| alike.found.person.id).collect();
        let command = register(&ask, &form, &filled, others)?;
        let name = persian::clean(&format!("{} {}", filled.facts.first_name, filled.facts.last_name));
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask.page.tr(&WORDS, "person-registered", &[("name", name.into())]);
            return ask.see_with(format!("/people/{id}"), &done);
        }
    }
    form_page(&ask, &form, errors, Step::Again).await
}

/// The command of a form that was accepted; its key is the person's id.
fn register(
    ask: &Ask,
    form: &Form,
    filled: &forms::Filled,
    others: Vec<PersonId>,
) -> Outcome<RegisterPerson> {
    let id = PersonId::new(form.key()?);
    let keys = &ask.city.keys;
    let groups = filled.groups.iter().enumerate().map(|(place, code)| {
        // Told by the person's id, so that the form sent twice is the same command.
        let signed = keys.sign("group of person", format!("{id}.{place}.{code}").as_bytes());
        let id_of_group = Uuid::from_slice(signed.get(..16).unwrap_or_default()).unwrap_or_default();
        AddGroup {
            id: id_of_group,
            person: id,
            group_code: code.clone(),
            basis: Basis::Declared,
            reason_sealed: groups::seal_reason(keys, id_of_group, &filled.group_reason),
        }
    });
    Ok(RegisterPerson {
        person: filled.facts.seal(keys, id),
        groups: groups.collect(),
        others,
        draft: form.raw(drafts::DRAFT).parse().ok(),
    })
}

async fn edit(ask: Ask, Path(id): Path<PersonId>) -> Outcome {
    let person = seen(&ask, id, Category::Sensitive).await?;
    let mut conn = ask.read().await?;
    let sealed = queries::sealed_facts(&mut conn, &ask.city.keys, id).await?;
    let phone = contacts::phone(&mut conn, &ask.city.keys, person.contact_id).await?;
    let guardian = match (person.guardian_person_id, person.guardian_contact_id) {
        (Some(guardian), _) => get(&mut conn, guardian).await?.code,
        (None, Some(contact)) => contacts::get(&mut conn, contact).await?.handle,
        (None, None) => String::new(),
    };
    drop(conn);
    ask.seen("person", Some(id.get()), Vec::new()).await?;
    let form = forms::from_record(&ask.page, &person, sealed, phone, guardian);
    edit_page(&ask, &person, &form, FormErrors::default(), Step::Fresh).await
}

async fn edit_page(ask: &Ask, person: &Person, form: &Form, errors: FormErrors, step: Step) -> Outcome {
    let mut conn = ask.read().await?;
    let view = views::FormView {
        form,
        errors: &errors,
        alike: &[],
        bodies: &[],
        groups: &[],
        fields: &reference::fields(&mut conn, ask.now().date()).await?,
        keeper: None,
        person: Some(person),
    };
    let title = ask.page.t(&WORDS, "person-edit-title");
    let body = view.draw(&ask.page);
    if step == Step::Again { ask.again(&title, body) } else { ask.html(&title, body) }
}

async fn correct(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    let person = seen(&ask, id, Category::Sensitive).await?;
    let mut conn = ask.read().await?;
    let body = [person.organization_id.get()];
    let filled = forms::read(&mut conn, &ask.page, &form, &body).await?;
    drop(conn);
    let mut errors = match filled {
        Ok(filled) => {
            let mut errors = FormErrors::default();
            let version = form.raw("version").parse().unwrap_or_default();
            let command = CorrectPerson { person: filled.facts.seal(&ask.city.keys, id), version };
            if ask.refused(ask.post(&form, command).await, &mut errors)?.is_some() {
                let done = ask.page.t(&WORDS, "person-corrected");
                return ask.see_with(format!("/people/{id}"), &done);
            }
            errors
        }
        Err(errors) => errors,
    };
    if errors.is_empty() {
        errors.push("", ask.page.t(&web::WORDS, "field-required"));
    }
    edit_page(&ask, &person, &form, errors, Step::Again).await
}
