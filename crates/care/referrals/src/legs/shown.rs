//! Legs with the names a page shows.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use access::Ask;
use db::{Conn, Keys, Result};
use organizations::{Organization, OrganizationId, services};
use persian::Lang;
use web::Outcome;

use super::Leg;
use super::queries::{self, LegEvent};
use crate::parcels::{self, Snapshot};
use crate::reference;

/// A leg and the names around it.
pub(crate) struct Shown {
    pub leg: Leg,
    pub sender: String,
    pub receiver: String,
    pub service: String,
    /// Name of the decline code.
    pub declined: Option<String>,
}

/// Names of bodies, each read once.
#[derive(Default)]
pub(crate) struct Names(HashMap<OrganizationId, Organization>);

impl Names {
    pub(crate) async fn of(
        &mut self,
        conn: &mut Conn,
        id: OrganizationId,
        lang: Lang,
    ) -> Result<String> {
        let body = match self.0.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(organizations::get(conn, id).await?),
        };
        Ok(body.name(lang).to_owned())
    }
}

/// Finds the names for some legs.
pub(crate) async fn show(conn: &mut Conn, lang: Lang, legs: Vec<Leg>) -> Result<Vec<Shown>> {
    let mut names = Names::default();
    let mut shown = Vec::with_capacity(legs.len());
    for leg in legs {
        let declined = match &leg.decline_code {
            Some(code) => reference::decline_name(conn, code).await?,
            None => None,
        };
        shown.push(Shown {
            sender: names.of(conn, leg.sender_id, lang).await?,
            receiver: names.of(conn, leg.organization_id, lang).await?,
            service: services::get(conn, leg.service_id)
                .await?
                .name(lang)
                .to_owned(),
            declined: declined.map(|code| code.name(lang).to_owned()),
            leg,
        });
    }
    Ok(shown)
}

/// [`show`] for one leg.
pub(crate) async fn show_one(conn: &mut Conn, lang: Lang, leg: Leg) -> Result<Shown> {
    show(conn, lang, vec![leg])
        .await?
        .pop()
        .ok_or(db::Error::NotFound)
}

/// An event with its words opened.
pub(crate) struct Told {
    pub event: LegEvent,
    pub note: Option<String>,
}

/// A leg's history with its words, newest first.
pub(crate) async fn history(conn: &mut Conn, keys: &Keys, leg: &Leg) -> Result<Vec<Told>> {
    let events = queries::events(conn, leg.id).await?;
    let open = |event: LegEvent| {
        let note = event.note.as_ref().map(|sealed| {
            keys.open_sealed("leg_event", "note", event.id, sealed)
                .map_err(db::Error::other)
        });
        Ok(Told {
            note: note.transpose()?,
            event,
        })
    };
    events.into_iter().map(open).collect()
}

/// The parcel of a leg as its sender sees it: also when it was called back.
pub(crate) async fn parcel(ask: &Ask, conn: &mut Conn, leg: &Leg) -> Outcome<Option<Snapshot>> {
    let Some(kept) = parcels::find(conn, leg.id).await? else {
        return Ok(None);
    };
    let text = ask
        .city
        .keys
        .open_sealed("parcel", "content", kept.id, &kept.content);
    let text = text.map_err(db::Error::other)?;
    Ok(Some(Snapshot::of_text(&text)?))
}

/// What a draft's parcel would hold if it were sent now; none without a consent.
pub(crate) async fn preview(
    ask: &Ask,
    conn: &mut Conn,
    case: &casework::Case,
    leg: &Leg,
) -> Outcome<Option<Snapshot>> {
    let (person, receiver) = (leg.person_id, leg.organization_id.get());
    let today = ask.now().date();
    let Some(consent) = parcels::consent_for(conn, person, receiver, today).await? else {
        return Ok(None);
    };
    let keys = &ask.city.keys;
    Ok(Some(
        Snapshot::take(conn, keys, case, &leg.service, &consent).await?,
    ))
}

/// The parcel as its receiver sees it: only while it lasts and the grant holds.
pub(crate) async fn parcel_for_receiver(
    ask: &Ask,
    conn: &mut Conn,
    leg: &Leg,
) -> Outcome<Option<Snapshot>> {
    let Some(kept) = parcels::find(conn, leg.id).await? else {
        return Ok(None);
    };
    let may_see =
        access::grants::may_see(conn, &ask.viewer, leg.person_id, kept.category, ask.now()).await?;
    if kept.ended_at.is_some() || !may_see {
        return Ok(None);
    }
    parcel(ask, conn, leg).await
}
