//! One text per figure: its number and its list are both read from it, so they cannot differ.
//!
//! Each gives `id`, `subject` (whom it is about, for small cells), `code`, `detail`, `region` and
//! `amount`; a median gives `began` and `ended` instead of an amount.

/// How the rows become a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How many rows there are.
    Count,
    /// The amounts added up.
    Sum,
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
}

/// Where a figure comes from.
pub(crate) struct Source {
    pub measure: Measure,
    pub rows: &'static str,
    pub params: &'static [Param],
}

const fn plain(measure: Measure, rows: &'static str) -> Source {
    Source {
        measure,
        rows,
        params: &[],
    }
}

/// Every figure there is.
pub const CODES: [&str; 18] = [
    "reached",
    "eligible",
    "with_plan",
    "legs_sent",
    "legs_answered",
    "legs_late",
    "answer_days",
    "trained",
    "licensed",
    "products_approved",
    "pieces_received",
    "pieces_sold",
    "makers_earning",
    "paid_to_makers",
    "sale_to_payment_days",
    "women_value_added",
    "shops_open",
    "pilots",
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

/// A leg with its case and its person's region.
macro_rules! leg_rows {
    ($amount:literal, $condition:literal) => {
        concat!(
            "SELECT l.id, c.person_id AS subject, c.code, l.number AS detail,
             coalesce(CAST(p.region AS text), '') AS region, ",
            $amount,
            " FROM leg_card l JOIN case_card c ON c.id = l.case_id
             JOIN person_card p ON p.id = c.person_id WHERE ",
            $condition
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

/// The source of a figure; none for a code nobody counts.
pub(crate) fn source(code: &str) -> Option<Source> {
    use Measure::{Count, MedianDays, MedianOfInstants, Sum};
    Some(match code {
        "reached" => plain(Count, "SELECT p.id, p.id AS subject, p.code, '' AS detail,
            coalesce(CAST(p.region AS text), '') AS region, 1 AS amount FROM person_card p"),
        "eligible" => plain(Count, case_rows!("c.stage IN ('planning', 'referral', 'training', 'making', 'selling', 'earning')")),
        "with_plan" => plain(Count, case_rows!("c.stage IN ('referral', 'training', 'making', 'selling', 'earning')")),
        "legs_sent" => plain(Count, leg_rows!("1 AS amount", "l.sent_at IS NOT NULL")),
        "legs_answered" => plain(Count, leg_rows!("1 AS amount", "l.answered_at IS NOT NULL")),
        "legs_late" => Source {
            measure: Count,
            rows: leg_rows!("1 AS amount", "l.clock = 'running' AND l.due_on < $1"),
            params: &[Param::Today],
        },
        "answer_days" => Source {
            measure: MedianOfInstants,
            rows: leg_rows!("l.sent_at AS began, l.answered_at AS ended",
                "l.sent_at IS NOT NULL AND l.answered_at >= $1"),
            params: &[Param::InstantBefore(90)],
        },
        "trained" => plain(Count, case_rows!("EXISTS (SELECT 1 FROM certificate_card f WHERE f.case_id = c.id AND f.state = 'valid')")),
        "licensed" => Source {
            measure: Count,
            rows: maker_rows!("c.id", "1 AS amount",
                "WHERE EXISTS (SELECT 1 FROM licence_card l WHERE l.contact_id = c.id
                 AND l.kind = 'home_business' AND l.state = 'valid' AND l.valid_from <= $1 AND l.valid_until >= $1)"),
            params: &[Param::Today],
        },
        "products_approved" => plain(Count, maker_rows!("r.id", "1 AS amount",
            "JOIN product_card r ON r.contact_id = c.id WHERE r.state = 'approved'")),
        "pieces_received" => plain(Sum, maker_rows!("m.id", "m.quantity AS amount",
            "JOIN movement_card m ON m.contact_id = c.id WHERE m.kind = 'intake'")),
        "pieces_sold" => plain(Sum, maker_rows!("s.id", "s.quantity AS amount",
            "JOIN sale_line_card s ON s.contact_id = c.id JOIN lot_card t ON t.id = s.lot_id")),
        "makers_earning" => Source {
            measure: Count,
            rows: maker_rows!("c.id", "1 AS amount",
                "WHERE EXISTS (SELECT 1 FROM earning_card e WHERE e.contact_id = c.id AND e.earned_on > $1)"),
            params: &[Param::DaysBefore(30)],
        },
        "paid_to_makers" => plain(Sum, maker_rows!("e.id", "e.amount",
            "JOIN earning_card e ON e.contact_id = c.id")),
        "sale_to_payment_days" => Source {
            measure: MedianDays,
            rows: maker_rows!("d.id", "d.sold_on AS began, d.settled_on AS ended",
                "JOIN paid_line_card d ON d.contact_id = c.id WHERE d.settled_on > $1"),
            params: &[Param::DaysBefore(90)],
        },
        "women_value_added" => plain(Sum, maker_rows!("a.id", "(a.paid - a.vat - a.commission) AS amount",
            "JOIN accrual_card a ON a.contact_id = c.id JOIN person_card p ON p.contact_id = c.id WHERE p.gender = 'female'")),
        "shops_open" => plain(Count, "SELECT b.id, b.id AS subject, b.code, '' AS detail,
            CAST(b.region AS text) AS region, 1 AS amount FROM place_card b WHERE b.kind = 'shop'"),
        "pilots" => plain(Count, "SELECT t.id, t.organization_id AS subject, o.code, t.state AS detail,
            '' AS region, 1 AS amount FROM pilot_card t JOIN organization_card o ON o.id = t.organization_id"),
        _ => return None,
    })
}
