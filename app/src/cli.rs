//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands;
use crate::fault::{Fault, said};
use crate::settings::{Flags, Settings};
use crate::stop::Stop;

/// How a command ended; these numbers are promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Good,
    /// 1
    Failed,
    /// 2
    Usage,
    /// 3: some rows were rejected.
    Partly,
    /// 4: `doctor` found faults.
    NotHealthy,
    /// 5: the database is locked or busy; the same may be tried again.
    Busy,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Partly => 3,
            Exit::NotHealthy => 4,
            Exit::Busy => 5,
        })
    }
}

const AFTER: &str = "Examples:\n  zanjireh demo\n  zanjireh serve --data /srv/city\n\n\
    Settings: `zanjireh config print` shows them, `zanjireh config explain NAME` says what one is for.\n\n\
    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 partly done (rows rejected), \
    4 not healthy (doctor), 5 the database is locked or busy, 130 interrupted";

/// The end of a command's help: its examples, then the exit codes it shares with all others.
macro_rules! examples {
    ($($line:literal),+ $(,)?) => {
        concat!(
            "Examples:\n", $("  zanjireh ", $line, "\n",)+
            "\nExit codes: 0 done, 1 failed, 2 wrong usage, 5 the database is locked or busy"
        )
    };
    ($($line:literal),+ ; $more:literal) => {
        concat!(
            "Examples:\n", $("  zanjireh ", $line, "\n",)+
            "\nExit codes: 0 done, 1 failed, 2 wrong usage, ", $more,
            ", 5 the database is locked or busy"
        )
    };
}
pub(crate) use examples;

