//! Handlers of the till page.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::response::IntoResponse as _;
use consignment::{LotId, Sellable};
use documents::codes::LabelCode;
use ledger::TenderKind;
use maud::Markup;
use money::{Overflow, Rial};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, WantsFragment};

use super::{AddLine, BasketLine, SellBasket, SetQuantity, lines, views};
use crate::registers::{
    self, CloseShift, CreateRegister, OpenShift, Register, RegisterId, ShiftId,
};
use crate::sales::api::may_sell_for;
use crate::sales::{self, RecordSale, SaleId, SoldLine, Tendered};
use crate::{REGISTER_CREATE, SALE_RECORD, WORDS};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&SALE_RECORD);
    Routes::new()
        .get("/till", need, choose)
        .post("/till", Need::May(&REGISTER_CREATE), create)
        .get("/till/{register}", need, show)
        .post("/till/{register}/lines", need, add)
        .post("/till/{register}/quantities", need, set)
        .post("/till/{register}/sales", need, sell)
        .post("/till/{register}/shift", need, open)
        .get("/till/{register}/close", need, count)
        .post("/till/{register}/close", need, close)
}

/// A register of the asker's own body; any other is not there.
pub(crate) async fn own_register(ask: &Ask, id: RegisterId) -> Outcome<Register> {
    let register = registers::get(&mut ask.read().await?, id).await?;
    match may_sell_for(ask, register.organization_id) {
        true => Ok(register),
        false => Err(Failure::NotFound),
    }
}

fn seller(ask: &Ask) -> Outcome<Uuid> {
    ask.viewer.user_id().ok_or(Failure::Forbidden)
}

async fn choose(ask: Ask) -> Outcome {
    choose_page(&ask, &Form::default(), &FormErrors::default()).await
}

async fn choose_page(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let bodies = ask.viewer.bodies_as(SALE_RECORD.roles);
    let tills = registers::list_of_places(&mut conn, &bodies).await?;
    let mut shops = Vec::new();
    if REGISTER_CREATE.is_held_by(&ask.viewer) {
        for body in ask.viewer.bodies_as(REGISTER_CREATE.roles) {
            let body = organizations::OrganizationId::new(body);
            shops.extend(organizations::places::list_of(&mut conn, body).await?);
        }
    }
    let title = ask.page.t(&WORDS, "till-title");
    let body = views::choose(&ask.page, &tills, &shops, form, errors);
    if errors.is_empty() {
        ask.html(&title, body)
    } else {
        ask.again(&title, body)
    }
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let place = read.choice::<organizations::PlaceId>("place");
    let code = read.text("register_code", 8);
    let code = code.map(|code| persian::latin_digits(&code).to_uppercase());
    let is_plain = |code: &String| code.chars().all(|c| c.is_ascii_alphanumeric());
    if code.as_ref().is_some_and(|code| !is_plain(code)) {
        read.wrong::<()>("register_code", ask.page.t(&WORDS, "register-code-plain"));
    }
    let mut errors = std::mem::take(&mut read.errors);
    let (Some(place), Some(code)) = (place.filter(|_| errors.is_empty()), code) else {
        return choose_page(&ask, &form, &errors).await;
    };
    let owner = organizations::places::get(&mut ask.read().await?, place)
        .await?
        .organization_id;
    if !ask
        .viewer
        .bodies_as(REGISTER_CREATE.roles)
        .contains(&owner.get())
    {
        return Err(Failure::NotFound);
    }
    let command = CreateRegister {
        id: RegisterId::new(form.key()?),
        place,
        code,
    };
    let outcome = ask.post(&form, command).await;
    match ask.refused(outcome, &mut errors)? {
        Some(()) => ask.see_with("/till", &ask.page.t(&WORDS, "register-created")),
        None => choose_page(&ask, &form, &errors).await,
    }
}

#[derive(Deserialize)]
struct Shown {
    sold: Option<SaleId>,
}

async fn show(ask: Ask, Path(id): Path<RegisterId>, Query(shown): Query<Shown>) -> Outcome {
    let register = own_register(&ask, id).await?;
    page(
        &ask,
        &register,
        &Form::default(),
        &FormErrors::default(),
        shown.sold,
    )
    .await
}

