//! A person's page: what is known of her, and the small changes made on it.

use access::consents;
use access::grants::{self, Category};
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::record_views::{Contact, Record};
use super::{Person, PersonId, get, queries};
use crate::groups::{self, AddGroup, Basis, EndGroup};
use crate::{CORRECT, READ, REGISTER, WORDS, households, papers, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/people/{id}", Need::May(&READ), page)
        .post("/people/{id}/groups", Need::May(&CORRECT), add_group)
        .post("/people/{id}/groups/end", Need::May(&CORRECT), end_group)
        .post("/people/{id}/household", Need::May(&CORRECT), add_member)
        .post(
            "/people/{id}/household/end",
            Need::May(&CORRECT),
            end_member,
        )
        .post("/people/{id}/papers", Need::May(&CORRECT), record_paper)
}

/// The person when this viewer may see facts of this class; else "not found".
pub async fn seen(ask: &Ask, id: PersonId, category: Category) -> Outcome<Person> {
    let mut conn = ask.read().await?;
    if !grants::may_see(&mut conn, &ask.viewer, id.get(), category, ask.now()).await? {
        return Err(Failure::NotFound);
    }
    Ok(get(&mut conn, id).await?)
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    show: String,
}

async fn page(ask: Ask, Path(id): Path<PersonId>, Query(shown): Query<Shown>) -> Outcome {
    let form = Form::default();
    let errors = FormErrors::default();
    let view = Drawn {
        id,
        reveals: shown.show == "national_code",
        form: &form,
        errors: &errors,
    };
    view.page(&ask).await
}

/// A person's page about to be drawn, perhaps with a form that came back.
struct Drawn<'a> {
    id: PersonId,
    /// The national code is asked for in full.
    reveals: bool,
    form: &'a Form,
    errors: &'a FormErrors,
}

impl Drawn<'_> {
    async fn page(&self, ask: &Ask) -> Outcome {
        let id = self.id;
        let person = seen(ask, id, Category::Operational).await?;
        let mut conn = ask.read().await?;
        let (viewer, now, keys) = (&ask.viewer, ask.now(), &ask.city.keys);
        let is_personal =
            grants::may_see(&mut conn, viewer, id.get(), Category::Personal, now).await?;
        let is_sensitive =
            grants::may_see(&mut conn, viewer, id.get(), Category::Sensitive, now).await?;
        let reveals = self.reveals && is_personal;
        let kind = match reveals {
            true => "person_national_code",
            false => "person",
        };
        let mut others = vec![id.get()];
        let mut members = Vec::new();
        if is_personal {
            for mut member in households::members_of(&mut conn, keys, id).await? {
                // Who lives with her may be another centre's: only that somebody does is said.
                if let Some(other) = member.person_id.filter(|other| *other != id.get()) {
                    let (category, other_id) = (Category::Operational, other);
                    if grants::may_see(&mut conn, viewer, other_id, category, now).await? {
                        others.push(other);
                    } else {
                        member.hide();
                    }
                }
                members.push(member);
            }
        }
        let contact = contacts::get(&mut conn, person.contact_id).await?;
        let record = Record {
            contact: Contact {
                phone: contacts::phone(&mut conn, keys, person.contact_id).await?,
                handle: contact.handle,
                neighbourhood: contact.neighbourhood,
            },
            body: organizations::get(&mut conn, person.organization_id).await?,
            guardian: self.guardian(ask, &mut conn, &person).await?,
            national_code: match reveals {
                true => queries::national_code(&mut conn, keys, id).await?,
                false => None,
            },
            members,
            papers: papers::list(&mut conn, id).await?,
            groups: match is_sensitive {
                true => groups::history(&mut conn, id).await?,
                false => Vec::new(),
            },
            all_groups: reference::groups(&mut conn, now.date()).await?,
            fields: reference::fields(&mut conn, now.date()).await?,
            consents: consents::list(&mut conn, id.get()).await?,
            is_personal,
            is_sensitive,
            may_correct: CORRECT.is_held_by(viewer) && !viewer.emergencies.contains(&id.get()),
            may_agree: viewer
                .bodies_as(REGISTER.roles)
                .contains(&person.organization_id.get()),
            form: self.form,
            errors: self.errors,
            person,
        };
        drop(conn);
        ask.seen(kind, Some(id.get()), others).await?;
        let title = record.person.name();
        let view = record.draw(&ask.page);
        match self.errors.is_empty() {
            true => ask.html(&title, view),
            false => ask.again(&title, view),
        }
    }

    /// Code and, when the viewer may know it, name of guardian or companion.
    async fn guardian(
        &self,
        ask: &Ask,
        conn: &mut db::Conn,
        person: &Person,
    ) -> Outcome<Option<String>> {
        if let Some(guardian) = person.guardian_person_id {
            let category = Category::Operational;
            let id = guardian.get();
            let known = get(conn, guardian).await?;
            return Ok(Some(
                match grants::may_see(conn, &ask.viewer, id, category, ask.now()).await? {
                    true => format!("{} {}", known.name(), known.code),
                    false => known.code,
                },
            ));
        }
        Ok(match person.guardian_contact_id {
            Some(contact) => {
                let contact = contacts::get(conn, contact).await?;
                let (viewer, category) = (&ask.viewer, Category::Operational);
                let is_visible =
                    contacts::may_see(conn, viewer, &contact, category, ask.now()).await?;
                Some(match is_visible {
                    true => format!("{} {}", contact.shown_name, contact.handle),
                    false => contact.handle,
                })
            }
            None => None,
        })
    }
}

