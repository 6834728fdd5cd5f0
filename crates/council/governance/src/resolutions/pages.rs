use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::{Conn, Write};
use maud::html;
use web::{Form, FormErrors, Outcome};

use super::{CarryOver, PassResolution, Repeal, Resolution, ResolutionId, views};
use crate::answers::{AnswerKind, AnswerResolution, LINKS, SendResolutionLink};
use crate::decisions;
use crate::evidence::{self, Proves};
use crate::forms::{Lists, Typed};
use crate::meetings::{self, MeetingId, MeetingState};
use crate::permissions::{
    COMMITTEE_READ, EVIDENCE_GIVE, EVIDENCE_VERIFY, LETTER_KEEP, MEETING_KEEP,
};
use crate::plan::views::May;
use crate::{WORDS, committees, letters};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/resolutions", Need::May(&COMMITTEE_READ), list)
        .get("/resolutions/{id}", Need::May(&COMMITTEE_READ), show)
        .get(
            "/meetings/{id}/resolutions/new",
            Need::May(&MEETING_KEEP),
            new,
        )
        .post("/meetings/{id}/resolutions", Need::May(&MEETING_KEEP), pass)
        .post(
            "/resolutions/{id}/answers",
            Need::May(&MEETING_KEEP),
            answer,
        )
        .post(
            "/resolutions/{id}/link",
            Need::May(&MEETING_KEEP),
            send_link,
        )
        .post("/resolutions/{id}/carry", Need::May(&MEETING_KEEP), carry)
}

async fn list(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let title = ask.page.t(&WORDS, "resolutions-title");
    let mut tables = Vec::new();
    for committee in committees::list(&mut conn, &ask.viewer, ask.now().date()).await? {
        let rows = super::list(&mut conn, committee.id).await?;
        tables.push(views::table(
            &ask.page,
            committee.name(ask.lang()),
            &rows,
            ask.now().date(),
        ));
    }
    let empty = ask.page.t(&WORDS, "committee-none");
    ask.html(
        &title,
        html! {
            h1 { (title) }
            @if tables.is_empty() { p { (empty) } }
            @for table in &tables { (table) }
        },
    )
}

/// The resolution, unless its committee is not the viewer's to know about.
pub(crate) async fn visible(conn: &mut Conn, ask: &Ask, id: ResolutionId) -> Outcome<Resolution> {
    let resolution = super::get(conn, id).await?;
    committees::check(conn, &ask.viewer, resolution.committee_id, ask.now().date()).await?;
    Ok(resolution)
}

async fn view(ask: &Ask, id: ResolutionId, typed: Typed<'_>) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let resolution = visible(&mut conn, ask, id).await?;
    let next = meetings::next_of(&mut conn, resolution.committee_id).await?;
    let is_its_own = committees::speaks_for_body(
        &mut conn,
        resolution.committee_id,
        ask.viewer.user_id(),
        resolution.organization_id,
        ask.now().date(),
    )
    .await?;
    let shown = views::Shown {
        answers: super::answers(&mut conn, id).await?,
        proofs: evidence::list(&mut conn, Proves::Resolution(id)).await?,
        table: next.filter(|meeting| {
            meeting.state == MeetingState::Held && meeting.id != resolution.meeting_id
        }),
        letters: letters::list_of_resolution(&mut conn, id).await?,
        own_seats: committees::members_on(&mut conn, resolution.committee_id, ask.now().date())
            .await?
            .into_iter()
            .filter(|member| member.organization_id == resolution.organization_id)
            .collect(),
        decision: decisions::pages::shown(&mut conn, ask, &resolution).await?,
        may_keep: MEETING_KEEP.is_held_by(&ask.viewer),
        may_write: LETTER_KEEP.is_held_by(&ask.viewer),
        may: May {
            give: EVIDENCE_GIVE.is_held_by(&ask.viewer),
            verify: EVIDENCE_VERIFY.is_held_by(&ask.viewer) && !is_its_own,
            keep: false,
            user: ask.viewer.user_id(),
        },
        resolution,
    };
    Ok(views::show(&ask.page, &shown, typed))
}

async fn show(ask: Ask, Path(id): Path<ResolutionId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let body = view(&ask, id, typed).await?;
    ask.html(&ask.page.t(&WORDS, "resolution"), body)
}