async fn basket(ask: &Ask, register: &Register) -> Outcome<Vec<BasketLine>> {
    let mut conn = ask.read().await?;
    Ok(lines(&mut conn, register.id, register.place_id, seller(ask)?).await?)
}

async fn page(
    ask: &Ask,
    register: &Register,
    form: &Form,
    errors: &FormErrors,
    sold: Option<SaleId>,
) -> Outcome {
    page_beside(ask, register, form, errors, sold, &Aside::default()).await
}

async fn page_beside(
    ask: &Ask,
    register: &Register,
    form: &Form,
    errors: &FormErrors,
    sold: Option<SaleId>,
    aside: &Aside,
) -> Outcome {
    let title = ask.page.tr(
        &WORDS,
        "till-of",
        &[("shop", register.place(ask.lang()).into())],
    );
    let lines = basket(ask, register).await?;
    let mut conn = ask.read().await?;
    let shift = registers::open_shift(&mut conn, register.id).await?;
    let sold = match sold {
        Some(id) => {
            Some(sales::get(&mut conn, id).await?).filter(|sale| sale.place_id == register.place_id)
        }
        None => None,
    };
    let body = match shift {
        Some(_) => views::till(
            &ask.page,
            register,
            &views::Basket {
                lines: &lines,
                form,
                errors,
                aside,
            },
            sold.as_ref(),
        ),
        None => views::open_shift(&ask.page, register, form, errors),
    };
    let page = web::page_with(&ask.page, &title, &["till.css", "till.js"], body);
    match errors.is_empty() {
        true => Ok(page.into_response()),
        false => Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response()),
    }
}

/// What else the basket shows after it was touched.
#[derive(Default)]
pub(super) struct Aside {
    /// What was taken out: its code and count.
    pub removed: Option<(String, i64)>,
    /// Goods whose name has the words typed, and how many of one were asked for.
    pub found: Vec<Sellable>,
    pub pieces: i64,
}

/// After the basket changed: the basket alone for the script, the whole page without it.
async fn changed(
    ask: &Ask,
    register: &Register,
    form: &Form,
    errors: FormErrors,
    wants: WantsFragment,
    aside: Aside,
) -> Outcome {
    if wants.0 {
        let lines = basket(ask, register).await?;
        let markup: Markup = views::basket(&ask.page, register, &lines, &errors, &aside);
        return Ok(markup.into_response());
    }
    match errors.is_empty() && aside.found.is_empty() {
        true => ask.see(format!("/till/{}", register.id)),
        false => page_beside(ask, register, form, &errors, None, &aside).await,
    }
}

/// Most goods that one search offers.
const MOST_FOUND: i64 = 9;

