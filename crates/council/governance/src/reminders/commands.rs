use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use organizations::calendar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ReminderId;
use crate::articles::ArticleId;
use crate::committees::{self, CommitteeId, next_number};
use crate::resolutions::ResolutionId;
use crate::wording::required;

/// It was answered before.
pub const REMINDER_ANSWERED: Reason = Reason::new("reminder_answered", 409);
/// Nobody answers their own reminder.
pub const REMINDER_OWN: Reason = Reason::new("reminder_own", 409);
/// The resolution is not this committee's.
pub const REMINDER_SUBJECT: Reason = Reason::new("reminder_subject", 422);

/// Files a reminder. Its clock counts the working days of the committee's rules.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FileReminder {
    /// Made by the sender.
    pub id: ReminderId,
    /// To which committee.
    pub committee_id: CommitteeId,
    /// About which article.
    pub article_id: Option<ArticleId>,
    /// About which resolution of that committee.
    pub resolution_id: Option<ResolutionId>,
    /// What is asked.
    pub wording: String,
}

impl Write for FileReminder {
    const NAME: &'static str = "file_reminder";
    type Out = ReminderId;
    async fn run(&self, tx: &mut Tx) -> Result<ReminderId> {
        let today = tx.today();
        let rules = committees::rules_on(tx, self.committee_id, today).await?;
        let due_on = calendar::working_day_after(tx, today, rules.reminder_days).await?;
        if let Some(resolution) = self.resolution_id {
            let known: i64 =
                sql("SELECT count(*) AS value FROM resolution WHERE id = $1 AND committee_id = $2")
                    .bind(resolution)
                    .bind(self.committee_id)
                    .scalar(tx)
                    .await?;
            if known == 0 {
                return REMINDER_SUBJECT.refuse();
            }
        }
        let wording = required(&self.wording, "wording", 2_000)?;
        let (year, number) = next_number(tx, self.committee_id, "reminder", today).await?;
        sql("INSERT INTO reminder (id, committee_id, article_id, resolution_id, year, number, wording,
             filed_by, filed_on, due_on, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(self.id)
        .bind(self.committee_id)
        .bind(self.article_id)
        .bind(self.resolution_id)
        .bind(year)
        .bind(number)
        .bind(wording)
        .bind(tx.origin().user)
        .bind(today)
        .bind(due_on)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let detail = json!({ "year": year, "number": number });
        audit::record(
            tx,
            "reminder_filed",
            "reminder",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// The secretary answers, once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerReminder {
    /// Which reminder.
    pub id: ReminderId,
    /// The answer.
    pub answer: String,
}

impl Write for AnswerReminder {
    const NAME: &'static str = "answer_reminder";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let answered = sql(
            "UPDATE reminder SET answer = $2, answered_on = $3, answered_by = $4
             WHERE id = $1 AND answered_on IS NULL",
        )
        .bind(self.id)
        .bind(required(&self.answer, "answer", 2_000)?)
        .bind(tx.today())
        .bind(tx.origin().user)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_reminder_two_hands", &REMINDER_OWN))?;
        if answered == 0 {
            return REMINDER_ANSWERED.refuse();
        }
        audit::record(
            tx,
            "reminder_answered",
            "reminder",
            Some(self.id.get()),
            json!({}),
        )
        .await
    }
}
