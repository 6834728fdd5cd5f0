use contacts::Contact;
use maud::{Markup, html};
use money::{BasisPoints, Unit};
use web::parts::{self, Choice, Column, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Event, Filter, Price, Product, ProductState, SaleUnit, forms};
use crate::pricing::{Share, share};
use crate::reference::{Category, TaxClass};
use crate::{WORDS, photos};

// words: product-* unit-* price-* photo-* maker-new-title

/// The lists a product form chooses from.
pub(super) struct Lists {
    pub categories: Vec<Category>,
    pub tax_classes: Vec<TaxClass>,
    pub tax_rates: Vec<(String, BasisPoints)>,
}

/// A file with all that stands beside it.
pub(super) struct File<'a> {
    pub product: &'a Product,
    pub maker: &'a Contact,
    /// Her name as the viewer may know it.
    pub maker_name: String,
    pub category: Option<&'a Category>,
    pub prices: &'a [Price],
    pub events: &'a [Event],
}

/// What the viewer may do.
pub(super) struct May {
    pub change: bool,
    pub approve: bool,
    pub is_own_hand: bool,
}

/// A state as a tag.
pub(crate) fn state(p: &Page, state: ProductState) -> Markup {
    let tone = match state {
        ProductState::Draft => Tone::Plain,
        ProductState::Submitted => Tone::Active,
        ProductState::Approved => Tone::Good,
        ProductState::ReturnedForFix => Tone::Warning,
        ProductState::Retired => Tone::Bad,
    };
    parts::badge(
        tone,
        &p.t(
            &WORDS,
            &format!("product-state-{}", state.as_str().replace('_', "-")),
        ),
    )
}

/// The price of one, with its unit: «۸۵٬۰۰۰ تومان برای هر شیشه».
pub fn unit_price(p: &Page, price: money::Rial, unit: SaleUnit) -> String {
    let unit = p.t(&WORDS, &format!("unit-{}", unit.as_str()));
    p.tr(
        &WORDS,
        "price-per-unit",
        &[
            ("price", price.toman_text(p.lang).into()),
            ("unit", unit.into()),
        ],
    )
}

/// Names of missing things, in words.
pub(crate) fn missing(p: &Page, keys: &[&str]) -> Markup {
    html! {
        @if !keys.is_empty() {
            (parts::notice(p, Tone::Warning, html! {
                p { (p.t(&WORDS, "product-missing")) }
                ul { @for key in keys { li { (p.t(&WORDS, &format!("product-{key}"))) } } }
            }))
        }
    }
}

pub(super) fn list(
    p: &Page,
    products: &[Product],
    filter: &Filter,
    next: Option<&str>,
    may_change: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("product-name")),
        Column::text(t("product-code")),
        Column::text(t("product-state")),
        Column::figures(t("product-price")),
    ];
    let rows: Vec<Vec<Markup>> = products
        .iter()
        .map(|product| {
            vec![
                html! { a href={ "/products/" (product.code) "/file" } { bdi { (product.name(p.lang)) } } },
                html! { code dir="ltr" { (product.code) } },
                state(p, product.state),
                html! { @if let Some(price) = product.price { (p.money(price)) } },
            ]
        })
        .collect();
    let states: Vec<(String, String)> = ProductState::ALL
        .iter()
        .map(|state| {
            (
                state.to_string(),
                t(&format!(
                    "product-state-{}",
                    state.as_str().replace('_', "-")
                )),
            )
        })
        .collect();
    let chosen = filter.state.map(ProductState::as_str).unwrap_or_default();
    let narrow = parts::select(
        p,
        Choice {
            name: "state",
            label: t("product-state"),
            options: states,
            value: chosen,
            ..Choice::default()
        },
    );
    html! {
        h1 { (t("products-title")) }
        @if may_change {
            p {
                (parts::button_link("/products/new", &t("product-new-title"))) " "
                (parts::secondary_link("/makers/new", &t("maker-new-title")))
            }
        }
        (parts::search_form(p, "/products", &t("products-search"), &filter.q, narrow))
        (parts::table(&t("products-title"), &columns, &rows, &t("products-empty")))
        (parts::pagination(p, None, next))
    }
}

