//! Settings: flag, then environment, then file, then default. Unknown ones stop the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use access::network::TrustedProxies;
use serde::Deserialize;
use url::Url;

/// What the program was told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of this city.
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`
    pub database: String,
    /// Address and port of the pages.
    pub listen: String,
    /// Address and port of the metrics; none puts them beside the pages.
    pub metrics_listen: Option<String>,
    /// The folder of the keys; never in a backup.
    pub keys: PathBuf,
    /// The file that gets the heads of the audit chain.
    pub audit_heads: PathBuf,
    /// Base of links and QR codes.
    pub public_url: Url,
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: TrustedProxies,
    /// The account at the SMS provider: `https://HOST/v1/KEY/`; without it nothing is sent.
    pub sms_account: Option<Url>,
    /// May events be told to receivers on this machine, in plain HTTP?
    pub webhooks_loopback: bool,
    /// The demo's simulated bank; no place sets it.
    pub bank: Option<Url>,
    /// A TOML file of several cities by host name.
    pub cities: Option<PathBuf>,
}

/// One host of the file of cities.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CityFile {
    data: PathBuf,
    database: Option<String>,
    keys: Option<PathBuf>,
    public_url: Option<Url>,
}

/// The flags that name settings on the command line.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--data`
    pub data: Option<PathBuf>,
    /// `--database`
    pub database: Option<String>,
    /// `--listen`
    pub listen: Option<String>,
    /// The folder when nothing names one; the demo has one of its own.
    pub default_data: &'static str,
}

/// Every setting: name, default, meaning. Environment: `ZANJIREH_` and the name in capitals.
pub const KNOWN: &[(&str, &str, &str)] = &[
    (
        "data",
        "data",
        "folder of the city: database, keys, audit heads",
    ),
    (
        "database",
        "sqlite://DATA/city.sqlite",
        "database URL, sqlite:// or postgres://",
    ),
    ("listen", "127.0.0.1:8404", "address and port of the pages"),
    (
        "metrics_listen",
        "",
        "address and port of the metrics; empty: beside the pages",
    ),
    ("keys", "DATA/keys", "folder of the keys; never in a backup"),
    (
        "audit_heads",
        "DATA/audit-heads.log",
        "file that gets the heads of the audit chain",
    ),
    ("public_url", "http://LISTEN/", "base of links and QR codes"),
    (
        "trusted_proxies",
        "",
        "addresses or blocks (10.0.0.0/8) of proxies whose Forwarded and X-Forwarded-For are believed, with commas",
    ),
    (
        "sms_account",
        "",
        "account at the SMS provider, https://HOST/v1/KEY/; empty: nothing is sent",
    ),
    (
        "webhooks_loopback",
        "no",
        "yes: events may also be told to receivers on this machine in plain http, for trying out",
    ),
    ("cities", "", "TOML file of several cities by host name"),
];

const FILE: &str = "zanjireh.toml";

impl Settings {
    /// Reads all places. The error is a sentence for the operator.
    pub fn read(flags: &Flags) -> Result<Self, String> {
        Self::from_places(flags, std::env::vars().collect())
    }

    fn from_places(flags: &Flags, environment: BTreeMap<String, String>) -> Result<Self, String> {
        let environment = from_environment(environment)?;
        let asked = |name: &str| environment.get(name).cloned();
        let data = flags
            .data
            .clone()
            .or_else(|| asked("data").map(PathBuf::from))
            .unwrap_or_else(|| PathBuf::from(flags.default_data));
        let file = from_file(&data.join(FILE))?;
        let value = |name: &str| {
            asked(name)
                .or_else(|| file.get(name).cloned())
                .filter(|v| !v.is_empty())
        };
        let listen = flags
            .listen
            .clone()
            .or_else(|| value("listen"))
            .unwrap_or_else(|| "127.0.0.1:8404".to_owned());
        let public_url = value("public_url").unwrap_or_else(|| format!("http://{listen}/"));
        let public_url = Url::parse(&public_url).map_err(|error| format!("public_url: {error}"))?;
        let database = flags.database.clone().or_else(|| value("database"));
        Ok(Self {
            database: database
                .unwrap_or_else(|| format!("sqlite://{}", data.join("city.sqlite").display())),
            listen,
            metrics_listen: value("metrics_listen"),
            keys: value("keys").map_or_else(|| data.join("keys"), PathBuf::from),
            audit_heads: value("audit_heads")
                .map_or_else(|| data.join("audit-heads.log"), PathBuf::from),
            public_url,
            trusted_proxies: TrustedProxies::parse(&value("trusted_proxies").unwrap_or_default())
                .map_err(|error| format!("trusted_proxies: {error}"))?,
            sms_account: value("sms_account")
                .map(|text| Url::parse(&text).map_err(|error| format!("sms_account: {error}")))
                .transpose()?,
            webhooks_loopback: match value("webhooks_loopback").as_deref() {
                None | Some("no" | "false") => false,
                Some("yes" | "true") => true,
                Some(other) => {
                    return Err(format!("webhooks_loopback: {other} is neither yes nor no"));
                }
            },
            bank: None,
            cities: value("cities").map(PathBuf::from),
            data,
        })
    }

