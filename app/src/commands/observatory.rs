//! `zanjireh observatory …`: sign the city's figures; keep, fill and serve the national view.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::Site;
use clap::Subcommand;
use db::{Clock, Error, Origin};
use observatory::document::{LARGEST, Signed};
use observatory::registry::{self, List};
use observatory::{KeepList, SetKey, SetLink, SignStatistics, TakeDocument, Way, own, signing};
use persian::Lang;
use tokio::net::TcpListener;
use web::City;

use super::said;
use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::pages::setup;
use crate::serve::{self, Served};
use crate::settings::Settings;
use crate::stop::Stop;
use crate::{city, rooms};

/// `zanjireh observatory …`
#[derive(Subcommand)]
pub enum What {
    /// Print the public key this city signs its figures with.
    #[command(after_help = examples!("observatory key --data /srv/city"))]
    Key,
    /// Say which code this city has in the national list, and where its figures are sent.
    #[command(after_help = examples!(
        "observatory join tehran", "observatory join tehran --address https://observatory.example"))]
    Join {
        /// The city's code in the list.
        code: String,
        /// Where the observatory answers; without it figures are only offered.
        #[arg(long, default_value = "")]
        address: String,
    },
    /// Sign what is published, and write the newest signed document.
    #[command(after_help = examples!("observatory sign --out tehran.json", "observatory sign > tehran.json"))]
    Sign {
        /// The file to write; standard output without it.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Serve the national view: the cities of the list side by side.
    #[command(after_help = examples!("observatory serve --data /srv/observatory --listen 127.0.0.1:8404"))]
    Serve {
        /// Address and port.
        #[arg(long)]
        listen: Option<String>,
    },
    /// Print the list of cities that are compared, or take another list.
    #[command(after_help = examples!("observatory cities > cities.json", "observatory cities cities.json"))]
    Cities {
        /// The list to take.
        file: Option<PathBuf>,
    },
    /// Say whose signature is believed for a city from now on.
    #[command(after_help = examples!("observatory trust tehran KEY --reason 'Told by telephone'"))]
    Trust {
        /// The city's code.
        code: String,
        /// Its public key: 64 hexadecimal digits.
        key: String,
        /// Why, and from whom the key came.
        #[arg(long)]
        reason: String,
    },
    /// Take signed documents in; taken twice, nothing changes.
    #[command(after_help = examples!("observatory take tehran.json karaj.json"; "3 some were refused"))]
    Take {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, what: What) -> Result<Exit, Fault> {
    if matches!(what, What::Serve { .. }) {
        return serve(settings, Stop::listen()?).await;
    }
    let city = city::open_as_it_is(settings).await.map_err(said)?;
    let origin = city::by(&mut city.db.read().await.map_err(said)?, by).await?;
    let result = act(&city, &origin, what).await;
    city::close(&city, settings).await.map_err(said)?;
    result
}

async fn act(city: &City, origin: &Origin, what: What) -> Result<Exit, Fault> {
    match what {
        What::Key => println!(
            "{}",
            signing::signer(&city.keys).map_err(said)?.public_key()
        ),
        What::Join { code, address } => {
            write(city, origin, SetLink { code, address }).await?;
        }
        What::Sign { out } => sign(city, origin, out.as_deref()).await?,
        What::Cities { file: None } => {
            let mut conn = city.db.read().await.map_err(said)?;
            let list = List::of(&registry::cities(&mut conn).await.map_err(said)?);
            println!("{}", serde_json::to_string_pretty(&list).map_err(said)?);
        }
        What::Cities { file: Some(file) } => {
            let text = std::fs::read(&file).map_err(|fault| named(&file, fault))?;
            let list = serde_json::from_slice(&text).map_err(|fault| named(&file, fault))?;
            let count = write(city, origin, KeepList { list }).await?;
            println!("{count} cities are in the list.");
        }
        What::Trust { code, key, reason } => {
            let command = SetKey {
                code,
                public_key: key,
                reason,
            };
            write(city, origin, command).await?;
        }
        What::Take { files } => return take(city, origin, &files).await,
        What::Serve { .. } => {}
    }
    Ok(Exit::Good)
}

fn named(file: &Path, fault: impl std::fmt::Display) -> String {
    format!("{}: {fault}", file.display())
}

/// A refusal is told in its own sentence.
async fn write<W: db::Write>(city: &City, origin: &Origin, command: W) -> Result<W::Out, Fault> {
    let written = city.db.write(origin, command).await;
    written.map_err(|error| match error {
        Error::Refused(refusal) => {
            let sentence = Site::new(&rooms::all()).sentence(Lang::En, &refusal);
            Fault::from(web::words::plain(&sentence).into_owned())
        }
        Error::NotFound => "there is no such city in the list".into(),
        other => said(other),
    })
}

async fn sign(city: &City, origin: &Origin, out: Option<&Path>) -> Result<(), Fault> {
    let now = write(city, origin, SignStatistics::of(city)).await?;
    let mut conn = city.db.read().await.map_err(said)?;
    let signed = own::newest(&mut conn).await.map_err(said)?;
    let text = serde_json::to_string_pretty(&signed).map_err(said)?;
    match out {
        Some(file) => std::fs::write(file, text + "\n").map_err(|fault| named(file, fault))?,
        None => println!("{text}"),
    }
    let how = if now.is_new {
        "is signed"
    } else {
        "was signed before"
    };
    eprintln!("Document {} {how}: {}", now.number, now.digest);
    Ok(())
}

async fn take(city: &City, origin: &Origin, files: &[PathBuf]) -> Result<Exit, Fault> {
    let mut exit = Exit::Good;
    for file in files {
        let shown = file.display();
        let bytes = std::fs::read(file).map_err(|fault| named(file, fault))?;
        let Some(signed) = Signed::read(&bytes) else {
            eprintln!("{shown}: no signed document of at most {LARGEST} bytes");
            exit = Exit::Partly;
            continue;
        };
        let command = TakeDocument {
            signed,
            way: Way::Command,
            is_demo: city.is_demo,
        };
        match write(city, origin, command).await {
            Ok(taken) => println!(
                "{shown}: {} of {}, {}",
                taken.digest, taken.code, taken.standing
            ),
            Err(fault) => {
                eprintln!("{shown}: {}", fault.text);
                exit = Exit::Partly;
            }
        }
    }
    Ok(exit)
}

/// Serves like any city; the first page is the national view. A database that holds none yet gets
/// the sample list.
async fn serve(settings: &Settings, stop: Stop) -> Result<Exit, Fault> {
    let city = city::open(settings, Clock::system()).await.map_err(said)?;
    let city = begin(city, settings).await?;
    setup::announce(&city).await.map_err(said)?;
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| format!("{}: {error}", settings.listen))?;
    tracing::info!(address = settings.listen, "serving the national view");
    let served = Served {
        host: None,
        city,
        settings: settings.clone(),
        extra: None,
    };
    serve::run(
        vec![served],
        settings.metrics_listen.as_deref(),
        listener,
        stop,
    )
    .await
    .map_err(said)?;
    Ok(Exit::Good)
}

async fn begin(city: Arc<City>, settings: &Settings) -> Result<Arc<City>, Fault> {
    let origin = Origin::program("operator");
    let is_begun = {
        let mut conn = city.db.read().await.map_err(said)?;
        city::is_observatory(&mut conn).await.map_err(said)?
    };
    if is_begun {
        return Ok(city);
    }
    let list = List::sample().map_err(said)?;
    city.db
        .write(&origin, city::BeginObservatory { list })
        .await
        .map_err(said)?;
    // It has its name from now on.
    city.db.close().await;
    city::open(settings, Clock::system()).await.map_err(said)
}
