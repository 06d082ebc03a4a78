//! `serde` for types that are written as one string.
//!
//! The macros below expand in other crates too, whose features are not ours. So the choice is
//! made here, by defining the helper twice, and never inside an expansion.

/// Implements `Serialize` and `Deserialize` through `as_str`-like `Display` and `FromStr`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_str {
    ($Type:ty $(, $Param:ident: $Bound:path)?) => {
        impl$(<$Param: $Bound>)? $crate::runtime::serde::Serialize for $Type {
            fn serialize<S: $crate::runtime::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de $(, $Param: $Bound)?> $crate::runtime::serde::Deserialize<'de> for $Type {
            fn deserialize<D: $crate::runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::deserialize_str(deserializer)
            }
        }
    };
}

/// Without the feature `serde` there is nothing to implement.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_str {
    ($Type:ty $(, $Param:ident: $Bound:path)?) => {};
}

/// Reads a string and parses it; the parser's message becomes the deserializer's.
#[cfg(feature = "serde")]
#[doc(hidden)]
pub fn deserialize_str<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
    D: serde::Deserializer<'de>,
{
    struct Visitor<T>(std::marker::PhantomData<T>);

    impl<T: std::str::FromStr<Err: std::fmt::Display>> serde::de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Visitor(std::marker::PhantomData))
}
