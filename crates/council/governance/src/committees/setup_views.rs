use std::collections::BTreeMap;

use maud::{Markup, html};
use organizations::Organization;
use web::Page;
use web::parts::{self, Choice, Column, Kind};

use super::{Committee, CommitteeRole, Majority, Member, MembershipId, Rules, Substitute};
use crate::WORDS;
use crate::articles::Ordinance;
use crate::forms::{Lists, Typed};

// words: committee-role-*

pub(super) fn new(
    p: &Page,
    ordinances: &[Ordinance],
    bodies: &[Organization],
    parents: &[Committee],
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let ordinances = ordinances
        .iter()
        .map(|one| (one.id.to_string(), one.title(p.lang).to_owned()))
        .collect();
    let bodies = bodies
        .iter()
        .map(|body| (body.id.to_string(), body.name(p.lang).to_owned()))
        .collect();
    html! {
        (parts::back_link("/ordinances", &t("ordinances-title")))
        h1 { (t("committee-new")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, "/committees", html! {
            (typed.select(p, "ordinance_id", "committee-ordinance", ordinances, true))
            (typed.select(p, "organization_id", "committee-secretariat", bodies, true))
            (typed.select(p, "parent_id", "committee-parent", parents.iter().map(|one| (one.id.to_string(), one.name(p.lang).to_owned())).collect(), false))
            (typed.field(p, "code", "committee-code", Kind::Code, true))
            (typed.field(p, "name_fa", "name-fa", Kind::Text, true))
            (typed.field(p, "name_en", "name-en", Kind::Text, true))
            (rule_fields(p, None, typed))
            (parts::primary_button(&t("save")))
        }))
    }
}

// words: majority-*
/// What passes, in words.
pub(crate) fn majority(p: &Page, majority: Majority) -> String {
    let key = format!("majority-{}", majority.as_str().replace('_', "-"));
    p.t(&WORDS, &key)
}

fn roles(p: &Page) -> Vec<(String, String)> {
    let name = |role: &CommitteeRole| {
        (
            role.as_str().to_owned(),
            p.t(&WORDS, &format!("committee-role-{}", role.as_str())),
        )
    };
    CommitteeRole::ALL.iter().map(name).collect()
}

/// What was typed, or else the rules that hold.
fn rule_fields(p: &Page, now: Option<&Rules>, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let is_typed = typed.form.has("quorum_percent");
    let number = |name: &'static str, key: &str, held: Option<i64>| {
        let kept = held.map(|number| number.to_string()).unwrap_or_default();
        parts::field(
            p,
            parts::Field {
                name,
                label: t(key),
                value: if is_typed {
                    typed.form.raw(name)
                } else {
                    &kept
                },
                error: typed.errors.get(name),
                kind: Kind::Numeric,
                required: true,
                ..parts::Field::default()
            },
        )
    };
    let voting = match now {
        Some(rules) => rules.voting_roles.clone(),
        None => vec![
            CommitteeRole::Chair,
            CommitteeRole::Secretary,
            CommitteeRole::Member,
        ],
    };
    let chosen: Vec<&str> = if typed.form.has("voting_roles") {
        typed
            .form
            .all("voting_roles")
            .iter()
            .map(String::as_str)
            .collect()
    } else {
        voting.iter().map(|role| role.as_str()).collect()
    };
    let is_chair_needed = if is_typed {
        typed.form.has("is_chair_needed")
    } else {
        now.is_some_and(|rules| rules.is_chair_needed)
    };
    let mut voters = roles(p);
    voters.retain(|(role, _)| role != "observer" && role != "guest");
    let majorities = Majority::ALL
        .iter()
        .map(|one| (one.to_string(), majority(p, *one)))
        .collect();
    let held = now.map_or_else(String::new, |rules| rules.majority.to_string());
    html! {
        (parts::checkboxes(p, Choice { name: "voting_roles", label: t("rules-voting"), options: voters, error: typed.errors.get("voting_roles"), required: true, ..Choice::default() }, &chosen))
        (number("quorum_percent", "rules-quorum-percent", now.map(|rules| rules.quorum_basis_points / 100)))
        (number("quorum_least", "rules-quorum-least", now.map(|rules| rules.quorum_least)))
        (parts::tick(p, "is_chair_needed", &t("rules-chair"), is_chair_needed, None))
        (parts::select(p, Choice {
            name: "majority", label: t("rules-majority"), value: if is_typed { typed.form.raw("majority") } else { &held },
            error: typed.errors.get("majority"), options: majorities, ..Choice::default()
        }))
        (number("meets_every_days", "rules-meets", now.map(|rules| rules.meets_every_days)))
        (number("reminder_days", "rules-reminder", now.map(|rules| rules.reminder_days)))
    }
}

