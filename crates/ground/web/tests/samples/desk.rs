//! Staff pages: the chain on one screen, a person's list, an intake form.

use maud::{Markup, html};
use money::Rial;
use web::charts::{Chart, Series, bars, lines, sparkline};
use web::parts::{
    Choice, Column, DateField, Drawing, Event, Field, Kind, Stage, Tab, Tone, badge, buttons, card,
    chain, checkboxes, copyable, danger_button, date_field, date_text_field, empty_state,
    error_summary, facts, field, fieldset, file_field, form, hidden, inline_form, money_field,
    notice, pagination, primary_button, radios, save_bar, search_form, secondary_button,
    secondary_link, select, stat, stats, table, tabs, tick, timeline, upload_form,
};
use web::{FormErrors, Page, page};

use super::say;

pub fn overview(p: &Page) -> Markup {
    let names = [
        ("درخواست", "Request", 214, Tone::Plain),
        ("پذیرش", "Intake", 96, Tone::Plain),
        ("آموزش", "Training", 143, Tone::Plain),
        ("ابزار و وام", "Tools and loan", 38, Tone::Warning),
        ("تولید", "Making", 1_204, Tone::Plain),
        ("کیفیت", "Quality", 57, Tone::Plain),
        ("فروش", "Sale", 868, Tone::Plain),
        ("درآمد", "Income", 731, Tone::Plain),
    ];
    let stages: Vec<Stage> = names
        .into_iter()
        .map(|(fa, en, count, tone)| Stage {
            label: say(p, fa, en).into(),
            count: Some(count),
            note: Some(match tone {
                Tone::Warning => say(p, "میانه ۴۱ روز؛ دیر شده", "median 41 days; late").into(),
                _ => say(p, "میانه ۹ روز", "median 9 days").into(),
            }),
            href: Some(format!(
                "/council/stages/{}",
                en.to_lowercase().replace(' ', "-")
            )),
            tone,
        })
        .collect();
    let months: Vec<String> = (1..=12)
        .map(|m| persian::Jalali::month_name(m, p.lang).to_owned())
        .collect();
    let sales = Chart {
        title: say(p, "فروش ماهانه", "Sales by month").into(),
        sentence: say(
            p,
            "فروش فروشگاه‌ها از تیر بیشتر از بازارچه‌هاست.",
            "Shops have sold more than fairs since Tir.",
        )
        .into(),
        axis: say(p, "ماه", "Month").into(),
        labels: months,
        series: vec![
            Series {
                name: say(p, "فروشگاه", "Shops").into(),
                values: vec![12, 18, 21, 34, 41, 44, 52, 50, 61, 70, 66, 81],
            },
            Series {
                name: say(p, "بازارچه", "Fairs").into(),
                values: vec![20, 22, 19, 25, 30, 22, 18, 31, 24, 28, 35, 58],
            },
            Series {
                name: say(p, "سفارش نهادها", "Institutions").into(),
                values: vec![3, 5, 4, 9, 8, 12, 15, 14, 22, 20, 25, 24],
            },
        ],
    };
    let districts = Chart {
        title: say(p, "خانوارها در هر منطقه", "Households by district").into(),
        sentence: say(
            p,
            "بیشتر خانوارها در منطقهٔ پانزده‌اند.",
            "Most households live in district fifteen.",
        )
        .into(),
        axis: say(p, "منطقه", "District").into(),
        labels: [
            ("منطقهٔ ۱۵", "District 15"),
            ("منطقهٔ ۱۹", "District 19"),
            ("منطقهٔ ۵", "District 5"),
            ("منطقهٔ ۱", "District 1"),
        ]
        .map(|(fa, en)| say(p, fa, en).to_owned())
        .to_vec(),
        series: vec![Series {
            name: say(p, "خانوار", "Households").into(),
            values: vec![412, 305, 120, 8],
        }],
    };
    let title = say(p, "زنجیره در یک نگاه", "The chain on one screen");
    page(
        p,
        title,
        html! {
            h1 { (title) }
            (chain(p, title, &stages))
            (stats(html! {
                (stat(say(p, "درآمد این ماه", "Income this month"), p.money(Rial::new(8_124_500_000)), Some(say(p, "از ۷۳۱ خانوار", "of 731 households")), Some("/accounts")))
                (stat(say(p, "ارجاع بی‌پاسخ", "Unanswered referrals"), html! { bdi { (p.number(23)) } }, Some(say(p, "۵ مورد دیر شده", "5 are late")), Some("/referrals?state=late")))
                (stat(say(p, "روند دوازده ماه", "Twelve months"), sparkline(say(p, "رو به بالا", "rising"), &[3, 4, 4, 6, 5, 7, 8, 8, 9, 11, 10, 13]), None, None))
            }))
            div.columns {
                (card(None, lines(p, &sales)))
                (card(None, bars(p, &districts)))
            }
            (card(Some(say(p, "چه گذشت", "What happened")), timeline(p, &[
                Event {
                    at: p.now.plus_seconds(-1_500),
                    title: html! { (say(p, "ادارهٔ کار ارجاع را پذیرفت", "The labour office accepted the referral")) },
                    body: Some(html! { (badge(Tone::Good, say(p, "پذیرفته", "Accepted"))) }),
                },
                Event {
                    at: p.now.plus_days(-1),
                    title: html! { (say(p, "یادآوری فرستاده شد", "A reminder was sent")) },
                    body: None,
                },
                Event {
                    at: p.now.plus_days(-41),
                    title: html! { (say(p, "معرفی‌نامه چاپ شد", "The letter was printed")) },
                    body: Some(html! { (copyable(p, "LT-1405-00218")) }),
                },
            ])))
        },
    )
}

