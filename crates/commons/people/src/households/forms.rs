//! What the household part of a person's page accepts.

use access::Ask;
use access::grants::{self, Category};
use persian::Jalali;
use web::{Form, FormErrors, Outcome};

use super::{AddMember, Relation};
use crate::persons::derived;
use crate::search::public_code;
use crate::{Person, WORDS, find_by_code};

/// Reads who lives with the person: a name, or the public code of someone the asker may see.
pub(crate) async fn read(
    ask: &Ask,
    form: &Form,
    person: &Person,
) -> Outcome<Result<AddMember, FormErrors>> {
    let key = form.key()?;
    let p = &ask.page;
    let keys = &ask.city.keys;
    let mut read = form.read(p);
    let typed = read.text("member_name", 120);
    let relation: Option<Relation> = read.choice("relation");
    let own: Option<Relation> = match form.has("own_relation") {
        true => read.choice("own_relation"),
        false => Some(Relation::Other),
    };
    let this_year = i64::from(Jalali::from(p.now.date()).year);
    let year = match read.is_empty("member_year") {
        true => Some(None),
        false => read
            .number("member_year", this_year - 130, this_year)
            .map(Some),
    };
    let mut member = None;
    if let Some(code) = typed.as_deref().and_then(public_code) {
        let mut conn = ask.read().await?;
        let found = find_by_code(&mut conn, &code).await?;
        let found = found.filter(|found| found.id != person.id);
        if let Some(found) = found {
            let (id, category) = (found.id.get(), Category::Operational);
            if grants::may_see(&mut conn, &ask.viewer, id, category, ask.now()).await? {
                member = Some(found.id);
            }
        }
        if member.is_none() {
            read.wrong::<()>("member_name", p.t(&WORDS, "person-guardian-unknown"));
        }
    }
    let (Some(name), Some(relation), Some(own_relation), Some(birth_year), true) =
        (typed, relation, own, year, read.is_good())
    else {
        return Ok(Err(read.errors));
    };
    let name = Some(name).filter(|_| member.is_none());
    Ok(Ok(AddMember {
        id: key,
        person: person.id,
        own_relation,
        member,
        name_mark: name.as_ref().map(|name| keys.blind("household name", name)),
        name_sealed: name
            .as_ref()
            .map(|name| keys.seal("household_member", "name", key, name)),
        birth_year: birth_year.filter(|_| member.is_none()),
        relation,
        new_ids: (
            derived(keys, "household", key),
            derived(keys, "first of household", key),
        ),
        region: person.region,
    }))
}
