use db::{Result, Tx, sql};
use uuid::Uuid;

use super::{BudgetFile, DomainFile, FormFile, RulesFile, TemplateFile};

/// Loads what the program brings along. Part of `migrate`; may run any number of times.
pub async fn load(tx: &mut Tx) -> Result<()> {
    let form: FormFile = serde_json::from_str(include_str!("../../data/first-assessment.json"))?;
    let rules: RulesFile = serde_json::from_str(include_str!("../../data/entry-rules.json"))?;
    let budget: Vec<BudgetFile> =
        serde_json::from_str(include_str!("../../data/budget-lines.json"))?;
    let templates: Vec<TemplateFile> =
        serde_json::from_str(include_str!("../../data/package-templates.json"))?;
    load_form(tx, form).await?;
    load_rules(tx, rules).await?;
    for line in budget {
        load_budget_line(tx, line).await?;
    }
    for template in templates {
        load_template(tx, template).await?;
    }
    Ok(())
}

async fn load_form(tx: &mut Tx, form: FormFile) -> Result<()> {
    let (fresh, today) = (tx.new_id(), tx.today());
    let id: Uuid = sql(
        "INSERT INTO assessment_form (id, code, name_fa, name_en) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code) DO UPDATE SET name_fa = excluded.name_fa, name_en = excluded.name_en
         RETURNING id AS value",
    )
    .bind(fresh)
    .bind(form.code)
    .bind(form.name_fa)
    .bind(form.name_en)
    .scalar(tx)
    .await?;
    let newest: Option<i64> =
        sql("SELECT max(number) AS value FROM form_version WHERE form_id = $1")
            .bind(id)
            .scalar(tx)
            .await?;
    // A city may have published a version of its own meanwhile: that one stays.
    if newest >= Some(form.number) {
        return Ok(());
    }
    sql("UPDATE form_version SET state = 'retired', retired_on = $2 WHERE form_id = $1 AND state = 'published'")
        .bind(id)
        .bind(today)
        .execute(tx)
        .await?;
    let version = tx.new_id();
    sql("INSERT INTO form_version (id, form_id, number, state, published_on) VALUES ($1, $2, $3, 'published', $4)")
        .bind(version)
        .bind(id)
        .bind(form.number)
        .bind(today)
        .execute(tx)
        .await?;
    for (place, domain) in (1_i64..).zip(form.domains) {
        load_domain(tx, version, place, domain).await?;
    }
    Ok(())
}

async fn load_domain(tx: &mut Tx, version: Uuid, place: i64, domain: DomainFile) -> Result<()> {
    let id = tx.new_id();
    sql(
        "INSERT INTO form_domain (id, version_id, code, place, label_fa, label_en, low_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(version)
    .bind(domain.code)
    .bind(place)
    .bind(domain.label_fa)
    .bind(domain.label_en)
    .bind(domain.low_until)
    .execute(tx)
    .await?;
    let meanings = (1_i64..).zip(domain.meanings);
    let meanings =
        meanings.map(|(score, (fa, en))| vec![id.into(), score.into(), fa.into(), en.into()]);
    let head = "INSERT INTO score_meaning (domain_id, score, meaning_fa, meaning_en)";
    db::insert_many(tx, head, 4, meanings.collect()).await?;
    let mut questions = Vec::with_capacity(domain.questions.len());
    for (within, question) in (1_i64..).zip(domain.questions) {
        questions.push(vec![
            tx.new_id().into(),
            version.into(),
            id.into(),
            question.code.into(),
            (place * 100 + within).into(),
            question.label_fa.into(),
            question.label_en.into(),
            question.purpose_fa.into(),
            question.purpose_en.into(),
            question.kind.into(),
            serde_json::to_value(question.options)?.into(),
            question.sensitivity.into(),
            question.fact.into(),
        ]);
    }
    let head =
        "INSERT INTO form_question (id, version_id, domain_id, code, place, label_fa, label_en,
         purpose_fa, purpose_en, kind, options, sensitivity, fact)";
    db::insert_many(tx, head, 13, questions).await.map(drop)
}

async fn load_rules(tx: &mut Tx, rules: RulesFile) -> Result<()> {
    let newest: Option<i64> = sql("SELECT max(number) AS value FROM rule_version WHERE code = $1")
        .bind(&rules.code)
        .scalar(tx)
        .await?;
    if newest >= Some(rules.number) {
        return Ok(());
    }
    sql("UPDATE rule_version SET state = 'retired' WHERE code = $1 AND state = 'published'")
        .bind(&rules.code)
        .execute(tx)
        .await?;
    sql(
        "INSERT INTO rule_version (id, code, number, name_fa, name_en, state, rule, published_on)
         VALUES ($1, $2, $3, $4, $5, 'published', $6, $7)",
    )
    .bind(tx.new_id())
    .bind(rules.code)
    .bind(rules.number)
    .bind(rules.name_fa)
    .bind(rules.name_en)
    .bind(serde_json::to_value(rules.rule)?)
    .bind(tx.today())
    .execute(tx)
    .await
    .map(drop)
}

async fn load_budget_line(tx: &mut Tx, line: BudgetFile) -> Result<()> {
    sql(
        "INSERT INTO budget_line (id, code, name_fa, name_en, granted, committed, spent)
         VALUES ($1, $2, $3, $4, 0, 0, 0) ON CONFLICT (code) DO NOTHING",
    )
    .bind(tx.new_id())
    .bind(line.code)
    .bind(line.name_fa)
    .bind(line.name_en)
    .execute(tx)
    .await
    .map(drop)
}

async fn load_template(tx: &mut Tx, template: TemplateFile) -> Result<()> {
    let newest: Option<i64> =
        sql("SELECT max(number) AS value FROM package_template WHERE code = $1")
            .bind(&template.code)
            .scalar(tx)
            .await?;
    if newest >= Some(template.number) {
        return Ok(());
    }
    sql("UPDATE package_template SET state = 'retired' WHERE code = $1 AND state = 'published'")
        .bind(&template.code)
        .execute(tx)
        .await?;
    let id = tx.new_id();
    sql(
        "INSERT INTO package_template (id, code, number, target_group, name_fa, name_en, state)
         VALUES ($1, $2, $3, $4, $5, $6, 'published')",
    )
    .bind(id)
    .bind(template.code)
    .bind(template.number)
    .bind(template.target_group)
    .bind(template.name_fa)
    .bind(template.name_en)
    .execute(tx)
    .await?;
    for (place, line) in (1_i64..).zip(template.lines) {
        sql("INSERT INTO package_template_line (id, template_id, place, kind, name_fa, name_en, unit,
             quantity, unit_cost, budget_line_id)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, b.id FROM budget_line b WHERE b.code = $10")
        .bind(tx.new_id())
        .bind(id)
        .bind(place)
        .bind(line.kind)
        .bind(line.name_fa)
        .bind(line.name_en)
        .bind(line.unit)
        .bind(line.quantity)
        .bind(line.unit_cost)
        .bind(line.budget)
        .execute_one(tx)
        .await?;
    }
    Ok(())
}
