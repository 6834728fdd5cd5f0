//! Faults on demand: each with how often it happens, 0 to 1.

use std::time::Duration;

/// How often the receiver fails, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Faults {
    /// Takes its time.
    pub slow: f64,
    /// How long.
    pub slow_for: Duration,
    /// Answers 500.
    pub error: f64,
    /// Answers 410: nothing more, please.
    pub gone: f64,
    /// Sends whoever comes elsewhere.
    pub redirect: f64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            slow: 0.0,
            // Longer than a sender waits.
            slow_for: Duration::from_secs(12),
            error: 0.0,
            gone: 0.0,
            redirect: 0.0,
        }
    }
}

/// A fault that is none of ours, or a rate outside 0 to 1.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownFault(pub String);

impl std::fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: NAME=RATE with slow, error, gone or redirect and 0 to 1",
            self.0
        )
    }
}

impl std::error::Error for UnknownFault {}

impl Faults {
    /// Reads `error=0.1`, one a text, as the command line gives them.
    ///
    /// # Errors
    /// Names the first text that is no fault with a rate.
    pub fn parse<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Result<Self, UnknownFault> {
        let mut faults = Self::default();
        for text in texts {
            let text = text.as_ref();
            let unknown = || UnknownFault(text.to_owned());
            let (name, rate) = text.split_once('=').ok_or_else(unknown)?;
            let rate: f64 = rate.parse().map_err(|_| unknown())?;
            if !(0.0..=1.0).contains(&rate) {
                return Err(unknown());
            }
            match name {
                "slow" => faults.slow = rate,
                "error" => faults.error = rate,
                "gone" => faults.gone = rate,
                "redirect" => faults.redirect = rate,
                _ => return Err(unknown()),
            }
        }
        Ok(faults)
    }
}

/// True as often as the rate says.
pub(super) fn happens(rate: f64) -> bool {
    rate > 0.0 && rand::random_bool(rate.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_and_odd_ones_refused() {
        let read = Faults::parse(["error=0.5", "gone=1"]).unwrap();
        assert_eq!((read.error, read.gone, read.slow), (0.5, 1.0, 0.0));
        for odd in ["error", "error=2", "slow=NaN", "late=0.1"] {
            assert_eq!(Faults::parse([odd]), Err(UnknownFault(odd.into())));
        }
    }
}
