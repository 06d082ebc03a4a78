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

/// The template of a resource type that has a builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __template {
    ($Name:ident) => {
        ::core::option::Option::None
    };
    ($Name:ident $format:literal) => {
        ::core::option::Option::Some(&<arn::$Name as $crate::Resource>::TEMPLATE)
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
            templates: &{
                const TEMPLATES: [usize; $crate::runtime::count_templates(&NAMES)] =
                    $crate::runtime::template_indices(&NAMES);
                TEMPLATES
            },
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

/// The actions of a service: `Action`, and a zero-sized type for each in the module `action`.
///
/// ```text
/// PlantTree { "plantTree" at "plantTree"; Write, Tagging; permission only;
///     on required Plot [ResourceTag], optional Variety; kept Shrub;
///     keys RequestTag, TagKeys; needs "iam:PassRole"; api "https://…";
///     removed "2026-11-22", replaced by SowTree; }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! action_table {
    (
        $prefix:literal, $base:literal;
        $($(#$attribute:tt)* $Name:ident $entry:tt),* $(,)?
    ) => {
        #[doc = ::core::concat!("An action of `", $prefix, "`, such as a policy names it.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Action {
            $($(#$attribute)* $Name,)*
        }

        #[doc = ::core::concat!("The actions of `", $prefix, "` as statements take them: a zero-sized type for each.")]
        pub mod action {
            $($crate::__action_type!($Name $entry [$(#$attribute)*]);)*
        }

        #[allow(dead_code, reason = "a service may have no actions")]
        const fn known(action: Action) -> $crate::runtime::Known {
            $crate::runtime::Known {
                index: action.index(),
                of: || $crate::runtime::OfService {
                    actions: ROWS,
                    types: ResourceType::ROWS,
                    id: ::core::any::TypeId::of::<ResourceType>(),
                },
            }
        }

        static ROWS: &[$crate::ActionFacts] =
            &[$($crate::__action_row!($prefix $base $Name $entry)),*];

        $crate::__named_enum!(Action, $crate::ActionFacts, "action", $prefix, [$($Name)*]);

        static LISTS: [$crate::runtime::ActionLists<ResourceType, ConditionKey, Operation>; ROWS.len()] = {
            const ORDER: [u16; Operation::ROWS.len()] = $crate::runtime::by_bytes(Operation::NAMES);
            const LINKS: [$crate::runtime::Link; $crate::runtime::count_needed(Operation::ROWS)] =
                $crate::runtime::needed(Operation::ROWS, &ORDER, ROWS, &NAMES, &INDEX);
            const SPANS: [$crate::runtime::Span; ROWS.len()] = $crate::runtime::spans(&LINKS);
            const OPERATIONS: [u16; $crate::runtime::count_links(&LINKS)] =
                $crate::runtime::members(&LINKS, &SPANS);
            const KEY_INDICES: [u16; $crate::runtime::count_keys(ROWS)] = $crate::runtime::keys(ROWS);
            const KEYS: &[ConditionKey] =
                $crate::__picked!(ConditionKey, ConditionKey::VARIANTS, KEY_INDICES);
            const PAIRS: &[$crate::ActionResource<ResourceType, ConditionKey>] =
                if $crate::runtime::count_pairs(ROWS) == 0 {
                    &[]
                } else {
                    &$crate::runtime::pairs::<_, _, { $crate::runtime::count_pairs(ROWS) }>(
                        ROWS,
                        ResourceType::VARIANTS,
                        KEYS,
                    )
                };
            $crate::runtime::action_lists(
                ROWS,
                PAIRS,
                KEYS,
                $crate::__picked!(Operation, Operation::VARIANTS, OPERATIONS),
                &SPANS,
            )
        };

        impl Action {
            /// The access levels that the reference gives the action.
            #[must_use]
            pub const fn access_levels(self) -> $crate::AccessLevels {
                ROWS[self.index()].access_levels
            }

            /// Whether it is a permission alone, with no API operation of its name.
            #[must_use]
            pub const fn is_permission_only(self) -> bool {
                ::core::matches!(ROWS[self.index()].permission_only, ::core::option::Option::Some(true))
            }

            /// The resource types that a statement can scope the action to, by name. Empty: only `*`.
            #[must_use]
            pub const fn resources(self) -> &'static [$crate::ActionResource<ResourceType, ConditionKey>] {
                LISTS[self.index()].resources
            }

            /// The condition keys in effect whatever the resource; those of one resource type
            /// stand in [`resources`](Self::resources).
            #[must_use]
            pub const fn condition_keys(self) -> &'static [ConditionKey] {
                LISTS[self.index()].condition_keys
            }

            /// Other actions that the caller needs as well, with their prefixes.
            #[must_use]
            pub const fn dependent_actions(self) -> &'static [&'static str] {
                match ROWS[self.index()].dependent_actions {
                    ::core::option::Option::Some(actions) => actions,
                    ::core::option::Option::None => &[],
                }
            }

            /// The API operations that need the action.
            #[must_use]
            pub const fn operations(self) -> &'static [Operation] {
                LISTS[self.index()].operations
            }

            /// The address of the action's entry in the reference.
            #[must_use]
            pub const fn documentation(self) -> &'static str {
                ROWS[self.index()].documentation
            }

            /// The address of the API reference's page, where the reference links one.
            #[must_use]
            pub const fn api_reference(self) -> ::core::option::Option<&'static str> {
                ROWS[self.index()].api_reference
            }
        }
    };
}

/// The row of an action.
#[doc(hidden)]
#[macro_export]
macro_rules! __action_row {
    ($prefix:literal $base:literal $Name:ident {
        $(#[$type_attribute:meta])*
        $($name:literal $(at $anchor:literal)?;)?
        $($Level:ident),*;
        $(permission $only:ident;)?
        $(on $($mark:ident $Type:ident $([$($PairKey:ident),*])?),+;)?
        $(kept $($Kept:ident),+;)?
        $(keys $($Key:ident),+;)?
        $(needs $($needed:literal),+;)?
        $(api $api:literal;)?
        $(removed $date:literal $(, replaced by $By:ident)?;)?
    }) => {
        $crate::ActionFacts {
            name: ::core::concat!($prefix, ":", $crate::__name!($Name $($name)?)),
            rust_name: ::core::stringify!($Name),
            access_levels: $crate::AccessLevels::of(&[$($crate::AccessLevel::$Level),*]),
            permission_only: ::core::option::Option::Some($($crate::runtime::marks::$only ||)? false),
            resources: &[$($($crate::PairFacts {
                resource_type: ResourceType::$Type as u16,
                required: $crate::runtime::marks::$mark,
                condition_keys: &[$($(ConditionKey::$PairKey as u16),*)?],
            }),+)?],
            kept_types: &[$($(ResourceType::$Kept as u16),+)?],
            condition_keys: &[$($(ConditionKey::$Key as u16),+)?],
            dependent_actions: ::core::option::Option::Some(&[$($($needed),+)?]),
            documentation: ::core::concat!($base, $crate::__name!($Name $($($anchor)?)? $($name)?)),
            api_reference: $crate::__option!($($api)?),
            removed: $crate::__removed!(Action $($date $($By)?)?),
        }
    };
}

/// The type of an action.
#[doc(hidden)]
#[macro_export]
macro_rules! __action_type {
    (
        $Name:ident { #[$further:meta] $($facts:tt)* }
        [$(#[doc = $doc:literal])* $(#[deprecated $of_variant:tt])?]
    ) => {
        $crate::__action_type!($Name { $($facts)* } [$(#[doc = $doc])* #[$further]]);
    };
    ($Name:ident { $($facts:tt)* } [$($attribute:tt)*]) => {
        $($attribute)*
        #[derive(Clone, Copy, Debug)]
        pub struct $Name;

        impl $crate::runtime::Actions for $Name {
            const KNOWN: ::core::option::Option<$crate::runtime::Known> =
                ::core::option::Option::Some(super::known(super::Action::$Name));
        }

        impl $crate::runtime::KnownAction for $Name {
            type Action = super::Action;

            const ACTION: super::Action = super::Action::$Name;
        }
    };
}

/// Makes the trait of the resources that an action can be scoped to, with what rustc reports for
/// others, and has the action ask for it. The resources stand after it, as plain implementations:
/// rustc quotes those.
///
/// `action_scope! { PlantTree: PlantTreeOn, "message", "label", "note" }`, or without a label for an
/// action that can't be scoped.
#[doc(hidden)]
#[macro_export]
macro_rules! action_scope {
    ($Name:ident: $On:ident, $message:literal, $note:literal) => {
        #[diagnostic::on_unimplemented(
                    message = $message,
                    label = "expected `AnyResource`",
                    note = $note
                )]
        pub trait $On {
            type Keys;
        }

        impl<R: $On> $crate::runtime::On<R> for action::$Name {
            type Keys = R::Keys;
        }
    };
    ($Name:ident: $On:ident, $message:literal, $label:literal, $note:literal) => {
        #[diagnostic::on_unimplemented(
                    message = $message,
                    label = $label,
                    note = $note,
                    note = "`.on_mixed(…)` takes actions and resources that match up crosswise"
                )]
        pub trait $On {
            type Keys;
        }

        impl<R: $On> $crate::runtime::On<R> for action::$Name {
            type Keys = R::Keys;
        }
    };
}

/// The resource types of a service: `ResourceType`, and a builder for each in the module `arn`.
///
/// ```text
/// Tree { "tree" at "tree"; arn "arn:${Partition}:…:plot/${PlotId}/tree/${TreeId}"
///     { plot_id = "PlotId", tree_id = "TreeId" in Colon } regionless;
///     keys ResourceTag; removed "2026-11-22", replaced by Shrub; }
/// ```
///
/// `arn lost "…"` for a type that has lost its ARN in the reference and keeps its builder.
#[doc(hidden)]
#[macro_export]
macro_rules! resource_type_table {
    (
        $prefix:literal, $base:literal;
        AnyArn { $($any:tt)* } $(, removed { $($any_removed:tt)* })?;
        $($(#$attribute:tt)* $Name:ident $entry:tt),* $(,)?
    ) => {
        #[doc = ::core::concat!("A resource type of `", $prefix, "`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ResourceType {
            $($(#$attribute)* $Name,)*
        }

        #[doc = ::core::concat!("ARN builders, one for each resource type of `", $prefix, "`.")]
        ///
        /// Fill in the segments, then say where: `.at(site)`.
        pub mod arn {
            use super::ResourceType;

            $($crate::__arn_type!($Name $entry [$(#$attribute)*]);)*

            $crate::any_arn! {
                #[doc = ::core::concat!("An ARN of any resource type of `", $prefix, "`.")]
                pub enum AnyArn: ResourceType, $prefix { $($any)* }
                $(removed { $($any_removed)* })?
            }
        }

        static ROWS: &[$crate::ResourceTypeFacts] =
            &[$($crate::__resource_type_row!($base $Name $entry)),*];

        $crate::__named_enum!(
            ResourceType, $crate::ResourceTypeFacts, "resource type", $prefix, [$($Name)*]
        );

        static LISTS: [$crate::runtime::ResourceTypeLists<Action, ConditionKey>; ROWS.len()] = {
            const ORDER: [u16; Action::ROWS.len()] = $crate::runtime::by_bytes(Action::NAMES);
            const LINKS: [$crate::runtime::Link; $crate::runtime::count_scoped(Action::ROWS)] =
                $crate::runtime::scoped(Action::ROWS, &ORDER, ROWS);
            const SPANS: [$crate::runtime::Span; ROWS.len()] = $crate::runtime::spans(&LINKS);
            const ACTIONS: [u16; $crate::runtime::count_links(&LINKS)] =
                $crate::runtime::members(&LINKS, &SPANS);
            const KEYS: [u16; $crate::runtime::count_type_keys(ROWS)] =
                $crate::runtime::type_keys(ROWS);
            $crate::runtime::type_lists(
                ROWS,
                $crate::__picked!(ConditionKey, ConditionKey::VARIANTS, KEYS),
                $crate::__picked!(Action, Action::VARIANTS, ACTIONS),
                &SPANS,
            )
        };

        impl ResourceType {
            /// The template of its ARNs, such as `arn:${Partition}:…/${Id}`; `None` where an
            /// action names the type and the reference's table of types lacks it.
            #[must_use]
            pub const fn arn_format(self) -> ::core::option::Option<&'static str> {
                ROWS[self.index()].arn_format
            }

            /// The condition keys in effect for every action on such a resource.
            #[must_use]
            pub const fn condition_keys(self) -> &'static [ConditionKey] {
                LISTS[self.index()].condition_keys
            }

            /// The actions that can be scoped to such a resource.
            #[must_use]
            pub const fn actions(self) -> &'static [Action] {
                LISTS[self.index()].actions
            }

            /// The address of the type's entry in the reference.
            #[must_use]
            pub const fn documentation(self) -> &'static str {
                ROWS[self.index()].documentation
            }
        }
    };
}

/// The row of a resource type.
#[doc(hidden)]
#[macro_export]
macro_rules! __resource_type_row {
    ($base:literal $Name:ident {
        $(#[$of_builder:meta])*
        $name:literal $(at $anchor:literal)?;
        $(arn $($lost:ident)? $format:literal $({ $($field:tt)* })? $($regionless:ident)?;)?
        $(keys $($Key:ident),+;)?
        $(removed $date:literal $(, replaced by $By:ident)?;)?
    }) => {
        $crate::ResourceTypeFacts {
            name: $name,
            rust_name: ::core::stringify!($Name),
            arn_format: $crate::__option!($($format $(if $crate::runtime::marks::$lost)?)?),
            template: $crate::__template!($Name $($format)?),
            condition_keys: &[$($(ConditionKey::$Key as u16),+)?],
            documentation: ::core::concat!($base, $crate::__name!($Name $($anchor)? $name)),
            removed: $crate::__removed!(ResourceType $($date $($By)?)?),
        }
    };
}

/// The builder of a resource type, if it has ARNs.
#[doc(hidden)]
#[macro_export]
macro_rules! __arn_type {
    (
        $Name:ident { #[$further:meta] $($facts:tt)* }
        [$(#[doc = $doc:literal])* $(#[deprecated $of_variant:tt])?]
    ) => {
        $crate::__arn_type!($Name { $($facts)* } [$(#[doc = $doc])* #[$further]]);
    };
    ($Name:ident {
        $name:literal $(at $anchor:literal)?;
        arn $($lost:ident)? $format:literal {
            $($field:ident = $placeholder:literal $(in $Place:ident $(<$sign:literal>)?)?),*
        } $($regionless:ident)?;
        $($facts:tt)*
    } [$($attribute:tt)*]) => {
        $($attribute)*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $Name {
            $(
                #[doc = ::core::concat!(" `${", $placeholder, "}`")]
                pub $field: $crate::Segment $(<$crate::place::$Place $(<$sign>)?>)?,
            )*
        }

        $crate::arn_resource!(
            $Name { $($field = $placeholder),* },
            ResourceType::$Name, $name, $format $(, $regionless)?
        );
    };
    ($Name:ident {
        $name:literal $(at $anchor:literal)?;
        arn $($lost:ident)? $format:literal $($regionless:ident)?;
        $($facts:tt)*
    } [$($attribute:tt)*]) => {
        $($attribute)*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $Name;

        $crate::arn_resource!(
            $Name {}, ResourceType::$Name, $name, $format $(, $regionless)?
        );
    };
    ($Name:ident $facts:tt $attributes:tt) => {};
}

/// The condition keys of a service: `ConditionKey`, and in the module `key` a constant or function
/// for each and a type that stands for it. For a key of [`global`](crate::global) that is the type
/// there; for any other, `InEffect` is implemented beside the table.
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
        #[doc = ::core::concat!("A condition key of `", $prefix, "`, or one that its actions take.")]
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
            /// The type of its values; `None` where an action names the key and the
            /// reference's table of keys lacks it.
            #[must_use]
            pub const fn value_type(self) -> ::core::option::Option<$crate::ValueType> {
                ROWS[self.index()].value_type
            }

            /// Whether the name holds a placeholder, as `aws:RequestTag/${TagKey}` does.
            #[must_use]
            pub const fn is_template(self) -> bool {
                $crate::runtime::is_template(ROWS[self.index()].name)
            }

            /// The address of the key's entry in the reference.
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

/// The constant or function for a condition key, and the type that stands for the key unless a global
/// one does.
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
        #[doc = ::core::concat!("Stands for `", $name, "` in types.")]
        $($attribute)*
        pub enum $Name {}

        impl $crate::runtime::KeyId for $Name {
            type Value = $crate::value::$Value;
        }
    };
}

/// The global condition keys: a constant or function for each, the type that stands for it, and `ALL`.
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

        /// Every global key, by name.
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

/// The API operations of a service: `Operation`.
///
/// ```text
/// PlantTree { named "plantTree"; "orchard": "orchard:PlantTree",
///     "iam:PassRole" when "iam:PassedToService" = ["orchard.example.com"];
///     removed "2026-11-22", replaced by SowTree; }
/// ```
///
/// What is needed without a client stands behind a bare `:`.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_table {
    (
        $prefix:literal;
        $($(#$attribute:tt)* $Name:ident $entry:tt),* $(,)?
    ) => {
        #[doc = ::core::concat!("An API operation of `", $prefix, "`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $($(#$attribute)* $Name,)*
        }

        static ROWS: &[$crate::OperationFacts] = &[$($crate::__operation_row!($Name $entry)),*];

        $crate::__named_enum!(
            Operation, $crate::OperationFacts, "API operation", $prefix, [$($Name)*]
        );

        impl Operation {
            /// The SDK clients that have the operation, such as `bedrock-agent`.
            #[must_use]
            pub const fn sdk_clients(self) -> &'static [&'static str] {
                ROWS[self.index()].sdk_clients
            }

            /// The permissions that the reference's table gives it: a superset of what one
            /// call needs, for some are needed only in certain uses.
            #[must_use]
            pub const fn required_actions(self) -> &'static [$crate::RequiredAction] {
                ROWS[self.index()].required_actions
            }
        }
    };
}

/// The row of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_row {
    ($Name:ident {
        $(named $name:literal;)?
        $(: $($common:literal $(when $common_key:literal = [$($common_value:literal),*])*),*;)?
        $($client:literal: $($action:literal $(when $key:literal = [$($value:literal),*])*),*;)*
        $(removed $date:literal $(, replaced by $By:ident)?;)?
    }) => {
        $crate::OperationFacts {
            name: $crate::__name!($Name $($name)?),
            rust_name: ::core::stringify!($Name),
            sdk_clients: &[$($client),*],
            required_actions: &[
                $($($crate::RequiredAction {
                    sdk_client: ::core::option::Option::None,
                    action: $common,
                    context: &[$($crate::ContextEntry {
                        key: $common_key,
                        values: &[$($common_value),*],
                    }),*],
                },)*)?
                $($($crate::RequiredAction {
                    sdk_client: ::core::option::Option::Some($client),
                    action: $action,
                    context: &[$($crate::ContextEntry {
                        key: $key,
                        values: &[$($value),*],
                    }),*],
                },)*)*
            ],
            removed: $crate::__removed!(Operation $($date $($By)?)?),
        }
    };
}
