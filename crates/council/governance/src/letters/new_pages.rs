//! The forms a letter begins with: one of ours from a wording, one received from its envelope.

use access::{Ask, Need, Routes};
use axum::extract::Query;
use db::Conn;
use persian::Lang;
use serde::Deserialize;
use web::{Form, FormErrors, Outcome};

use super::commands::WORDING;
use super::templates::values;
use super::{
    About, DraftLetter, LetterDirection, LetterId, RegisterLetter, language, new_views, queries,
};
use crate::answers::AnswerKind;
use crate::committees::{self, Committee, CommitteeId};
use crate::forms::{Lists, Typed};
use crate::permissions::LETTER_KEEP;
use crate::wording::NAME;
use crate::{WORDS, meetings, reminders, resolutions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/committee-letters/new", Need::May(&LETTER_KEEP), new)
        .post("/committee-letters", Need::May(&LETTER_KEEP), draft)
        .get(
            "/committee-letters/received/new",
            Need::May(&LETTER_KEEP),
            new_received,
        )
        .post(
            "/committee-letters/received",
            Need::May(&LETTER_KEEP),
            register,
        )
}

/// Letters of ours that a received one may answer, the newest.
const MOST_ANSWERED: i64 = 200;

/// The committee a form is for: the one named, or the viewer's first.
async fn committee(conn: &mut Conn, ask: &Ask, named: &str) -> Outcome<Option<Committee>> {
    let known = committees::list(conn, &ask.viewer, ask.now().date()).await?;
    let named: Option<CommitteeId> = named.parse().ok();
    let place = known.iter().position(|one| Some(one.id) == named);
    Ok(known.into_iter().nth(place.unwrap_or_default()))
}

/// What may be chosen on both forms.
async fn offers(conn: &mut Conn, ask: &Ask, named: &str) -> Outcome<Option<new_views::Offers>> {
    let Some(committee) = committee(conn, ask, named).await? else {
        return Ok(None);
    };
    let id = committee.id;
    let sent = Some(LetterDirection::Sent);
    let mut letters = queries::list(conn, &[id], sent, None, MOST_ANSWERED).await?;
    letters.retain(|letter| letter.number.is_some());
    Ok(Some(new_views::Offers {
        committees: committees::list(conn, &ask.viewer, ask.now().date()).await?,
        lists: Lists::read(conn, ask).await?,
        resolutions: resolutions::list(conn, id).await?,
        reminders: reminders::list(conn, id).await?,
        meetings: meetings::list(conn, id).await?,
        templates: super::list_templates(conn).await?,
        letters,
        committee,
    }))
}

/// What a letter is to begin from.
#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    committee: String,
    #[serde(default)]
    template: String,
    #[serde(default)]
    of: String,
    #[serde(default)]
    language: String,
}

async fn new(ask: Ask, Query(start): Query<Start>) -> Outcome {
    let mut conn = ask.read().await?;
    let Some(offers) = offers(&mut conn, &ask, &start.committee).await? else {
        let title = ask.page.t(&WORDS, "letter-new");
        return ask.html(&title, new_views::none(&ask.page, &title));
    };
    let lang = written_in(&ask, &start.language);
    let about: Option<About> = start.of.parse().ok();
    if let Some(about) = about {
        about.check(&mut conn, offers.committee.id).await?;
    }
    let mut fields = vec![
        ("committee_id", offers.committee.id.to_string()),
        ("language", language(lang).to_owned()),
        ("template", start.template.clone()),
    ];
    if let Some(about) = about {
        fields.push(("about", about.to_string()));
    }
    if let Some(About::Resolution(id)) = about {
        let body = resolutions::get(&mut conn, id).await?.organization_id;
        fields.push(("organization_id", body.to_string()));
    }
    let chosen = offers
        .templates
        .iter()
        .find(|one| one.code == start.template);
    if let Some(chosen) = chosen {
        let today = ask.now().date();
        let places = values(&mut conn, lang, about, today).await?;
        let (subject, wording) = chosen.filled(lang, &places);
        fields.push(("subject", subject));
        fields.push(("wording", wording));
    }
    drop(conn);
    let form = Form::prefilled(fields);
    let typed = Typed {
        form: &form,
        errors: &FormErrors::default(),
    };
    let body = new_views::form(&ask.page, &offers, typed);
    ask.html(&ask.page.t(&WORDS, "letter-new"), body)
}

