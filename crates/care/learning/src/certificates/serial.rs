//! Serials: eight characters that cannot be guessed and one that notices every slip.

use db::Keys;

use super::CertificateId;

/// 31 characters, a prime count; none that is mistaken for another.
const LETTERS: &[u8; 31] = b"123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// Why a text is no serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialFault {
    /// Too short, too long, or with a foreign character.
    #[error("a serial has nine letters and digits")]
    Shape,
    /// A character is wrong, or two were swapped.
    #[error("the check character does not fit")]
    Check,
}

/// A serial: nine characters, the last one for checking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serial(String);

impl Serial {
    /// The serial that belongs to a certificate: it follows from the id and the city's keys, so
    /// that knowing one serial tells nothing about others.
    pub fn of(keys: &Keys, id: CertificateId) -> Self {
        let digest = keys.sign("certificate_serial", id.get().as_bytes());
        let mut number = digest
            .iter()
            .take(8)
            .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let mut values = [0_u64; LENGTH];
        for value in &mut values {
            *value = number % 31;
            number /= 31;
        }
        let check = (31 - weighted(&values) % 31) % 31;
        let text = values
            .iter()
            .chain([&check])
            .map(|value| letter(*value))
            .collect();
        Self(text)
    }

    /// Reads what someone typed: any digits, any case, with dashes and spaces.
    pub fn parse(typed: &str) -> Result<Self, SerialFault> {
        let text: String = persian::latin_digits(typed)
            .chars()
            .filter(|c| !matches!(c, '-' | ' ' | '\u{200c}' | '–'))
            .map(|c| match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let values: Option<Vec<u64>> = text.chars().map(value).collect();
        let values = values
            .filter(|values| values.len() == LENGTH + 1)
            .ok_or(SerialFault::Shape)?;
        match (weighted(&values[..LENGTH]) + values[LENGTH]).is_multiple_of(31) {
            true => Ok(Self(text)),
            false => Err(SerialFault::Check),
        }
    }

    /// As it is stored and stands in addresses: `7KQ2M4XPD`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it: `7KQ2-M4XP-D`.
    pub fn grouped(&self) -> String {
        grouped(&self.0)
    }
}

/// A stored serial as people read it.
pub(crate) fn grouped(serial: &str) -> String {
    let letters: Vec<char> = serial.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// Weights 2 to 9: distinct and not 0 modulo 31, so every slip and every swap shows.
fn weighted(values: &[u64]) -> u64 {
    (2..)
        .zip(values)
        .map(|(weight, value): (u64, &u64)| weight * value)
        .sum()
}

fn letter(value: u64) -> char {
    // A value is below 31 by construction.
    let place = usize::try_from(value % 31).unwrap_or(0);
    char::from(LETTERS[place])
}

fn value(letter: char) -> Option<u64> {
    LETTERS
        .iter()
        .position(|known| char::from(*known) == letter)
        .map(|place| place as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serials() -> Vec<Serial> {
        let keys = Keys::ephemeral();
        (0..200)
            .map(|_| Serial::of(&keys, CertificateId::new(uuid::Uuid::now_v7())))
            .collect()
    }

    #[test]
    fn a_serial_is_read_back_as_people_write_it() {
        for serial in serials() {
            assert_eq!(
                Serial::parse(&serial.grouped().to_lowercase()).unwrap(),
                serial
            );
            let persian = persian::persian_digits(&serial.grouped());
            assert_eq!(Serial::parse(&format!(" {persian} ")).unwrap(), serial);
        }
    }

    #[test]
    fn every_wrong_character_and_every_swap_is_noticed() {
        for serial in serials() {
            let letters: Vec<char> = serial.as_str().chars().collect();
            for place in 0..letters.len() {
                for other in LETTERS.iter().map(|byte| char::from(*byte)) {
                    let mut wrong = letters.clone();
                    wrong[place] = other;
                    let parsed = Serial::parse(&wrong.iter().collect::<String>());
                    assert_eq!(parsed.is_ok(), other == letters[place]);
                }
                for second in place + 1..letters.len() {
                    let mut swapped = letters.clone();
                    swapped.swap(place, second);
                    let parsed = Serial::parse(&swapped.iter().collect::<String>());
                    assert_eq!(parsed.is_ok(), letters[place] == letters[second]);
                }
            }
        }
    }

    #[test]
    fn other_texts_are_no_serials() {
        for text in ["", "7KQ2", "7KQ2-M4XP-DD", "۷۷۷۷۷۷۷۷O", "<script>"] {
            assert_eq!(Serial::parse(text), Err(SerialFault::Shape));
        }
    }
}
