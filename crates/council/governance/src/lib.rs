#![doc = include_str!("../README.md")]

pub mod answers;
pub mod articles;
mod checks;
pub mod committees;
pub mod decisions;
pub mod evidence;
mod forms;
pub mod letters;
pub mod meetings;
pub mod permissions;
pub mod plan;
pub mod reminders;
pub mod resolutions;
pub mod wording;

pub use answers::{
    AnswerAtDesk, AnswerByLink, AnswerKind, AnswerResolution, LINKS, SendResolutionLink, Words,
};
pub use articles::{
    AddArticle, AmendArticle, Article, ArticleId, ArticleKind, CreateOrdinance, InstrumentKind,
    Ordinance, OrdinanceId, RelateOrdinances, RelationKind, RepealArticle,
};
pub use checks::checks;
pub use committees::{
    AddMember, Committee, CommitteeId, CommitteeRole, CreateCommittee, EndTerm, Majority,
    MembershipId, NameSubstitute, Rules, SetRules, SubstituteId,
};
pub use decisions::{CaseDecisionId, DecideCase, Opens, RetryDecision};
pub use evidence::{EvidenceId, GiveEvidence, Proves, VerifyEvidence};
pub use letters::{
    About, DiscardLetter, DraftFollowUps, DraftLetter, EditLetterTemplate, Letter, LetterDirection,
    LetterId, LetterState, LetterWay, RegisterLetter, ReviseLetter, SendLetter, SignLetter,
};
pub use meetings::{
    AddAgendaItem, AddDocument, AddRemark, ApproveAgenda, DocumentId, DraftAgenda, ForwardItem,
    FreezeMinutes, Mark, Meeting, MeetingId, MoveMeeting, OpenRemarks, PlanMeeting, Presence,
    RecordAttendance, RecordDeparture, SignMinutes, WriteMinutes,
};
pub use plan::{
    ActionId, ActionState, AddAction, AddCommitment, AddMilestone, AddNeed, BeginLaunch,
    CommitmentId, CreateProgramme, GiveSpace, LaunchId, LaunchKind, LaunchStep, MilestoneId,
    ProgrammeId, ReachStep, SetBudget, SetTarget, SpaceId, SpaceKind, UseSpace,
};
pub use reminders::{AnswerReminder, FileReminder, Reminder, ReminderId};
pub use resolutions::{
    CarryOver, PassResolution, Repeal, Resolution, ResolutionId, ResolutionState,
};

use access::{NavEntry, Need, Room};
use permissions::{
    COMMITTEE_KEEP, COMMITTEE_READ, EVIDENCE_GIVE, EVIDENCE_VERIFY, LETTER_KEEP, LETTER_SIGN,
    MEETING_APPROVE, MEETING_KEEP, MINUTES_REMARK, MINUTES_SIGN, ORDINANCE_KEEP, ORDINANCE_READ,
    REMINDER_ANSWER, REMINDER_FILE, RESOLUTION_ANSWER,
};

