//! A maker's file for staff: her business, her licences, her products.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use contacts::Contact;
use maud::{Markup, html};
use organizations::Organization;
use web::parts::{self, Choice, Column, DateField, Field, Kind, Tone};
use web::{Failure, Form, FormErrors, Outcome, Page};

use super::{
    BusinessId, BusinessState, HomeBusiness, OpenBusiness, SetBusinessState, WorkMode, find_open,
};
use crate::levels::{self, Way};
use crate::licences::{
    self, Licence, LicenceId, LicenceKind, LicenceSource, LicenceState, RecordLicence,
    RevokeLicence,
};
use crate::products::{self, Product};
use crate::registration::{self, pages::consent};
use crate::stories::texts::StoryText;
use crate::stories::{self, Evidence};
use crate::{PRODUCT_CHANGE, PRODUCT_READ, WORDS};

// words: business-* licence-* story-*

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/makers/{handle}/file", Need::May(&PRODUCT_READ), show)
        .post(
            "/makers/{handle}/business",
            Need::May(&PRODUCT_CHANGE),
            open,
        )
        .post(
            "/makers/{handle}/licences",
            Need::May(&PRODUCT_CHANGE),
            record,
        )
        .post(
            "/makers/{handle}/business/state",
            Need::May(&PRODUCT_CHANGE),
            set_state,
        )
        .post(
            "/makers/{handle}/licences/{id}/revocation",
            Need::May(&PRODUCT_CHANGE),
            revoke,
        )
        .post(
            "/makers/{handle}/story",
            Need::May(&PRODUCT_CHANGE),
            allow_story,
        )
        .post(
            "/makers/{handle}/story/end",
            Need::May(&PRODUCT_CHANGE),
            end_story,
        )
}

pub(crate) struct File {
    pub maker: Contact,
    pub business: Option<HomeBusiness>,
    pub licences: Vec<Licence>,
    pub products: Vec<Product>,
    pub bodies: Vec<Organization>,
    pub has_story: bool,
    pub texts: Vec<StoryText>,
    pub way: Way,
}

/// A maker's file; whoever makes nothing, or nothing that concerns the viewer, is not there.
pub(crate) async fn file(ask: &Ask, handle: &str) -> Outcome<File> {
    let mut conn = ask.read().await?;
    let maker = contacts::by_handle(&mut conn, handle)
        .await?
        .ok_or(Failure::NotFound)?;
    if !registration::may_open(&mut conn, &ask.viewer, maker.id).await? {
        return Err(Failure::NotFound);
    }
    let mut products = products::list_of(&mut conn, maker.id).await?;
    products.retain(|product| products::may_see(&ask.viewer, product));
    let file = File {
        business: find_open(&mut conn, maker.id).await?,
        licences: licences::list(&mut conn, maker.id).await?,
        products,
        bodies: organizations::list(&mut conn, None).await?,
        has_story: stories::find(&mut conn, maker.id, ask.now().date())
            .await?
            .is_some(),
        texts: stories::texts::list_of(&mut conn, maker.id).await?,
        way: levels::way_of(&mut conn, maker.id, ask.now().date()).await?,
        maker,
    };
    drop(conn);
    ask.seen("maker", Some(file.maker.id.get()), Vec::new())
        .await?;
    Ok(file)
}

async fn show(ask: Ask, Path(handle): Path<String>) -> Outcome {
    let file = file(&ask, &handle).await?;
    let view = view(&ask, &file, &Form::default(), &FormErrors::default());
    ask.html(&file.maker.name_for(&ask.viewer), view)
}

async fn open(ask: Ask, Path(handle): Path<String>, form: Form) -> Outcome {
    let file = file(&ask, &handle).await?;
    let mut read = form.read(&ask.page);
    let (craft_fa, craft_en) = (
        read.text("craft_fa", 80),
        read.optional_text("craft_en", 80),
    );
    let (field_code, place_note) = (
        read.text("field_code", 40),
        read.optional_text("place_note", 200),
    );
    let work_mode = read.choice::<WorkMode>("work_mode");
    let started_on = read.date("started_on");
    let mut errors = read.errors;
    if let (
        Some(craft_fa),
        Some(craft_en),
        Some(field_code),
        Some(place_note),
        Some(work_mode),
        Some(started_on),
    ) = (
        craft_fa, craft_en, field_code, place_note, work_mode, started_on,
    ) {
        let organization_id = ask
            .viewer
            .bodies_as(PRODUCT_CHANGE.roles)
            .first()
            .copied()
            .map(organizations::OrganizationId::new);
        let command = OpenBusiness {
            id: BusinessId::new(form.key()?),
            contact_id: file.maker.id,
            field_code,
            craft_fa,
            craft_en,
            work_mode,
            place_note,
            state: if started_on > ask.now().date() {
                BusinessState::Planned
            } else {
                BusinessState::Active
            },
            started_on,
            organization_id,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/makers/{}/file", file.maker.handle),
                &ask.page.t(&WORDS, "business-opened"),
            );
        }
    }
    ask.again(
        &file.maker.name_for(&ask.viewer),
        view(&ask, &file, &form, &errors),
    )
}

