use access::{Ask, Need, Routes};
use axum::extract::Path;
use web::{Form, FormErrors, Outcome};

use super::{CreatePlace, PlaceId, views};
use crate::{CHANGE, OrganizationId, WORDS, bodies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/organizations/{id}/places/new", Need::May(&CHANGE), new)
        .post("/organizations/{id}/places", Need::May(&CHANGE), create)
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
