//! A maker's own money, in her own words: what she sold, what is on its way, what reached her.

use contacts::ContactId;
use db::{Conn, FromRow, Result, sql};
use maud::{Markup, html};
use money::Rial;
use persian::{Date, Lang};
use uuid::Uuid;
use web::Page;
use web::parts::{self, Tone};

use crate::WORDS;
use crate::books::{self, Account};
use crate::payouts::{self, Payout, PayoutState};
use crate::sales::AccrualKind;
use crate::statements::{self, Standing, Statement};

/// A maker's money.
#[derive(Clone, Debug)]
pub struct MoneyOf {
    /// Owed and not on its way.
    pub to_be_paid: Rial,
    /// The coming Friday: what was sold until then stands in the next statement, which seals
    /// itself on the Saturday.
    pub next_statement_on: Date,
    /// On its way, with the day the bank shall pay.
    pub on_its_way: Vec<(Rial, Date)>,
    /// What reached her, newest first.
    pub paid: Vec<Payout>,
    /// Her last goods, newest first.
    pub items: Vec<Item>,
    /// Her statements, newest first.
    pub statements: Vec<Statement>,
}

/// One line of hers.
#[derive(Clone, Debug, FromRow)]
pub struct Item {
    /// The goods in Persian.
    pub item_fa: String,
    /// The goods in English.
    pub item_en: String,
    /// Sold, brought back, or borne by another.
    pub kind: AccrualKind,
    /// Pieces; below zero when they came back.
    pub quantity: i64,
    /// Hers.
    pub net: Rial,
    /// The day.
    pub sold_on: Date,
    /// The statement, once it stands in one.
    pub statement_id: Option<Uuid>,
    /// The payment, once there is one.
    pub payout_state: Option<PayoutState>,
}

impl Item {
    /// The goods' name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.item_en.is_empty() => &self.item_en,
            _ => &self.item_fa,
        }
    }
}

/// A maker's money as of a day.
pub async fn money_of(conn: &mut Conn, contact: ContactId, today: Date) -> Result<MoneyOf> {
    let to_be_paid = books::balance(conn, &Account::payable(contact)).await?;
    let items = sql(
        "SELECT a.item_fa, a.item_en, a.kind, a.quantity, a.net, a.sold_on, l.statement_id, p.state AS payout_state
         FROM accrual a LEFT JOIN statement_line l ON l.accrual_id = a.id
         LEFT JOIN statement s ON s.id = l.statement_id LEFT JOIN payout p ON p.id = s.payout_id
         WHERE a.contact_id = $1 ORDER BY a.id DESC LIMIT 50",
    )
    .bind(contact)
    .all(conn)
    .await?;
    let mut on_its_way = Vec::new();
    let mut paid = Vec::new();
    for payout in payouts::of_contact(conn, contact).await? {
        match payout.state {
            PayoutState::InTransit => {
                let batch = payouts::batch(conn, payout.batch_id).await?;
                on_its_way.push((payout.amount, batch.pay_on));
            }
            PayoutState::Confirmed => paid.push(payout),
            _ => {}
        }
    }
    Ok(MoneyOf {
        to_be_paid,
        next_statement_on: statements::week::end_after(today),
        on_its_way,
        paid,
        items,
        statements: statements::of_contact(conn, contact).await?,
    })
}

/// The panel for her page: large, few words, every amount with its unit.
pub fn money_panel(p: &Page, money: &MoneyOf) -> Markup {
    html! {
        section.card #money {
            h2 { (p.t(&WORDS, "my-money")) }
            (parts::stats(html! {
                (parts::stat(&p.t(&WORDS, "to-be-paid"), p.money(money.to_be_paid),
                    Some(&p.tr(&WORDS, "to-be-paid-when", &[("day", p.date_text(money.next_statement_on).into())])), None))
                @for (amount, day) in &money.on_its_way {
                    (parts::stat(&p.t(&WORDS, "on-its-way"), p.money(*amount), Some(&p.date_text(*day)), None))
                }
                @if let Some(last) = money.paid.first() {
                    (parts::stat(&p.t(&WORDS, "last-paid"), p.money(last.amount),
                        last.settled_on.map(|day| p.date_text(day)).as_deref(), None))
                }
            }))
            @if money.items.is_empty() { p { (p.t(&WORDS, "nothing-sold")) } } @else {
                h3 { (p.t(&WORDS, "my-sales")) }
                (items(p, &money.items[..money.items.len().min(SHOWN)]))
                @if money.items.len() > SHOWN {
                    details {
                        summary { (p.t(&WORDS, "my-sales-more")) }
                        (items(p, &money.items[SHOWN..]))
                    }
                }
            }
            @if !money.statements.is_empty() {
                details {
                    summary { (p.t(&WORDS, "my-statements")) }
                    ul {
                        @for one in &money.statements {
                            li {
                                a href={ "/me/statements/" (one.id) } {
                                    (p.tr(&WORDS, "my-statement", &[
                                        ("number", one.number.into()), ("day", p.date_text(one.until_on).into())]))
                                }
                                " " (p.money(one.net))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Lines of goods shown before the rest is folded away.
const SHOWN: usize = 6;

fn items(p: &Page, items: &[Item]) -> Markup {
    html! {
        ul {
            @for item in items {
                li {
                    bdi { (item.name(p.lang)) } " × " (p.number(item.quantity)) (crate::pages::kind_note(p, item.kind)) " · " (p.money(item.net))
                    " · " (p.date(item.sold_on)) " " (item_badge(p, item))
                }
            }
        }
    }
}

fn item_badge(p: &Page, item: &Item) -> Markup {
    let (tone, key) = match (item.quantity < 0, Standing::of(item.payout_state)) {
        (true, _) => (Tone::Warning, "item-came-back"),
        (_, Standing::Paid) => (Tone::Good, "item-paid"),
        (_, Standing::OnItsWay) => (Tone::Active, "item-on-its-way"),
        _ => (Tone::Plain, "item-to-be-paid"),
    };
    parts::badge(tone, &p.t(&WORDS, key))
}
