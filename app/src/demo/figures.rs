//! What the secretary does with figures: targets of the year, views for others, reports that make
//! themselves.

use access::Role;
use db::Result;
use indicators::figures::Breakdown;
use indicators::reports::{self, Period};
use indicators::{KeepView, ScheduleReport, SetTarget};
use persian::{Jalali, Timestamp};

use super::agenda::deed;
use super::town::{Town, workday};

/// Figure, what it should reach for each hundred people of the city, and where that comes from.
const TARGETS: &[(&str, i64, &str)] = &[
    ("reached", 120, "برنامهٔ سالانهٔ کمیته"),
    ("licensed", 40, "مادهٔ ۳، مجوز مشاغل خانگی"),
    ("makers_earning", 30, "مادهٔ ۳، فروش"),
    ("packages_delivered", 90, "مادهٔ ۳، بستهٔ حمایتی"),
    ("pieces_sold", 2_500, "مادهٔ ۳، فروشگاه‌های دست‌آفرین"),
];

/// Report, how often, for whom, of what; none of it means everything.
const REPORTS: &[(&str, Period, Role, &[&str])] = &[
    (
        "زنجیره در یک هفته",
        Period::Week,
        Role::Chair,
        &[
            "legs_sent",
            "legs_answered",
            "legs_late",
            "makers_earning",
            "paid_to_makers",
        ],
    ),
    ("گزارش ماهانهٔ ناظر", Period::Month, Role::Observer, &[]),
];

/// Days before the city's last one on which the secretary plans the reports.
const BEFORE: i64 = 75;

pub fn plan(town: &mut Town, people: u32) -> Result<()> {
    let secretary = town.user("secretary");
    let today = town.until.date();
    let hundreds = |of_hundred: i64| (of_hundred * i64::from(people) / 100).max(1);
    let at = Timestamp::at(workday(town.until.plus_days(-BEFORE).date()), 9, 20);
    let year = i64::from(Jalali::from(today).year);
    for (code, of_hundred, reason) in TARGETS {
        let target = SetTarget {
            id: town.id(at),
            code: (*code).into(),
            year,
            amount: Some(hundreds(*of_hundred)),
            reason: (*reason).into(),
        };
        town.agenda.add(at, secretary, target);
    }
    let view = |id, name: &str, code: &str, breakdown, role| KeepView {
        id,
        name: name.into(),
        code: code.into(),
        breakdown,
        role,
    };
    let shared = view(
        town.id(at),
        "پرداخت ماه به ماه",
        "paid_to_makers",
        Breakdown::Month,
        Some(Role::CommitteeMember),
    );
    town.agenda.add(at, secretary, shared);
    let own = view(
        town.id(at),
        "ارجاع‌های دیرشده به تفکیک دستگاه",
        "legs_late",
        Breakdown::Body,
        None,
    );
    let observer = town.user("observer");
    town.agenda.add(at, observer, own);
    for (name, period, role, codes) in REPORTS {
        let id = town.id(at);
        let schedule = ScheduleReport {
            id,
            name: (*name).into(),
            period: *period,
            role: *role,
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        };
        town.agenda.add(at, secretary, schedule);
        let mut day = at.date();
        while day < today {
            // The first in the hour in which it was planned, the others when people come to work.
            let when = Timestamp::at(day, 7, 0).max(at.plus_seconds(600));
            town.agenda
                .later(when, uuid::Uuid::nil(), move |city| async move {
                    let made = reports::prepare(&city, id, day).await?;
                    Ok(made.map(deed).into_iter().collect())
                });
            day = period.next(day);
        }
    }
    Ok(())
}
