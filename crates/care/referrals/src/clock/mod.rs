//! The clock: a leg nobody answers is reminded, then given back to its sender, then ends.

mod jobs;

use ::jobs::Job;
use casework::NextAction;
use db::{FromRow, Result, Tx, Write, sql};
use persian::{Date, Timestamp};
use serde::Serialize;
use serde_json::json;

use crate::chains;
use crate::legs::states::{Action, Debtor, State, allows};
use crate::legs::{self, By, Leg, LegId, Note, apply, queries};
use crate::links;
use crate::reference::{self, AnswersBy};
use access::FreshLink;

pub use self::jobs::handlers;

db::text_enum! {
    /// What the clock does to a silent leg.
    #[schemars(rename = "ClockAct")]
    pub enum Act {
        /// Reminds the body.
        Remind = "remind",
        /// Gives it back to the case worker, who may ask another body.
        Return = "return",
        /// Ends it.
        Expire = "expire",
    }
}

/// One rule of the clock.
#[derive(Clone, Debug, FromRow)]
struct Rule {
    step: i64,
    after_hours: i64,
    act: Act,
}

/// Writes a job for each step of the clock. A body that answers by file is not reminded: its
/// answers come together once a week.
pub(crate) async fn schedule(tx: &mut Tx, leg: &Leg) -> Result<()> {
    let rules: Vec<Rule> = sql("SELECT step, after_hours, act FROM reminder_rule ORDER BY step")
        .all(tx)
        .await?;
    let by_file = reference::term(tx, &leg.service).await?.answers_by == AnswersBy::File;
    for rule in rules
        .into_iter()
        .filter(|rule| !by_file || rule.act == Act::Expire)
    {
        let job = Job {
            kind: "remind_body",
            payload: json!({ "leg": leg.id, "round": leg.round, "step": rule.step }),
            run_at: tx.now().plus_seconds(rule.after_hours * 3_600),
            once_key: Some(format!(
                "remind_body:{}:{}:{}",
                leg.id, leg.round, rule.step
            )),
        };
        ::jobs::enqueue(tx, job).await?;
    }
    Ok(())
}

/// Writes a job for the day after a pause should have ended.
pub(crate) async fn look_again(tx: &mut Tx, leg: &Leg) -> Result<()> {
    let Some(review_on) = leg.review_on else {
        return Ok(());
    };
    let job = Job {
        kind: "look_again",
        payload: json!({ "leg": leg.id, "state": leg.state, "review_on": review_on }),
        run_at: Timestamp::at(review_on, 8, 0).plus_days(1),
        once_key: Some(format!("look_again:{}:{}:{review_on}", leg.id, leg.state)),
    };
    ::jobs::enqueue(tx, job).await.map(drop)
}

/// A pause whose day of review passed: the body is reminded of work that rests, and the case
/// worker speaks with the person, or answers, when a question waits. Without effect when the leg
/// moved on meanwhile, or this was said before.
#[derive(Serialize)]
pub struct LookAgain {
    /// Which leg.
    pub leg: LegId,
    /// The state it paused in.
    pub state: State,
    /// The day it was to be looked at again.
    pub review_on: Date,
    /// A fresh link for the reminder.
    pub link: FreshLink,
}

impl Write for LookAgain {
    const NAME: &'static str = "look_again";
    /// True when the clock spoke.
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let leg = queries::get(tx, self.leg).await?;
        let is_same = leg.state == self.state && leg.review_on == Some(self.review_on);
        if !is_same || !leg.is_late(tx.today()) {
            return Ok(false);
        }
        // The place of this step follows from the day, so that each pause is told once.
        let step = 1_000 + (self.review_on - leg.made_at.date()).num_days();
        let rule = Rule {
            step,
            after_hours: 0,
            act: Act::Remind,
        };
        if !record(tx, &leg, &rule).await? {
            return Ok(false);
        }
        let note = Note::none(tx.new_id());
        queries::add_event(tx, &leg, "late", By::SYSTEM, &note, json!({})).await?;
        match leg.debtor {
            Debtor::Receiver => links::send(tx, &self.link, &leg, "referral-reminder").await?,
            Debtor::Sender => chains::act_now(tx, leg.case_id, NextAction::AnswerBody).await?,
            _ => chains::act_now(tx, leg.case_id, NextAction::Contact).await?,
        }
        let detail = json!({ "act": "late", "debtor": leg.debtor });
        access::audit::record(tx, "leg_escalated", "leg", Some(leg.id.get()), detail).await?;
        Ok(true)
    }
}

