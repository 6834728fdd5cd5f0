//! What a column of an applicants list may hold, and the headings that say so.

use std::collections::HashMap;

use money::Unit;
use persian::fold_tokens;
use serde::{Deserialize, Serialize};

/// One kind of column, whatever its heading was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The list's own running number; read only to recognise empty lines.
    RowNumber,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Given name and family name in one cell.
    FullName,
    /// Family name first, then given name, in one cell.
    FullNameLastFirst,
    /// Father's given name.
    FatherName,
    /// National code.
    NationalCode,
    /// Birth date in one cell.
    BirthDate,
    /// Day of birth, where the date is spread over three columns.
    BirthDay,
    /// Month of birth.
    BirthMonth,
    /// Year of birth.
    BirthYear,
    /// Gender word.
    Gender,
    /// Mobile, or any phone.
    Mobile,
    /// Landline.
    Landline,
    /// Municipal region.
    Region,
    /// Target group.
    TargetGroup,
    /// Number of dependants.
    Dependants,
    /// Field of work.
    FieldOfWork,
    /// Sheba.
    Sheba,
    /// Monthly sales or income.
    Income,
    /// Free notes.
    Notes,
}

impl Column {
    fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "row_number" => Self::RowNumber,
            "first_name" => Self::FirstName,
            "last_name" => Self::LastName,
            "full_name" => Self::FullName,
            "full_name_last_first" => Self::FullNameLastFirst,
            "father_name" => Self::FatherName,
            "national_code" => Self::NationalCode,
            "birth_date" => Self::BirthDate,
            "birth_day" => Self::BirthDay,
            "birth_month" => Self::BirthMonth,
            "birth_year" => Self::BirthYear,
            "gender" => Self::Gender,
            "mobile" => Self::Mobile,
            "landline" => Self::Landline,
            "region" => Self::Region,
            "target_group" => Self::TargetGroup,
            "dependants" => Self::Dependants,
            "field_of_work" => Self::FieldOfWork,
            "sheba" => Self::Sheba,
            "income" => Self::Income,
            "notes" => Self::Notes,
            _ => return None,
        })
    }

    /// Whether a row with this cell filled speaks of one person.
    pub(super) fn is_personal(self) -> bool {
        matches!(
            self,
            Self::FatherName
                | Self::NationalCode
                | Self::BirthDate
                | Self::BirthDay
                | Self::Gender
                | Self::Mobile
                | Self::Landline
                | Self::Sheba
        )
    }

    /// Whether the column holds a name or part of one.
    pub(super) fn is_name(self) -> bool {
        matches!(
            self,
            Self::FirstName | Self::LastName | Self::FullName | Self::FullNameLastFirst
        )
    }
}

/// The unit of money a heading or a title names: «میلیون تومان».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingUnit {
    /// Rial or toman.
    pub unit: Unit,
    /// The word to put after a bare number: «», «هزار» or «میلیون».
    pub scale: &'static str,
}

/// The words by which offices call their columns.
#[derive(Debug)]
pub struct Headings {
    by_key: HashMap<String, Column>,
}

/// Words of a heading that say nothing about the kind of column.
const NOISE: &[&str] = &[
    "متقاضی",
    "متقاضیان",
    "فرد",
    "شخص",
    "مددجو",
    "خود",
    "لطفا",
    "به",
    "بر",
    "حسب",
    "مبلغ",
    "the",
    "of",
    "applicant",
    "applicants",
    "in",
    "تومان",
    "ریال",
    "هزار",
    "میلیون",
    "toman",
    "tomans",
    "rial",
    "rials",
    "irr",
    "irt",
    "number",
];

/// Somebody or something else's column: «کد ملی همسر», «تلفن ضامن».
const OTHERS: &[&str] = &[
    "همسر",
    "شوهر",
    "مادر",
    "فرزند",
    "فرزندان",
    "ضامن",
    "معرف",
    "مددکار",
    "رابط",
    "کارشناس",
    "نماینده",
    "تحصیلی",
    "خونی",
    "سنی",
    "ثبت",
    "صدور",
    "مراجعه",
    "تشکیل",
    "پرونده",
    "بانک",
    "spouse",
    "mother",
    "child",
    "guarantor",
    "worker",
    "registration",
];

/// Single words that name their column inside a longer heading.
const TELLING: &[&str] = &[
    "شبا",
    "موبایل",
    "همراه",
    "جنسیت",
    "منطقه",
    "توضیحات",
    "ملاحظات",
    "iban",
    "sheba",
    "mobile",
    "gender",
    "region",
];

