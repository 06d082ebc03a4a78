//! Names that were removed from the reference are still parsed and no longer listed.
//!
//! The tests use a sample in the form of generated code.

#![allow(
    dead_code,
    deprecated,
    unreachable_pub,
    unused_imports,
    reason = "as in generated code"
)]

use bedrock_iam::Removed;
use grove::{Action, ConditionKey, Operation, ResourceType};

mod grove {
    pub mod actions {
        use super::{ConditionKey, Operation, ResourceType};

        bedrock_iam::action_table! {
            "grove", "https://example.com/grove#";
            /// Removed, and replaced.
            #[deprecated(since = "0.1.0", note = "use `Action::FellTree`")]
            ChopTree { #[deprecated(since = "0.1.0", note = "use `action::FellTree`")]
                Write; on required Stool; removed "2026-11-22", replaced by FellTree; },
            /// Not removed.
            FellTree { Write; on required Stool; kept Trunk; },
        }
    }
    pub mod resource_types {
        use super::{Action, ConditionKey};

        bedrock_iam::resource_type_table! {
            "grove", "https://example.com/grove#";
            AnyArn { Stool }, removed { Stump, Trunk };
            /// Not removed.
            Stool { "stool"; arn "arn:${Partition}:grove:::stool/${Id}" { id = "Id" }; },
            /// Actions name it. Its ARN was removed, and another type has the same ARN format.
            Stump { "stump"; arn lost "arn:${Partition}:grove:::stool/${Id}" { id = "Id" }; },
            /// Removed.
            Trunk { "trunk"; arn "arn:${Partition}:grove:::trunk/${Id}" { id = "Id" };
                removed "2026-11-22"; },
        }
    }
    pub mod condition_keys {
        bedrock_iam::condition_key_table! {
            "grove", "https://example.com/grove#";
        }
    }
    pub mod operations {
        bedrock_iam::operation_table! {
            "grove";
            /// Removed, and replaced.
            ChopTree { "grove": "grove:ChopTree", "grove:FellTree";
                removed "2026-11-22", replaced by FellTree; },
            /// Not removed.
            FellTree { "grove": "grove:FellTree", "grove:ChopTree"; },
            /// Removed without a replacement.
            HugTree { "grove": ; removed "2026-12-24"; },
            /// Not removed.
            PlantTree { "grove": ; },
        }
    }

    pub use actions::{Action, action};
    pub use condition_keys::ConditionKey;
    pub use operations::Operation;
    pub use resource_types::ResourceType;
    pub use resource_types::arn::{self, AnyArn};

    pub static SERVICE: bedrock_iam::Service = bedrock_iam::Service {
        page: "",
        prefix: "grove",
        name: "Grove",
        module: None,
        snapshot: None,
        actions: Action::ROWS,
        resource_types: ResourceType::ROWS,
        condition_keys: ConditionKey::ROWS,
        operations: Operation::ROWS,
        overlay: bedrock_iam::Overlay::NONE,
    };

    /// The items in `on` of every generated module.
    mod on {
        use super::{action, arn};

        bedrock_iam::action_scope! { FellTree: FellTreeOn, "message", "label", "note" }
        impl FellTreeOn for arn::Trunk {
            type Keys = Keys<action::FellTree, Self>;
        }
        impl FellTreeOn for bedrock_iam::AnyResource {
            type Keys = Keys<action::FellTree, Self>;
        }
        bedrock_iam::key_set! { Keys: InKeys {}, "note" }
    }
}

#[test]
fn each_name_is_listed_or_removed() {
    assert_eq!(Operation::ALL, [Operation::FellTree, Operation::PlantTree]);
    assert_eq!(
        Operation::REMOVED,
        [Operation::ChopTree, Operation::HugTree]
    );
    // also in constants
    const CHOP: Option<Removed<Operation>> = Operation::ChopTree.removed();
    let chop = CHOP.expect("it was removed");
    assert_eq!(chop.date, "2026-11-22");
    assert_eq!(chop.replaced_by, Some(Operation::FellTree));
    let hug = Operation::HugTree.removed().expect("it was removed");
    assert_eq!((hug.date, hug.replaced_by), ("2026-12-24", None));
    assert!(Operation::ALL.iter().all(|it| it.removed().is_none()));
}

#[test]
fn removed_names_are_parsed_and_never_suggested() {
    for operation in Operation::ALL.iter().chain(Operation::REMOVED) {
        assert_eq!(operation.as_str().parse(), Ok(*operation));
        assert_eq!(operation.to_string().to_lowercase().parse(), Ok(*operation));
        assert_eq!(operation.sdk_clients(), ["grove"]);
    }
    let suggested = |text: &str| text.parse::<Operation>().unwrap_err().suggestion();
    assert_eq!(suggested("HugTre"), None);
    assert_eq!(suggested("PlantTre"), Some("PlantTree"));
}

#[test]
fn only_lists_of_removed_names_contain_removed_names() {
    assert_eq!(Action::FellTree.operations(), [Operation::FellTree]);
    assert_eq!(
        Action::ChopTree.operations(),
        [Operation::ChopTree, Operation::FellTree]
    );
    assert_eq!(ResourceType::Stool.actions(), [Action::FellTree]);
    assert_eq!(ResourceType::Trunk.actions(), [Action::FellTree]);
    let of_fell: Vec<_> = Action::FellTree
        .resources()
        .iter()
        .map(|it| it.resource_type)
        .collect();
    assert_eq!(of_fell, [ResourceType::Stool]);
    assert_eq!(ResourceType::Stump.arn_format(), None);
    assert_eq!(ResourceType::Stump.removed(), None);
    assert!(ResourceType::Trunk.arn_format().is_some());
}

#[test]
fn statements_still_accept_a_removed_type() {
    use bedrock_iam::{Policy, Segment, Site, Statement};
    let trunk = grove::arn::Trunk { id: Segment::ANY }.at(Site::ANYWHERE);
    let policy = Policy::new().with(Statement::allow(grove::action::FellTree).on_mixed(&trunk));
    assert!(policy.build().is_ok());
    let _ = Statement::allow(grove::action::FellTree).on(trunk);
}

#[test]
fn an_arn_has_a_removed_type_only_if_no_other_fits() {
    use grove::{AnyArn, ResourceType};
    let types = |text: &str| -> Vec<ResourceType> {
        let arns = AnyArn::parse(text).expect("an ARN");
        assert!(arns.iter().all(|arn| arn.to_string() == text));
        arns.iter().map(AnyArn::resource_type).collect()
    };
    assert_eq!(types("arn:aws:grove:::stool/1"), [ResourceType::Stool]);
    assert_eq!(types("arn:aws:grove:::trunk/1"), [ResourceType::Trunk]);
    // errors refer only to types that were not removed
    let error = AnyArn::parse("arn:aws:grove:::stool/").unwrap_err();
    assert!(error.to_string().contains("stool"), "{error}");
    let error = AnyArn::parse("arn:aws:grove:::trunk/").unwrap_err();
    assert!(error.to_string().contains("grove"), "{error}");
    let pattern = "arn:aws:grove:::*".parse().expect("a pattern");
    let listed: Vec<_> = AnyArn::types_of(&pattern).collect();
    assert_eq!(listed, [ResourceType::Stool]);
    assert_eq!(AnyArn::removed_types_of(&pattern).count(), 2);
}
