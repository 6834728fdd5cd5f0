//! The labour office answers by file: a week's batch goes out on Saturday and comes back filled in.

use documents::sheets::{Cell, Sheet};
use organizations::OrganizationId;
use persian::{Date, Jalali, Timestamp};
use referrals::batches::{Reader, numbers};
use referrals::legs::LegId;
use referrals::{ApplyResults, MakeBatch, UploadResults};
use uuid::Uuid;

use super::agenda::{Deeds, deed};
use super::legs::{Partner, send};
use super::town::{Town, saturday_after, workday};

/// A licence that comes back in a file.
#[derive(Clone)]
pub struct Issued {
    worker: Uuid,
    leg: LegId,
    number: String,
    until: Date,
}

/// Plans a leg that waits for the next batch of its sender; gives when its answer is read.
pub fn wait(
    town: &mut Town,
    worker: Uuid,
    sender: OrganizationId,
    leg: LegId,
    sent: Timestamp,
    partner: &Partner,
) -> Timestamp {
    send(town, worker, leg, sent);
    let day = workday(saturday_after(sent.date()));
    if let Some((number, until)) = partner.gives.clone() {
        let issued = Issued {
            worker,
            leg,
            number,
            until,
        };
        town.files.entry((day, sender)).or_default().push(issued);
    }
    read_on(day)
}

/// The Wednesday after a batch went out.
fn read_on(day: Date) -> Timestamp {
    let later = Timestamp::at(day, 11, 30).plus_days(4);
    Timestamp::at(workday(later.date()), 11, 30)
}

/// Plans the batches and the files that answer them.
pub fn answer(town: &mut Town) -> db::Result<()> {
    let labour = town.bodies.body("labour")?;
    for ((day, sender), issued) in std::mem::take(&mut town.files) {
        let Some(worker) = issued.first().map(|one| one.worker) else {
            continue;
        };
        let made = Timestamp::at(day, 8, 40);
        let batch = town.id(made);
        let make = MakeBatch {
            id: batch,
            sender_id: sender,
            organization_id: labour,
            service: "home_licence".into(),
        };
        town.agenda.add(made, worker, make);
        let at = read_on(day);
        let upload = town.id(at);
        town.agenda.later(at, worker, move |city| async move {
            let mut conn = city.db.read().await?;
            let legs = numbers(&mut conn, batch).await?;
            let codes = referrals::reference::decline_codes(&mut conn, at.date()).await?;
            drop(conn);
            let new_id = || city.db.new_id();
            let reader = Reader {
                keys: &city.keys,
                legs: &legs,
                codes: &codes,
                new_id: &new_id,
                today: at.date(),
            };
            // Nothing was waiting: there was no batch.
            let Some(rows) = reader
                .read(&[sheet(&legs, &issued)])
                .filter(|_| !legs.is_empty())
            else {
                return Ok(Deeds::new());
            };
            let upload_results = UploadResults {
                id: upload,
                batch,
                file_name: format!("labour-{}.xlsx", Jalali::from(at.date()).dashed()),
                rows,
            };
            Ok(vec![deed(upload_results), deed(ApplyResults { upload })])
        });
    }
    Ok(())
}

/// The workbook as the office sends it back; what it has not decided stays empty.
fn sheet(legs: &[(String, LegId)], issued: &[Issued]) -> Sheet {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut rows = vec![vec![
        text("شمارهٔ ارجاع"),
        text("نتیجه"),
        text("شمارهٔ مجوز"),
        text("اعتبار تا"),
    ]];
    for (number, leg) in legs {
        let mut row = vec![text(number)];
        if let Some(one) = issued.iter().find(|one| one.leg == *leg) {
            let until = Jalali::from(one.until).to_string();
            row.extend([text("صادر شد"), text(&one.number), text(&until)]);
        }
        rows.push(row);
    }
    Sheet {
        name: String::new(),
        first_row: 1,
        rows,
    }
}