/// Runs one change of the page: on with the page, or the page again with its errors.
async fn settle<W: db::Write>(
    ask: &Ask,
    id: PersonId,
    form: &Form,
    command: Result<W, FormErrors>,
    done: &str,
) -> Outcome {
    let errors = match command {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            let outcome = ask.post(form, command).await;
            if ask.refused(outcome, &mut errors)?.is_some() {
                return ask.see_with(format!("/people/{id}"), &ask.page.t(&WORDS, done));
            }
            errors
        }
    };
    let view = Drawn {
        id,
        reveals: false,
        form,
        errors: &errors,
    };
    view.page(ask).await
}

async fn add_group(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    seen(&ask, id, Category::Sensitive).await?;
    let key = form.key()?;
    let known = reference::groups(&mut ask.read().await?, ask.now().date()).await?;
    let mut read = form.read(&ask.page);
    let code = read.text("group", 60);
    if code
        .as_ref()
        .is_some_and(|code| !known.iter().any(|group| group.code == *code))
    {
        read.wrong::<()>("group", ask.page.t(&web::WORDS, "field-choose"));
    }
    let basis: Option<Basis> = read.choice("basis");
    let reason = read.note("group_reason", 2_000);
    let command = match (code, basis, reason) {
        (Some(group_code), Some(basis), Some(reason)) if read.is_good() => Ok(AddGroup {
            id: key,
            person: id,
            group_code,
            basis,
            reason_sealed: groups::seal_reason(&ask.city.keys, key, &reason),
        }),
        _ => Err(read.errors),
    };
    settle(&ask, id, &form, command, "group-added").await
}

async fn end_group(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    seen(&ask, id, Category::Sensitive).await?;
    let command = EndGroup {
        person: id,
        group_code: form.raw("group").to_owned(),
    };
    settle(&ask, id, &form, Ok(command), "group-ended").await
}

async fn add_member(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    let person = seen(&ask, id, Category::Personal).await?;
    let command = households::forms::read(&ask, &form, &person).await?;
    settle(&ask, id, &form, command, "member-added").await
}

async fn end_member(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    seen(&ask, id, Category::Personal).await?;
    let member: Uuid = form.raw("member").parse().map_err(|_| Failure::NotFound)?;
    let command = households::EndMember {
        person: id,
        id: member,
    };
    settle(&ask, id, &form, Ok(command), "member-ended").await
}

async fn record_paper(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    seen(&ask, id, Category::Personal).await?;
    let command = papers::read(&ask, &form, id)?;
    settle(&ask, id, &form, command, "paper-recorded").await
}
