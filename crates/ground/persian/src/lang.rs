use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The language something is shown in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Persian, written from right to left with digits ۰ to ۹.
    #[default]
    Fa,
    /// English.
    En,
}