async fn draft(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let to = (
        read.choice::<CommitteeId>("committee_id"),
        read.choice("organization_id"),
        read.optional_choice("about"),
    );
    let text = (read.text("subject", NAME), read.note("wording", WORDING));
    let mut errors = read.errors;
    if let (Some(committee_id), Some(organization_id), Some(about)) = to
        && let (Some(subject), Some(wording)) = text
    {
        check(&ask, committee_id).await?;
        let command = DraftLetter {
            id: LetterId::new(form.key()?),
            committee_id,
            organization_id,
            language: written_in(&ask, form.raw("language")),
            subject,
            wording,
            about,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let place = format!("/committee-letters/{id}");
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    again(&ask, &form, &errors, "letter-new", new_views::form).await
}

/// Not found unless the committee is the viewer's to know about.
async fn check(ask: &Ask, id: CommitteeId) -> Outcome<()> {
    let today = ask.now().date();
    committees::check(&mut ask.read().await?, &ask.viewer, id, today).await?;
    Ok(())
}

/// The language chosen on the form, or the page's own.
fn written_in(ask: &Ask, chosen: &str) -> Lang {
    match chosen {
        "en" => Lang::En,
        "fa" => Lang::Fa,
        _ => ask.lang(),
    }
}

/// The same form with what was typed and what is wrong with it.
async fn again(
    ask: &Ask,
    form: &Form,
    errors: &FormErrors,
    title: &str,
    view: fn(&web::Page, &new_views::Offers, Typed<'_>) -> maud::Markup,
) -> Outcome {
    let mut conn = ask.read().await?;
    let title = ask.page.t(&WORDS, title);
    match offers(&mut conn, ask, form.raw("committee_id")).await? {
        Some(offers) => ask.again(&title, view(&ask.page, &offers, Typed { form, errors })),
        None => ask.again(&title, new_views::none(&ask.page, &title)),
    }
}

/// Which letter of ours it answers.
#[derive(Deserialize)]
struct Answered {
    answers: Option<LetterId>,
}

async fn new_received(ask: Ask, Query(start): Query<Answered>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut fields = Vec::new();
    let mut named = String::new();
    if let Some(id) = start.answers {
        let ours = super::pages::visible(&mut conn, &ask, id).await?;
        named = ours.committee_id.to_string();
        fields.push(("organization_id", ours.organization_id.to_string()));
        fields.push(("answers_id", id.to_string()));
        if let Some(resolution) = ours.resolution_id {
            fields.push(("resolution_id", resolution.to_string()));
            fields.push(("is_answer", "yes".to_owned()));
        }
    }
    let title = ask.page.t(&WORDS, "letter-received-new");
    let Some(offers) = offers(&mut conn, &ask, &named).await? else {
        return ask.html(&title, new_views::none(&ask.page, &title));
    };
    fields.push(("committee_id", offers.committee.id.to_string()));
    let form = Form::prefilled(fields);
    let typed = Typed {
        form: &form,
        errors: &FormErrors::default(),
    };
    ask.html(&title, new_views::received_form(&ask.page, &offers, typed))
}

async fn register(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let from = (
        read.choice::<CommitteeId>("committee_id"),
        read.choice("organization_id"),
        read.text("their_number", 60),
        read.date("dated_on"),
    );
    let text = (read.text("subject", NAME), read.note("wording", WORDING));
    let answers = (
        read.optional_choice("answers_id"),
        read.optional_choice("resolution_id"),
    );
    let is_answer = read.ticked("is_answer");
    let kind = read.optional_choice::<AnswerKind>("answer_kind");
    let mut errors = read.errors;
    if let (Some(committee_id), Some(organization_id), Some(their_number), Some(dated_on)) = from
        && let (Some(subject), Some(wording)) = text
        && let (Some(answers_id), Some(resolution_id), Some(kind)) = (answers.0, answers.1, kind)
    {
        check(&ask, committee_id).await?;
        let command = RegisterLetter {
            id: LetterId::new(form.key()?),
            committee_id,
            organization_id,
            language: written_in(&ask, form.raw("language")),
            their_number,
            dated_on,
            subject,
            wording,
            answers_id,
            resolution_id,
            is_answer,
            answer_kind: kind.unwrap_or_default(),
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let place = format!("/committee-letters/{id}");
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    let view = new_views::received_form;
    again(&ask, &form, &errors, "letter-received-new", view).await
}
