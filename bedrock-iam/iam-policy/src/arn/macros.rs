//! The behaviour of the generated ARN types: one macro call after each struct, one for the module.

/// Makes a struct of segments a [`Resource`](crate::Resource).
///
/// `arn_resource!(Name { field = "Placeholder", … }, ResourceType::Name, "name", "arn:…");` with
/// the fields in the order of the placeholders. `regionless` at the end lets the region be empty.
#[doc(hidden)]
#[macro_export]
macro_rules! arn_resource {
    (
        $Name:ident { $($field:ident = $placeholder:literal),* $(,)? },
        $Type:ident :: $Variant:ident,
        $name:literal, $format:literal $(, $regionless:ident)? $(,)?
    ) => {
        impl $crate::Resource for $Name {
            type Type = $Type;

            const TYPE: $Type = $Type::$Variant;

            const TEMPLATE: $crate::runtime::Template = {
                const TAKEN_APART: &$crate::runtime::Pieces =
                    &$crate::runtime::Pieces::of($format, &[$($placeholder),*]);
                const PIECES: &[$crate::runtime::Piece] = TAKEN_APART.as_slice();
                $crate::runtime::Template {
                    name: $name,
                    pieces: PIECES,
                    fields: &[$(::core::stringify!($field)),*],
                    rules: &[$($crate::runtime::rules_of(|resource: &$Name| &resource.$field)),*],
                    head: $crate::runtime::head(PIECES),
                    regionless: {
                        let said: &[&str] = &[$(::core::stringify!($regionless))?];
                        !said.is_empty()
                    },
                }
            };

            fn segment(&self, index: usize) -> &str {
                let segments: &[&str] = &[$(self.$field.as_str()),*];
                segments.get(index).copied().unwrap_or_default()
            }

            fn from_segments(
                segments: &mut $crate::runtime::Segments<'_>,
            ) -> ::core::result::Result<Self, $crate::SegmentError> {
                let _ = &segments;
                ::core::result::Result::Ok(Self { $($field: segments.take()?),* })
            }
        }

        impl $Name {
            /// The ARN of this resource at a site.
            #[must_use]
            pub const fn at(self, site: $crate::Site) -> $crate::Arn<Self> {
                $crate::Arn::new(self, site)
            }
        }

        impl ::core::str::FromStr for $Name {
            type Err = $crate::ArnError;

            /// Reads a concrete ARN and keeps the resource; `Arn` keeps the site as well.
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::ArnError> {
                ::core::result::Result::Ok($crate::Arn::<Self>::parse(text)?.into_resource())
            }
        }

        impl ::core::convert::TryFrom<&str> for $Name {
            type Error = $crate::ArnError;

            /// Reads a concrete ARN and keeps the resource; `Arn` keeps the site as well.
            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::ArnError> {
                text.parse()
            }
        }
    };
}

