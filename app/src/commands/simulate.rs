//! `zanjireh simulate sms|bank|webhooks`: the other side of an outside service, as a process of its own.

use std::io::Read as _;

use clap::{Args, Subcommand};
use ledger::bank_simulator;
use notices::simulator;
use tokio::net::TcpListener;

use super::said;
use crate::cli::{Exit, examples};
use crate::fault::Fault;

/// `zanjireh simulate …`
#[derive(Subcommand)]
pub enum What {
    #[command(after_help = examples!("simulate sms --listen 127.0.0.1:8499 --fault lost_reply=0.1"))]
    /// An SMS provider with an inbox at /inbox. Faults: slow, lost_reply, duplicate, refuse.
    Sms(Options),
    #[command(after_help = examples!("simulate bank --fault late_return=0.2"))]
    /// A bank that answers payment files. Faults: closed_account, late_return, duplicate, slow.
    Bank(Options),
    #[command(after_help = examples!("simulate webhooks --secret whsec_c2VjcmV0IG9mIGEgcmVjZWl2ZXI= --fault error=0.5"))]
    /// A receiver of events at /hook that checks signatures; what came is at /received.json.
    /// Faults: slow, error (500), gone (410), redirect.
    Webhooks(Receiver),
}

/// A receiver's options.
#[derive(Args)]
pub struct Receiver {
    #[command(flatten)]
    options: Options,
    /// The endpoint's secret; without it signatures are not checked.
    #[arg(long, value_name = "WHSEC")]
    secret: Option<String>,
}

impl What {
    fn options(&self) -> &Options {
        match self {
            Self::Sms(options) | Self::Bank(options) => options,
            Self::Webhooks(receiver) => &receiver.options,
        }
    }
}

/// Where it listens and how often it fails.
#[derive(Args)]
pub struct Options {
    /// Address and port; port 0 takes a free one and says which.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
    /// A fault with its rate from 0 to 1; may be given several times.
    #[arg(long, value_name = "NAME=RATE")]
    fault: Vec<String>,
    /// End when standard input ends: for whoever started it as a child.
    #[arg(long, hide = true)]
    until_input_ends: bool,
}

/// Runs it until it is stopped.
pub async fn run(what: What) -> Result<Exit, Fault> {
    let options = what.options();
    let listener = TcpListener::bind(&options.listen)
        .await
        .map_err(|error| format!("{}: {error}", options.listen))?;
    let address = listener.local_addr().map_err(said)?;
    println!("http://{address}/");
    let leave = options.until_input_ends;
    let serve = async {
        match &what {
            What::Sms(options) => {
                let faults = simulator::Faults::parse(&options.fault).map_err(said)?;
                simulator::serve(listener, faults).await.map_err(said)
            }
            What::Bank(options) => {
                let faults = bank_faults(&options.fault)?;
                let router = bank_simulator::router(faults);
                axum::serve(listener, router).await.map_err(said)
            }
            What::Webhooks(receiver) => {
                let faults = webhooks::simulator::Faults::parse(&receiver.options.fault);
                let (secret, faults) = (receiver.secret.clone(), faults.map_err(said)?);
                let served = webhooks::simulator::serve(listener, secret, faults);
                served.await.map_err(said)
            }
        }
    };
    tokio::select! {
        result = serve => result.map(|()| Exit::Good),
        () = input_ended(), if leave => Ok(Exit::Good),
        _ = tokio::signal::ctrl_c() => Ok(Exit::Good),
    }
}

fn bank_faults(texts: &[String]) -> Result<bank_simulator::Faults, Fault> {
    let mut faults = bank_simulator::Faults::default();
    for text in texts {
        let rate = text
            .split_once('=')
            .and_then(|(name, rate)| Some((name, rate.parse::<f64>().ok()?)))
            .filter(|(_, rate)| (0.0..=1.0).contains(rate));
        let is_known = rate.is_some_and(|(name, rate)| faults.set(name, rate));
        if !is_known {
            return Err(format!(
                "{text}: NAME=RATE with closed_account, late_return, duplicate or slow and 0 to 1"
            )
            .into());
        }
    }
    Ok(faults)
}

async fn input_ended() {
    let read = tokio::task::spawn_blocking(|| {
        let mut rest = Vec::new();
        // An input that cannot be read has ended as well.
        let _ = std::io::stdin().lock().read_to_end(&mut rest);
    });
    let _ = read.await;
}
