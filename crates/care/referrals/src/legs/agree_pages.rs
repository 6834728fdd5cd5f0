//! The page on which a worker records that a person agreed to be known to a body.

use access::grants::Category;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use casework::cases::Evidence;
use casework::{Case, CaseId, months_after};
use maud::{Markup, html};
use organizations::{Organization, ServiceId, services};
use web::parts::{self, Choice};
use web::{Form, FormErrors, Outcome, Page};

use super::SEND;
use super::pages::case_of;
use crate::parcels::{AgreeToReferral, Field};
use crate::{WORDS, reference};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/agree/{service}", Need::May(&SEND), show)
        .post("/cases/{id}/agree/{service}", Need::May(&SEND), agree)
}

/// Months a consent holds when nobody says otherwise.
const MONTHS: i64 = 12;

struct Asked {
    case: Case,
    body: Organization,
    fields: Vec<Field>,
}

async fn asked(ask: &Ask, id: CaseId, service: ServiceId) -> Outcome<Asked> {
    let mut conn = ask.read().await?;
    let case = case_of(ask, &mut conn, id).await?;
    let service = services::get(&mut conn, service).await?;
    let body = organizations::get(&mut conn, service.organization_id).await?;
    let fields = reference::term(&mut conn, &service.code).await?.fields;
    Ok(Asked { case, body, fields })
}

async fn show(ask: Ask, Path((id, service)): Path<(CaseId, ServiceId)>) -> Outcome {
    let asked = asked(&ask, id, service).await?;
    let view = view(
        &ask.page,
        &asked,
        service,
        &Form::default(),
        &FormErrors::default(),
    );
    ask.html(&ask.page.t(&WORDS, "agree-title"), view)
}

async fn agree(ask: Ask, Path((id, service)): Path<(CaseId, ServiceId)>, form: Form) -> Outcome {
    let asked = asked(&ask, id, service).await?;
    let mut read = form.read(&ask.page);
    let evidence: Option<Evidence> = read.choice("evidence");
    let classes: Vec<Category> = form
        .all("categories")
        .iter()
        .filter_map(|word| word.parse().ok())
        .collect();
    if classes.is_empty() {
        let sentence = ask.page.t(&WORDS, "agree-classes-needed");
        read.wrong::<()>("categories", sentence);
    }
    let mut errors = read.errors;
    if let (Some(evidence), true) = (evidence, errors.is_empty()) {
        let command = AgreeToReferral {
            id: form.key()?,
            case_id: id,
            organization_id: asked.body.id,
            categories: classes,
            evidence,
            valid_until: months_after(ask.now().date(), MONTHS),
        };
        let posted = ask.post(&form, command).await;
        if ask.refused(posted, &mut errors)?.is_some() {
            let done = ask.page.t(&WORDS, "agree-flash");
            return ask.see_with(format!("/cases/{id}/legs/new?service={service}"), &done);
        }
    }
    let title = ask.page.t(&WORDS, "agree-title");
    ask.again(&title, view(&ask.page, &asked, service, &form, &errors))
}

// words: evidence-* class-* field-*
fn view(p: &Page, asked: &Asked, service: ServiceId, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let case = asked.case.id;
    let classes = Category::ALL
        .iter()
        .filter(|class| asked.fields.iter().any(|field| field.category() == **class));
    let class = |class: &Category| {
        let fields: Vec<String> = asked
            .fields
            .iter()
            .filter(|field| field.category() == *class)
            .map(|field| t(&format!("field-{}", field.as_str().replace('_', "-"))))
            .collect();
        let join = if p.lang == persian::Lang::Fa {
            "، "
        } else {
            ", "
        };
        let name = t(&format!("class-{}", class.as_str()));
        (class.to_string(), format!("{name} ({})", fields.join(join)))
    };
    let evidences = Evidence::ALL.iter();
    let chosen: Vec<&str> = form.all("categories").iter().map(String::as_str).collect();
    html! {
        (parts::back_link(&format!("/cases/{case}/legs"), &t("legs-title")))
        h1 { (t("agree-title")) }
        (parts::error_summary(p, errors))
        p { (p.tr(&WORDS, "agree-lead", &[("body", asked.body.name(p.lang).into())])) }
        (parts::form(p, &format!("/cases/{case}/agree/{service}"), html! {
            (parts::checkboxes(p, Choice {
                name: "categories", label: t("agree-classes"), error: errors.get("categories"),
                options: classes.map(class).collect(), required: true, ..Choice::default()
            }, &chosen))
            (parts::radios(p, Choice {
                name: "evidence", label: t("agree-evidence"), error: errors.get("evidence"),
                value: form.raw("evidence"), required: true,
                options: evidences.map(|evidence| {
                    let key = format!("evidence-{}", evidence.as_str().replace('_', "-"));
                    (evidence.to_string(), t(&key))
                }).collect(),
                ..Choice::default()
            }))
            (parts::primary_button(&t("agree-save")))
        }))
    }
}
