//! Where a resolution stands, computed from answers, evidence and days; nobody types it.

use persian::Date;

use crate::wording::days_between;

db::text_enum! {
    /// Where a resolution stands.
    pub enum ResolutionState {
        /// Nothing has been heard of it.
        NotStarted = "not_started",
        /// Its body has answered; its deadline is not near.
        OnTrack = "on_track",
        /// Its body says that it cannot do it; the committee decides again.
        Cannot = "cannot",
        /// Its deadline is near and nothing proves it.
        AtRisk = "at_risk",
        /// Its deadline has passed and nothing proves it.
        Overdue = "overdue",
        /// Evidence was given; nobody has confirmed it yet.
        Claimed = "claimed",
        /// All evidence was confirmed by a second hand.
        Verified = "verified",
        /// A later meeting gave it another deadline.
        CarriedOver = "carried_over",
        /// A later meeting took it back.
        Repealed = "repealed",
    }
}

/// What a state is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    /// The deadline that holds now.
    pub due_on: Date,
    /// Taken back.
    pub is_repealed: bool,
    /// Times carried over.
    pub carries: i64,
    /// Answers heard.
    pub answers: i64,
    /// The body's last word is that it cannot.
    pub cannot: bool,
    /// Pieces of evidence.
    pub given: i64,
    /// Those confirmed.
    pub verified: i64,
}

/// Days before the deadline from which it is near.
const NEAR_DAYS: i64 = 14;

/// The state on a day.
pub fn resolution_state(signs: &Signs, today: Date) -> ResolutionState {
    let left = days_between(today, signs.due_on);
    if signs.is_repealed {
        ResolutionState::Repealed
    } else if signs.given > 0 && signs.verified == signs.given {
        ResolutionState::Verified
    } else if signs.given > 0 {
        ResolutionState::Claimed
    } else if signs.cannot {
        ResolutionState::Cannot
    } else if left < 0 {
        ResolutionState::Overdue
    } else if left <= NEAR_DAYS {
        ResolutionState::AtRisk
    } else if signs.carries > 0 {
        ResolutionState::CarriedOver
    } else if signs.answers > 0 {
        ResolutionState::OnTrack
    } else {
        ResolutionState::NotStarted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_follows_from_answers_evidence_and_days_alone() {
        let today: Date = "2026-11-23".parse().unwrap();
        let fresh = Signs {
            due_on: "2027-02-01".parse().unwrap(),
            is_repealed: false,
            carries: 0,
            answers: 0,
            cannot: false,
            given: 0,
            verified: 0,
        };
        let near = Signs {
            due_on: "2026-12-01".parse().unwrap(),
            ..fresh
        };
        let late = Signs {
            due_on: "2026-11-22".parse().unwrap(),
            ..fresh
        };
        let cases = [
            (fresh, ResolutionState::NotStarted),
            (
                Signs {
                    answers: 1,
                    ..fresh
                },
                ResolutionState::OnTrack,
            ),
            (Signs { answers: 1, ..near }, ResolutionState::AtRisk),
            (Signs { answers: 3, ..late }, ResolutionState::Overdue),
            (
                Signs {
                    answers: 3,
                    cannot: true,
                    ..late
                },
                ResolutionState::Cannot,
            ),
            (
                Signs {
                    cannot: true,
                    given: 1,
                    ..late
                },
                ResolutionState::Claimed,
            ),
            (
                Signs {
                    carries: 1,
                    ..fresh
                },
                ResolutionState::CarriedOver,
            ),
            (Signs { carries: 1, ..late }, ResolutionState::Overdue),
            (
                Signs {
                    given: 2,
                    verified: 1,
                    ..late
                },
                ResolutionState::Claimed,
            ),
            (
                Signs {
                    given: 2,
                    verified: 2,
                    ..late
                },
                ResolutionState::Verified,
            ),
            (
                Signs {
                    is_repealed: true,
                    given: 1,
                    ..late
                },
                ResolutionState::Repealed,
            ),
        ];
        for (signs, expected) in cases {
            assert_eq!(resolution_state(&signs, today), expected, "{signs:?}");
        }
    }
}