pub fn list(p: &Page) -> Markup {
    let people = [
        (
            "زهره نمونه",
            "Zohreh Sample",
            "C-10421",
            Tone::Active,
            "آموزش",
            "In training",
            3,
            254_000_000,
        ),
        (
            "مریم آزمایشی",
            "Maryam Trial",
            "C-10388",
            Tone::Warning,
            "منتظر ادارهٔ کار",
            "Waiting for the labour office",
            41,
            0,
        ),
        (
            "ليلا نمونه‌پور",
            "Leila Sampleton",
            "C-10102",
            Tone::Good,
            "فروش",
            "Selling",
            0,
            1_870_400_000,
        ),
        (
            "نرگس فرضی",
            "Narges Fictive",
            "C-09977",
            Tone::Bad,
            "رد شده",
            "Refused",
            12,
            98_000_000,
        ),
    ];
    let rows: Vec<Vec<Markup>> = people
        .into_iter()
        .map(|(fa, en, code, tone, state_fa, state_en, days, income)| {
            vec![
                html! { a href={ "/people/" (code) } { bdi { (say(p, fa, en)) } } },
                html! { bdi dir="ltr" { (code) } },
                badge(tone, say(p, state_fa, state_en)),
                html! { bdi { (p.days_ago(p.now.plus_days(-days).date())) } },
                p.money(Rial::new(income)),
                inline_form(p, "/reminders", html! { (hidden("case", code)) (secondary_button(say(p, "یادآوری کنید", "Remind"))) }),
            ]
        })
        .collect();
    let columns = [
        Column::text(say(p, "نام", "Name")),
        Column::text(say(p, "کد پرونده", "Case code")),
        Column::text(say(p, "وضعیت", "State")),
        Column::text(say(p, "آخرین خبر", "Last news")),
        Column::figures(say(p, "درآمد سال", "Income of the year")),
        Column::text(say(p, "کار بعدی", "Next action")),
    ];
    let tab = |fa, en, current, count| Tab {
        label: say(p, fa, en).into(),
        href: format!("/people?list={}", if current { "open" } else { "x" }),
        current,
        count: Some(count),
    };
    let title = say(p, "افراد", "People");
    page(
        &Page {
            flash: Some(say(p, "یادآوری فرستاده شد.", "The reminder was sent.").into()),
            ..p.clone()
        },
        title,
        html! {
            h1 { (title) }
            (search_form(p, "/people", say(p, "نام، کد، تلفن یا کد ملی", "Name, code, phone or national code"), "جو", html! {}))
            (tabs(p, title, &[
                tab("باز", "Open", true, 214),
                tab("دیر شده", "Late", false, 5),
                tab("بسته", "Closed", false, 1_033),
            ]))
            (table(say(p, "پرونده‌های باز", "Open cases"), &columns, &rows, ""))
            (pagination(p, Some("/people"), Some("/people?after=x")))
            (card(Some(say(p, "پروندهٔ زهره", "Zohreh's case")), facts(&[
                (say(p, "کد ملی", "National code").into(), html! { bdi dir="ltr" { "••••••۴۸۲۱" } }),
                (say(p, "تلفن", "Phone").into(), html! { bdi dir="ltr" { (say(p, "۰۹۱۲ ۰۰۰ ۰۰ ۰۰", "0912 000 00 00")) } }),
                (say(p, "آغاز پرونده", "Opened").into(), p.date(p.now.plus_days(-120).date())),
                (say(p, "آخرین فروش", "Last sale").into(), p.moment(p.now.plus_seconds(-7_300))),
            ])))
        },
    )
}

