//! The agenda: drafted from what is open and late, completed by hand, approved by the chair.

use access::audit;
use db::{FromRow, Result, Tx, Write, sql};
use notices::{Notice, To};
use persian::{Date, Jalali, Lang};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{AgendaKind, MeetingId, MeetingState, hold};
use crate::WORDS;
use crate::committees::{self, CommitteeId};
use crate::plan::{self, ActionState};
use crate::resolutions;
use crate::wording::required;

/// Late hand-overs a draft takes up, the latest first; the rest stay on the chain's page.
const MOST_LEGS: i64 = 10;

/// Puts on the agenda what is open: late legs, resolutions without answer or late, late actions,
/// unanswered reminders, figures outside their ranges. What is there already stays; drafting again adds only what is new.
/// Gives the number of items added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftAgenda {
    /// Which meeting; its agenda must not be approved yet.
    pub meeting_id: MeetingId,
}

impl Write for DraftAgenda {
    const NAME: &'static str = "draft_agenda";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let (committee, _) = hold(tx, self.meeting_id, &[MeetingState::Planned]).await?;
        let today = tx.today();
        let mut open = open_resolutions(tx, committee, today).await?;
        open.extend(forwarded(tx, committee).await?);
        open.extend(open_reminders(tx, committee).await?);
        open.extend(late_actions(tx, committee, today).await?);
        open.extend(late_legs(tx, today).await?);
        open.extend(figures_outside(tx, today).await?);
        let mut added = 0;
        for item in open {
            added += add(tx, self.meeting_id, item).await?;
        }
        audit::record(
            tx,
            "agenda_drafted",
            "meeting",
            Some(self.meeting_id.get()),
            json!({ "added": added }),
        )
        .await?;
        Ok(added)
    }
}

/// Puts what the committee waits for on an agenda by itself: when the meeting is planned, and what has
/// come since when the agenda is approved.
pub(super) async fn bring_back(tx: &mut Tx, id: MeetingId, committee: CommitteeId) -> Result<()> {
    let today = tx.today();
    let mut open = open_resolutions(tx, committee, today).await?;
    open.extend(forwarded(tx, committee).await?);
    for item in open {
        add(tx, id, item).await?;
    }
    Ok(())
}

/// Something that belongs on an agenda.
#[derive(FromRow)]
struct Open {
    kind: AgendaKind,
    subject_id: Uuid,
    organization_id: Option<Uuid>,
    reference: String,
    wording: String,
    wording_en: String,
    due_on: Option<Date>,
}

async fn add(tx: &mut Tx, meeting: MeetingId, item: Open) -> Result<i64> {
    // The meeting's row is held, so the next place is nobody else's.
    let id = tx.new_id();
    let added = sql(
        "INSERT INTO agenda_item (id, meeting_id, position, kind, subject_id, organization_id, reference,
         wording, wording_en, due_on) VALUES ($1, $2,
         (SELECT CAST(coalesce(max(i.position), 0) + 1 AS bigint) FROM agenda_item i WHERE i.meeting_id = $2),
         $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (meeting_id, subject_id) DO NOTHING",
    )
    .bind(id)
    .bind(meeting)
    .bind(item.kind)
    .bind(item.subject_id)
    .bind(item.organization_id)
    .bind(item.reference)
    .bind(item.wording)
    .bind(item.wording_en)
    .bind(item.due_on)
    .execute(tx)
    .await?;
    Ok(i64::try_from(added).unwrap_or_default())
}

async fn open_resolutions(tx: &mut Tx, committee: CommitteeId, today: Date) -> Result<Vec<Open>> {
    let all = resolutions::list(tx, committee).await?;
    Ok(all
        .into_iter()
        .filter(|resolution| resolution.is_waited_for(today))
        .map(|resolution| Open {
            kind: AgendaKind::Resolution,
            subject_id: resolution.id.get(),
            organization_id: Some(resolution.organization_id.get()),
            reference: resolution.code(),
            due_on: Some(resolution.due_on),
            wording_en: resolution.wording.clone(),
            wording: resolution.wording,
        })
        .collect())
}

/// What working groups sent up and no agenda of the committee holds yet.
async fn forwarded(tx: &mut Tx, committee: CommitteeId) -> Result<Vec<Open>> {
    sql(
        "SELECT 'forwarded' AS kind, f.id AS subject_id, g.organization_id, g.code AS reference,
         g.name_fa || ': ' || f.wording AS wording, g.name_en || ': ' || f.wording AS wording_en,
         NULL AS due_on FROM forwarded_item f JOIN meeting m ON m.id = f.meeting_id
         JOIN committee g ON g.id = m.committee_id WHERE f.committee_id = $1
         AND NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.subject_id = f.id) ORDER BY f.id",
    )
    .bind(committee)
    .all(tx)
    .await
}

