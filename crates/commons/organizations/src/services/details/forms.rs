use money::Rial;
use web::{Form, FormErrors, Page};

use super::{
    DescribeService, Description, Document, Eligibility, Fee, FeeKind, Rule, Schedule, ServedGender,
};
use crate::WORDS;
use crate::places::{clock, minutes};
use crate::profiles::pages::regions;
use crate::services::{Service, ServiceId};

/// A typed description; the faults tell what is missing.
pub(super) fn read(page: &Page, id: ServiceId, form: &Form) -> Result<DescribeService, FormErrors> {
    let mut read = form.read(page);
    let kind = read.choice("kind");
    let about = (read.note("about_fa", 1000), read.note("about_en", 1000));
    let gender: Option<ServedGender> = read.choice("gender");
    let mut age = |name: &str| match read.is_empty(name) {
        true => Some(None),
        false => read.number(name, 0, 120).map(Some),
    };
    let ages = (age("age_from"), age("age_to"));
    let note = (
        read.note("eligibility_fa", 500),
        read.note("eligibility_en", 500),
    );
    let papers = (
        read.note("documents_fa", 3600),
        read.note("documents_en", 3600),
    );
    let fee: Option<FeeKind> = read.choice("fee");
    let amount = match fee {
        Some(FeeKind::Amount) => read.toman("fee_amount"),
        _ => Some(Rial::ZERO),
    };
    let fee_text = (
        read.optional_text("fee_fa", 300),
        read.optional_text("fee_en", 300),
    );
    let hours_text = (
        read.optional_text("schedule_fa", 300),
        read.optional_text("schedule_en", 300),
    );
    let rule = read.optional_text("schedule_rule", 120);
    if !read.is_empty("schedule_rule") && Rule::parse(form.raw("schedule_rule")).is_none() {
        read.wrong::<()>("schedule_rule", page.t(&WORDS, "service-rule-wrong"));
    }
    let mut hour = |name: &str| {
        if read.is_empty(name) {
            return None;
        }
        let typed = minutes(form.raw(name));
        if typed.is_none() {
            read.wrong::<()>(name, page.t(&WORDS, "place-hours-wrong"));
        }
        typed
    };
    let (opens, closes) = (hour("opens"), hour("closes"));
    let regions = regions(form.raw("regions"));
    if regions.iter().any(|region| !(1..=99).contains(region)) {
        read.wrong::<()>("regions", page.t(&WORDS, "profile-regions-wrong"));
    }
    let check_days = read.number("check_days", 1, 730);
    let ticked = |name: &str| !form.raw(name).is_empty();
    let errors = read.errors;
    let (
        true,
        Some(kind),
        (Some(about_fa), Some(about_en)),
        Some(gender),
        (Some(age_from), Some(age_to)),
        (Some(note_fa), Some(note_en)),
        (Some(papers_fa), Some(papers_en)),
        (Some(fee), Some(amount)),
        (Some(fee_fa), Some(fee_en)),
        (Some(schedule_fa), Some(schedule_en)),
        (Some(rule), Some(check_days)),
    ) = (
        errors.is_empty(),
        kind,
        about,
        gender,
        ages,
        note,
        papers,
        (fee, amount),
        fee_text,
        hours_text,
        (rule, check_days),
    )
    else {
        return Err(errors);
    };
    Ok(DescribeService {
        id,
        check_days,
        description: Description {
            kind,
            is_listed: ticked("is_listed"),
            about_fa,
            about_en,
            eligibility: Eligibility {
                is_for_all: ticked("is_for_all"),
                age_from,
                age_to,
                gender,
                groups: form.all("groups").to_vec(),
                note_fa,
                note_en,
            },
            asks_no_documents: ticked("asks_no_documents"),
            documents: documents(&papers_fa, &papers_en),
            fee: Fee {
                kind: fee,
                amount: (fee == FeeKind::Amount).then_some(amount),
                text_fa: fee_fa,
                text_en: fee_en,
            },
            schedule: Schedule {
                text_fa: schedule_fa,
                text_en: schedule_en,
                rule,
                opens,
                closes,
            },
            regions,
        },
    })
}

/// One paper a line; the English lines follow the Persian ones.
fn documents(fa: &str, en: &str) -> Vec<Document> {
    let full = |text: &str| -> Vec<String> {
        let lines = text.lines().map(persian::clean);
        lines.filter(|line| !line.is_empty()).collect()
    };
    let mut english = full(en).into_iter();
    let pair = |name_fa| Document {
        name_fa,
        name_en: english.next().unwrap_or_default(),
    };
    full(fa).into_iter().map(pair).collect()
}

/// A form that holds what is told now.
pub(super) fn filled(page: &Page, service: &Service, told: Option<&Description>) -> Form {
    let mut form = Form::prefilled([("check_days", service.check_days.to_string())]);
    let Some(told) = told else {
        form.push("gender".into(), ServedGender::Any.to_string());
        form.push("fee".into(), FeeKind::Untold.to_string());
        return form;
    };
    let (who, fee, when) = (&told.eligibility, &told.fee, &told.schedule);
    let number = |value: Option<i64>| value.map(|n| n.to_string()).unwrap_or_default();
    let hour = |value: Option<i64>| value.map(|at| clock(at, page.lang)).unwrap_or_default();
    let lines = |name: fn(&Document) -> &str| {
        let names: Vec<&str> = told.documents.iter().map(name).collect();
        names.join("\n")
    };
    let regions: Vec<String> = told.regions.iter().map(i64::to_string).collect();
    let amount = fee.amount.map(|amount| (amount.get() / 10).to_string());
    for (name, value) in [
        ("kind", told.kind.to_string()),
        ("about_fa", told.about_fa.clone()),
        ("about_en", told.about_en.clone()),
        ("gender", who.gender.to_string()),
        ("age_from", number(who.age_from)),
        ("age_to", number(who.age_to)),
        ("eligibility_fa", who.note_fa.clone()),
        ("eligibility_en", who.note_en.clone()),
        ("documents_fa", lines(|one| &one.name_fa)),
        ("documents_en", lines(|one| &one.name_en)),
        ("fee", fee.kind.to_string()),
        ("fee_amount", amount.unwrap_or_default()),
        ("fee_fa", fee.text_fa.clone()),
        ("fee_en", fee.text_en.clone()),
        ("schedule_fa", when.text_fa.clone()),
        ("schedule_en", when.text_en.clone()),
        ("schedule_rule", when.rule.clone()),
        ("opens", hour(when.opens)),
        ("closes", hour(when.closes)),
        ("regions", regions.join(", ")),
    ] {
        form.push(name.to_owned(), value);
    }
    for code in &who.groups {
        form.push("groups".into(), code.clone());
    }
    for (name, is_said) in [
        ("is_listed", told.is_listed),
        ("is_for_all", who.is_for_all),
        ("asks_no_documents", told.asks_no_documents),
    ] {
        if is_said {
            form.push(name.into(), "yes".into());
        }
    }
    form
}
