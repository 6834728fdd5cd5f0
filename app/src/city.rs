//! Opening one city: keys, database, schema, reference data.

use std::sync::Arc;

use db::{Clock, Db, Keys, Origin, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use web::{City, Format, Name};

use crate::fault::Fault;
use crate::settings::Settings;

/// Opens the database of the settings without touching its schema.
pub async fn open_db(settings: &Settings, clock: Clock) -> Result<Db> {
    if settings.database.starts_with("sqlite:") {
        std::fs::create_dir_all(&settings.data).map_err(db::Error::other)?;
    }
    Db::open(&settings.database, clock).await
}

/// Opens a database that must be there, with this program's schema; changes nothing.
pub async fn open_db_as_it_is(settings: &Settings, clock: Clock) -> Result<Db> {
    if let Some(path) = settings.sqlite_file()
        && !path.is_file()
    {
        return Err(db::Error::other(format!(
            "there is no database at {}: run `zanjireh migrate` first",
            path.display()
        )));
    }
    let db = Db::open(&settings.database, clock).await?;
    db::require(&db, &migrations::all()).await?;
    Ok(db)
}

/// Opens a city without migrating it or making anything.
pub async fn open_as_it_is(settings: &Settings) -> Result<Arc<City>> {
    let db = open_db_as_it_is(settings, Clock::system()).await?;
    let known = setting(&mut db.read().await?, "key_check").await?;
    let folder = settings.keys.display();
    if !Keys::is_present(&settings.keys) {
        return Err(db::Error::other(format!(
            "the keys of this database are not in {folder}"
        )));
    }
    let keys = Keys::open(&settings.keys).map_err(db::Error::other)?;
    fit(known.as_ref(), &keys, settings)?;
    assemble(db, keys, settings).await
}

/// Refuses keys under which this database's values do not lie.
fn fit(known: Option<&serde_json::Value>, keys: &Keys, settings: &Settings) -> Result<()> {
    let Some(known) = known else {
        return Ok(());
    };
    if known["digest"] != check_of(keys) {
        return Err(db::Error::other("these keys belong to another city"));
    }
    for (id, mark) in known["generations"].as_object().into_iter().flatten() {
        let own = id.parse().ok().and_then(|id| keys.mark_of(id));
        if own.is_none_or(|own| *mark != serde_json::json!(own)) {
            let folder = settings.keys.display();
            return Err(db::Error::other(format!(
                "key {id} of this database is not in {folder}: bring the newest copy of the keys"
            )));
        }
    }
    Ok(())
}

/// The keys a database remembers.
fn generations(known: &serde_json::Value) -> Vec<u8> {
    let each = known["generations"].as_object().into_iter().flatten();
    each.filter_map(|(id, _)| id.parse().ok()).collect()
}

/// What a database remembers of its keys: enough to know them again, nothing to make them from.
pub fn key_check(keys: &Keys, generations: &[u8]) -> serde_json::Value {
    let marks = generations.iter().filter_map(|id| {
        let mark = serde_json::json!(keys.mark_of(*id)?);
        Some((id.to_string(), mark))
    });
    let marks: serde_json::Map<_, _> = marks.collect();
    serde_json::json!({ "digest": check_of(keys), "generations": marks })
}

/// Opens a city that is to be served: its schema and reference data are brought up to date first.
///
/// # Errors
/// Refuses a database with sealed columns whose keys are missing or belong to another city.
pub async fn open(settings: &Settings, clock: Clock) -> Result<Arc<City>> {
    let db = open_db(settings, clock).await?;
    let origin = Origin::program("operator");
    let keys = bring_up_to_date(&db, settings, &origin, false).await?;
    assemble(db, keys, settings).await
}

async fn assemble(db: Db, keys: Keys, settings: &Settings) -> Result<Arc<City>> {
    let row = setting(&mut db.read().await?, "city").await?;
    let identity: Identity = match row {
        Some(content) => serde_json::from_value(content)?,
        None => Identity::default(),
    };
    Ok(Arc::new(City {
        db,
        keys,
        name: Name {
            fa: identity.name_fa,
            en: identity.name_en,
        },
        public_url: settings.public_url.clone(),
        is_demo: identity.is_demo,
        sms: settings
            .sms_account
            .clone()
            .map(|base| web::SmsAccount { base }),
        bank: settings.bank.clone(),
        webhooks_loopback: settings.webhooks_loopback,
        print,
        wake: tokio::sync::Notify::new(),
    }))
}

/// A setting of the city.
pub async fn setting(conn: &mut db::Conn, name: &str) -> Result<Option<serde_json::Value>> {
    sql("SELECT content AS value FROM setting WHERE name = $1")
        .bind(name)
        .optional_scalar(conn)
        .await
}

/// Whom the audit names for what a command writes: the user given by `--as`, else `operator`.
pub async fn by(conn: &mut db::Conn, username: Option<&str>) -> std::result::Result<Origin, Fault> {
    let Some(username) = username else {
        return Ok(Origin::program("operator"));
    };
    let user = access::users::by_username(conn, username).await.ok();
    let user = user.flatten().filter(|user| user.is_active);
    let user = user.ok_or_else(|| format!("--as {username}: there is no such user"))?;
    Ok(Origin::user(user.id, user.username))
}

/// The one way in which the audit of a city is sealed and its heads are kept.
pub fn sealer(city: &City, settings: &Settings) -> access::audit::Sealer {
    access::audit::Sealer::new(&city.db, &city.keys, &settings.audit_heads)
}

/// Heads that are here before a database is made belong to another one: they are kept, under
/// another name.
pub fn lay_heads_aside(settings: &Settings) -> std::io::Result<()> {
    let heads = &settings.audit_heads;
    if heads.exists() {
        let now = persian::Timestamp::system_now().unix();
        let aside = heads.with_extension(format!("before-{now}"));
        std::fs::rename(heads, &aside)?;
        eprintln!("The heads kept here before are now in {}.", aside.display());
    }
    Ok(())
}

/// The end of a writing command: what it did is sealed, the database closed.
pub async fn close(city: &City, settings: &Settings) -> Result<()> {
    sealer(city, settings).close().await?;
    city.db.close().await;
    Ok(())
}

/// What the city is called, and whether it is real.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identity {
    /// «تهران»
    pub name_fa: String,
    /// `Tehran`
    pub name_en: String,
    /// True for an invented city.
    #[serde(default)]
    pub is_demo: bool,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            name_fa: "شهر شما".into(),
            name_en: "Your city".into(),
            is_demo: false,
        }
    }
}

