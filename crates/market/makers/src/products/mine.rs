//! A maker's own products on her phone: photo, what it is, price and count, done.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use contacts::ContactId;
use maud::{Markup, html};
use money::Rial;
use web::parts::{self, Choice, Drawing, Field, Kind, Step, StepState};
use web::{Failure, Form, FormErrors, Outcome, Page, Upload};

use super::{
    ChangeProduct, CreateProduct, Product, ProductFacts, ProductId, ProductState, SaleUnit,
    SubmitProduct, forms, queries, views,
};
use crate::pricing::share;
use crate::reference::{self, Category};
use crate::{WORDS, photos};

// words: mine-*

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/my/products", Need::Person, list)
        .get("/my/products/new", Need::Person, photo_page)
        .post("/my/products/new", Need::Person, add_photo)
        .get("/my/products/{code}", Need::Person, show)
        .get("/my/products/{code}/what", Need::Person, what_page)
        .post("/my/products/{code}/what", Need::Person, set_what)
        .get("/my/products/{code}/price", Need::Person, price_page)
        .post("/my/products/{code}/price", Need::Person, set_price)
}

fn me(ask: &Ask) -> Outcome<ContactId> {
    ask.viewer
        .contact_id()
        .map(ContactId::new)
        .ok_or(Failure::NotFound)
}

/// One of her own products; another's is not there.
async fn own(ask: &Ask, code: &str) -> Outcome<Product> {
    let product = queries::by_code(&mut ask.read().await?, code)
        .await?
        .ok_or(Failure::NotFound)?;
    if product.contact_id == me(ask)? {
        Ok(product)
    } else {
        Err(Failure::NotFound)
    }
}

/// One of her own that she can still write in.
async fn own_open(ask: &Ask, code: &str) -> Outcome<Product> {
    let product = own(ask, code).await?;
    if product.is_open() {
        Ok(product)
    } else {
        super::PRODUCT_STATE.refuse().map_err(Failure::from)
    }
}

async fn list(ask: Ask) -> Outcome {
    let products = queries::list_of(&mut ask.read().await?, me(&ask)?).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let title = t("mine-title");
    ask.html(&title, html! {
        h1 { (title) }
        @if products.is_empty() {
            (parts::empty_state(Drawing::Jar, &t("mine-empty"), &t("mine-empty-help"), Some(("/my/products/new", &t("mine-add")))))
        } @else {
            p { (parts::button_link("/my/products/new", &t("mine-add"))) }
            @for product in &products { (card(p, product)) }
        }
    })
}

fn name(p: &Page, product: &Product) -> String {
    match product.name(p.lang) {
        "" => p.t(&WORDS, "mine-unnamed"),
        name => name.to_owned(),
    }
}

fn card(p: &Page, product: &Product) -> Markup {
    let name = name(p, product);
    parts::card(
        None,
        html! {
            h2 { a href={ "/my/products/" (product.code) } { bdi { (name) } } }
            @if let Some(photo) = product.photo_id { (views::picture(p, photo, &name)) }
            p { (views::state(p, product.state)) }
            @if let Some(price) = product.price { p { (views::unit_price(p, price, product.sale_unit)) } }
        },
    )
}

/// The four knots of the thread.
fn thread(p: &Page, now: usize) -> Markup {
    let keys = [
        "mine-step-photo",
        "mine-step-what",
        "mine-step-price",
        "mine-step-done",
    ];
    let steps: Vec<Step> = (0..)
        .zip(keys)
        .map(|(place, key)| Step {
            label: p.t(&WORDS, key),
            state: match now.cmp(&place) {
                std::cmp::Ordering::Greater => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Now,
                std::cmp::Ordering::Less => StepState::Next,
            },
        })
        .collect();
    parts::progress_thread(p, &steps)
}

fn screen(p: &Page, step: usize, title: &str, errors: &FormErrors, body: Markup) -> Markup {
    html! {
        (thread(p, step))
        h1 { (title) }
        (parts::error_summary(p, errors))
        (body)
    }
}

fn photo_view(p: &Page, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    screen(
        p,
        0,
        &t("mine-photo-title"),
        errors,
        parts::upload_form(
            p,
            "/my/products/new",
            html! {
                (parts::file_field(p, Field {
                    name: "photo", label: t("product-photo"), error: errors.get("photo"), hint: Some(t("mine-photo-hint")),
                    required: true, ..Field::default()
                }, "image/*"))
                (parts::buttons(parts::primary_button(&t("mine-next"))))
            },
        ),
    )
}

