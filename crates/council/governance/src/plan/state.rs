//! Where an action stands, computed from its parts; nobody types it.

use persian::Date;

use crate::wording::days_between;

db::text_enum! {
    /// Where an action stands.
    pub enum ActionState {
        /// Nothing has been brought yet, and nothing is late.
        NotStarted = "not_started",
        /// It waits for another action that is not finished.
        Waiting = "waiting",
        /// Something has been brought, and nothing is late.
        OnTrack = "on_track",
        /// A part is late or due within two weeks.
        AtRisk = "at_risk",
        /// Its last day has passed.
        Overdue = "overdue",
        /// Every part has its evidence.
        Delivered = "delivered",
        /// Every part's evidence was confirmed by a second hand.
        Proven = "proven",
    }
}

/// A milestone or commitment, as far as the state needs it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its last day.
    pub due_on: Date,
    /// There is some evidence.
    pub is_begun: bool,
    /// There is evidence for all of it.
    pub is_given: bool,
    /// All of it was confirmed.
    pub is_proven: bool,
}

/// Days before a deadline from which a part without evidence is at risk.
const RISK_DAYS: i64 = 14;

/// The state of an action with these parts on a day. An action without parts proves nothing.
pub fn action_state(due_on: Date, parts: &[Part], today: Date) -> ActionState {
    let all = |test: fn(&Part) -> bool| !parts.is_empty() && parts.iter().all(test);
    if all(|part| part.is_proven) {
        return ActionState::Proven;
    }
    if all(|part| part.is_given) {
        return ActionState::Delivered;
    }
    if today > due_on {
        return ActionState::Overdue;
    }
    let is_near = |part: &Part| !part.is_given && days_between(today, part.due_on) <= RISK_DAYS;
    if parts.iter().any(is_near) {
        return ActionState::AtRisk;
    }
    if parts.iter().any(|part| part.is_begun) {
        ActionState::OnTrack
    } else {
        ActionState::NotStarted
    }
}

/// The state of an action that waits for unfinished ones: nothing of it is at risk by its own doing,
/// but its last day passes all the same.
pub fn waiting(state: ActionState, has_unfinished: bool) -> ActionState {
    let is_running = matches!(
        state,
        ActionState::NotStarted | ActionState::OnTrack | ActionState::AtRisk
    );
    match has_unfinished && is_running {
        true => ActionState::Waiting,
        false => state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn part(due: &str, is_begun: bool, is_given: bool, is_proven: bool) -> Part {
        Part {
            due_on: day(due),
            is_begun,
            is_given,
            is_proven,
        }
    }

    #[test]
    fn an_action_waits_only_while_it_runs() {
        for state in ActionState::ALL.iter().copied() {
            assert_eq!(waiting(state, false), state);
        }
        assert_eq!(waiting(ActionState::AtRisk, true), ActionState::Waiting);
        assert_eq!(waiting(ActionState::Overdue, true), ActionState::Overdue);
        assert_eq!(waiting(ActionState::Proven, true), ActionState::Proven);
    }

    #[test]
    fn a_state_follows_from_evidence_and_days_alone() {
        let today = day("2026-11-23");
        let due = day("2027-03-20");
        let far = |begun, given, proven| part("2027-03-01", begun, given, proven);
        let state = |parts: &[Part]| action_state(due, parts, today);
        assert_eq!(state(&[]), ActionState::NotStarted);
        assert_eq!(state(&[far(false, false, false)]), ActionState::NotStarted);
        assert_eq!(
            state(&[far(true, false, false), far(false, false, false)]),
            ActionState::OnTrack
        );
        assert_eq!(
            state(&[part("2026-12-01", true, false, false)]),
            ActionState::AtRisk
        );
        assert_eq!(
            state(&[part("2026-11-01", false, false, false)]),
            ActionState::AtRisk
        );
        assert_eq!(state(&[far(true, true, false)]), ActionState::Delivered);
        assert_eq!(
            state(&[far(true, true, true), far(true, true, false)]),
            ActionState::Delivered
        );
        assert_eq!(state(&[far(true, true, true)]), ActionState::Proven);
        let late = action_state(day("2026-11-22"), &[far(true, false, false)], today);
        assert_eq!(late, ActionState::Overdue);
        assert_eq!(
            action_state(day("2026-11-22"), &[], today),
            ActionState::Overdue
        );
        // What was proven late is proven.
        let proven = action_state(day("2026-11-22"), &[far(true, true, true)], today);
        assert_eq!(proven, ActionState::Proven);
    }
}
