//! The tables of a service's condition keys and of the global condition keys.

/// The condition keys of a service: `ConditionKey`, and in the module `key` a constant or function
/// for each, and its type. A key that is also in `global` has the type there; for any other,
/// `InEffect` is implemented next to the table.
///
/// ```text
/// Season { "orchard:Season" at "orchard_Season": Numeric; const SEASON: Numeric; }
/// RequestTag { "aws:RequestTag/${TagKey}" at "aws_RequestTag___TagKey_": String;
///     fn request_tag(tag_key): global RequestTag; removed "2026-11-22", replaced by Season; }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! condition_key_table {
    (
        $prefix:literal, $base:literal;
        $($(#$attribute:tt)* $Name:ident $entry:tt),* $(,)?
    ) => {
        #[doc = ::core::concat!("A condition key of `", $prefix, "`, or another key in effect for its actions.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ConditionKey {
            $($(#$attribute)* $Name,)*
        }

        #[doc = ::core::concat!("The condition keys of `", $prefix, "`: a constant for each, a function for each template.")]
        pub mod key {
            $($crate::__key_item!([$(#$attribute)*] $Name $entry);)*
        }

        static ROWS: &[$crate::ConditionKeyFacts] =
            &[$($crate::__condition_key_row!($base $Name $entry)),*];

        $crate::__named_enum!(
            ConditionKey, $crate::ConditionKeyFacts, "condition key", $prefix, [$($Name)*]
        );

        impl ConditionKey {
            /// Returns the type of its values; `None` if the key is missing from the reference's
            /// table of keys and only an action names it.
            #[must_use]
            pub const fn value_type(self) -> ::core::option::Option<$crate::ValueType> {
                ROWS[self.index()].value_type
            }

            /// Returns whether the name contains a placeholder, as in `aws:RequestTag/${TagKey}`.
            #[must_use]
            pub const fn is_template(self) -> bool {
                $crate::runtime::is_template(ROWS[self.index()].name)
            }

            /// Returns the address of the key's entry in the reference.
            #[must_use]
            pub const fn documentation(self) -> &'static str {
                ROWS[self.index()].documentation
            }
        }
    };
}

/// The row of a condition key.
#[doc(hidden)]
#[macro_export]
macro_rules! __condition_key_row {
    ($base:literal $Name:ident {
        $name:literal at $anchor:literal $(: $Type:ident)?;
        $(#[$of_item:meta])*
        $kind:ident $item:ident $(($($parameter:ident),+))?: $(#[$of_id:meta])* $($id:ident)+;
        $(removed $date:literal $(, replaced by $By:ident)?;)?
    }) => {
        $crate::ConditionKeyFacts {
            name: $name,
            rust_name: ::core::stringify!($Name),
            item: ::core::stringify!($item),
            value_type: $crate::__option!($($crate::ValueType::$Type)?),
            documentation: ::core::concat!($base, $anchor),
            removed: $crate::__removed!(ConditionKey $($date $($By)?)?),
        }
    };
}

/// The constant or function of a condition key, and its type unless it is a global key's.
#[doc(hidden)]
#[macro_export]
macro_rules! __key_item {
    ([$(#[doc = $doc:literal])* #[deprecated $of_variant:tt]] $Name:ident $entry:tt) => {
        $crate::__key_item!([$(#[doc = $doc])*] $Name $entry);
    };
    ([$($attribute:tt)*] $Name:ident {
        $name:literal $at:ident $place:literal $(: $Type:ident)?;
        $(#[$of_item:meta])*
        const $item:ident: global $Id:ident;
        $($facts:tt)*
    }) => {
        $($attribute)*
        $(#[$of_item])*
        pub const $item: $crate::Key<$crate::global::$Id> = $crate::Key::constant($name);
    };
    ([$($attribute:tt)*] $Name:ident {
        $name:literal $at:ident $place:literal $(: $Type:ident)?;
        $(#[$of_item:meta])*
        fn $item:ident($($parameter:ident),+): global $Id:ident;
        $($facts:tt)*
    }) => {
        $($attribute)*
        $(#[$of_item])*
        #[must_use]
        pub fn $item($($parameter: impl AsRef<str>),+) -> $crate::Key<$crate::global::$Id> {
            $crate::Key::template($name, &[$($parameter.as_ref()),+])
        }
    };
    ([$($attribute:tt)*] $Name:ident {
        $name:literal $at:ident $place:literal $(: $Type:ident)?;
        $(#[$of_item:meta])*
        const $item:ident: $(#[$of_id:meta])* $Value:ident;
        $($facts:tt)*
    }) => {
        $($attribute)*
        $(#[$of_item])*
        pub const $item: $crate::Key<$Name> = $crate::Key::constant($name);

        $crate::__key_item!(@ $Name $name $Value [$(#[$of_id])*]);
    };
    ([$($attribute:tt)*] $Name:ident {
        $name:literal $at:ident $place:literal $(: $Type:ident)?;
        $(#[$of_item:meta])*
        fn $item:ident($($parameter:ident),+): $(#[$of_id:meta])* $Value:ident;
        $($facts:tt)*
    }) => {
        $($attribute)*
        $(#[$of_item])*
        #[must_use]
        pub fn $item($($parameter: impl AsRef<str>),+) -> $crate::Key<$Name> {
            $crate::Key::template($name, &[$($parameter.as_ref()),+])
        }

        $crate::__key_item!(@ $Name $name $Value [$(#[$of_id])*]);
    };
    (@ $Name:ident $name:literal $Value:ident [$($attribute:tt)*]) => {
        #[doc = ::core::concat!("The type of the key `", $name, "`.")]
        $($attribute)*
        pub enum $Name {}

        impl $crate::runtime::KeyId for $Name {
            type Value = $crate::value::$Value;
        }
    };
}

/// The global condition keys: a constant or function for each, its type, and `ALL`.
///
/// ```text
/// AssumedRoot { "aws:AssumedRoot" of "session": Bool; const ASSUMED_ROOT: Bool; }
/// TagKeys { "aws:TagKeys" of "request": ArrayOfString; const TAG_KEYS: ArrayOfString; follows page; }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! global_key_table {
    ($($(#$attribute:tt)* $Name:ident $entry:tt),* $(,)?) => {
        $($crate::__key_item!([$(#$attribute)*] $Name $entry);)*

        /// All global condition keys, sorted by name.
        pub static ALL: [$crate::GlobalKey; [$(::core::stringify!($Name)),*].len()] =
            [$($crate::__global_key_row!($entry)),*];
    };
}

/// The row of a global condition key.
#[doc(hidden)]
#[macro_export]
macro_rules! __global_key_row {
    ({
        $name:literal of $category:literal: $Type:ident;
        $kind:ident $item:ident $(($($parameter:ident),+))?: $Value:ident;
        $(follows $page:ident;)?
    }) => {
        $crate::GlobalKey {
            name: $name,
            category: $category,
            value_type: $crate::ValueType::$Type,
            item: ::core::stringify!($item),
            follows_page: $($crate::runtime::marks::$page ||)? false,
        }
    };
}
