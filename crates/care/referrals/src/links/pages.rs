//! The partner's pages. Opening one changes nothing; every effect is a press.

use access::{Ask, Need, Routes, network};
use axum::extract::{Path, Query};
use db::{Conn, Origin, Write};
use persian::Date;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::codes::{self, AskLinkCode, BAD_LINK_CODE, Digits, UseLinkCode, code_text};
use super::{LINKS, Link, RenewLink, find, views};
use crate::legs::shown::{self, Shown};
use crate::legs::states::Delivery;
use crate::legs::{Answer, AnswerLeg, By, Leg, LegId, Note, ReportLeg, queries};
use crate::parcels::{self, Field, Snapshot};
use crate::{WORDS, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/links/{token}", Need::Link, show)
        .post("/links/{token}/answer", Need::Link, answer)
        .post("/links/{token}/report", Need::Link, report)
        .post("/links/{token}/code", Need::Link, ask_code)
        .post("/links/{token}/contact", Need::Link, contact)
        .post("/links/{token}/renew", Need::Link, renew)
}

db::text_enum! {
    /// What the page shows besides the three answers.
    pub(super) enum Choosing {
        /// The times for «another time».
        Later = "later",
        /// The reasons for «we cannot».
        Decline = "decline",
        /// The three outcomes.
        Report = "report",
        /// The box for the one-time code.
        Code = "code",
    }
}

#[derive(Deserialize)]
struct Asked {
    choose: Option<Choosing>,
}

/// What a link opens.
struct Opened {
    link: Link,
    shown: Shown,
}

/// The link and its leg. An unknown token is not found.
async fn open(ask: &Ask, conn: &mut Conn, token: &str) -> Outcome<Opened> {
    let Some(link) = find(conn, &ask.city.keys, token).await? else {
        // Only guesses are counted: a body opens its own links as often as it likes.
        ask.count_from_network("guess", network::GUESSES).await?;
        return Err(Failure::NotFound);
    };
    let leg = queries::get(conn, link.leg_id).await?;
    Ok(Opened {
        link,
        shown: shown::show_one(conn, ask.lang(), leg).await?,
    })
}

impl Opened {
    /// The leg, when the link still lives.
    fn alive(&self, ask: &Ask) -> Outcome<LegId> {
        if self.is_over(ask) {
            Err(Failure::NotFound)
        } else {
            Ok(self.shown.leg.id)
        }
    }

    fn is_over(&self, ask: &Ask) -> bool {
        self.link.expires_at <= ask.now()
    }
}

/// A write asked for through a link.
async fn post<W: Write>(ask: &Ask, link: &Link, form: &Form, command: W) -> Outcome<W::Out> {
    let origin = Origin {
        user: None,
        name: format!("link:{}", link.id),
        request: ask.request,
    };
    let answer = ask
        .city
        .db
        .write_once(form.key()?, &origin, command)
        .await?;
    ask.city.wake.notify_one();
    Ok(answer.out)
}

async fn show(ask: Ask, Path(token): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    let body = page(
        &ask,
        &token,
        asked.choose,
        &Form::default(),
        &FormErrors::default(),
    )
    .await?;
    ask.public_html(&ask.page.t(&WORDS, "link-title"), body)
}

async fn page(
    ask: &Ask,
    token: &str,
    choosing: Option<Choosing>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let opened = open(ask, &mut conn, token).await?;
    if opened.is_over(ask) {
        return Ok(views::over(&ask.page, token, errors));
    }
    let leg = &opened.shown.leg;
    let initials = initials(&mut conn, leg).await?;
    let codes = reference::decline_codes(&mut conn, ask.now().date()).await?;
    let gives_licence = reference::term(&mut conn, &leg.service)
        .await?
        .gives_licence;
    let asked = views::Asked {
        token,
        initials: &initials,
        choosing,
        codes: &codes,
        gives_licence,
    };
    Ok(views::page(&ask.page, &opened.shown, &asked, form, errors))
}

/// First letters, when the parcel holds the name and still lasts.
async fn initials(conn: &mut Conn, leg: &Leg) -> Outcome<String> {
    let parcel = parcels::find(conn, leg.id)
        .await?
        .filter(|parcel| parcel.ended_at.is_none());
    let fields: Vec<Field> = match parcel {
        Some(parcel) => serde_json::from_value(parcel.fields).map_err(db::Error::from)?,
        None => Vec::new(),
    };
    if !fields.contains(&Field::Name) {
        return Ok(String::new());
    }
    Ok(people::get(conn, people::PersonId::new(leg.person_id))
        .await?
        .initials())
}

/// Answers offered by «another time»: weeks from today.
pub(super) const WEEKS: [i64; 3] = [2, 4, 8];

fn weeks_ahead(today: Date, weeks: i64) -> Option<Date> {
    // Timestamps count days the same way everywhere; midday keeps clear of the day's ends.
    WEEKS.contains(&weeks).then(|| {
        persian::Timestamp::at(today, 12, 0)
            .plus_days(7 * weeks)
            .date()
    })
}

