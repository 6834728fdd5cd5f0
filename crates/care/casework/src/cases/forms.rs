use access::Ask;
use organizations::OrganizationId;
use people::PersonId;
use web::{Form, FormErrors, Outcome};

use super::{
    CaseId, ConsentGiven, Evidence, MoveCase, NextAction, OpenCase, PauseCase, PauseReason,
    SetNextAction, Source, Stage,
};
use crate::{WORDS, bounds, days};

/// Years a consent may hold.
pub(super) const CONSENT_YEARS: [i64; 3] = [1, 2, 3];

/// Letters of whom we wait for.
pub(super) const NAME_LENGTH: usize = 120;

/// Reads the form that opens a case. The form's key gives the ids, so a resend is the same case.
pub(super) fn open(
    ask: &Ask,
    form: &Form,
    person: PersonId,
    organization: OrganizationId,
) -> Outcome<Result<OpenCase, FormErrors>> {
    let key = form.key()?;
    let mut read = form.read(&ask.page);
    let source: Option<Source> = read.choice("source");
    let evidence: Option<Evidence> = read.choice("evidence");
    let years = read
        .choice::<i64>("consent_years")
        .filter(|years| CONSENT_YEARS.contains(years));
    if years.is_none() && read.errors.get("consent_years").is_none() {
        read.wrong::<()>("consent_years", ask.page.t(&WORDS, "consent-years-wrong"));
    }
    if !read.ticked("agreed") {
        read.wrong::<()>("agreed", ask.page.t(&WORDS, "consent-needed"));
    }
    let owner = read.choice("owner");
    let on = bounds::day_ahead(&mut read, &ask.page, "assess_on");
    let agreed = read.ticked("agreed");
    let (Some(source), Some(evidence), Some(years), Some(owner), Some(on), true) =
        (source, evidence, years, owner, on, agreed)
    else {
        return Ok(Err(read.errors));
    };
    Ok(Ok(OpenCase {
        id: CaseId::new(key),
        person,
        organization,
        owner,
        source,
        consent: ConsentGiven {
            id: key,
            evidence,
            valid_until: days::months_after(ask.now().date(), years * 12),
        },
        next_action_on: on,
    }))
}

pub(super) fn next_action(
    ask: &Ask,
    case: CaseId,
    form: &Form,
) -> Result<SetNextAction, FormErrors> {
    let mut read = form.read(&ask.page);
    let action: Option<NextAction> = read.choice("next_action");
    let on = bounds::day_ahead(&mut read, &ask.page, "next_on");
    let waiting_on = read.optional_text("waiting_on", NAME_LENGTH);
    match (action, on, waiting_on) {
        (Some(action), Some(on), Some(waiting)) => Ok(SetNextAction {
            case,
            action,
            on,
            waiting_on: Some(waiting).filter(|name| !name.is_empty()),
        }),
        _ => Err(read.errors),
    }
}

pub(super) fn stage(ask: &Ask, case: CaseId, form: &Form) -> Result<MoveCase, FormErrors> {
    let mut read = form.read(&ask.page);
    let stage: Option<Stage> = read.choice("stage");
    stage
        .map(|stage| MoveCase { case, stage })
        .ok_or(read.errors)
}

pub(super) fn pause(ask: &Ask, case: CaseId, form: &Form) -> Result<PauseCase, FormErrors> {
    let mut read = form.read(&ask.page);
    let reason: Option<PauseReason> = read.choice("pause_reason");
    let on = bounds::day_ahead(&mut read, &ask.page, "look_again_on");
    match (reason, on) {
        (Some(reason), Some(look_again_on)) => Ok(PauseCase {
            case,
            reason: reason.seal(&ask.city.keys, case),
            look_again_on,
        }),
        _ => Err(read.errors),
    }
}

/// What comes next and when, for a case that goes on.
pub(super) fn go_on(ask: &Ask, form: &Form) -> Result<(NextAction, persian::Date), FormErrors> {
    let mut read = form.read(&ask.page);
    let action = read.choice("go_on_action");
    let on = bounds::day_ahead(&mut read, &ask.page, "go_on_on");
    action.zip(on).ok_or(read.errors)
}
