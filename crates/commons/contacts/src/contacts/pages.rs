//! One contact: how she is reached and where her money goes.

use access::grants::Category;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Conn;
use persian::{Phone, PhoneFault};
use web::{Failure, Form, FormErrors, Outcome, Read};

use super::{CHANGE, ChangePhone, Channel, Contact, ContactId, READ, SealedPhone, views};
use crate::{WORDS, payees};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/contacts/{id}", Need::May(&READ), show)
        .get("/contacts/{id}/phone", Need::May(&CHANGE), edit_phone)
        .post("/contacts/{id}/phone", Need::May(&CHANGE), change_phone)
}

/// The contact, if this viewer may see facts of this class about her; else she is not there.
pub(crate) async fn seen(
    ask: &Ask,
    conn: &mut Conn,
    id: ContactId,
    category: Category,
) -> Outcome<Contact> {
    let contact = super::get(conn, id).await?;
    if super::may_see(conn, &ask.viewer, &contact, category, ask.now()).await? {
        Ok(contact)
    } else {
        Err(Failure::NotFound)
    }
}

async fn show(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = seen(&ask, &mut conn, id, Category::Operational).await?;
    let phone = super::phone(&mut conn, &ask.city.keys, id).await?;
    let companion = match contact.companion_id {
        Some(companion) => Some(super::get(&mut conn, companion).await?),
        None => None,
    };
    let sees_payee = super::may_see(
        &mut conn,
        &ask.viewer,
        &contact,
        Category::Personal,
        ask.now(),
    )
    .await?;
    let payee = match sees_payee {
        true => payees::current(&mut conn, id).await?,
        false => None,
    };
    drop(conn);
    ask.seen("contact", Some(id.get()), Vec::new()).await?;
    let card = views::Card {
        contact: &contact,
        phone: phone.as_deref(),
        companion: companion.as_ref(),
        payee: payee.as_ref(),
        may_change: CHANGE.is_held_by(&ask.viewer)
            && !ask.viewer.emergencies.contains(&contact.subject_id),
        may_propose: sees_payee && payees::PROPOSE.is_held_by(&ask.viewer),
    };
    ask.html(&contact.shown_name, views::show(&ask.page, &card))
}

async fn edit_phone(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = seen(&ask, &mut conn, id, Category::Operational).await?;
    let phone = super::phone(&mut conn, &ask.city.keys, id).await?;
    drop(conn);
    ask.seen("contact", Some(id.get()), Vec::new()).await?;
    let form = Form::prefilled([
        ("phone", phone.unwrap_or_default()),
        ("channel", contact.channel.to_string()),
    ]);
    let view = views::phone_form(&ask.page, &contact, &form, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "contact-phone-title"), view)
}

async fn change_phone(ask: Ask, Path(id): Path<ContactId>, form: Form) -> Outcome {
    let contact = seen(&ask, &mut ask.read().await?, id, Category::Operational).await?;
    let mut read = form.read(&ask.page);
    let phone = read_phone(&ask, &mut read, &form);
    let channel: Option<Channel> = read.choice("channel");
    if let (Some(phone), Some(channel)) = (&phone, channel) {
        let fits = match channel {
            Channel::Sms => matches!(phone, Some(Phone::Mobile(_))),
            Channel::Voice => phone.is_some(),
            Channel::None => true,
        };
        if !fits {
            read.wrong::<()>(
                "channel",
                ask.page.t(&WORDS, "contact-channel-does-not-fit"),
            );
        }
    }
    let (true, Some(phone), Some(channel)) = (read.is_good(), phone, channel) else {
        let view = views::phone_form(&ask.page, &contact, &form, &read.errors);
        return ask.again(&ask.page.t(&WORDS, "contact-phone-title"), view);
    };
    let phone = phone.map(|phone| SealedPhone::new(&ask.city.keys, id, &phone));
    ask.post(
        &form,
        ChangePhone {
            contact: id,
            phone,
            channel,
        },
    )
    .await?;
    ask.see_with(
        format!("/contacts/{id}"),
        &ask.page.t(&WORDS, "contact-phone-changed"),
    )
}

/// A phone of either kind from the field `phone`; left empty is none.
pub(super) fn read_phone(ask: &Ask, read: &mut Read<'_>, form: &Form) -> Option<Option<Phone>> {
    match Phone::parse(form.raw("phone")) {
        Ok(phone) => Some(Some(phone)),
        Err(PhoneFault::Empty) => Some(None),
        Err(_) => read.wrong("phone", ask.page.t(&WORDS, "contact-phone-wrong")),
    }
}
