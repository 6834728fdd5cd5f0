//! What the systems of both bodies are told of a leg: that it moved, and nothing about the person.

use db::{Result, Tx};
use webhooks::{Data, EventType, Number};

use super::Leg;
use super::states::State;

/// Tells a move in the write that makes it. The receiver hears nothing of what was never sent to it.
pub(crate) async fn tell(tx: &mut Tx, old: &Leg, new: &Leg) -> Result<()> {
    if old.state == new.state && old.debtor == new.debtor {
        return Ok(());
    }
    let both = [new.sender_id, new.organization_id];
    let bodies = match new.sent_at {
        Some(_) => &both[..],
        None => &both[..1],
    };
    let data = Data {
        id: new.id.get(),
        number: Some(Number::of(&new.number)),
        state: new.state.as_str(),
        was: Some(old.state.as_str()),
        sender_id: Some(new.sender_id),
        receiver_id: Some(new.organization_id),
        due_on: new.owed_on(),
    };
    webhooks::tell(tx, bodies, event(new), &data).await
}

fn event(leg: &Leg) -> EventType {
    match leg.state {
        State::Sent => EventType::ReferralSent,
        State::Accepted => EventType::ReferralAccepted,
        // While somebody looks at it, it may still go back.
        State::Declined if !leg.is_refusal_open() => EventType::ReferralDeclined,
        State::Completed => EventType::ReferralCompleted,
        State::Withdrawn => EventType::ReferralWithdrawn,
        State::Expired => EventType::ReferralExpired,
        _ => EventType::ReferralChanged,
    }
}