async fn record(ask: Ask, Path(handle): Path<String>, form: Form) -> Outcome {
    let file = file(&ask, &handle).await?;
    let mut read = form.read(&ask.page);
    let kind = read.choice::<LicenceKind>("kind");
    let number = read.text("number", 40);
    let issuer_id = read.choice("issuer_id");
    let (valid_from, valid_until) = (read.date("valid_from"), read.date("valid_until"));
    let mut errors = read.errors;
    if let (Some(kind), Some(number), Some(issuer_id), Some(valid_from), Some(valid_until)) =
        (kind, number, issuer_id, valid_from, valid_until)
    {
        let command = RecordLicence {
            id: LicenceId::new(form.key()?),
            contact_id: file.maker.id,
            kind,
            number: persian::latin_digits(&number),
            issuer_id,
            valid_from,
            valid_until,
            source: LicenceSource::Staff,
            source_id: None,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "licence-recorded");
            return ask.see_with(format!("/makers/{}/file", file.maker.handle), &done);
        }
    }
    ask.again(
        &file.maker.name_for(&ask.viewer),
        view(&ask, &file, &form, &errors),
    )
}

/// Planned, working, resting or over.
async fn set_state(ask: Ask, Path(handle): Path<String>, form: Form) -> Outcome {
    let file = file(&ask, &handle).await?;
    let Some(business) = &file.business else {
        return Err(Failure::NotFound);
    };
    let mut read = form.read(&ask.page);
    let state = read.choice::<BusinessState>("state");
    let mut errors = read.errors;
    if let Some(state) = state {
        let id = business.id;
        let outcome = ask.post(&form, SetBusinessState { id, state }).await;
        if ask.refused(outcome, &mut errors)?.is_some() {
            let done = ask.page.t(&WORDS, "business-moved");
            return ask.see_with(format!("/makers/{}/file", file.maker.handle), &done);
        }
    }
    ask.again(
        &file.maker.name_for(&ask.viewer),
        view(&ask, &file, &form, &errors),
    )
}

/// The issuer took a licence back.
async fn revoke(ask: Ask, Path((handle, id)): Path<(String, LicenceId)>, form: Form) -> Outcome {
    let file = file(&ask, &handle).await?;
    if !file.licences.iter().any(|licence| licence.id == id) {
        return Err(Failure::NotFound);
    }
    ask.post(&form, RevokeLicence { id }).await?;
    let done = ask.page.t(&WORDS, "licence-revoked");
    ask.see_with(format!("/makers/{}/file", file.maker.handle), &done)
}

/// She agreed, for a year, that her first name, neighbourhood and craft are shown.
async fn allow_story(ask: Ask, Path(handle): Path<String>, form: Form) -> Outcome {
    let file = file(&ask, &handle).await?;
    let mut read = form.read(&ask.page);
    let evidence = read.choice::<Evidence>("evidence");
    let mut errors = read.errors;
    if let Some(evidence) = evidence {
        let command = consent(&ask, form.key()?, file.maker.id, evidence);
        let posted = ask.post(&form, command).await;
        if ask.refused(posted, &mut errors)?.is_some() {
            return ask.see_with(
                format!("/makers/{}/file", file.maker.handle),
                &ask.page.t(&WORDS, "story-allowed"),
            );
        }
    }
    ask.again(
        &file.maker.name_for(&ask.viewer),
        view(&ask, &file, &form, &errors),
    )
}

