use maud::{Markup, html};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use super::{FeeKind, Group, ServedGender, ServiceKind};
use crate::WORDS;
use crate::services::Service;
use crate::services::directory::views::kind_name;

// words: service-gender-* service-fee-*

/// A recurrence rule, for whoever has not seen one.
const EXAMPLE: &str = "FREQ=WEEKLY;BYDAY=SA,SU";

/// The form that tells what a service is.
pub(super) fn form(
    p: &Page,
    service: &Service,
    groups: &[Group],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let at = format!(
        "/organizations/{}/services/{}",
        service.organization_id, service.id
    );
    let given = |name: &'static str, key: &str, kind: Kind, hint: Option<String>| Field {
        name,
        label: t(key),
        value: form.raw(name),
        error: errors.get(name),
        kind,
        hint,
        ..Field::default()
    };
    let field = |name: &'static str, key: &str, kind: Kind, hint: Option<&str>| {
        parts::field(p, given(name, key, kind, hint.map(&t)))
    };
    let select = |name: &'static str, key: &str, options: Vec<(String, String)>| {
        let choice = Choice {
            name,
            label: t(key),
            value: form.raw(name),
            error: errors.get(name),
            options,
            required: true,
            ..Choice::default()
        };
        parts::select(p, choice)
    };
    let tick = |name: &'static str, key: &str| {
        parts::tick(p, name, &t(key), form.raw(name) == "yes", errors.get(name))
    };
    let kinds = ServiceKind::ALL.iter();
    let kinds = kinds.map(|kind| (kind.to_string(), kind_name(p, *kind)));
    let genders = ServedGender::ALL.iter();
    let genders = genders.map(|one| (one.to_string(), t(&format!("service-gender-{one}"))));
    let fees = FeeKind::ALL.iter();
    let fees = fees.map(|one| (one.to_string(), t(&format!("service-fee-{one}"))));
    let chosen: Vec<&str> = form.all("groups").iter().map(String::as_str).collect();
    let asked = Choice {
        name: "groups",
        label: t("service-groups"),
        error: errors.get("groups"),
        options: groups
            .iter()
            .map(|group| (group.code.clone(), group.name(p.lang).to_owned()))
            .collect(),
        ..Choice::default()
    };
    let rule_hint = p.tr(&WORDS, "service-rule-hint", &[("example", EXAMPLE.into())]);
    html! {
        (parts::back_link(&at, service.name(p.lang)))
        h1 { (t("service-edit")) " · " bdi { (service.name(p.lang)) } }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("{at}/edit"), html! {
            (select("kind", "service-kind", kinds.collect()))
            (field("about_fa", "service-about-fa", Kind::Area, Some("service-about-hint")))
            (field("about_en", "service-about-en", Kind::Area, None))
            (parts::fieldset(&t("service-for-whom"), html! {
                (tick("is_for_all", "service-for-all-tick"))
                (select("gender", "service-gender", genders.collect()))
                (field("age_from", "service-age-from", Kind::Numeric, None))
                (field("age_to", "service-age-to", Kind::Numeric, None))
                @if !groups.is_empty() { (parts::checkboxes(p, asked, &chosen)) }
                (field("eligibility_fa", "service-eligibility-fa", Kind::Area, None))
                (field("eligibility_en", "service-eligibility-en", Kind::Area, None))
            }))
            (parts::fieldset(&t("service-bring"), html! {
                (tick("asks_no_documents", "service-documents-none-tick"))
                (field("documents_fa", "service-documents-fa", Kind::Area, Some("service-documents-hint")))
                (field("documents_en", "service-documents-en", Kind::Area, None))
            }))
            (parts::fieldset(&t("service-cost"), html! {
                (select("fee", "service-fee", fees.collect()))
                (parts::money_field(p, given("fee_amount", "service-fee-rial", Kind::Numeric, None)))
                (field("fee_fa", "service-fee-words-fa", Kind::Text, None))
                (field("fee_en", "service-fee-words-en", Kind::Text, None))
            }))
            (parts::fieldset(&t("service-hours"), html! {
                (field("schedule_fa", "service-schedule-fa", Kind::Text, Some("service-schedule-hint")))
                (field("schedule_en", "service-schedule-en", Kind::Text, None))
                (field("opens", "place-opens", Kind::Numeric, None))
                (field("closes", "place-closes", Kind::Numeric, None))
                (parts::field(p, given("schedule_rule", "service-rule", Kind::Code, Some(rule_hint))))
            }))
            (field("regions", "service-regions", Kind::Text, Some("profile-regions-hint")))
            (field("check_days", "service-check-days", Kind::Numeric, None))
            (tick("is_listed", "service-listed-tick"))
            (parts::primary_button(&t("organization-save")))
        }))
    }
}
