//! What a letter is about.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

use db::{Conn, Error, Result, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::commands::LETTER_SUBJECT;
use crate::articles::ArticleId;
use crate::committees::CommitteeId;
use crate::meetings::MeetingId;
use crate::reminders::ReminderId;
use crate::resolutions::ResolutionId;

/// The one thing a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LetterAbout")]
pub enum About {
    /// A resolution of the committee.
    Resolution(ResolutionId),
    /// A reminder filed to the committee.
    Reminder(ReminderId),
    /// An article of an ordinance.
    Article(ArticleId),
    /// A meeting of the committee.
    Meeting(MeetingId),
}

impl About {
    const fn kind(self) -> &'static str {
        match self {
            Self::Resolution(_) => "resolution",
            Self::Reminder(_) => "reminder",
            Self::Article(_) => "article",
            Self::Meeting(_) => "meeting",
        }
    }

    /// The column that holds it.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Resolution(_) => "resolution_id",
            Self::Reminder(_) => "reminder_id",
            Self::Article(_) => "article_id",
            Self::Meeting(_) => "meeting_id",
        }
    }

    /// The bare id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Resolution(id) => id.get(),
            Self::Reminder(id) => id.get(),
            Self::Article(id) => id.get(),
            Self::Meeting(id) => id.get(),
        }
    }

    /// The page it opens.
    pub(crate) fn href(self) -> String {
        format!("/{}s/{}", self.kind(), self.id())
    }

    /// Refuses what is not there or belongs to another committee; articles belong to all.
    pub(crate) async fn check(self, conn: &mut Conn, committee: CommitteeId) -> Result<()> {
        let count = match self {
            Self::Article(_) => "SELECT count(*) AS value FROM article WHERE id = $1",
            Self::Resolution(_) => {
                "SELECT count(*) AS value FROM resolution WHERE id = $1 AND committee_id = $2"
            }
            Self::Reminder(_) => {
                "SELECT count(*) AS value FROM reminder WHERE id = $1 AND committee_id = $2"
            }
            Self::Meeting(_) => {
                "SELECT count(*) AS value FROM meeting WHERE id = $1 AND committee_id = $2"
            }
        };
        let mut query = sql(count).bind(self.id());
        if !matches!(self, Self::Article(_)) {
            query = query.bind(committee);
        }
        let known: i64 = query.scalar(conn).await?;
        if known == 0 {
            LETTER_SUBJECT.at("about")
        } else {
            Ok(())
        }
    }
}

/// As a list to choose from carries it: `resolution:` and the id.
impl Display for About {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

impl FromStr for About {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let fault = || Error::other(format!("{text} is nothing a letter can be about"));
        let (kind, id) = text.split_once(':').ok_or_else(fault)?;
        let id: Uuid = id.parse().map_err(|_| fault())?;
        match kind {
            "resolution" => Ok(Self::Resolution(ResolutionId::new(id))),
            "reminder" => Ok(Self::Reminder(ReminderId::new(id))),
            "article" => Ok(Self::Article(ArticleId::new(id))),
            "meeting" => Ok(Self::Meeting(MeetingId::new(id))),
            _ => Err(fault()),
        }
    }
}