async fn add(ask: Ask, Path(id): Path<RegisterId>, wants: WantsFragment, form: Form) -> Outcome {
    let register = own_register(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let typed = read.text("code", 200);
    let mut errors = std::mem::take(&mut read.errors);
    let Some(typed) = typed else {
        return changed(&ask, &register, &form, errors, wants, Aside::default()).await;
    };
    let (pieces, code) = pieces_and_code(&typed);
    let day = ask.now().date();
    if LabelCode::parse(&code).is_err() {
        let mut conn = ask.read().await?;
        let found =
            consignment::search(&mut conn, register.place_id, &code, day, MOST_FOUND).await?;
        if found.is_empty() {
            errors.push("code", ask.page.t(&WORDS, "goods-not-found"));
        }
        let aside = Aside {
            found,
            pieces,
            ..Aside::default()
        };
        return changed(&ask, &register, &form, errors, wants, aside).await;
    }
    let found = {
        let mut conn = ask.read().await?;
        consignment::find_by_code(&mut conn, register.place_id, &code, day).await
    };
    let found = ask.refused(found.map_err(Failure::from), &mut errors)?;
    match found {
        Some(Some(lot)) => {
            let line = AddLine {
                register: register.id,
                seller: seller(&ask)?,
                lot: lot.lot_id,
                quantity: pieces,
            };
            let outcome = ask.post(&form, line).await;
            ask.refused(outcome, &mut errors)?;
        }
        Some(None) => errors.push("code", ask.page.t(&WORDS, "reason-sale-unknown-code")),
        None => {}
    }
    changed(&ask, &register, &form, errors, wants, Aside::default()).await
}

/// `3×CODE` or `3*CODE` is three pieces; otherwise one. A scanner's burst never has the sign.
fn pieces_and_code(typed: &str) -> (i64, String) {
    let typed = persian::latin_digits(typed);
    if let Some((count, code)) = typed.split_once(['×', '*'])
        && let Ok(count) = count.trim().parse::<i64>()
    {
        return (count, code.to_owned());
    }
    (1, typed)
}

async fn set(ask: Ask, Path(id): Path<RegisterId>, wants: WantsFragment, form: Form) -> Outcome {
    let register = own_register(&ask, id).await?;
    let lot: LotId = form
        .raw("lot")
        .parse()
        .map_err(|_| Failure::Unreadable("lot".into()))?;
    // Each line has a field of its own, so that no two fields of the page share a name.
    let field = format!("quantity-{lot}");
    let mut read = form.read(&ask.page);
    let quantity = read.number(&field, 0, 100_000);
    let mut errors = std::mem::take(&mut read.errors);
    let mut aside = Aside::default();
    if let Some(quantity) = quantity {
        let before = basket(&ask, &register).await?;
        if quantity == 0 {
            aside.removed = before
                .iter()
                .find(|line| line.lot_id == lot)
                .map(|line| (line.code.clone(), line.quantity));
        }
        let command = SetQuantity {
            register: register.id,
            seller: seller(&ask)?,
            lot,
            quantity,
        };
        let outcome = ask.post(&form, command).await;
        ask.refused(outcome, &mut errors)?;
    }
    changed(&ask, &register, &form, errors, wants, aside).await
}

async fn sell(ask: Ask, Path(id): Path<RegisterId>, form: Form) -> Outcome {
    let register = own_register(&ask, id).await?;
    let mut errors = FormErrors::default();
    // What the page showed is what is sold, whatever another window did to the basket.
    let shown: Option<Vec<SoldLine>> = form
        .all("line")
        .iter()
        .map(|line| shown_line(line))
        .collect();
    let shown = shown.ok_or_else(|| Failure::Unreadable("line".into()))?;
    let total = shown
        .iter()
        .map(|line| {
            line.unit_price
                .unwrap_or_default()
                .checked_mul(line.quantity)
        })
        .collect::<Result<Vec<_>, Overflow>>()
        .and_then(|amounts| amounts.iter().sum::<Result<Rial, Overflow>>())
        .map_err(|_| Failure::Unreadable("line".into()))?;
    let tenders = tenders(&ask, &form, total, &mut errors);
    if !errors.is_empty() {
        return page(&ask, &register, &form, &errors, None).await;
    }
    let sale = RecordSale {
        id: SaleId::new(form.key()?),
        place: register.place_id,
        register: Some(register.id),
        sold_at: shown_at(&ask, &form),
        lines: shown,
        tenders,
        is_synced: false,
    };
    let outcome = ask
        .post(
            &form,
            SellBasket {
                sale,
                seller: seller(&ask)?,
            },
        )
        .await;
    match ask.refused(outcome, &mut errors)? {
        Some(recorded) => ask.see(format!("/till/{}?sold={}", register.id, recorded.id)),
        None => page(&ask, &register, &form, &at_fields(&errors), None).await,
    }
}

/// A sale's refusal at the fields of this page: what is paid is typed here, the goods are not.
fn at_fields(errors: &FormErrors) -> FormErrors {
    let mut placed = FormErrors::default();
    for (field, sentence) in errors.iter() {
        let field = match field.split('/').next() {
            Some("tenders") if field.ends_with("reference") => "card_reference",
            Some("tenders") => "cash",
            _ => "",
        };
        placed.push(field, sentence);
    }
    placed
}

/// `CODE QUANTITY PRICE`, as the page wrote it.
fn shown_line(text: &str) -> Option<SoldLine> {
    let mut parts = text.split(' ');
    let (code, quantity, price) = (parts.next()?, parts.next()?, parts.next()?);
    Some(SoldLine {
        code: code.to_owned(),
        quantity: quantity.parse().ok()?,
        unit_price: Some(Rial::new(price.parse().ok()?)),
    })
}

/// The page's own instant, so that the same form sent again is the same sale.
fn shown_at(ask: &Ask, form: &Form) -> persian::Timestamp {
    form.raw("shown_at").parse().unwrap_or(ask.now())
}

/// Exact cash by one button; or what was typed.
fn tenders(ask: &Ask, form: &Form, total: Rial, errors: &mut FormErrors) -> Vec<Tendered> {
    let cash_of = |amount| Tendered {
        kind: TenderKind::Cash,
        amount,
        reference: None,
    };
    if form.raw("pay") == "exact" {
        return vec![cash_of(total)];
    }
    let mut read = form.read(&ask.page);
    let cash = if read.is_empty("cash") {
        None
    } else {
        read.toman("cash")
    };
    let card = if read.is_empty("card") {
        None
    } else {
        read.toman("card")
    };
    let reference = match card {
        // Who stands at the till has the terminal's slip in the hand.
        Some(_) => read.text("card_reference", 40).map(Some),
        None => Some(None),
    };
    let faults = std::mem::take(&mut read.errors);
    if !faults.is_empty() {
        *errors = faults;
        return Vec::new();
    }
    let mut tenders: Vec<Tendered> = cash.map(cash_of).into_iter().collect();
    tenders.extend(card.map(|amount| Tendered {
        kind: TenderKind::Card,
        amount,
        reference: reference.flatten(),
    }));
    tenders
}

async fn open(ask: Ask, Path(id): Path<RegisterId>, form: Form) -> Outcome {
    let register = own_register(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let float = read.toman_or_zero("float");
    let mut errors = std::mem::take(&mut read.errors);
    let Some(float_amount) = float else {
        return page(&ask, &register, &form, &errors, None).await;
    };
    let command = OpenShift {
        id: ShiftId::new(form.key()?),
        register: register.id,
        float_amount,
    };
    let outcome = ask.post(&form, command).await;
    match ask.refused(outcome, &mut errors)? {
        Some(()) => ask.see(format!("/till/{id}")),
        None => page(&ask, &register, &form, &errors, None).await,
    }
}

async fn count(ask: Ask, Path(id): Path<RegisterId>) -> Outcome {
    let register = own_register(&ask, id).await?;
    let shift = registers::open_shift(&mut ask.read().await?, id).await?;
    let Some(shift) = shift else {
        return ask.see(format!("/till/{id}"));
    };
    let title = ask.page.t(&WORDS, "close-title");
    ask.html(
        &title,
        views::close(
            &ask.page,
            &register,
            &shift,
            &Form::default(),
            &FormErrors::default(),
        ),
    )
}

async fn close(ask: Ask, Path(id): Path<RegisterId>, form: Form) -> Outcome {
    let register = own_register(&ask, id).await?;
    let shift_id: ShiftId = form
        .raw("shift")
        .parse()
        .map_err(|_| Failure::Unreadable("shift".into()))?;
    let shift = registers::shift(&mut ask.read().await?, shift_id).await?;
    if shift.register_id != id {
        return Err(Failure::NotFound);
    }
    let mut read = form.read(&ask.page);
    let counted = read.toman_or_zero("counted");
    let reason = read.optional_text("reason", 300);
    let mut errors = std::mem::take(&mut read.errors);
    let title = ask.page.t(&WORDS, "close-title");
    if let (Some(counted), Some(reason)) = (counted, reason) {
        let outcome = ask
            .post(
                &form,
                CloseShift {
                    shift: shift_id,
                    counted,
                    reason,
                },
            )
            .await;
        if let Some(closed) = ask.refused(outcome, &mut errors)? {
            let lang = ask.lang();
            let flash = ask.page.tr(
                &WORDS,
                "close-done",
                &[
                    ("expected", closed.expected.toman_text(lang).into()),
                    ("counted", closed.counted.toman_text(lang).into()),
                ],
            );
            return ask.see_with("/till", &flash);
        }
    }
    ask.again(
        &title,
        views::close(&ask.page, &register, &shift, &form, &errors),
    )
}
