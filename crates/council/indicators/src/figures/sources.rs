//! One text per figure: its number, its list and its breakdowns are all read from it, so they cannot
//! differ.
//!
//! Each gives `id`, `subject` (whom it is about, for small cells), `code`, `detail`, `region` and
//! `amount`; a ratio gives `whole` too, a median `began` and `ended` instead of an amount. A figure
//! that can be told by body, field, funder or month has a column `body`, `field`, `funder`, `day`.

use super::Breakdown;

/// How the rows become a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How many rows there are.
    Count,
    /// The amounts added up.
    Sum,
    /// The amounts together per whole, times this: 10,000 gives basis points, 1 a mean.
    Ratio(i64),
    /// The lower median of the days between two days.
    MedianDays,
    /// The lower median of the days between two instants, by Tehran's calendar.
    MedianOfInstants,
}

/// A value a text needs, in the order of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Param {
    /// The day asked.
    Today,
    /// The day this many days before.
    DaysBefore(i64),
    /// The beginning of that day.
    InstantBefore(i64),
    /// The first day of the Jalali month this many months before.
    MonthBefore(i32),
}

/// Whom the rows are about: by this a row leads to a person's gender, group and centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Person,
    Contact,
    Nobody,
    /// The amounts are people.
    Counted,
}

/// Where a figure comes from.
pub(crate) struct Source {
    pub measure: Measure,
    pub about: About,
    /// Breakdowns its rows have a column for.
    pub own: &'static [Breakdown],
    pub rows: &'static str,
    pub params: &'static [Param],
}

impl Source {
    const fn of(about: About, measure: Measure, rows: &'static str) -> Self {
        Self {
            measure,
            about,
            own: &[],
            rows,
            params: &[],
        }
    }

    const fn by(mut self, own: &'static [Breakdown]) -> Self {
        self.own = own;
        self
    }

    const fn with(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }

    /// Every breakdown the figure can be told by.
    pub fn breakdowns(&self) -> Vec<Breakdown> {
        let people = [Breakdown::Gender, Breakdown::Group, Breakdown::Centre];
        let people = people
            .into_iter()
            .filter(|_| matches!(self.about, About::Person | About::Contact));
        [Breakdown::Region]
            .into_iter()
            .chain(people)
            .chain(self.own.iter().copied())
            .collect()
    }
}

/// Every figure there is.
pub const CODES: [&str; 34] = [
    "reached",
    "eligible",
    "with_plan",
    "served",
    "legs_sent",
    "legs_answered",
    "legs_late",
    "answer_days",
    "trained",
    "licensed",
    "producing",
    "products_approved",
    "pieces_received",
    "pieces_sold",
    "sell_through",
    "return_rate",
    "makers_earning",
    "makers_stable",
    "paid_to_makers",
    "sale_to_payment_days",
    "packages_delivered",
    "packages_spent",
    "cost_per_stable_job",
    "income_before",
    "income_after",
    "women_value_added",
    "shops_open",
    "places_built",
    "places_active",
    "places_capacity",
    "places_employed",
    "places_insured",
    "pilots",
    "article_progress",
];

/// The code by which the committee knows a maker: her case; her number among the registered while
/// she has no case; her public handle only when the programme does not know her.
macro_rules! maker_code {
    () => {
        "coalesce((SELECT max(k.code) FROM case_card k JOIN person_card q ON q.id = k.person_id
          WHERE q.contact_id = c.id), (SELECT q.code FROM person_card q WHERE q.contact_id = c.id), c.handle)"
    };
}

/// A case with its person's region.
macro_rules! case_rows {
    ($condition:literal) => {
        concat!(
            "SELECT c.id, c.person_id AS subject, c.code, '' AS detail,
             coalesce(CAST(p.region AS text), '') AS region, 1 AS amount
             FROM case_card c JOIN person_card p ON p.id = c.person_id WHERE ",
            $condition
        )
    };
}

