//! Uses all names that were removed from the page, and prints their facts.

use bedrock_iam::bedrock_mantle::{
    Action, AnyArn, ConditionKey, Operation, ResourceType, action, arn, key,
};
use bedrock_iam::{ActionPattern, Policy, Segment, Site, Statement};

fn main() {
    let branch = || {
        arn::Branch {
            branch_id: Segment::ANY,
        }
        .at(Site::ANYWHERE)
    };
    let tree = || {
        arn::Tree {
            tree_id: Segment::ANY,
        }
        .at(Site::ANYWHERE)
    };
    let policy = Policy::new()
        // a removed action on a removed resource type
        .with(
            Statement::allow(action::PruneTree)
                .on(branch())
                .when(key::SEASON.string_equals("autumn")),
        )
        // a current action on a removed resource type, and with a removed condition key
        .with(Statement::allow(action::PlantTree).on(branch()))
        .with(
            Statement::deny(action::PlantTree)
                .on(tree())
                .when(key::SEASON.string_equals("winter")),
        )
        // both actions in one statement: checked at run time
        .with(Statement::allow((action::PlantTree, action::PruneTree)).on_mixed(branch()))
        .build();
    println!("{}", policy.is_ok());

    // removed names are parsed, and have their last known facts
    let removed: Action = "bedrock-mantle:prunetree".parse().unwrap();
    println!("{} {} {}", removed, removed.name(), removed.access_levels());
    println!("{:?}", removed == Action::PruneTree);
    println!(
        "{:?} {:?}",
        removed.resources()[0].resource_type,
        removed.condition_keys()
    );
    println!("{:?}", removed.removed());
    println!("{:?}", ResourceType::Branch.removed());
    println!(
        "{:?} {:?}",
        ConditionKey::Season.removed().is_some(),
        Operation::PruneTree.removed().is_some()
    );
    println!("{:?}", Action::PlantTree.removed());
    let arns = AnyArn::parse("arn:aws:bedrock-mantle:eu-central-1:123456789012:branch/B").unwrap();
    println!("{:?}", matches!(arns[..], [AnyArn::Branch(_)]));

    // they are not listed, matched or suggested
    println!("{:?} {:?}", Action::ALL, Action::REMOVED);
    println!(
        "{:?} {:?} {:?}",
        ResourceType::ALL,
        ConditionKey::ALL,
        Operation::ALL
    );
    println!(
        "{:?}",
        Action::PlantTree
            .resources()
            .iter()
            .map(|it| it.resource_type)
            .collect::<Vec<_>>()
    );
    let pattern: ActionPattern = "bedrock-mantle:*Tree".parse().unwrap();
    println!(
        "{:?}",
        pattern.expand(bedrock_iam::catalog()).collect::<Vec<_>>()
    );
    println!(
        "{:?}",
        "bedrock-mantle:PruntTree"
            .parse::<Action>()
            .unwrap_err()
            .suggestion()
    );
    println!(
        "{:?}",
        branch().to_pattern().as_str() != ""
            && AnyArn::types_of(&branch().to_pattern()).count() == 0
    );

    let document = serde_json::from_str(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["bedrock-mantle:PruneTree", "bedrock-mantle:Prune*"],
             "Resource": "arn:aws:bedrock-mantle:eu-central-1:123456789012:branch/B",
             "Condition": {"StringEquals": {"bedrock-mantle:Season": "autumn"}}}]}"#,
    )
    .unwrap();
    for finding in bedrock_iam::check::check(&document, bedrock_iam::catalog()).findings {
        println!("{} {}: {}", finding.code, finding.path, finding.message);
    }
}
