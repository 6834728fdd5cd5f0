use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::{Conn, Write};
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, words};

use super::{
    AddAgendaItem, AddRemark, ApproveAgenda, DraftAgenda, ForwardItem, FreezeMinutes, Mark,
    Meeting, MeetingId, MoveMeeting, OpenRemarks, RecordAttendance, RecordDeparture, SignMinutes,
    WriteMinutes, calendar, paper, queries, views,
};
use crate::WORDS;
use crate::committees;
use crate::forms::Typed;
use crate::permissions::{
    COMMITTEE_READ, MEETING_APPROVE, MEETING_KEEP, MINUTES_REMARK, MINUTES_SIGN,
};
use crate::resolutions;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/meetings/{id}", Need::May(&COMMITTEE_READ), show)
        .get(
            "/meetings/{id}/minutes.pdf",
            Need::May(&COMMITTEE_READ),
            print,
        )
        .get(
            "/meetings/{id}/calendar.ics",
            Need::May(&COMMITTEE_READ),
            show_calendar,
        )
        .post(
            "/meetings/{id}/agenda/draft",
            Need::May(&MEETING_KEEP),
            draft,
        )
        .post("/meetings/{id}/move", Need::May(&MEETING_KEEP), move_it)
        .post(
            "/meetings/{id}/departures",
            Need::May(&MEETING_KEEP),
            depart,
        )
        .post("/meetings/{id}/forward", Need::May(&MEETING_KEEP), forward)
        .post("/meetings/{id}/agenda", Need::May(&MEETING_KEEP), add_item)
        .post(
            "/meetings/{id}/agenda/approve",
            Need::May(&MEETING_APPROVE),
            approve,
        )
        .post(
            "/meetings/{id}/attendance",
            Need::May(&MEETING_KEEP),
            attendance,
        )
        .post("/meetings/{id}/minutes", Need::May(&MEETING_KEEP), write)
        .post(
            "/meetings/{id}/minutes/open",
            Need::May(&MEETING_KEEP),
            open,
        )
        .post("/meetings/{id}/remarks", Need::May(&MINUTES_REMARK), remark)
        .post(
            "/meetings/{id}/minutes/sign",
            Need::May(&MINUTES_SIGN),
            sign,
        )
        .post(
            "/meetings/{id}/minutes/freeze",
            Need::May(&MEETING_APPROVE),
            freeze,
        )
}

/// The meeting, unless its committee is not the viewer's to know about.
pub(crate) async fn visible(conn: &mut Conn, ask: &Ask, id: MeetingId) -> Outcome<Meeting> {
    let meeting = super::get(conn, id).await?;
    committees::check(conn, &ask.viewer, meeting.committee_id, ask.now().date()).await?;
    Ok(meeting)
}

async fn view(ask: &Ask, id: MeetingId, typed: Typed<'_>) -> Outcome<(String, maud::Markup)> {
    let mut conn = ask.read().await?;
    let meeting = visible(&mut conn, ask, id).await?;
    let as_of = meeting.as_of(ask.now());
    let seats = super::seats(&mut conn, id, meeting.committee_id, meeting.held_on).await?;
    let shown = views::Shown {
        committee: committees::get(&mut conn, meeting.committee_id).await?,
        papers: super::documents::list(&mut conn, id).await?,
        earlier: resolutions::before(&mut conn, &meeting, as_of).await?,
        agenda: super::agenda(&mut conn, id).await?,
        signatories: queries::signatories(&mut conn, &meeting, &seats).await?,
        seats,
        quorum: super::quorum_of(&mut conn, id, meeting.committee_id, meeting.held_on).await?,
        remarks: super::remarks(&mut conn, id).await?,
        decided: resolutions::list_of_meeting(&mut conn, id, as_of).await?,
        may_keep: MEETING_KEEP.is_held_by(&ask.viewer),
        may_sign: MINUTES_SIGN.is_held_by(&ask.viewer),
        may_approve: MEETING_APPROVE.is_held_by(&ask.viewer),
        may_remark: MINUTES_REMARK.is_held_by(&ask.viewer),
        meeting,
    };
    Ok((
        views::name(&ask.page, &shown.meeting),
        views::show(&ask.page, &shown, typed),
    ))
}

async fn show(ask: Ask, Path(id): Path<MeetingId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let (title, body) = view(&ask, id, typed).await?;
    ask.html(&title, body)
}

/// The page once more with what is wrong, after an upload.
pub(super) async fn refused_page(
    ask: &Ask,
    id: MeetingId,
    form: &Form,
    errors: &FormErrors,
) -> Outcome {
    let (title, body) = view(ask, id, Typed { form, errors }).await?;
    ask.again(&title, body)
}

/// Runs an act of this page; a refusal comes back as a sentence on it.
async fn act<W: Write>(
    ask: &Ask,
    id: MeetingId,
    form: &Form,
    command: W,
    mut errors: FormErrors,
) -> Outcome {
    visible(&mut ask.read().await?, ask, id).await?;
    if errors.is_empty()
        && ask
            .refused(ask.post(form, command).await, &mut errors)?
            .is_some()
    {
        return ask.see_with(format!("/meetings/{id}"), &ask.page.t(&WORDS, "saved"));
    }
    let (title, body) = view(
        ask,
        id,
        Typed {
            form,
            errors: &errors,
        },
    )
    .await?;
    ask.again(&title, body)
}

