//! Opening one city: keys, database, schema, reference data.

use std::path::Path;
use std::sync::Arc;

use db::{Clock, Db, Keys, Origin, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use web::{City, Format, Name};

use crate::settings::Settings;

/// Opens the database of the settings without touching its schema.
pub async fn open_db(settings: &Settings, clock: Clock) -> Result<Db> {
    if settings.database.starts_with("sqlite:") {
        std::fs::create_dir_all(&settings.data).map_err(db::Error::other)?;
    }
    Db::open(&settings.database, clock).await
}

/// Opens a city that is to be served: its schema is brought up to date first.
///
/// # Errors
/// Refuses a database with sealed columns whose keys are missing or belong to another city.
pub async fn open(settings: &Settings, clock: Clock) -> Result<Arc<City>> {
    let db = open_db(settings, clock).await?;
    let keys = keys(&db, settings).await?;
    let row: Option<serde_json::Value> = {
        let mut conn = db.read().await?;
        sql("SELECT content AS value FROM setting WHERE name = 'city'")
            .optional_scalar(&mut conn)
            .await?
    };
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
        print,
        wake: tokio::sync::Notify::new(),
    }))
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

/// Migrates, makes keys on an empty database, checks them on any other, loads reference data.
async fn keys(db: &Db, settings: &Settings) -> Result<Keys> {
    db::migrate(db, &migrations::all()).await?;
    let known: Option<serde_json::Value> = {
        let mut conn = db.read().await?;
        sql("SELECT content AS value FROM setting WHERE name = 'key_check'")
            .optional_scalar(&mut conn)
            .await?
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
    let check = serde_json::json!(keys.blind("key_check", "zanjireh"));
    match known {
        Some(kept) if kept["digest"] != check => {
            return Err(db::Error::other("these keys belong to another city"));
        }
        Some(_) => {}
        None => {
            db.write(
                &Origin::program("operator"),
                LoadReference { key_check: check },
            )
            .await?
        }
    }
    Ok(keys)
}

/// Loads the built-in reference data of every room and remembers whose keys these are.
#[derive(Serialize, Deserialize)]
struct LoadReference {
    key_check: serde_json::Value,
}

impl Write for LoadReference {
    const NAME: &'static str = "load_reference";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        organizations::reference::load(tx).await?;
        people::reference::load(tx).await?;
        casework::reference::load(tx).await?;
        referrals::reference::load(tx).await?;
        makers::reference::load(tx).await?;
        indicators::reference::load(tx).await?;
        keep_setting(
            tx,
            "key_check",
            &serde_json::json!({ "digest": self.key_check }),
        )
        .await
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
    }
    .map_err(|error| error.to_string())
}

/// Appends the head of the audit chain to its file, which lives apart from the database.
pub fn keep_head(file: &Path, head: &access::audit::Head) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut out = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)?;
    writeln!(
        out,
        "{} {}",
        head.number,
        data_encoding::HEXLOWER.encode(&head.hash)
    )?;
    out.sync_data()
}
