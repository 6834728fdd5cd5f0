use clap::Subcommand;

use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::settings::{KNOWN, Settings};

/// `zanjireh config …`
#[derive(Subcommand)]
pub enum What {
    /// Print every setting as it is in force; secrets are always hidden.
    #[command(after_help = examples!("config print", "config print --redacted --data /srv/city"))]
    Print {
        /// Hide secrets, which is done in any case.
        #[arg(long)]
        redacted: bool,
    },
    /// Say what a setting is for.
    #[command(after_help = examples!("config explain listen"))]
    Explain {
        /// Its name.
        name: String,
    },
}

/// Runs it.
pub fn run(settings: &Settings, what: What) -> Result<Exit, Fault> {
    match what {
        // Secrets are never shown; the flag says so to whoever looks for it.
        What::Print { redacted: _ } => {
            for (name, value) in settings.shown() {
                println!("{name} = {value}");
            }
            Ok(Exit::Good)
        }
        What::Explain { name } => match KNOWN.iter().find(|(known, ..)| *known == name) {
            Some((known, default, meaning)) => {
                println!("{known}: {meaning}. Default: {default}");
                println!("Environment: ZANJIREH_{}", known.to_uppercase());
                Ok(Exit::Good)
            }
            None => Err(Fault::usage(format!("{name} is no setting"))),
        },
    }
}