/// The form for a new product or an open file, with what the maker receives below the price.
pub(super) fn edit(
    p: &Page,
    product: Option<&Product>,
    lists: &Lists,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let text = |name: &'static str, kind: Kind, required: bool| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("product-{}", name.replace('_', "-"))),
                value: form.raw(name),
                error: errors.get(name),
                kind,
                required,
                ..Field::default()
            },
        )
    };
    let (action, title) = match product {
        Some(product) => (
            format!("/products/{}/edit", product.code),
            product.name(p.lang).to_owned(),
        ),
        None => ("/products".to_owned(), t("product-new-title")),
    };
    html! {
        (parts::back_link(&product.map_or("/products".to_owned(), |it| format!("/products/{}/file", it.code)), &t("products-title")))
        h1 { bdi { (title) } }
        (parts::error_summary(p, errors))
        (parts::form(p, &action, html! {
            @if product.is_none() { (text("maker", Kind::Code, true)) }
            (text("name_fa", Kind::Text, true))
            (text("name_en", Kind::Text, false))
            (category_select(p, lists, form, errors))
            (parts::select(p, Choice {
                name: "tax_class", label: t("product-tax-class"), value: form.raw("tax_class"),
                error: errors.get("tax_class"), hint: Some(t("product-tax-class-hint")),
                options: lists.tax_classes.iter().map(|class| (class.code.clone(), class.name(p.lang).to_owned())).collect(),
                ..Choice::default()
            }))
            (text("description", Kind::Area, false))
            (parts::fieldset(&t("price-legend"), html! {
                (parts::money_field(p, Field {
                    name: "price", label: t("product-price"), value: form.raw("price"), error: errors.get("price"),
                    hint: Some(t("price-hint")), ..Field::default()
                }))
                (unit_select(p, form, errors))
                (price_help(p, form, lists))
            }))
            (text("ready_count", Kind::Numeric, false))
            (text("materials", Kind::Text, false))
            (parts::fieldset(&t("product-food-legend"), html! {
                (text("weight", Kind::Text, false))
                (text("ingredients", Kind::Text, false))
                (text("storage", Kind::Text, false))
                (text("hygiene_number", Kind::Code, false))
            }))
            (parts::save_bar(parts::primary_button(&t("product-save"))))
        }))
    }
}

fn category_select(p: &Page, lists: &Lists, form: &Form, errors: &FormErrors) -> Markup {
    // A root only groups; goods belong to its branches.
    let name = |code: &Option<String>| {
        lists
            .categories
            .iter()
            .find(|it| Some(&it.code) == code.as_ref())
            .map_or("", |it| it.name(p.lang))
    };
    let options = lists
        .categories
        .iter()
        .filter(|category| category.parent_code.is_some())
        .map(|category| {
            let path = format!(
                "{} › {}",
                name(&category.parent_code),
                category.name(p.lang)
            );
            (category.code.clone(), path)
        })
        .collect();
    parts::select(
        p,
        Choice {
            name: "category_code",
            label: p.t(&WORDS, "product-category"),
            value: form.raw("category_code"),
            error: errors.get("category_code"),
            options,
            ..Choice::default()
        },
    )
}

fn unit_select(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let options = SaleUnit::ALL
        .iter()
        .map(|unit| {
            (
                unit.to_string(),
                p.t(&WORDS, &format!("unit-{}", unit.as_str())),
            )
        })
        .collect();
    parts::select(
        p,
        Choice {
            name: "sale_unit",
            label: p.t(&WORDS, "product-sale-unit"),
            value: form.raw("sale_unit"),
            error: errors.get("sale_unit"),
            options,
            required: true,
            ..Choice::default()
        },
    )
}

/// Which share to reckon with, a button to reckon without saving, and the answer.
fn price_help(p: &Page, form: &Form, lists: &Lists) -> Markup {
    let category = lists
        .categories
        .iter()
        .find(|category| category.code == form.raw("category_code"));
    let class = match form.raw("tax_class") {
        "" => category.map_or("standard", |category| category.tax_class.as_str()),
        chosen => chosen,
    };
    let tax = lists
        .tax_rates
        .iter()
        .find(|(code, _)| code == class)
        .map(|(_, rate)| *rate)
        .unwrap_or_default();
    let parts = money::parse_amount(form.raw("price"), Unit::Toman)
        .ok()
        .and_then(|price| share(price, tax, forms::chosen_share(form)).ok());
    html! {
        (share_select(p, form))
        (parts::choice_button("act", "price", &p.t(&WORDS, "price-reckon"), false))
        @if let Some(parts) = parts { (you_receive(p, &parts)) }
    }
}

/// The shop's share as a question.
pub(super) fn share_select(p: &Page, form: &Form) -> Markup {
    let chosen = forms::chosen_share(form).get().to_string();
    let options = forms::SHARES
        .iter()
        .map(|points| {
            (
                points.to_string(),
                p.tr(
                    &WORDS,
                    "price-percent",
                    &[("percent", (points / 100).into())],
                ),
            )
        })
        .collect();
    parts::select(
        p,
        Choice {
            name: "commission",
            label: p.t(&WORDS, "price-commission"),
            value: &chosen,
            options,
            required: true,
            ..Choice::default()
        },
    )
}

/// What the maker receives of a price, and where the rest goes.
pub fn you_receive(p: &Page, parts: &Share) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        p.receive { strong { (p.tr(&WORDS, "price-you-receive", &[("amount", parts.producer.toman_text(p.lang).into())])) } }
        (parts::facts(&[
            (t("price-shopper-pays"), p.money(parts.price)),
            (t("price-tax"), p.money(parts.tax)),
            (t("price-shop"), p.money(parts.shop)),
        ]))
    }
}

