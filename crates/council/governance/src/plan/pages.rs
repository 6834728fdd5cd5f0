use std::collections::BTreeMap;

use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Conn;
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use super::{Action, ActionId, AddAction, views};
use crate::WORDS;
use crate::articles::{self, ArticleId};
use crate::evidence::{self, Evidence, Proves};
use crate::forms::{Lists, Typed};
use crate::permissions::ORDINANCE_KEEP;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/articles/{id}/actions/new",
            Need::May(&ORDINANCE_KEEP),
            new,
        )
        .post("/articles/{id}/actions", Need::May(&ORDINANCE_KEEP), create)
}

/// The evidence for every part of these actions, by the part's id.
pub(crate) async fn proofs(
    conn: &mut Conn,
    actions: &[Action],
) -> db::Result<BTreeMap<Uuid, Vec<Evidence>>> {
    let mut proofs = BTreeMap::new();
    for action in actions {
        // Parts without evidence need no question.
        for milestone in action.milestones.iter().filter(|one| one.given > 0) {
            proofs.insert(
                milestone.id.get(),
                evidence::list(conn, Proves::Milestone(milestone.id)).await?,
            );
        }
        for commitment in action.commitments.iter().filter(|one| one.delivered > 0) {
            proofs.insert(
                commitment.id.get(),
                evidence::list(conn, Proves::Commitment(commitment.id)).await?,
            );
        }
    }
    Ok(proofs)
}

async fn new(ask: Ask, Path(id): Path<ArticleId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    form_page(&ask, id, typed, false).await
}

async fn form_page(ask: &Ask, id: ArticleId, typed: Typed<'_>, is_again: bool) -> Outcome {
    let mut conn = ask.read().await?;
    let article = articles::get(&mut conn, id, ask.now().date()).await?;
    let programmes = super::list_programmes(&mut conn).await?;
    let lists = Lists::read(&mut conn, ask).await?;
    let view = views::action_form(&ask.page, &article, &programmes, &lists, typed);
    let title = ask.page.t(&WORDS, "action-new");
    if is_again {
        ask.again(&title, view)
    } else {
        ask.html(&title, view)
    }
}

async fn create(ask: Ask, Path(article_id): Path<ArticleId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let place = (read.choice("programme_id"), read.choice("organization_id"));
    let names = (
        read.text("code", 40),
        read.text("name_fa", 200),
        read.text("name_en", 200),
    );
    let days = (read.date("starts_on"), read.date("due_on"));
    let mut errors = read.errors;
    if let (
        (Some(programme_id), Some(organization_id)),
        (Some(code), Some(name_fa), Some(name_en)),
        (Some(starts_on), Some(due_on)),
    ) = (place, names, days)
    {
        let id = ActionId::new(form.key()?);
        let command = AddAction {
            id,
            programme_id,
            article_id,
            organization_id,
            code,
            name_fa,
            name_en,
            starts_on,
            due_on,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/articles/{article_id}"),
                &ask.page.t(&WORDS, "saved"),
            );
        }
    }
    form_page(
        &ask,
        article_id,
        Typed {
            form: &form,
            errors: &errors,
        },
        true,
    )
    .await
}