async fn photo_page(ask: Ask) -> Outcome {
    ask.html(
        &ask.page.t(&WORDS, "mine-photo-title"),
        photo_view(&ask.page, &FormErrors::default()),
    )
}

/// The form's key is the product's id, so that a second send shows the same product.
async fn add_photo(ask: Ask, upload: Upload) -> Outcome {
    let mut errors = FormErrors::default();
    match photos::ready(&upload, "photo").await? {
        Err(key) => errors.push("photo", ask.page.t(&WORDS, key)),
        Ok(photo) => {
            let id = ProductId::new(upload.form.key()?);
            let draft = CreateProduct {
                id,
                contact_id: me(&ask)?,
                organization_id: None,
                facts: ProductFacts::default(),
            };
            ask.post(&upload.form, draft).await?;
            // One photo per new product: its id follows from the product's.
            let command = photos::AddPhoto::new(photos::PhotoId::new(id.get()), id, photo);
            if ask
                .refused(ask.write(command).await, &mut errors)?
                .is_some()
            {
                let product = queries::get_product(&mut ask.read().await?, id).await?;
                return ask.see(format!("/my/products/{}/what", product.code));
            }
        }
    }
    ask.again(
        &ask.page.t(&WORDS, "mine-photo-title"),
        photo_view(&ask.page, &errors),
    )
}

fn what_view(
    p: &Page,
    code: &str,
    categories: &[Category],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let options = categories
        .iter()
        .filter(|category| category.parent_code.is_some())
        .map(|category| (category.code.clone(), category.name(p.lang).to_owned()))
        .collect();
    screen(
        p,
        1,
        &t("mine-what-title"),
        errors,
        parts::form(
            p,
            &format!("/my/products/{code}/what"),
            html! {
                (parts::field(p, Field {
                    name: "name", label: t("mine-name"), value: form.raw("name"), error: errors.get("name"), required: true,
                    max: Some(120), ..Field::default()
                }))
                (parts::radios(p, Choice {
                    name: "category", label: t("mine-category"), value: form.raw("category"), error: errors.get("category"),
                    options, required: true, ..Choice::default()
                }))
                (parts::buttons(parts::primary_button(&t("mine-next"))))
            },
        ),
    )
}

async fn what_page(ask: Ask, Path(code): Path<String>) -> Outcome {
    let product = own_open(&ask, &code).await?;
    let form = Form::prefilled([
        ("name", product.name_fa.clone()),
        (
            "category",
            product.category_code.clone().unwrap_or_default(),
        ),
    ]);
    let categories = reference::categories(&mut ask.read().await?, ask.now().date()).await?;
    let view = what_view(
        &ask.page,
        &product.code,
        &categories,
        &form,
        &FormErrors::default(),
    );
    ask.html(&ask.page.t(&WORDS, "mine-what-title"), view)
}

async fn set_what(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = own_open(&ask, &code).await?;
    let mut read = form.read(&ask.page);
    let name = read.text("name", 120);
    let category = read.choice::<String>("category");
    let mut errors = read.errors;
    if let (Some(name), Some(category)) = (name, category) {
        let mut facts = ProductFacts::from(&product);
        (facts.name_fa, facts.category_code, facts.tax_class) = (name, Some(category), None);
        let command = ChangeProduct {
            id: product.id,
            facts,
            version: None,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see(format!("/my/products/{}/price", product.code));
        }
    }
    let categories = reference::categories(&mut ask.read().await?, ask.now().date()).await?;
    let view = what_view(&ask.page, &product.code, &categories, &form, &errors);
    ask.again(&ask.page.t(&WORDS, "mine-what-title"), view)
}

