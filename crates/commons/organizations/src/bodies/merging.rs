//! One body goes into another: its records stay as they were, what it owes is the other's turn, and
//! nothing new is sent to it.

use access::{Ask, Need, Routes, audit};
use axum::extract::Path;
use axum::http::StatusCode;
use db::{Conn, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Json, Outcome};

use super::{Organization, OrganizationId, get, list};
use crate::{CHANGE, WORDS};

/// The body has gone into another one already, or that one has.
pub const BODY_MERGED: Reason = Reason::new("body_merged", 409);
/// A body goes into another one, from a day in its life on that is not to come.
pub const MERGE_DAY: Reason = Reason::new("merge_day", 422);
/// A body does not go into itself.
pub const MERGE_ITSELF: Reason = Reason::new("merge_itself", 422);

pub(crate) fn routes() -> Routes {
    // It gives rights: who acts proves who they are.
    let need = Need::Proved(&CHANGE);
    Routes::new()
        .get("/organizations/{id}/merge", need, show)
        .post("/organizations/{id}/merge", need, merge)
        .api_post("/api/v1/organizations/{id}/merge", need, merge_api)
}

/// Refuses for a body that has gone into another one: nothing new is sent to it. The fault is told at
/// `field`.
pub async fn must_stand(conn: &mut Conn, id: OrganizationId, field: &str) -> Result<()> {
    let body = get(conn, id).await?;
    match body.merged_into_id {
        Some(_) => BODY_MERGED.at(field),
        None => Ok(()),
    }
}

/// The body that answers for another one today: itself, or the one it went into.
pub async fn answering(conn: &mut Conn, id: OrganizationId) -> Result<Organization> {
    let body = get(conn, id).await?;
    match body.merged_into_id {
        Some(into) => get(conn, into).await,
        None => Ok(body),
    }
}

/// Puts a body into another one. Whoever works there answers for it from that day on, and offers
/// what it offered.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MergeBody {
    /// The body that ends.
    pub id: OrganizationId,
    /// The one that goes on.
    pub into: OrganizationId,
    /// From this day on.
    pub on: Date,
}

impl Write for MergeBody {
    const NAME: &'static str = "merge_body";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let body = get(tx, self.id).await?;
        get(tx, self.into).await?;
        if self.id == self.into {
            return MERGE_ITSELF.at("into");
        }
        if self.on > tx.today() || self.on < body.valid_from {
            return MERGE_DAY.at("on");
        }
        // Both rows are held, always in one order, so that no two mergers make a chain or a circle.
        for held in [self.id.min(self.into), self.id.max(self.into)] {
            sql("UPDATE organization SET code = code WHERE id = $1")
                .bind(held)
                .execute_one(tx)
                .await?;
        }
        let done = sql(
            "UPDATE organization SET merged_into_id = $2, merged_on = $3, valid_until = $4
             WHERE id = $1 AND merged_into_id IS NULL AND EXISTS
                 (SELECT 1 FROM organization n WHERE n.id = $2 AND n.merged_into_id IS NULL)",
        )
        .bind(self.id)
        .bind(self.into)
        .bind(self.on)
        .bind(self.on.pred_opt().unwrap_or(self.on).max(body.valid_from))
        .execute(tx)
        .await?;
        if done == 0 {
            return BODY_MERGED.refuse();
        }
        // What had gone into it before goes on with it.
        sql("UPDATE organization SET merged_into_id = $2 WHERE merged_into_id = $1")
            .bind(self.id)
            .bind(self.into)
            .execute(tx)
            .await?;
        crate::services::hand_over(tx, self.id, self.into).await?;
        let detail = serde_json::json!({ "into": self.into, "on": self.on });
        audit::record(
            tx,
            "organization_merged",
            "organization",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

async fn page(
    ask: &Ask,
    id: OrganizationId,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let body = get(&mut conn, id).await?;
    let others = list(&mut conn, None).await?;
    let others = others
        .iter()
        .filter(|other| other.id != id && other.merged_into_id.is_none())
        .map(|other| (other.id.to_string(), other.name(ask.lang()).to_owned()))
        .collect();
    let (p, t) = (&ask.page, |key: &str| ask.page.t(&WORDS, key));
    Ok(maud::html! {
        (parts::back_link(&format!("/organizations/{id}"), body.name(ask.lang())))
        h1 { (t("merge-title")) }
        p { (t("merge-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/organizations/{id}/merge"), maud::html! {
            (parts::select(p, Choice {
                name: "into", label: t("merge-into"), value: form.raw("into"), error: errors.get("into"),
                options: others, required: true, ..Choice::default()
            }))
            (parts::date_text_field(p, Field {
                name: "on", label: t("merge-on"), value: form.raw("on"), error: errors.get("on"),
                kind: Kind::Text, required: true, ..Field::default()
            }))
            (parts::primary_button(&t("merge-save")))
        }))
    })
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "merge-title"), view)
}

async fn merge(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let (into, on) = (read.choice("into"), read.date("on"));
    let mut errors = read.errors;
    if let (Some(into), Some(on)) = (into, on) {
        let command = MergeBody { id, into, on };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "merge-done");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "merge-title"), view)
}

/// Into what, and from when on.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MergeInto")]
struct Into {
    into: OrganizationId,
    on: Date,
}

/// Needs no key: a body is merged once.
async fn merge_api(
    ask: Ask,
    Path(id): Path<OrganizationId>,
    Json(Into { into, on }): Json<Into>,
) -> Outcome<impl access::contract::Gives> {
    ask.write(MergeBody { id, into, on }).await?;
    let body = get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &body)
}