/// A leg with its case, its receiver and its person's region.
macro_rules! leg_rows {
    ($amount:literal, $condition:literal) => {
        concat!(
            "SELECT l.id, c.person_id AS subject, c.code, l.number AS detail,
             coalesce(CAST(p.region AS text), '') AS region, o.code AS body, ",
            $amount,
            " FROM leg_card l JOIN case_card c ON c.id = l.case_id
             JOIN organization_card o ON o.id = l.organization_id
             JOIN person_card p ON p.id = c.person_id WHERE ",
            $condition
        )
    };
}

/// A delivered line of a package with its case and who paid.
macro_rules! package_rows {
    ($amount:literal) => {
        concat!(
            "SELECT k.id, c.person_id AS subject, c.code, '' AS detail,
             coalesce(CAST(p.region AS text), '') AS region, b.code AS funder, k.delivered_on AS day, ",
            $amount,
            " AS amount FROM package_card k JOIN case_card c ON c.id = k.case_id
             JOIN person_card p ON p.id = c.person_id JOIN budget_line_card b ON b.id = k.budget_line_id"
        )
    };
}

/// The last follow-up of a case that knows the income before, and what it says in one column.
macro_rules! income_rows {
    ($amount:literal) => {
        concat!(
            "SELECT f.id, c.person_id AS subject, c.code, '' AS detail,
             coalesce(CAST(p.region AS text), '') AS region, ",
            $amount,
            " AS amount, 1 AS whole FROM follow_up_card f JOIN case_card c ON c.id = f.case_id
             JOIN person_card p ON p.id = c.person_id WHERE f.income_before IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM follow_up_card n WHERE n.case_id = f.case_id
                 AND n.income_before IS NOT NULL AND n.months > f.months)"
        )
    };
}

/// One column of the last month that each centre told, when that is not long ago.
macro_rules! month_rows {
    ($amount:literal) => {
        concat!(
            "SELECT m.id, b.id AS subject, b.code, '' AS detail, CAST(b.region AS text) AS region, ",
            $amount,
            " AS amount FROM centre_month_card m JOIN place_card b ON b.id = m.place_id
             WHERE b.kind IN ('centre', 'workshop') AND m.month_on <= $1 AND m.month_on > $2 AND NOT EXISTS (SELECT 1 FROM centre_month_card n
                 WHERE n.place_id = m.place_id AND n.month_on > m.month_on AND n.month_on <= $1)"
        )
    };
}

/// Something of a maker's: `$from` joins it to `contact_card c`. No product or lot stands beside
/// her case's code: their public pages tell her first name, neighbourhood and craft.
macro_rules! maker_rows {
    ($id:literal, $amount:literal, $from:literal) => {
        concat!(
            "SELECT ",
            $id,
            " AS id, c.id AS subject, ",
            maker_code!(),
            " AS code, '' AS detail, c.region, ",
            $amount,
            " FROM contact_card c ",
            $from
        )
    };
}

macro_rules! paid_between {
    ($contact:literal, $after:literal, $until:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM earning_card e WHERE e.contact_id = ",
            $contact,
            " AND e.earned_on >= ",
            $after,
            " AND e.earned_on < ",
            $until,
            ")"
        )
    };
}

/// «Paid in each of the last twelve whole Jalali months», of the contact `$contact`: $1 is the first
/// day of this month, $2 that of the month before, and so on to $13.
macro_rules! is_stable {
    ($contact:literal) => {
        concat!(
            paid_between!($contact, "$2", "$1"),
            " AND ",
            paid_between!($contact, "$3", "$2"),
            " AND ",
            paid_between!($contact, "$4", "$3"),
            " AND ",
            paid_between!($contact, "$5", "$4"),
            " AND ",
            paid_between!($contact, "$6", "$5"),
            " AND ",
            paid_between!($contact, "$7", "$6"),
            " AND ",
            paid_between!($contact, "$8", "$7"),
            " AND ",
            paid_between!($contact, "$9", "$8"),
            " AND ",
            paid_between!($contact, "$10", "$9"),
            " AND ",
            paid_between!($contact, "$11", "$10"),
            " AND ",
            paid_between!($contact, "$12", "$11"),
            " AND ",
            paid_between!($contact, "$13", "$12")
        )
    };
}

