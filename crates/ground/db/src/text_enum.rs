/// An enum stored as text; the words are the stored ones and the ones machines see.
///
/// ```ignore
/// db::text_enum! {
///     /// Where a leg stands.
///     pub enum LegState { /// Being written. Draft = "draft", /// On its way. Sent = "sent" }
/// }
/// ```
#[macro_export]
macro_rules! text_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive($crate::macros::serde::Serialize, $crate::macros::serde::Deserialize)]
        #[derive($crate::macros::schemars::JsonSchema)]
        #[serde(crate = "db::macros::serde")]
        #[schemars(crate = "db::macros::schemars")]
        $(#[$doc])*
        $vis enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The stored word.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::Error;
            fn from_str(text: &str) -> Result<Self, $crate::Error> {
                match text { $($word => Ok($name::$variant),)*
                    other => Err($crate::Error::other(format!("{} is no {}", other, stringify!($name)))) }
            }
        }
        impl From<$name> for $crate::Value {
            fn from(word: $name) -> Self { $crate::Value::Text(word.as_str().to_owned()) }
        }
        impl $crate::Column for $name {
            const KIND: $crate::Kind = $crate::Kind::Text;
            fn from_value(value: $crate::Value) -> $crate::Result<Self> {
                <String as $crate::Column>::from_value(value)?.parse()
            }
        }
    };
}
