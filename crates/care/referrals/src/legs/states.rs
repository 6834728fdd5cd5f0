//! Where a leg stands and who may do what to it. Pure: no database, no clock.

db::text_enum! {
    /// Where a leg stands; `docs/states/leg.md` draws it.
    #[schemars(rename = "LegState")]
    pub enum State {
        /// Being written; the receiver knows nothing of it.
        Draft = "draft",
        /// Waits for the word of the sender's supervisor.
        AwaitingRelease = "awaiting_release",
        /// On its way.
        Sent = "sent",
        /// The receiver opened it.
        Seen = "seen",
        /// The receiver asked for something; the clock is paused.
        NeedsInfo = "needs_info",
        /// Later: there is a day of review.
        Waitlisted = "waitlisted",
        /// Yes.
        Accepted = "accepted",
        /// No, with a code.
        Declined = "declined",
        /// The receiver works on it.
        InService = "in_service",
        /// Work rests until a day of review; the clock is paused.
        OnHold = "on_hold",
        /// Done, with an outcome.
        Completed = "completed",
        /// Called back by the sender or the person.
        Withdrawn = "withdrawn",
        /// Nobody answered in time.
        Expired = "expired",
        /// Handed on to another body as a leg of its own.
        Forwarded = "forwarded",
        /// Entered by mistake.
        Voided = "voided",
    }
}

impl State {
    /// True when somebody owes something.
    pub const fn is_waiting(self) -> bool {
        use State::*;
        matches!(
            self,
            AwaitingRelease | Sent | Seen | NeedsInfo | Waitlisted | Accepted | InService | OnHold
        )
    }

    /// True while the receiver knows nothing of it.
    pub const fn is_unsent(self) -> bool {
        matches!(self, Self::Draft | Self::AwaitingRelease)
    }

    /// True while the receiver has not said yes or no.
    pub const fn is_unanswered(self) -> bool {
        use State::*;
        matches!(self, Sent | Seen | NeedsInfo | Waitlisted)
    }
}

db::text_enum! {
    /// Whose turn it is.
    #[schemars(rename = "LegDebtor")]
    pub enum Debtor {
        /// The body that sent the leg.
        Sender = "sender",
        /// The body it was sent to.
        Receiver = "receiver",
        /// The person herself.
        Person = "person",
        /// Nobody: the leg does not wait.
        Nobody = "nobody",
    }
}

db::text_enum! {
    /// What the clock of a leg does.
    #[schemars(rename = "LegClock")]
    pub enum Clock {
        /// Days count.
        Running = "running",
        /// Days do not count.
        Paused = "paused",
        /// There is nothing to wait for.
        Stopped = "stopped",
    }
}

db::text_enum! {
    /// How something reached us.
    #[schemars(rename = "LegChannel")]
    pub enum Channel {
        /// A signed-in user typed it.
        Desk = "desk",
        /// The partner's link.
        Link = "link",
        /// A results file.
        File = "file",
        /// A paper slip, typed in for someone.
        Slip = "slip",
        /// The program itself.
        System = "system",
    }
}

db::text_enum! {
    /// What came of a completed leg.
    #[schemars(rename = "LegDelivery")]
    pub enum Delivery {
        /// All that was asked for.
        Delivered = "delivered",
        /// A part of it.
        Partly = "partly",
        /// Nothing of it.
        Not = "not",
    }
}

db::text_enum! {
    /// Whoever acts on a leg.
    pub enum Actor {
        /// A case worker of the sending body.
        SenderWorker = "sender_worker",
        /// A supervisor of the sending body.
        SenderSupervisor = "sender_supervisor",
        /// The receiver's front desk.
        FrontDesk = "front_desk",
        /// Whoever answers for the receiver; also its link.
        ReceiverWorker = "receiver_worker",
        /// A supervisor of the receiving body.
        ReceiverSupervisor = "receiver_supervisor",
        /// The committee's secretariat.
        Secretariat = "secretariat",
        /// The person herself, or her companion.
        Person = "person",
        /// The clock.
        System = "system",
    }
}