/// Makes the enum of all of a module's ARN types.
///
/// `any_arn! { /// … pub enum AnyArn: ResourceType, "bedrock" { Name, … } }`, and behind it the types
/// that are only read: `removed { #[deprecated] Name, … }`.
#[doc(hidden)]
#[macro_export]
macro_rules! any_arn {
    (
        $(#[$attribute:meta])*
        pub enum $Any:ident: $Type:ident, $service:literal { $($Name:ident),* $(,)? }
        $(removed { $($(#[$of_removed:meta])* $Removed:ident),* $(,)? })?
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Any {
            $(
                #[doc = ::core::concat!("An ARN of [`", ::core::stringify!($Name), "`].")]
                $Name($crate::Arn<$Name>),
            )*
            $($(
                #[doc = ::core::concat!("An ARN of [`", ::core::stringify!($Removed), "`].")]
                $(#[$of_removed])*
                $Removed($crate::Arn<$Removed>),
            )*)?
        }

        impl $Any {
            /// Reads a concrete ARN as every type that it fits, in the order of the types' names;
            /// never empty. Some templates overlap, so an ARN can fit several. Types that have left
            /// the reference are tried where no other fits: their resources may still be there.
            ///
            /// # Errors
            ///
            /// [`ArnError`]($crate::ArnError) where it fits none: by the one type that its text
            /// begins like, if there is just one, and else by the service.
            pub fn parse(
                text: &str,
            ) -> ::core::result::Result<::std::vec::Vec<Self>, $crate::ArnError> {
                const TYPES: &[$crate::runtime::Candidate<$Any>] = &[$(
                    $crate::runtime::Candidate::new(
                        &<$Name as $crate::Resource>::TEMPLATE,
                        |text| $crate::Arn::parse(text).map($Any::$Name),
                    )
                ),*];
                const REMOVED: &[$crate::runtime::Candidate<$Any>] = &[$($(
                    $crate::runtime::Candidate::new(
                        &<$Removed as $crate::Resource>::TEMPLATE,
                        |text| $crate::Arn::parse(text).map($Any::$Removed),
                    )
                ),*)?];
                $crate::runtime::read_any(text, $service, TYPES, REMOVED)
            }

            /// The resource types whose ARNs a pattern can match, in the order of their names; none
            /// that has left the reference.
            pub fn types_of(
                pattern: &$crate::ArnPattern,
            ) -> impl ::core::iter::Iterator<Item = $Type> + '_ {
                const TYPES: &[(&$crate::runtime::Template, $Type)] = &[$((
                    &<$Name as $crate::Resource>::TEMPLATE,
                    <$Name as $crate::Resource>::TYPE,
                )),*];
                TYPES.iter().filter(|(template, _)| pattern.fits_template(template)).map(|(_, of)| *of)
            }

            /// The resource types that have left the reference whose ARNs a pattern can match.
            #[doc(hidden)]
            pub fn removed_types_of(
                pattern: &$crate::ArnPattern,
            ) -> impl ::core::iter::Iterator<Item = $Type> + '_ {
                const TYPES: &[(&$crate::runtime::Template, $Type)] = &[$($((
                    &<$Removed as $crate::Resource>::TEMPLATE,
                    <$Removed as $crate::Resource>::TYPE,
                )),*)?];
                TYPES.iter().filter(|(template, _)| pattern.fits_template(template)).map(|(_, of)| *of)
            }

            /// Every type of ARN that the reference has by its Rust name, with its template.
            #[doc(hidden)]
            #[must_use]
            pub const fn templates()
            -> &'static [(&'static str, &'static $crate::runtime::Template)] {
                &[$((
                    ::core::stringify!($Name),
                    &<$Name as $crate::Resource>::TEMPLATE,
                )),*]
            }

            $crate::any_arn!(@ methods $Type { $($Name)* $($($Removed)*)? });
        }

        impl ::core::fmt::Display for $Any {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let _ = &f;
                match *self {
                    $(Self::$Name(ref arn) => ::core::fmt::Display::fmt(arn, f),)*
                    $($(Self::$Removed(ref arn) => ::core::fmt::Display::fmt(arn, f),)*)?
                }
            }
        }

        $crate::any_arn!(@ from $Any { $($Name)* $($($Removed)*)? });
    };
    (@ from $Any:ident { $($Name:ident)* }) => {
        $(
            impl ::core::convert::From<$crate::Arn<$Name>> for $Any {
                fn from(arn: $crate::Arn<$Name>) -> Self {
                    Self::$Name(arn)
                }
            }
        )*
    };
    (@ methods $Type:ident { $($Name:ident)* }) => {
        /// The resource type.
        #[must_use]
        pub const fn resource_type(&self) -> $Type {
            match *self {
                $(Self::$Name(_) => $Type::$Name,)*
            }
        }

        /// Where the resource is.
        #[must_use]
        pub const fn site(&self) -> $crate::Site {
            match *self {
                $(Self::$Name(ref arn) => arn.site(),)*
            }
        }
    };
}
