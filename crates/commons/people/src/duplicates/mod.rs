//! Who may be the same human being: points by field, two thresholds, reasons to show.

mod queries;
#[cfg(test)]
mod tests;

use persian::{Date, Jalali};
use serde::Serialize;

use crate::{Gender, Person};

pub use queries::{candidates, near_codes, remember_different};

/// How certain a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A human being must look.
    Likely,
    /// Surely the same.
    Sure,
}

/// What two records have in common, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The national codes are the same.
    SameCode,
    /// One digit differs, or two neighbours changed places.
    NearCode,
    /// Both have a code and the codes have little in common.
    OtherCode,
    /// First and last name are the same but for spaces and letter forms.
    SameName,
    /// One letter differs.
    NearName,
    /// They sound alike.
    SoundsAlike,
    /// Nothing of the names agrees.
    OtherName,
    /// The father's name is the same.
    SameFather,
    /// The father's name is another.
    OtherFather,
    /// Born on the same day.
    SameBirth,
    /// A digit of the birth date differs, or day and month changed places.
    NearBirth,
    /// Born in the same year.
    SameYear,
    /// Born years apart.
    OtherBirth,
    /// The phone is the same.
    SamePhone,
    /// The gender is another.
    OtherGender,
}

impl Sign {
    /// What it weighs. A common name alone stays below both thresholds.
    pub const fn points(self) -> i64 {
        match self {
            Self::SameCode => 100,
            Self::NearCode => 35,
            Self::OtherCode => -45,
            Self::SameName => 30,
            Self::NearName => 22,
            Self::SoundsAlike => 20,
            Self::OtherName => -30,
            Self::SameFather => 15,
            Self::OtherFather => -12,
            Self::SameBirth => 25,
            Self::NearBirth => 15,
            Self::SameYear => 6,
            Self::OtherBirth => -20,
            Self::SamePhone => 15,
            Self::OtherGender => -15,
        }
    }

    /// The word of it: `same_name`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameCode => "same_code",
            Self::NearCode => "near_code",
            Self::OtherCode => "other_code",
            Self::SameName => "same_name",
            Self::NearName => "near_name",
            Self::SoundsAlike => "sounds_alike",
            Self::OtherName => "other_name",
            Self::SameFather => "same_father",
            Self::OtherFather => "other_father",
            Self::SameBirth => "same_birth",
            Self::NearBirth => "near_birth",
            Self::SameYear => "same_year",
            Self::OtherBirth => "other_birth",
            Self::SamePhone => "same_phone",
            Self::OtherGender => "other_gender",
        }
    }
}

/// From here on a human being must look.
pub const LIKELY: i64 = 40;
/// From here on it is surely the same person.
pub const SURE: i64 = 65;

/// What is told of someone who may be registered already.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// First name as typed.
    pub first_name: String,
    /// Last name as typed.
    pub last_name: String,
    /// Father's name as typed.
    pub father_name: String,
    /// National code as typed, right or not.
    pub national_code: String,
    /// Day of birth.
    pub birth_on: Option<Date>,
    /// Only its year is known.
    pub is_birth_approximate: bool,
    /// Gender.
    pub gender: Option<Gender>,
    /// Phone in its stored form: `+989…`.
    pub phone: Option<String>,
}

/// A person who may be the one typed, with what speaks for and against it.
#[derive(Clone, Debug)]
pub struct Match {
    /// Who.
    pub person: Person,
    /// The sum of the signs' points.
    pub points: i64,
    /// How certain.
    pub verdict: Verdict,
    /// For and against.
    pub signs: Vec<Sign>,
}

/// How the national codes compare; kept codes are known only by their hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeMatch {
    /// The same.
    Same,
    /// Near.
    Near,
    /// Both are there and differ.
    Other,
    /// One of them is missing.
    Unknown,
}