/// Zanjireh: one chain from the first visit to money in her account.
#[derive(Parser)]
#[command(name = "zanjireh", version, after_help = AFTER, arg_required_else_help = true)]
struct Cli {
    /// Folder of the city.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Database URL: sqlite://PATH or postgres://…
    #[arg(long, global = true)]
    database: Option<String>,
    /// The user the audit names for what this command writes.
    #[arg(long = "as", global = true, value_name = "USER")]
    as_user: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the city's pages.
    #[command(after_help = examples!("serve", "serve --data /srv/city --listen 127.0.0.1:8404"))]
    Serve {
        /// Address and port.
        #[arg(long)]
        listen: Option<String>,
    },
    /// Make an invented city and serve it.
    #[command(after_help = examples!("demo", "demo --people 60 --seed 2 --data /tmp/demo"))]
    Demo(commands::demo::Options),
    /// Bring the schema up to date; on an empty database make keys; load reference data.
    #[command(after_help = examples!("migrate --plan", "migrate --data /srv/city"))]
    Migrate {
        /// Only say what would be done.
        #[arg(long)]
        plan: bool,
    },
    /// Write a complete, consistent copy of the database to one file, while it runs.
    #[command(after_help = examples!("backup /mnt/copies/city.backup --data /srv/city"))]
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Fill an empty database from a backup and compare it row by row.
    #[command(after_help = examples!("restore /mnt/copies/city.backup --data /srv/again"))]
    Restore {
        /// The file to read.
        file: PathBuf,
    },
    /// Read a backup whole and compare it with its manifest, without restoring it.
    #[command(after_help = examples!("verify /mnt/copies/city.backup"))]
    Verify {
        /// The file to read.
        file: PathBuf,
    },
    /// Write what the city knows as JSON lines; sealed columns stay sealed, keys stay out.
    #[command(after_help = examples!("export > city.jsonl", "export city.jsonl --data /srv/city"))]
    Export {
        /// The file to write; standard output without it.
        file: Option<PathBuf>,
    },
    /// Prove every invariant on this database; changes nothing.
    #[command(after_help = examples!("doctor --data /srv/city", "doctor --json"; "4 not healthy"))]
    Doctor {
        /// One JSON document instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Bring lists in.
    #[command(after_help = examples!(
        "import applicants list.xlsx --dry-run", "import applicants list.xlsx --rejects out.xlsx"; "3 rows rejected"))]
    Import {
        #[command(subcommand)]
        what: commands::import::What,
    },
    /// Be the other side of an outside service, for demos and tests.
    #[command(after_help = examples!("simulate sms --listen 127.0.0.1:8499 --fault lost_reply=0.1"))]
    Simulate {
        #[command(subcommand)]
        what: commands::simulate::What,
    },
    /// Print the API's description.
    #[command(after_help = examples!("openapi > openapi.json"))]
    Openapi,
    /// Sign the city's figures; keep, fill and serve the national view.
    #[command(after_help = examples!(
        "observatory sign --out tehran.json", "observatory serve --data /srv/observatory"; "3 some documents were refused"))]
    Observatory {
        #[command(subcommand)]
        what: commands::observatory::What,
    },
    /// List, make, change and retire the keys that seal the city's private columns.
    #[command(after_help = examples!("keys list", "keys rotate", "keys retire 1"))]
    Keys {
        #[command(subcommand)]
        what: commands::keys::What,
    },
    /// Manage users.
    #[command(after_help = examples!(
        "user add chief --name 'Chief' --body city --role administrator --make", "user end leaver"))]
    User {
        #[command(subcommand)]
        what: commands::user::What,
    },
    /// Make and revoke the API tokens of users.
    #[command(after_help = examples!("token make worker", "token revoke worker"))]
    Token {
        #[command(subcommand)]
        what: commands::token::What,
    },
    /// See and retry jobs nobody could do.
    #[command(after_help = examples!("job list", "job retry 019a0000-0000-7000-8000-000000000000"))]
    Job {
        #[command(subcommand)]
        what: commands::job::What,
    },
    /// Show settings.
    #[command(after_help = examples!("config print --redacted", "config explain listen"))]
    Config {
        #[command(subcommand)]
        what: commands::config::What,
    },
}

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    crate::log::start();
    let flags = Flags {
        data: cli.data,
        database: cli.database,
        listen: match &cli.command {
            Command::Serve { listen }
            | Command::Observatory {
                what: commands::observatory::What::Serve { listen },
            } => listen.clone(),
            Command::Demo(options) => options.listen.clone(),
            _ => None,
        },
        default_data: match &cli.command {
            Command::Demo(_) => commands::demo::FOLDER,
            _ => "data",
        },
    };
    let is_serving = matches!(
        cli.command,
        Command::Serve { .. }
            | Command::Observatory {
                what: commands::observatory::What::Serve { .. }
            }
    );
    let settings = match Settings::read(&flags) {
        Ok(settings) => settings,
        Err(fault) => return ended(is_serving, Err(Fault::usage(fault))),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return ended(is_serving, Err(said(error))),
    };
    let by = cli.as_user.as_deref();
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve { .. } => commands::serve::run(&settings, Stop::listen()?).await,
            Command::Demo(options) => {
                commands::demo::run(&settings, options, Stop::listen()?).await
            }
            Command::Migrate { plan } => commands::migrate::run(&settings, by, plan).await,
            Command::Backup { file } => commands::backup::run(&settings, &file).await,
            Command::Restore { file } => commands::restore::run(&settings, by, &file).await,
            Command::Verify { file } => commands::verify::run(&file),
            Command::Export { file } => commands::export::run(&settings, file.as_deref()).await,
            Command::Doctor { json } => commands::doctor::run(&settings, json).await,
            Command::Import { what } => commands::import::run(&settings, by, what).await,
            Command::Simulate { what } => commands::simulate::run(what).await,
            Command::Observatory { what } => commands::observatory::run(&settings, by, what).await,
            Command::Openapi => Ok(commands::openapi()),
            Command::Keys { what } => commands::keys::run(&settings, by, what).await,
            Command::User { what } => commands::user::run(&settings, by, what).await,
            Command::Token { what } => commands::token::run(&settings, by, what).await,
            Command::Job { what } => commands::job::run(&settings, by, what).await,
            Command::Config { what } => commands::config::run(&settings, what),
        }
    });
    // Jobs that still sleep must not keep the program alive.
    runtime.shutdown_background();
    ended(is_serving, result)
}

fn ended(is_serving: bool, result: Result<Exit, Fault>) -> ExitCode {
    match result {
        Ok(exit) => exit.into(),
        Err(fault) => {
            // What serves a city writes nothing but JSON lines.
            if is_serving {
                tracing::error!(fault = %fault.text, "not served");
            } else {
                eprintln!("zanjireh: {}", fault.text);
            }
            fault.exit.into()
        }
    }
}
