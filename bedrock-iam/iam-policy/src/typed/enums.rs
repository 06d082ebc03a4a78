//! The behaviour of the generated enums. Each generated file holds an enum, a table of facts in
//! the same order, and one line that calls one of these macros.
//!
//! A table is sorted by lower-cased name and parallel to its enum; both are asserted while
//! compiling. `empty` before the name is for an enum without variants, which can't be cast. A table
//! of removed names may follow: those are read and have facts, but are not listed.

/// `ALL`, `as_str`, `name`, `Display`, `FromStr`, `TryFrom<&str>` and `serde` for one enum.
#[doc(hidden)]
#[macro_export]
macro_rules! __name_enum {
    ($Enum:ident, $FACTS:ident, $kind:literal, $service:literal, [$($REMOVED:ident)?], $find:expr) => {
        static NAMES: [&str; $FACTS.len()] = {
            let mut names = [""; $FACTS.len()];
            let mut index = 0;
            while index < names.len() {
                names[index] = $FACTS[index].name;
                index += 1;
            }
            assert!(
                $crate::runtime::is_sorted(&names),
                "names are sorted, ASCII case ignored"
            );
            names
        };

        static INDEX: [u16; $crate::runtime::slots(NAMES.len())] = $crate::runtime::index(&NAMES);

        impl $Enum {
            /// The name as IAM and the reference write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                self.facts().name
            }

            /// The name without its service prefix.
            #[must_use]
            pub const fn name(self) -> &'static str {
                $crate::runtime::bare(self.facts().name)
            }
        }

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
                let found: ::core::option::Option<usize> = $find(&NAMES, &INDEX, text);
                match found.and_then(|index| $FACTS.get(index)) {
                    ::core::option::Option::Some(row) => ::core::result::Result::Ok(row.variant),
                    ::core::option::Option::None => ::core::result::Result::Err(
                        $crate::NameError::new(text, $kind, $service, {
                            $crate::__listed_names!($Enum [$($REMOVED)?])
                        }),
                    ),
                }
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

/// The names without those of removed variants: to be suggested.
#[doc(hidden)]
#[macro_export]
macro_rules! __listed_names {
    ($Enum:ident []) => {
        &NAMES
    };
    ($Enum:ident [$REMOVED:ident]) => {{
        static LISTED: [&str; $Enum::ALL.len()] = {
            let mut names = [""; $Enum::ALL.len()];
            let mut index = 0;
            while index < names.len() {
                names[index] = $Enum::ALL[index].as_str();
                index += 1;
            }
            names
        };
        &LISTED
    }};
}

/// `ALL`, `REMOVED` and the way from a variant to its row.
#[doc(hidden)]
#[macro_export]
macro_rules! __enum_facts {
    (empty $Enum:ident, $FACTS:ident, $Facts:ty, []) => {
        impl $Enum {
            /// Every variant: none, for the reference lists none.
            pub const ALL: &'static [Self] = &[];

            /// What has left the reference and is kept: none.
            pub const REMOVED: &'static [Self] = &[];

            /// When it left the reference, and what replaces it; `None` for what is there.
            #[must_use]
            pub const fn removed(self) -> ::core::option::Option<$crate::Removed<Self>> {
                match self {}
            }

            const fn facts(self) -> &'static $Facts {
                match self {}
            }
        }
    };
    ($Enum:ident, $FACTS:ident, $Facts:ty, [$($REMOVED:ident)?]) => {
        const GONE: &[($Enum, $crate::Removed<$Enum>)] = {
            let none: &[($Enum, $crate::Removed<$Enum>)] = &[];
            $(let none = { let _ = none; &$REMOVED };)?
            none
        };

        impl $Enum {
            /// Every variant that the reference has, in alphabetical order: all but the
            /// [removed](Self::REMOVED) ones.
            pub const ALL: &'static [Self] = &{
                let mut all = [$FACTS[0].variant; $FACTS.len() - GONE.len()];
                let (mut index, mut listed) = (0, 0);
                while index < $FACTS.len() {
                    let variant = $FACTS[index].variant;
                    assert!(
                        variant as usize == index,
                        "the table is parallel to the enum"
                    );
                    if variant.removed().is_none() {
                        all[listed] = variant;
                        listed += 1;
                    }
                    index += 1;
                }
                assert!(listed == all.len(), "what is removed is removed once");
                all
            };

            /// What has left the reference and is kept for one minor version, deprecated, in
            /// alphabetical order. Its facts are those last known.
            pub const REMOVED: &'static [Self] = &{
                let mut removed = [$FACTS[0].variant; GONE.len()];
                let mut index = 0;
                while index < removed.len() {
                    removed[index] = GONE[index].0;
                    index += 1;
                }
                removed
            };

            /// When it left the reference, and what replaces it; `None` for what is there.
            #[must_use]
            pub const fn removed(self) -> ::core::option::Option<$crate::Removed<Self>> {
                let mut index = 0;
                while index < GONE.len() {
                    let (variant, removed) = GONE[index];
                    if variant as usize == self as usize {
                        return ::core::option::Option::Some(removed);
                    }
                    index += 1;
                }
                ::core::option::Option::None
            }

            const fn facts(self) -> &'static $Facts {
                &$FACTS[self as usize]
            }
        }
    };
}

