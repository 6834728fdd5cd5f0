use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Link;
use crate::conn::Shared;
use crate::{Error, Result};

/// Readers of one file at once.
const MOST: u32 = 8;

/// How long an asker waits for one of them.
const PATIENCE: Duration = Duration::from_secs(20);

/// The readers of one file, lent one at a time.
#[derive(Clone)]
pub(crate) struct Readers(Arc<Home>);

struct Home {
    file: PathBuf,
    idle: Mutex<Vec<Link>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn of(file: PathBuf) -> Self {
        Self(Arc::new(Home {
            file,
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(MOST as usize)),
        }))
    }

    pub(crate) async fn lend(&self) -> Result<Reader> {
        let place = self.0.places.clone().acquire_owned();
        let place = tokio::time::timeout(PATIENCE, place)
            .await
            .map_err(|_| Error::Busy)?
            .map_err(|_| Error::other("the database is closed"))?;
        let idle = self.0.idle.lock().ok().and_then(|mut idle| idle.pop());
        Ok(Reader {
            link: idle,
            home: self.0.clone(),
            _place: place,
        })
    }

    /// Waits until all are home, for the last link to a file writes its log back, and a reader
    /// cannot. One that stays away longer than [`PATIENCE`] is not waited for.
    pub(crate) async fn close(&self) {
        let all = tokio::time::timeout(PATIENCE, self.0.places.acquire_many(MOST)).await;
        if all.is_err() {
            tracing::warn!("the database is closed while somebody reads");
        }
        // Closed while the places are held: whoever waits for one gets none.
        self.0.places.close();
        if let Ok(mut idle) = self.0.idle.lock() {
            idle.clear();
        }
    }
}

/// A lent reader. It goes home when it is dropped.
pub(crate) struct Reader {
    /// Absent before the first statement, and while one runs.
    link: Option<Link>,
    home: Arc<Home>,
    _place: OwnedSemaphorePermit,
}

impl Reader {
    /// Asks on a thread that may wait. An asker who goes away leaves the link behind; the next
    /// one opens another.
    pub(crate) async fn ask<T: Send + 'static>(
        &mut self,
        shared: &Shared,
        question: impl FnOnce(&mut Link) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let known = self.link.take();
        let home = self.home.clone();
        let asked = tokio::task::spawn_blocking(move || -> rusqlite::Result<_> {
            let mut link = match known {
                Some(link) => link,
                None => Link::to_read(&home.file)?,
            };
            let answer = question(&mut link);
            Ok((link, answer))
        });
        let answered = asked.await.map_err(Error::other)?;
        let (link, answer) = answered.map_err(|error| shared.of_sqlite(error))?;
        self.link = Some(link);
        answer.map_err(|error| shared.of_sqlite(error))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(mut link) = self.link.take() else {
            return;
        };
        // A snapshot that was not ended ends with its link.
        if link.is_busy() || self.home.places.is_closed() {
            return;
        }
        if let Ok(mut idle) = self.home.idle.lock() {
            idle.push(link);
        }
    }
}
