use access::{Ask, Need, Routes};
use axum::extract::Path;
use web::{Form, FormErrors, Outcome};

use super::{CommitteeId, views};
use crate::articles;
use crate::forms::Typed;
use crate::meetings::{self, MeetingId, PlanMeeting};
use crate::permissions::{COMMITTEE_READ, MEETING_KEEP, REMINDER_FILE};
use crate::{WORDS, reminders, resolutions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/committee", Need::May(&COMMITTEE_READ), show)
        .get(
            "/committees/{id}/meetings/new",
            Need::May(&MEETING_KEEP),
            new_meeting,
        )
        .post(
            "/committees/{id}/meetings",
            Need::May(&MEETING_KEEP),
            plan_meeting,
        )
}

async fn show(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut tables = Vec::new();
    for committee in super::list(&mut conn, &ask.viewer, today).await? {
        let next = meetings::next_of(&mut conn, committee.id).await?;
        let earlier = match &next {
            Some(meeting) => resolutions::before(&mut conn, meeting, ask.now()).await?,
            None => resolutions::list(&mut conn, committee.id).await?,
        };
        let agenda = match &next {
            Some(meeting) => meetings::agenda(&mut conn, meeting.id).await?,
            None => Vec::new(),
        };
        let mut reminders = reminders::list(&mut conn, committee.id).await?;
        reminders.retain(|reminder| reminder.answered_on.is_none());
        tables.push(views::Table {
            ordinance: articles::get_ordinance(&mut conn, committee.ordinance_id).await?,
            meetings: meetings::list(&mut conn, committee.id).await?,
            rules: super::rules_on(&mut conn, committee.id, today).await?,
            committee,
            next,
            earlier,
            agenda,
            reminders,
        });
    }
    let may_keep = MEETING_KEEP.is_held_by(&ask.viewer);
    let may_remind = REMINDER_FILE.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "committee-title"),
        views::show(&ask.page, &tables, may_keep, may_remind),
    )
}

async fn new_meeting(ask: Ask, Path(id): Path<CommitteeId>) -> Outcome {
    let committee = super::check(&mut ask.read().await?, &ask.viewer, id, ask.now().date()).await?;
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    ask.html(
        &ask.page.t(&WORDS, "meeting-new"),
        views::meeting_form(&ask.page, &committee, typed),
    )
}

async fn plan_meeting(ask: Ask, Path(committee_id): Path<CommitteeId>, form: Form) -> Outcome {
    let committee = super::check(
        &mut ask.read().await?,
        &ask.viewer,
        committee_id,
        ask.now().date(),
    )
    .await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.date("held_on"),
        read.text("hours", 60),
        read.text("place", 200),
    );
    let mut errors = read.errors;
    if let (Some(held_on), Some(hours), Some(place)) = fields {
        let command = PlanMeeting {
            id: MeetingId::new(form.key()?),
            committee_id,
            held_on,
            hours,
            place,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/meetings/{id}"), &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    ask.again(
        &ask.page.t(&WORDS, "meeting-new"),
        views::meeting_form(&ask.page, &committee, typed),
    )
}
