//! Steps: a thread with knots, the chain of stages, and what happened when.

use maud::{Markup, html};
use persian::Timestamp;

use super::blocks::Tone;
use crate::WORDS;
use crate::page::Page;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Behind us: a filled knot.
    Done,
    /// Here: a ringed knot.
    Now,
    /// Ahead: a hollow knot.
    Next,
}

/// One knot of the thread.
#[derive(Debug, Clone)]
pub struct Step {
    /// The word under the knot.
    pub label: String,
    /// Where it stands.
    pub state: StepState,
}

/// Progress as a thread; each knot says its state to those who cannot see it.
pub fn progress_thread(p: &Page, steps: &[Step]) -> Markup {
    html! {
        ol.thread {
            @for step in steps {
                @let (class, word) = match step.state {
                    StepState::Done => ("done", "step-done"),
                    StepState::Now => ("now", "step-now"),
                    StepState::Next => ("next", "step-next"),
                };
                li class=(class) aria-current=[(step.state == StepState::Now).then_some("step")] {
                    span { (step.label) }
                    small { (p.t(&WORDS, word)) }
                }
            }
        }
    }
}

/// One stage of the chain.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The stage's name.
    pub label: String,
    /// How many are in it now; none when the reader is not told.
    pub count: Option<i64>,
    /// One short line: this month's arrivals, median days.
    pub note: Option<String>,
    /// Leads to the list that makes the count.
    pub href: Option<String>,
    /// `Warning` where people wait too long.
    pub tone: Tone,
}

/// Stages in the direction of writing: from right to left in Persian.
pub fn chain(p: &Page, label: &str, stages: &[Stage]) -> Markup {
    html! {
        ol.chain aria-label=(label) {
            @for stage in stages {
                li.late[stage.tone == Tone::Warning] {
                    span.name { (stage.label) }
                    @match (stage.count, &stage.href) {
                        (None, _) => span.note { (p.t(&WORDS, "count-hidden")) },
                        (Some(count), Some(href)) => a.value href=(href) { bdi { (p.number(count)) } },
                        (Some(count), None) => bdi.value { (p.number(count)) },
                    }
                    @if let Some(note) = &stage.note { span.note { (note) } }
                }
            }
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What, in one line.
    pub title: Markup,
    /// More about it, if any.
    pub body: Option<Markup>,
}

/// What happened, newest first as given.
pub fn timeline(p: &Page, events: &[Event]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li {
                    p.title { (event.title) }
                    p.when { (p.moment(event.at)) }
                    @if let Some(body) = &event.body { div { (body) } }
                }
            }
        }
    }
}
