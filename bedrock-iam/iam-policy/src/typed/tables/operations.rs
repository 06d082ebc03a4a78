//! The table of API operations.

/// The API operations of a service: `Operation`.
///
/// ```text
/// PlantTree { named "plantTree"; "orchard": "orchard:PlantTree",
///     "iam:PassRole" when "iam:PassedToService" = ["orchard.example.com"];
///     removed "2026-11-22", replaced by SowTree; }
/// ```
///
/// A `:` without a client precedes actions for which the reference does not state an SDK client.
/// The parent module has the `static` `SERVICE`.
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
            /// Returns the SDK clients that have the operation, such as `bedrock-agent`.
            #[must_use]
            pub const fn sdk_clients(self) -> &'static [&'static str] {
                ROWS[self.index()].sdk_clients
            }

            /// Returns the actions that the reference lists for the operation.
            ///
            /// A call usually needs only some of them, because the list includes actions for optional
            /// features such as tags.
            #[must_use]
            pub const fn required_actions(self) -> &'static [$crate::RequiredAction] {
                ROWS[self.index()].required_actions
            }
        }

        impl ::core::convert::From<Operation> for $crate::AnyOperation {
            fn from(operation: Operation) -> Self {
                Self {
                    service: &super::SERVICE,
                    facts: &ROWS[operation.index()],
                }
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
