//! What is told of a maker: her words in both languages and a picture, written by one member of
//! the staff, approved by another, and public only while her consent holds.

use access::{audit, consents};
use contacts::ContactId;
use db::{Conn, Error, FromRow, Reason, Result, Tx, Write, sql};
use documents::photos::Photo;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PURPOSE;
use crate::products::SAME_HAND;

db::id!(
    /// A told story.
    pub StoryTextId
);

db::text_enum! {
    /// Where a told story stands.
    #[schemars(rename = "StoryTextState")]
    pub enum TextState {
        /// It waits for somebody else to approve it.
        Written = "written",
        /// It is shown while her consent holds.
        Approved = "approved",
        /// It is shown no more.
        Ended = "ended",
    }
}

/// She has not agreed, or no longer, that anything of her is shown.
pub const STORY_NO_CONSENT: Reason = Reason::new("story_no_consent", 409);
/// The story is over.
pub const STORY_ENDED: Reason = Reason::new("story_ended", 409);
/// The text is empty or too long.
pub const STORY_TEXT: Reason = Reason::new("story_text", 422);

/// Letters of a story at most.
pub const LONGEST: usize = 1500;

/// A told story as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct StoryText {
    /// Its id.
    pub id: StoryTextId,
    /// Whose.
    pub contact_id: ContactId,
    /// What is told, in Persian.
    pub text_fa: String,
    /// The same in English; may be empty.
    pub text_en: String,
    /// Is there a picture?
    pub has_picture: bool,
    /// When she agreed that the picture is seen.
    pub picture_agreed_on: Option<Date>,
    /// Where it stands.
    pub state: TextState,
    /// The consent it was approved under.
    pub consent_id: Option<Uuid>,
    /// Who wrote it.
    pub written_by: Option<Uuid>,
    /// When.
    pub written_on: Date,
    /// When it was approved.
    pub approved_on: Option<Date>,
}

impl StoryText {
    /// The text in a language; Persian when there is no other.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.text_en.is_empty() => &self.text_en,
            _ => &self.text_fa,
        }
    }
}

const COLUMNS: &str = "SELECT t.id, t.contact_id, t.text_fa, t.text_en, t.picture IS NOT NULL AS has_picture, \
     t.picture_agreed_on, t.state, t.consent_id, t.written_by, t.written_on, t.approved_on FROM story_text t";

/// Writes a story. Sent again, it has no second effect.
#[derive(Clone, Serialize, Deserialize)]
pub struct WriteStory {
    /// Made by the sender.
    pub id: StoryTextId,
    /// Whose.
    pub contact_id: ContactId,
    /// In Persian.
    pub text_fa: String,
    /// In English; may be empty.
    pub text_en: String,
    /// The picture and the small one as JPEG, when she agreed that it is seen.
    pub pictures: Option<(Vec<u8>, Vec<u8>)>,
}

impl WriteStory {
    /// Both sizes of a picture that was made ready.
    pub fn pictures(photo: Photo) -> (Vec<u8>, Vec<u8>) {
        (photo.full.jpeg, photo.thumbnail.jpeg)
    }
}

impl Write for WriteStory {
    const NAME: &'static str = "write_story";
    type Out = StoryTextId;
    async fn run(&self, tx: &mut Tx) -> Result<StoryTextId> {
        let (text_fa, text_en) = (
            persian::clean_lines(&self.text_fa),
            persian::clean_lines(&self.text_en),
        );
        if text_fa.is_empty() || text_fa.chars().count() > LONGEST {
            return STORY_TEXT.at("text_fa");
        }
        if text_en.chars().count() > LONGEST {
            return STORY_TEXT.at("text_en");
        }
        let (picture, small) = self.pictures.clone().unzip();
        let agreed_on = picture.is_some().then(|| tx.today());
        let made = sql(
            "INSERT INTO story_text (id, contact_id, text_fa, text_en, picture, small_picture, state,
             written_by, written_on, made_at, picture_agreed_on)
             VALUES ($1, $2, $3, $4, $5, $6, 'written', $7, $8, $9, $10)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(self.id)
        .bind(self.contact_id)
        .bind(text_fa)
        .bind(text_en)
        .bind(picture)
        .bind(small)
        .bind(tx.origin().user)
        .bind(tx.today())
        .bind(tx.now())
        .bind(agreed_on)
        .execute(tx)
        .await?;
        if made == 0 {
            return Ok(self.id);
        }
        let detail = serde_json::json!({ "contact": self.contact_id });
        let id = Some(self.id.get());
        audit::record(tx, "story_written", "story", id, detail).await?;
        Ok(self.id)
    }
}

/// Somebody else than who wrote it lets it be shown, under the consent that holds today. The one
/// shown before ends.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApproveStory {
    /// Which.
    pub id: StoryTextId,
}