    /// The cities to serve with their host names; one city without a name when no file lists them.
    ///
    /// The file has one table per host name, with `data` and, when they differ from its defaults,
    /// `database`, `keys` and `public_url`.
    pub fn cities(&self) -> Result<Vec<(Option<String>, Self)>, String> {
        let Some(path) = &self.cities else {
            return Ok(vec![(None, self.clone())]);
        };
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        let hosts: BTreeMap<String, CityFile> =
            toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
        hosts
            .into_iter()
            .map(|(host, city)| {
                let public_url = match city.public_url {
                    Some(url) => url,
                    None => Url::parse(&format!("https://{host}/"))
                        .map_err(|error| format!("{shown}: {host}: {error}"))?,
                };
                let database = city.database.unwrap_or_else(|| {
                    format!("sqlite://{}", city.data.join("city.sqlite").display())
                });
                let settings = Self {
                    database,
                    keys: city.keys.unwrap_or_else(|| city.data.join("keys")),
                    audit_heads: city.data.join("audit-heads.log"),
                    public_url,
                    data: city.data,
                    ..self.clone()
                };
                Ok((Some(host), settings))
            })
            .collect()
    }

    /// The file of a SQLite database.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        db::sqlite_file(&self.database)
    }

    /// Every setting as it is in force, without secrets, in the order of [`KNOWN`].
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        let path = |path: &Path| path.display().to_string();
        let value = |name: &str| match name {
            "data" => path(&self.data),
            "database" => self.database_shown(),
            "listen" => self.listen.clone(),
            "metrics_listen" => self.metrics_listen.clone().unwrap_or_default(),
            "keys" => path(&self.keys),
            "audit_heads" => path(&self.audit_heads),
            "public_url" => self.public_url.to_string(),
            "trusted_proxies" => self.trusted_proxies.to_string(),
            // The key of the account stands in its path.
            "sms_account" => self.sms_account.as_ref().map_or_else(String::new, |url| {
                format!("{}/…", url.origin().ascii_serialization())
            }),
            "webhooks_loopback" => if self.webhooks_loopback { "yes" } else { "no" }.to_owned(),
            "cities" => self.cities.as_deref().map(path).unwrap_or_default(),
            _ => String::new(),
        };
        let names = KNOWN.iter().map(|(name, ..)| *name);
        names.map(|name| (name, value(name))).collect()
    }

    /// The database URL without its password.
    pub fn database_shown(&self) -> String {
        match Url::parse(&self.database) {
            Ok(mut url) if url.password().is_some() => {
                // A URL that has a password can have another.
                let _ = url.set_password(Some("…"));
                url.to_string()
            }
            _ => self.database.clone(),
        }
    }
}

/// Variables of ours that are not settings.
const NOT_SETTINGS: &[&str] = &["zanjireh_log", "zanjireh_bin", "zanjireh_test_postgres"];

fn from_environment(all: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for (name, value) in all {
        let lower = name.to_lowercase();
        let Some(key) = lower.strip_prefix("zanjireh_") else {
            continue;
        };
        if NOT_SETTINGS.contains(&lower.as_str()) {
            continue;
        }
        if !KNOWN.iter().any(|(known, ..)| *known == key) {
            let near = nearest(key).to_uppercase();
            return Err(format!(
                "{name} is no setting; did you mean ZANJIREH_{near}?"
            ));
        }
        found.insert(key.to_owned(), value);
    }
    Ok(found)
}

