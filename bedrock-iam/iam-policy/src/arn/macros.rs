//! Macros that implement the generated ARN types: one call for each struct, one for the module.

/// Implements [`Resource`](crate::Resource) for a struct of segments.
///
/// `arn_resource!(Name { field = "Placeholder", … }, ResourceType::Name, "name", "arn:…");` lists
/// the fields in the order of the placeholders. `regionless` at the end allows an empty region.
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
            /// Returns the ARN of this resource at a site.
            #[must_use]
            pub const fn at(self, site: $crate::Site) -> $crate::Arn<Self> {
                $crate::Arn::new(self, site)
            }
        }

        impl ::core::str::FromStr for $Name {
            type Err = $crate::ArnError;

            /// Parses a concrete ARN and returns its resource; `Arn` keeps the site as well.
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::ArnError> {
                ::core::result::Result::Ok($crate::Arn::<Self>::parse(text)?.into_resource())
            }
        }

        impl ::core::convert::TryFrom<&str> for $Name {
            type Error = $crate::ArnError;

            /// Parses a concrete ARN and returns its resource; `Arn` keeps the site as well.
            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::ArnError> {
                text.parse()
            }
        }
    };
}

/// Defines the enum of all ARN types of a module.
///
/// `any_arn! { /// … pub enum AnyArn: ResourceType, "bedrock" { Name, … } }`, followed by the
/// removed types: `removed { #[deprecated] Name, … }`.
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
            /// Parses a concrete ARN as every resource type whose template it matches.
            ///
            /// Some templates overlap, so an ARN can match several; the result is sorted by the
            /// types' names and never empty. Removed types are tried only if no other matches,
            /// because their resources may still exist.
            ///
            /// # Errors
            ///
            /// Returns [`ArnError`]($crate::ArnError) if no template matches. The error names the
            /// resource type if only one template begins like the text, and else the service.
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

            /// Returns the resource types whose ARNs a pattern can match, sorted by name, without
            /// removed ones.
            pub fn types_of(
                pattern: &$crate::ArnPattern,
            ) -> impl ::core::iter::Iterator<Item = $Type> + '_ {
                const TYPES: &[(&$crate::runtime::Template, $Type)] = &[$((
                    &<$Name as $crate::Resource>::TEMPLATE,
                    <$Name as $crate::Resource>::TYPE,
                )),*];
                TYPES.iter().filter(|(template, _)| pattern.fits_template(template)).map(|(_, of)| *of)
            }

            /// Returns the removed resource types whose ARNs a pattern can match.
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

            /// Returns the template of every resource type, with its Rust name, without removed
            /// types.
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
        /// Returns the resource type.
        #[must_use]
        pub const fn resource_type(&self) -> $Type {
            match *self {
                $(Self::$Name(_) => $Type::$Name,)*
            }
        }

        /// Returns the partition, region and account.
        #[must_use]
        pub const fn site(&self) -> $crate::Site {
            match *self {
                $(Self::$Name(ref arn) => arn.site(),)*
            }
        }
    };
}
