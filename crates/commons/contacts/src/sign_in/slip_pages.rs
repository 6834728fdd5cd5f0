//! Signing in by a slip, and printing one.

use access::grants::Category;
use access::sessions::{BAD_CODE, CodeKind, Token, code_text};
use access::{Ask, Need, Routes, network};
use axum::extract::Path;
use db::Conn;
use documents::codes::QrCode;
use documents::papers::{Letterhead, Paper, Printed as _, SignInSlip};
use persian::Timestamp;
use web::{Failure, Form, FormErrors, Outcome};

use super::{
    PRINT_SLIP, PrintSlip, SignIn, SignInBySlip, SlipId, current_slip, is_same, views, welcome,
};
use crate::contacts::pages::seen;
use crate::{Contact, ContactId, WORDS, by_handle};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in/slip", Need::Public, start)
        .post("/sign-in/slip", Need::Public, sign_in)
        .get("/contacts/{id}/slip", Need::May(&PRINT_SLIP), show)
        .post("/contacts/{id}/slip", Need::May(&PRINT_SLIP), make)
        .get("/contacts/{id}/slip/paper", Need::May(&PRINT_SLIP), paper)
}

fn title(ask: &Ask) -> String {
    ask.page.t(&WORDS, "sign-in-slip-title")
}

async fn start(ask: Ask) -> Outcome {
    let view = views::slip(&ask.page, &Form::default(), &FormErrors::default());
    ask.public_html(&title(&ask), view)
}

async fn sign_in(ask: Ask, form: Form) -> Outcome {
    let token = Token::fresh();
    match try_slip(&ask, form.raw("handle"), form.raw("code"), &token).await? {
        SignIn::Done(_) => welcome(&ask, &token).await,
        SignIn::Wait(seconds) => Err(Failure::TooMany(seconds)),
        SignIn::Wrong | SignIn::Choose => {
            let mut errors = FormErrors::default();
            let refusal = db::Refusal {
                reason: &BAD_CODE,
                field: None,
                args: Vec::new(),
            };
            errors.push("code", ask.sentence(&refusal));
            ask.public_again(&title(&ask), views::slip(&ask.page, &form, &errors))
        }
    }
}

/// Tries a handle and the digits of its slip.
pub(super) async fn try_slip(
    ask: &Ask,
    handle: &str,
    code: &str,
    token: &Token,
) -> Outcome<SignIn> {
    ask.count_from_network("guess", network::GUESSES).await?;
    let mut conn = ask.read().await?;
    let slip = match by_handle(&mut conn, handle).await? {
        Some(contact) => current_slip(&mut conn, contact.id, ask.now())
            .await?
            .map(|(id, _)| id),
        None => None,
    };
    drop(conn);
    // Without a slip the digits of one that does not exist are compared: the work is the same.
    let compared = slip.unwrap_or(SlipId::new(ask.request)).get();
    let right = code_text(&ask.city.keys, compared, CodeKind::Slip);
    let handle = persian::latin_digits(handle);
    let handle = handle.chars().filter(char::is_ascii_digit).take(12);
    let command = SignInBySlip {
        handle: handle.collect(),
        slip,
        is_right: is_same(&ask.city.keys, code, &right),
        token_hash: token.hash(),
        helper: ask.viewer.user_id(),
    };
    let mut errors = FormErrors::default();
    let tried = ask.write(command).await;
    Ok(ask.refused(tried, &mut errors)?.unwrap_or(SignIn::Wrong))
}

/// A slip signs in as her: whoever only reads in an emergency gets none.
async fn of_hers(ask: &Ask, conn: &mut Conn, id: ContactId) -> Outcome<Contact> {
    let contact = seen(ask, conn, id, Category::Operational).await?;
    match ask.viewer.emergencies.contains(&contact.subject_id) {
        true => Err(Failure::NotFound),
        false => Ok(contact),
    }
}

async fn show(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = of_hers(&ask, &mut conn, id).await?;
    let slip = current_slip(&mut conn, id, ask.now()).await?;
    let view = views::print(&ask.page, &contact, slip.map(|(_, until)| until));
    ask.html(&ask.page.t(&WORDS, "slip-title"), view)
}

async fn make(ask: Ask, Path(id): Path<ContactId>, form: Form) -> Outcome {
    seen(&ask, &mut ask.read().await?, id, Category::Operational).await?;
    ask.post(
        &form,
        PrintSlip {
            id: SlipId::new(form.key()?),
            contact: id,
        },
    )
    .await?;
    ask.see_with(
        format!("/contacts/{id}/slip"),
        &ask.page.t(&WORDS, "slip-made"),
    )
}

async fn paper(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = of_hers(&ask, &mut conn, id).await?;
    let slip = current_slip(&mut conn, id, ask.now()).await?;
    drop(conn);
    let (slip, until) = slip.ok_or(Failure::NotFound)?;
    ask.seen("slip", Some(slip.get()), Vec::new()).await?;
    let paper = slip_paper(&ask, &contact, slip, until)?;
    ask.paper(paper).await
}

/// The slip as a paper, in the language of whoever will carry it.
fn slip_paper(ask: &Ask, contact: &Contact, slip: SlipId, until: Timestamp) -> Outcome<Paper> {
    let lang = contact.lang();
    let text = |key: &str| WORDS.text(lang, key, &[]);
    let digits = |text: &str| match lang {
        persian::Lang::Fa => persian::persian_digits(text),
        persian::Lang::En => text.to_owned(),
    };
    let code = code_text(&ask.city.keys, slip.get(), CodeKind::Slip);
    let (first, last) = code.split_at(4);
    let address = ask.city.link("/sign-in/slip");
    let qr = QrCode::new(&address).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let until = persian::Jalali::from(until.date()).long(lang);
    let shown = address
        .split_once("//")
        .map_or(address.as_str(), |(_, rest)| rest);
    let steps = ["slip-step-open", "slip-step-handle", "slip-step-code"].map(|key| {
        web::words::plain(&WORDS.text(lang, key, &[("handle", contact.handle.as_str().into())]))
            .into_owned()
    });
    let slip = SignInSlip {
        letterhead: Letterhead {
            organization: ask.city.name_in(lang).to_owned(),
            programme: text("slip-programme"),
            contact: String::new(),
        },
        person_name: contact.shown_name.clone(),
        code: digits(&format!("{first} {last}")),
        valid_until: until,
        address: shown.to_owned(),
        steps: steps.to_vec(),
        qr,
        warning: text("slip-warning"),
    };
    Ok(slip.paper(lang, format!("slip-{}", contact.handle)))
}
