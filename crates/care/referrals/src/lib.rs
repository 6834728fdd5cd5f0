#![doc = include_str!("../README.md")]

pub mod batches;
mod board;
pub mod chains;
mod checks;
pub mod clock;
mod closing;
pub mod consents;
mod desk;
pub mod legs;
pub mod letters;
pub mod links;
pub mod parcels;
pub mod reference;

pub use batches::{ApplyResults, MakeBatch, UploadResults};
pub use chains::{Chosen, StartChain};
pub use checks::checks;
pub use closing::CloseCase;
pub use consents::WithdrawConsent;
pub use legs::{
    Act, Answer, AnswerLeg, By, DraftLeg, Leg, LegId, MoveLeg, Moved, NewLeg, Note, ReportLeg,
    Returned, SendLeg, list_for_case, overdue, recall_for_consent, whose_turn,
};

use access::{NavEntry, Need, Room};

web::words!();

// Sentences of refusals, found by their reason's code.
// words: reason-*

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[
    db::Sealed::new("leg_event", "note"),
    // A row of an answered list becomes the leg's event of the same id.
    db::Sealed::new("batch_row", "note").bound_for("leg_event", "note"),
    db::Sealed::new("parcel", "content"),
];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "referrals",
        words: &WORDS,
        routes: legs::pages::routes()
            .merge(legs::api::routes())
            .merge(consents::routes())
            .merge(desk::routes())
            .merge(board::routes())
            .merge(links::pages::routes())
            .merge(letters::routes())
            .merge(batches::pages::routes())
            .merge(batches::api::routes())
            .merge(closing::routes()),
        nav: vec![
            NavEntry {
                key: "nav-desk",
                href: "/desk",
                need: Need::May(&legs::ANSWER),
                order: 15,
            },
            NavEntry {
                key: "nav-board",
                href: "/board",
                need: Need::May(&legs::COORDINATE),
                order: 29,
            },
            NavEntry {
                key: "nav-overdue",
                href: "/legs/overdue",
                need: Need::May(&legs::OVERSEE),
                order: 30,
            },
            NavEntry {
                key: "nav-batches",
                href: "/batches",
                need: Need::May(&batches::BATCH),
                order: 35,
            },
        ],
        permissions: vec![
            &legs::SEND,
            &legs::ANSWER,
            &legs::OVERSEE,
            &legs::COORDINATE,
            &batches::BATCH,
            &consents::WITHDRAW,
        ],
        reasons: vec![
            &legs::NOT_NOW,
            &legs::ANSWERED,
            &legs::NO_CONSENT,
            &legs::TOO_EARLY,
            &legs::SAME_BODY,
            &legs::SECOND_PERSON,
            &legs::UNKNOWN_CODE,
            &legs::STEP_ELSEWHERE,
            &legs::CASE_CLOSED,
            &legs::REVIEW_PAST,
            &letters::NOT_IN_FORCE,
            &chains::CHAIN_INCOMPLETE,
            &links::NOT_WAITING,
            &links::BAD_LINK_CODE,
            &links::TOO_MANY_CODES,
            &batches::EMPTY,
            &batches::APPLIED,
            &batches::NOT_OURS,
        ],
        jobs: clock::handlers(),
    }
}

#[cfg(test)]
mod tests;
