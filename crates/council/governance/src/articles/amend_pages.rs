//! A new wording of an article; those before it stay readable.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use web::parts::{self, Kind};
use web::{Form, FormErrors, Outcome, Page};

use super::{AmendArticle, Article, ArticleId, RepealArticle};
use crate::WORDS;
use crate::forms::{Lists, Typed};
use crate::permissions::ORDINANCE_KEEP;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/articles/{id}/amend", Need::May(&ORDINANCE_KEEP), new)
        .post("/articles/{id}/amend", Need::May(&ORDINANCE_KEEP), amend)
        .get(
            "/articles/{id}/repeal",
            Need::May(&ORDINANCE_KEEP),
            repeal_form,
        )
        .post("/articles/{id}/repeal", Need::May(&ORDINANCE_KEEP), repeal)
}

async fn new(ask: Ask, Path(id): Path<ArticleId>) -> Outcome {
    let article = super::get(&mut ask.read().await?, id, ask.now().date()).await?;
    let form = Form::prefilled([
        ("heading_fa", article.heading_fa.clone()),
        ("heading_en", article.heading_en.clone()),
        ("wording_fa", article.wording_fa.clone()),
        ("wording_en", article.wording_en.clone()),
    ]);
    let errors = FormErrors::default();
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let title = ask.page.t(&WORDS, "article-amend");
    ask.html(&title, view(&ask.page, &article, typed))
}

fn view(p: &Page, article: &Article, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let back = format!("/articles/{}", article.id);
    html! {
        (parts::back_link(&back, &super::name(p, article)))
        h1 { (t("article-amend")) }
        p { (t("article-amend-lead")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("{back}/amend"), html! {
            (typed.field(p, "heading_fa", "heading-fa", Kind::Text, true))
            (typed.field(p, "heading_en", "heading-en", Kind::Text, true))
            (typed.field(p, "wording_fa", "wording-fa", Kind::Area, true))
            (typed.field(p, "wording_en", "wording-en", Kind::Area, true))
            (typed.day(p, "valid_from", "valid-from"))
            (parts::tick(p, "is_sample", &t("sample-tick"), typed.form.has("is_sample"), None))
            (parts::primary_button(&t("save")))
        }))
    }
}

async fn amend(ask: Ask, Path(article_id): Path<ArticleId>, form: Form) -> Outcome {
    let article = super::get(&mut ask.read().await?, article_id, ask.now().date()).await?;
    let mut read = form.read(&ask.page);
    let heading = (read.text("heading_fa", 200), read.text("heading_en", 200));
    let wording = (
        read.note("wording_fa", 4_000),
        read.note("wording_en", 4_000),
    );
    let valid_from = read.date("valid_from");
    let is_sample = read.ticked("is_sample");
    let mut errors = read.errors;
    if let (
        (Some(heading_fa), Some(heading_en)),
        (Some(wording_fa), Some(wording_en)),
        Some(valid_from),
    ) = (heading, wording, valid_from)
    {
        let command = AmendArticle {
            id: form.key()?,
            article_id,
            heading_fa,
            heading_en,
            wording_fa,
            wording_en,
            valid_from,
            is_sample,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            let place = format!("/articles/{article_id}");
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let title = ask.page.t(&WORDS, "article-amend");
    ask.again(&title, view(&ask.page, &article, typed))
}

async fn repeal_page(ask: &Ask, id: ArticleId, typed: Typed<'_>) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let article = super::get(&mut conn, id, ask.now().date()).await?;
    let lists = Lists::read(&mut conn, ask).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let back = format!("/articles/{id}");
    let mut others = lists.articles(p);
    others.retain(|(other, _)| *other != id.to_string());
    Ok(html! {
        (parts::back_link(&back, &super::name(p, &article)))
        h1 { (t("article-repeal")) }
        p { (t("article-repeal-lead")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("{back}/repeal"), html! {
            (typed.day(p, "repealed_on", "article-repealed-on"))
            (typed.select(p, "successor_id", "article-successor", others, false))
            (parts::primary_button(&t("article-repeal")))
        }))
    })
}

async fn repeal_form(ask: Ask, Path(id): Path<ArticleId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = repeal_page(&ask, id, typed).await?;
    ask.html(&ask.page.t(&WORDS, "article-repeal"), view)
}

async fn repeal(ask: Ask, Path(article_id): Path<ArticleId>, form: Form) -> Outcome {
    super::get(&mut ask.read().await?, article_id, ask.now().date()).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.date("repealed_on"),
        read.optional_choice::<ArticleId>("successor_id"),
    );
    let mut errors = read.errors;
    if let (Some(repealed_on), Some(successor_id)) = fields {
        let command = RepealArticle {
            article_id,
            repealed_on,
            successor_id,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            let place = format!("/articles/{article_id}");
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = repeal_page(&ask, article_id, typed).await?;
    ask.again(&ask.page.t(&WORDS, "article-repeal"), view)
}
