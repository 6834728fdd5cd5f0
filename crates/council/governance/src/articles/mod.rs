//! The legal basis: ordinances and their articles as a tree with addresses that last.

pub(crate) mod amend_pages;
pub(crate) mod api;
mod commands;
mod dossier;
pub(crate) mod pages;
mod queries;
pub(crate) mod relations;
pub(crate) mod views;

use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{
    AddArticle, AmendArticle, CITED_FIGURE_UNKNOWN, CreateOrdinance, EID_TAKEN,
    ORDINANCE_CODE_TAKEN, ORDINANCE_DATES, REPEALED_ALREADY, RepealArticle,
};
pub use queries::{
    Citation, children, cited_by, cited_nowhere, figure_codes, get, get_ordinance, list_articles,
    list_ordinances, tree, versions,
};

pub use relations::{RELATION_TAKEN, RelateOrdinances, Relation, RelationKind};

use crate::wording::by_lang;

db::id!(
    /// An ordinance.
    pub OrdinanceId
);
db::id!(
    /// An article, note or clause.
    pub ArticleId
);

db::text_enum! {
    /// What an instrument is.
    pub enum InstrumentKind {
        /// An ordinance of the city's council.
        Ordinance = "ordinance",
        /// Another ordinance of the council that stands beside it.
        Sister = "sister",
        /// A law of the country.
        Law = "law",
        /// An instruction.
        Instruction = "instruction",
    }
}

impl Default for InstrumentKind {
    /// What a council makes.
    fn default() -> Self {
        Self::Ordinance
    }
}

db::text_enum! {
    /// What a node of the tree is.
    pub enum ArticleKind {
        /// ماده
        Article = "article",
        /// تبصره
        Note = "note",
        /// بند
        Clause = "clause",
    }
}

impl ArticleKind {
    /// The node's part of its address, as in Akoma Ntoso: `art`, `note`, `cl`.
    pub const fn eid_word(self) -> &'static str {
        match self {
            Self::Article => "art",
            Self::Note => "note",
            Self::Clause => "cl",
        }
    }
}

/// An instrument of the council.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Ordinance {
    /// Its id.
    pub id: OrdinanceId,
    /// What it is.
    pub kind: InstrumentKind,
    /// Its number as the council gave it.
    pub code: String,
    /// Its title in Persian.
    pub title_fa: String,
    /// Its title in English.
    pub title_en: String,
    /// The day the council passed it.
    pub passed_on: Date,
    /// The day it was notified (ابلاغ): elapsed time counts from here.
    pub notified_on: Date,
    /// The day the compliance board's period was over.
    pub compliance_over_on: Date,
    /// True when its wording is a sample.
    pub is_sample: bool,
}

impl Ordinance {
    /// Its title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        by_lang(lang, &self.title_fa, &self.title_en)
    }
}

/// A node of the tree in the version that holds today.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// The ordinance it belongs to.
    pub ordinance_id: OrdinanceId,
    /// The address by which others cite it: `home-business/art_3`.
    pub reference: String,
    /// The node above; none for an article.
    pub parent_id: Option<ArticleId>,
    /// Its lasting address: `art_3__note_1`.
    pub eid: String,
    /// What it is.
    pub kind: ArticleKind,
    /// Its number among its like.
    pub number: i64,
    /// Which wording this is, from 1.
    pub version: i64,
    /// Short heading in Persian.
    pub heading_fa: String,
    /// Short heading in English.
    pub heading_en: String,
    /// Wording in Persian.
    pub wording_fa: String,
    /// Wording in English.
    pub wording_en: String,
    /// The first day of this wording.
    pub valid_from: Date,
    /// True when the wording is a sample.
    pub is_sample: bool,
    /// From this day on it binds nobody any more.
    pub repealed_on: Option<Date>,
    /// What stands in its place.
    pub successor_id: Option<ArticleId>,
}

impl Article {
    /// True when it binds nobody any more on a day.
    pub fn is_repealed(&self, day: Date) -> bool {
        self.repealed_on.is_some_and(|last| last <= day)
    }

    /// Its heading in a language.
    pub fn heading(&self, lang: Lang) -> &str {
        by_lang(lang, &self.heading_fa, &self.heading_en)
    }

    /// Its wording in a language.
    pub fn wording(&self, lang: Lang) -> &str {
        by_lang(lang, &self.wording_fa, &self.wording_en)
    }

    /// How deep it lies: 0 for an article.
    pub fn depth(&self) -> usize {
        self.eid.matches("__").count()
    }
}

// words: article-kind-*
/// What people call a node: «مادهٔ ۳».
pub(crate) fn name(p: &web::Page, article: &Article) -> String {
    let key = format!("article-kind-{}", article.kind.as_str());
    p.tr(&crate::WORDS, &key, &[("number", article.number.into())])
}
