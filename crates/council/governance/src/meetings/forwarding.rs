//! What a working group sends up to its parent.

use access::audit;
use db::{Error, Reason, Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{MeetingId, MeetingState};
use crate::committees;
use crate::wording::{optional, required};

/// The committee is nobody's working group, or has sent this item already.
pub const FORWARD_PARENT: Reason = Reason::new("forward_parent", 409);

/// Sends an item of a working group's agenda, or a proposal of its meeting, to the parent committee.
/// It stands on the parent's next agenda by itself, once.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ForwardItem {
    /// Made by the sender.
    pub id: Uuid,
    /// The working group's meeting.
    pub meeting_id: MeetingId,
    /// The item of its agenda; none for a proposal in words.
    pub item_id: Option<Uuid>,
    /// The proposal, or what is said beside the item.
    pub wording: String,
}

impl Write for ForwardItem {
    const NAME: &'static str = "forward_item";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        // Until its minutes are frozen: what they do not tell was not sent.
        let states = [
            MeetingState::Planned,
            MeetingState::Called,
            MeetingState::Held,
        ];
        let (committee, _) = super::hold(tx, self.meeting_id, &states).await?;
        let Some(parent) = committees::get(tx, committee).await?.parent_id else {
            return FORWARD_PARENT.refuse();
        };
        let wording = match self.item_id {
            None => required(&self.wording, "forward", 500)?,
            Some(id) => {
                let item = super::agenda(tx, self.meeting_id).await?;
                let item = item.into_iter().find(|item| item.id == id);
                let item = item.ok_or(Error::NotFound)?;
                let told = [
                    item.reference,
                    item.wording,
                    optional(&self.wording, "forward", 500)?,
                ];
                let told: Vec<String> = told.into_iter().filter(|text| !text.is_empty()).collect();
                crate::wording::short(&told.join(" · "), 500)
            }
        };
        sql(
            "INSERT INTO forwarded_item (id, meeting_id, agenda_item_id, committee_id, wording, forwarded_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(self.meeting_id)
        .bind(self.item_id)
        .bind(parent)
        .bind(wording)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_forwarded_item", &FORWARD_PARENT))?;
        audit::record(
            tx,
            "item_forwarded",
            "meeting",
            Some(self.meeting_id.get()),
            json!({ "to": parent }),
        )
        .await?;
        Ok(self.id)
    }
}