pub fn empty(p: &Page) -> Markup {
    let title = say(p, "محصول‌ها", "Products");
    page(
        p,
        title,
        html! {
            h1 { (title) }
            (empty_state(Drawing::Loom, say(p, "هنوز محصولی ثبت نشده است", "No products yet"),
                say(p, "با یک عکس و یک قیمت آغاز کنید. بقیه را بعداً می‌نویسید.", "Begin with a photo and a price. The rest can wait."),
                Some(("/products/new", say(p, "افزودن محصول", "Add a product")))))
            (empty_state(Drawing::Jar, say(p, "چیزی پیدا نشد", "Nothing found"), say(p, "نام دیگری را بیازمایید.", "Try another name."), None))
            div.columns { (Drawing::Needle) (Drawing::Oven) }
            (table(say(p, "فروش‌ها", "Sales"), &[say(p, "روز", "Day")], &[], say(p, "هنوز فروشی نشده است.", "Nothing sold yet.")))
            (notice(p, Tone::Plain, html! { p { (say(p, "فهرست هر شب تازه می‌شود.", "The list is renewed each night.")) } }))
            (notice(p, Tone::Warning, html! { p { (say(p, "مهلت پاسخ فرداست.", "The answer is due tomorrow.")) } }))
            (notice(p, Tone::Bad, html! { p { (say(p, "پیامک نرسید.", "The message did not arrive.")) } }))
            (form(p, "/products/1/removal", buttons(html! {
                (danger_button(say(p, "حذف محصول", "Remove the product")))
                (secondary_link("/products", say(p, "بازگشت", "Back")))
            })))
        },
    )
}

pub fn form_page(p: &Page) -> Markup {
    let title = say(p, "پذیرش", "Intake");
    page(
        p,
        title,
        html! {
            h1 { (title) }
            (upload_form(p, "/people", intake(p, &FormErrors::new())))
        },
    )
}

pub fn errors(p: &Page) -> Markup {
    let mut wrong = FormErrors::new();
    wrong.push(
        "first_name",
        say(p, "نام را بنویسید.", "Write the first name."),
    );
    wrong.push(
        "birth",
        say(
            p,
            "۳۰ اسفند در این سال نیست.",
            "This year has no 30 Esfand.",
        ),
    );
    wrong.push("group", say(p, "یکی را انتخاب کنید.", "Choose one."));
    wrong.push("price", say(p, "این یک عدد نیست.", "This is not a number."));
    wrong.push(
        "consent",
        say(
            p,
            "بدون رضایت نمی‌شود ادامه داد.",
            "Consent is needed to go on.",
        ),
    );
    let title = say(p, "پذیرش", "Intake");
    page(
        p,
        title,
        html! {
            h1 { (title) }
            (error_summary(p, &wrong))
            (upload_form(p, "/people", intake(p, &wrong)))
        },
    )
}

