//! What a service is: in plain words for people, and as data for rules and other directories.

pub(crate) mod forms;
pub(crate) mod pages;
mod queries;
mod rule;
mod views;

use access::audit;
use db::{Reason, Result, Tx, Write};
use money::Rial;
use persian::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use queries::{Group, find, groups};
pub(crate) use queries::{all, copy};
pub use rule::Rule;

use super::ServiceId;

db::text_enum! {
    /// What sort of help a service is.
    pub enum ServiceKind {
        /// An approval of a product, a place or a craft.
        Approval = "approval",
        /// A licence.
        Licence = "licence",
        /// A course.
        Training = "training",
        /// A loan, a grant, an insurance.
        Finance = "finance",
        /// Tools and materials.
        Equipment = "equipment",
        /// Health.
        Health = "health",
        /// Living, housing, care.
        Welfare = "welfare",
        /// Advice on rights.
        Legal = "legal",
        /// Selling and buying.
        Market = "market",
        /// Something else.
        Other = "other",
    }
}

db::text_enum! {
    /// Whom a service serves, by gender.
    pub enum ServedGender {
        /// Anybody.
        Any = "any",
        /// Women.
        Female = "female",
        /// Men.
        Male = "male",
    }
}

db::text_enum! {
    /// What a service costs.
    pub enum FeeKind {
        /// Nobody has said.
        Untold = "untold",
        /// Nothing.
        None = "none",
        /// An amount.
        Amount = "amount",
        /// It depends, in words.
        Text = "text",
    }
}

/// A value of a description is missing, too long or out of range.
pub const SERVICE_DETAIL: Reason = Reason::new("service_detail", 422);

/// For whom a service is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ServiceEligibility")]
pub struct Eligibility {
    /// Said aloud: nobody is left out.
    pub is_for_all: bool,
    /// The youngest age.
    pub age_from: Option<i64>,
    /// The oldest age.
    pub age_to: Option<i64>,
    /// Whom, by gender.
    pub gender: ServedGender,
    /// Target groups of which one must be hers, by the codes of the city's list; none asks for none.
    pub groups: Vec<String>,
    /// What rules cannot say, in Persian.
    pub note_fa: String,
    /// The same in English.
    pub note_en: String,
}

/// What a service costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ServiceFee")]
pub struct Fee {
    /// Nothing, an amount, or words.
    pub kind: FeeKind,
    /// The amount in rials.
    pub amount: Option<Rial>,
    /// In words, in Persian.
    pub text_fa: String,
    /// In words, in English.
    pub text_en: String,
}

/// When a service is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ServiceSchedule")]
pub struct Schedule {
    /// Days and hours in plain Persian.
    pub text_fa: String,
    /// The same in English.
    pub text_en: String,
    /// The days as a recurrence rule: `FREQ=WEEKLY;BYDAY=SA,SU,MO,TU,WE`; may be empty.
    pub rule: String,
    /// From this minute of the day.
    pub opens: Option<i64>,
    /// Until this one.
    pub closes: Option<i64>,
}

/// A paper to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ServiceDocument")]
pub struct Document {
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

/// Of two texts the one of a language; Persian when there is no other.
pub(crate) fn choose<'a>(lang: Lang, fa: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::En if !en.is_empty() => en,
        _ => fa,
    }
}

/// All that is told of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ServiceDescription")]
pub struct Description {
    /// What sort of help it is.
    pub kind: ServiceKind,
    /// Is it told to everybody?
    pub is_listed: bool,
    /// What it is, in plain Persian.
    pub about_fa: String,
    /// The same in English.
    pub about_en: String,
    /// For whom it is.
    pub eligibility: Eligibility,
    /// Said aloud: nothing is to be brought.
    pub asks_no_documents: bool,
    /// What to bring, in order.
    pub documents: Vec<Document>,
    /// What it costs.
    pub fee: Fee,
    /// When it is given.
    pub schedule: Schedule,
    /// Regions it serves; none means the whole city.
    pub regions: Vec<i64>,
}

