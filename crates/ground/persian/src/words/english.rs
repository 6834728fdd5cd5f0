use super::groups;

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const SCALES: [&str; 7] = [
    "",
    " thousand",
    " million",
    " billion",
    " trillion",
    " quadrillion",
    " quintillion",
];

pub(super) fn english(number: u64) -> String {
    let parts: Vec<String> = groups(number)
        .into_iter()
        .map(|(group, power)| {
            format!(
                "{}{}",
                below_thousand(group),
                SCALES.get(power).unwrap_or(&"")
            )
        })
        .collect();
    parts.join(" ")
}

fn below_thousand(number: u64) -> String {
    let name =
        |names: &[&'static str], at: u64| names.get(at as usize).copied().unwrap_or_default();
    let mut parts = Vec::new();
    if number >= 100 {
        parts.push(format!("{} hundred", name(&UNITS, number / 100)));
    }
    match number % 100 {
        0 => {}
        rest @ 1..20 => parts.push(name(&UNITS, rest).to_owned()),
        rest if rest % 10 == 0 => parts.push(name(&TENS, rest / 10).to_owned()),
        rest => parts.push(format!(
            "{}-{}",
            name(&TENS, rest / 10),
            name(&UNITS, rest % 10)
        )),
    }
    parts.join(" ")
}
