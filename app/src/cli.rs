//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands;
use crate::settings::{Flags, Settings};

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
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Partly => 3,
            Exit::NotHealthy => 4,
        })
    }
}

const AFTER: &str = "Examples:\n  zanjireh demo\n  zanjireh serve --data /srv/city\n\n\
    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 partly done (rows rejected), \
    4 not healthy (doctor), 130 interrupted";

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
    Serve {
        /// Address and port.
        #[arg(long)]
        listen: Option<String>,
    },
    /// Make an invented city and serve it.
    Demo(commands::demo::Options),
    /// Bring the schema up to date; on an empty database make keys and load reference data.
    Migrate {
        /// Only say what would be done.
        #[arg(long)]
        plan: bool,
    },
    /// Write a complete, consistent copy of the database to one file, while it runs.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Fill an empty database from a backup and compare it row by row.
    Restore {
        /// The file to read.
        file: PathBuf,
    },
    /// Prove every invariant on this database.
    Doctor {
        /// One JSON document instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Bring lists in.
    Import {
        #[command(subcommand)]
        what: commands::import::What,
    },
    /// Be the other side of an outside service, for demos and tests.
    Simulate {
        #[command(subcommand)]
        what: commands::simulate::What,
    },
    /// Print the API's description.
    Openapi,
    /// Manage users.
    User {
        #[command(subcommand)]
        what: commands::user::What,
    },
    /// Show settings.
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
            Command::Serve { listen } => listen.clone(),
            Command::Demo(options) => options.listen.clone(),
            _ => None,
        },
    };
    let flags = match &cli.command {
        Command::Demo(_) => commands::demo::flags(flags),
        _ => flags,
    };
    let settings = match Settings::read(&flags) {
        Ok(settings) => settings,
        Err(fault) => return ended(Exit::Usage, Err(fault)),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return ended(Exit::Failed, Err(error.to_string())),
    };
    let operator = cli.as_user.unwrap_or_else(|| "operator".to_owned());
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve { .. } => commands::serve::run(&settings).await,
            Command::Demo(options) => commands::demo::run(&settings, options).await,
            Command::Migrate { plan } => commands::migrate::run(&settings, plan).await,
            Command::Backup { file } => commands::backup::run(&settings, &file).await,
            Command::Restore { file } => commands::restore::run(&settings, &file).await,
            Command::Doctor { json } => commands::doctor::run(&settings, json).await,
            Command::Import { what } => commands::import::run(&settings, &operator, what).await,
            Command::Simulate { what } => commands::simulate::run(what).await,
            Command::Openapi => Ok(commands::openapi()),
            Command::User { what } => commands::user::run(&settings, &operator, what).await,
            Command::Config { what } => commands::config::run(&settings, what),
        }
    });
    // Jobs that still sleep must not keep the program alive.
    runtime.shutdown_background();
    ended(Exit::Failed, result)
}

fn ended(otherwise: Exit, result: Result<Exit, String>) -> ExitCode {
    match result {
        Ok(exit) => exit.into(),
        Err(fault) => {
            eprintln!("zanjireh: {fault}");
            otherwise.into()
        }
    }
}
