use db::Origin;
use persian::Timestamp;
use uuid::Uuid;

use crate::Role;

/// Whoever sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody signed in.
    Nobody,
    /// A user: id.
    User(Uuid),
    /// A person on her own page, known by her contact; a helper may sit beside her.
    Person {
        /// Her contact.
        contact: Uuid,
        /// The user who helps her now.
        helper: Option<Uuid>,
    },
}

/// Who is looking and what they are in which bodies, at the moment of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub who: Who,
    /// The name shown in the header and written in the audit.
    pub name: String,
    /// Present roles, each in a body.
    pub roles: Vec<(Role, Uuid)>,
    /// When the viewer last proved who they are.
    pub proved_at: Option<Timestamp>,
    /// Whose records an emergency has opened to the viewer. Empty when something is written: in
    /// an emergency one reads.
    pub emergencies: Vec<Uuid>,
}

impl Viewer {
    /// A visitor.
    pub fn nobody() -> Self {
        Self {
            who: Who::Nobody,
            name: String::new(),
            roles: Vec::new(),
            proved_at: None,
            emergencies: Vec::new(),
        }
    }

    /// The user's id; none for persons and visitors.
    pub fn user_id(&self) -> Option<Uuid> {
        match self.who {
            Who::User(id) => Some(id),
            _ => None,
        }
    }

    /// The person's contact when she is on her own page.
    pub fn contact_id(&self) -> Option<Uuid> {
        match self.who {
            Who::Person { contact, .. } => Some(contact),
            _ => None,
        }
    }

    /// True when the viewer has this role in some body.
    pub fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|(held, _)| *held == role)
    }

    /// The bodies in which the viewer has one of these roles.
    pub fn bodies_as(&self, roles: &[Role]) -> Vec<Uuid> {
        let mut bodies: Vec<Uuid> = self
            .roles
            .iter()
            .filter(|(role, _)| roles.contains(role))
            .map(|(_, body)| *body)
            .collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    /// All bodies the viewer belongs to.
    pub fn bodies(&self) -> Vec<Uuid> {
        let mut bodies: Vec<Uuid> = self.roles.iter().map(|(_, body)| *body).collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    /// How the audit names this viewer's writes.
    pub fn origin(&self, request: Uuid) -> Origin {
        let (user, name) = match &self.who {
            Who::Nobody => (None, "visitor".to_owned()),
            Who::User(id) => (Some(*id), self.name.clone()),
            Who::Person {
                contact,
                helper: None,
            } => (None, format!("person:{contact}")),
            Who::Person { contact, helper } => (*helper, format!("helper-of:{contact}")),
        };
        Origin {
            user,
            name,
            request,
        }
    }
}
