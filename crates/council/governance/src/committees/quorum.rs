//! Whether enough of those who vote are there.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CommitteeRole, Majority, Rules};

/// A seat and whether it was filled.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// As what.
    pub role: CommitteeRole,
    /// Its holder or a deputy was there.
    pub is_present: bool,
}

/// The count for one meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quorum {
    /// Seats that vote.
    pub voting: i64,
    /// Of them present.
    pub present: i64,
    /// Needed.
    pub needed: i64,
    /// The chair is missing though the rules ask for the chair.
    pub is_chair_missing: bool,
    /// Decisions taken now are valid.
    pub is_met: bool,
}

/// Counts the seats by the rules.
pub fn quorum(rules: &Rules, seats: &[Seat]) -> Quorum {
    let votes = |seat: &&Seat| rules.voting_roles.contains(&seat.role);
    let voting = seats.iter().filter(votes).count() as i64;
    let present = seats
        .iter()
        .filter(votes)
        .filter(|seat| seat.is_present)
        .count() as i64;
    // More than the share, so that exactly half is not more than half.
    let needed = (voting * rules.quorum_basis_points / 10_000 + 1).max(rules.quorum_least);
    let has_chair = seats
        .iter()
        .any(|seat| seat.role == CommitteeRole::Chair && seat.is_present);
    let is_chair_missing = rules.is_chair_needed && !has_chair;
    Quorum {
        voting,
        present,
        needed,
        is_chair_missing,
        is_met: present >= needed && !is_chair_missing,
    }
}

/// Whether so many votes for something pass it, with this count of seats.
pub fn passes(majority: Majority, quorum: &Quorum, votes_for: i64) -> bool {
    match majority {
        Majority::Present => 2 * votes_for > quorum.present,
        Majority::Members => 2 * votes_for > quorum.voting,
        Majority::TwoThirds => votes_for > 0 && 3 * votes_for >= 2 * quorum.present,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules {
            voting_roles: vec![
                CommitteeRole::Chair,
                CommitteeRole::Secretary,
                CommitteeRole::Member,
            ],
            quorum_basis_points: 5_000,
            quorum_least: 3,
            is_chair_needed: true,
            majority: Majority::Present,
            meets_every_days: 90,
            reminder_days: 10,
        }
    }

    fn seats(present: &[(CommitteeRole, bool)]) -> Vec<Seat> {
        present
            .iter()
            .map(|(role, is_present)| Seat {
                role: *role,
                is_present: *is_present,
            })
            .collect()
    }

    use CommitteeRole::{Chair, Guest, Member, Observer, Secretary};

    #[test]
    fn observers_and_guests_do_not_make_a_quorum() {
        let all = seats(&[
            (Chair, true),
            (Secretary, true),
            (Member, false),
            (Member, false),
            (Observer, true),
            (Guest, true),
        ]);
        let count = quorum(&rules(), &all);
        assert_eq!(
            (count.voting, count.present, count.needed, count.is_met),
            (4, 2, 3, false)
        );
    }

    #[test]
    fn exactly_half_is_not_more_than_half() {
        let mut rule = rules();
        rule.quorum_least = 1;
        let half = seats(&[
            (Chair, true),
            (Secretary, true),
            (Member, false),
            (Member, false),
        ]);
        assert!(!quorum(&rule, &half).is_met);
        let more = seats(&[
            (Chair, true),
            (Secretary, true),
            (Member, true),
            (Member, false),
        ]);
        assert!(quorum(&rule, &more).is_met);
    }

    #[test]
    fn without_the_chair_nothing_is_decided_where_the_rules_ask_for_one() {
        let without = seats(&[
            (Chair, false),
            (Secretary, true),
            (Member, true),
            (Member, true),
        ]);
        let count = quorum(&rules(), &without);
        assert!(count.is_chair_missing && !count.is_met);
        let mut rule = rules();
        rule.is_chair_needed = false;
        assert!(quorum(&rule, &without).is_met);
    }

    #[test]
    fn a_majority_is_counted_by_its_rule() {
        let count = Quorum {
            voting: 9,
            present: 6,
            needed: 5,
            is_chair_missing: false,
            is_met: true,
        };
        let least = |majority| (0..=9).find(|votes| passes(majority, &count, *votes));
        assert_eq!(least(Majority::Present), Some(4));
        assert_eq!(least(Majority::Members), Some(5));
        assert_eq!(least(Majority::TwoThirds), Some(4));
        let none = Quorum {
            voting: 0,
            present: 0,
            needed: 0,
            ..count
        };
        assert!(!passes(Majority::TwoThirds, &none, 0));
    }

    #[test]
    fn an_empty_committee_never_has_a_quorum() {
        assert!(!quorum(&rules(), &[]).is_met);
    }
}
