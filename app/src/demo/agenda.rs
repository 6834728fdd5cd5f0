//! What the invented city does when: every command at its own moment, by its own person.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use db::{Error, Origin, Result, Tx, Write};
use persian::Timestamp;
use serde::{Serialize, Serializer};
use uuid::Uuid;
use web::City;

/// A command whose type is forgotten, so that one list holds all of them.
pub trait Deed: Send + Sync {
    /// Makes its change inside another write.
    fn act<'a>(&'a self, tx: &'a mut Tx) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

impl<W: Write> Deed for W {
    fn act<'a>(&'a self, tx: &'a mut Tx) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move { self.run(tx).await.map(drop) })
    }
}

/// Many commands.
pub type Deeds = Vec<Arc<dyn Deed>>;
type Coming = Pin<Box<dyn Future<Output = Result<Deeds>> + Send>>;

/// Puts a command in a list.
pub fn deed(command: impl Write) -> Arc<dyn Deed> {
    Arc::new(command)
}

enum Planned {
    Now(Arc<dyn Deed>),
    /// Made ready when its time has come, from what the city holds then.
    Later(Box<dyn FnOnce(Arc<City>) -> Coming + Send>),
}

/// Everything planned and not done yet, by instant and person. What one person does at one
/// instant is one write.
#[derive(Default)]
pub struct Agenda {
    planned: BTreeMap<(Timestamp, Uuid), Vec<Planned>>,
    names: BTreeMap<Uuid, String>,
    /// Codes of commands that the rooms refused, with how often.
    pub refused: BTreeMap<String, u32>,
    /// Commands done.
    pub done: usize,
}

impl Agenda {
    /// An agenda of these users: id and user name.
    pub fn new(names: BTreeMap<Uuid, String>) -> Self {
        Self {
            names,
            ..Self::default()
        }
    }

    /// Plans a command; the nil id is the program itself.
    pub fn add(&mut self, at: Timestamp, user: Uuid, command: impl Write) {
        let planned = Planned::Now(Arc::new(command));
        self.planned.entry((at, user)).or_default().push(planned);
    }

    /// Plans commands that depend on what the city holds at that time.
    pub fn later<F>(
        &mut self,
        at: Timestamp,
        user: Uuid,
        make: impl FnOnce(Arc<City>) -> F + Send + 'static,
    ) where
        F: Future<Output = Result<Deeds>> + Send + 'static,
    {
        let planned = Planned::Later(Box::new(move |city| Box::pin(make(city))));
        self.planned.entry((at, user)).or_default().push(planned);
    }

    /// Does all that is planned before an instant.
    pub async fn run_until(&mut self, city: &Arc<City>, until: Timestamp) -> Result<()> {
        while let Some(next) = self.planned.first_entry() {
            let (at, user) = *next.key();
            if at >= until {
                break;
            }
            let planned = next.remove();
            city.db.clock().hold(at);
            let mut deeds = Vec::with_capacity(planned.len());
            for one in planned {
                match one {
                    Planned::Now(deed) => deeds.push(deed),
                    Planned::Later(make) => match make(city.clone()).await {
                        Err(Error::Refused(refusal)) => self.refuse(refusal.reason.code),
                        Err(Error::NotFound) => self.refuse(NOT_MADE),
                        made => deeds.extend(made.map_err(|error| {
                            Error::other(format!("preparing at {at} of {user}: {error}"))
                        })?),
                    },
                }
            }
            let done = self.perform(city, user, deeds).await;
            // Whoever mends the making wants to know where it stopped.
            done.map_err(|error| Error::other(format!("at {at} of {user}: {error}")))?;
        }
        Ok(())
    }

    /// Does these commands now, in one write; when one is refused, the others are done alone.
    pub async fn perform(&mut self, city: &Arc<City>, user: Uuid, deeds: Deeds) -> Result<()> {
        if deeds.is_empty() {
            return Ok(());
        }
        let origin = match self.names.get(&user) {
            Some(name) => Origin::user(user, name.clone()),
            None => Origin::program("demo"),
        };
        self.done += deeds.len();
        let all = Together(deeds.clone());
        match city.db.write(&origin, all).await {
            Err(Error::Refused(_) | Error::NotFound) => {}
            done => return done,
        }
        for deed in deeds {
            match city.db.write(&origin, Together(vec![deed])).await {
                Err(Error::Refused(refusal)) => self.refuse(refusal.reason.code),
                Err(Error::NotFound) => self.refuse(NOT_MADE),
                done => done?,
            }
        }
        Ok(())
    }

    fn refuse(&mut self, code: &str) {
        *self.refused.entry(code.to_owned()).or_default() += 1;
    }
}

/// What a command speaks of was never made, for its making was refused: a consultant was busy, and
/// so there is no advice to follow.
const NOT_MADE: &str = "not_made";

/// Several commands in one write.
struct Together(Deeds);

impl Serialize for Together {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        // Never resent under a key, so its fingerprint is not asked for.
        self.0.len().serialize(serializer)
    }
}

impl Write for Together {
    const NAME: &'static str = "live_in_demo";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for deed in &self.0 {
            deed.act(tx).await?;
        }
        Ok(())
    }
}