impl Write for ApproveStory {
    const NAME: &'static str = "approve_story";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let text = get(tx, self.id).await?;
        let subject = contacts::get(tx, text.contact_id).await?.subject_id;
        let today = tx.today();
        let consents = consents::list(tx, subject).await?;
        let holding = consents
            .iter()
            .find(|consent| consent.purpose == PURPOSE && consent.holds_on(today));
        // Held until this write is over, so that taking it back comes before or after.
        let Some(consent) = holding else {
            return STORY_NO_CONSENT.refuse();
        };
        if !consents::hold(tx, consent.id).await? {
            return STORY_NO_CONSENT.refuse();
        }
        sql("UPDATE story_text SET state = 'ended' WHERE contact_id = $1 AND state = 'approved' AND id <> $2")
            .bind(text.contact_id)
            .bind(self.id)
            .execute(tx)
            .await?;
        let Some(user) = tx.origin().user else {
            return SAME_HAND.refuse();
        };
        let done = sql(
            "UPDATE story_text SET state = 'approved', consent_id = $2, approved_by = $3, approved_on = $4
             WHERE id = $1 AND state IN ('written', 'approved')",
        )
        .bind(self.id)
        .bind(consent.id)
        .bind(user)
        .bind(today)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_story_text_second_hand", &SAME_HAND))?;
        if done == 0 {
            return STORY_ENDED.refuse();
        }
        let detail = serde_json::json!({ "consent": consent.id });
        let id = Some(self.id.get());
        audit::record(tx, "story_approved", "story", id, detail).await
    }
}

/// The story is shown no more.
#[derive(Clone, Serialize, Deserialize)]
pub struct TakeStoryDown {
    /// Which.
    pub id: StoryTextId,
}

impl Write for TakeStoryDown {
    const NAME: &'static str = "take_story_down";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let done = sql("UPDATE story_text SET state = 'ended' WHERE id = $1 AND state <> 'ended'")
            .bind(self.id)
            .execute(tx)
            .await?;
        if done == 0 {
            return STORY_ENDED.refuse();
        }
        let id = Some(self.id.get());
        audit::record(tx, "story_ended", "story", id, serde_json::json!({})).await
    }
}

/// The story of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: StoryTextId) -> Result<StoryText> {
    sql(format!("{COLUMNS} WHERE t.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A maker's stories, newest first.
pub async fn list_of(conn: &mut Conn, contact: ContactId) -> Result<Vec<StoryText>> {
    sql(format!(
        "{COLUMNS} WHERE t.contact_id = $1 ORDER BY t.id DESC LIMIT 20"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// True while it may be shown: approved, and its own consent holds.
pub async fn is_public(conn: &mut Conn, text: &StoryText, day: Date) -> Result<bool> {
    match (text.state, text.consent_id) {
        (TextState::Approved, Some(consent)) => {
            Ok(consents::get(conn, consent).await?.holds_on(day))
        }
        _ => Ok(false),
    }
}

/// The story of a maker that may be shown.
pub async fn shown_of(conn: &mut Conn, contact: ContactId, day: Date) -> Result<Option<StoryText>> {
    for text in list_of(conn, contact).await? {
        if is_public(conn, &text, day).await? {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

/// A page of the stories that may be shown, newest first; and where it goes on.
pub async fn shown(
    conn: &mut Conn,
    before: Option<StoryTextId>,
    day: Date,
    most: i64,
) -> Result<(Vec<StoryText>, Option<StoryTextId>)> {
    let mut texts: Vec<StoryText> = sql(format!(
        "{COLUMNS} WHERE t.state = 'approved' AND t.id < $1 ORDER BY t.id DESC LIMIT $2"
    ))
    .bind(before.map_or(Uuid::max(), StoryTextId::get))
    .bind(most + 1)
    .all(conn)
    .await?;
    let has_more = texts.len() as i64 > most;
    texts.truncate(usize::try_from(most).unwrap_or_default());
    let next = texts.last().map(|last| last.id).filter(|_| has_more);
    let mut public = Vec::with_capacity(texts.len());
    for text in texts {
        if is_public(conn, &text, day).await? {
            public.push(text);
        }
    }
    Ok((public, next))
}

/// The JPEG of a story's picture, large or small; not found when it has none.
pub(super) async fn picture(conn: &mut Conn, id: StoryTextId, is_small: bool) -> Result<Vec<u8>> {
    let column = if is_small { "small_picture" } else { "picture" };
    let picture: Option<Vec<u8>> = sql(format!(
        "SELECT {column} AS value FROM story_text WHERE id = $1"
    ))
    .bind(id)
    .scalar(conn)
    .await?;
    picture.ok_or(Error::NotFound)
}
