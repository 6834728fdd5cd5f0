use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use db::{Conn, Write};
use serde::Deserialize;
use web::{Form, FormErrors, Outcome};

use super::commands::WORDING;
use super::queries::PAGE;
use super::{
    DiscardLetter, DraftFollowUps, Letter, LetterDirection, LetterId, ReviseLetter, SendLetter,
    SignLetter, paper, queries, views,
};
use crate::committees::{self, CommitteeId};
use crate::forms::Typed;
use crate::permissions::{COMMITTEE_READ, LETTER_KEEP, LETTER_SIGN};
use crate::wording::NAME;
use crate::{WORDS, letters};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/committee-letters", Need::May(&COMMITTEE_READ), list)
        .get("/committee-letters/{id}", Need::May(&COMMITTEE_READ), show)
        .get(
            "/committee-letters/{id}/paper",
            Need::May(&COMMITTEE_READ),
            print,
        )
        .post(
            "/committee-letters/follow-ups",
            Need::May(&LETTER_KEEP),
            follow_up,
        )
        .post(
            "/committee-letters/{id}/wording",
            Need::May(&LETTER_KEEP),
            revise,
        )
        .post(
            "/committee-letters/{id}/discard",
            Need::May(&LETTER_KEEP),
            discard,
        )
        .post(
            "/committee-letters/{id}/sign",
            Need::May(&LETTER_SIGN),
            sign,
        )
        .post(
            "/committee-letters/{id}/send",
            Need::May(&LETTER_KEEP),
            send,
        )
}

/// Where a page of the register begins and what it shows.
#[derive(Default, Deserialize)]
struct Place {
    direction: Option<LetterDirection>,
    cursor: Option<LetterId>,
}

async fn register(ask: &Ask, place: &Place, errors: &FormErrors) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let committees = committees::list(&mut conn, &ask.viewer, ask.now().date()).await?;
    let ids: Vec<CommitteeId> = committees.iter().map(|one| one.id).collect();
    let most = Limit(PAGE).and_one();
    let mut letters = queries::list(&mut conn, &ids, place.direction, place.cursor, most).await?;
    let address = views::address(place.direction);
    let mark = if place.direction.is_some() { '&' } else { '?' };
    let next = Limit(PAGE).cut(&mut letters, |last| {
        format!("{address}{mark}cursor={}", last.id)
    });
    let shown = views::Register {
        letters,
        direction: place.direction,
        first: place.cursor.is_some().then_some(address),
        next,
        may_keep: LETTER_KEEP.is_held_by(&ask.viewer),
        committees,
    };
    Ok(views::register(&ask.page, &shown, errors))
}

async fn list(ask: Ask, Query(place): Query<Place>) -> Outcome {
    let body = register(&ask, &place, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "letters-title"), body)
}

/// The letter, unless its committee is not the viewer's to know about.
pub(super) async fn visible(conn: &mut Conn, ask: &Ask, id: LetterId) -> Outcome<Letter> {
    let letter = super::get(conn, id).await?;
    committees::check(conn, &ask.viewer, letter.committee_id, ask.now().date()).await?;
    Ok(letter)
}

async fn view(ask: &Ask, id: LetterId, typed: Typed<'_>) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let letter = visible(&mut conn, ask, id).await?;
    let shown = views::Shown {
        committee: committees::get(&mut conn, letter.committee_id).await?,
        signer: queries::signer(&mut conn, &letter).await?,
        asked_about: letters::asked_about(&mut conn, id).await?,
        answers: letters::answers_to(&mut conn, id).await?,
        answered: match letter.answers_id {
            Some(ours) => Some(super::get(&mut conn, ours).await?),
            None => None,
        },
        may_keep: LETTER_KEEP.is_held_by(&ask.viewer),
        may_sign: LETTER_SIGN.is_held_by(&ask.viewer),
        letter,
    };
    Ok(views::show(&ask.page, &shown, typed))
}

async fn show(ask: Ask, Path(id): Path<LetterId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let body = view(&ask, id, typed).await?;
    ask.html(&ask.page.t(&WORDS, "letter"), body)
}

/// Runs an act of a letter's page; a refusal comes back as a sentence on it.
async fn act<W: Write>(
    ask: &Ask,
    id: LetterId,
    form: &Form,
    command: Option<W>,
    mut errors: FormErrors,
    done: (String, &str),
) -> Outcome {
    visible(&mut ask.read().await?, ask, id).await?;
    if let (true, Some(command)) = (errors.is_empty(), command)
        && ask
            .refused(ask.post(form, command).await, &mut errors)?
            .is_some()
    {
        return ask.see_with(done.0, &ask.page.t(&WORDS, done.1));
    }
    let typed = Typed {
        form,
        errors: &errors,
    };
    let body = view(ask, id, typed).await?;
    ask.again(&ask.page.t(&WORDS, "letter"), body)
}

fn place(id: LetterId) -> String {
    format!("/committee-letters/{id}")
}

async fn revise(ask: Ask, Path(id): Path<LetterId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let fields = (read.text("subject", NAME), read.note("wording", WORDING));
    let command = match fields {
        (Some(subject), Some(wording)) => Some(ReviseLetter {
            id,
            subject,
            wording,
        }),
        _ => None,
    };
    act(&ask, id, &form, command, read.errors, (place(id), "saved")).await
}

async fn discard(ask: Ask, Path(id): Path<LetterId>, form: Form) -> Outcome {
    let done = (place(id), "saved");
    let command = Some(DiscardLetter { id });
    act(&ask, id, &form, command, FormErrors::default(), done).await
}

async fn sign(ask: Ask, Path(id): Path<LetterId>, form: Form) -> Outcome {
    let done = (place(id), "saved");
    // What the page showed, which somebody may have changed since.
    let digest = form.raw("digest").to_owned();
    let command = Some(SignLetter { id, digest });
    act(&ask, id, &form, command, FormErrors::default(), done).await
}

async fn send(ask: Ask, Path(id): Path<LetterId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let command = match (read.date("sent_on"), read.choice("way")) {
        (Some(sent_on), Some(way)) => Some(SendLetter { id, sent_on, way }),
        _ => None,
    };
    act(&ask, id, &form, command, read.errors, (place(id), "saved")).await
}

async fn follow_up(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let committee: Option<CommitteeId> = read.choice("committee_id");
    let mut errors = read.errors;
    if let Some(committee_id) = committee {
        let today = ask.now().date();
        committees::check(&mut ask.read().await?, &ask.viewer, committee_id, today).await?;
        let command = DraftFollowUps {
            committee_id,
            language: ask.lang(),
        };
        if let Some(count) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask
                .page
                .tr(&WORDS, "letters-drafted", &[("count", count.into())]);
            return ask.see_with("/committee-letters?direction=sent", &done);
        }
    }
    let body = register(&ask, &Place::default(), &errors).await?;
    ask.again(&ask.page.t(&WORDS, "letters-title"), body)
}

async fn print(ask: Ask, Path(id): Path<LetterId>) -> Outcome {
    let mut conn = ask.read().await?;
    let letter = visible(&mut conn, &ask, id).await?;
    let paper = paper::letter(&mut conn, &ask, &letter).await?;
    drop(conn);
    ask.paper(paper).await
}
