use crate::eligibility::{Answer3, Facts, Rule, trace};
use money::Rial;

fn entry() -> Rule {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../data/entry-rules.json")).unwrap();
    serde_json::from_value(file["rule"].clone()).unwrap()
}

fn facts(
    age: Option<i64>,
    group: Option<&str>,
    income: Option<i64>,
    insured: Option<&str>,
) -> Facts {
    let mut facts = Facts::default();
    let none = String::new;
    if let Some(age) = age {
        facts.number("age", age);
    }
    if let Some(group) = group {
        facts.words("target_group", vec![group.into()], none(), none());
    }
    if let Some(income) = income {
        facts.money("household_income", Rial::new(income));
    }
    if let Some(insured) = insured {
        facts.words("has_insurance", vec![insured.into()], none(), none());
    }
    facts
}

#[test]
fn the_entry_rules_keep_unknown_apart_from_no() {
    let rule = entry();
    let low = Some("low_income");
    let cases = [
        (
            facts(Some(45), low, Some(100_000_000), Some("no")),
            Answer3::Yes,
        ),
        (
            facts(Some(17), low, Some(100_000_000), Some("no")),
            Answer3::No,
        ),
        (
            facts(Some(45), low, Some(900_000_000), Some("no")),
            Answer3::No,
        ),
        (
            facts(Some(45), low, Some(100_000_000), Some("yes")),
            Answer3::No,
        ),
        (
            facts(Some(45), low, Some(100_000_000), None),
            Answer3::Unknown,
        ),
        (
            facts(None, low, Some(100_000_000), Some("no")),
            Answer3::Unknown,
        ),
        (
            facts(Some(45), None, Some(100_000_000), Some("no")),
            Answer3::Unknown,
        ),
        // A no decides, whatever else is not known.
        (facts(None, low, None, Some("yes")), Answer3::No),
        // Groups without an income limit need no income.
        (
            facts(Some(45), Some("recovered_person"), None, Some("no")),
            Answer3::Yes,
        ),
        (
            facts(
                Some(45),
                Some("person_with_disability"),
                Some(900_000_000),
                Some("no"),
            ),
            Answer3::Yes,
        ),
    ];
    for (place, (facts, expected)) in cases.iter().enumerate() {
        assert_eq!(rule.decide(facts), *expected, "case {place}");
    }
}

#[test]
fn the_trace_tells_each_condition_with_what_is_known() {
    let lines = trace(
        &entry(),
        &facts(Some(45), Some("low_income"), Some(100_000_000), None),
    );
    assert_eq!(lines.len(), 6);
    assert_eq!(
        (lines[0].known_fa.as_str(), lines[0].result),
        ("۴۵", Answer3::Yes)
    );
    assert_eq!(lines[3].depth, 1);
    assert!(lines[3].known_en.contains("10,000,000"));
    let last = &lines[5];
    assert!(last.is_exclusion && last.result == Answer3::Unknown && last.known_en.is_empty());
}
