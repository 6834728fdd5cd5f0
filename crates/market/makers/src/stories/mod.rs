//! The public story of a maker: shown only while she agrees.

pub(crate) mod api;
pub(crate) mod pages;
pub mod texts;
pub(crate) mod views;

use access::consents::{self, NewConsent, WithdrawConsent};
use access::grants::Category;
use contacts::ContactId;
use db::{Conn, FromRow, Result, Tx, Value, Write, sql};
use persian::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::businesses;

/// The consent's purpose.
pub const PURPOSE: &str = "public_story";

db::text_enum! {
    /// How she agreed.
    #[schemars(rename = "StoryEvidence")]
    pub enum Evidence {
        /// She signed.
        Signature = "signature",
        /// She confirmed by a code sent to her phone.
        SmsCode = "sms_code",
        /// A witness signed beside her mark.
        Witness = "witness",
        /// Her guardian signed.
        Guardian = "guardian",
    }
}

/// A maker agrees that her first name, neighbourhood and craft are shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct AllowStory {
    /// The consent's id, made by the sender.
    pub id: Uuid,
    /// Who agrees.
    pub contact_id: ContactId,
    /// The last day it holds.
    pub valid_until: Date,
    /// How it was given: a word of [`Evidence`].
    pub evidence: String,
}

impl Write for AllowStory {
    const NAME: &'static str = "allow_story";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let subject_id = contacts::get(tx, self.contact_id).await?.subject_id;
        let is_by_guardian = self.evidence == Evidence::Guardian.as_str();
        let new = NewConsent {
            id: self.id,
            subject_id,
            purpose: PURPOSE.to_owned(),
            categories: vec![Category::Operational],
            bodies: Vec::new(),
            valid_until: self.valid_until,
            evidence: self.evidence.clone(),
            given_by: contacts::guardian_who_gave(tx, self.contact_id, is_by_guardian).await?,
        };
        consents::record(tx, &new).await
    }
}

/// She takes it back: her name leaves every public page with the next request.
#[derive(Serialize, Deserialize)]
pub struct EndStory {
    /// Who.
    pub contact_id: ContactId,
}

impl Write for EndStory {
    const NAME: &'static str = "end_story";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let subject = contacts::get(tx, self.contact_id).await?.subject_id;
        for consent in consents::list(tx, subject).await? {
            if consent.purpose == PURPOSE && consent.withdrawn_at.is_none() {
                WithdrawConsent { id: consent.id }.run(tx).await?;
            }
        }
        Ok(())
    }
}

/// What the public may know of a maker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The address of her page.
    pub handle: String,
    /// Her first name.
    pub first_name: String,
    /// Her neighbourhood; may be empty.
    pub neighbourhood: String,
    /// Her craft in Persian; may be empty.
    pub craft_fa: String,
    /// Her craft in English; may be empty.
    pub craft_en: String,
}

impl Story {
    /// Her craft in a language.
    pub fn craft(&self, lang: persian::Lang) -> &str {
        match lang {
            persian::Lang::Fa => &self.craft_fa,
            persian::Lang::En => &self.craft_en,
        }
    }
}

/// The story of a maker, while her consent holds.
pub async fn find(conn: &mut Conn, contact: ContactId, day: Date) -> Result<Option<Story>> {
    let maker = contacts::get(conn, contact).await?;
    let consents = consents::list(conn, maker.subject_id).await?;
    if !consents
        .iter()
        .any(|consent| consent.purpose == PURPOSE && consent.holds_on(day))
    {
        return Ok(None);
    }
    let business = businesses::find_open(conn, contact).await?;
    let craft = |part: fn(&businesses::HomeBusiness) -> &String| {
        business.as_ref().map(part).cloned().unwrap_or_default()
    };
    Ok(Some(Story {
        handle: maker.handle,
        first_name: maker.first_name,
        neighbourhood: maker.neighbourhood,
        craft_fa: craft(|business| &business.craft_fa),
        craft_en: craft(|business| &business.craft_en),
    }))
}

/// What a list shows of a maker who agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub contact_id: ContactId,
    /// The address of her page.
    pub handle: String,
    /// Her first name.
    pub first_name: String,
    /// Her neighbourhood; may be empty.
    pub neighbourhood: String,
}

#[derive(FromRow)]
struct Card {
    id: ContactId,
    subject_id: Uuid,
    handle: String,
    first_name: String,
    neighbourhood: String,
}

/// Those of the makers whose consent holds on a day, for lists and receipts: two statements,
/// however many there are.
pub async fn named(conn: &mut Conn, contacts: &[ContactId], day: Date) -> Result<Vec<Named>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=contacts.len()).map(|at| format!("${at}")).collect();
    let cards: Vec<Card> = sql(format!(
        "SELECT id, subject_id, handle, first_name, neighbourhood FROM contact_card WHERE id IN ({})",
        marks.join(", ")
    ))
    .bind_all(contacts.iter().map(|contact| Value::from(*contact)))
    .all(conn)
    .await?;
    let subjects: Vec<Uuid> = cards.iter().map(|card| card.subject_id).collect();
    let agreed = consents::agreed(conn, &subjects, PURPOSE, day).await?;
    let named = cards
        .into_iter()
        .filter(|card| agreed.contains(&card.subject_id))
        .map(|card| Named {
            contact_id: card.id,
            handle: card.handle,
            first_name: card.first_name,
            neighbourhood: card.neighbourhood,
        });
    Ok(named.collect())
}
