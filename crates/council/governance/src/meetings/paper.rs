//! The minutes as a paper, in the reader's language.

use access::Ask;
use db::Conn;
use documents::codes::QrCode;
use documents::papers::{
    Attendee, EarlierResolution, Letterhead, Minutes, NewResolution, Paper, Printed, Signatory,
};
use persian::{Date, Timestamp};
use web::{Failure, Outcome, words};

use super::{Meeting, Presence, queries, views};
use crate::WORDS;
use crate::committees::{self, Member};
use crate::resolutions::{self, Resolution};

/// The minutes of a meeting with everything that stands in them.
pub(super) async fn minutes(conn: &mut Conn, ask: &Ask, meeting: &Meeting) -> Outcome<Paper> {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let committee = committees::get(conn, meeting.committee_id).await?;
    let secretariat = organizations::get(conn, committee.organization_id).await?;
    let seats = super::seats(conn, meeting.id, committee.id, meeting.held_on).await?;
    let as_of = meeting.as_of(ask.now());
    let earlier = resolutions::before(conn, meeting, as_of).await?;
    let decided = resolutions::list_of_meeting(conn, meeting.id, as_of).await?;
    let agenda = super::agenda(conn, meeting.id).await?;
    let papers = super::documents::list(conn, meeting.id).await?;
    let signatories = queries::signatories(conn, meeting, &seats).await?;
    let link = ask.city.link(&format!("/meetings/{}", meeting.id));
    let number = format!("{}-{}", meeting.year, meeting.number);
    let minutes = Minutes {
        letterhead: Letterhead {
            organization: secretariat.name(p.lang).to_owned(),
            programme: committee.name(p.lang).to_owned(),
            contact: String::new(),
        },
        title: plain(&format!(
            "{} · {}",
            views::name(p, meeting),
            committee.name(p.lang)
        )),
        number: crate::wording::in_digits(&number, p.lang),
        date: p.date_text(meeting.held_on),
        time: meeting.hours.clone(),
        place: meeting.place.clone(),
        attendees: seats
            .iter()
            .map(|seat| Attendee {
                role: views::role(p, seat.member.role),
                organization: seat.member.body(p.lang).to_owned(),
                name: seat.member.title(p.lang).to_owned(),
                presence: views::presence_of(p, seat, seat.presence.unwrap_or(Presence::Absent)),
            })
            .collect(),
        agenda: agenda
            .iter()
            .map(|item| plain(&views::item(p, item, as_of.date())))
            .collect(),
        earlier: earlier
            .iter()
            .map(|resolution| old(ask, resolution, as_of.date()))
            .collect(),
        notes: meeting
            .minutes
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .chain(papers.iter().map(|paper| {
                let name = format!("{}.{}", paper.name, paper.kind);
                plain(&p.tr(&WORDS, "document-line", &[("name", name.into())]))
            }))
            .collect(),
        resolutions: decided
            .iter()
            .map(|one| NewResolution {
                number: crate::wording::in_digits(&one.code(), p.lang),
                text: one.wording.clone(),
                organization: one.body(p.lang).to_owned(),
                due: p.date_text(one.due_on),
                evidence: one.evidence_asked.clone(),
            })
            .collect(),
        signatories: signatories
            .iter()
            .map(|(member, at)| signatory(ask, member, *at))
            .collect(),
        qr: Some(QrCode::new(link).map_err(|fault| Failure::Internal(fault.to_string()))?),
        qr_note: t("minutes-qr"),
    };
    Ok(minutes.paper(p.lang, format!("minutes-{number}")))
}

/// The seat and when it signed; room for a pen as long as it has not.
fn signatory(ask: &Ask, member: &Member, at: Option<Timestamp>) -> Signatory {
    let p = &ask.page;
    let role = views::role(p, member.role);
    match at {
        Some(at) => Signatory {
            name: member.title(p.lang).to_owned(),
            role: format!("{role} · {}", plain(&views::signed(p, Some(at)))),
        },
        None => Signatory {
            name: String::new(),
            role,
        },
    }
}

fn old(ask: &Ask, resolution: &Resolution, day: Date) -> EarlierResolution {
    let p = &ask.page;
    let days = resolution.elapsed_days(day);
    EarlierResolution {
        number: crate::wording::in_digits(&resolution.code(), p.lang),
        text: resolution.wording.clone(),
        organization: resolution.body(p.lang).to_owned(),
        elapsed: plain(&p.tr(&WORDS, "days-elapsed", &[("count", days.into())])),
        answer: match resolution.answered_on {
            Some(day) => plain(&p.tr(&WORDS, "answered-on", &[("day", p.date_text(day).into())])),
            None => p.t(&WORDS, "silence"),
        },
    }
}

/// Without the isolates of the screen: paper sets direction itself.
fn plain(text: &str) -> String {
    words::plain(text).into_owned()
}
