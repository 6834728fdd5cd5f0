//! How instruments stand to one another.

use access::audit;
use access::{Ask, Key, Need, Routes, contract::Gives};
use axum::extract::Path;
use db::{Conn, Reason, Result, Tx, Write, sql};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use web::parts;
use web::{Form, FormErrors, Json, Outcome, Page};

use super::{Ordinance, OrdinanceId};
use crate::WORDS;
use crate::forms::{Typed, answer};
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};

/// The two stand to one another already, or are one.
pub const RELATION_TAKEN: Reason = Reason::new("ordinance_relation_taken", 409);

db::text_enum! {
    /// How one instrument stands to another.
    #[schemars(rename = "OrdinanceRelationKind")]
    pub enum RelationKind {
        /// Beside it.
        SisterOf = "sister_of",
        /// Below it.
        Under = "under",
    }
}

/// A relation as it is kept.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "OrdinanceRelation")]
pub struct Relation {
    /// The one that stands so.
    pub from_id: OrdinanceId,
    /// The one it stands to.
    pub to_id: OrdinanceId,
    /// How.
    pub kind: RelationKind,
}

/// Says how an instrument stands to another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RelateOrdinances {
    /// Made by the sender.
    pub id: Uuid,
    /// The one that stands so.
    pub from_id: OrdinanceId,
    /// The one it stands to.
    pub to_id: OrdinanceId,
    /// How.
    pub kind: RelationKind,
}

impl Write for RelateOrdinances {
    const NAME: &'static str = "relate_ordinances";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        sql("INSERT INTO ordinance_relation (id, from_id, to_id, kind, made_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.id)
            .bind(self.from_id)
            .bind(self.to_id)
            .bind(self.kind)
            .bind(tx.now())
            .execute(tx)
            .await
            .map_err(|error| {
                error
                    .or_reason("ux_ordinance_relation", &RELATION_TAKEN)
                    .or_reason("ck_ordinance_relation_other", &RELATION_TAKEN)
            })?;
        let detail = json!({ "to": self.to_id, "kind": self.kind });
        audit::record(
            tx,
            "ordinances_related",
            "ordinance",
            Some(self.from_id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// All relations.
pub(super) async fn list(conn: &mut Conn) -> Result<Vec<Relation>> {
    sql("SELECT from_id, to_id, kind FROM ordinance_relation ORDER BY id")
        .all(conn)
        .await
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/ordinances/{id}/relations/new",
            Need::May(&ORDINANCE_KEEP),
            new,
        )
        .post(
            "/ordinances/{id}/relations",
            Need::May(&ORDINANCE_KEEP),
            relate,
        )
        .api_get(
            "/api/v1/ordinance-relations",
            Need::May(&ORDINANCE_READ),
            give,
        )
        .api_post(
            "/api/v1/ordinance-relations",
            Need::May(&ORDINANCE_KEEP),
            take,
        )
}

async fn give(ask: Ask) -> Outcome<impl Gives> {
    let items = list(&mut ask.read().await?).await?;
    ask.whole(items)
}

async fn take(ask: Ask, Key(_): Key, Json(command): Json<RelateOrdinances>) -> Outcome<impl Gives> {
    answer(&ask, command.id, command).await
}

// words: relation-*
/// How an instrument stands to others, seen from either side.
pub(super) fn shown(
    p: &Page,
    one: &Ordinance,
    all: &[Ordinance],
    relations: &[Relation],
) -> Markup {
    let title = |id: OrdinanceId| {
        all.iter()
            .find(|other| other.id == id)
            .map(|other| other.title(p.lang))
    };
    let lines = relations.iter().filter_map(|relation| {
        let (other, key) = match (
            relation.from_id == one.id,
            relation.to_id == one.id,
            relation.kind,
        ) {
            (true, _, RelationKind::SisterOf) => (relation.to_id, "relation-sister"),
            (true, _, RelationKind::Under) => (relation.to_id, "relation-under"),
            (_, true, RelationKind::SisterOf) => (relation.from_id, "relation-sister"),
            (_, true, RelationKind::Under) => (relation.from_id, "relation-above"),
            _ => return None,
        };
        let name = title(other)?;
        Some(p.tr(&WORDS, key, &[("title", name.into())]))
    });
    let lines: Vec<String> = lines.collect();
    html! { @if !lines.is_empty() { ul { @for line in &lines { li { (line) } } } } }
}

async fn form_page(ask: &Ask, id: OrdinanceId, typed: Typed<'_>) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let one = super::get_ordinance(&mut conn, id).await?;
    let mut others = super::list_ordinances(&mut conn).await?;
    others.retain(|other| other.id != id);
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let kinds = RelationKind::ALL.iter().map(|kind| {
        (
            kind.to_string(),
            t(&format!(
                "relation-kind-{}",
                kind.as_str().replace('_', "-")
            )),
        )
    });
    let others = others
        .iter()
        .map(|other| (other.id.to_string(), other.title(p.lang).to_owned()));
    Ok(html! {
        (parts::back_link("/ordinances", &t("ordinances-title")))
        h1 { (t("relation-new")) }
        p { (one.title(p.lang)) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/ordinances/{id}/relations"), html! {
            (typed.select(p, "kind", "relation-kind", kinds.collect(), true))
            (typed.select(p, "to_id", "relation-to", others.collect(), true))
            (parts::primary_button(&t("save")))
        }))
    })
}

async fn new(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = form_page(&ask, id, typed).await?;
    ask.html(&ask.page.t(&WORDS, "relation-new"), view)
}

async fn relate(ask: Ask, Path(from_id): Path<OrdinanceId>, form: Form) -> Outcome {
    super::get_ordinance(&mut ask.read().await?, from_id).await?;
    let mut read = form.read(&ask.page);
    let fields = (read.choice("kind"), read.choice("to_id"));
    let mut errors = read.errors;
    if let (Some(kind), Some(to_id)) = fields {
        let command = RelateOrdinances {
            id: form.key()?,
            from_id,
            to_id,
            kind,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with("/ordinances", &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = form_page(&ask, from_id, typed).await?;
    ask.again(&ask.page.t(&WORDS, "relation-new"), view)
}