db::text_enum! {
    /// What can be done to a leg.
    #[schemars(rename = "LegAction")]
    pub enum Action {
        /// Change a draft.
        Edit = "edit",
        /// Send it.
        Send = "send",
        /// Take back what waits for release: a draft again.
        TakeBack = "take_back",
        /// Open it: the receiver has seen it.
        Open = "open",
        /// Ask the sender or the person for something.
        AskInfo = "ask_info",
        /// Answer that question.
        AnswerInfo = "answer_info",
        /// Say yes.
        Accept = "accept",
        /// Say no, with a code.
        Decline = "decline",
        /// Say later, with a day of review.
        Waitlist = "waitlist",
        /// Let a refusal stand.
        Uphold = "uphold",
        /// Send a refusal back to the body: it answers anew.
        SendBack = "send_back",
        /// Begin the work.
        Start = "start",
        /// Let the work rest until a day of review.
        Hold = "hold",
        /// Go on.
        Resume = "resume",
        /// Report the outcome.
        Complete = "complete",
        /// The person says whether the report is true.
        Confirm = "confirm",
        /// Call it back.
        Withdraw = "withdraw",
        /// Hand it on to another body.
        Forward = "forward",
        /// Open a closed leg again.
        Reopen = "reopen",
        /// Mark it as entered by mistake; a second person agrees.
        Void = "void",
        /// Remind, or give it back to the sender.
        Escalate = "escalate",
        /// End it for want of an answer.
        Expire = "expire",
    }
}

/// Everything this actor may do to a leg in this state, in the order screens show it.
pub fn available_actions(state: State, actor: Actor) -> Vec<Action> {
    Action::ALL
        .iter()
        .copied()
        .filter(|action| allows(state, actor, *action))
        .collect()
}

/// One cell of the matrix: the state must fit the action, and the actor must own it.
pub const fn allows(state: State, actor: Actor, action: Action) -> bool {
    fits(state, action) && owns(actor, action) && !is_own_release(state, actor, action)
}

/// What waits for release is sent by another hand than the one that asked.
const fn is_own_release(state: State, actor: Actor, action: Action) -> bool {
    matches!(
        (state, actor, action),
        (State::AwaitingRelease, Actor::SenderWorker, Action::Send)
    )
}

/// The states in which an action makes sense at all.
const fn fits(state: State, action: Action) -> bool {
    use State::*;
    match action {
        Action::Edit => matches!(state, Draft),
        Action::Send => state.is_unsent(),
        Action::TakeBack => matches!(state, AwaitingRelease),
        Action::Open => matches!(state, Sent),
        Action::AskInfo => matches!(state, Sent | Seen),
        Action::AnswerInfo => matches!(state, NeedsInfo),
        Action::Accept | Action::Decline | Action::Waitlist => state.is_unanswered(),
        // Only while the refusal is to be checked: see `Leg::actions`.
        Action::Uphold | Action::SendBack => matches!(state, Declined),
        Action::Start => matches!(state, Accepted),
        Action::Hold => matches!(state, Accepted | InService),
        Action::Resume => matches!(state, OnHold),
        Action::Complete => matches!(state, Accepted | InService | OnHold),
        Action::Confirm => matches!(state, Completed),
        Action::Withdraw => state.is_waiting() && !state.is_unsent(),
        Action::Forward => matches!(state, Sent | Seen | Waitlisted),
        Action::Reopen => matches!(state, Declined | Completed | Expired),
        Action::Void => !matches!(state, Voided),
        Action::Escalate | Action::Expire => matches!(state, Sent | Seen),
    }
}

