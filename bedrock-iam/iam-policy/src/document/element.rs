//! The names of the elements of documents and statements, in AWS's order.

macro_rules! elements {
    ($(#[$doc:meta])* $Name:ident { $($(#[$element_doc:meta])* $Element:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $Name {
            $($(#[$element_doc])* $Element,)*
        }

        impl $Name {
            /// All elements, in the order in which they are written.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$Element),*];

            /// Returns the element's name in a policy.
            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Element => stringify!($Element),)*
                }
            }
        }
    };
}

elements! {
    /// An element of a policy document.
    DocumentElement { Version, Id, Statement, }
}

elements! {
    /// An element of a statement.
    StatementElement {
        Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition,
    }
}

impl StatementElement {
    /// Returns whether it matches everything except its entries.
    pub(crate) const fn is_negated(self) -> bool {
        matches!(
            self,
            Self::NotPrincipal | Self::NotAction | Self::NotResource
        )
    }
}
