//! ARNs of services without a module.

use iam_policy::Segment;

/// The resource types of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    BotAlias,
    Cluster,
    Database,
    Domain,
    DomainIndex,
    DomainIndexContent,
    Endpoint,
    Graph,
    KendraIndex,
    NetworkInterface,
    SecurityGroup,
    Subnet,
    Workgroup,
}

/// Defines the struct of a resource type.
macro_rules! resource {
    ($Name:ident { $($field:ident = $placeholder:literal),* }, $format:literal) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub(super) struct $Name {
            $(pub(super) $field: Segment,)*
        }

        iam_policy::arn_resource!(
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
resource! { NetworkInterface { id = "Id" },
"arn:${Partition}:ec2:${Region}:${Account}:network-interface/${Id}" }
resource! { SecurityGroup { id = "Id" },
"arn:${Partition}:ec2:${Region}:${Account}:security-group/${Id}" }
resource! { Subnet { id = "Id" }, "arn:${Partition}:ec2:${Region}:${Account}:subnet/${Id}" }
resource! { BotAlias { bot = "Bot", alias = "Alias" },
"arn:${Partition}:lex:${Region}:${Account}:bot-alias/${Bot}/${Alias}" }
resource! { Cluster { cluster = "Cluster" },
"arn:${Partition}:redshift:${Region}:${Account}:cluster:${Cluster}" }
resource! { Database { cluster = "Cluster", database = "Database" },
"arn:${Partition}:redshift:${Region}:${Account}:dbname:${Cluster}/${Database}" }
resource! { Endpoint { name = "Name" },
"arn:${Partition}:sagemaker:${Region}:${Account}:endpoint/${Name}" }
resource! { KendraIndex { id = "Id" }, "arn:${Partition}:kendra:${Region}:${Account}:index/${Id}" }
resource! { Workgroup { id = "Id" },
"arn:${Partition}:redshift-serverless:${Region}:${Account}:workgroup/${Id}" }
