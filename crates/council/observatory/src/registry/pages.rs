use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::Markup;
use web::{Failure, Form, FormErrors, Outcome, Upload};

use super::{CityKey, KeepCity, KeepList, List, SetKey, queries, views};
use crate::{OBSERVATORY_KEEP, WORDS};

pub(crate) fn routes() -> Routes {
    let keep = Need::May(&OBSERVATORY_KEEP);
    let proved = Need::Proved(&OBSERVATORY_KEEP);
    Routes::new()
        .get("/observatory/registry", keep, index)
        .post("/observatory/registry/list", keep, keep_list)
        .get("/observatory/registry/new", keep, new)
        .post("/observatory/registry", keep, create)
        .get("/observatory/registry/cities/{code}", keep, edit)
        .post("/observatory/registry/cities/{code}", keep, save)
        .post("/observatory/registry/cities/{code}/key", proved, set_key)
}

async fn index_view(ask: &Ask, errors: &FormErrors) -> Outcome<Markup> {
    let cities = queries::cities(&mut ask.read().await?).await?;
    Ok(views::index(&ask.page, &cities, errors))
}

async fn index(ask: Ask) -> Outcome {
    let view = index_view(&ask, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "registry-title"), view)
}

/// The file that is edited: what is not in it is not compared any more.
async fn keep_list(ask: Ask, upload: Upload) -> Outcome {
    let mut errors = FormErrors::default();
    let read = upload
        .file("file")
        .map(|file| serde_json::from_slice::<List>(&file.bytes));
    match read {
        Some(Ok(list)) => {
            let command = KeepList { list };
            let kept = ask.post(&upload.form, command).await;
            if let Some(count) = ask.refused(kept, &mut errors)? {
                let said = ask.page.tr(&WORDS, "list-kept", &[("count", count.into())]);
                return ask.see_with("/observatory/registry", &said);
            }
        }
        _ => errors.push("file", ask.page.t(&WORDS, "list-unreadable")),
    }
    let view = index_view(&ask, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "registry-title"), view)
}

async fn new(ask: Ask) -> Outcome {
    let form = Form::prefilled([("is_listed", "yes".to_owned())]);
    let view = views::new(&ask.page, &form, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "city-new"), view)
}

/// What was typed of a city; the code is that of the address, or typed too.
fn typed(ask: &Ask, form: &Form, code: Option<&str>) -> Result<KeepCity, FormErrors> {
    let mut read = form.read(&ask.page);
    let code = match code {
        Some(code) => Some(code.to_owned()),
        None => read.text("code", 40),
    };
    let (name_fa, name_en) = (read.text("name_fa", 80), read.text("name_en", 80));
    let band = read.optional_choice("band");
    let address = read.optional_text("address", 200);
    let is_listed = read.ticked("is_listed");
    match (code, name_fa, name_en, band, address) {
        (Some(code), Some(name_fa), Some(name_en), Some(band), Some(address)) => Ok(KeepCity {
            code,
            name_fa,
            name_en,
            band,
            address,
            is_listed,
        }),
        _ => Err(read.errors),
    }
}

/// Keeps it; gives the errors that stand in the way.
async fn keep(ask: &Ask, form: &Form, code: Option<&str>) -> Outcome<Option<FormErrors>> {
    let command = match typed(ask, form, code) {
        Ok(command) => command,
        Err(errors) => return Ok(Some(errors)),
    };
    let mut errors = FormErrors::default();
    let kept = ask.refused(ask.post(form, command).await, &mut errors)?;
    Ok(kept.is_none().then_some(errors))
}

async fn create(ask: Ask, form: Form) -> Outcome {
    match keep(&ask, &form, None).await? {
        None => ask.see_with("/observatory/registry", &ask.page.t(&WORDS, "city-kept")),
        Some(errors) => {
            let view = views::new(&ask.page, &form, &errors);
            ask.again(&ask.page.t(&WORDS, "city-new"), view)
        }
    }
}

struct Known {
    city: super::City,
    keys: Vec<CityKey>,
}

async fn known(ask: &Ask, code: &str) -> Outcome<Known> {
    let mut conn = ask.read().await?;
    let city = queries::city(&mut conn, code)
        .await?
        .ok_or(Failure::NotFound)?;
    let keys = queries::keys_of(&mut conn, code).await?;
    Ok(Known { city, keys })
}

/// The city's form as it is kept.
fn fields(city: &super::City) -> [(&'static str, String); 5] {
    let listed = if city.is_listed { "yes" } else { "" };
    [
        ("name_fa", city.name_fa.clone()),
        ("name_en", city.name_en.clone()),
        (
            "band",
            city.band.map(|band| band.to_string()).unwrap_or_default(),
        ),
        ("address", city.address.clone()),
        ("is_listed", listed.to_owned()),
    ]
}

async fn edit(ask: Ask, Path(code): Path<String>) -> Outcome {
    let Known { city, keys } = known(&ask, &code).await?;
    let form = Form::prefilled(fields(&city));
    let view = views::edit(&ask.page, &city, &keys, &form, &FormErrors::default());
    ask.html(city.name(ask.lang()), view)
}

async fn save(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let Known { city, keys } = known(&ask, &code).await?;
    match keep(&ask, &form, Some(&code)).await? {
        None => ask.see_with("/observatory/registry", &ask.page.t(&WORDS, "city-kept")),
        Some(errors) => {
            let view = views::edit(&ask.page, &city, &keys, &form, &errors);
            ask.again(city.name(ask.lang()), view)
        }
    }
}

async fn set_key(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let Known { city, keys } = known(&ask, &code).await?;
    let mut read = form.read(&ask.page);
    let (public_key, reason) = (read.text("public_key", 80), read.text("reason", 300));
    let mut errors = read.errors;
    if let (Some(public_key), Some(reason)) = (public_key, reason) {
        let command = SetKey {
            code: code.clone(),
            public_key,
            reason,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/observatory/registry/cities/{code}"),
                &ask.page.t(&WORDS, "key-kept"),
            );
        }
    }
    // The city's own form stands beside it as it is kept.
    let mut shown = form;
    for (name, value) in fields(&city) {
        shown.push(name.to_owned(), value);
    }
    let view = views::edit(&ask.page, &city, &keys, &shown, &errors);
    ask.again(city.name(ask.lang()), view)
}
