//! A registration half filled in: kept sealed for its owner, also when the session ended.

use access::drafts::{self, KeepDraft};
use access::{Ask, Who};
use data_encoding::BASE64URL_NOPAD;
use db::Keys;
use uuid::Uuid;
use web::{Failure, Form, Outcome};

/// The kind of form, in the owner's list of drafts.
const FORM: &str = "person";
/// Fields that carry the draft and whose it is.
pub(crate) const DRAFT: &str = "draft";
/// A signed word that the form was shown to this user: lets the form be kept when it comes
/// back after the session ended.
pub(crate) const KEEPER: &str = "keeper";

/// The signed owner of a draft, for the form.
pub(crate) fn keeper(keys: &Keys, draft: Uuid, owner: Uuid) -> String {
    format!(
        "{owner}.{}",
        BASE64URL_NOPAD.encode(&signature(keys, draft, owner))
    )
}

fn signature(keys: &Keys, draft: Uuid, owner: Uuid) -> Vec<u8> {
    keys.sign("keeper of draft", format!("{draft}.{owner}").as_bytes())
}

/// The owner a form names, when its signature is right.
fn owner(keys: &Keys, draft: Uuid, keeper: &str) -> Option<Uuid> {
    let (owner, signed) = keeper.split_once('.')?;
    let owner: Uuid = owner.parse().ok()?;
    let signed = BASE64URL_NOPAD.decode(signed.as_bytes()).ok()?;
    (signed == signature(keys, draft, owner)).then_some(owner)
}

/// Keeps the form; gives the address where it goes on.
pub(crate) async fn keep(ask: &Ask, form: &Form) -> Outcome<String> {
    let draft: Uuid = form.raw(DRAFT).parse().map_err(|_| Failure::NotFound)?;
    let owner = match ask.viewer.who {
        Who::User(user) => user,
        // Nobody is signed in any more: the form itself proves to whom it was shown.
        _ => owner(&ask.city.keys, draft, form.raw(KEEPER)).ok_or(Failure::SignIn)?,
    };
    let content = drafts::seal(&ask.city.keys, draft, form);
    ask.write(KeepDraft {
        id: draft,
        owner,
        form: FORM.to_owned(),
        subject: None,
        content,
    })
    .await?;
    Ok(format!("/people/new?draft={draft}"))
}

/// The viewer's draft as it was typed.
pub(crate) async fn find(ask: &Ask, draft: Uuid) -> Outcome<Form> {
    let owner = ask.viewer.user_id().ok_or(Failure::NotFound)?;
    let kept = drafts::find(&mut ask.read().await?, owner, draft)
        .await?
        .ok_or(Failure::NotFound)?;
    drafts::open(&ask.city.keys, draft, &kept)
}

/// The viewer's registrations half filled in: draft and when it was kept, newest first.
pub(crate) async fn list(ask: &Ask) -> Outcome<Vec<(Uuid, persian::Timestamp)>> {
    let Some(owner) = ask.viewer.user_id() else {
        return Ok(Vec::new());
    };
    let all = drafts::list(&mut ask.read().await?, owner).await?;
    Ok(all
        .into_iter()
        .filter(|draft| draft.1 == FORM)
        .map(|draft| (draft.0, draft.3))
        .collect())
}
