use access::{Ask, Need, Routes};
use maud::{Markup, html};
use web::parts::{self, Column};
use web::{Form, FormErrors, Outcome, Page};

use super::{BudgetLine, GrantBudget};
use crate::shown::Fields;
use crate::{BUDGET_GRANT, BUDGET_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/budget", Need::May(&BUDGET_READ), show)
        .post("/budget", Need::May(&BUDGET_GRANT), grant)
}

async fn show(ask: Ask) -> Outcome {
    let view = page(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "budget-title"), view)
}

async fn page(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let lines = super::list(&mut ask.read().await?).await?;
    let p = &ask.page;
    let fields = Fields { p, form, errors };
    let choices = lines
        .iter()
        .map(|line| (line.code.clone(), line.name(p.lang).to_owned()));
    Ok(html! {
        h1 { (p.t(&WORDS, "budget-title")) }
        p { (p.t(&WORDS, "budget-lead")) }
        (parts::error_summary(p, errors))
        (table(p, &lines))
        p { (parts::secondary_link("/citations", &p.t(&WORDS, "citations-title"))) }
        @if BUDGET_GRANT.is_held_by(&ask.viewer) {
            h2 { (p.t(&WORDS, "budget-grant-title")) }
            (parts::form(p, "/budget", html! {
                (fields.select("budget_line", choices.collect(), true))
                (fields.money("budget_amount", true))
                (parts::primary_button(&p.t(&WORDS, "budget-grant")))
            }))
        }
    })
}

fn table(p: &Page, lines: &[BudgetLine]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut columns = vec![Column::text(t("col-budget"))];
    let figures = ["col-granted", "col-committed", "col-spent", "col-left"];
    columns.extend(figures.iter().map(|key| Column::figures(t(key))));
    let row = |line: &BudgetLine| {
        let name = html! { (line.name(p.lang)) };
        let amounts = [line.granted, line.committed, line.spent, line.left()];
        std::iter::once(name)
            .chain(amounts.map(|amount| p.money(amount)))
            .collect()
    };
    let rows: Vec<Vec<Markup>> = lines.iter().map(row).collect();
    parts::table(&t("budget-title"), &columns, &rows, &t("budget-empty"))
}

async fn grant(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let code: Option<String> = read.choice("budget_line");
    let amount = read.toman("budget_amount");
    if let Some(amount) = amount
        && amount.get() > super::LARGEST
    {
        let sentence = web::WORDS.text(ask.lang(), "field-amount-too-large", &[]);
        read.wrong::<()>("budget_amount", sentence);
    }
    let (is_good, mut errors) = (read.is_good(), read.errors);
    if let (Some(code), Some(amount), true) = (code, amount, is_good) {
        let command = GrantBudget { code, amount };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/budget", &ask.page.t(&WORDS, "budget-granted"));
        }
    }
    let view = page(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "budget-title"), view)
}
