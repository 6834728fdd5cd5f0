use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use web::{Json, Outcome};

use super::{AddMember, CommitteeId, CreateCommittee, EndTerm, NameSubstitute, SetRules};
use crate::forms::answer;
use crate::meetings;
use crate::permissions::{COMMITTEE_KEEP, COMMITTEE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/committees", Need::May(&COMMITTEE_READ), list)
        .api_post("/api/v1/committees", Need::May(&COMMITTEE_KEEP), create)
        .api_get(
            "/api/v1/committees/{id}/members",
            Need::May(&COMMITTEE_READ),
            members,
        )
        .api_get(
            "/api/v1/committees/{id}/meetings",
            Need::May(&COMMITTEE_READ),
            list_meetings,
        )
        .api_post(
            "/api/v1/committees/{id}/members",
            Need::May(&COMMITTEE_KEEP),
            add_member,
        )
        .api_post(
            "/api/v1/committees/{id}/substitutes",
            Need::May(&COMMITTEE_KEEP),
            substitute,
        )
        .api_post(
            "/api/v1/committees/{id}/rules",
            Need::May(&COMMITTEE_KEEP),
            set_rules,
        )
        .api_post(
            "/api/v1/committees/{id}/ended-terms",
            Need::May(&COMMITTEE_KEEP),
            end_term,
        )
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let items = super::list(&mut ask.read().await?, &ask.viewer, ask.now().date()).await?;
    ask.whole(items)
}

/// Only for one's own body: whoever creates a committee keeps its papers.
async fn create(ask: Ask, Json(command): Json<CreateCommittee>) -> Outcome<impl Gives> {
    if !ask
        .viewer
        .bodies_as(COMMITTEE_KEEP.roles)
        .contains(&command.organization_id.get())
    {
        return Err(web::Failure::NotFound);
    }
    if let Some(parent) = command.parent_id {
        check(&ask, parent).await?;
    }
    answer(&ask, command.id.get(), command).await
}

async fn check(ask: &Ask, id: CommitteeId) -> Outcome<()> {
    super::check(&mut ask.read().await?, &ask.viewer, id, ask.now().date()).await?;
    Ok(())
}

async fn list_meetings(ask: Ask, Path(id): Path<CommitteeId>) -> Outcome<impl Gives> {
    check(&ask, id).await?;
    let items = meetings::list(&mut ask.read().await?, id).await?;
    ask.whole(items)
}

async fn members(ask: Ask, Path(id): Path<CommitteeId>) -> Outcome<impl Gives> {
    check(&ask, id).await?;
    let items = super::members_on(&mut ask.read().await?, id, ask.now().date()).await?;
    ask.whole(items)
}

async fn add_member(
    ask: Ask,
    Path(id): Path<CommitteeId>,
    Json(command): Json<AddMember>,
) -> Outcome<impl Gives> {
    check(&ask, id).await?;
    let command = AddMember {
        committee_id: id,
        ..command
    };
    answer(&ask, command.id.get(), command).await
}

async fn substitute(
    ask: Ask,
    Path(id): Path<CommitteeId>,
    Json(command): Json<NameSubstitute>,
) -> Outcome<impl Gives> {
    check(&ask, id).await?;
    let members = super::members_on(&mut ask.read().await?, id, ask.now().date()).await?;
    if !members
        .iter()
        .any(|member| member.id == command.membership_id)
    {
        return Err(web::Failure::NotFound);
    }
    answer(&ask, command.id.get(), command).await
}

async fn set_rules(
    ask: Ask,
    Path(id): Path<CommitteeId>,
    Json(command): Json<SetRules>,
) -> Outcome<impl Gives> {
    check(&ask, id).await?;
    let command = SetRules {
        committee_id: id,
        ..command
    };
    answer(&ask, command.id, command).await
}

async fn end_term(
    ask: Ask,
    Path(id): Path<CommitteeId>,
    Key(key): Key,
    Json(command): Json<EndTerm>,
) -> Outcome<impl Gives> {
    check(&ask, id).await?;
    let members = super::members_on(&mut ask.read().await?, id, ask.now().date()).await?;
    if !members.iter().any(|member| member.id == command.id) {
        return Err(web::Failure::NotFound);
    }
    answer(&ask, key, command).await
}
