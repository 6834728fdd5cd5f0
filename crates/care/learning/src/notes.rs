//! What people are told by message: the class that begins, the certificate that is there.

use db::{Result, Tx};
use notices::{Notice, To};
use persian::{Jalali, Lang};

use crate::cohorts::Cohort;
use crate::learners::Learner;

/// «class»: the course and the day and hour of the first session still to come.
pub(crate) async fn class(tx: &mut Tx, learner: &Learner, cohort: &Cohort) -> Result<()> {
    let lang = contacts::get(tx, learner.contact_id).await?.lang();
    let sessions = crate::sessions::list(tx, cohort.id).await?;
    let now = tx.now();
    let Some(next) = sessions.iter().find(|session| session.starts_at >= now) else {
        // Somebody was enrolled after the last session: there is nothing to come to.
        return Ok(());
    };
    let (day, hour, minute) = next.starts_at.local();
    let place = organizations::places::get(tx, next.place_id).await?;
    let args = vec![
        ("course", cohort.title(lang).to_owned()),
        ("day", Jalali::from(day).long(lang)),
        ("clock", digits(format!("{hour:02}:{minute:02}"), lang)),
        ("place", place.name(lang).to_owned()),
    ];
    send(tx, learner, "class", args).await
}

/// «certificate»: the course and the serial anyone can verify.
pub(crate) async fn certificate(
    tx: &mut Tx,
    learner: &Learner,
    cohort: &Cohort,
    serial: &str,
) -> Result<()> {
    let lang = contacts::get(tx, learner.contact_id).await?.lang();
    let args = vec![
        ("course", cohort.title(lang).to_owned()),
        ("serial", serial.to_owned()),
    ];
    send(tx, learner, "certificate", args).await
}

fn digits(text: String, lang: Lang) -> String {
    match lang {
        Lang::Fa => persian::persian_digits(&text),
        Lang::En => text,
    }
}

async fn send(
    tx: &mut Tx,
    learner: &Learner,
    template: &'static str,
    args: Vec<(&'static str, String)>,
) -> Result<()> {
    notices::send(
        tx,
        Notice {
            to: To::Contact(learner.contact_id),
            template,
            args,
        },
    )
    .await
    .map(drop)
}
