//! ARNs of services without a module.

use iam_policy::Segment;

/// The resource types of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Domain,
    DomainIndex,
    DomainIndexContent,
    Graph,
}

/// Defines the struct of a resource type.
macro_rules! resource {
    ($Name:ident { $($field:ident = $placeholder:literal),* }, $format:literal) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub(super) struct $Name {
            $(pub(super) $field: Segment,)*
        }

        crate::arn_resource!(
            $Name { $($field = $placeholder),* }, Type::$Name, "", $format
        );
    };
}

resource! { Domain { domain = "Domain" }, "arn:${Partition}:es:${Region}:${Account}:domain/${Domain}" }
resource! { DomainIndex { domain = "Domain", index = "Index" },
"arn:${Partition}:es:${Region}:${Account}:domain/${Domain}/${Index}" }
resource! { DomainIndexContent { domain = "Domain", index = "Index" },
"arn:${Partition}:es:${Region}:${Account}:domain/${Domain}/${Index}/*" }
resource! { Graph { graph = "Graph" }, "arn:${Partition}:neptune-graph:${Region}:${Account}:graph/${Graph}" }
