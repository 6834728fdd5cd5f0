//! A case: one person's way through the programme, with one owner and one next action.

pub mod api;
mod commands;
mod events;
mod forms;
mod head;
pub(crate) mod pages;
mod queries;
mod reached;
mod totals;
mod views;

use db::{Conn, FromRow, Keys, Reason, Result};
use organizations::OrganizationId;
use people::PersonId;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Sealed;

pub(crate) use commands::must_run;
pub use commands::{
    HandOverCase, MoveCase, OpenCase, PauseCase, ReopenCase, ResumeCase, SetNextAction, close,
    move_stage, set_next_action,
};
pub use events::{CaseEvent, EventKind, list as list_events, record as record_event};
pub use head::{Head, Tab, head, header, next_action, panel, thread};
pub use pages::settle;
pub(crate) use queries::PAGE;
pub use queries::{Filter, Row, find, find_by_code, find_for_person, list};
pub(crate) use queries::{carried, list_centre, list_due, list_later, list_left};
pub use reached::reached;

db::id!(
    /// A case.
    pub CaseId
);

db::text_enum! {
    /// How far a person has come; the order is the chain the committee sees.
    pub enum Stage {
        /// Opened, not yet assessed.
        Intake = "intake",
        /// Being assessed.
        Assessment = "assessment",
        /// A plan is being made.
        Planning = "planning",
        /// Other bodies have been asked.
        Referral = "referral",
        /// Learning and being advised.
        Training = "training",
        /// Making and preparing for sale.
        Making = "making",
        /// Goods are on the shelf.
        Selling = "selling",
        /// Money has reached her.
        Earning = "earning",
    }
}

impl Stage {
    /// The stages before this one, as stored words in quotes for a condition.
    pub(crate) fn earlier_words(self) -> String {
        let words = Self::ALL.iter().filter(|stage| **stage < self);
        let words: Vec<String> = words.map(|stage| format!("'{stage}'")).collect();
        if words.is_empty() {
            "''".to_owned()
        } else {
            words.join(", ")
        }
    }
}

db::text_enum! {
    /// Whether a case runs.
    pub enum CaseState {
        /// Someone works on it.
        Open = "open",
        /// Resting for a reason, to be looked at again on a day.
        Paused = "paused",
        /// Ended for a reason.
        Closed = "closed",
    }
}

db::text_enum! {
    /// How the person came to us.
    pub enum Source {
        /// She came herself.
        Visit = "visit",
        /// She called.
        Phone = "phone",
        /// She applied on the web.
        Web = "web",
        /// Her name was on an office's list.
        Import = "import",
        /// Another body sent her.
        Referral = "referral",
    }
}

db::text_enum! {
    /// Why a case rests.
    pub enum PauseReason {
        /// She is ill.
        Illness = "illness",
        /// Treatment comes first.
        Treatment = "treatment",
        /// Her family needs her.
        Family = "family",
        /// She is away.
        Away = "away",
        /// She asked for time.
        AskedForTime = "asked_for_time",
        /// Another reason.
        Other = "other",
    }
}

db::text_enum! {
    /// Why a case ended.
    pub enum CloseReason {
        /// She stands on her own.
        SelfReliant = "self_reliant",
        /// She does not want to go on.
        PersonLeft = "person_left",
        /// The rules do not let her in.
        NotEligible = "not_eligible",
        /// She moved to another city.
        Moved = "moved",
        /// She could not be reached.
        Unreachable = "unreachable",
        /// The same person has another case.
        Duplicate = "duplicate",
        /// She died.
        Died = "died",
        /// Another reason.
        Other = "other",
    }
}

db::text_enum! {
    /// What is to be done next, along the whole chain. Its sentence is `next-{word}`.
    pub enum NextAction {
        /// Speak with her.
        Contact = "contact",
        /// Fill in the assessment with her.
        Assess = "assess",
        /// Find the answers that are missing.
        CompleteAnswers = "complete_answers",
        /// Decide whether she may come in.
        Decide = "decide",
        /// A second person looks at a decision.
        ConfirmOverride = "confirm_override",
        /// Write the plan.
        Plan = "plan",
        /// The supervisor approves the plan.
        ApprovePlan = "approve_plan",
        /// Mend the plan that came back.
        MendPlan = "mend_plan",
        /// Send a referral.
        Refer = "refer",
        /// Wait for a body's answer.
        AwaitBody = "await_body",
        /// Send what a body asked for.
        AnswerBody = "answer_body",
        /// Find a way round a refusal.
        FindOtherBody = "find_other_body",
        /// The supervisor says the word for a referral that waits for it.
        ReleaseLeg = "release_leg",
        /// Somebody else than the body looks at its refusal.
        CheckRefusal = "check_refusal",
        /// Enrol her in a course.
        Enrol = "enrol",
        /// See her through the course.
        FollowCourse = "follow_course",
        /// Book a consultation.
        BookAdvice = "book_advice",
        /// Do what the consultant advised.
        DoAdvice = "do_advice",
        /// Get the licence.
        GetLicence = "get_licence",
        /// Prepare the first product.
        PrepareProduct = "prepare_product",
        /// Bring goods to a shop.
        BringGoods = "bring_goods",
        /// Watch the first sales.
        WatchSales = "watch_sales",
        /// Settle how she is paid.
        ArrangePayment = "arrange_payment",
        /// Deliver what the package promised.
        DeliverPackage = "deliver_package",
        /// The next follow-up visit.
        FollowUp = "follow_up",
        /// Look again at a case that rests.
        LookAgain = "look_again",
    }
}