async fn end_story(ask: Ask, Path(handle): Path<String>, form: Form) -> Outcome {
    let file = file(&ask, &handle).await?;
    ask.post(
        &form,
        stories::EndStory {
            contact_id: file.maker.id,
        },
    )
    .await?;
    ask.see_with(
        format!("/makers/{}/file", file.maker.handle),
        &ask.page.t(&WORDS, "story-ended"),
    )
}

/// Whether her name may be shown, and the act that changes it.
fn story(p: &Page, file: &File, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let base = format!("/makers/{}/story", file.maker.handle);
    let options = Evidence::ALL
        .iter()
        .map(|it| {
            (
                it.to_string(),
                t(&format!("story-by-{}", it.as_str().replace('_', "-"))),
            )
        })
        .collect();
    html! {
        h2 { (t("story-title")) }
        @if file.has_story {
            p { (t("story-open")) }
            (parts::form(p, &format!("{base}/end"), parts::buttons(parts::danger_button(&t("story-end")))))
        } @else {
            p { (t("story-closed")) }
            (parts::form(p, &base, html! {
                (parts::radios(p, Choice {
                    name: "evidence", label: t("story-evidence"), value: form.raw("evidence"),
                    error: errors.get("evidence"), options, required: true, ..Choice::default()
                }))
                (parts::buttons(parts::secondary_button(&t("story-allow"))))
            }))
        }
    }
}

/// A maker's file as drawn, with an act that was refused.
pub(crate) fn view(ask: &Ask, file: &File, form: &Form, errors: &FormErrors) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let may_change = PRODUCT_CHANGE.is_held_by(&ask.viewer);
    let product_rows: Vec<Vec<Markup>> = file
        .products
        .iter()
        .map(|product| {
            vec![
                html! { a href={ "/products/" (product.code) "/file" } { bdi { (product.name(p.lang)) } } },
                products::state_tag(p, product.state),
            ]
        })
        .collect();
    html! {
        (parts::back_link("/products", &t("products-title")))
        h1 { bdi { (file.maker.name_for(&ask.viewer)) } }
        (parts::error_summary(p, errors))
        p { (t("business-maker-code")) ": " code dir="ltr" { (file.maker.handle) } }
        h2 { (t("business-title")) }
        @match &file.business {
            Some(business) => {
                (business_facts(p, business))
                @if may_change { (state_form(p, file, business, form, errors)) }
            }
            None => { @if may_change { (business_form(p, &file.maker, form, errors)) } @else { p { (t("business-none")) } } },
        }
        (levels::views::panel(p, &file.maker.handle, &file.way, may_change.then_some((form, errors))))
        @if may_change { (story(p, file, form, errors)) }
        (stories::views::panel(ask, file))
        h2 { (t("licence-title")) }
        (licence_table(p, file, may_change))
        @if may_change { (licence_form(p, file, form, errors)) }
        h2 { (t("products-title")) }
        (parts::table(&t("products-title"), &[t("product-name"), t("product-state")], &product_rows, &t("products-empty")))
        @if may_change { p { (parts::secondary_link(&format!("/products/new?maker={}", file.maker.handle), &t("product-new-title"))) } }
    }
}

fn business_facts(p: &Page, business: &HomeBusiness) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    parts::facts(&[
        (
            t("business-craft"),
            html! { bdi { (business.craft(p.lang)) } },
        ),
        (
            t("business-work-mode"),
            html! { (t(&format!("business-mode-{}", business.work_mode.as_str()))) },
        ),
        (
            t("business-state"),
            html! { (t(&format!("business-state-{}", business.state.as_str()))) },
        ),
        (t("business-started-on"), p.date(business.started_on)),
        (
            t("business-place-note"),
            html! { bdi { (business.place_note) } },
        ),
    ])
}

fn state_form(
    p: &Page,
    file: &File,
    business: &HomeBusiness,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let chosen = match form.raw("state") {
        "" => business.state.as_str(),
        typed => typed,
    };
    let states = BusinessState::ALL.iter().map(|state| {
        let key = format!("business-state-{}", state.as_str());
        (state.to_string(), p.t(&WORDS, &key))
    });
    let action = format!("/makers/{}/business/state", file.maker.handle);
    parts::form(
        p,
        &action,
        html! {
            (parts::select(p, Choice {
                name: "state", label: p.t(&WORDS, "business-state-now"), value: chosen, error: errors.get("state"),
                options: states.collect(), required: true, ..Choice::default()
            }))
            (parts::buttons(parts::secondary_button(&p.t(&WORDS, "business-move"))))
        },
    )
}

