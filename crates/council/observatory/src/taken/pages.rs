use access::{Ask, Need, Routes};
use web::{FormErrors, Outcome, Upload};

use super::{DOCUMENT_MALFORMED, TakeDocument, Way, views};
use crate::document::Signed;
use crate::{OBSERVATORY_KEEP, WORDS};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&OBSERVATORY_KEEP);
    Routes::new()
        .get("/observatory/take", need, new)
        .post("/observatory/take", need, take)
}

async fn new(ask: Ask) -> Outcome {
    let view = views::take(&ask.page, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "take-title"), view)
}

async fn take(ask: Ask, upload: Upload) -> Outcome {
    let mut errors = FormErrors::default();
    let p = &ask.page;
    let Some(file) = upload.file("file") else {
        errors.push("file", p.t(&WORDS, "take-missing"));
        return ask.again(&p.t(&WORDS, "take-title"), views::take(p, &errors));
    };
    let outcome = match Signed::read(&file.bytes) {
        Some(signed) => {
            let command = TakeDocument {
                signed,
                way: Way::Uploaded,
                is_demo: ask.city.is_demo,
            };
            ask.write(command).await
        }
        None => DOCUMENT_MALFORMED.refuse().map_err(Into::into),
    };
    match ask.refused(outcome, &mut errors)? {
        Some(taken) => {
            let said = p.t(&WORDS, &format!("standing-{}", taken.standing));
            ask.see_with(format!("/observatory/cities/{}", taken.code), &said)
        }
        None => ask.again(&p.t(&WORDS, "take-title"), views::take(p, &errors)),
    }
}