/// True for the database of a national view: its first page is that view.
pub async fn is_observatory(conn: &mut db::Conn) -> Result<bool> {
    Ok(setting(conn, "observatory").await?.is_some())
}

/// Makes a database that of the national view: with a name, unless it has one, and a list of
/// cities, unless somebody keeps one already.
#[derive(Serialize, Deserialize)]
pub struct BeginObservatory {
    /// The list to begin with.
    pub list: observatory::registry::List,
}

impl Write for BeginObservatory {
    const NAME: &'static str = "begin_observatory";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if setting(tx, "city").await?.is_none() {
            let identity = Identity {
                name_fa: "نمای ملی".into(),
                name_en: "National view".into(),
                is_demo: false,
            };
            keep_setting(tx, "city", &serde_json::to_value(identity)?).await?;
        }
        if observatory::registry::cities(tx).await?.is_empty() {
            let list = self.list.clone();
            observatory::KeepList { list }.run(tx).await?;
        }
        keep_setting(tx, "observatory", &serde_json::json!({})).await?;
        access::audit::record(
            tx,
            "observatory_begun",
            "setting",
            None,
            serde_json::json!({}),
        )
        .await
    }
}

fn check_of(keys: &Keys) -> serde_json::Value {
    serde_json::json!(keys.blind("key_check", "zanjireh"))
}