/// Whose action it is.
const fn owns(actor: Actor, action: Action) -> bool {
    use Action::*;
    match actor {
        Actor::SenderWorker => matches!(action, Edit | Send | TakeBack | AnswerInfo | Withdraw),
        Actor::SenderSupervisor => matches!(
            action,
            Edit | Send | TakeBack | AnswerInfo | Uphold | SendBack | Withdraw | Reopen | Void
        ),
        Actor::FrontDesk => matches!(action, Open | AskInfo),
        Actor::ReceiverWorker => matches!(
            action,
            Open | AskInfo
                | Accept
                | Decline
                | Waitlist
                | Start
                | Hold
                | Resume
                | Complete
                | Forward
        ),
        Actor::ReceiverSupervisor => matches!(
            action,
            Open | AskInfo
                | Accept
                | Decline
                | Waitlist
                | Start
                | Hold
                | Resume
                | Complete
                | Forward
                | Reopen
        ),
        Actor::Secretariat => matches!(
            action,
            Send | TakeBack | Uphold | SendBack | Withdraw | Reopen | Void
        ),
        Actor::Person => matches!(action, AnswerInfo | Confirm | Withdraw),
        Actor::System => matches!(action, Escalate | Expire | Withdraw | TakeBack | Uphold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action::*;
    use Actor::*;

    fn may(state: State, actor: Actor) -> Vec<Action> {
        available_actions(state, actor)
    }

    #[test]
    fn a_draft_belongs_to_its_sender() {
        assert_eq!(may(State::Draft, SenderWorker), [Edit, Send]);
        assert_eq!(may(State::Draft, SenderSupervisor), [Edit, Send, Void]);
        assert_eq!(may(State::Draft, Secretariat), [Send, Void]);
        for actor in [
            FrontDesk,
            ReceiverWorker,
            ReceiverSupervisor,
            Person,
            System,
        ] {
            assert_eq!(may(State::Draft, actor), [], "{actor}");
        }
    }

    #[test]
    fn what_waits_for_release_is_sent_by_another_hand() {
        let state = State::AwaitingRelease;
        assert_eq!(may(state, SenderWorker), [TakeBack]);
        assert_eq!(may(state, SenderSupervisor), [Send, TakeBack, Void]);
        assert_eq!(may(state, Secretariat), [Send, TakeBack, Void]);
        assert_eq!(may(state, System), [TakeBack]);
        for actor in [FrontDesk, ReceiverWorker, ReceiverSupervisor, Person] {
            assert_eq!(may(state, actor), [], "{actor}");
        }
    }

    #[test]
    fn the_receiver_answers_a_sent_leg_and_its_front_desk_only_opens_and_asks() {
        assert_eq!(may(State::Sent, FrontDesk), [Open, AskInfo]);
        let answers = [Open, AskInfo, Accept, Decline, Waitlist, Forward];
        assert_eq!(may(State::Sent, ReceiverWorker), answers);
        assert_eq!(may(State::Sent, ReceiverSupervisor), answers);
        assert_eq!(may(State::Seen, ReceiverWorker), answers[1..]);
        assert_eq!(may(State::Sent, SenderWorker), [Withdraw]);
        assert_eq!(may(State::Sent, SenderSupervisor), [Withdraw, Void]);
        assert_eq!(may(State::Sent, Secretariat), [Withdraw, Void]);
        assert_eq!(may(State::Sent, Person), [Withdraw]);
        assert_eq!(may(State::Sent, System), [Withdraw, Escalate, Expire]);
    }

    #[test]
    fn a_question_is_answered_by_sender_or_person_and_does_not_stop_an_answer() {
        assert_eq!(may(State::NeedsInfo, SenderWorker), [AnswerInfo, Withdraw]);
        assert_eq!(may(State::NeedsInfo, Person), [AnswerInfo, Withdraw]);
        assert_eq!(
            may(State::NeedsInfo, ReceiverWorker),
            [Accept, Decline, Waitlist]
        );
        assert_eq!(may(State::NeedsInfo, FrontDesk), []);
        assert_eq!(may(State::NeedsInfo, System), [Withdraw]);
    }

    #[test]
    fn service_is_begun_rested_and_reported_by_the_receiver() {
        assert_eq!(
            may(State::Accepted, ReceiverWorker),
            [Start, Hold, Complete]
        );
        assert_eq!(may(State::InService, ReceiverWorker), [Hold, Complete]);
        assert_eq!(may(State::OnHold, ReceiverWorker), [Resume, Complete]);
        assert_eq!(
            may(State::Waitlisted, ReceiverWorker),
            [Accept, Decline, Waitlist, Forward]
        );
        assert_eq!(may(State::InService, SenderWorker), [Withdraw]);
        assert_eq!(may(State::Accepted, FrontDesk), []);
    }

    #[test]
    fn a_closed_leg_is_reopened_by_supervisors_and_secretariat_only() {
        for state in [State::Declined, State::Expired, State::Completed] {
            // A refusal may be looked at before it stands.
            let looked_at: &[Action] = match state {
                State::Declined => &[Uphold, SendBack],
                _ => &[],
            };
            let both = [looked_at, &[Reopen, Void]].concat();
            assert_eq!(may(state, SenderSupervisor), both, "{state}");
            assert_eq!(may(state, ReceiverSupervisor), [Reopen], "{state}");
            assert_eq!(may(state, Secretariat), both, "{state}");
            assert_eq!(may(state, SenderWorker), [], "{state}");
            assert_eq!(may(state, ReceiverWorker), [], "{state}");
        }
        assert_eq!(may(State::Completed, Person), [Confirm]);
        assert_eq!(may(State::Declined, Person), []);
    }

    #[test]
    fn what_was_called_back_or_handed_on_can_only_be_voided() {
        for state in [State::Withdrawn, State::Forwarded] {
            for actor in Actor::ALL {
                let expected: &[Action] = match actor {
                    SenderSupervisor | Secretariat => &[Void],
                    _ => &[],
                };
                assert_eq!(may(state, *actor), expected, "{state} {actor}");
            }
        }
    }

    #[test]
    fn nothing_can_be_done_to_a_voided_leg() {
        for actor in Actor::ALL {
            assert_eq!(may(State::Voided, *actor), []);
        }
    }
}
