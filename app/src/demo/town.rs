//! What every part of the demo needs at hand while it plans.

use std::collections::BTreeMap;
use std::sync::Arc;

use casework::assessment::FormVersion;
use casework::plans::Template;
use db::Result;
use organizations::OrganizationId;
use persian::{Date, Jalali, Timestamp};
use rand::RngExt as _;
use rand::rngs::StdRng;
use uuid::Uuid;
use web::City;

use super::Account;
use super::agenda::Agenda;
use super::bodies::Bodies;
use super::courses::Courses;
use super::files::Issued;

/// The city in the making.
pub struct Town {
    /// The city itself.
    pub city: Arc<City>,
    /// What is planned.
    pub agenda: Agenda,
    /// The one source of chance.
    pub rng: StdRng,
    /// Bodies, places and services.
    pub bodies: Bodies,
    /// Users by name.
    pub staff: BTreeMap<String, Uuid>,
    /// The day the history begins.
    pub since: Timestamp,
    /// The moment it ends.
    pub until: Timestamp,
    /// The form of the assessment.
    pub form: FormVersion,
    /// The packages.
    pub templates: Vec<Template>,
    /// Groups that learn.
    pub courses: Courses,
    /// What the labour office answers by file, by the day of the batch and its sender.
    pub files: BTreeMap<(Date, OrganizationId), Vec<Issued>>,
}

impl Town {
    /// Gathers what planning needs.
    pub async fn new(
        city: &Arc<City>,
        rng: StdRng,
        bodies: Bodies,
        accounts: &BTreeMap<String, Account>,
        span: (Timestamp, Timestamp),
    ) -> Result<Self> {
        let mut conn = city.db.read().await?;
        let names = accounts
            .values()
            .map(|account| (account.id, account.username.clone()));
        Ok(Self {
            agenda: Agenda::new(names.collect()),
            form: casework::assessment::published(&mut conn, "first_assessment").await?,
            templates: casework::plans::templates_for(&mut conn, &[]).await?,
            city: city.clone(),
            rng,
            bodies,
            staff: accounts
                .values()
                .map(|account| (account.username.clone(), account.id))
                .collect(),
            since: span.0,
            until: span.1,
            courses: Courses::default(),
            files: BTreeMap::new(),
        })
    }

    /// The user of this name.
    pub fn user(&self, name: &str) -> Uuid {
        self.staff.get(name).copied().unwrap_or_default()
    }

    /// A fresh id for a record that is made at an instant.
    pub fn id(&self, at: Timestamp) -> Uuid {
        self.city.db.clock().hold(at);
        self.city.db.new_id()
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// A day between so many days later, at an hour of the day.
    pub fn after(&mut self, at: Timestamp, days: (i64, i64), hour: (u32, u32)) -> Timestamp {
        let days = self.rng.random_range(days.0..=days.1);
        Timestamp::at(workday(at.plus_days(days).date()), hour.0, hour.1)
    }
}

/// This day, or the next that is neither Friday nor one of the new year's four holidays.
pub fn workday(day: Date) -> Date {
    let mut day = day;
    loop {
        let jalali = Jalali::from(day);
        let is_new_year = jalali.month == 1 && jalali.day <= 4;
        if !is_new_year && jalali.weekday().index() != FRIDAY {
            return day;
        }
        match day.succ_opt() {
            Some(next) => day = next,
            None => return day,
        }
    }
}

/// The Saturday after a day: the week's files go out.
pub fn saturday_after(day: Date) -> Date {
    let days = day.iter_days().skip(1);
    let is_saturday = |day: &Date| Jalali::from(*day).weekday().index() == 0;
    days.take(7).find(is_saturday).unwrap_or(day)
}

/// The place of Friday in a week that begins on Saturday.
const FRIDAY: u8 = 6;
