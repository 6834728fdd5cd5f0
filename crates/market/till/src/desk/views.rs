//! How the till looks.

use maud::{Markup, html};
use money::{Overflow, Rial};
use organizations::Place;
use web::parts::{self, Choice, Field, Kind, Tone};
use web::{Form, FormErrors, KEY_FIELD, Page};

use super::BasketLine;
use super::pages::Aside;
use crate::WORDS;
use crate::receipts::in_digits;
use crate::registers::{Register, Shift};
use crate::sales::Sale;

/// The registers one may sell at, and a form for a new one.
pub(super) fn choose(
    p: &Page,
    tills: &[Register],
    shops: &[Place],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "till-title")) }
        (parts::error_summary(p, errors))
        @if tills.is_empty() { p { (p.t(&WORDS, "till-none")) } }
        ul {
            @for till in tills {
                li {
                    a href={ "/till/" (till.id) } {
                        (p.tr(&WORDS, "till-at", &[("shop", till.place(p.lang).into()), ("code", in_digits(p, &till.code).into())]))
                    }
                }
            }
        }
        p { a href="/sales" { (p.t(&WORDS, "sales-title")) } }
        @if !shops.is_empty() {
            h2 { (p.t(&WORDS, "register-new")) }
            (parts::form(p, "/till", html! {
                (parts::select(p, Choice {
                    name: "place",
                    label: p.t(&WORDS, "shop"),
                    options: shops.iter().map(|shop| (shop.id.to_string(), shop.name(p.lang).to_owned())).collect(),
                    value: form.raw("place"),
                    error: errors.get("place"),
                    required: true,
                    ..Choice::default()
                }))
                (parts::field(p, Field {
                    name: "register_code",
                    label: p.t(&WORDS, "register-code"),
                    value: form.raw("register_code"),
                    error: errors.get("register_code"),
                    hint: Some(p.t(&WORDS, "register-code-hint")),
                    kind: Kind::Code,
                    required: true,
                    ..Field::default()
                }))
                (parts::buttons(parts::primary_button(&p.t(&WORDS, "register-add"))))
            }))
        }
    }
}

/// Before the first sale: what lies in the drawer.
pub(super) fn open_shift(
    p: &Page,
    register: &Register,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "open-title")) }
        (parts::error_summary(p, errors))
        p { (p.t(&WORDS, "open-lead")) }
        (parts::form(p, &format!("/till/{}/shift", register.id), html! {
            (parts::money_field(p, Field {
                name: "float",
                label: p.t(&WORDS, "float"),
                value: form.raw("float"),
                error: errors.get("float"),
                required: true,
                ..Field::default()
            }))
            (parts::buttons(parts::primary_button(&p.t(&WORDS, "open-go"))))
        }))
    }
}

/// The keys of the till, with what is printed on them.
const KEYS: [(&str, &str); 6] = [
    ("enter", "Enter"),
    ("times", "×"),
    ("f2", "F2"),
    ("f8", "F8"),
    ("backspace", "Backspace"),
    ("escape", "Esc"),
];

/// The basket and all that stands with it.
pub(super) struct Basket<'a> {
    pub lines: &'a [BasketLine],
    pub form: &'a Form,
    pub errors: &'a FormErrors,
    pub aside: &'a Aside,
}

// words: key-* link-*
/// The till itself.
pub(super) fn till(p: &Page, register: &Register, basket: &Basket, sold: Option<&Sale>) -> Markup {
    let base = format!("/till/{}", register.id);
    let word = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (p.tr(&WORDS, "till-of", &[("shop", register.place(p.lang).into())])) }
        // The script fills it in: without it a lost network is the browser's own page.
        p.link #link hidden role="status" data-on=(word("link-on")) data-off=(word("link-off"))
            data-sending=(word("link-sending")) data-unpaid=(word("link-unpaid"))
            data-first=(word("link-first")) {}
        div.till data-till data-returns="/sales" {
            section {
                @if let Some(sale) = sold { (just_sold(p, sale)) }
                form method="post" action={ (base) "/lines" } novalidate data-basket {
                    input type="hidden" name=(KEY_FIELD) value=(p.form_key);
                    label for="code" { (word("scan")) }
                    div.row {
                        input #code name="code" type="text" dir="auto" autocomplete="off" maxlength="200"
                            autocapitalize="off" spellcheck="false" autofocus value=(basket.form.raw("code"))
                            aria-describedby="code-hint";
                        button.secondary type="submit" { (word("add")) }
                    }
                    p.hint id="code-hint" { (word("scan-hint")) }
                }
                details #keys {
                    summary { (word("keys-title")) }
                    dl.facts {
                        @for (key, legend) in KEYS {
                            div {
                                dt { kbd dir="ltr" { (legend) } }
                                dd { (word(&format!("key-{key}"))) }
                            }
                        }
                    }
                }
                p { a href={ (base) "/close" } { (word("close-title")) } " · " a href="/sales" { (word("sales-title")) } }
            }
            (basket_with(p, register, basket))
        }
    }
}

