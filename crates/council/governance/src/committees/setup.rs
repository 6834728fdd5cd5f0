//! Setting a committee up on screen: its rules, its seats and their terms.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Write;
use organizations::OrganizationId;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, Read};

use super::{
    AddMember, Committee, CommitteeId, CommitteeRole, CreateCommittee, EndTerm, Majority,
    MembershipId, NameSubstitute, Rules, SetRules, SubstituteId, setup_views as views,
};
use crate::forms::{Lists, Typed};
use crate::permissions::COMMITTEE_KEEP;
use crate::{WORDS, articles};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/committees/new", Need::May(&COMMITTEE_KEEP), new)
        .post("/committees", Need::May(&COMMITTEE_KEEP), create)
        .get("/committees/{id}", Need::May(&COMMITTEE_KEEP), show)
        .post("/committees/{id}/seats", Need::May(&COMMITTEE_KEEP), seat)
        .post(
            "/committees/{id}/ended-terms",
            Need::May(&COMMITTEE_KEEP),
            end_term,
        )
        .post(
            "/committees/{id}/substitutes",
            Need::May(&COMMITTEE_KEEP),
            substitute,
        )
        .post("/committees/{id}/rules", Need::May(&COMMITTEE_KEEP), rules)
}

/// The bodies whose committees the viewer may keep.
fn own_bodies(ask: &Ask) -> Vec<Uuid> {
    ask.viewer.bodies_as(COMMITTEE_KEEP.roles)
}

async fn new_page(ask: &Ask, typed: Typed<'_>) -> Outcome<(String, maud::Markup)> {
    let mut conn = ask.read().await?;
    let ordinances = articles::list_ordinances(&mut conn).await?;
    let own = own_bodies(ask);
    let mut bodies = organizations::list(&mut conn, None).await?;
    bodies.retain(|body| own.contains(&body.id.get()));
    let parents = super::list(&mut conn, &ask.viewer, ask.now().date()).await?;
    Ok((
        ask.page.t(&WORDS, "committee-new"),
        views::new(&ask.page, &ordinances, &bodies, &parents, typed),
    ))
}

async fn new(ask: Ask) -> Outcome {
    // What most committees decide by; whoever sets one up changes it.
    let form = Form::prefilled([
        ("quorum_percent", "50".to_owned()),
        ("quorum_least", "3".to_owned()),
        ("is_chair_needed", "yes".to_owned()),
        ("meets_every_days", "90".to_owned()),
        ("reminder_days", "10".to_owned()),
    ]);
    let errors = FormErrors::default();
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let (title, body) = new_page(&ask, typed).await?;
    ask.html(&title, body)
}

