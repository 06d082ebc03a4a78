//! The types that stand for generated actions.

/// Makes each of the unit structs an action of its service.
///
/// `known_actions! { Action, ResourceType; InvokeModel: on::InvokeModelOn; … }` with a variant of
/// the same name in `Action`. Behind the path may stand, in brackets, the removed resource types
/// that statements still take for the action.
#[doc(hidden)]
#[macro_export]
macro_rules! known_actions {
    ($Action:ident, $ResourceType:ident; $($Name:ident: $On:path $([$($Removed:expr),*])?;)*) => {$(
        impl $crate::runtime::Actions for $Name {
            fn push_to(&self, names: &mut $crate::runtime::OneOrMany) {
                names.push_known($Action::$Name.as_str());
            }

            fn uses(&self, uses: &mut ::std::vec::Vec<$crate::runtime::ActionUse>) {
                uses.push($crate::runtime::ActionUse::known(
                    $Action::$Name.as_str(),
                    $Action::$Name.resources(),
                    &[$($($Removed),*)?],
                    $ResourceType::as_str,
                ));
            }
        }

        impl $crate::runtime::KnownAction for $Name {
            type Action = $Action;

            const ACTION: $Action = $Action::$Name;
        }

        impl<R: $On> $crate::runtime::On<R> for $Name {
            type Keys = R::Keys;
        }
    )*};
}
