use clap::Subcommand;

use crate::cli::Exit;
use crate::settings::{KNOWN, Settings};

/// `zanjireh config …`
#[derive(Subcommand)]
pub enum What {
    /// Print every setting as it is in force; secrets are hidden.
    Print,
    /// Say what a setting is for.
    Explain {
        /// Its name.
        name: String,
    },
}

/// Runs it.
pub fn run(settings: &Settings, what: What) -> Result<Exit, String> {
    match what {
        What::Print => {
            println!("data = {}", settings.data.display());
            println!("database = {}", settings.database_shown());
            println!("listen = {}", settings.listen);
            println!(
                "metrics_listen = {}",
                settings.metrics_listen.as_deref().unwrap_or("")
            );
            println!("keys = {}", settings.keys.display());
            println!("audit_heads = {}", settings.audit_heads.display());
            println!("public_url = {}", settings.public_url);
            println!("trusted_proxies = {}", settings.trusted_proxies.join(", "));
            let cities = settings
                .cities
                .as_ref()
                .map(|file| file.display().to_string());
            println!("cities = {}", cities.unwrap_or_default());
            Ok(Exit::Good)
        }
        What::Explain { name } => match KNOWN.iter().find(|(known, ..)| *known == name) {
            Some((known, default, meaning)) => {
                println!("{known}: {meaning}. Default: {default}");
                println!("Environment: ZANJIREH_{}", known.to_uppercase());
                Ok(Exit::Good)
            }
            None => Err(format!("{name} is no setting")),
        },
    }
}
