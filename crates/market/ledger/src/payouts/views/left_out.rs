//! How money that waits looks: whose, how much, why.

use contacts::Contact;
use maud::{Markup, html};
use web::Page;
use web::parts::{self, Column};

use crate::payouts::LeftOut;
use crate::{WORDS, pages};

pub(in crate::payouts) fn page(p: &Page, waiting: &[(LeftOut, Contact)]) -> Markup {
    html! {
        (parts::back_link("/payouts", &p.t(&WORDS, "payouts-title")))
        h1 { (p.t(&WORDS, "left-out-title")) }
        (pages::tabs(p, "payouts"))
        p { (p.t(&WORDS, "left-out-lead")) }
        (table(p, waiting))
    }
}

// words: left-out-why-*
pub(super) fn table(p: &Page, waiting: &[(LeftOut, Contact)]) -> Markup {
    let rows: Vec<Vec<Markup>> = waiting
        .iter()
        .map(|(one, maker)| {
            let why = format!("left-out-why-{}", one.why.as_str().replace('_', "-"));
            vec![
                html! { a href={ "/makers/" (maker.handle) "/file" } { bdi { (maker.shown_name) } } },
                p.money(one.amount),
                html! { (p.t(&WORDS, &why)) },
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "maker")),
        Column::figures(p.t(&WORDS, "amount")),
        Column::text(p.t(&WORDS, "left-out-why")),
    ];
    parts::table(
        &p.t(&WORDS, "left-out-title"),
        &columns,
        &rows,
        &p.t(&WORDS, "left-out-empty"),
    )
}
