use uuid::Uuid;

/// Who asks for a write and from where; the audit names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The signed-in user; none for the command line, jobs and partner links.
    pub user: Option<Uuid>,
    /// How the audit names the asker: a user name, `operator`, `job:…`, `link:…`.
    pub name: String,
    /// The request this belongs to, to find it again in the logs.
    pub request: Uuid,
}

impl Origin {
    /// A write asked for by the program itself: `job:send_sms`, `operator`.
    pub fn program(name: impl Into<String>) -> Self {
        Self {
            user: None,
            name: name.into(),
            request: Uuid::now_v7(),
        }
    }

    /// A write asked for by a signed-in user.
    pub fn user(id: Uuid, name: impl Into<String>) -> Self {
        Self {
            user: Some(id),
            name: name.into(),
            request: Uuid::now_v7(),
        }
    }
}