db::text_enum! {
    /// What sort of someone a case waits for.
    pub enum WaitsFor {
        /// Another body.
        Body = "body",
        /// The person herself.
        Person = "person",
        /// Someone named in words.
        Other = "other",
    }
}

/// For whom a case waits, when it is not us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Another body.
    Body(OrganizationId),
    /// The person herself.
    Person,
    /// Someone named in words.
    Other(String),
}

/// A case as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// `1405-00042`
    pub code: String,
    /// Whose case it is.
    pub person_id: PersonId,
    /// The body that carries it.
    pub organization_id: OrganizationId,
    /// The user who carries it; always there while it is open.
    pub owner_id: Option<Uuid>,
    /// The consent it began with.
    pub consent_id: Uuid,
    /// How she came.
    pub source: Source,
    /// Whether it runs.
    pub state: CaseState,
    /// Why it rests or ended, sealed: [`Case::state_reason`].
    #[serde(skip)]
    pub reason_sealed: Option<Vec<u8>>,
    /// How far she has come.
    pub stage: Stage,
    /// Since when.
    pub stage_since: Date,
    /// What comes next.
    pub next_action: Option<NextAction>,
    /// By when.
    pub next_action_on: Option<Date>,
    /// For whom it waits, when it is not us.
    pub waits_for: Option<WaitsFor>,
    /// The body it waits for.
    pub waiting_body: Option<OrganizationId>,
    /// That body's name in Persian.
    pub waiting_fa: Option<String>,
    /// That body's name in English.
    pub waiting_en: Option<String>,
    /// Whom someone named in words.
    pub waiting_on: Option<String>,
    /// The day it began.
    pub opened_on: Date,
    /// The day it ended.
    pub closed_on: Option<Date>,
}

impl Case {
    /// Why it rests or ended: a [`PauseReason`] or [`CloseReason`]; for those who may see
    /// sensitive facts.
    pub fn state_reason(&self, keys: &Keys) -> Result<Option<String>> {
        let open = |sealed: &Vec<u8>| {
            crate::sealed::open(keys, "case_file", "reason_sealed", self.id.get(), sealed)
        };
        self.reason_sealed.as_ref().map(open).transpose()
    }
}

impl PauseReason {
    /// As the case keeps it.
    pub fn seal(self, keys: &Keys, case: CaseId) -> Sealed {
        Sealed::new(
            keys,
            "case_file",
            "reason_sealed",
            case.get(),
            self.as_str(),
        )
    }
}

impl CloseReason {
    /// As the case keeps it.
    pub fn seal(self, keys: &Keys, case: CaseId) -> Sealed {
        Sealed::new(
            keys,
            "case_file",
            "reason_sealed",
            case.get(),
            self.as_str(),
        )
    }
}

impl Case {
    /// True when the viewer may do this for the body that carries the case.
    pub fn lets(&self, viewer: &access::Viewer, permission: &access::Permission) -> bool {
        let bodies = viewer.bodies_as(permission.roles);
        bodies.contains(&self.organization_id.get())
    }
}

/// The person has a case that is not closed.
pub const CASE_RUNNING: Reason = Reason::new("case_running", 409);
/// The case is not in the state this needs.
pub const CASE_STATE: Reason = Reason::new("case_state", 409);
/// Someone handed the case over meanwhile.
pub const CASE_OWNER_CHANGED: Reason = Reason::new("case_owner_changed", 409);
/// The new owner does not carry cases in this body.
pub const OWNER_NOT_MEMBER: Reason = Reason::new("owner_not_member", 422);

/// The case, when this viewer carries cases for its body and that body may see the person. The
/// grant of a parcel opens no case: for other bodies it is [`db::Error::NotFound`].
pub async fn get(
    conn: &mut Conn,
    viewer: &access::Viewer,
    now: Timestamp,
    id: CaseId,
) -> Result<Case> {
    let case = find(conn, id).await?.ok_or(db::Error::NotFound)?;
    let is_emergency = viewer.emergencies.contains(&case.person_id.get());
    if !is_emergency && !case.lets(viewer, &crate::CASE_READ) {
        return Err(db::Error::NotFound);
    }
    let category = access::grants::Category::Operational;
    match access::grants::may_see(conn, viewer, case.person_id.get(), category, now).await? {
        true => Ok(case),
        false => Err(db::Error::NotFound),
    }
}

/// The guardian's contact when this shows that he agreed in a person's place.
///
/// # Errors
/// Refuses when no guardian stands in her record.
pub async fn guardian_who_gave(
    tx: &mut db::Tx,
    person: people::PersonId,
    evidence: Evidence,
) -> db::Result<Option<Uuid>> {
    let contact = people::contact_of(tx, person).await?;
    contacts::guardian_who_gave(tx, contact, evidence == Evidence::Guardian).await
}

/// How a consent was given.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConsentGiven {
    /// Made by the sender.
    pub id: Uuid,
    /// What shows it.
    pub evidence: Evidence,
    /// The last day it holds.
    pub valid_until: Date,
}

db::text_enum! {
    /// What shows that a person agreed.
    #[schemars(rename = "CaseConsentEvidence")]
    pub enum Evidence {
        /// She signed the sheet.
        Signature = "signature",
        /// She gave the code from her phone.
        SmsCode = "sms_code",
        /// She agreed before a witness.
        Witness = "witness",
        /// Her guardian signed, and his deed was seen.
        Guardian = "guardian",
    }
}
