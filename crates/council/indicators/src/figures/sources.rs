//! One text per figure: its number, its list and its breakdowns are all read from it, so they cannot
//! differ.
//!
//! Each gives `id`, `subject` (whom it is about, for small cells), `detail` and `amount`; a ratio gives
//! `whole` too, a median `began` and `ended` instead of an amount. Region and code follow from a person
//! or a contact; others have columns `region` and `code`, and rows of a case its `code`. A figure that
//! can be told by more has a column for each of its own breakdowns. Names are joined after adding up:
//! makers have thousands of rows.

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

/// Whom the rows are about: by this a row leads to a person's region, gender, group and centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Person,
    Contact,
    Nobody,
    /// The amounts are people.
    Counted,
}

/// A breakdown that a figure's rows have a column for: how `(rows) x` leads to the cell's key.
pub(crate) struct Own {
    pub breakdown: Breakdown,
    pub key: &'static str,
    pub joins: &'static str,
}

impl Own {
    const fn of(breakdown: Breakdown, key: &'static str, joins: &'static str) -> Self {
        Self {
            breakdown,
            key,
            joins,
        }
    }
}

const ARTICLE: Own = Own::of(Breakdown::Article, "x.article", "");
const BODY: Own = Own::of(
    Breakdown::Body,
    "o.code",
    " JOIN organization_card o ON o.id = x.body",
);
const FIELD: Own = Own::of(Breakdown::Field, "x.field", "");
const FIELD_OF_LOT: Own = Own::of(
    Breakdown::Field,
    "coalesce(r.category, '')",
    " LEFT JOIN lot_card t ON t.id = x.lot LEFT JOIN product_card r ON r.id = t.product_id",
);
const FUNDER: Own = Own::of(
    Breakdown::Funder,
    "b.code",
    " JOIN budget_line_card b ON b.id = x.funder",
);
/// `d` names the month of each day.
const MONTH: Own = Own::of(Breakdown::Month, "d.month", " JOIN d ON d.day = x.day");

/// Where a figure comes from.
pub(crate) struct Source {
    pub measure: Measure,
    pub about: About,
    /// Breakdowns its rows have a column for.
    pub own: &'static [Own],
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

    const fn by(mut self, own: &'static [Own]) -> Self {
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
            .chain(self.own.iter().map(|own| own.breakdown))
            .collect()
    }
}

/// The code by which the committee knows a maker `c`: her case; her number among the registered while
/// she has no case; her public handle only when the programme does not know her. No product or lot
/// stands beside her case's code: their public pages tell her first name, neighbourhood and craft.
pub(crate) const MAKER_CODE: &str =
    "coalesce((SELECT max(k.code) FROM case_card k JOIN person_card q ON q.id = k.person_id
      WHERE q.contact_id = c.id), (SELECT q.code FROM person_card q WHERE q.contact_id = c.id), c.handle)";

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

/// Cases, by the person.
macro_rules! case_rows {
    ($condition:literal) => {
        concat!(
            "SELECT c.id, c.person_id AS subject, c.code, '' AS detail, 1 AS amount FROM case_card c WHERE ",
            $condition
        )
    };
}

/// A leg with its case and its receiver.
macro_rules! leg_rows {
    ($amount:literal, $condition:literal) => {
        concat!(
            "SELECT l.id, c.person_id AS subject, c.code, l.number AS detail, l.organization_id AS body, ",
            $amount,
            " FROM leg_card l JOIN case_card c ON c.id = l.case_id WHERE ",
            $condition
        )
    };
}

/// A delivered line of a package with its case and who paid.
macro_rules! package_rows {
    ($amount:literal) => {
        concat!(
            "SELECT k.id, c.person_id AS subject, c.code, '' AS detail, k.budget_line_id AS funder,
             k.delivered_on AS day, ",
            $amount,
            " AS amount FROM package_card k JOIN case_card c ON c.id = k.case_id"
        )
    };
}

