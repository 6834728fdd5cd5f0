use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use persian::{Date, Timestamp};
use uuid::Uuid;

use crate::open::Ids;
use crate::{Conn, Origin};

/// A write in progress: a connection inside a transaction, with one instant and one asker.
pub struct Tx {
    pub(crate) conn: Conn,
    pub(crate) now: Timestamp,
    pub(crate) origin: Origin,
    pub(crate) ids: Arc<Ids>,
}

impl Tx {
    /// The instant of this write; the same however often it is asked.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The day of this write in Tehran.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// Who asked.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// A fresh id for a row this write makes, later than all before it.
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.now)
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