async fn answer(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    let opened = open(&ask, &mut ask.read().await?, &token).await?;
    let leg = opened.alive(&ask)?;
    let mut read = form.read(&ask.page);
    let (choosing, answer) = match form.raw("answer") {
        "accept" => (
            None,
            Some(Answer::Accept {
                appointment_on: None,
            }),
        ),
        "later" => {
            let weeks = read.number("weeks", 1, 52);
            let day = weeks.and_then(|weeks| weeks_ahead(ask.now().date(), weeks));
            (
                Some(Choosing::Later),
                day.map(|review_on| Answer::Later { review_on }),
            )
        }
        "decline" => {
            let code = read.text("code", 40);
            (
                Some(Choosing::Decline),
                code.map(|code| Answer::Decline { code }),
            )
        }
        _ => (None, None),
    };
    let mut errors = read.errors;
    match answer {
        Some(answer) => {
            let note = Note::none(ask.city.db.new_id());
            let command = AnswerLeg {
                leg,
                answer,
                by: By::LINK,
                note,
            };
            if ask
                .refused(post(&ask, &opened.link, &form, command).await, &mut errors)?
                .is_some()
            {
                let thanks = ask.page.t(&WORDS, "link-thanks");
                return ask.see_with(format!("/links/{token}"), &thanks);
            }
        }
        None if errors.is_empty() => errors.push("", ask.page.t(&WORDS, "link-choose")),
        None => {}
    }
    let body = page(&ask, &token, choosing, &form, &errors).await?;
    ask.public_again(&ask.page.t(&WORDS, "link-title"), body)
}

async fn report(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    let opened = open(&ask, &mut ask.read().await?, &token).await?;
    let leg = opened.alive(&ask)?;
    let mut read = form.read(&ask.page);
    let outcome: Option<Delivery> = read.choice("outcome");
    let licence = read.optional_text("licence_number", 40);
    let until = read.optional_date("valid_until");
    let words = read.note("note", 500);
    let mut errors = read.errors;
    if let (Some(outcome), Some(licence), Some(valid_until), Some(words)) =
        (outcome, licence, until, words)
    {
        let licence_number = (!licence.is_empty()).then(|| persian::latin_digits(&licence));
        let is_empty = licence_number.is_none() && valid_until.is_none();
        let returned = (!is_empty).then_some(crate::legs::Returned {
            licence_number,
            valid_until,
        });
        let note = Note::seal(&ask.city.keys, ask.city.db.new_id(), &words);
        let command = ReportLeg {
            leg,
            outcome,
            returned,
            by: By::LINK,
            note,
        };
        if ask
            .refused(post(&ask, &opened.link, &form, command).await, &mut errors)?
            .is_some()
        {
            let thanks = ask.page.t(&WORDS, "link-thanks");
            return ask.see_with(format!("/links/{token}"), &thanks);
        }
    }
    let body = page(&ask, &token, Some(Choosing::Report), &form, &errors).await?;
    ask.public_again(&ask.page.t(&WORDS, "link-title"), body)
}

async fn ask_code(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    ask.count_from_network("code", network::CODES).await?;
    let opened = open(&ask, &mut ask.read().await?, &token).await?;
    opened.alive(&ask)?;
    let id = form.key()?;
    let command = AskLinkCode {
        id,
        link: opened.link.id,
        organization: opened.shown.leg.organization_id,
        digits: Digits(code_text(&ask.city.keys, id)),
    };
    let mut errors = FormErrors::default();
    match ask.refused(post(&ask, &opened.link, &form, command).await, &mut errors)? {
        Some(()) => ask.see(format!("/links/{token}?choose=code")),
        None => {
            let body = page(&ask, &token, None, &form, &errors).await?;
            ask.public_again(&ask.page.t(&WORDS, "link-title"), body)
        }
    }
}

async fn contact(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    ask.count_from_network("guess", network::GUESSES).await?;
    let mut conn = ask.read().await?;
    let opened = open(&ask, &mut conn, &token).await?;
    opened.alive(&ask)?;
    let leg = &opened.shown.leg;
    let newest = codes::newest(&mut conn, opened.link.id, ask.now()).await?;
    let parcel = parcels::find(&mut conn, leg.id)
        .await?
        .filter(|kept| kept.ended_at.is_none());
    drop(conn);
    let typed = persian::latin_digits(form.raw("code").trim());
    let is_open = match newest {
        Some(id) => {
            let is_right = code_text(&ask.city.keys, id) == typed;
            let command = UseLinkCode {
                id,
                leg: leg.id,
                person: leg.person_id,
                is_right,
            };
            post(&ask, &opened.link, &form, command).await?
        }
        None => false,
    };
    let Some(parcel) = parcel.filter(|_| is_open) else {
        let mut errors = FormErrors::default();
        let wrong = db::Refusal {
            reason: &BAD_LINK_CODE,
            field: None,
            args: Vec::new(),
        };
        errors.push("code", ask.sentence(&wrong));
        let body = page(&ask, &token, Some(Choosing::Code), &form, &errors).await?;
        return ask.public_again(&ask.page.t(&WORDS, "link-title"), body);
    };
    let text = ask
        .city
        .keys
        .open_sealed("parcel", "content", parcel.id, &parcel.content);
    let snapshot = Snapshot::of_text(&text.map_err(db::Error::other)?)?;
    let body = views::contact(&ask.page, &opened.shown, &token, &snapshot);
    ask.public_html(&ask.page.t(&WORDS, "link-title"), body)
}

async fn renew(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    let opened = open(&ask, &mut ask.read().await?, &token).await?;
    let command = RenewLink {
        leg: opened.shown.leg.id,
        link: LINKS.fresh(&ask.city),
    };
    let mut errors = FormErrors::default();
    match ask.refused(post(&ask, &opened.link, &form, command).await, &mut errors)? {
        Some(()) => {
            let title = ask.page.t(&WORDS, "link-title");
            ask.public_html(&title, views::renewed(&ask.page))
        }
        None => {
            let body = page(&ask, &token, None, &form, &errors).await?;
            ask.public_again(&ask.page.t(&WORDS, "link-title"), body)
        }
    }
}
