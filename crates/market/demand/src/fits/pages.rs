//! Fits on screen and for machines.

use access::contract::Gives;
use access::{Ask, Need as Asks, Routes};
use axum::extract::Path;
use organizations::OrganizationId;
use organizations::profiles::{self, Profile, may_see};
use web::{Failure, Outcome};

use super::{needs_for, supporters_for, views};
use crate::needs::{self, NeedId};
use crate::{NEED_RAISE, NEED_READ, OFFER_MAKE, WORDS};

pub(super) fn routes() -> Routes {
    let read = Asks::May(&NEED_READ);
    Routes::new()
        .get("/needs/for/{id}", read, for_supporter)
        .api_get("/api/v1/profiles/{id}/needs", read, needs_of)
        .api_get(
            "/api/v1/needs/{id}/supporters",
            Asks::May(&NEED_RAISE),
            supporters,
        )
}

/// The profile, when the viewer may see it.
async fn profile(ask: &Ask, id: OrganizationId) -> Outcome<Profile> {
    if !may_see(&ask.viewer, id) {
        return Err(Failure::NotFound);
    }
    let profile = profiles::find(&mut ask.read().await?, id).await?;
    profile.ok_or(Failure::NotFound)
}

async fn for_supporter(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let profile = profile(&ask, id).await?;
    let fits = needs_for(&mut ask.read().await?, &profile, ask.now().date()).await?;
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    let view = views::for_supporter(&ask.page, &profile, &fits, mine.contains(&id.get()));
    ask.html(&ask.page.t(&WORDS, "fit-needs"), view)
}

async fn needs_of(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    let profile = profile(&ask, id).await?;
    ask.whole(needs_for(&mut ask.read().await?, &profile, ask.now().date()).await?)
}

async fn supporters(ask: Ask, Path(id): Path<NeedId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let need = needs::get_for(&mut conn, &ask.viewer, id).await?;
    let own = ask.viewer.bodies_as(NEED_RAISE.roles);
    if !own.contains(&need.organization_id.get()) {
        return Err(Failure::NotFound);
    }
    ask.whole(supporters_for(&mut conn, &need, ask.now().date()).await?)
}