/// One step of the clock for one leg. It has one effect however often it is run, and none when
/// the leg was answered, paused or reopened meanwhile.
#[derive(Serialize)]
pub struct RemindBody {
    /// Which leg.
    pub leg: LegId,
    /// The round the step belongs to.
    pub round: i64,
    /// Which step.
    pub step: i64,
    /// A fresh link for the reminder.
    pub link: FreshLink,
}

impl Write for RemindBody {
    const NAME: &'static str = "remind_body";
    /// True when the clock spoke.
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let leg = queries::get(tx, self.leg).await?;
        let is_silent =
            leg.round == self.round && allows(leg.state, By::SYSTEM.actor, Action::Escalate);
        let rule: Option<Rule> =
            sql("SELECT step, after_hours, act FROM reminder_rule WHERE step = $1")
                .bind(self.step)
                .optional(tx)
                .await?;
        let Some(rule) = rule.filter(|_| is_silent) else {
            return Ok(false);
        };
        if !record(tx, &leg, &rule).await? {
            return Ok(false);
        }
        let note = Note::none(tx.new_id());
        match rule.act {
            Act::Expire => {
                apply(tx, leg.id, &legs::Act::Expire, By::SYSTEM, &note).await?;
                return Ok(true);
            }
            Act::Remind => {
                let reminded = Leg {
                    reminders: leg.reminders + 1,
                    ..leg.clone()
                };
                queries::save(tx, &leg, &reminded).await?;
                queries::add_event(tx, &reminded, "remind", By::SYSTEM, &note, json!({})).await?;
                links::send(tx, &self.link, &leg, "referral-reminder").await?;
            }
            Act::Return => {
                let returned = Leg {
                    is_returned: true,
                    ..leg.clone()
                };
                queries::save(tx, &leg, &returned).await?;
                queries::add_event(tx, &returned, "return", By::SYSTEM, &note, json!({})).await?;
                chains::act_now(tx, leg.case_id, NextAction::FindOtherBody).await?;
            }
        }
        let detail = json!({ "step": rule.step, "act": rule.act });
        access::audit::record(tx, "leg_escalated", "leg", Some(leg.id.get()), detail).await?;
        Ok(true)
    }
}

/// Every word of the clock is a record the committee counts; false when it was said before.
async fn record(tx: &mut Tx, leg: &Leg, rule: &Rule) -> Result<bool> {
    let rows = sql(
        "INSERT INTO escalation (id, leg_id, round, step, act, happened_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (leg_id, round, step) DO NOTHING",
    )
    .bind(tx.new_id())
    .bind(leg.id)
    .bind(leg.round)
    .bind(rule.step)
    .bind(rule.act)
    .bind(tx.now())
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// True when a consent was withdrawn without anyone calling back what rests on it.
pub(crate) async fn has_lost_consent(conn: &mut db::Conn, leg: &Leg) -> Result<bool> {
    if !leg.state.is_waiting() || leg.state == State::Draft {
        return Ok(false);
    }
    let list = access::consents::list(conn, leg.person_id).await?;
    let kept = list
        .iter()
        .find(|consent| Some(consent.id) == leg.consent_id);
    Ok(kept.is_none_or(|consent| consent.withdrawn_at.is_some()))
}
