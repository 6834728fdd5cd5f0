//! Courses: what is taught.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
mod views;

use access::audit;
use db::{FromRow, Result, Tx, Write};
use organizations::OrganizationId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use queries::{PAGE, get, list};

db::id!(
    /// A course.
    pub CourseId
);

db::text_enum! {
    /// What earns the certificate.
    #[schemars(rename = "CertificateBasis")]
    pub enum Basis {
        /// Being there often enough.
        Attendance = "attendance",
        /// Being there often enough, and the trainer's judgement.
        Competence = "competence",
    }
}

/// A course as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// The body that holds it.
    pub organization_id: OrganizationId,
    /// Its title in Persian.
    pub title_fa: String,
    /// Its title in English.
    pub title_en: String,
    /// Its length in hours.
    pub hours: i64,
    /// What earns its certificate.
    pub basis: Basis,
    /// The share of sessions one must attend, in percent.
    pub attendance_needed: i64,
    /// The day it ceased to be offered.
    pub retired_on: Option<Date>,
}

impl Course {
    /// Its title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.title_fa,
            Lang::En => &self.title_en,
        }
    }
}

/// Adds a course.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct CreateCourse {
    /// Made by the sender.
    pub id: CourseId,
    /// The body that holds it.
    pub organization_id: OrganizationId,
    /// Its title in Persian.
    pub title_fa: String,
    /// Its title in English.
    pub title_en: String,
    /// Its length in hours, 1 to 2000.
    pub hours: i64,
    /// What earns its certificate.
    pub basis: Basis,
    /// The share of sessions one must attend, in percent, 0 to 100.
    pub attendance_needed: i64,
}

impl Write for CreateCourse {
    const NAME: &'static str = "create_course";
    type Out = CourseId;
    async fn run(&self, tx: &mut Tx) -> Result<CourseId> {
        crate::fits(&self.title_fa, 120, "title_fa")?;
        crate::fits(&self.title_en, 120, "title_en")?;
        queries::create(tx, self)
            .await
            .map_err(crate::out_of_range)?;
        let detail = serde_json::json!({ "organization": self.organization_id });
        audit::record(tx, "course_created", "course", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}
