//! Faults on demand: each with how often it happens, 0 to 1.

/// How often the provider fails, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faults {
    /// Answers after a while.
    pub slow: f64,
    /// Takes the message and breaks the answer off.
    pub lost_reply: f64,
    /// The message reaches the phone twice.
    pub duplicate: f64,
    /// Says that it cannot now, and takes nothing.
    pub refuse: f64,
}

/// A fault that is none of ours, or a rate outside 0 to 1.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownFault(pub String);

impl std::fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: NAME=RATE with slow, lost_reply, duplicate or refuse and 0 to 1",
            self.0
        )
    }
}

impl std::error::Error for UnknownFault {}

impl Faults {
    /// Reads `slow=0.1`, one a text, as the command line gives them.
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
                "lost_reply" => faults.lost_reply = rate,
                "duplicate" => faults.duplicate = rate,
                "refuse" => faults.refuse = rate,
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
        let read = Faults::parse(["slow=0.5", "refuse=1"]);
        assert_eq!(
            read,
            Ok(Faults {
                slow: 0.5,
                refuse: 1.0,
                ..Faults::default()
            })
        );
        for odd in ["slow", "slow=2", "slow=-1", "slow=NaN", "late=0.1"] {
            assert_eq!(Faults::parse([odd]), Err(UnknownFault(odd.into())));
        }
    }
}
