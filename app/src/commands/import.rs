//! `zanjireh import applicants FILE`

use std::path::{Path, PathBuf};

use access::users;
use clap::{Args, Subcommand};
use db::{Clock, Conn, Origin};
use indicatif::{ProgressBar, ProgressStyle};
use organizations::{CreateOrganization, OrganizationId, OrganizationKind};
use uuid::Uuid;
use web::City;

use super::said;
use crate::city;
use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::settings::Settings;

/// `zanjireh import …`
#[derive(Subcommand)]
pub enum What {
    /// Bring in a list of applicants from an XLSX or CSV file.
    #[command(after_help = examples!(
        "import applicants list.xlsx --dry-run", "import applicants list.xlsx --rejects out.xlsx"; "3 rows rejected"))]
    Applicants(Applicants),
}

/// How the list is to be brought in.
#[derive(Args)]
pub struct Applicants {
    /// The file.
    file: PathBuf,
    /// Read and judge every row; store nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the refused rows with column and reason to this workbook.
    #[arg(long, value_name = "OUT.xlsx")]
    rejects: Option<PathBuf>,
    /// One JSON document on standard output.
    #[arg(long)]
    json: bool,
    /// The code of the body the list belongs to. Without it: the body of the user named by --as,
    /// else the first municipal body; a city without any gets one.
    #[arg(long, value_name = "CODE")]
    body: Option<String>,
}

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, what: What) -> Result<Exit, Fault> {
    let What::Applicants(asked) = what;
    let bytes =
        std::fs::read(&asked.file).map_err(|error| format!("{}: {error}", asked.file.display()))?;
    let city = city::open(settings, Clock::system()).await.map_err(said)?;
    let origin = city::by(&mut city.db.read().await.map_err(said)?, by).await?;
    let body = match body(&city, &origin, asked.body.as_deref()).await? {
        // A dry run stores nothing, also no body.
        _ if asked.dry_run => None,
        Some(body) => Some(body),
        None => Some(own_body(&city, &origin).await?),
    };
    let bar = progress();
    let outcome = people::import::run(
        &city,
        &origin,
        body,
        &bytes,
        &name_of(&asked.file),
        |done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        },
    )
    .await
    .map_err(|error| match error {
        db::Error::Refused(refusal) => {
            format!("{}: {}", asked.file.display(), sentence(&refusal)).into()
        }
        other => said(other),
    })?;
    bar.finish_and_clear();
    city::close(&city, settings).await.map_err(said)?;
    if let Some(out) = &asked.rejects {
        std::fs::write(out, &outcome.rejects_xlsx)
            .map_err(|error| format!("{}: {error}", out.display()))?;
    }
    if asked.json {
        println!("{}", outcome.report);
    } else {
        println!("{}", outcome.report["totals"]);
    }
    Ok(match outcome.rejected {
        0 => Exit::Good,
        _ => Exit::Partly,
    })
}

/// The refusal in the operator's language.
fn sentence(refusal: &db::Refusal) -> String {
    let key = format!("reason-{}", refusal.reason.code.replace('_', "-"));
    people::WORDS.text(persian::Lang::En, &key, &[])
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// On a terminal only; elsewhere nothing is drawn.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// The body the list belongs to; none while the city has no municipal body.
async fn body(
    city: &City,
    origin: &Origin,
    code: Option<&str>,
) -> Result<Option<OrganizationId>, Fault> {
    let mut conn = city.db.read().await.map_err(said)?;
    if let Some(code) = code {
        let found = organizations::by_code(&mut conn, code)
            .await
            .map_err(said)?;
        return match found {
            Some(body) => Ok(Some(body.id)),
            None => Err(format!("there is no body with code {code}").into()),
        };
    }
    if let Some(user) = origin.user
        && let Some(body) = of_user(&mut conn, user, city).await.map_err(said)?
    {
        return Ok(Some(body));
    }
    let kind = Some(OrganizationKind::Municipal);
    let bodies = organizations::list(&mut conn, kind).await.map_err(said)?;
    let first = bodies.iter().min_by_key(|body| body.id.get());
    Ok(first.map(|body| body.id))
}

/// Makes the municipal body of a city that has none.
async fn own_body(city: &City, origin: &Origin) -> Result<OrganizationId, Fault> {
    let own = CreateOrganization {
        id: OrganizationId::new(city.db.new_id()),
        code: "city".into(),
        kind: OrganizationKind::Municipal,
        name_fa: city.name.fa.clone(),
        name_en: city.name.en.clone(),
        phone: String::new(),
        valid_from: city.db.clock().today(),
        knowledge_based_until: None,
    };
    city.db.write(origin, own).await.map_err(said)
}

/// The body in which the user brings lists in.
async fn of_user(conn: &mut Conn, user: Uuid, city: &City) -> db::Result<Option<OrganizationId>> {
    let roles = users::roles_on(conn, user, city.db.clock().today()).await?;
    let body = roles
        .iter()
        .find(|(role, _)| people::IMPORT.roles.contains(role));
    Ok(body.map(|(_, body)| OrganizationId::new(*body)))
}
