use persian::Timestamp;

use crate::{Role, Viewer, Who};

/// The right to do one thing. Rooms keep theirs as constants: `CASE_OPEN`.
#[derive(Debug, PartialEq, Eq)]
pub struct Permission {
    /// Noun and verb: `case.open`.
    pub name: &'static str,
    /// The roles that have it.
    pub roles: &'static [Role],
}

impl Permission {
    /// A permission of these roles.
    pub const fn new(name: &'static str, roles: &'static [Role]) -> Self {
        Self { name, roles }
    }

    /// True when one of the viewer's present roles has it.
    pub fn is_held_by(&self, viewer: &Viewer) -> bool {
        viewer
            .roles
            .iter()
            .any(|(role, _)| self.roles.contains(role))
    }
}

/// What a route asks of whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Open to everyone.
    Public,
    /// Open to whoever holds the link: the handler checks its token itself.
    Link,
    /// Any signed-in member of staff.
    Staff,
    /// A person signed in by code, for her own page.
    Person,
    /// A member of staff with this permission.
    May(&'static Permission),
    /// The same, for money, bank data, secrets and exports: who they are must have been proved
    /// within [`Need::FRESH`] seconds. A program's token counts as proof: it was made with one.
    Proved(&'static Permission),
}

impl Need {
    /// How long a proof of identity stays fresh, in seconds.
    pub const FRESH: i64 = 15 * 60;

    /// True when the viewer must prove anew who they are before passing.
    pub fn lacks_proof(&self, viewer: &Viewer, now: Timestamp) -> bool {
        let is_fresh = |at: Timestamp| now.seconds_since(at) <= Self::FRESH;
        matches!(self, Self::Proved(_)) && !viewer.proved_at.is_some_and(is_fresh)
    }

    /// True when the viewer may pass.
    pub fn is_met_by(&self, viewer: &Viewer) -> bool {
        match self {
            Self::Public | Self::Link => true,
            Self::Staff => matches!(viewer.who, Who::User(_)),
            Self::Person => matches!(viewer.who, Who::Person { .. }),
            Self::May(permission) | Self::Proved(permission) => permission.is_held_by(viewer),
        }
    }
}
