//! What the crate has of each service module: the module, a service of the catalog, and ARNs.

/// Declares the service modules, each with its variant of `AnyArn` and its cargo feature.
macro_rules! modules {
    ($($Variant:ident $module:ident $feature:literal;)*) => {
        $(
            #[cfg(feature = $feature)]
            #[rustfmt::skip]
            pub mod $module;
        )*

        /// The modules, for the crate's root to re-export.
        pub(crate) mod modules {
            $(
                #[cfg(feature = $feature)]
                pub use super::$module;
            )*
        }

        /// The services of the modules that the crate is built with.
        #[doc(hidden)]
        pub const SERVICES: &[&iam_policy::Service] = &[$(
            #[cfg(feature = $feature)]
            &$module::SERVICE,
        )*];

        /// An ARN of any resource type of the modules that the crate is built with.
        ///
        /// It tells what an ARN is, whichever service it belongs to; each module has an `AnyArn` of
        /// its own.
        ///
        /// ```
        /// # #[cfg(feature = "bedrock")] {
        /// use bedrock_iam::{AnyArn, bedrock};
        ///
        /// let arns = AnyArn::parse("arn:aws:bedrock:eu-central-1:123456789012:guardrail/abcdef123456")?;
        /// let [AnyArn::Bedrock(arn)] = arns.as_slice() else { panic!("{arns:?}") };
        /// assert_eq!(arn.resource_type(), bedrock::ResourceType::Guardrail);
        /// # }
        /// # Ok::<(), bedrock_iam::ArnError>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AnyArn {
            $(
                #[doc = concat!("An ARN of a resource type in [`", stringify!($module), "`](crate::", stringify!($module), ").")]
                #[cfg(feature = $feature)]
                $Variant($module::AnyArn),
            )*
        }

        impl AnyArn {
            /// Parses a concrete ARN as every resource type whose template it matches, of all
            /// modules. The result is never empty.
            ///
            /// # Errors
            ///
            /// Returns [`ArnError`](iam_policy::ArnError) if no template matches: the error of the module
            /// whose service the ARN names, if there is one.
            pub fn parse(text: &str) -> Result<Vec<Self>, iam_policy::ArnError> {
                iam_policy::runtime::read_any_of(text, &[$(
                    #[cfg(feature = $feature)]
                    ($module::SERVICE.prefix, |text| {
                        let arns = $module::AnyArn::parse(text)?;
                        Ok(arns.into_iter().map(Self::$Variant).collect())
                    }),
                )*])
            }

            /// Returns the service whose module has the resource type.
            #[must_use]
            pub fn service(&self) -> &'static iam_policy::Service {
                match *self {
                    $(
                        #[cfg(feature = $feature)]
                        Self::$Variant(_) => &$module::SERVICE,
                    )*
                }
            }

            /// Returns the name of the resource type, such as `guardrail`.
            #[must_use]
            #[allow(unreachable_code, reason = "some services have no resource types")]
            pub fn resource_type(&self) -> &'static str {
                match *self {
                    $(
                        #[cfg(feature = $feature)]
                        Self::$Variant(ref arn) => arn.resource_type().as_str(),
                    )*
                }
            }

            /// Returns the partition, region and account.
            #[must_use]
            pub fn site(&self) -> iam_policy::Site {
                match *self {
                    $(
                        #[cfg(feature = $feature)]
                        Self::$Variant(ref arn) => arn.site(),
                    )*
                }
            }
        }

        impl core::fmt::Display for AnyArn {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let _ = &f;
                match *self {
                    $(
                        #[cfg(feature = $feature)]
                        Self::$Variant(ref arn) => core::fmt::Display::fmt(arn, f),
                    )*
                }
            }
        }
    };
}

pub(crate) use modules;