pub(super) fn show(p: &Page, file: &File, may: &May, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let product = file.product;
    html! {
        (parts::back_link("/products", &t("products-title")))
        h1 { bdi { (product.name(p.lang)) } " " (state(p, product.state)) }
        (parts::error_summary(p, errors))
        @if !product.state_note.is_empty() { (parts::notice(p, Tone::Warning, html! { p { bdi { (product.state_note) } } })) }
        @if product.is_open() { (missing(p, &product.missing_for_approval())) }
        @if let Some(photo) = product.photo_id { (picture(p, photo, product.name(p.lang))) }
        (facts(p, file))
        @if product.state == ProductState::Approved {
            p { a href={ "/products/" (product.code) } { (t("product-public-page")) } }
        }
        (acts(p, product, may, errors))
        h2 { (t("product-prices")) }
        (parts::table(&t("product-prices"), &[Column::text(t("product-since")), Column::figures(t("product-price"))],
            &file.prices.iter().map(|it| vec![p.moment(it.since), p.money(it.price)]).collect::<Vec<_>>(),
            &t("product-prices-empty")))
        h2 { (t("product-events")) }
        ol { @for event in file.events {
            li { (state(p, event.state)) " " (p.moment(event.happened_at)) @if !event.note.is_empty() { ": " bdi { (event.note) } } }
        } }
    }
}

/// A small picture of a product.
pub(crate) fn picture(p: &Page, photo: photos::PhotoId, name: &str) -> Markup {
    let alt = p.tr(&WORDS, "photo-of", &[("name", name.into())]);
    html! { p { img src={ "/photos/" (photo) "/small" } alt=(alt) width="240" height="240"; } }
}

fn facts(p: &Page, file: &File) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let product = file.product;
    let mut pairs = vec![
        (
            t("product-code"),
            html! { code dir="ltr" { (product.code) } },
        ),
        (
            t("product-maker"),
            html! {
                a href={ "/makers/" (file.maker.handle) "/file" } { bdi { (file.maker_name) } }
            },
        ),
    ];
    if let Some(category) = file.category {
        pairs.push((t("product-category"), html! { (category.name(p.lang)) }));
    }
    if let Some(price) = product.price {
        pairs.push((
            t("product-price"),
            html! { (unit_price(p, price, product.sale_unit)) },
        ));
    }
    let texts = [
        ("product-description", &product.description),
        ("product-materials", &product.materials),
        ("product-weight", &product.weight),
        ("product-ingredients", &product.ingredients),
        ("product-storage", &product.storage),
        ("product-hygiene-number", &product.hygiene_number),
    ];
    for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        pairs.push((t(key), html! { bdi { (text) } }));
    }
    pairs.push((
        t("product-ready-count"),
        html! { (p.number(product.ready_count)) },
    ));
    parts::facts(&pairs)
}

/// What can be done with the file now.
fn acts(p: &Page, product: &Product, may: &May, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let at = |act: &str| format!("/products/{}/{act}", product.code);
    html! {
        @if may.change && product.is_open() {
            p { (parts::secondary_link(&at("edit"), &t("product-edit"))) }
            (parts::upload_form(p, &at("photo"), html! {
                (parts::file_field(p, Field {
                    name: "photo", label: t("product-photo"), error: errors.get("photo"), hint: Some(t("photo-hint")),
                    required: true, ..Field::default()
                }, "image/jpeg,image/png,image/webp"))
                (parts::buttons(parts::secondary_button(&t("photo-send"))))
            }))
        }
        @if may.change && matches!(product.state, ProductState::Draft | ProductState::ReturnedForFix) {
            (parts::form(p, &at("submission"), parts::buttons(parts::primary_button(&t("product-submit")))))
        }
        @if may.approve && product.state == ProductState::Submitted {
            @if may.is_own_hand {
                (parts::notice(p, Tone::Plain, html! { p { (t("product-own-hand")) } }))
            } @else {
                (parts::form(p, &at("approval"), parts::buttons(parts::primary_button(&t("product-approve")))))
            }
        }
        @if may.approve && matches!(product.state, ProductState::Submitted | ProductState::Approved) {
            (parts::form(p, &at("return"), html! {
                (parts::field(p, Field {
                    name: "reason", label: t("product-return-reason"), error: errors.get("reason"), required: true,
                    kind: Kind::Area, ..Field::default()
                }))
                (parts::buttons(parts::secondary_button(&t("product-return"))))
            }))
        }
        @if may.change && product.state == ProductState::Approved {
            (parts::form(p, &at("price"), html! {
                (parts::money_field(p, Field {
                    name: "price", label: t("product-new-price"), error: errors.get("price"), required: true, ..Field::default()
                }))
                (parts::buttons(parts::secondary_button(&t("product-set-price"))))
            }))
            (parts::form(p, &at("retirement"), parts::buttons(parts::danger_button(&t("product-retire")))))
        }
    }
}