/// The last follow-up of a case that knows the income before, and what it says in one column.
macro_rules! income_rows {
    ($amount:literal) => {
        concat!(
            "SELECT f.id, c.person_id AS subject, c.code, '' AS detail, ",
            $amount,
            " AS amount, 1 AS whole FROM follow_up_card f JOIN case_card c ON c.id = f.case_id
             WHERE f.income_before IS NOT NULL
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
    use Measure::{Count, MedianOfInstants, Ratio, Sum};
    Some(match code {
        "reached" => Source::of(Person, Count, "SELECT p.id, p.id AS subject, p.code, '' AS detail, 1 AS amount FROM person_card p"),
        "eligible" => Source::of(Person, Count, case_rows!("c.stage IN ('planning', 'referral', 'training', 'making', 'selling', 'earning')")),
        "with_plan" => Source::of(Person, Count, case_rows!("c.stage IN ('referral', 'training', 'making', 'selling', 'earning')")),
        "served" => Source::of(Person, Count, case_rows!(
            "(EXISTS (SELECT 1 FROM package_card k WHERE k.case_id = c.id)
             OR EXISTS (SELECT 1 FROM leg_card l WHERE l.case_id = c.id AND l.done_at IS NOT NULL)
             OR EXISTS (SELECT 1 FROM certificate_card f WHERE f.case_id = c.id AND f.state = 'valid'))")),
        "legs_sent" => Source::of(Person, Count, leg_rows!("1 AS amount", "l.sent_at IS NOT NULL")).by(&[BODY]),
        "legs_answered" => Source::of(Person, Count, leg_rows!("1 AS amount", "l.answered_at IS NOT NULL")).by(&[BODY]),
        "legs_late" => Source::of(Person, Count, leg_rows!("1 AS amount", "l.clock = 'running' AND l.due_on < $1"))
            .by(&[BODY])
            .with(&[Param::Today]),
        "answer_days" => Source::of(Person, MedianOfInstants, leg_rows!("l.sent_at AS began, l.answered_at AS ended",
            "l.sent_at IS NOT NULL AND l.answered_at >= $1"))
            .by(&[BODY])
            .with(&[Param::InstantBefore(90)]),
        "trained" => Source::of(Person, Count, case_rows!("EXISTS (SELECT 1 FROM certificate_card f WHERE f.case_id = c.id AND f.state = 'valid')")),
        "packages_delivered" => Source::of(Person, Count, package_rows!("1")).by(&[FUNDER, MONTH]),
        "packages_spent" => Source::of(Person, Sum, package_rows!("k.amount")).by(&[FUNDER, MONTH]),
        "cost_per_stable_job" => Source::of(Person, Ratio(1), concat!(
            "SELECT p.id, p.id AS subject, p.code, '' AS detail,
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
    use Measure::{Count, MedianDays, Ratio, Sum};
    Some(match code {
        "licensed" => Source::of(Contact, Count, "SELECT DISTINCT l.contact_id AS id, l.contact_id AS subject, '' AS detail, 1 AS amount
            FROM licence_card l WHERE l.kind = 'home_business' AND l.state = 'valid' AND l.valid_from <= $1 AND l.valid_until >= $1")
            .with(&[Param::Today]),
        "producing" => Source::of(Contact, Count, "SELECT DISTINCT m.contact_id AS id, m.contact_id AS subject, '' AS detail, 1 AS amount
            FROM movement_card m WHERE m.kind = 'intake' AND m.happened_at >= $1")
            .with(&[Param::InstantBefore(90)]),
        "products_approved" => Source::of(Contact, Count, "SELECT r.id, r.contact_id AS subject, '' AS detail, r.category AS field, 1 AS amount
            FROM product_card r WHERE r.state = 'approved'")
            .by(&[FIELD]),
        "pieces_received" => Source::of(Contact, Sum, "SELECT m.id, m.contact_id AS subject, '' AS detail, m.lot_id AS lot, m.quantity AS amount
            FROM movement_card m WHERE m.kind = 'intake'")
            .by(&[FIELD_OF_LOT]),
        "pieces_sold" => Source::of(Contact, Sum, "SELECT a.id, a.contact_id AS subject, '' AS detail, a.lot_id AS lot, a.sold_on AS day,
            a.quantity AS amount FROM accrual_card a WHERE a.kind = 'sale'")
            .by(&[FIELD_OF_LOT, MONTH]),
        "sell_through" => Source::of(Contact, Ratio(10_000), "SELECT m.contact_id AS id, m.contact_id AS subject, '' AS detail,
            coalesce(s.pieces, 0) AS amount, m.pieces AS whole
            FROM (SELECT contact_id, CAST(sum(quantity) AS bigint) AS pieces FROM movement_card
                WHERE kind = 'intake' GROUP BY contact_id) m
            LEFT JOIN (SELECT contact_id, CAST(sum(quantity) AS bigint) AS pieces FROM accrual_card
                WHERE kind = 'sale' GROUP BY contact_id) s ON s.contact_id = m.contact_id"),
        "return_rate" => Source::of(Contact, Ratio(10_000), "SELECT a.contact_id AS id, a.contact_id AS subject, '' AS detail,
            CAST(sum(CASE a.kind WHEN 'return' THEN -a.quantity ELSE 0 END) AS bigint) AS amount,
            CAST(sum(CASE a.kind WHEN 'sale' THEN a.quantity ELSE 0 END) AS bigint) AS whole
            FROM accrual_card a WHERE a.kind IN ('sale', 'return') GROUP BY a.contact_id
            HAVING sum(CASE a.kind WHEN 'sale' THEN a.quantity ELSE 0 END) > 0"),
        "makers_earning" => Source::of(Contact, Count, "SELECT DISTINCT e.contact_id AS id, e.contact_id AS subject, '' AS detail, 1 AS amount
            FROM earning_card e WHERE e.earned_on > $1")
            .with(&[Param::DaysBefore(30)]),
        "makers_stable" => Source::of(Contact, Count, concat!("SELECT c.id, c.id AS subject, '' AS detail, 1 AS amount
            FROM contact_card c WHERE ", is_stable!("c.id")))
            .with(YEAR_OF_MONTHS),
        "paid_to_makers" => Source::of(Contact, Sum, "SELECT e.id, e.contact_id AS subject, '' AS detail, e.earned_on AS day, e.amount
            FROM earning_card e")
            .by(&[MONTH]),
        "sale_to_payment_days" => Source::of(Contact, MedianDays, "SELECT d.id, d.contact_id AS subject, '' AS detail,
            d.sold_on AS began, d.settled_on AS ended FROM paid_line_card d WHERE d.settled_on > $1")
            .with(&[Param::DaysBefore(90)]),
        "women_value_added" => Source::of(Contact, Sum, "SELECT a.id, a.contact_id AS subject, '' AS detail, a.lot_id AS lot, a.sold_on AS day,
            (a.paid - a.vat - a.commission) AS amount FROM accrual_card a WHERE a.kind IN ('sale', 'return')
            AND a.contact_id IN (SELECT p.contact_id FROM person_card p WHERE p.gender = 'female')")
            .by(&[FIELD_OF_LOT, MONTH]),
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
            .by(&[ARTICLE])
            .with(&[Param::Today]),
        "pilots" => Source::of(Nobody, Count, "SELECT t.id, t.organization_id AS subject, o.code, t.state AS detail,
            '' AS region, t.organization_id AS body, 1 AS amount FROM pilot_card t JOIN organization_card o ON o.id = t.organization_id")
            .by(&[BODY]),
        _ => return None,
    })
}
