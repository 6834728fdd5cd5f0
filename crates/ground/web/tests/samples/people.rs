//! Pages for people, partners and shoppers.

use maud::{Markup, html};
use money::Rial;
use web::parts::{
    MakerCard, Step, StepState, back_link, button_link, buttons, card, choice_button, facts, form,
    maker_card, progress_thread, secondary_link,
};
use web::{Page, public_page};

use super::say;

pub fn home(p: &Page) -> Markup {
    let words = [
        ("ثبت", "Registered", StepState::Done),
        ("گفت‌وگو", "Talk", StepState::Done),
        ("آموزش", "Training", StepState::Now),
        ("ساخت", "Making", StepState::Next),
        ("فروش", "Selling", StepState::Next),
    ];
    let steps: Vec<Step> = words
        .into_iter()
        .map(|(fa, en, state)| Step {
            label: say(p, fa, en).into(),
            state,
        })
        .collect();
    let title = say(p, "سلام زهره", "Hello Zohreh");
    public_page(
        p,
        title,
        html! {
            h1 { (title) }
            (progress_thread(p, &steps))
            (card(Some(say(p, "کار بعدی شما", "Your next step")), html! {
                p { (say(p, "کلاس بسته‌بندی، فردا ساعت ده صبح، مرکز کوثر.", "Packaging class, tomorrow at ten, Kowsar centre.")) }
                (buttons(html! {
                    (button_link("/my/classes", say(p, "دیدن نشانی", "See the address")))
                    (secondary_link("/my/help", say(p, "کمک می‌خواهم", "I need help")))
                }))
            }))
            (card(Some(say(p, "پول من", "My money")), facts(&[
                (say(p, "فروخته شده", "Sold").into(), p.money(Rial::new(12_400_000))),
                (say(p, "پرداخت شده", "Paid").into(), p.money(Rial::new(9_300_000))),
                (say(p, "در راه", "On the way").into(), p.money(Rial::new(3_100_000))),
            ])))
        },
    )
}

pub fn partner(p: &Page) -> Markup {
    let title = say(
        p,
        "یک نفر برای کارگاه بسته‌بندی",
        "One person for the packaging course",
    );
    public_page(
        p,
        title,
        html! {
            (back_link("/", say(p, "بازگشت به فهرست", "Back to the list")))
            h1 { (title) }
            (facts(&[
                (say(p, "نام", "Name").into(), html! { bdi { (say(p, "ز. ن.", "Z. N.")) } }),
                (say(p, "مهلت پاسخ", "Answer by").into(), p.date(p.now.plus_days(4).date())),
            ]))
            (form(p, "/legs/1/answer", buttons(html! {
                (choice_button("answer", "accept", say(p, "می‌پذیریم", "We accept"), true))
                (choice_button("answer", "later", say(p, "زمان دیگر", "Another time"), false))
                (choice_button("answer", "decline", say(p, "نمی‌توانیم", "We cannot"), false))
            })))
        },
    )
}

pub fn product(p: &Page) -> Markup {
    let title = say(p, "ترشی لیتهٔ بادمجان", "Aubergine pickle");
    public_page(
        p,
        title,
        html! {
            h1 { (title) }
            p { (p.money(Rial::new(1_850_000))) }
            (maker_card(p, MakerCard {
                name: say(p, "زهره", "Zohreh"),
                neighborhood: say(p, "نازی‌آباد", "Nazi Abad"),
                craft: say(p, "ترشی و مربای خانگی", "Home-made pickles and jam"),
                since: Some(1404),
                photo: None,
                href: Some("/makers/zohreh"),
            }))
            (buttons(button_link("/basket", say(p, "افزودن به سبد", "Add to the basket"))))
        },
    )
}
