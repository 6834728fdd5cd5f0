//! Loading the built-in reference data.

use db::{Result, Tx, sql};
use serde::Deserialize;
use uuid::Uuid;

use super::{AnswersBy, Consequence};
use crate::chains::Starts;
use crate::clock::Act;
use crate::parcels::Field;

/// The built-in data; a city may add versions, services and codes of its own.
const BUILT_IN: &str = include_str!("../../data/reference.json");

#[derive(Deserialize)]
struct BuiltIn {
    services: Vec<Service>,
    templates: Vec<Template>,
    declines: Vec<Decline>,
    reminders: Vec<Reminder>,
}

#[derive(Deserialize)]
struct Service {
    service: String,
    name_fa: String,
    name_en: String,
    fields: Vec<Field>,
    answers_by: AnswersBy,
    gives_licence: bool,
    #[serde(default)]
    needs_release: bool,
    next_action: casework::NextAction,
}

#[derive(Deserialize)]
struct Template {
    code: String,
    version: i64,
    name_fa: String,
    name_en: String,
    legs: Vec<TemplateLeg>,
}

#[derive(Deserialize)]
struct TemplateLeg {
    code: String,
    organization_kind: organizations::OrganizationKind,
    service: String,
    starts: Starts,
    name_fa: String,
    name_en: String,
    after: Vec<String>,
}

#[derive(Deserialize)]
struct Decline {
    code: String,
    name_fa: String,
    name_en: String,
    consequence: Consequence,
    #[serde(default)]
    is_checked: bool,
}

#[derive(Deserialize)]
struct Reminder {
    step: i64,
    after_hours: i64,
    act: Act,
}

/// Loads what is missing; what is there stays as the city left it.
pub async fn load(tx: &mut Tx) -> Result<()> {
    let data: BuiltIn = serde_json::from_str(BUILT_IN)?;
    for row in data.services {
        sql("INSERT INTO service_term (service, name_fa, name_en, fields, answers_by, gives_licence,
             needs_release, next_action) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (service) DO NOTHING")
        .bind(row.service)
        .bind(row.name_fa)
        .bind(row.name_en)
        .bind(serde_json::json!(row.fields))
        .bind(row.answers_by)
        .bind(row.gives_licence)
        .bind(row.needs_release)
        .bind(row.next_action)
        .execute(tx)
        .await?;
    }
    for template in data.templates {
        load_template(tx, template).await?;
    }
    for (position, row) in (1_i64..).zip(data.declines) {
        sql(
            "INSERT INTO decline_code (code, position, name_fa, name_en, consequence, is_checked)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code) DO NOTHING",
        )
        .bind(row.code)
        .bind(position)
        .bind(row.name_fa)
        .bind(row.name_en)
        .bind(row.consequence)
        .bind(row.is_checked)
        .execute(tx)
        .await?;
    }
    for row in data.reminders {
        sql(
            "INSERT INTO reminder_rule (step, after_hours, act) VALUES ($1, $2, $3)
             ON CONFLICT (step) DO NOTHING",
        )
        .bind(row.step)
        .bind(row.after_hours)
        .bind(row.act)
        .execute(tx)
        .await?;
    }
    Ok(())
}

async fn load_template(tx: &mut Tx, template: Template) -> Result<()> {
    let id = tx.new_id();
    let is_new = sql(
        "INSERT INTO chain_template (id, code, version, name_fa, name_en, valid_from)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code, version) DO NOTHING",
    )
    .bind(id)
    .bind(template.code)
    .bind(template.version)
    .bind(template.name_fa)
    .bind(template.name_en)
    // Templates hold for cases of any age: the demo writes two years of history.
    .bind(first_day())
    .execute(tx)
    .await?
        == 1;
    if !is_new {
        return Ok(());
    }
    let mut ids: Vec<(String, Uuid)> = Vec::new();
    for (position, leg) in (1_i64..).zip(&template.legs) {
        let leg_id = tx.new_id();
        sql(
            "INSERT INTO template_leg (id, template_id, code, position, organization_kind, service,
             starts, name_fa, name_en) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(leg_id)
        .bind(id)
        .bind(&leg.code)
        .bind(position)
        .bind(leg.organization_kind)
        .bind(&leg.service)
        .bind(leg.starts)
        .bind(&leg.name_fa)
        .bind(&leg.name_en)
        .execute(tx)
        .await?;
        ids.push((leg.code.clone(), leg_id));
    }
    let id_of = |code: &str| {
        let found = ids
            .iter()
            .find(|(known, _)| known == code)
            .map(|(_, id)| *id);
        found.ok_or_else(|| db::Error::other(format!("no template leg {code}")))
    };
    for leg in &template.legs {
        for before in &leg.after {
            sql("INSERT INTO template_edge (leg_id, before_id) VALUES ($1, $2)")
                .bind(id_of(&leg.code)?)
                .bind(id_of(before)?)
                .execute(tx)
                .await?;
        }
    }
    Ok(())
}

/// 1 Farvardin 1400: before any case of the programme.
fn first_day() -> persian::Date {
    persian::Jalali {
        year: 1400,
        month: 1,
        day: 1,
    }
    .to_date()
}