fn from_file(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let Ok(text) = std::fs::read_to_string(path) else {
        return Ok(BTreeMap::new());
    };
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| format!("{}: {error}", path.display()))?;
    let mut found = BTreeMap::new();
    for (key, value) in table {
        if !KNOWN.iter().any(|(known, ..)| *known == key) {
            let near = nearest(&key);
            return Err(format!(
                "{}: {key} is no setting; did you mean {near}?",
                path.display()
            ));
        }
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        found.insert(key, value);
    }
    Ok(found)
}

/// The known setting with the fewest letters to change.
fn nearest(key: &str) -> &'static str {
    let near = KNOWN.iter().min_by_key(|(known, ..)| distance(known, key));
    near.map_or("data", |(known, ..)| *known)
}

/// Letters to insert, drop or change to get from one word to the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, there) in other.iter().enumerate() {
            let change = corner + usize::from(letter != *there);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demos_own_folder_is_only_its_default() {
        let flags = || Flags {
            default_data: "data/demo",
            ..Flags::default()
        };
        let none = read(flags(), &[]).unwrap();
        assert_eq!(none.data, PathBuf::from("data/demo"));
        let named = read(flags(), &[("ZANJIREH_DATA", "/x")]).unwrap();
        assert_eq!(named.data, PathBuf::from("/x"));
        let flag = Flags {
            data: Some("/y".into()),
            ..flags()
        };
        let flagged = read(flag, &[("ZANJIREH_DATA", "/x")]).unwrap();
        assert_eq!(flagged.data, PathBuf::from("/y"));
    }

    #[test]
    fn secrets_are_hidden_when_settings_are_shown() {
        let pairs = [
            ("ZANJIREH_DATABASE", "postgres://city:hidden@host/city"),
            ("ZANJIREH_SMS_ACCOUNT", "https://host/v1/HIDDENKEY/"),
        ];
        let shown = read(Flags::default(), &pairs).unwrap().shown();
        assert_eq!(shown.len(), KNOWN.len());
        let text = format!("{shown:?}").to_lowercase();
        assert!(!text.contains("hidden"), "{text}");
        assert!(text.contains("https://host/…"), "{text}");
    }

    fn read(flags: Flags, pairs: &[(&str, &str)]) -> Result<Settings, String> {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::from_places(&flags, pairs.collect())
    }

    #[test]
    fn an_unknown_setting_stops_and_the_nearest_is_named() {
        let fault = read(Flags::default(), &[("ZANJIREH_LISTN", "x")]).unwrap_err();
        assert_eq!(
            fault,
            "ZANJIREH_LISTN is no setting; did you mean ZANJIREH_LISTEN?"
        );
    }

    #[test]
    fn proxies_that_are_no_addresses_stop_the_program() {
        let fault = read(
            Flags::default(),
            &[("ZANJIREH_TRUSTED_PROXIES", "127.0.0.1, proxy")],
        );
        assert!(
            fault
                .unwrap_err()
                .starts_with("trusted_proxies: proxy is no address")
        );
    }

    #[test]
    fn a_switch_that_is_neither_yes_nor_no_stops_the_program() {
        let asked = |value| read(Flags::default(), &[("ZANJIREH_WEBHOOKS_LOOPBACK", value)]);
        assert!(asked("yes").unwrap().webhooks_loopback);
        assert!(!asked("no").unwrap().webhooks_loopback);
        assert!(asked("maybe").unwrap_err().contains("neither yes nor no"));
    }

    #[test]
    fn a_flag_wins_over_the_environment() {
        let flags = Flags {
            listen: Some("127.0.0.1:1".into()),
            ..Flags::default()
        };
        let settings = read(
            flags,
            &[("ZANJIREH_LISTEN", "127.0.0.1:2"), ("ZANJIREH_DATA", "/x")],
        );
        let settings = settings.unwrap();
        assert_eq!(settings.listen, "127.0.0.1:1");
        assert_eq!(settings.public_url.as_str(), "http://127.0.0.1:1/");
        assert_eq!(settings.database, "sqlite:///x/city.sqlite");
        assert_eq!(settings.keys, PathBuf::from("/x/keys"));
    }
}
