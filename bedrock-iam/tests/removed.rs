//! Names that have left the reference, on a sample in the shape of generated code: they are read,
//! and not listed.

#![allow(unreachable_pub, reason = "as in generated code")]

use bedrock_iam::Removed;
use bedrock_iam::runtime::OperationFacts;

/// An operation of a sample service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Gone, and replaced.
    ChopTree,
    /// There.
    FellTree,
    /// Gone for good.
    HugTree,
    /// There.
    PlantTree,
}

bedrock_iam::operation_enum!(Operation, FACTS, "grove", REMOVED);

const fn facts(variant: Operation, name: &'static str) -> OperationFacts<Operation> {
    OperationFacts {
        variant,
        name,
        sdk_clients: &["grove"],
        required_actions: &[],
    }
}

static FACTS: [OperationFacts<Operation>; 4] = [
    facts(Operation::ChopTree, "ChopTree"),
    facts(Operation::FellTree, "FellTree"),
    facts(Operation::HugTree, "HugTree"),
    facts(Operation::PlantTree, "PlantTree"),
];

static REMOVED: [(Operation, Removed<Operation>); 2] = [
    (
        Operation::ChopTree,
        Removed {
            date: "2026-11-22",
            replaced_by: Some(Operation::FellTree),
        },
    ),
    (
        Operation::HugTree,
        Removed {
            date: "2026-12-24",
            replaced_by: None,
        },
    ),
];

#[test]
fn each_name_is_listed_or_removed() {
    assert_eq!(Operation::ALL, [Operation::FellTree, Operation::PlantTree]);
    assert_eq!(
        Operation::REMOVED,
        [Operation::ChopTree, Operation::HugTree]
    );
    // while compiling too
    const CHOP: Option<Removed<Operation>> = Operation::ChopTree.removed();
    let chop = CHOP.expect("it is gone");
    assert_eq!(chop.date, "2026-11-22");
    assert_eq!(chop.replaced_by, Some(Operation::FellTree));
    let hug = Operation::HugTree.removed().expect("it is gone");
    assert_eq!((hug.date, hug.replaced_by), ("2026-12-24", None));
    assert!(Operation::ALL.iter().all(|it| it.removed().is_none()));
}

#[test]
fn what_is_removed_is_read_and_never_suggested() {
    for operation in Operation::ALL.iter().chain(Operation::REMOVED) {
        assert_eq!(operation.as_str().parse(), Ok(*operation));
        assert_eq!(operation.to_string().to_lowercase().parse(), Ok(*operation));
        assert_eq!(operation.sdk_clients(), ["grove"]);
    }
    let suggested = |text: &str| text.parse::<Operation>().unwrap_err().suggestion();
    assert_eq!(suggested("HugTre"), None);
    assert_eq!(suggested("PlantTre"), Some("PlantTree"));
}

mod arns {
    use bedrock_iam::runtime::Segment;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ResourceType {
        Stool,
        Stump,
        Trunk,
    }

    impl ResourceType {
        const fn as_str(self) -> &'static str {
            match self {
                Self::Stool => "stool",
                Self::Stump => "stump",
                Self::Trunk => "trunk",
            }
        }
    }

    macro_rules! resource {
        ($Name:ident, $head:literal) => {
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub struct $Name {
                pub id: Segment,
            }

            bedrock_iam::arn_resource!(
                $Name { id },
                ResourceType::$Name,
                [Literal("arn:"), Partition, Literal($head), Segment(0)]
            );
        };
    }

    resource!(Stool, ":grove:::stool/");
    // the same ARN under another name
    resource!(Stump, ":grove:::stool/");
    resource!(Trunk, ":grove:::trunk/");

    bedrock_iam::any_arn! {
        /// An ARN of the sample.
        pub enum AnyArn: ResourceType, "grove" { Stool } removed { Stump, Trunk }
    }
}

#[test]
fn an_arn_is_of_a_removed_type_only_where_no_other_fits() {
    use arns::{AnyArn, ResourceType};
    let types = |text: &str| -> Vec<ResourceType> {
        let arns = AnyArn::parse(text).expect("an ARN");
        assert!(arns.iter().all(|arn| arn.to_string() == text));
        arns.iter().map(AnyArn::resource_type).collect()
    };
    assert_eq!(types("arn:aws:grove:::stool/1"), [ResourceType::Stool]);
    assert_eq!(types("arn:aws:grove:::trunk/1"), [ResourceType::Trunk]);
    // the error is told by the types that there are
    let error = AnyArn::parse("arn:aws:grove:::stool/").unwrap_err();
    assert!(error.to_string().contains("stool"), "{error}");
    let error = AnyArn::parse("arn:aws:grove:::trunk/").unwrap_err();
    assert!(error.to_string().contains("grove"), "{error}");
    let pattern = "arn:aws:grove:::*".parse().expect("a pattern");
    let listed: Vec<_> = AnyArn::types_of(&pattern).collect();
    assert_eq!(listed, [ResourceType::Stool]);
    assert_eq!(AnyArn::removed_types_of(&pattern).count(), 2);
}
