use access::{Ask, Need, Routes};
use maud::Markup;
use web::{Form, FormErrors, Outcome};

use super::{SetLink, SignStatistics, queries, send_waiting, views};
use crate::signing::signer;
use crate::{OBSERVATORY_KEEP, STATISTICS_SIGN, WORDS};

pub(crate) fn routes() -> Routes {
    let sign_need = Need::May(&STATISTICS_SIGN);
    Routes::new()
        .get("/observatory/own", sign_need, show)
        .post("/observatory/own/sign", sign_need, sign)
        .post("/observatory/own/send", sign_need, send)
        .post(
            "/observatory/own/link",
            Need::Proved(&OBSERVATORY_KEEP),
            link,
        )
}

async fn view(ask: &Ask, form: Option<&Form>, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let link = queries::link(&mut conn).await?;
    let rows = queries::rows(&mut conn).await?;
    drop(conn);
    let kept = match &link {
        Some(link) => Form::prefilled([
            ("code", link.code.clone()),
            ("address", link.address.clone()),
        ]),
        None => Form::default(),
    };
    let shown = views::Shown {
        link: link.as_ref(),
        key: &signer(&ask.city.keys)?.public_key(),
        rows: &rows,
        form: form.unwrap_or(&kept),
        errors,
        may_keep: OBSERVATORY_KEEP.is_held_by(&ask.viewer),
    };
    Ok(views::show(&ask.page, &shown))
}

async fn show(ask: Ask) -> Outcome {
    let view = view(&ask, None, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "own-title"), view)
}

/// The page again, with why something could not be done.
async fn again(ask: &Ask, form: Option<&Form>, errors: &FormErrors) -> Outcome {
    let view = view(ask, form, errors).await?;
    ask.again(&ask.page.t(&WORDS, "own-title"), view)
}

async fn sign(ask: Ask, _form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let signed = ask.write(SignStatistics::of(&ask.city)).await;
    let Some(signed) = ask.refused(signed, &mut errors)? else {
        return again(&ask, None, &errors).await;
    };
    let key = if signed.is_new {
        "own-signed"
    } else {
        "own-signed-before"
    };
    let said = ask
        .page
        .tr(&WORDS, key, &[("number", signed.number.into())]);
    ask.see_with("/observatory/own", &said)
}

async fn send(ask: Ask, _form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let sent = send_waiting(&ask.city).await.map_err(Into::into);
    let Some(count) = ask.refused(sent, &mut errors)? else {
        return again(&ask, None, &errors).await;
    };
    let said = ask.page.tr(&WORDS, "own-sent", &[("count", count.into())]);
    ask.see_with("/observatory/own", &said)
}

async fn link(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let (code, address) = (read.text("code", 40), read.optional_text("address", 200));
    let mut errors = read.errors;
    if let (Some(code), Some(address)) = (code, address) {
        let command = SetLink { code, address };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/observatory/own", &ask.page.t(&WORDS, "own-link-kept"));
        }
    }
    again(&ask, Some(&form), &errors).await
}
