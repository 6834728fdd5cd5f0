use std::collections::BTreeSet;

use access::{Ask, Need, Routes};
use axum::extract::Path;
use indicators::FIGURE_LIST;
use web::{Form, FormErrors, Outcome};

use super::{AddArticle, ArticleId, CreateOrdinance, InstrumentKind, OrdinanceId, dossier, views};
use crate::forms::Typed;
use crate::permissions::{EVIDENCE_GIVE, EVIDENCE_VERIFY, ORDINANCE_KEEP, ORDINANCE_READ};
use crate::{WORDS, committees, meetings, plan, reminders, resolutions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/ordinances", Need::May(&ORDINANCE_READ), list)
        .get("/ordinances/new", Need::May(&ORDINANCE_KEEP), new)
        .post("/ordinances", Need::May(&ORDINANCE_KEEP), create)
        .get(
            "/ordinances/{id}/articles/new",
            Need::May(&ORDINANCE_KEEP),
            new_article,
        )
        .post(
            "/ordinances/{id}/articles",
            Need::May(&ORDINANCE_KEEP),
            add_article,
        )
        .get("/articles/{id}", Need::May(&ORDINANCE_READ), show)
        .get("/articles/{id}/dossier", Need::May(&ORDINANCE_READ), print)
}

async fn list(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut trees = Vec::new();
    let ordinances = super::list_ordinances(&mut conn).await?;
    for ordinance in &ordinances {
        trees.push(super::tree(&mut conn, ordinance.id, today).await?);
    }
    let basis = views::Basis {
        relations: super::relations::list(&mut conn).await?,
        nowhere: super::cited_nowhere(&mut conn).await?,
        may_keep: ORDINANCE_KEEP.is_held_by(&ask.viewer),
        ordinances,
        trees,
    };
    ask.html(
        &ask.page.t(&WORDS, "ordinances-title"),
        views::list(&ask.page, &basis),
    )
}

async fn show(ask: Ask, Path(id): Path<ArticleId>) -> Outcome {
    let shown = gather(&ask, id).await?;
    ask.html(
        &super::name(&ask.page, &shown.article),
        views::show(&ask.page, &shown),
    )
}

async fn print(ask: Ask, Path(id): Path<ArticleId>) -> Outcome {
    let shown = gather(&ask, id).await?;
    let paper = dossier::dossier(&ask, &shown)?;
    ask.paper(paper).await
}

/// Everything about an article that its reader may know.
async fn gather(ask: &Ask, id: ArticleId) -> Outcome<views::Shown> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let article = super::get(&mut conn, id, today).await?;
    let mut figures = Vec::new();
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    for code in super::figure_codes(&mut conn, id).await? {
        let definition = indicators::definition(&mut conn, &code).await?;
        let told = indicators::told(&mut conn, &definition, today, may_list).await?;
        figures.push((definition, told));
    }
    // Resolutions and reminders are a committee's papers: only those the viewer may know about.
    let known = committees::list(&mut conn, &ask.viewer, today).await?;
    let is_known = |committee| known.iter().any(|one| one.id == committee);
    let mut decided = resolutions::list_of_article(&mut conn, id).await?;
    decided.retain(|resolution| is_known(resolution.committee_id));
    let mut papers = Vec::new();
    for meeting in decided
        .iter()
        .map(|one| one.meeting_id)
        .collect::<BTreeSet<_>>()
    {
        for paper in meetings::documents::list(&mut conn, meeting).await? {
            papers.push((meeting, paper));
        }
    }
    let mut reminded = reminders::list_of_article(&mut conn, id).await?;
    reminded.retain(|reminder| is_known(reminder.committee_id));
    let actions = plan::list_of_article(&mut conn, id, today).await?;
    let proofs = plan::pages::proofs(&mut conn, &actions).await?;
    Ok(views::Shown {
        ordinance: super::get_ordinance(&mut conn, article.ordinance_id).await?,
        below: super::children(&mut conn, id, today).await?,
        versions: super::versions(&mut conn, id).await?,
        cited_by: super::cited_by(&mut conn, id).await?,
        actions,
        proofs,
        figures,
        decided,
        papers,
        reminded,
        may_give: EVIDENCE_GIVE.is_held_by(&ask.viewer),
        may_verify: EVIDENCE_VERIFY.is_held_by(&ask.viewer),
        may_keep: ORDINANCE_KEEP.is_held_by(&ask.viewer),
        user: ask.viewer.user_id(),
        article,
    })
}

async fn new(ask: Ask) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    ask.html(
        &ask.page.t(&WORDS, "ordinance-new"),
        views::ordinance_form(&ask.page, typed),
    )
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let fields = (
        read.text("code", 40),
        read.text("title_fa", 200),
        read.text("title_en", 200),
        read.date("passed_on"),
        read.date("notified_on"),
        read.date("compliance_over_on"),
    );
    let is_sample = read.ticked("is_sample");
    let kind = read.optional_choice::<InstrumentKind>("kind").flatten();
    let mut errors = read.errors;
    if let (
        Some(code),
        Some(title_fa),
        Some(title_en),
        Some(passed_on),
        Some(notified_on),
        Some(compliance_over_on),
    ) = fields
    {
        let id = OrdinanceId::new(form.key()?);
        let command = CreateOrdinance {
            id,
            kind: kind.unwrap_or_default(),
            code,
            title_fa,
            title_en,
            passed_on,
            notified_on,
            compliance_over_on,
            is_sample,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/ordinances", &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    ask.again(
        &ask.page.t(&WORDS, "ordinance-new"),
        views::ordinance_form(&ask.page, typed),
    )
}

async fn new_article(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    article_form(&ask, id, typed, false).await
}

async fn article_form(ask: &Ask, id: OrdinanceId, typed: Typed<'_>, is_again: bool) -> Outcome {
    let mut conn = ask.read().await?;
    let ordinance = super::get_ordinance(&mut conn, id).await?;
    let tree = super::tree(&mut conn, id, ask.now().date()).await?;
    let figures = indicators::definitions(&mut conn).await?;
    let view = views::article_form(&ask.page, &ordinance, &tree, &figures, typed);
    let title = ask.page.t(&WORDS, "article-new");
    if is_again {
        ask.again(&title, view)
    } else {
        ask.html(&title, view)
    }
}

async fn add_article(ask: Ask, Path(ordinance_id): Path<OrdinanceId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let place = (
        read.optional_choice("parent_id"),
        read.choice("kind"),
        read.number("number", 1, 999),
    );
    let heading = (read.text("heading_fa", 200), read.text("heading_en", 200));
    let wording = (
        read.note("wording_fa", 4_000),
        read.note("wording_en", 4_000),
    );
    let valid_from = read.date("valid_from");
    let is_sample = read.ticked("is_sample");
    let mut errors = read.errors;
    if let (
        (Some(parent_id), Some(kind), Some(number)),
        (Some(heading_fa), Some(heading_en)),
        (Some(wording_fa), Some(wording_en)),
        Some(valid_from),
    ) = (place, heading, wording, valid_from)
    {
        let figures = form.all("figures").to_vec();
        let command = AddArticle {
            id: ArticleId::new(form.key()?),
            ordinance_id,
            parent_id,
            kind,
            number,
            heading_fa,
            heading_en,
            wording_fa,
            wording_en,
            valid_from,
            is_sample,
            figures,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/articles/{id}"), &ask.page.t(&WORDS, "saved"));
        }
    }
    article_form(
        &ask,
        ordinance_id,
        Typed {
            form: &form,
            errors: &errors,
        },
        true,
    )
    .await
}
