use contacts::payees::{Payee, PayeeKind};
use makers::products::ProductState;
use maud::{Markup, html};
use web::Page;
use web::parts::{self, Step, StepState, Tone};

use super::{Mine, Way, bead};
use crate::pages::WORDS;

// words: me-next-* me-bead-*

const BEADS: [&str; 5] = [
    "me-bead-register",
    "me-bead-talk",
    "me-bead-learn",
    "me-bead-make",
    "me-bead-sell",
];

pub(super) fn page(p: &Page, mine: &Mine) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("me-hello")) " " bdi { (mine.contact.first_name) } }
        div.stack {
            @match &mine.way {
                Some(way) => (way_card(p, way)),
                None => (parts::card(None, html! { p { (t("me-no-case")) } })),
            }
            (ledger::money_panel(p, &mine.money))
            (parts::card(Some(&t("me-payee")), html! { p { (payee(p, mine.payee.as_ref())) } }))
            (goods(p, mine))
            (parts::card(Some(&t("me-levels")), html! {
                (makers::levels::views::summary(p, &mine.levels))
                p { (parts::secondary_link("/my/way", &t("me-levels-open"))) }
            }))
            @if let Some(way) = &mine.way { (classes(p, way)) }
            (messages(p, mine))
            (parts::card(Some(&t("me-consents")), html! {
                p { (t("me-consents-text")) }
                p { (parts::secondary_link("/my/consents", &t("me-consents-open"))) }
            }))
            (looked(p, mine))
            (parts::card(Some(&t("me-help")), html! {
                p { (t("me-help-text")) " " (parts::copyable(p, &mine.contact.handle)) }
            }))
        }
    }
}

/// One card says what comes next, who does it and by when; then who else is at work.
fn way_card(p: &Page, way: &Way) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let now = bead(way.case.stage);
    let steps: Vec<Step> = BEADS
        .iter()
        .enumerate()
        .map(|(place, key)| Step {
            label: t(key),
            state: match place.cmp(&now) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Now,
                std::cmp::Ordering::Greater => StepState::Next,
            },
        })
        .collect();
    html! {
        section.card {
            h2 { (t("me-next")) }
            @if let (Some(action), Some(on)) = (way.case.next_action, way.case.next_action_on) {
                p { strong { (t(&format!("me-next-{}", action.to_string().replace('_', "-")))) } }
                p {
                    (t("me-until")) " " (p.date(on))
                    @if on < p.now.date() { " " (parts::badge(Tone::Warning, &t("me-late"))) }
                }
            }
            p { (t("me-owner")) " " bdi { (way.owner) } " · " bdi { (way.body.name(p.lang)) } }
            (parts::progress_thread(p, &steps))
            h3 { (t("me-turns")) }
            (referrals::legs::turns_panel(p, &way.turns))
        }
    }
}

/// Where her money goes: she sees herself when it is another's account.
fn payee(p: &Page, payee: Option<&Payee>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let Some(payee) = payee else {
        return html! { (t("me-payee-none")) };
    };
    html! {
        @match payee.kind {
            PayeeKind::OwnAccount => (t("me-payee-own-account")),
            PayeeKind::Proxy => { (t("me-payee-proxy")) " " bdi { (payee.holder_name) } },
            PayeeKind::Counter => (t("me-payee-counter")),
        }
        @if !payee.sheba_last4.is_empty() {
            " · " bdi dir="ltr" { "…" (persian::digits::local_digits(&payee.sheba_last4, p.lang)) }
        }
    }
}

fn classes(p: &Page, way: &Way) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    parts::card(
        Some(&t("me-classes")),
        html! {
            p { (parts::secondary_link("/my/classes", &t("me-all-classes"))) }
            @if way.classes.is_empty() { p { (t("me-no-classes")) } }
            ul {
                @for class in &way.classes {
                    li {
                        bdi { (class.title(p.lang)) } " · " (p.moment(class.starts_at))
                        " · " bdi { (class.place(p.lang)) }
                    }
                }
                @for certificate in &way.certificates {
                    li {
                        a href={ "/verify/" (certificate.serial) } { bdi { (certificate.title(p.lang)) } }
                        " " (parts::badge(Tone::Good, &t("me-certificate")))
                    }
                }
            }
        },
    )
}

fn goods(p: &Page, mine: &Mine) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    parts::card(
        Some(&t("me-goods")),
        html! {
            p { (parts::secondary_link("/my/products/new", &t("me-add-product"))) }
            @if mine.products.is_empty() { p { (t("me-no-goods")) } }
            ul {
                @for product in &mine.products {
                    @let pieces = mine.pieces(product.id);
                    li {
                        // Only an approved one has a public page.
                        @if product.state == ProductState::Approved {
                            a href={ "/products/" (product.code) } { bdi { (product.name(p.lang)) } }
                        } @else { bdi { (product.name(p.lang)) } }
                        @if let Some(price) = product.price { " · " (p.money(price)) } " · "
                        (p.tr(&WORDS, "me-pieces", &[("count", pieces.into())]))
                    }
                }
            }
        },
    )
}

/// Who looked at her file without a right to it, and where she is signed in.
fn looked(p: &Page, mine: &Mine) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    parts::card(
        Some(&t("me-looked")),
        html! {
            @if mine.opened.is_empty() { p { (t("me-looked-nobody")) } }
            ul {
                @for one in &mine.opened {
                    li { bdi { (one.user_name) } " · " (p.moment(one.opened_at)) }
                }
            }
            p { (parts::secondary_link("/my/sessions", &t("me-sessions"))) }
        },
    )
}

fn messages(p: &Page, mine: &Mine) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    parts::card(
        Some(&t("me-messages")),
        html! {
            @if mine.told.is_empty() { p { (t("me-no-messages")) } }
            ul {
                @for told in &mine.told {
                    li {
                        (p.moment(told.made_at)) ": "
                        bdi { (told.text()) }
                    }
                }
            }
        },
    )
}
