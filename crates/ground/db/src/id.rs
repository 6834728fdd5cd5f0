/// A typed id: a UUIDv7 that cannot be mixed up with another noun's.
///
/// `db::id!(/// A person. pub PersonId);` then `PersonId::new(tx.new_id())`.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $vis:vis $name:ident) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive($crate::macros::serde::Serialize, $crate::macros::serde::Deserialize)]
        #[derive($crate::macros::schemars::JsonSchema)]
        #[serde(crate = "db::macros::serde", transparent)]
        #[schemars(crate = "db::macros::schemars")]
        $(#[$doc])*
        $vis struct $name(pub $crate::macros::Uuid);

        impl $name {
            /// Wraps an id that was made elsewhere.
            pub const fn new(id: $crate::macros::Uuid) -> Self { Self(id) }
            /// The bare id.
            pub const fn get(self) -> $crate::macros::Uuid { self.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = <$crate::macros::Uuid as std::str::FromStr>::Err;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl From<$name> for $crate::Value {
            fn from(id: $name) -> Self { $crate::Value::Uuid(id.0) }
        }
        impl $crate::Column for $name {
            const KIND: $crate::Kind = $crate::Kind::Uuid;
            fn from_value(value: $crate::Value) -> $crate::Result<Self> {
                <$crate::macros::Uuid as $crate::Column>::from_value(value).map(Self)
            }
        }
    };
}
