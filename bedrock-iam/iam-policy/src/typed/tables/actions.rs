//! The table of actions.

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
        #[doc = ::core::concat!("An action of `", $prefix, "`, with its facts.")]
        ///
        /// Statements take the types in the module [`action`](self::action) instead.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Action {
            $($(#$attribute)* $Name,)*
        }

        #[doc = ::core::concat!("The actions of `", $prefix, "` for statements: a zero-sized type for each.")]
        ///
        /// The enum [`Action`] has the facts of each.
        pub mod action {
            $($crate::__action_type!($Name $entry [$(#$attribute)*]);)*
        }

        #[allow(dead_code, reason = "a service may have no actions")]
        const fn module_action(action: Action) -> $crate::runtime::ModuleAction {
            $crate::runtime::ModuleAction {
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

        $crate::__named_enum!(
            Action, $crate::ActionFacts, "action", $prefix, [$($Name)*],
            |name| $crate::runtime::required_by(Operation::ROWS, $prefix, name)
        );

        const KEYS: &[ConditionKey] = {
            const INDICES: [u16; $crate::runtime::count_keys(ROWS)] = $crate::runtime::keys(ROWS);
            $crate::__picked!(ConditionKey, ConditionKey::VARIANTS, INDICES)
        };

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

        static LISTS: [$crate::runtime::ActionLists; ROWS.len()] =
            $crate::runtime::action_lists(ROWS);

        const LINKS: [$crate::runtime::Link; $crate::runtime::count_needed(Operation::ROWS)] = {
            const ORDER: [u16; Operation::ROWS.len()] = $crate::runtime::by_bytes(Operation::NAMES);
            $crate::runtime::needed(Operation::ROWS, &ORDER, ROWS, &NAMES, &INDEX)
        };

        static OPERATION_SPANS: [$crate::runtime::Span; ROWS.len()] = $crate::runtime::spans(&LINKS);

        const OPERATIONS: &[Operation] = {
            const INDICES: [u16; $crate::runtime::count_links(&LINKS)] =
                $crate::runtime::members(&LINKS, &OPERATION_SPANS);
            $crate::__picked!(Operation, Operation::VARIANTS, INDICES)
        };

        impl Action {
            /// Returns the access levels of the action in the reference.
            #[must_use]
            pub const fn access_levels(self) -> $crate::AccessLevels {
                ROWS[self.index()].access_levels
            }

            /// Returns whether the action is only a permission, without an API operation of its name.
            #[must_use]
            pub const fn is_permission_only(self) -> bool {
                ::core::matches!(ROWS[self.index()].permission_only, ::core::option::Option::Some(true))
            }

            /// Returns the resource types that a statement can scope the action to, sorted by name.
            /// Without any, the only resource is `*`.
            #[must_use]
            pub const fn resources(self) -> &'static [$crate::ActionResource<ResourceType, ConditionKey>] {
                LISTS[self.index()].resources.of(PAIRS)
            }

            /// Returns the condition keys in effect for every resource;
            /// [`resources`](Self::resources) has those in effect for one resource type.
            #[must_use]
            pub const fn condition_keys(self) -> &'static [ConditionKey] {
                LISTS[self.index()].condition_keys.of(KEYS)
            }

            /// Returns other actions that the caller also needs, with their prefixes.
            #[must_use]
            pub const fn dependent_actions(self) -> &'static [&'static str] {
                match ROWS[self.index()].dependent_actions {
                    ::core::option::Option::Some(actions) => actions,
                    ::core::option::Option::None => &[],
                }
            }

            /// Returns the API operations that need the action.
            #[must_use]
            pub const fn operations(self) -> &'static [Operation] {
                OPERATION_SPANS[self.index()].of(OPERATIONS)
            }

            /// Returns the address of the action's entry in the reference.
            #[must_use]
            pub const fn documentation(self) -> &'static str {
                ROWS[self.index()].documentation
            }

            /// Returns the address of the API reference's page; `None` if the reference has no link.
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
    ($Name:ident $facts:tt [$($attribute:tt)*]) => {
        $($attribute)*
        #[derive(Clone, Copy, Debug)]
        pub struct $Name;

        impl $crate::runtime::Actions for $Name {
            const MODULE_ACTION: ::core::option::Option<$crate::runtime::ModuleAction> =
                ::core::option::Option::Some(super::module_action(super::Action::$Name));
        }

        impl $crate::runtime::KnownAction for $Name {
            type Action = super::Action;

            const ACTION: super::Action = super::Action::$Name;
        }
    };
}

/// Makes the trait of the resources that an action can be scoped to, with rustc's message for
/// others. Its implementations follow the macro as plain items, because rustc quotes them.
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
                    note = "if there are several actions, and each supports some of the resources, use `.on_mixed(…)`"
                )]
        pub trait $On {
            type Keys;
        }

        impl<R: $On> $crate::runtime::On<R> for action::$Name {
            type Keys = R::Keys;
        }
    };
}
