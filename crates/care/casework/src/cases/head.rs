use access::Ask;
use access::grants::{Category, may_see};
use db::{Conn, Keys};
use maud::{Markup, html};
use persian::Date;
use web::parts::{self, Tone};
use web::{Outcome, Page};

use super::{Case, CaseId, CaseState, Stage};
use crate::WORDS;
use crate::shown::{place_of, waits_for_case, word};

// words: stage-* state-* next-* tab-*

/// What every page of a case shows at its top.
pub struct Head {
    /// The case.
    pub case: Case,
    /// The person's name.
    pub name: String,
    /// Who carries it, by name.
    pub owner_name: String,
    /// The last day of the consent; none when it was taken back.
    pub consent_until: Option<Date>,
    /// May this viewer see sensitive facts?
    pub is_sensitive_seen: bool,
}

impl Head {
    /// The keys, for viewers of sensitive facts: words written about her are sealed.
    pub(crate) fn keys<'a>(&self, keys: &'a Keys) -> Option<&'a Keys> {
        self.is_sensitive_seen.then_some(keys)
    }
}

/// Loads the top of a case's page; not found for whoever may not see the person.
pub async fn head(ask: &Ask, conn: &mut Conn, id: CaseId) -> Outcome<Head> {
    let case = super::get(conn, &ask.viewer, ask.now(), id).await?;
    let subject = case.person_id.get();
    let is_sensitive_seen =
        may_see(conn, &ask.viewer, subject, Category::Sensitive, ask.now()).await?;
    let name = people::name(conn, case.person_id).await?;
    let owner_name = match case.owner_id {
        Some(owner) => access::users::account(conn, owner).await?.shown_name,
        None => String::new(),
    };
    let consents = access::consents::list(conn, subject).await?;
    let consent = consents
        .iter()
        .find(|consent| consent.id == case.consent_id);
    let consent_until = consent
        .filter(|consent| consent.holds_on(ask.now().date()))
        .map(|consent| consent.valid_until);
    Ok(Head {
        case,
        name,
        owner_name,
        consent_until,
        is_sensitive_seen,
    })
}

/// The tabs of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Next action, tasks, history.
    Overview,
    /// Assessment and eligibility.
    Assessment,
    /// Plan and package.
    Plan,
    /// Referrals, shown by the room above.
    Legs,
    /// Courses and consultations, shown by the room above.
    Learning,
    /// Follow-ups.
    FollowUp,
}

impl Tab {
    const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Overview, "", "tab-overview"),
        (Self::Assessment, "/assessment", "tab-assessment"),
        (Self::Plan, "/plan", "tab-plan"),
        (Self::Legs, "/legs", "tab-legs"),
        (Self::Learning, "/learning", "tab-learning"),
        (Self::FollowUp, "/follow-up", "tab-follow-up"),
    ];
}

/// The top of every page of a case: name, code, where it stands, tabs.
pub fn header(p: &Page, head: &Head, current: Tab) -> Markup {
    let case = &head.case;
    let t = |key: &str| p.t(&WORDS, key);
    let tabs: Vec<parts::Tab> = Tab::ALL
        .iter()
        .map(|(tab, path, key)| parts::Tab {
            label: t(key),
            href: format!("/cases/{}{path}", case.id),
            current: *tab == current,
            count: None,
        })
        .collect();
    html! {
        (parts::back_link("/cases", &t("cases-title")))
        h1 { bdi { (head.name) } }
        p {
            (parts::copyable(p, &case.code)) " "
            (state_badge(p, case.state)) " "
            (parts::badge(Tone::Active, &word(p, "stage", case.stage)))
        }
        (parts::tabs(p, &t("case-tabs"), &tabs))
    }
}

pub(crate) fn state_badge(p: &Page, state: CaseState) -> Markup {
    let tone = match state {
        CaseState::Open => Tone::Active,
        CaseState::Paused => Tone::Warning,
        CaseState::Closed => Tone::Plain,
    };
    parts::badge(tone, &word(p, "state", state))
}

/// What comes next, by when, and whose turn it is, with the one way on.
pub fn next_action(p: &Page, case: &Case) -> Markup {
    let (Some(action), Some(on)) = (case.next_action, case.next_action_on) else {
        return html! { p { (p.t(&WORDS, "no-next-action")) } };
    };
    let (path, label) = place_of(action);
    let days_late = (p.now.date() - on).num_days();
    html! {
        section.card {
            h2 { (p.t(&WORDS, "next-action-title")) }
            p { strong { (word(p, "next", action)) } }
            p {
                (p.date(on)) " "
                @if days_late > 0 { (parts::badge(Tone::Warning, &p.tr(&WORDS, "days-late", &[("count", days_late.into())]))) }
            }
            @if let Some(name) = waits_for_case(p, case) {
                p { (p.tr(&WORDS, "waiting-on", &[("name", name.into())])) }
            }
            @if !path.is_empty() {
                (parts::button_link(&format!("/cases/{}{path}", case.id), &p.t(&WORDS, label)))
            }
        }
    }
}

/// The stages as a thread.
pub fn thread(p: &Page, stage: Stage) -> Markup {
    let steps: Vec<parts::Step> = Stage::ALL
        .iter()
        .map(|one| parts::Step {
            label: word(p, "stage", *one),
            state: match one.cmp(&stage) {
                std::cmp::Ordering::Less => parts::StepState::Done,
                std::cmp::Ordering::Equal => parts::StepState::Now,
                std::cmp::Ordering::Greater => parts::StepState::Next,
            },
        })
        .collect();
    parts::progress_thread(p, &steps)
}

/// A case in short, for a page that shows several rooms' panels.
pub fn panel(p: &Page, case: &Case) -> Markup {
    parts::card(
        Some(&p.t(&WORDS, "case-title")),
        html! {
            p {
                a href={ "/cases/" (case.id) } { code dir="ltr" { (case.code) } } " "
                (state_badge(p, case.state)) " " (parts::badge(Tone::Active, &word(p, "stage", case.stage)))
            }
            (thread(p, case.stage))
            @if let (Some(action), Some(on)) = (case.next_action, case.next_action_on) {
                p { (word(p, "next", action)) " · " (p.date(on)) }
            }
        },
    )
}
