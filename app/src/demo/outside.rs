//! The demo's outside world: simulators as children of this process, on free ports of this
//! machine. Nothing leaves it.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use url::Url;

/// A simulator; it ends with this value, and with this process.
pub struct Simulator {
    /// Where it listens.
    pub base: Url,
    /// Kept open: when it closes, however that happens, the child ends.
    _input: Option<ChildStdin>,
    _child: Child,
}

/// Starts `zanjireh simulate KIND` and waits until it listens.
pub async fn start(kind: &str) -> Result<Simulator, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut child = Command::new(program)
        .args(["simulate", kind, "--until-input-ends"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("simulate {kind}: {error}"))?;
    let output = child
        .stdout
        .take()
        .ok_or_else(|| format!("simulate {kind}: no output"))?;
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .await
        .map_err(|error| format!("simulate {kind}: {error}"))?;
    let base = Url::parse(line.trim()).map_err(|error| format!("simulate {kind}: {error}"))?;
    Ok(Simulator {
        base,
        _input: child.stdin.take(),
        _child: child,
    })
}