async fn form_page(ask: &Ask, id: MeetingId, typed: Typed<'_>, is_again: bool) -> Outcome {
    let mut conn = ask.read().await?;
    let meeting = meetings::pages::visible(&mut conn, ask, id).await?;
    let lists = Lists::read(&mut conn, ask).await?;
    let rules = committees::rules_on(&mut conn, meeting.committee_id, meeting.held_on).await?;
    let view = views::form(&ask.page, &meeting, rules.majority, &lists, typed);
    let title = ask.page.t(&WORDS, "resolution-new");
    if is_again {
        ask.again(&title, view)
    } else {
        ask.html(&title, view)
    }
}

async fn new(ask: Ask, Path(id): Path<MeetingId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    form_page(&ask, id, typed, false).await
}

async fn pass(ask: Ask, Path(meeting_id): Path<MeetingId>, form: Form) -> Outcome {
    meetings::pages::visible(&mut ask.read().await?, &ask, meeting_id).await?;
    let mut read = form.read(&ask.page);
    let who = (
        read.choice("article_id"),
        read.choice("organization_id"),
        read.text("responsible", 200),
    );
    let what = (
        read.text("wording", 2_000),
        read.date("due_on"),
        read.text("evidence_asked", 1_000),
    );
    let votes = (
        read.number("votes_for", 0, 1_000),
        read.number("votes_against", 0, 1_000),
        match read.is_empty("votes_abstain") {
            true => Some(0),
            false => read.number("votes_abstain", 0, 1_000),
        },
    );
    let mut errors = read.errors;
    if let (
        (Some(article_id), Some(organization_id), Some(responsible)),
        (Some(wording), Some(due_on), Some(evidence_asked)),
        (Some(votes_for), Some(votes_against), Some(votes_abstain)),
    ) = (who, what, votes)
    {
        let id = ResolutionId::new(form.key()?);
        let command = PassResolution {
            id,
            meeting_id,
            article_id,
            organization_id,
            responsible,
            wording,
            due_on,
            evidence_asked,
            votes_for,
            votes_against,
            votes_abstain,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/meetings/{meeting_id}"),
                &ask.page.t(&WORDS, "saved"),
            );
        }
    }
    form_page(
        &ask,
        meeting_id,
        Typed {
            form: &form,
            errors: &errors,
        },
        true,
    )
    .await
}

/// Runs an act of a resolution's page; a refusal comes back as a sentence on it.
async fn act<W: Write>(
    ask: &Ask,
    id: ResolutionId,
    form: &Form,
    command: Option<W>,
    mut errors: FormErrors,
) -> Outcome {
    visible(&mut ask.read().await?, ask, id).await?;
    if let (true, Some(command)) = (errors.is_empty(), command)
        && ask
            .refused(ask.post(form, command).await, &mut errors)?
            .is_some()
    {
        return ask.see_with(format!("/resolutions/{id}"), &ask.page.t(&WORDS, "saved"));
    }
    let body = view(
        ask,
        id,
        Typed {
            form,
            errors: &errors,
        },
    )
    .await?;
    ask.again(&ask.page.t(&WORDS, "resolution"), body)
}

async fn answer(ask: Ask, Path(resolution_id): Path<ResolutionId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let fields = (
        read.optional_choice::<AnswerKind>("kind"),
        read.text("answer", 2_000),
        read.optional_text("answer_reference", 200),
        read.date("answered_on"),
    );
    let command = match fields {
        (Some(kind), Some(wording), Some(reference), Some(answered_on)) => Some(AnswerResolution {
            id: form.key()?,
            resolution_id,
            kind: kind.unwrap_or_default(),
            wording,
            reference,
            answered_on,
        }),
        _ => None,
    };
    act(&ask, resolution_id, &form, command, read.errors).await
}

/// Sends the body a link to answer by.
async fn send_link(ask: Ask, Path(resolution_id): Path<ResolutionId>, form: Form) -> Outcome {
    let link = LINKS.fresh(&ask.city);
    let command = SendResolutionLink {
        resolution_id,
        link,
    };
    act(
        &ask,
        resolution_id,
        &form,
        Some(command),
        FormErrors::default(),
    )
    .await
}

async fn carry(ask: Ask, Path(resolution_id): Path<ResolutionId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let meeting_id: Option<MeetingId> = read.choice("meeting_id");
    if form.raw("act") == "repeal" {
        let command = meeting_id.map(|meeting_id| Repeal {
            resolution_id,
            meeting_id,
        });
        return act(&ask, resolution_id, &form, command, read.errors).await;
    }
    let due_on = read.date("carry_until");
    let command = match (meeting_id, due_on) {
        (Some(meeting_id), Some(due_on)) => Some(CarryOver {
            id: form.key()?,
            resolution_id,
            meeting_id,
            due_on,
        }),
        _ => None,
    };
    act(&ask, resolution_id, &form, command, read.errors).await
}