/// The behaviour of a service's `Action`.
#[doc(hidden)]
#[macro_export]
macro_rules! action_enum {
    (empty $($rest:tt)*) => { $crate::action_enum!(@ [empty] $($rest)*); };
    (@ [$($empty:ident)?] $Action:ident, $Resource:ident, $Key:ident, $Operation:ident, $FACTS:ident, $service:literal $(, $REMOVED:ident)?) => {
        const _: () = {
            type Facts = $crate::runtime::ActionFacts<$Action, $Resource, $Key, $Operation>;
            $crate::__enum_facts!($($empty)? $Action, $FACTS, Facts, [$($REMOVED)?]);
            $crate::__name_enum!($Action, $FACTS, "action", $service, [$($REMOVED)?], $crate::runtime::find);

            impl $Action {
                /// The access levels that the reference gives the action.
                #[must_use]
                pub const fn access_levels(self) -> $crate::AccessLevels {
                    self.facts().access_levels
                }

                /// Whether it is a permission alone, with no API operation of its name.
                #[must_use]
                pub const fn is_permission_only(self) -> bool {
                    self.facts().permission_only
                }

                /// The resource types that a statement can scope the action to, by name. Empty: only `*`.
                #[must_use]
                pub const fn resources(self) -> &'static [$crate::ActionResource<$Resource, $Key>] {
                    self.facts().resources
                }

                /// The condition keys in effect whatever the resource; those of one resource type
                /// stand in [`resources`](Self::resources).
                #[must_use]
                pub const fn condition_keys(self) -> &'static [$Key] {
                    self.facts().condition_keys
                }

                /// Other actions that the caller needs as well, with their prefixes.
                #[must_use]
                pub const fn dependent_actions(self) -> &'static [&'static str] {
                    self.facts().dependent_actions
                }

                /// The API operations that need the action.
                #[must_use]
                pub const fn operations(self) -> &'static [$Operation] {
                    self.facts().operations
                }

                /// The address of the action's entry in the reference.
                #[must_use]
                pub const fn documentation(self) -> &'static str {
                    self.facts().documentation
                }

                /// The address of the API reference's page, where the reference links one.
                #[must_use]
                pub const fn api_reference(self) -> ::core::option::Option<&'static str> {
                    self.facts().api_reference
                }
            }
        };
    };
    ($($rest:tt)*) => { $crate::action_enum!(@ [] $($rest)*); };
}