/// The release whose reference data a database has.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// Migrates, makes keys on an empty database, checks them on any other, loads the reference data
/// of this release unless it is there; `anew` loads it in any case.
pub async fn bring_up_to_date(
    db: &Db,
    settings: &Settings,
    origin: &Origin,
    anew: bool,
) -> Result<Keys> {
    let steps = db::migrate(db, &migrations::all()).await?;
    let (known, loaded) = {
        let mut conn = db.read().await?;
        let known = setting(&mut conn, "key_check").await?;
        (known, setting(&mut conn, "reference_data").await?)
    };
    let keys = match (known.is_some(), Keys::is_present(&settings.keys)) {
        (_, true) => Keys::open(&settings.keys).map_err(db::Error::other)?,
        (false, false) => Keys::create(&settings.keys).map_err(db::Error::other)?,
        (true, false) => {
            let folder = settings.keys.display();
            return Err(db::Error::other(format!(
                "the keys of this database are not in {folder}"
            )));
        }
    };
    fit(known.as_ref(), &keys, settings)?;
    // A key that waits is none of the database's yet.
    let mut noted: Vec<u8> = known.as_ref().map(generations).unwrap_or_default();
    // A database that came from a backup may not know yet under which key it is written.
    let is_new = !noted.contains(&keys.newest());
    if is_new {
        noted.push(keys.newest());
    }
    let is_there = loaded.is_some_and(|loaded| loaded["release"] == RELEASE);
    if anew || is_new || !is_there || !steps.is_empty() {
        let load = BringUpToDate {
            key_check: key_check(&keys, &noted),
            noted: anew || !steps.is_empty(),
            steps,
        };
        db.write(origin, load).await?;
    }
    Ok(keys)
}

/// The reference data alone, for a test's database.
#[cfg(test)]
pub async fn load_reference(db: &Db) -> Result<()> {
    let load = BringUpToDate {
        key_check: serde_json::json!("test"),
        steps: Vec::new(),
        noted: true,
    };
    db.write(&Origin::program("test"), load).await
}

/// Loads the built-in reference data of every room, which adds only what is missing, and
/// remembers whose keys these are.
#[derive(Serialize, Deserialize)]
struct BringUpToDate {
    key_check: serde_json::Value,
    /// The steps of the schema that were applied just before.
    steps: Vec<String>,
    /// Whether the audit says so: not when only reference data was lacking.
    noted: bool,
}

impl Write for BringUpToDate {
    const NAME: &'static str = "bring_up_to_date";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        organizations::reference::load(tx).await?;
        people::reference::load(tx).await?;
        casework::reference::load(tx).await?;
        referrals::reference::load(tx).await?;
        makers::reference::load(tx).await?;
        indicators::reference::load(tx).await?;
        keep_setting(tx, "key_check", &self.key_check).await?;
        let release = serde_json::json!({ "release": RELEASE });
        keep_setting(tx, "reference_data", &release).await?;
        if !self.noted {
            return Ok(());
        }
        let detail = serde_json::json!({ "steps": self.steps, "release": RELEASE });
        access::audit::record(tx, "schema_migrated", "database", None, detail).await
    }
}

/// Writes a setting of the city.
pub async fn keep_setting(tx: &mut Tx, name: &str, content: &serde_json::Value) -> Result<()> {
    sql("INSERT INTO setting (name, content, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at")
    .bind(name)
    .bind(content.clone())
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Says what the city is called.
#[derive(Serialize, Deserialize)]
pub struct NameCity {
    /// The names.
    pub identity: Identity,
}

impl Write for NameCity {
    const NAME: &'static str = "name_city";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        keep_setting(tx, "city", &serde_json::to_value(&self.identity)?).await?;
        access::audit::record(tx, "city_named", "setting", None, serde_json::json!({})).await
    }
}

/// The press behind `City::print`.
pub fn print(paper: &documents::Paper, format: Format) -> std::result::Result<Vec<u8>, String> {
    let press = paper::Press::built_in().map_err(|error| error.to_string())?;
    match format {
        Format::Pdf => press.pdf(paper),
        Format::Raster(dots) => {
            let dots = paper::Dots::from_count(dots).ok_or("a roll printer has 384 or 576 dots")?;
            press.raster(paper, dots)
        }
        Format::Picture(per_inch) => {
            let mut pages = press
                .pages(paper, per_inch)
                .map_err(|error| error.to_string())?;
            pages.truncate(1);
            return pages.pop().ok_or_else(|| "a paper without a page".into());
        }
    }
    .map_err(|error| error.to_string())
}