/// The basket alone, with the form that pays for it.
pub(super) fn basket(
    p: &Page,
    register: &Register,
    lines: &[BasketLine],
    errors: &FormErrors,
    aside: &Aside,
) -> Markup {
    let form = Form::default();
    basket_with(
        p,
        register,
        &Basket {
            lines,
            form: &form,
            errors,
            aside,
        },
    )
}

fn basket_with(p: &Page, register: &Register, basket: &Basket) -> Markup {
    let base = format!("/till/{}", register.id);
    let lines = basket.lines;
    let total = lines
        .iter()
        .map(BasketLine::amount)
        .sum::<Result<Rial, Overflow>>()
        .unwrap_or(Rial::MAX);
    html! {
        section #basket aria-live="polite" data-key=(p.form_key) {
            (parts::error_summary(p, &reachable(basket)))
            @if let Some((code, quantity)) = &basket.aside.removed {
                div.undo { (undo(p, &base, code, *quantity)) }
            }
            @if !basket.aside.found.is_empty() { (found(p, &base, basket.aside)) }
            @if lines.is_empty() {
                p { (p.t(&WORDS, "basket-empty")) }
            } @else {
                p.sum { (p.money(total)) }
                ol.basket {
                    @for line in lines { (basket_line(p, &base, line)) }
                }
                (pay(p, &base, lines, basket.form, basket.errors))
            }
        }
    }
}

/// The errors, each leading to its field if the page has it: another window may have emptied the
/// basket meanwhile.
fn reachable(basket: &Basket) -> FormErrors {
    let mut errors = FormErrors::default();
    for (field, sentence) in basket.errors.iter() {
        let is_there = match field {
            "code" => true,
            "cash" | "card" | "card_reference" => !basket.lines.is_empty(),
            field => {
                let mut names = basket.lines.iter();
                names.any(|line| field == format!("quantity-{}", line.lot_id))
            }
        };
        errors.push(if is_there { field } else { "" }, sentence);
    }
    errors
}

/// Goods to choose from after a search; one press puts them into the basket.
fn found(p: &Page, base: &str, aside: &Aside) -> Markup {
    html! {
        h2 #found { (p.t(&WORDS, "found-title")) }
        ul.found aria-labelledby="found" {
            @for lot in &aside.found {
                li {
                    form.inline method="post" action={ (base) "/lines" } novalidate data-basket {
                        input type="hidden" name=(KEY_FIELD) value=(p.form_key);
                        input type="hidden" name="code" value=(format!("{}*{}", aside.pieces, lot.code));
                        button.secondary type="submit" { bdi { (lot.name(p.lang)) } }
                        span { (p.money(lot.unit_price)) " · "
                            (p.tr(&WORDS, "on-hand", &[("count", lot.on_hand.into())])) }
                    }
                }
            }
        }
    }
}

fn undo(p: &Page, base: &str, code: &str, quantity: i64) -> Markup {
    html! {
        form.inline method="post" action={ (base) "/lines" } novalidate data-basket {
            input type="hidden" name=(KEY_FIELD) value=(p.form_key);
            input type="hidden" name="code" value=(format!("{quantity}*{code}"));
            button.secondary type="submit" { (p.t(&WORDS, "undo-remove")) }
        }
    }
}

