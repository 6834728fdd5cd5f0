//! Drawings for places that are still empty: single lines, in the ink of the page.

use maud::{Markup, PreEscaped, Render};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// Cloth growing on a loom.
    Loom,
    /// A needle with its thread.
    Needle,
    /// A jar of preserves.
    Jar,
    /// Bread in an oven.
    Oven,
}

impl Render for Drawing {
    fn render(&self) -> Markup {
        let svg = match self {
            Self::Loom => include_str!("../../static/drawings/loom.svg"),
            Self::Needle => include_str!("../../static/drawings/needle.svg"),
            Self::Jar => include_str!("../../static/drawings/jar.svg"),
            Self::Oven => include_str!("../../static/drawings/oven.svg"),
        };
        PreEscaped(svg.trim().to_owned())
    }
}
