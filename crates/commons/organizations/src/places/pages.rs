use access::{Ask, Need, Routes};
use axum::extract::Path;
use web::{Failure, Form, FormErrors, Outcome};

use super::face::minutes;
use super::{CreatePlace, Days, Hours, Place, PlaceId, ShowPlace, clock, get, hours_of, views};
use crate::{CHANGE, OrganizationId, WORDS, bodies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/organizations/{id}/places/new", Need::May(&CHANGE), new)
        .post("/organizations/{id}/places", Need::May(&CHANGE), create)
        .get(
            "/organizations/{id}/places/{place}",
            Need::May(&CHANGE),
            edit,
        )
        .post(
            "/organizations/{id}/places/{place}",
            Need::May(&CHANGE),
            show,
        )
}

async fn new(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let body = bodies::get(&mut ask.read().await?, id).await?;
    let view = views::form(&ask.page, &body, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "place-new-title"), view)
}

async fn create(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let body = bodies::get(&mut ask.read().await?, id).await?;
    let mut read = form.read(&ask.page);
    let code = read.text("code", 12);
    let kind = read.choice("kind");
    let name_fa = read.text("name_fa", 120);
    let name_en = read.text("name_en", 120);
    let region = read.number("region", 1, 99);
    let address = read.optional_text("address", 200);
    let trade = read.optional_text("trade", 120);
    let capacity = match read.is_empty("capacity") {
        true => Some(0),
        false => read.number("capacity", 0, 100_000),
    };
    let mut errors = read.errors;
    if let (
        Some(code),
        Some(kind),
        Some(name_fa),
        Some(name_en),
        Some(region),
        Some(address),
        Some(trade),
        Some(capacity),
    ) = (
        code, kind, name_fa, name_en, region, address, trade, capacity,
    ) {
        let command = CreatePlace {
            id: PlaceId::new(form.key()?),
            organization_id: id,
            kind,
            code: persian::latin_digits(&code).to_uppercase(),
            name_fa,
            name_en,
            region,
            address,
            trade,
            capacity,
            valid_from: ask.now().date(),
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "place-created");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
    }
    let title = ask.page.t(&WORDS, "place-new-title");
    ask.again(&title, views::form(&ask.page, &body, &form, &errors))
}

/// A body's place; another body's is not found under its name.
pub(super) async fn of(ask: &Ask, id: OrganizationId, place: PlaceId) -> Outcome<Place> {
    let place = get(&mut ask.read().await?, place).await?;
    match place.organization_id == id {
        true => Ok(place),
        false => Err(Failure::NotFound),
    }
}

async fn edit(ask: Ask, Path((id, place)): Path<(OrganizationId, PlaceId)>) -> Outcome {
    let place = of(&ask, id, place).await?;
    let hours = hours_of(&mut ask.read().await?, place.id).await?;
    let mut values = vec![
        ("address".to_owned(), place.address.clone()),
        ("trade".to_owned(), place.trade.clone()),
    ];
    if place.is_listed {
        values.push(("is_listed".to_owned(), "yes".to_owned()));
    }
    for one in hours {
        values.push((format!("{}_opens", one.days), clock(one.opens, ask.lang())));
        values.push((
            format!("{}_closes", one.days),
            clock(one.closes, ask.lang()),
        ));
    }
    let form = Form::prefilled(
        values
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone())),
    );
    let view = views::face(&ask.page, &place, &form, &FormErrors::default());
    ask.html(place.name(ask.lang()), view)
}

async fn show(ask: Ask, Path((id, place)): Path<(OrganizationId, PlaceId)>, form: Form) -> Outcome {
    let place = of(&ask, id, place).await?;
    let mut read = form.read(&ask.page);
    let address = read.optional_text("address", 200);
    let trade = read.optional_text("trade", 120);
    let is_listed = read.ticked("is_listed");
    let mut hours = Vec::new();
    for days in Days::ALL.iter().copied() {
        let (opens, closes) = (format!("{days}_opens"), format!("{days}_closes"));
        if read.is_empty(&opens) && read.is_empty(&closes) {
            continue;
        }
        match (minutes(form.raw(&opens)), minutes(form.raw(&closes))) {
            (Some(opens), Some(closes)) => hours.push(Hours {
                days,
                opens,
                closes,
            }),
            _ => {
                read.wrong::<()>(&opens, ask.page.t(&WORDS, "place-hours-wrong"));
            }
        }
    }
    let mut errors = read.errors;
    if let (true, Some(address), Some(trade)) = (errors.is_empty(), address, trade) {
        let command = ShowPlace {
            id: place.id,
            address,
            trade,
            is_listed,
            hours,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "place-shown");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
    }
    let view = views::face(&ask.page, &place, &form, &errors);
    ask.again(place.name(ask.lang()), view)
}
