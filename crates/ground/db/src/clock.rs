use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use persian::{Date, Timestamp};

/// The city's clock. It follows the machine unless someone holds it still: tests do, and the
/// demo does while it writes two years of history.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

/// Stored when the clock follows the machine; no instant we handle is this early.
const FOLLOW: i64 = 0;

impl Clock {
    /// A clock that follows the machine.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock held still at an instant.
    pub fn still(at: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(at.unix())))
    }

    /// Holds the clock at an instant.
    pub fn hold(&self, at: Timestamp) {
        self.0.store(at.unix(), Ordering::SeqCst);
    }

    /// Lets the clock follow the machine again.
    pub fn release(&self) {
        self.0.store(FOLLOW, Ordering::SeqCst);
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match self.0.load(Ordering::SeqCst) {
            FOLLOW => Timestamp::system_now(),
            held => Timestamp::from_unix(held),
        }
    }

    /// The present day in Tehran.
    pub fn today(&self) -> Date {
        self.now().date()
    }
}