/// Everything on a committee's own page.
pub(super) struct Shown<'a> {
    pub committee: &'a Committee,
    pub rules: Rules,
    pub members: Vec<Member>,
    pub substitutes: BTreeMap<MembershipId, Substitute>,
    pub groups: Vec<Committee>,
    pub lists: Lists,
}

pub(super) fn show(p: &Page, shown: &Shown<'_>, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let base = format!("/committees/{}", shown.committee.id);
    html! {
        h1 { (shown.committee.name(p.lang)) }
        (parts::error_summary(p, typed.errors))
        h2 { (t("seats-title")) }
        (seats(p, &shown.members, &shown.substitutes))
        @if !shown.groups.is_empty() {
            h2 { (t("committee-groups")) }
            ul { @for group in &shown.groups { li { a href={ "/committees/" (group.id) } { (group.name(p.lang)) } } } }
        }
        h2 { (t("seat-new")) }
        (parts::form(p, &format!("{base}/seats"), html! {
            (typed.select(p, "organization_id", "seat-body", shown.lists.bodies(), true))
            (typed.select(p, "role", "seat", roles(p), true))
            (typed.field(p, "title_fa", "seat-title-fa", Kind::Text, true))
            (typed.field(p, "title_en", "seat-title-en", Kind::Text, true))
            (typed.field(p, "username", "seat-user", Kind::Code, false))
            (typed.day(p, "valid_from", "valid-from"))
            (parts::primary_button(&t("save")))
        }))
        @if !shown.members.is_empty() {
            h2 { (t("substitute-new")) }
            (parts::form(p, &format!("{base}/substitutes"), html! {
                (typed.select(p, "substitute_seat", "substitute-of", seat_names(p, &shown.members), true))
                (typed.field(p, "substitute_name", "substitute-name", Kind::Text, true))
                (typed.field(p, "substitute_user", "substitute-user", Kind::Code, false))
                (typed.day(p, "substitute_from", "substitute-from"))
                (parts::secondary_button(&t("save")))
            }))
            h2 { (t("seat-end")) }
            (parts::form(p, &format!("{base}/ended-terms"), html! {
                (typed.select(p, "seat_id", "seat", seat_names(p, &shown.members), true))
                (typed.day(p, "valid_until", "seat-until"))
                (parts::secondary_button(&t("save")))
            }))
        }
        h2 { (t("rules-title")) }
        (parts::form(p, &format!("{base}/rules"), html! {
            (rule_fields(p, Some(&shown.rules), typed))
            (typed.day(p, "rules_from", "rules-from"))
            (parts::secondary_button(&t("save")))
        }))
    }
}

fn role(p: &Page, role: CommitteeRole) -> String {
    p.t(&WORDS, &format!("committee-role-{}", role.as_str()))
}

fn seat_names(p: &Page, members: &[Member]) -> Vec<(String, String)> {
    let name = |member: &Member| {
        let name = format!(
            "{} · {} · {}",
            role(p, member.role),
            member.title(p.lang),
            member.body(p.lang)
        );
        (member.id.to_string(), name)
    };
    members.iter().map(name).collect()
}

fn seats(p: &Page, members: &[Member], substitutes: &BTreeMap<MembershipId, Substitute>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("seat")),
        Column::text(t("seat-body")),
        Column::text(t("seat-office")),
        Column::text(t("substitute")),
        Column::text(t("valid-from")),
    ];
    let rows: Vec<Vec<Markup>> = members
        .iter()
        .map(|member| {
            vec![
                html! { (role(p, member.role)) },
                html! { bdi { (member.body(p.lang)) } },
                html! { (member.title(p.lang)) },
                html! { @match substitutes.get(&member.id) { Some(one) => bdi { (one.name) }, None => "—" } },
                p.date(member.valid_from),
            ]
        })
        .collect();
    parts::table(&t("seats-title"), &columns, &rows, &t("seats-empty"))
}
