use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What a database did since it was opened: for guards in tests and for metrics.
#[derive(Debug, Default)]
pub struct Stats {
    statements: AtomicU64,
    is_recording: AtomicBool,
    texts: Mutex<Vec<String>>,
}

impl Stats {
    pub(crate) fn count(&self, text: &str) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        if self.is_recording.load(Ordering::Relaxed)
            && let Ok(mut texts) = self.texts.lock()
        {
            texts.push(text.to_owned());
        }
    }

    /// Statements sent so far.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Starts keeping the text of each statement.
    pub fn record(&self) {
        self.is_recording.store(true, Ordering::Relaxed);
    }

    /// The texts kept since [`Stats::record`], emptied by this call.
    pub fn take_texts(&self) -> Vec<String> {
        self.texts
            .lock()
            .map(|mut texts| std::mem::take(&mut *texts))
            .unwrap_or_default()
    }
}
