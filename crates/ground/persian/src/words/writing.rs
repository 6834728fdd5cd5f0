use super::groups;

pub(super) const UNITS: [&str; 20] = [
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
];
pub(super) const TENS: [&str; 10] = [
    "",
    "ده",
    "بیست",
    "سی",
    "چهل",
    "پنجاه",
    "شصت",
    "هفتاد",
    "هشتاد",
    "نود",
];
pub(super) const HUNDREDS: [&str; 10] = [
    "",
    "صد",
    "دویست",
    "سیصد",
    "چهارصد",
    "پانصد",
    "ششصد",
    "هفتصد",
    "هشتصد",
    "نهصد",
];
pub(super) const SCALES: [&str; 7] = [
    "",
    "هزار",
    "میلیون",
    "میلیارد",
    "تریلیون",
    "کوادریلیون",
    "کوینتیلیون",
];

pub(super) fn persian(number: u64) -> String {
    let parts: Vec<String> = groups(number)
        .into_iter()
        .map(|(group, power)| match (group, SCALES.get(power)) {
            // «هزار», not «یک هزار», as it is said.
            (1, Some(&scale)) if power == 1 => scale.to_owned(),
            (_, Some(&scale)) if power > 0 => format!("{} {scale}", below_thousand(group)),
            _ => below_thousand(group),
        })
        .collect();
    parts.join(" و ")
}

fn below_thousand(number: u64) -> String {
    let [hundreds, rest] = [number / 100, number % 100];
    let (tens, units) = if rest < 20 {
        (0, rest)
    } else {
        (rest / 10, rest % 10)
    };
    let mut parts = Vec::new();
    for (names, digit) in [
        (&HUNDREDS[..], hundreds),
        (&TENS[..], tens),
        (&UNITS[..], units),
    ] {
        if digit > 0
            && let Some(&name) = names.get(digit as usize)
        {
            parts.push(name);
        }
    }
    parts.join(" و ")
}
