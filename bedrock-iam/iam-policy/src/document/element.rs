//! The elements of documents and statements: their names, in AWS's order.

macro_rules! elements {
    ($(#[$doc:meta])* $Name:ident { $($(#[$element_doc:meta])* $Element:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $Name {
            $($(#[$element_doc])* $Element,)*
        }

        impl $Name {
            /// Every element, in the order in which it is written.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$Element),*];

            /// The element's name in a policy.
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
    /// Whether it stands for everything but what it lists.
    pub(crate) const fn is_negated(self) -> bool {
        matches!(
            self,
            Self::NotPrincipal | Self::NotAction | Self::NotResource
        )
    }
}
