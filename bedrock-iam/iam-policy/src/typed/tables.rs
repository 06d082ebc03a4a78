//! Macros for the tables of generated modules, one for each kind of row.
//!
//! An entry consists of documentation, a Rust name and facts in one brace group. The comments of the
//! macros show the groups; the clauses are in that order, and most are optional. Entries are sorted
//! by name, ignoring case. A macro makes an enum with its accessors, the rows of
//! [`Service`](crate::Service), and the items that statements use: action types, ARN builders,
//! condition key constants. Each table is in its own module, which imports the enums and modules that
//! the table and its documentation name.
//!
//! A removed name has one `deprecated` attribute for each of its items, because their notes differ:
//! one before its Rust name, for the variant, and one in the group for each other item.
//!
//! A table is matched as a list of attributes, name and group, separated by commas. A separate
//! macro matches each group. The list itself has no optional parts, and the commas are required,
//! because otherwise rustc copies everything that it has matched so far.

mod actions;
mod condition_keys;
mod operations;
mod resource_types;

/// A name in the reference: the Rust name, unless another name is given.
#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    ($Name:ident) => {
        ::core::stringify!($Name)
    };
    ($Name:ident $name:literal $($rest:literal)?) => {
        $name
    };
}

/// An optional value.
#[doc(hidden)]
#[macro_export]
macro_rules! __option {
    () => {
        ::core::option::Option::None
    };
    ($value:literal if $unless:path) => {
        $unless
    };
    ($value:expr) => {
        ::core::option::Option::Some($value)
    };
}

/// The removal in a clause `removed "2026-11-22", replaced by Other;`, or `None` without it.
#[doc(hidden)]
#[macro_export]
macro_rules! __removed {
    ($Enum:ident) => {
        ::core::option::Option::None
    };
    ($Enum:ident $date:literal $($By:ident)?) => {
        ::core::option::Option::Some($crate::RemovedFacts {
            date: $date,
            replaced_by: $crate::__option!($($Enum::$By as u16)?),
        })
    };
}

/// The items that all four enums have: `ALL` and `REMOVED`, names and parsing. `ROWS` is in scope.
#[doc(hidden)]
#[macro_export]
macro_rules! __named_enum {
    ($Enum:ident, $Facts:ty, $kind:literal, $prefix:literal, [$($Name:ident)*] $(, $instead:expr)?) => {
        impl $Enum {
            pub(super) const VARIANTS: &'static [Self] = &[$(Self::$Name),*];

            pub(super) const ROWS: &'static [$Facts] = ROWS;

            #[allow(dead_code, reason = "only some tables use the names of other tables")]
            pub(super) const NAMES: &'static [&'static str; ROWS.len()] = &NAMES;

            /// All names in the reference, in alphabetical order, without the
            /// [removed](Self::REMOVED) ones.
            pub const ALL: &'static [Self] = {
                const INDICES: [u16; $crate::runtime::count(&NAME_ROWS, false)] =
                    $crate::runtime::indices(&NAME_ROWS, false);
                $crate::__picked!($Enum, $Enum::VARIANTS, INDICES)
            };

            /// The names that were removed from the reference, in alphabetical order.
            ///
            /// They are kept for one minor version, deprecated, with the facts from before their
            /// removal.
            pub const REMOVED: &'static [Self] = {
                const INDICES: [u16; $crate::runtime::count(&NAME_ROWS, true)] =
                    $crate::runtime::indices(&NAME_ROWS, true);
                $crate::__picked!($Enum, $Enum::VARIANTS, INDICES)
            };

            /// Returns the date of its removal from the reference and its replacement; `None` if it
            /// was not removed.
            #[must_use]
            pub const fn removed(self) -> ::core::option::Option<$crate::Removed<Self>> {
                NAME_ROWS[self.index()].removed(Self::VARIANTS)
            }

            /// Returns the name as IAM and the reference write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                NAMES[self.index()]
            }

            /// Returns the name without its service prefix.
            #[must_use]
            pub const fn name(self) -> &'static str {
                $crate::runtime::bare(NAMES[self.index()])
            }

            const fn index(self) -> usize {
                $crate::__index!(self $($Name)*)
            }
        }

        static NAME_ROWS: [$crate::runtime::NameRow; ROWS.len()] = {
            let mut rows = [$crate::runtime::NameRow::NONE; ROWS.len()];
            let mut at = 0;
            while at < rows.len() {
                rows[at].name = ROWS[at].name;
                rows[at].removed = ROWS[at].removed;
                at += 1;
            }
            rows
        };

        static NAMES: [&str; ROWS.len()] = $crate::runtime::names(&NAME_ROWS);

        static INDEX: [u16; $crate::runtime::slots(ROWS.len())] = $crate::runtime::index(&NAMES);

        static TABLE: $crate::runtime::NameTable = $crate::runtime::NameTable {
            kind: $kind,
            service: $prefix,
            names: &NAMES,
            index: &INDEX,
            listed: {
                const INDICES: [u16; $crate::runtime::count(&NAME_ROWS, false)] =
                    $crate::runtime::indices(&NAME_ROWS, false);
                $crate::__picked!(&'static str, &NAMES, INDICES)
            },
            instead: &[$($instead)?],
        };

        impl ::core::fmt::Display for $Enum {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::str::FromStr for $Enum {
            type Err = $crate::NameError;

            /// Parses a name in any case, including [removed](Self::removed) names. The error
            /// suggests the most similar name that was not removed.
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::NameError> {
                ::core::result::Result::Ok(Self::VARIANTS[TABLE.find(text)?])
            }
        }

        impl ::core::convert::TryFrom<&str> for $Enum {
            type Error = $crate::NameError;

            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::NameError> {
                text.parse()
            }
        }

        $crate::__serde_str!($Enum);
    };
}

/// The index of a variant; a cast does not compile for an enum without variants.
#[doc(hidden)]
#[macro_export]
macro_rules! __index {
    ($self:ident) => {
        match $self {}
    };
    ($self:ident $($Name:ident)+) => {
        $self as usize
    };
}