async fn draft(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    act(
        &ask,
        meeting_id,
        &form,
        DraftAgenda { meeting_id },
        FormErrors::default(),
    )
    .await
}

async fn add_item(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let wording = read.text("wording", 500).unwrap_or_default();
    let command = AddAgendaItem {
        id: form.key()?,
        meeting_id,
        wording,
    };
    act(&ask, meeting_id, &form, command, read.errors).await
}

async fn move_it(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let fields = (
        read.date("moved_to"),
        read.text("hours", 60),
        read.text("place", 200),
    );
    let errors = read.errors;
    let (Some(held_on), Some(hours), Some(place)) = fields else {
        visible(&mut ask.read().await?, &ask, meeting_id).await?;
        return refused_page(&ask, meeting_id, &form, &errors).await;
    };
    let command = MoveMeeting {
        meeting_id,
        held_on,
        hours,
        place,
    };
    act(&ask, meeting_id, &form, command, errors).await
}

async fn depart(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let membership_id = form
        .raw("gone_seat")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    let command = RecordDeparture {
        id: form.key()?,
        meeting_id,
        membership_id,
        is_back: form.raw("act") == "back",
    };
    act(&ask, meeting_id, &form, command, FormErrors::default()).await
}

async fn forward(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let item_id = read.optional_choice::<Uuid>("item_id").flatten();
    let wording = read.optional_text("forward", 500).unwrap_or_default();
    let command = ForwardItem {
        id: form.key()?,
        meeting_id,
        item_id,
        wording,
    };
    act(&ask, meeting_id, &form, command, read.errors).await
}

async fn approve(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    act(
        &ask,
        meeting_id,
        &form,
        ApproveAgenda { meeting_id },
        FormErrors::default(),
    )
    .await
}

async fn attendance(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let mut marks = Vec::new();
    for name in form.names() {
        let Some(seat) = name.strip_prefix("seat-") else {
            continue;
        };
        let seat: Uuid = seat.parse().map_err(|_| Failure::NotFound)?;
        if let Ok(presence) = form.raw(name).parse() {
            marks.push(Mark {
                membership_id: committees::MembershipId::new(seat),
                presence,
            });
        }
    }
    act(
        &ask,
        meeting_id,
        &form,
        RecordAttendance { meeting_id, marks },
        FormErrors::default(),
    )
    .await
}

async fn write(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let wording = read.note("minutes", 4_000).unwrap_or_default();
    act(
        &ask,
        meeting_id,
        &form,
        WriteMinutes {
            meeting_id,
            wording,
        },
        read.errors,
    )
    .await
}

async fn open(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    act(
        &ask,
        meeting_id,
        &form,
        OpenRemarks { meeting_id },
        FormErrors::default(),
    )
    .await
}

async fn remark(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let wording = read.note("remark", 1_000).unwrap_or_default();
    act(
        &ask,
        meeting_id,
        &form,
        AddRemark {
            id: form.key()?,
            meeting_id,
            wording,
        },
        read.errors,
    )
    .await
}

async fn sign(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    act(
        &ask,
        meeting_id,
        &form,
        SignMinutes { meeting_id },
        FormErrors::default(),
    )
    .await
}

async fn freeze(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    act(
        &ask,
        meeting_id,
        &form,
        FreezeMinutes { meeting_id },
        FormErrors::default(),
    )
    .await
}

async fn print(ask: Ask, Path(id): Path<MeetingId>) -> Outcome {
    let mut conn = ask.read().await?;
    let meeting = visible(&mut conn, &ask, id).await?;
    let paper = paper::minutes(&mut conn, &ask, &meeting).await?;
    drop(conn);
    ask.paper(paper).await
}

async fn show_calendar(ask: Ask, Path(id): Path<MeetingId>) -> Outcome {
    let mut conn = ask.read().await?;
    let meeting = visible(&mut conn, &ask, id).await?;
    let committee = committees::get(&mut conn, meeting.committee_id).await?;
    let items = super::agenda(&mut conn, id).await?;
    let papers = super::documents::list(&mut conn, id).await?;
    drop(conn);
    let day = meeting.as_of(ask.now()).date();
    let title = format!(
        "{} · {}",
        views::name(&ask.page, &meeting),
        committee.name(ask.lang())
    );
    let mut lines: Vec<String> = (1..)
        .zip(&items)
        .map(|(place, item)| {
            format!(
                "{}. {}",
                ask.page.number(place),
                views::item(&ask.page, item, day)
            )
        })
        .collect();
    // The call names the papers; they are read behind its link.
    let name = |paper: &super::MeetingDocument| format!("{}.{}", paper.name, paper.kind);
    lines.extend(papers.iter().map(|paper| {
        let args = [("name", name(paper).into())];
        ask.page.tr(&WORDS, "document-line", &args)
    }));
    Ok(calendar::response(&calendar::Event {
        title: words::plain(&title).into_owned(),
        agenda: words::plain(&lines.join("\n")).into_owned(),
        link: ask.city.link(&format!("/meetings/{id}")).to_string(),
        now: ask.now(),
        meeting: &meeting,
    }))
}