fn basket_line(p: &Page, base: &str, line: &BasketLine) -> Markup {
    let field = format!("quantity-{}", line.lot_id);
    let action = format!("{base}/quantities");
    html! {
        li {
            span.goods {
                bdi { (line.name(p.lang)) } " "
                small { (p.money(line.price)) " · " code dir="ltr" { (line.code) } }
                @if line.on_hand < line.quantity {
                    " " (parts::badge(Tone::Warning, &p.tr(&WORDS, "on-hand", &[("count", line.on_hand.into())])))
                }
            }
            form.inline method="post" action=(action) novalidate data-basket {
                input type="hidden" name=(KEY_FIELD) value=(p.form_key);
                input type="hidden" name="lot" value=(line.lot_id);
                label.unseen for=(field) { (p.tr(&WORDS, "quantity-of", &[("name", line.name(p.lang).into())])) }
                input.short.figures id=(field) name=(field) type="text" inputmode="numeric" dir="ltr"
                    value=(line.quantity) maxlength="6" autocomplete="off";
                button.quiet type="submit" { (p.t(&WORDS, "quantity-set")) }
            }
            span { (p.money(line.amount())) }
            form.inline method="post" action=(action) novalidate data-basket data-remove {
                input type="hidden" name=(KEY_FIELD) value=(p.form_key);
                input type="hidden" name="lot" value=(line.lot_id);
                input type="hidden" name=(field) value="0";
                button.quiet type="submit" { (p.t(&WORDS, "remove")) span.unseen { " " (line.name(p.lang)) } }
            }
        }
    }
}

/// Two forms, so that Enter in an amount never means exact cash.
fn pay(p: &Page, base: &str, lines: &[BasketLine], form: &Form, errors: &FormErrors) -> Markup {
    let action = format!("{base}/sales");
    let shown = html! {
        input type="hidden" name="shown_at" value=(p.now);
        @for line in lines {
            input type="hidden" name="line" value=(format!("{} {} {}", line.code, line.quantity, line.price.get()));
        }
    };
    html! {
        div #pay {
            (parts::form(p, &action, html! {
                (shown)
                (parts::buttons(html! {
                    button.primary #pay-exact type="submit" name="pay" value="exact" { (p.t(&WORDS, "pay-exact")) }
                }))
            }))
            (parts::form(p, &action, html! {
                (shown)
                (parts::fieldset(&p.t(&WORDS, "pay-other"), html! {
                    (parts::money_field(p, Field {
                        name: "cash",
                        label: p.t(&WORDS, "cash-given"),
                        value: form.raw("cash"),
                        error: errors.get("cash"),
                        ..Field::default()
                    }))
                    (parts::money_field(p, Field {
                        name: "card",
                        label: p.t(&WORDS, "card-paid"),
                        value: form.raw("card"),
                        error: errors.get("card"),
                        ..Field::default()
                    }))
                    (parts::field(p, Field {
                        name: "card_reference",
                        label: p.t(&WORDS, "card-reference"),
                        value: form.raw("card_reference"),
                        error: errors.get("card_reference"),
                        kind: Kind::Code,
                        ..Field::default()
                    }))
                    (parts::choice_button("pay", "given", &p.t(&WORDS, "pay-given"), false))
                }))
            }))
        }
    }
}

fn just_sold(p: &Page, sale: &Sale) -> Markup {
    parts::notice(
        p,
        Tone::Good,
        html! {
            p { (p.tr(&WORDS, "sold-number", &[("number", in_digits(p, &sale.number).into())])) }
            @if sale.change_given > Rial::ZERO {
                p.change { (p.t(&WORDS, "change")) ": " (p.money(sale.change_given)) }
            }
            p {
                a href={ "/receipts/" (sale.id) ".png?dots=576" } { (p.t(&WORDS, "receipt-print")) } " · "
                a href={ "/receipts/" (sale.id) ".pdf" } { (p.t(&WORDS, "receipt-pdf")) } " · "
                a href={ "/sales/" (sale.id) } { (p.t(&WORDS, "sale-open")) }
            }
        },
    )
}

/// A blind count: what should be there is not shown.
pub(super) fn close(
    p: &Page,
    register: &Register,
    shift: &Shift,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    html! {
        (parts::back_link(&format!("/till/{}", register.id), &p.t(&WORDS, "back-till")))
        h1 { (p.t(&WORDS, "close-title")) }
        (parts::error_summary(p, errors))
        p { (p.tr(&WORDS, "close-lead", &[("sales", shift.sales.into())])) }
        (parts::form(p, &format!("/till/{}/close", register.id), html! {
            (parts::hidden("shift", &shift.id.to_string()))
            (parts::money_field(p, Field {
                name: "counted",
                label: p.t(&WORDS, "counted"),
                value: form.raw("counted"),
                error: errors.get("counted"),
                required: true,
                ..Field::default()
            }))
            (parts::field(p, Field {
                name: "reason",
                label: p.t(&WORDS, "difference-reason"),
                value: form.raw("reason"),
                error: errors.get("reason"),
                hint: Some(p.t(&WORDS, "difference-hint")),
                ..Field::default()
            }))
            (parts::buttons(parts::primary_button(&p.t(&WORDS, "close-go"))))
        }))
    }
}