async fn open_reminders(tx: &mut Tx, committee: CommitteeId) -> Result<Vec<Open>> {
    sql("SELECT 'reminder' AS kind, r.id AS subject_id, c.organization_id, CAST(r.year AS text) || '-' ||
         CAST(r.number AS text) AS reference, r.wording, r.wording AS wording_en, r.due_on
         FROM reminder r JOIN committee c ON c.id = r.committee_id
         WHERE r.committee_id = $1 AND r.answered_on IS NULL ORDER BY r.due_on, r.id")
        .bind(committee)
        .all(tx)
        .await
}

async fn late_actions(tx: &mut Tx, committee: CommitteeId, today: Date) -> Result<Vec<Open>> {
    let ordinance = committees::get(tx, committee).await?.ordinance_id;
    let actions = plan::list_of_ordinance(tx, ordinance, today).await?;
    let late = actions
        .into_iter()
        .filter(|action| action.state == ActionState::Overdue);
    Ok(late
        .map(|action| Open {
            kind: AgendaKind::Action,
            subject_id: action.record.id.get(),
            organization_id: Some(action.record.organization_id.get()),
            reference: action.record.code,
            wording: action.record.name_fa,
            wording_en: action.record.name_en,
            due_on: Some(action.record.due_on),
        })
        .collect())
}

/// Only the leg's number, its body and its deadline: nothing about the person.
async fn late_legs(tx: &mut Tx, today: Date) -> Result<Vec<Open>> {
    sql(
        "SELECT 'leg' AS kind, l.id AS subject_id, l.turn_id AS organization_id, l.number AS reference,
         '' AS wording, '' AS wording_en, l.due_on FROM leg_card l
         WHERE l.owed_on < $1 ORDER BY l.due_on, l.id LIMIT $2",
    )
    .bind(today)
    .bind(MOST_LEGS)
    .all(tx)
    .await
}

/// The figure by name, its number and where it should be.
async fn figures_outside(tx: &mut Tx, today: Date) -> Result<Vec<Open>> {
    let outside = indicators::ranges::out_of_range(tx, today).await?;
    let told = |one: &indicators::Outside, lang: Lang| {
        let text = |number| indicators::figures::amount_text(lang, one.definition.unit, number);
        let bounds = match (one.range.least, one.range.most) {
            (Some(least), Some(most)) => ("agenda-between", text(least), text(most)),
            (Some(least), None) => ("agenda-at-least", text(least), String::new()),
            (None, most) => (
                "agenda-at-most",
                String::new(),
                text(most.unwrap_or_default()),
            ),
        };
        let (key, least, most) = bounds;
        let args = [
            ("figure", one.definition.name(lang).into()),
            ("number", text(one.number).into()),
            ("least", least.into()),
            ("most", most.into()),
        ];
        web::words::plain(&WORDS.text(lang, key, &args)).into_owned()
    };
    Ok(outside
        .iter()
        .map(|one| Open {
            kind: AgendaKind::Figure,
            subject_id: one.range.id,
            organization_id: None,
            reference: one.definition.code.clone(),
            wording: told(one, Lang::Fa),
            wording_en: told(one, Lang::En),
            due_on: None,
        })
        .collect())
}

/// Adds an item the secretary types.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddAgendaItem {
    /// Made by the sender.
    pub id: Uuid,
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// What is to be talked about.
    pub wording: String,
}

impl Write for AddAgendaItem {
    const NAME: &'static str = "add_agenda_item";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        hold(tx, self.meeting_id, &[MeetingState::Planned]).await?;
        let wording = required(&self.wording, "wording", 500)?;
        let item = Open {
            kind: AgendaKind::Typed,
            subject_id: self.id,
            organization_id: None,
            reference: String::new(),
            wording_en: wording.clone(),
            wording,
            due_on: None,
        };
        let added = add(tx, self.meeting_id, item).await?;
        audit::record(
            tx,
            "agenda_item_added",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await?;
        Ok(added)
    }
}

/// The chair approves the agenda: the bodies with a seat are called with it, and it does not change
/// any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApproveAgenda {
    /// Which meeting.
    pub meeting_id: MeetingId,
}

impl Write for ApproveAgenda {
    const NAME: &'static str = "approve_agenda";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (committee, day) = hold(tx, self.meeting_id, &[MeetingState::Planned]).await?;
        bring_back(tx, self.meeting_id, committee).await?;
        sql("UPDATE meeting SET state = 'called', agenda_approved_by = $2 WHERE id = $1")
            .bind(self.meeting_id)
            .bind(tx.origin().user)
            .execute_one(tx)
            .await?;
        call(tx, self.meeting_id, committee, day).await?;
        audit::record(
            tx,
            "agenda_approved",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await
    }
}

/// Tells each body that has a seat on the meeting's day, once. Who sits there has no phone of
/// their own here.
pub(super) async fn call(
    tx: &mut Tx,
    id: MeetingId,
    committee: CommitteeId,
    day: Date,
) -> Result<()> {
    // A meeting that is written down afterwards calls nobody.
    if day < tx.today() {
        return Ok(());
    }
    let meeting = super::get(tx, id).await?;
    let committee = committees::get(tx, committee).await?;
    for body in committees::bodies_on(tx, committee.id, day).await? {
        let notice = Notice {
            to: To::Organization(body),
            template: "meeting-called",
            args: vec![
                ("committee", committee.name_fa.clone()),
                ("day", Jalali::from(day).full(Lang::Fa)),
                ("hours", meeting.hours.clone()),
                ("place", meeting.place.clone()),
            ],
        };
        notices::send(tx, notice).await?;
    }
    Ok(())
}
