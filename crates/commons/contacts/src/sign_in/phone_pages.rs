//! Signing in by phone: number, code, and who of those who share the phone.

use access::sessions::{BAD_CODE, CodeKind, Token, code_text};
use access::{Ask, Need, Routes, network};
use axum::extract::Path;
use persian::Phone;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{
    AskForPhoneCode, ChoosePerson, SignIn, SignInByPhone, is_same, people_of, ticket_hash, views,
    welcome,
};
use crate::{ContactId, WORDS};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in/phone", Need::Public, start)
        .post("/sign-in/phone", Need::Public, ask_for_code)
        .get("/sign-in/phone/{code}", Need::Public, show_code)
        .post("/sign-in/phone/{code}", Need::Public, use_code)
        .post("/sign-in/phone/{code}/who", Need::Public, choose)
}

fn title(ask: &Ask) -> String {
    ask.page.t(&WORDS, "sign-in-phone-title")
}

async fn start(ask: Ask) -> Outcome {
    let view = views::phone(&ask.page, &Form::default(), &FormErrors::default());
    ask.public_html(&title(&ask), view)
}

async fn ask_for_code(ask: Ask, form: Form) -> Outcome {
    ask.count_from_network("code", network::CODES).await?;
    let number = match Phone::parse(form.raw("phone")) {
        Ok(Phone::Mobile(mobile)) => mobile.as_str().to_owned(),
        Ok(Phone::Landline(landline)) => landline.as_str().to_owned(),
        Err(_) => {
            let mut errors = FormErrors::default();
            errors.push("phone", ask.page.t(&WORDS, "contact-phone-wrong"));
            return ask.public_again(&title(&ask), views::phone(&ask.page, &form, &errors));
        }
    };
    let id = form.key()?;
    let phone = ask.city.keys.lookup("phone", &number);
    match ask.post(&form, AskForPhoneCode { id, phone }).await? {
        None => ask.see(format!("/sign-in/phone/{id}")),
        Some(wait) => Err(Failure::TooMany(wait)),
    }
}

async fn show_code(ask: Ask, Path(code): Path<Uuid>) -> Outcome {
    let view = views::code(&ask.page, code, &FormErrors::default());
    ask.public_html(&title(&ask), view)
}

async fn use_code(ask: Ask, Path(code): Path<Uuid>, form: Form) -> Outcome {
    ask.count_from_network("guess", network::GUESSES).await?;
    let right = code_text(&ask.city.keys, code, CodeKind::Sms);
    let token = Token::fresh();
    let command = SignInByPhone {
        keys: ask.city.keys.clone(),
        code,
        is_right: is_same(&ask.city.keys, form.raw("code"), &right),
        token_hash: token.hash(),
        ticket_hash: ticket_hash(&ask.city.keys, token.as_str()),
        helper: ask.viewer.user_id(),
    };
    let mut errors = FormErrors::default();
    let tried = ask.write(command).await;
    match ask.refused(tried, &mut errors)? {
        Some(SignIn::Done(_)) => welcome(&ask, &token).await,
        Some(SignIn::Choose) => {
            let ticket = ticket_hash(&ask.city.keys, token.as_str());
            let people =
                people_of(&mut ask.read().await?, &ask.city.keys, ticket, ask.now()).await?;
            ask.public_html(
                &title(&ask),
                views::who(&ask.page, code, token.as_str(), &people),
            )
        }
        Some(SignIn::Wait(seconds)) => Err(Failure::TooMany(seconds)),
        Some(SignIn::Wrong) | None => wrong(&ask, code),
    }
}

/// The same words whatever was wrong.
fn wrong(ask: &Ask, code: Uuid) -> Outcome {
    let mut errors = FormErrors::default();
    errors.push(
        "code",
        ask.sentence(&db::Refusal {
            reason: &BAD_CODE,
            field: None,
            args: Vec::new(),
        }),
    );
    ask.public_again(&title(ask), views::code(&ask.page, code, &errors))
}

async fn choose(ask: Ask, Path(code): Path<Uuid>, form: Form) -> Outcome {
    let token = Token::fresh();
    let contact: ContactId = form
        .raw("contact")
        .parse()
        .map_err(|_| Failure::Unreadable("contact".into()))?;
    let command = ChoosePerson {
        keys: ask.city.keys.clone(),
        ticket_hash: ticket_hash(&ask.city.keys, form.raw("ticket")),
        contact,
        token_hash: token.hash(),
        helper: ask.viewer.user_id(),
    };
    let mut errors = FormErrors::default();
    let chosen = ask.write(command).await;
    match ask.refused(chosen, &mut errors)? {
        Some(()) => welcome(&ask, &token).await,
        None => wrong(&ask, code),
    }
}