// words: reason-*
web::words!();

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "governance",
        words: &WORDS,
        routes: articles::pages::routes()
            .merge(articles::amend_pages::routes())
            .merge(articles::relations::routes())
            .merge(articles::api::routes())
            .merge(plan::pages::routes())
            .merge(plan::part_pages::routes())
            .merge(plan::api::routes())
            .merge(plan::detail_pages::routes())
            .merge(plan::launch_pages::routes())
            .merge(plan::space_pages::routes())
            .merge(plan::detail_api::routes())
            .merge(evidence::pages::routes())
            .merge(evidence::api::routes())
            .merge(committees::pages::routes())
            .merge(committees::setup::routes())
            .merge(committees::api::routes())
            .merge(meetings::pages::routes())
            .merge(meetings::api::routes())
            .merge(meetings::documents::routes())
            .merge(resolutions::pages::routes())
            .merge(resolutions::api::routes())
            .merge(answers::desk::routes())
            .merge(answers::link_pages::routes())
            .merge(answers::api::routes())
            .merge(decisions::pages::routes())
            .merge(decisions::api::routes())
            .merge(reminders::pages::routes())
            .merge(reminders::api::routes())
            .merge(letters::pages::routes())
            .merge(letters::new_routes())
            .merge(letters::template_routes())
            .merge(letters::api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-committee",
                href: "/committee",
                need: Need::May(&COMMITTEE_READ),
                order: 50,
            },
            NavEntry {
                key: "nav-resolutions",
                href: "/resolutions",
                need: Need::May(&COMMITTEE_READ),
                order: 51,
            },
            NavEntry {
                key: "nav-reminders",
                href: "/reminders",
                need: Need::May(&COMMITTEE_READ),
                order: 52,
            },
            NavEntry {
                key: "nav-letters",
                href: "/committee-letters",
                need: Need::May(&COMMITTEE_READ),
                order: 53,
            },
            NavEntry {
                key: "nav-ordinances",
                href: "/ordinances",
                need: Need::May(&ORDINANCE_READ),
                order: 54,
            },
            NavEntry {
                key: "nav-asked",
                href: "/asked",
                need: Need::May(&RESOLUTION_ANSWER),
                order: 55,
            },
        ],
        permissions: vec![
            &ORDINANCE_READ,
            &ORDINANCE_KEEP,
            &COMMITTEE_READ,
            &COMMITTEE_KEEP,
            &MEETING_KEEP,
            &MEETING_APPROVE,
            &MINUTES_SIGN,
            &MINUTES_REMARK,
            &EVIDENCE_GIVE,
            &EVIDENCE_VERIFY,
            &RESOLUTION_ANSWER,
            &REMINDER_FILE,
            &REMINDER_ANSWER,
            &LETTER_KEEP,
            &LETTER_SIGN,
        ],
        reasons: vec![
            &wording::TEXT_MISSING,
            &wording::TEXT_TOO_LONG,
            &wording::DAY_AHEAD,
            &wording::DAY_BEFORE_DECISION,
            &articles::ORDINANCE_CODE_TAKEN,
            &articles::ORDINANCE_DATES,
            &articles::EID_TAKEN,
            &articles::CITED_FIGURE_UNKNOWN,
            &plan::PROGRAMME_CODE_TAKEN,
            &plan::ACTION_CODE_TAKEN,
            &plan::PERIOD,
            &plan::MILESTONE_FIGURE,
            &plan::YEARLY,
            &plan::NEED_CIRCLE,
            &plan::LAUNCH_ORDER,
            &plan::SPACE_PERIOD,
            &plan::SPACE_OVER,
            &evidence::EVIDENCE_OWN,
            &evidence::EVIDENCE_QUANTITY,
            &committees::COMMITTEE_CODE_TAKEN,
            &committees::RULES_SET_TODAY,
            &committees::TERM,
            &committees::RULES_VOTERS,
            &committees::SUBSTITUTE_SEATED,
            &meetings::SUBSTITUTE_UNNAMED,
            &meetings::QUORUM_LOST,
            &meetings::DOCUMENT_FAULT,
            &meetings::FORWARD_PARENT,
            &articles::REPEALED_ALREADY,
            &articles::RELATION_TAKEN,
            &evidence::EVIDENCE_OF_OWN_BODY,
            &letters::TEMPLATE_PLACE,
            &meetings::MEETING_STATE,
            &meetings::MEETING_AHEAD,
            &meetings::NO_QUORUM,
            &meetings::MINUTES_UNSIGNED,
            &meetings::MINUTES_OWN,
            &meetings::MINUTES_SEAT,
            &meetings::SEAT_UNKNOWN,
            &resolutions::RESOLUTION_VOTES,
            &resolutions::RESOLUTION_MAJORITY,
            &resolutions::ARTICLE_REPEALED,
            &resolutions::RESOLUTION_DUE,
            &resolutions::RESOLUTION_CLOSED,
            &answers::RESOLUTION_PROVEN,
            &answers::LINK_TOO_OFTEN,
            &answers::FILE_NOT_OURS,
            &decisions::CASE_UNKNOWN,
            &decisions::DECISION_STATE,
            &decisions::DECISION_SUBJECT,
            &reminders::REMINDER_ANSWERED,
            &reminders::REMINDER_OWN,
            &reminders::REMINDER_SUBJECT,
            &letters::LETTER_STATE,
            &letters::LETTER_SEAT,
            &letters::LETTER_SUBJECT,
            &letters::LETTER_SENT_EARLY,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