/// The behaviour of a service's `ResourceType`.
#[doc(hidden)]
#[macro_export]
macro_rules! resource_type_enum {
    (empty $($rest:tt)*) => { $crate::resource_type_enum!(@ [empty] $($rest)*); };
    (@ [$($empty:ident)?] $Resource:ident, $Action:ident, $Key:ident, $FACTS:ident, $service:literal $(, $REMOVED:ident)?) => {
        const _: () = {
            type Facts = $crate::runtime::ResourceTypeFacts<$Resource, $Action, $Key>;
            $crate::__enum_facts!($($empty)? $Resource, $FACTS, Facts, [$($REMOVED)?]);
            $crate::__name_enum!($Resource, $FACTS, "resource type", $service, [$($REMOVED)?], $crate::runtime::find);

            impl $Resource {
                /// The template of its ARNs, such as `arn:${Partition}:…/${Id}`; `None` where an
                /// action names the type and the reference's table of types lacks it.
                #[must_use]
                pub const fn arn_format(self) -> ::core::option::Option<&'static str> {
                    self.facts().arn_format
                }

                /// The condition keys in effect for every action on such a resource.
                #[must_use]
                pub const fn condition_keys(self) -> &'static [$Key] {
                    self.facts().condition_keys
                }

                /// The actions that can be scoped to such a resource.
                #[must_use]
                pub const fn actions(self) -> &'static [$Action] {
                    self.facts().actions
                }

                /// The address of the type's entry in the reference.
                #[must_use]
                pub const fn documentation(self) -> &'static str {
                    self.facts().documentation
                }
            }
        };
    };
    ($($rest:tt)*) => { $crate::resource_type_enum!(@ [] $($rest)*); };
}

/// The behaviour of a service's `ConditionKey`.
#[doc(hidden)]
#[macro_export]
macro_rules! condition_key_enum {
    (empty $($rest:tt)*) => { $crate::condition_key_enum!(@ [empty] $($rest)*); };
    (@ [$($empty:ident)?] $Key:ident, $FACTS:ident, $service:literal $(, $REMOVED:ident)?) => {
        const _: () = {
            type Facts = $crate::runtime::ConditionKeyFacts<$Key>;
            const TEMPLATES: [usize; $crate::runtime::count_templates(&NAMES)] =
                $crate::runtime::template_indices(&NAMES);
            $crate::__enum_facts!($($empty)? $Key, $FACTS, Facts, [$($REMOVED)?]);
            // A literal key wins over a template that it would fit.
            $crate::__name_enum!($Key, $FACTS, "condition key", $service, [$($REMOVED)?], |names: &[&str], index: &[u16], text: &str| {
                $crate::runtime::find(names, index, text)
                    .or_else(|| $crate::runtime::find_template(names, &TEMPLATES, text))
            });

            impl $Key {
                /// The type of its values; `None` where an action names the key and the
                /// reference's table of keys lacks it.
                #[must_use]
                pub const fn value_type(self) -> ::core::option::Option<$crate::ValueType> {
                    self.facts().value_type
                }

                /// Whether the name holds a placeholder, as `aws:RequestTag/${TagKey}` does.
                #[must_use]
                pub const fn is_template(self) -> bool {
                    $crate::runtime::is_template(self.facts().name)
                }

                /// The address of the key's entry in the reference.
                #[must_use]
                pub const fn documentation(self) -> &'static str {
                    self.facts().documentation
                }
            }
        };
    };
    ($($rest:tt)*) => { $crate::condition_key_enum!(@ [] $($rest)*); };
}

/// The behaviour of a service's `Operation`.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_enum {
    (empty $($rest:tt)*) => { $crate::operation_enum!(@ [empty] $($rest)*); };
    (@ [$($empty:ident)?] $Operation:ident, $FACTS:ident, $service:literal $(, $REMOVED:ident)?) => {
        const _: () = {
            type Facts = $crate::runtime::OperationFacts<$Operation>;
            $crate::__enum_facts!($($empty)? $Operation, $FACTS, Facts, [$($REMOVED)?]);
            $crate::__name_enum!($Operation, $FACTS, "API operation", $service, [$($REMOVED)?], $crate::runtime::find);

            impl $Operation {
                /// The SDK clients that have the operation, such as `bedrock-agent`.
                #[must_use]
                pub const fn sdk_clients(self) -> &'static [&'static str] {
                    self.facts().sdk_clients
                }

                /// The permissions that the reference's table gives it: a superset of what one
                /// call needs, for some are needed only in certain uses.
                #[must_use]
                pub const fn required_actions(self) -> &'static [$crate::RequiredAction] {
                    self.facts().required_actions
                }
            }
        };
    };
    ($($rest:tt)*) => { $crate::operation_enum!(@ [] $($rest)*); };
}
