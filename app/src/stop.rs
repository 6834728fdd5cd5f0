//! Being asked to stop: by Ctrl-C or the service manager.

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::fault::{Fault, said};

/// Hears from its making on, so that nothing asked meanwhile is lost.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// Begins to listen; from here on the signals no longer kill the process.
    pub fn listen() -> Result<Self, Fault> {
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(said)?,
            interrupt: signal(SignalKind::interrupt()).map_err(said)?,
        })
    }

    /// Waits until the program is asked to stop.
    pub async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
