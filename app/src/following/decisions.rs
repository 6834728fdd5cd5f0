//! What the committee decided on one case reaches that case.

use casework::plans::{AddDecidedLine, PackageLineId};
use casework::{CaseState, NextAction};
use db::{Error, Origin, Result, Row, Tx, Write, sql};
use governance::CaseDecisionId;
use governance::decisions::DECISION_SUBJECT;
use referrals::{By, DraftLeg, LegId, NewLeg};
use serde::Serialize;
use web::City;

/// Carries what the committee decided on one case to that case: a leg is drafted, or a line of the
/// package added, once. What the case cannot take is told to the committee. Gives how many there were.
pub(super) async fn carry(city: &City) -> Result<usize> {
    let origin = Origin::program("job");
    let rows = {
        let mut conn = city.db.read().await?;
        sql("SELECT id, case_id, opens, organization_id, service_id, budget_line_id, aid, name, quantity, unit_cost
             FROM case_decision_card WHERE state = 'waiting' ORDER BY id")
        .rows(&mut conn)
        .await?
    };
    for row in &rows {
        let id: CaseDecisionId = row.get("id")?;
        let opening = Opening::of(row, id)?;
        match city.db.write(&origin, Carry { id, opening }).await {
            Err(Error::Refused(refusal)) => {
                let code = refusal.reason.code.to_owned();
                city.db.write(&origin, TellRefused { id, code }).await?;
            }
            Err(error @ (Error::Busy | Error::UnknownOutcome)) => return Err(error),
            // One that nobody planned for holds nobody else up: the others are carried, and it is
            // tried again.
            Err(error) => tracing::error!(%id, %error, "a decision on a case could not be carried"),
            Ok(()) => {}
        }
    }
    Ok(rows.len())
}

/// What a decision opens. It has the decision's id, so that it is opened once whatever happens.
#[derive(Serialize)]
enum Opening {
    Leg(NewLeg),
    Line(AddDecidedLine, String),
}

impl Opening {
    fn of(row: &Row, id: CaseDecisionId) -> Result<Self> {
        let case = row.get("case_id")?;
        if row.get::<String>("opens")? == "leg" {
            return Ok(Self::Leg(NewLeg {
                id: LegId::new(id.get()),
                case_id: case,
                step_id: None,
                organization_id: row.get("organization_id")?,
                service_id: row.get("service_id")?,
            }));
        }
        let name: String = row.get("name")?;
        let line = AddDecidedLine {
            id: PackageLineId::new(id.get()),
            case,
            kind: row.get::<String>("aid")?.parse()?,
            name: name.clone(),
            quantity: row.get("quantity")?,
            unit_cost: row.get("unit_cost")?,
            budget_line: row.get("budget_line_id")?,
        };
        Ok(Self::Line(line, name))
    }
}

/// One write: the decision is taken in hand, its leg or line opened, and what it became written down.
#[derive(Serialize)]
struct Carry {
    id: CaseDecisionId,
    opening: Opening,
}

impl Write for Carry {
    const NAME: &'static str = "carry_case_decision";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !governance::decisions::claim(tx, self.id).await? {
            return Ok(());
        }
        let reference = match &self.opening {
            Opening::Leg(new) => {
                // The sender of the decision chose its id: it must not be another leg's.
                let known = referrals::legs::find(tx, new.id).await?;
                if known.is_some_and(|leg| leg.case_id != new.case_id) {
                    return DECISION_SUBJECT.refuse();
                }
                let by = By::SYSTEM;
                let draft = DraftLeg {
                    new: new.clone(),
                    by,
                };
                let number = draft.run(tx).await?;
                // A resting case keeps the day on which it is looked at again.
                let case = casework::find(tx, new.case_id).await?;
                if let Some(case) = case.filter(|case| case.state == CaseState::Open) {
                    let (next, today) = (NextAction::Refer, tx.today());
                    casework::set_next_action(tx, case.id, next, today, None).await?;
                }
                number
            }
            Opening::Line(line, name) => {
                line.run(tx).await?;
                name.clone()
            }
        };
        governance::decisions::opened(tx, self.id, &reference).await
    }
}

/// Why a case could not take a decision, told back to the committee.
#[derive(Serialize)]
struct TellRefused {
    id: CaseDecisionId,
    code: String,
}

impl Write for TellRefused {
    const NAME: &'static str = "tell_case_decision_refused";
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        governance::decisions::refused(tx, self.id, &self.code).await
    }
}
