//! What a figure can be told by, and how its rows lead there.

use std::collections::BTreeMap;

use db::{Conn, Result, sql};

use super::sources::{About, Source};

db::text_enum! {
    /// What a figure is told by.
    #[schemars(rename = "FigureBreakdown")]
    pub enum Breakdown {
        /// The person's region of the city.
        Region = "region",
        /// The person's gender.
        Gender = "gender",
        /// The target group under which the person was first registered.
        Group = "group",
        /// The body that carries the person's last case.
        Centre = "centre",
        /// The body that was asked.
        Body = "body",
        /// The kind of product.
        Field = "field",
        /// The budget line that paid.
        Funder = "funder",
        /// The Jalali month, of the last two years.
        Month = "month",
        /// The article of an ordinance, by its address.
        Article = "article",
    }
}

impl Breakdown {
    /// True when one person may stand in several cells, so that cells do not add up to people.
    pub fn overlaps(self) -> bool {
        matches!(
            self,
            Self::Body | Self::Field | Self::Funder | Self::Month | Self::Article
        )
    }

    /// True when the cell follows from whom a row is about and from nothing else of the row.
    pub(super) fn hangs_on_the_person(self, about: About) -> bool {
        let of_people = matches!(
            self,
            Self::Region | Self::Gender | Self::Group | Self::Centre
        );
        of_people && matches!(about, About::Person | About::Contact)
    }

    /// Cells with fewer people are hidden. A group tells of health, disability or addiction, so its
    /// cells hold at least ten.
    pub fn smallest_cell(self, of_figure: i64) -> i64 {
        match self {
            Self::Group => of_figure.max(10),
            _ => of_figure,
        }
    }

    /// The key of a row's cell over `(rows) x`, and the joins it needs; none when the rows do not lead
    /// there.
    pub(super) fn key(self, source: &Source) -> Option<(&'static str, String)> {
        if let Some(own) = source.own.iter().find(|own| own.breakdown == self) {
            return Some((own.key, own.joins.to_owned()));
        }
        let person = match source.about {
            About::Person => " LEFT JOIN person_card p ON p.id = x.subject",
            About::Contact => " LEFT JOIN person_card p ON p.contact_id = x.subject",
            About::Nobody | About::Counted if self == Self::Region => {
                return Some(("x.region", String::new()));
            }
            About::Nobody | About::Counted => return None,
        };
        Some(match self {
            // A maker's is the one on her card, whether the programme knows her or not.
            Self::Region if source.about == About::Contact => (
                "c.region",
                " JOIN contact_card c ON c.id = x.subject".to_owned(),
            ),
            Self::Region => ("coalesce(CAST(p.region AS text), '')", person.to_owned()),
            Self::Gender => ("coalesce(p.gender, '')", person.to_owned()),
            Self::Group => (
                "coalesce(g.group_code, '')",
                format!("{person} LEFT JOIN person_group_card g ON g.person_id = p.id"),
            ),
            Self::Centre => (
                "coalesce((SELECT o.code FROM case_card k JOIN organization_card o ON o.id = k.organization_id
                  WHERE k.person_id = p.id ORDER BY k.opened_on DESC, k.id DESC LIMIT 1), '')",
                person.to_owned(),
            ),
            Self::Body | Self::Field | Self::Funder | Self::Month | Self::Article => return None,
        })
    }

    /// Names of the cells that have names of their own, by key: Persian and English.
    pub(super) async fn names(self, conn: &mut Conn) -> Result<BTreeMap<String, (String, String)>> {
        let table = match self {
            Self::Group => "target_group_card",
            Self::Centre | Self::Body => "organization_card",
            Self::Field => "category_card",
            Self::Funder => "budget_line_card",
            Self::Region | Self::Gender | Self::Month | Self::Article => return Ok(BTreeMap::new()),
        };
        let rows = sql(format!("SELECT code, name_fa, name_en FROM {table}"))
            .rows(conn)
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("code")?, (row.get("name_fa")?, row.get("name_en")?))))
            .collect()
    }
}