async fn price_view(
    ask: &Ask,
    product: &Product,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let class = product.tax_class.as_deref().unwrap_or("standard");
    let tax = reference::tax_rate(&mut ask.read().await?, class, ask.now().date()).await?;
    let typed: Option<Rial> = money::parse_amount(form.raw("price"), money::Unit::Toman).ok();
    let parts_of_price = typed.and_then(|price| share(price, tax, forms::chosen_share(form)).ok());
    let options = SaleUnit::ALL
        .iter()
        .map(|unit| (unit.to_string(), t(&format!("unit-{}", unit.as_str()))))
        .collect();
    Ok(screen(
        p,
        2,
        &t("mine-price-title"),
        errors,
        parts::form(
            p,
            &format!("/my/products/{}/price", product.code),
            html! {
                (parts::money_field(p, Field {
                    name: "price", label: t("mine-price"), value: form.raw("price"), error: errors.get("price"), required: true,
                    ..Field::default()
                }))
                (parts::select(p, Choice {
                    name: "sale_unit", label: t("product-sale-unit"), value: form.raw("sale_unit"), error: errors.get("sale_unit"),
                    options, required: true, ..Choice::default()
                }))
                (parts::field(p, Field {
                    name: "ready_count", label: t("mine-count"), value: form.raw("ready_count"), error: errors.get("ready_count"),
                    kind: Kind::Numeric, required: true, ..Field::default()
                }))
                (views::share_select(p, form))
                @if let Some(parts_of_price) = parts_of_price { (views::you_receive(p, &parts_of_price)) }
                (parts::buttons(html! {
                    (parts::primary_button(&t("mine-send")))
                    (parts::choice_button("act", "price", &t("price-reckon"), false))
                }))
            },
        ),
    ))
}

async fn price_page(ask: Ask, Path(code): Path<String>) -> Outcome {
    let product = own_open(&ask, &code).await?;
    let form = Form::prefilled([
        (
            "price",
            product.price.map(forms::toman_digits).unwrap_or_default(),
        ),
        ("sale_unit", product.sale_unit.to_string()),
        ("ready_count", product.ready_count.to_string()),
    ]);
    let view = price_view(&ask, &product, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "mine-price-title"), view)
}

/// Keeps price and count and hands the file in; «reckon» only shows what she receives.
async fn set_price(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let product = own_open(&ask, &code).await?;
    let mut read = form.read(&ask.page);
    let price = read.toman("price");
    let sale_unit = read.choice::<SaleUnit>("sale_unit");
    let ready_count = read.number("ready_count", 0, 100_000);
    let mut errors = read.errors;
    let is_asking = form.raw("act") == "price";
    if let (Some(price), Some(sale_unit), Some(ready_count), false) =
        (price, sale_unit, ready_count, is_asking)
    {
        let mut facts = ProductFacts::from(&product);
        (facts.price, facts.sale_unit, facts.ready_count) = (Some(price), sale_unit, ready_count);
        let command = ChangeProduct {
            id: product.id,
            facts,
            version: None,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return hand_in(&ask, &product).await;
        }
    }
    let view = price_view(&ask, &product, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "mine-price-title"), view)
}

/// A file that waits already, or lacks something, is shown as it stands.
async fn hand_in(ask: &Ask, product: &Product) -> Outcome {
    let there = format!("/my/products/{}", product.code);
    if product.state == ProductState::Submitted {
        return ask.see(there);
    }
    match ask.write(SubmitProduct { id: product.id }).await {
        Ok(()) => ask.see_with(there, &ask.page.t(&WORDS, "mine-sent")),
        Err(Failure::Refused(refusal)) => ask.see_with(there, &ask.sentence(&refusal)),
        Err(other) => Err(other),
    }
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let product = own(&ask, &code).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let title = name(p, &product);
    let next = if product.name_fa.is_empty() {
        "what"
    } else {
        "price"
    };
    let is_hers = matches!(
        product.state,
        ProductState::Draft | ProductState::ReturnedForFix
    );
    ask.html(&title, html! {
        (parts::back_link("/my/products", &t("mine-title")))
        h1 { bdi { (title) } }
        p { (views::state(p, product.state)) }
        @if !product.state_note.is_empty() { (parts::notice(p, parts::Tone::Warning, html! { p { bdi { (product.state_note) } } })) }
        @if is_hers { (views::missing(p, &product.missing())) }
        @if product.state == ProductState::Submitted { p { (t("mine-waits")) } }
        @if let Some(photo) = product.photo_id { (views::picture(p, photo, &title)) }
        @if let Some(price) = product.price { p { (views::unit_price(p, price, product.sale_unit)) } }
        @if product.state == ProductState::Approved { p { a href={ "/products/" (product.code) } { (t("product-public-page")) } } }
        @if is_hers { p { (parts::button_link(&format!("/my/products/{}/{next}", product.code), &t("mine-go-on"))) } }
    })
}