fn intake(p: &Page, errors: &FormErrors) -> Markup {
    let label = |fa, en| say(p, fa, en).to_owned();
    let option = |value: &str, fa, en| (value.to_owned(), label(fa, en));
    html! {
        (fieldset(say(p, "شخص", "Person"), html! {
            (field(p, Field { name: "first_name", label: label("نام", "First name"), error: errors.get("first_name"), required: true, autocomplete: Some("given-name"), max: Some(80), ..Field::default() }))
            (field(p, Field { name: "phone", label: label("تلفن همراه", "Mobile phone"), value: "۰۹۱۲۰۰۰۰۰۰۰", hint: Some(label("برای خبر دادن به خودش.", "To tell the person news.")), kind: Kind::Tel, autocomplete: Some("tel"), ..Field::default() }))
            (date_field(p, DateField { name: "birth", label: label("روز تولد", "Birth date"), day: "۳۰", month: "12", year: "۱۳۵۸", error: errors.get("birth"), hint: Some(label("اگر دقیق نمی‌دانید، نزدیک‌ترین را بنویسید.", "If not sure, write the nearest.")), required: true }))
            (radios(p, Choice { name: "group", label: label("از کدام راه آمده است؟", "How did the person come?"), options: vec![option("visit", "خودش آمد", "Came in person"), option("phone", "تلفن کرد", "By phone"), option("body", "نهادی معرفی کرد", "Sent by a body")], value: "phone", error: errors.get("group"), required: true, ..Choice::default() }))
        }))
        (fieldset(say(p, "کار", "Work"), html! {
            (select(p, Choice { name: "field", label: label("رشتهٔ کار", "Field of work"), options: vec![option("food", "خوراکی خانگی", "Home-made food"), option("weaving", "بافت", "Weaving")], value: "food", ..Choice::default() }))
            (checkboxes(p, Choice { name: "needs", label: label("چه لازم دارد؟", "What is needed?"), options: vec![option("tools", "ابزار", "Tools"), option("loan", "وام", "Loan"), option("course", "آموزش", "Training")], ..Choice::default() }, &["tools", "course"]))
            (money_field(p, Field { name: "price", label: label("قیمت هر شیشه", "Price of a jar"), value: if errors.is_empty() { "۱۸۵۰۰۰" } else { "صد" }, error: errors.get("price"), required: true, ..Field::default() }))
            (date_text_field(p, Field { name: "visit_on", label: label("روز بازدید", "Day of the visit"), ..Field::default() }))
            (file_field(p, Field { name: "photo", label: label("عکس محصول", "Photo of the product"), hint: Some(label("تا ۱۲ مگابایت.", "Up to 12 MB.")), ..Field::default() }, "image/jpeg,image/png"))
            (field(p, Field { name: "note", label: label("یادداشت", "Note"), kind: Kind::Area, max: Some(2_000), ..Field::default() }))
            (field(p, Field { name: "code", label: label("کد پیگیری", "Tracking code"), value: "LT-204", kind: Kind::Code, ..Field::default() }))
            (field(p, Field { name: "password", label: label("گذرواژه", "Password"), kind: Kind::Password, autocomplete: Some("current-password"), required: true, ..Field::default() }))
            (field(p, Field { name: "count", label: label("تعداد", "Count"), value: "۱۲", kind: Kind::Numeric, required: true, ..Field::default() }))
            (tick(p, "consent", say(p, "رضایت خودش را گرفته‌ام.", "I have the person's consent."), false, errors.get("consent")))
        }))
        (save_bar(html! {
            (primary_button(say(p, "ثبت و ادامه", "Save and go on")))
            (secondary_button(say(p, "نگه‌داشتن پیش‌نویس", "Keep as a draft")))
        }))
    }
}
