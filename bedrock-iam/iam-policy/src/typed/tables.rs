//! The tables that generated modules are written in: one macro for each kind of row.
//!
//! An entry is its documentation, its name in Rust and its facts in one brace group. The comments of
//! the macros show the groups; their clauses stand in that order, and most may be left out. Entries
//! are sorted by name, ASCII case ignored. A macro makes an enum with its accessors, the rows of
//! [`Service`](crate::Service), and what statements take: types of actions, builders of ARNs,
//! constants of keys. Each table is a module of its own, with the other enums that it names in scope.
//!
//! A name that was removed has an attribute `deprecated` for each of its items, for their notes
//! differ: one before its name in Rust, for the variant, and one in the group for each other item.
//!
//! A table is matched as a list of attributes, name and group, separated by commas, and each group by
//! a macro of its own: after an optional part of the list itself, or without the commas, rustc copies
//! all that it has matched so far.

mod actions;
mod condition_keys;
mod operations;
mod resource_types;

/// A name in the reference: the one in Rust, unless another is given.
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

/// What a clause `removed "2026-11-22", replaced by Other;` states, if there is one.
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

/// What all four enums have: `ALL`, names both ways, what was removed. `ROWS` are in scope.
#[doc(hidden)]
#[macro_export]
macro_rules! __named_enum {
    ($Enum:ident, $Facts:ty, $kind:literal, $prefix:literal, [$($Name:ident)*]) => {
        impl $Enum {
            pub(super) const VARIANTS: &'static [Self] = &[$(Self::$Name),*];

            pub(super) const ROWS: &'static [$Facts] = ROWS;

            #[allow(dead_code, reason = "not every table looks names of the others up")]
            pub(super) const NAMES: &'static [&'static str; ROWS.len()] = &NAMES;

            /// Every variant that the reference has, in alphabetical order: all but the
            /// [removed](Self::REMOVED) ones.
            pub const ALL: &'static [Self] = {
                const INDICES: [u16; $crate::runtime::count(&NAMED, false)] =
                    $crate::runtime::indices(&NAMED, false);
                $crate::__picked!($Enum, $Enum::VARIANTS, INDICES)
            };

            /// What was removed from the reference and is kept for one minor version, deprecated, in
            /// alphabetical order. Its facts are those last known.
            pub const REMOVED: &'static [Self] = {
                const INDICES: [u16; $crate::runtime::count(&NAMED, true)] =
                    $crate::runtime::indices(&NAMED, true);
                $crate::__picked!($Enum, $Enum::VARIANTS, INDICES)
            };

            /// When it was removed from the reference, and what replaces it; `None` for what is there.
            #[must_use]
            pub const fn removed(self) -> ::core::option::Option<$crate::Removed<Self>> {
                NAMED[self.index()].removed(Self::VARIANTS)
            }

            /// The name as IAM and the reference write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                NAMES[self.index()]
            }

            /// The name without its service prefix.
            #[must_use]
            pub const fn name(self) -> &'static str {
                $crate::runtime::bare(NAMES[self.index()])
            }

            const fn index(self) -> usize {
                $crate::__index!(self $($Name)*)
            }
        }

        static NAMED: [$crate::runtime::Named; ROWS.len()] = {
            let mut named = [$crate::runtime::Named::NONE; ROWS.len()];
            let mut at = 0;
            while at < named.len() {
                named[at].name = ROWS[at].name;
                named[at].removed = ROWS[at].removed;
                at += 1;
            }
            named
        };

        static NAMES: [&str; ROWS.len()] = $crate::runtime::names(&NAMED);

        static INDEX: [u16; $crate::runtime::slots(ROWS.len())] = $crate::runtime::index(&NAMES);

        static TABLE: $crate::runtime::NameTable = $crate::runtime::NameTable {
            kind: $kind,
            service: $prefix,
            names: &NAMES,
            index: &INDEX,
            listed: {
                const INDICES: [u16; $crate::runtime::count(&NAMED, false)] =
                    $crate::runtime::indices(&NAMED, false);
                $crate::__picked!(&'static str, &NAMES, INDICES)
            },
        };

        impl ::core::fmt::Display for $Enum {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::str::FromStr for $Enum {
            type Err = $crate::NameError;

            /// Finds the name, ASCII case ignored, a [removed](Self::removed) one too; the error
            /// suggests the nearest that is not.
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

/// A variant's index: an enum without variants can't be cast.
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