impl Description {
    /// What it is, in a language.
    pub fn about(&self, lang: Lang) -> &str {
        choose(lang, &self.about_fa, &self.about_en)
    }

    /// True when it serves a region.
    pub fn serves(&self, region: i64) -> bool {
        self.regions.is_empty() || self.regions.contains(&region)
    }

    /// The first place that is out of bounds.
    fn fault(&self) -> Option<&'static str> {
        let fits = |text: &str, most: usize| persian::clean_lines(text).chars().count() <= most;
        let (who, fee, when) = (&self.eligibility, &self.fee, &self.schedule);
        let is_age = |age: Option<i64>| age.is_none_or(|age| (0..=120).contains(&age));
        let is_narrow = who.age_from.is_some()
            || who.age_to.is_some()
            || who.gender != ServedGender::Any
            || !who.groups.is_empty();
        let hours_fit = match (when.opens, when.closes) {
            (None, None) => true,
            (Some(opens), Some(closes)) => 0 <= opens && opens < closes && closes <= 1440,
            _ => false,
        };
        let fee_fits = match fee.kind {
            FeeKind::Amount => fee.amount.is_some_and(|amount| amount > Rial::ZERO),
            FeeKind::Text => fee.amount.is_none() && !fee.text_fa.trim().is_empty(),
            FeeKind::Untold | FeeKind::None => fee.amount.is_none(),
        };
        let named = |one: &Document| {
            !persian::clean(&one.name_fa).is_empty()
                && fits(&one.name_fa, 120)
                && fits(&one.name_en, 120)
        };
        let rules = [
            ("about_fa", fits(&self.about_fa, 1000)),
            ("about_en", fits(&self.about_en, 1000)),
            ("age_from", is_age(who.age_from)),
            (
                "age_to",
                is_age(who.age_to)
                    && (who.age_from.is_none()
                        || who.age_to.is_none_or(|to| who.age_from <= Some(to))),
            ),
            ("is_for_all", !(who.is_for_all && is_narrow)),
            ("groups", who.groups.len() <= MOST),
            ("eligibility_fa", fits(&who.note_fa, 500)),
            ("eligibility_en", fits(&who.note_en, 500)),
            (
                "documents_fa",
                self.documents.len() <= MOST && self.documents.iter().all(named),
            ),
            (
                "asks_no_documents",
                !self.asks_no_documents || self.documents.is_empty(),
            ),
            ("fee", fee_fits),
            ("fee_fa", fits(&fee.text_fa, 300)),
            ("fee_en", fits(&fee.text_en, 300)),
            ("schedule_fa", fits(&when.text_fa, 300)),
            ("schedule_en", fits(&when.text_en, 300)),
            (
                "schedule_rule",
                when.rule.is_empty() || Rule::parse(&when.rule).is_some(),
            ),
            ("opens", hours_fit),
            (
                "regions",
                self.regions.len() <= MOST && self.regions.iter().all(|one| (1..=99).contains(one)),
            ),
        ];
        rules
            .iter()
            .find(|(_, is_good)| !is_good)
            .map(|(field, _)| *field)
    }
}

/// Papers, regions and groups of a description, at most.
const MOST: usize = 30;

/// Tells what a service is, the first time or anew: the last word holds.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct DescribeService {
    /// Which.
    pub id: ServiceId,
    /// How often somebody is to look whether this is still true, in days.
    pub check_days: i64,
    /// All that is told of it.
    pub description: Description,
}

impl Write for DescribeService {
    const NAME: &'static str = "describe_service";
    type Out = ServiceId;
    async fn run(&self, tx: &mut Tx) -> Result<ServiceId> {
        if !(1..=730).contains(&self.check_days) {
            return SERVICE_DETAIL.at("check_days");
        }
        if let Some(field) = self.description.fault() {
            return SERVICE_DETAIL.at(field);
        }
        queries::keep(tx, self).await?;
        let detail = serde_json::json!({
            "kind": self.description.kind, "is_listed": self.description.is_listed,
        });
        let id = Some(self.id.get());
        audit::record(tx, "service_described", "service", id, detail).await?;
        Ok(self.id)
    }
}
