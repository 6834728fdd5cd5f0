use access::{Ask, Need, Routes};
use maud::{Markup, html};
use web::parts::{self, Column, Kind};
use web::{Form, FormErrors, Outcome};

use super::{CiteArticle, Cites};
use crate::assessment::pick;
use crate::shown::Fields;
use crate::{BUDGET_GRANT, BUDGET_READ, WORDS};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/citations", Need::May(&BUDGET_READ), show)
        .post("/citations", Need::May(&BUDGET_GRANT), cite)
}

async fn show(ask: Ask) -> Outcome {
    let view = page(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "citations-title"), view)
}

// words: cites-*
async fn page(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let all = super::list(&mut ask.read().await?).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let kind = |kind: Cites| t(&format!("cites-{}", kind.as_str().replace('_', "-")));
    let columns = [
        Column::text(t("citations-what")),
        Column::text(t("citations-name")),
        Column::text(t("citations-article")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| {
            vec![
                html! { (kind(one.kind)) },
                html! { bdi { (pick(p.lang, &one.name_fa, &one.name_en)) } },
                html! { @match &one.article_ref { Some(address) => code dir="ltr" { (address) }, None => "—" } },
            ]
        })
        .collect();
    let fields = Fields { p, form, errors };
    let choices = all.iter().map(|one| {
        let name = format!(
            "{} · {}",
            kind(one.kind),
            pick(p.lang, &one.name_fa, &one.name_en)
        );
        (format!("{}:{}", one.kind, one.code), name)
    });
    Ok(html! {
        (parts::back_link("/budget", &t("budget-title")))
        h1 { (t("citations-title")) }
        p { (t("citations-lead")) }
        (parts::error_summary(p, errors))
        (parts::table(&t("citations-title"), &columns, &rows, &t("budget-empty")))
        @if BUDGET_GRANT.is_held_by(&ask.viewer) {
            h2 { (t("citations-new")) }
            (parts::form(p, "/citations", html! {
                (fields.select("cites", choices.collect(), true))
                (fields.text("article_ref", Kind::Code, false))
                (parts::primary_button(&t("citations-save")))
            }))
        }
    })
}

async fn cite(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let what: Option<String> = read.choice("cites");
    let article_ref = read.optional_text("article_ref", 100);
    let mut errors = read.errors;
    let what = what.as_deref().and_then(|text| text.split_once(':'));
    let what = what.and_then(|(kind, code)| Some((kind.parse::<Cites>().ok()?, code.to_owned())));
    if let (Some((kind, code)), Some(article_ref)) = (what, article_ref) {
        let command = CiteArticle {
            kind,
            code,
            article_ref,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with("/citations", &ask.page.t(&WORDS, "citations-saved"));
        }
    }
    let view = page(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "citations-title"), view)
}