fn business_form(p: &Page, maker: &Contact, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let text = |name: &'static str, required: bool| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("business-{}", name.replace('_', "-"))),
                value: form.raw(name),
                error: errors.get(name),
                required,
                ..Field::default()
            },
        )
    };
    let modes = WorkMode::ALL
        .iter()
        .map(|mode| {
            (
                mode.to_string(),
                t(&format!("business-mode-{}", mode.as_str())),
            )
        })
        .collect();
    parts::form(
        p,
        &format!("/makers/{}/business", maker.handle),
        html! {
            (text("craft_fa", true))
            (text("craft_en", false))
            (text("field_code", true))
            (parts::radios(p, Choice {
                name: "work_mode", label: t("business-work-mode"), value: form.raw("work_mode"),
                error: errors.get("work_mode"), options: modes, required: true, ..Choice::default()
            }))
            (text("place_note", false))
            (date(p, "started_on", t("business-started-on"), form, errors))
            (parts::buttons(parts::primary_button(&t("business-open"))))
        },
    )
}

fn date(p: &Page, name: &'static str, label: String, form: &Form, errors: &FormErrors) -> Markup {
    let part = |part: &str| form.raw(&format!("{name}.{part}"));
    let (day, month, year) = (part("day"), part("month"), part("year"));
    parts::date_field(
        p,
        DateField {
            name,
            label,
            day,
            month,
            year,
            error: errors.get(name),
            required: true,
            hint: None,
        },
    )
}

fn licence_table(p: &Page, file: &File, may_change: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    let issuer = |licence: &Licence| {
        file.bodies
            .iter()
            .find(|body| body.id == licence.issuer_id)
            .map_or("", |body| body.name(p.lang))
    };
    let rows: Vec<Vec<Markup>> = file
        .licences
        .iter()
        .map(|licence| {
            let (tone, key) = match licence.holds_on(today) {
                true => (Tone::Good, "licence-holds"),
                false => (Tone::Bad, "licence-holds-not"),
            };
            vec![
                html! { (t(&format!("licence-kind-{}", licence.kind.as_str().replace('_', "-")))) },
                html! { code dir="ltr" { (licence.number) } },
                html! { bdi { (issuer(licence)) } },
                p.date(licence.valid_until),
                html! {
                    (parts::badge(tone, &t(key)))
                    @if may_change && licence.state == LicenceState::Valid {
                        " " (parts::inline_form(p, &format!("/makers/{}/licences/{}/revocation", file.maker.handle, licence.id),
                            parts::danger_button(&t("licence-revoke"))))
                    }
                },
            ]
        })
        .collect();
    let columns: Vec<Column> = [
        "licence-kind",
        "licence-number",
        "licence-issuer-id",
        "licence-valid-until",
        "licence-state",
    ]
    .iter()
    .map(|key| Column::text(t(key)))
    .collect();
    parts::table(&t("licence-title"), &columns, &rows, &t("licence-empty"))
}

fn licence_form(p: &Page, file: &File, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let kinds = LicenceKind::ALL
        .iter()
        .map(|kind| {
            (
                kind.to_string(),
                t(&format!("licence-kind-{}", kind.as_str().replace('_', "-"))),
            )
        })
        .collect();
    let bodies = file
        .bodies
        .iter()
        .map(|body| (body.id.to_string(), body.name(p.lang).to_owned()))
        .collect();
    parts::form(
        p,
        &format!("/makers/{}/licences", file.maker.handle),
        html! {
            (parts::select(p, Choice {
                name: "kind", label: t("licence-kind"), value: form.raw("kind"), error: errors.get("kind"), options: kinds,
                required: true, ..Choice::default()
            }))
            (parts::field(p, Field {
                name: "number", label: t("licence-number"), value: form.raw("number"), error: errors.get("number"),
                kind: Kind::Code, required: true, ..Field::default()
            }))
            (parts::select(p, Choice {
                name: "issuer_id", label: t("licence-issuer-id"), value: form.raw("issuer_id"), error: errors.get("issuer_id"),
                options: bodies, required: true, ..Choice::default()
            }))
            (date(p, "valid_from", t("licence-valid-from"), form, errors))
            (date(p, "valid_until", t("licence-valid-until"), form, errors))
            (parts::buttons(parts::secondary_button(&t("licence-record"))))
        },
    )
}
