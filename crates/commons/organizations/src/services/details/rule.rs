//! The days of a schedule as a recurrence rule of RFC 5545, as far as directories exchange it.

/// A recurrence rule by its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `WEEKLY` or `MONTHLY`.
    pub frequency: String,
    /// Every how many weeks or months.
    pub interval: i64,
    /// `SA,SU` or `2MO`; may be empty.
    pub by_day: String,
    /// Days of the month; may be empty.
    pub by_month_day: String,
}

const DAYS: [&str; 7] = ["SA", "SU", "MO", "TU", "WE", "TH", "FR"];

impl Rule {
    /// Reads `FREQ=WEEKLY;BYDAY=SA,SU`. A part nobody exchanges is refused, not dropped.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 120 {
            return None;
        }
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut rule = Self {
            frequency: String::new(),
            interval: 1,
            by_day: String::new(),
            by_month_day: String::new(),
        };
        for part in text.split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" if matches!(value, "WEEKLY" | "MONTHLY") => {
                    value.clone_into(&mut rule.frequency)
                }
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|n| (1..=52).contains(n))?
                }
                "BYDAY" if value.split(',').all(is_day) => value.clone_into(&mut rule.by_day),
                "BYMONTHDAY" if value.split(',').all(is_month_day) => {
                    value.clone_into(&mut rule.by_month_day);
                }
                _ => return None,
            }
        }
        (!rule.frequency.is_empty()).then_some(rule)
    }
}

/// `SA`, or `2MO` and `-1FR` for the second and the last of a month.
fn is_day(word: &str) -> bool {
    let Some((place, day)) = word
        .len()
        .checked_sub(2)
        .and_then(|at| word.split_at_checked(at))
    else {
        return false;
    };
    let is_place = place.is_empty()
        || place
            .parse::<i64>()
            .is_ok_and(|place| (1..=5).contains(&place.abs()));
    DAYS.contains(&day) && is_place
}

fn is_month_day(word: &str) -> bool {
    word.parse::<i64>()
        .is_ok_and(|day| (1..=31).contains(&day.abs()))
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn a_rule_is_read_by_its_parts_and_anything_else_is_refused() {
        let rule = Rule::parse("RRULE:freq=weekly;BYDAY=SA,SU,WE").unwrap();
        assert_eq!(
            (rule.frequency.as_str(), rule.interval, rule.by_day.as_str()),
            ("WEEKLY", 1, "SA,SU,WE")
        );
        assert!(Rule::parse("FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2").is_some());
        for wrong in [
            "",
            "WEEKLY",
            "FREQ=DAILY",
            "BYDAY=SA",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;COUNT=3",
            "FREQ=WEEKLY;BYDAY=ش",
        ] {
            assert_eq!(Rule::parse(wrong), None, "{wrong}");
        }
    }
}