impl Headings {
    /// The list that comes with the program.
    pub fn built_in() -> Self {
        let by_key = include_str!("../../data/headings.csv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .filter_map(|(code, heading)| {
                Some((fold_tokens(heading).concat(), Column::from_code(code)?))
            })
            .collect();
        Self { by_key }
    }

    /// The kind of column a heading names; `None` for one we do not know.
    pub fn column(&self, heading: &str) -> Option<Column> {
        let tokens = fold_tokens(&apart(heading));
        if tokens.is_empty() {
            return (heading.trim() == "#").then_some(Column::RowNumber);
        }
        self.exact(&tokens)
            .or_else(|| self.exact(&fold_tokens(&apart(&without_brackets(heading)))))
            .or_else(|| {
                let kept: Vec<String> = tokens
                    .iter()
                    .filter(|token| !NOISE.contains(&token.as_str()))
                    .cloned()
                    .collect();
                self.exact(&kept).or_else(|| self.within(&kept))
            })
    }

    /// Whether a heading speaks of somebody else than the applicant.
    pub(super) fn is_of_others(&self, heading: &str) -> bool {
        fold_tokens(&apart(heading))
            .iter()
            .any(|token| OTHERS.contains(&token.as_str()))
    }

    fn exact(&self, tokens: &[String]) -> Option<Column> {
        self.by_key.get(&tokens.concat()).copied()
    }

    /// The longest known heading inside a longer one, unless it is about
    /// somebody else.
    fn within(&self, tokens: &[String]) -> Option<Column> {
        // A title line is a sentence, a heading is not.
        if tokens.len() > 8 || tokens.iter().any(|token| OTHERS.contains(&token.as_str())) {
            return None;
        }
        let mut best: Option<(usize, Column)> = None;
        for from in 0..tokens.len() {
            for to in from + 1..=tokens.len() {
                let window = &tokens[from..to];
                if to - from == 1 && !TELLING.contains(&window[0].as_str()) {
                    continue;
                }
                if let Some(column) = self.exact(window) {
                    let length = window.concat().len();
                    if best.is_none_or(|(longest, _)| length > longest) {
                        best = Some((length, column));
                    }
                }
            }
        }
        best.map(|(_, column)| column)
    }
}

/// The unit of money a text names, if it names one.
pub fn unit_in(text: &str) -> Option<HeadingUnit> {
    let tokens = fold_tokens(&apart(text));
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.as_str()));
    let scale = if has(&["میلیون", "million"]) {
        "میلیون"
    } else if has(&["هزار", "thousand"]) {
        "هزار"
    } else {
        ""
    };
    let unit = if has(&["تومان", "تومن", "toman", "tomans", "irt"]) {
        Unit::Toman
    } else if has(&["ریال", "rial", "rials", "irr"]) {
        Unit::Rial
    } else {
        return None;
    };
    Some(HeadingUnit { unit, scale })
}

/// Half-spaces and underscores as spaces: headings are compared word by word.
fn apart(text: &str) -> String {
    text.replace(['\u{200C}', '_', '\n'], " ")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| match c {
            '(' | '[' | '«' => {
                depth += 1;
                false
            }
            ')' | ']' | '»' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_in_all_its_spellings() {
        let headings = Headings::built_in();
        for (heading, column) in [
            ("كد ملي", Column::NationalCode),
            ("کدملی متقاضی", Column::NationalCode),
            ("نام‌خانوادگی", Column::LastName),
            ("نام و نام خانوادگي", Column::FullName),
            ("نام خانوادگی و نام", Column::FullNameLastFirst),
            ("فروش ماهانه (تومان)", Column::Income),
            ("درآمد ماهیانه به ریال", Column::Income),
            ("شماره تلفن همراه متقاضی", Column::Mobile),
            ("تلفن همراه (ترجیحاً به نام خود)", Column::Mobile),
            ("Date_of_Birth", Column::BirthDate),
            ("منطقه محل سکونت متقاضی", Column::Region),
            ("#", Column::RowNumber),
        ] {
            assert_eq!(headings.column(heading), Some(column), "{heading}");
        }
    }

    #[test]
    fn what_belongs_to_somebody_else_is_not_the_applicants() {
        let headings = Headings::built_in();
        for heading in [
            "کد ملی همسر",
            "تلفن همراه ضامن",
            "تاریخ ثبت نام",
            "گروه خونی",
            "نام مادر",
            "",
        ] {
            assert_eq!(headings.column(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_title_line_is_not_a_heading() {
        let headings = Headings::built_in();
        assert_eq!(
            headings
                .column("فهرست متقاضیان مشاغل خانگی شهر به تفکیک نام و نام خانوادگی و محل سکونت"),
            None
        );
    }

    #[test]
    fn the_unit_is_read_from_the_heading() {
        let unit = unit_in("درآمد (میلیون تومان)");
        assert_eq!(
            unit,
            Some(HeadingUnit {
                unit: Unit::Toman,
                scale: "میلیون"
            })
        );
        assert_eq!(
            unit_in("فروش به ريال").map(|found| found.unit),
            Some(Unit::Rial)
        );
        assert_eq!(unit_in("درآمد"), None);
    }
}
