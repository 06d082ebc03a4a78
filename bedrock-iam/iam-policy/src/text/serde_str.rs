//! `serde` implementations for types that are serialized as a string.
//!
//! The macros also expand in other crates, where `cfg` would test the features of those crates. So
//! the macro is defined twice here, and no expansion contains `cfg(feature = …)`.

/// Implements `Serialize` with `Display`, and `Deserialize` with `FromStr`.
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

/// Does nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_str {
    ($Type:ty $(, $Param:ident: $Bound:path)?) => {};
}

/// Deserializes a string and parses it; a parse error becomes the deserializer's error.
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