/// Reads the rules; every number is in its bounds then.
fn read_rules(form: &Form, read: &mut Read<'_>) -> Option<Rules> {
    let numbers = (
        read.number("quorum_percent", 0, 100),
        read.number("quorum_least", 1, 1_000),
        read.number("meets_every_days", 1, 3_650),
        read.number("reminder_days", 1, 365),
    );
    let voting_roles = form
        .all("voting_roles")
        .iter()
        .map(|role| role.parse())
        .collect::<Result<Vec<CommitteeRole>, _>>()
        .unwrap_or_default();
    let majority = read.optional_choice::<Majority>("majority");
    let (Some(percent), Some(quorum_least), Some(meets_every_days), Some(reminder_days)) = numbers
    else {
        return None;
    };
    Some(Rules {
        voting_roles,
        quorum_basis_points: percent * 100,
        quorum_least,
        is_chair_needed: read.ticked("is_chair_needed"),
        majority: majority.flatten().unwrap_or_default(),
        meets_every_days,
        reminder_days,
    })
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let place = (
        read.choice("ordinance_id"),
        read.choice::<Uuid>("organization_id"),
    );
    let parent = read.optional_choice::<CommitteeId>("parent_id");
    let names = (
        read.text("code", 40),
        read.text("name_fa", 200),
        read.text("name_en", 200),
    );
    let rules = read_rules(&form, &mut read);
    let mut errors = read.errors;
    if let (
        (Some(ordinance_id), Some(organization_id)),
        (Some(code), Some(name_fa), Some(name_en)),
        Some(parent_id),
        Some(rules),
    ) = (place, names, parent, rules)
    {
        if let Some(parent) = parent_id {
            visible(&ask, parent).await?;
        }
        if !own_bodies(&ask).contains(&organization_id) {
            return Err(Failure::NotFound);
        }
        let command = CreateCommittee {
            id: CommitteeId::new(form.key()?),
            ordinance_id,
            organization_id: OrganizationId::new(organization_id),
            parent_id,
            code,
            name_fa,
            name_en,
            rules,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/committees/{id}"), &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let (title, body) = new_page(&ask, typed).await?;
    ask.again(&title, body)
}

async fn visible(ask: &Ask, id: CommitteeId) -> Outcome<Committee> {
    let today = ask.now().date();
    Ok(super::check(&mut ask.read().await?, &ask.viewer, id, today).await?)
}

async fn page(ask: &Ask, committee: &Committee, typed: Typed<'_>) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let shown = views::Shown {
        committee,
        rules: super::rules_on(&mut conn, committee.id, today).await?,
        members: super::members_on(&mut conn, committee.id, today).await?,
        substitutes: super::substitutes_on(&mut conn, committee.id, today).await?,
        groups: super::list_groups(&mut conn, committee.id).await?,
        lists: Lists::read(&mut conn, ask).await?,
    };
    Ok(views::show(&ask.page, &shown, typed))
}

async fn show(ask: Ask, Path(id): Path<CommitteeId>) -> Outcome {
    let committee = visible(&ask, id).await?;
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let body = page(&ask, &committee, typed).await?;
    ask.html(committee.name(ask.lang()), body)
}

/// Runs an act of the page; what is wrong comes back on it.
async fn act<W: Write>(
    ask: &Ask,
    committee: &Committee,
    form: &Form,
    command: Option<W>,
    mut errors: FormErrors,
) -> Outcome {
    if let (true, Some(command)) = (errors.is_empty(), command)
        && ask
            .refused(ask.post(form, command).await, &mut errors)?
            .is_some()
    {
        let place = format!("/committees/{}", committee.id);
        return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
    }
    let typed = Typed {
        form,
        errors: &errors,
    };
    let body = page(ask, committee, typed).await?;
    ask.again(committee.name(ask.lang()), body)
}

async fn seat(ask: Ask, Path(id): Path<CommitteeId>, form: Form) -> Outcome {
    let committee = visible(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.choice("organization_id"),
        read.choice("role"),
        read.text("title_fa", 200),
        read.text("title_en", 200),
        read.date("valid_from"),
    );
    let user_id = user_of(&ask, &mut read, "username").await?;
    let command = match fields {
        (Some(organization_id), Some(role), Some(title_fa), Some(title_en), Some(valid_from)) => {
            Some(AddMember {
                id: MembershipId::new(form.key()?),
                committee_id: id,
                organization_id,
                user_id,
                role,
                title_fa,
                title_en,
                valid_from,
            })
        }
        _ => None,
    };
    act(&ask, &committee, &form, command, read.errors).await
}

async fn substitute(ask: Ask, Path(id): Path<CommitteeId>, form: Form) -> Outcome {
    let committee = visible(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.choice::<MembershipId>("substitute_seat"),
        read.text("substitute_name", 200),
        read.date("substitute_from"),
    );
    let user_id = user_of(&ask, &mut read, "substitute_user").await?;
    let command = match fields {
        (Some(membership_id), Some(name), Some(valid_from)) => {
            let today = ask.now().date();
            let members = super::members_on(&mut ask.read().await?, id, today).await?;
            if !members.iter().any(|member| member.id == membership_id) {
                return Err(Failure::NotFound);
            }
            Some(NameSubstitute {
                id: SubstituteId::new(form.key()?),
                membership_id,
                name,
                user_id,
                valid_from,
            })
        }
        _ => None,
    };
    act(&ask, &committee, &form, command, read.errors).await
}

/// The user of a typed name; none when the field is empty.
async fn user_of(ask: &Ask, read: &mut Read<'_>, field: &str) -> Outcome<Option<Uuid>> {
    match read.optional_text(field, 60) {
        Some(username) if !username.is_empty() => {
            let username = access::users::fold_username(&username);
            let known = access::users::by_username(&mut ask.read().await?, &username).await?;
            if known.is_none() {
                read.wrong::<()>(field, ask.page.t(&WORDS, "seat-user-unknown"));
            }
            Ok(known.map(|account| account.id))
        }
        _ => Ok(None),
    }
}

async fn end_term(ask: Ask, Path(id): Path<CommitteeId>, form: Form) -> Outcome {
    let committee = visible(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.choice::<MembershipId>("seat_id"),
        read.date("valid_until"),
    );
    let command = match fields {
        (Some(seat), Some(valid_until)) => {
            let today = ask.now().date();
            let members = super::members_on(&mut ask.read().await?, id, today).await?;
            if !members.iter().any(|member| member.id == seat) {
                return Err(Failure::NotFound);
            }
            Some(EndTerm {
                id: seat,
                valid_until,
            })
        }
        _ => None,
    };
    act(&ask, &committee, &form, command, read.errors).await
}

async fn rules(ask: Ask, Path(id): Path<CommitteeId>, form: Form) -> Outcome {
    let committee = visible(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let fields = (read.date("rules_from"), read_rules(&form, &mut read));
    let command = match fields {
        (Some(valid_from), Some(rules)) => Some(SetRules {
            id: form.key()?,
            committee_id: id,
            valid_from,
            rules,
        }),
        _ => None,
    };
    act(&ask, &committee, &form, command, read.errors).await
}
