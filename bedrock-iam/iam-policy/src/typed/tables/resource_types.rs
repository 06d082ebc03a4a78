//! The table of resource types.

/// The resource types of a service: `ResourceType`, and a builder for each in the module `arn`.
///
/// ```text
/// Tree { "tree" at "tree"; arn "arn:${Partition}:…:plot/${PlotId}/tree/${TreeId}"
///     { plot_id = "PlotId", tree_id = "TreeId" in Colon } regionless;
///     keys ResourceTag; removed "2026-11-22", replaced by Shrub; }
/// ```
///
/// `arn lost "…"` is for a type whose ARN was removed from the reference and whose builder is kept.
#[doc(hidden)]
#[macro_export]
macro_rules! resource_type_table {
    (
        $prefix:literal, $base:literal;
        AnyArn { $($any:tt)* } $(, removed { $($any_removed:tt)* })?;
        $($(#$attribute:tt)* $Name:ident $entry:tt),* $(,)?
    ) => {
        #[doc = ::core::concat!("A resource type of `", $prefix, "`, with its facts.")]
        ///
        /// The module [`arn`](self::arn) has the builders of its ARNs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ResourceType {
            $($(#$attribute)* $Name,)*
        }

        #[doc = ::core::concat!("ARN builders, one for each resource type of `", $prefix, "`.")]
        ///
        /// Fill in the segments, then add the partition, region and account with `.at(site)`.
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

        const KEYS: &[ConditionKey] = {
            const INDICES: [u16; $crate::runtime::count_type_keys(ROWS)] =
                $crate::runtime::type_keys(ROWS);
            $crate::__picked!(ConditionKey, ConditionKey::VARIANTS, INDICES)
        };

        static KEY_SPANS: [$crate::runtime::Span; ROWS.len()] =
            $crate::runtime::type_key_spans(ROWS);

        const LINKS: [$crate::runtime::Link; $crate::runtime::count_scoped(Action::ROWS)] = {
            const ORDER: [u16; Action::ROWS.len()] = $crate::runtime::by_bytes(Action::NAMES);
            $crate::runtime::scoped(Action::ROWS, &ORDER, ROWS)
        };

        static ACTION_SPANS: [$crate::runtime::Span; ROWS.len()] = $crate::runtime::spans(&LINKS);

        const ACTIONS: &[Action] = {
            const INDICES: [u16; $crate::runtime::count_links(&LINKS)] =
                $crate::runtime::members(&LINKS, &ACTION_SPANS);
            $crate::__picked!(Action, Action::VARIANTS, INDICES)
        };

        impl ResourceType {
            /// Returns its ARN format, such as `arn:${Partition}:…/${Id}`; `None` if the type is
            /// missing from the reference's table of types and only an action names it.
            #[must_use]
            pub const fn arn_format(self) -> ::core::option::Option<&'static str> {
                ROWS[self.index()].arn_format
            }

            /// Returns the condition keys in effect for every action on such a resource.
            #[must_use]
            pub const fn condition_keys(self) -> &'static [ConditionKey] {
                KEY_SPANS[self.index()].of(KEYS)
            }

            /// Returns the actions that can be scoped to such a resource.
            #[must_use]
            pub const fn actions(self) -> &'static [Action] {
                ACTION_SPANS[self.index()].of(ACTIONS)
            }

            /// Returns the address of the resource type's entry in the reference.
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

/// The ARN template of a resource type that has a builder.
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