const YEAR_OF_MONTHS: &[Param] = &[
    Param::MonthBefore(0),
    Param::MonthBefore(1),
    Param::MonthBefore(2),
    Param::MonthBefore(3),
    Param::MonthBefore(4),
    Param::MonthBefore(5),
    Param::MonthBefore(6),
    Param::MonthBefore(7),
    Param::MonthBefore(8),
    Param::MonthBefore(9),
    Param::MonthBefore(10),
    Param::MonthBefore(11),
    Param::MonthBefore(12),
];

/// Figures that count everything this one counts, and more: what they have in addition is found by
/// subtraction.
pub(crate) fn within(code: &str) -> &'static [&'static str] {
    match code {
        "eligible" => &["reached"],
        "with_plan" => &["eligible", "reached"],
        "served" => &["reached"],
        "trained" => &["served", "reached"],
        "legs_answered" | "legs_late" => &["legs_sent"],
        "places_insured" => &["places_employed"],
        _ => &[],
    }
}

/// The source of a figure; none for a code nobody counts.
pub(crate) fn source(code: &str) -> Option<Source> {
    care(code).or_else(|| market(code)).or_else(|| places(code))
}

fn care(code: &str) -> Option<Source> {
    use About::Person;
    use Breakdown::{Body, Funder, Month};
    use Measure::{Count, MedianOfInstants, Ratio, Sum};
    Some(match code {
        "reached" => Source::of(Person, Count, "SELECT p.id, p.id AS subject, p.code, '' AS detail,
            coalesce(CAST(p.region AS text), '') AS region, 1 AS amount FROM person_card p"),
        "eligible" => Source::of(Person, Count, case_rows!("c.stage IN ('planning', 'referral', 'training', 'making', 'selling', 'earning')")),
        "with_plan" => Source::of(Person, Count, case_rows!("c.stage IN ('referral', 'training', 'making', 'selling', 'earning')")),
        "served" => Source::of(Person, Count, case_rows!(
            "(EXISTS (SELECT 1 FROM package_card k WHERE k.case_id = c.id)
             OR EXISTS (SELECT 1 FROM leg_card l WHERE l.case_id = c.id AND l.done_at IS NOT NULL)
             OR EXISTS (SELECT 1 FROM certificate_card f WHERE f.case_id = c.id AND f.state = 'valid'))")),
        "legs_sent" => Source::of(Person, Count, leg_rows!("1 AS amount", "l.sent_at IS NOT NULL")).by(&[Body]),
        "legs_answered" => Source::of(Person, Count, leg_rows!("1 AS amount", "l.answered_at IS NOT NULL")).by(&[Body]),
        "legs_late" => Source::of(Person, Count, leg_rows!("1 AS amount", "l.clock = 'running' AND l.due_on < $1"))
            .by(&[Body])
            .with(&[Param::Today]),
        "answer_days" => Source::of(Person, MedianOfInstants, leg_rows!("l.sent_at AS began, l.answered_at AS ended",
            "l.sent_at IS NOT NULL AND l.answered_at >= $1"))
            .by(&[Body])
            .with(&[Param::InstantBefore(90)]),
        "trained" => Source::of(Person, Count, case_rows!("EXISTS (SELECT 1 FROM certificate_card f WHERE f.case_id = c.id AND f.state = 'valid')")),
        "packages_delivered" => Source::of(Person, Count, package_rows!("1")).by(&[Funder, Month]),
        "packages_spent" => Source::of(Person, Sum, package_rows!("k.amount")).by(&[Funder, Month]),
        "cost_per_stable_job" => Source::of(Person, Ratio(1), concat!(
            "SELECT p.id, p.id AS subject, p.code, '' AS detail, coalesce(CAST(p.region AS text), '') AS region,
             coalesce((SELECT CAST(sum(k.amount) AS bigint) FROM package_card k JOIN case_card h ON h.id = k.case_id
                 WHERE h.person_id = p.id), 0) AS amount,
             CASE WHEN ", is_stable!("p.contact_id"), " THEN 1 ELSE 0 END AS whole FROM person_card p
             WHERE EXISTS (SELECT 1 FROM package_card k JOIN case_card h ON h.id = k.case_id WHERE h.person_id = p.id)
             OR EXISTS (SELECT 1 FROM earning_card e WHERE e.contact_id = p.contact_id)"))
            .with(YEAR_OF_MONTHS),
        "income_before" => Source::of(Person, Ratio(1), income_rows!("f.income_before")),
        "income_after" => Source::of(Person, Ratio(1), income_rows!("f.income_after")),
        _ => return None,
    })
}

fn market(code: &str) -> Option<Source> {
    use About::Contact;
    use Breakdown::{Field, Month};
    use Measure::{Count, MedianDays, Ratio, Sum};
    Some(match code {
        "licensed" => Source::of(Contact, Count, maker_rows!("c.id", "1 AS amount",
            "WHERE EXISTS (SELECT 1 FROM licence_card l WHERE l.contact_id = c.id
             AND l.kind = 'home_business' AND l.state = 'valid' AND l.valid_from <= $1 AND l.valid_until >= $1)"))
            .with(&[Param::Today]),
        "producing" => Source::of(Contact, Count, maker_rows!("c.id", "1 AS amount",
            "WHERE EXISTS (SELECT 1 FROM movement_card m WHERE m.contact_id = c.id
             AND m.kind = 'intake' AND m.happened_at >= $1)"))
            .with(&[Param::InstantBefore(90)]),
        "products_approved" => Source::of(Contact, Count, maker_rows!("r.id", "r.category AS field, 1 AS amount",
            "JOIN product_card r ON r.contact_id = c.id WHERE r.state = 'approved'"))
            .by(&[Field]),
        "pieces_received" => Source::of(Contact, Sum, maker_rows!("m.id", "r.category AS field, m.quantity AS amount",
            "JOIN movement_card m ON m.contact_id = c.id JOIN lot_card t ON t.id = m.lot_id
             JOIN product_card r ON r.id = t.product_id WHERE m.kind = 'intake'"))
            .by(&[Field]),
        "pieces_sold" => Source::of(Contact, Sum, maker_rows!("a.id",
            "coalesce(r.category, '') AS field, a.sold_on AS day, a.quantity AS amount",
            "JOIN accrual_card a ON a.contact_id = c.id LEFT JOIN lot_card t ON t.id = a.lot_id
             LEFT JOIN product_card r ON r.id = t.product_id WHERE a.kind = 'sale'"))
            .by(&[Field, Month]),
        "sell_through" => Source::of(Contact, Ratio(10_000), maker_rows!("c.id",
            "coalesce((SELECT CAST(sum(a.quantity) AS bigint) FROM accrual_card a
                 WHERE a.contact_id = c.id AND a.kind = 'sale'), 0) AS amount,
             (SELECT CAST(sum(m.quantity) AS bigint) FROM movement_card m
                 WHERE m.contact_id = c.id AND m.kind = 'intake') AS whole",
            "WHERE EXISTS (SELECT 1 FROM movement_card m WHERE m.contact_id = c.id AND m.kind = 'intake')")),
        "return_rate" => Source::of(Contact, Ratio(10_000), maker_rows!("c.id",
            "coalesce((SELECT CAST(-sum(a.quantity) AS bigint) FROM accrual_card a
                 WHERE a.contact_id = c.id AND a.kind = 'return'), 0) AS amount,
             (SELECT CAST(sum(a.quantity) AS bigint) FROM accrual_card a
                 WHERE a.contact_id = c.id AND a.kind = 'sale') AS whole",
            "WHERE EXISTS (SELECT 1 FROM accrual_card a WHERE a.contact_id = c.id AND a.kind = 'sale')")),
        "makers_earning" => Source::of(Contact, Count, maker_rows!("c.id", "1 AS amount",
            "WHERE EXISTS (SELECT 1 FROM earning_card e WHERE e.contact_id = c.id AND e.earned_on > $1)"))
            .with(&[Param::DaysBefore(30)]),
        "makers_stable" => Source::of(Contact, Count, concat!(maker_rows!("c.id", "1 AS amount", "WHERE "), is_stable!("c.id")))
            .with(YEAR_OF_MONTHS),
        "paid_to_makers" => Source::of(Contact, Sum, maker_rows!("e.id", "e.earned_on AS day, e.amount",
            "JOIN earning_card e ON e.contact_id = c.id"))
            .by(&[Month]),
        "sale_to_payment_days" => Source::of(Contact, MedianDays, maker_rows!("d.id", "d.sold_on AS began, d.settled_on AS ended",
            "JOIN paid_line_card d ON d.contact_id = c.id WHERE d.settled_on > $1"))
            .with(&[Param::DaysBefore(90)]),
        "women_value_added" => Source::of(Contact, Sum, maker_rows!("a.id",
            "coalesce(r.category, '') AS field, a.sold_on AS day, (a.paid - a.vat - a.commission) AS amount",
            "JOIN accrual_card a ON a.contact_id = c.id JOIN person_card p ON p.contact_id = c.id
             LEFT JOIN lot_card t ON t.id = a.lot_id LEFT JOIN product_card r ON r.id = t.product_id
             WHERE p.gender = 'female' AND a.kind IN ('sale', 'return')"))
            .by(&[Field, Month]),
        _ => return None,
    })
}

fn places(code: &str) -> Option<Source> {
    use About::{Counted, Nobody};
    use Measure::{Count, Sum};
    Some(match code {
        "shops_open" => Source::of(Nobody, Count, "SELECT b.id, b.id AS subject, b.code, '' AS detail,
            CAST(b.region AS text) AS region, 1 AS amount FROM place_card b WHERE b.kind = 'shop'
            AND b.valid_from <= $1 AND (b.valid_until IS NULL OR b.valid_until >= $1)")
            .with(&[Param::Today]),
        "places_built" => Source::of(Nobody, Count, "SELECT b.id, b.id AS subject, b.code, '' AS detail,
            CAST(b.region AS text) AS region, 1 AS amount FROM place_card b
            WHERE b.kind IN ('centre', 'workshop') AND b.valid_from <= $1")
            .with(&[Param::Today]),
        "places_active" => Source::of(Nobody, Count, "SELECT b.id, b.id AS subject, b.code, '' AS detail,
            CAST(b.region AS text) AS region, 1 AS amount FROM place_card b
            WHERE b.kind IN ('centre', 'workshop') AND b.valid_from <= $1 AND (b.valid_until IS NULL OR b.valid_until >= $1)")
            .with(&[Param::Today]),
        "places_capacity" => Source::of(Nobody, Sum, "SELECT b.id, b.id AS subject, b.code, '' AS detail,
            CAST(b.region AS text) AS region, b.capacity AS amount FROM place_card b
            WHERE b.kind IN ('centre', 'workshop') AND b.valid_from <= $1 AND (b.valid_until IS NULL OR b.valid_until >= $1)")
            .with(&[Param::Today]),
        "places_employed" => Source::of(Counted, Sum, month_rows!("m.employed"))
            .with(&[Param::Today, Param::DaysBefore(62)]),
        "places_insured" => Source::of(Counted, Sum, month_rows!("m.insured"))
            .with(&[Param::Today, Param::DaysBefore(62)]),
        // A milestone that leans on a figure has neither day: it is proven when the figure is there.
        "article_progress" => Source::of(Nobody, Measure::Ratio(10_000), "SELECT m.milestone_id AS id, m.article_id AS subject,
            m.article_ref AS code, '' AS detail, '' AS region, m.article_ref AS article,
            CASE WHEN m.proven_on <= $1 THEN 1 ELSE 0 END AS amount, 1 AS whole
            FROM milestone_card m WHERE m.due_on <= $1 AND m.indicator_code IS NULL")
            .by(&[Breakdown::Article])
            .with(&[Param::Today]),
        "pilots" => Source::of(Nobody, Count, "SELECT t.id, t.organization_id AS subject, o.code, t.state AS detail,
            '' AS region, o.code AS body, 1 AS amount FROM pilot_card t JOIN organization_card o ON o.id = t.organization_id")
            .by(&[Breakdown::Body]),
        _ => return None,
    })
}
