#![doc = include_str!("../README.md")]

pub mod assessment;
mod bounds;
pub mod budget;
pub mod cases;
mod checks;
pub mod citations;
mod days;
pub mod eligibility;
pub mod emergencies;
pub mod follow_up;
pub mod plans;
pub mod reference;
pub(crate) mod sealed;
mod shown;
pub mod tasks;
mod today;

pub use cases::{
    Case, CaseEvent, CaseId, CaseState, EventKind, NextAction, OpenCase, Stage, find,
    find_for_person, get, move_stage, record_event, set_next_action,
};
pub use checks::checks;
pub use days::months_after;
pub use db::SealedText as Sealed;
pub use plans::steps::{self, StepId, StepKind};
pub use plans::{Plan, PlanId, PlanState};
pub use tasks::{NewTask, TaskId};

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Sees cases of people the body has a grant for.
pub const CASE_READ: Permission =
    Permission::new("case.read", &[Role::CaseWorker, Role::Supervisor]);
/// Opens a case with the person's consent.
pub const CASE_OPEN: Permission =
    Permission::new("case.open", &[Role::CaseWorker, Role::Supervisor]);
/// Carries a case: next action, stage, tasks, pause, close, hand-over.
pub const CASE_CHANGE: Permission =
    Permission::new("case.change", &[Role::CaseWorker, Role::Supervisor]);
/// Assesses and applies the rules.
pub const CASE_ASSESS: Permission =
    Permission::new("case.assess", &[Role::CaseWorker, Role::Supervisor]);
/// Answers a request for another result.
pub const OVERRIDE_ANSWER: Permission =
    Permission::new("eligibility.override", &[Role::Supervisor]);
/// Writes and proposes plans.
pub const PLAN_WRITE: Permission =
    Permission::new("plan.write", &[Role::CaseWorker, Role::Supervisor]);
/// Approves plans of others.
pub const PLAN_APPROVE: Permission = Permission::new("plan.approve", &[Role::Supervisor]);
/// Sees the budget.
pub const BUDGET_READ: Permission = Permission::new(
    "budget.read",
    &[Role::CaseWorker, Role::Supervisor, Role::Administrator],
);
/// Adds money to the budget.
pub const BUDGET_GRANT: Permission = Permission::new("budget.grant", &[Role::Administrator]);

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[
    db::Sealed::new("case_task", "sealed"),
    db::Sealed::new("case_task", "done_sealed"),
    assessment::SEALED_ANSWERS,
    db::Sealed::new("eligibility_decision", "trace_sealed"),
    db::Sealed::new("eligibility_override", "reason_sealed"),
    db::Sealed::new("plan_goal", "sealed"),
    db::Sealed::new("plan_step", "sealed"),
    db::Sealed::new("follow_up", "note_sealed"),
    db::Sealed::new("follow_up", "stopped_sealed"),
    db::Sealed::new("case_file", "reason_sealed"),
];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "casework",
        words: &WORDS,
        routes: today::routes()
            .merge(cases::pages::routes())
            .merge(cases::api::routes())
            .merge(emergencies::pages::routes())
            .merge(tasks::pages::routes())
            .merge(tasks::api::routes())
            .merge(assessment::pages::routes())
            .merge(assessment::api::routes())
            .merge(eligibility::pages::routes())
            .merge(eligibility::api::routes())
            .merge(plans::pages::routes())
            .merge(plans::api::routes())
            .merge(budget::pages::routes())
            .merge(budget::api::routes())
            .merge(citations::routes())
            .merge(follow_up::pages::routes())
            .merge(follow_up::api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-today",
                href: "/today",
                need: Need::May(&CASE_READ),
                order: 10,
            },
            NavEntry {
                key: "nav-cases",
                href: "/cases",
                need: Need::May(&CASE_READ),
                order: 20,
            },
            NavEntry {
                key: "nav-budget",
                href: "/budget",
                need: Need::May(&BUDGET_READ),
                order: 65,
            },
        ],
        permissions: vec![
            &CASE_READ,
            &CASE_OPEN,
            &CASE_CHANGE,
            &CASE_ASSESS,
            &OVERRIDE_ANSWER,
            &PLAN_WRITE,
            &PLAN_APPROVE,
            &BUDGET_READ,
            &BUDGET_GRANT,
        ],
        reasons: vec![
            &cases::CASE_RUNNING,
            &emergencies::CASE_UNKNOWN,
            &cases::CASE_STATE,
            &cases::CASE_OWNER_CHANGED,
            &cases::OWNER_NOT_MEMBER,
            &tasks::TASK_DONE,
            &assessment::SCORES_MISSING,
            &assessment::NOT_OF_THIS_FORM,
            &eligibility::OVERRIDE_BY_OTHER,
            &eligibility::OVERRIDE_WAITING,
            &eligibility::OVERRIDE_ANSWERED,
            &plans::PLAN_CURRENT,
            &plans::PLAN_STATE,
            &plans::PLAN_BY_OTHER,
            &plans::GOAL_MISSING,
            &plans::STEP_MISSING,
            &plans::NOT_ELIGIBLE,
            &plans::PLAN_UNFINISHED,
            &plans::LINE_STATE,
            &plans::STEP_ENDED,
            &budget::BUDGET_SHORT,
            &citations::ARTICLE_REF,
            &follow_up::NOT_A_FOLLOW_UP,
            &follow_up::STOPPED_REASON,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