/// What speaks for and against that the person is the one typed.
pub fn signs(typed: &Typed, person: &Person, code: CodeMatch, has_phone: bool) -> Vec<Sign> {
    let mut signs = Vec::new();
    match code {
        CodeMatch::Same => signs.push(Sign::SameCode),
        CodeMatch::Near => signs.push(Sign::NearCode),
        CodeMatch::Other => signs.push(Sign::OtherCode),
        CodeMatch::Unknown => {}
    }
    signs.push(name_sign(typed, person));
    let fathers =
        [&typed.father_name, &person.father_name].map(|name| persian::fold_spaceless(name));
    if let [typed, kept] = &fathers
        && !typed.is_empty()
        && !kept.is_empty()
    {
        let is_same = typed == kept || is_one_slip(typed, kept);
        signs.push(if is_same {
            Sign::SameFather
        } else {
            Sign::OtherFather
        });
    }
    if let (Some(typed_on), Some(kept_on)) = (typed.birth_on, person.birth_on) {
        let is_rough = typed.is_birth_approximate || person.is_birth_approximate;
        signs.extend(birth_sign(typed_on.into(), kept_on.into(), is_rough));
    }
    if has_phone {
        signs.push(Sign::SamePhone);
    }
    if typed.gender.is_some() && person.gender.is_some() && typed.gender != person.gender {
        signs.push(Sign::OtherGender);
    }
    signs
}

fn name_sign(typed: &Typed, person: &Person) -> Sign {
    let [first, last] =
        [&typed.first_name, &typed.last_name].map(|name| persian::fold_spaceless(name));
    let kept = persian::fold_spaceless(&format!("{}{}", person.first_name, person.last_name));
    let orders = [format!("{first}{last}"), format!("{last}{first}")];
    let sounds = |text: &str| persian::sounds(text).replace(' ', "");
    if orders.contains(&kept) {
        Sign::SameName
    } else if orders.iter().any(|typed| is_one_slip(typed, &kept)) {
        Sign::NearName
    } else if orders.iter().any(|typed| sounds(typed) == sounds(&kept)) {
        Sign::SoundsAlike
    } else {
        Sign::OtherName
    }
}

fn birth_sign(typed: Jalali, kept: Jalali, is_rough: bool) -> Option<Sign> {
    if is_rough {
        return match (typed.year - kept.year).abs() {
            0 => Some(Sign::SameYear),
            1..=2 => None,
            _ => Some(Sign::OtherBirth),
        };
    }
    let swapped = (typed.year, typed.month, typed.day) == (kept.year, kept.day, kept.month);
    if typed == kept {
        Some(Sign::SameBirth)
    } else if swapped || is_one_slip(&typed.to_string(), &kept.to_string()) {
        Some(Sign::NearBirth)
    } else if typed.year == kept.year {
        Some(Sign::SameYear)
    } else {
        ((typed.year - kept.year).abs() > 2).then_some(Sign::OtherBirth)
    }
}

/// The verdict of the points; none below both thresholds.
pub fn verdict(signs: &[Sign]) -> (i64, Option<Verdict>) {
    let points = signs.iter().map(|sign| sign.points()).sum();
    let verdict = match points {
        SURE.. => Some(Verdict::Sure),
        LIKELY.. => Some(Verdict::Likely),
        _ => None,
    };
    (points, verdict)
}

/// One letter more, less or other, or two neighbours in the other order; equal texts are not one.
pub fn is_one_slip(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let (short, long) = if one.len() <= two.len() {
        (&one, &two)
    } else {
        (&two, &one)
    };
    // A slip in a very short name makes it another name.
    if short == long || long.len() - short.len() > 1 || short.len() < 4 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (Some(short), Some(long)) = (short.get(start..), long.get(start..)) else {
        return false;
    };
    let rest =
        |text: &[char], from: usize| text.get(from..).map(<[char]>::to_vec).unwrap_or_default();
    if short.len() != long.len() {
        return rest(long, 1) == short;
    }
    let is_swap = short.len() > 1
        && short.first() == long.get(1)
        && short.get(1) == long.first()
        && rest(short, 2) == rest(long, 2);
    is_swap || rest(short, 1) == rest(long, 1)
}
