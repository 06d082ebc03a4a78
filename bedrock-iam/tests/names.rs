//! The enums of a service module: parsing and printing of names, and their facts.

mod support;

use bedrock_iam::{AccessLevel, ValueType};
use support::{fallow, orchard};

#[test]
fn actions_return_their_facts() {
    use orchard::{Action, ConditionKey, Operation, ResourceType};

    const PLANT: Action = Action::PlantTree;
    // All of it is available at compile time.
    const _: () = assert!(PLANT.access_levels().contains(AccessLevel::Tagging));
    assert_eq!(
        Action::ALL,
        [Action::ListTrees, Action::PlantTree, Action::PruneTree]
    );
    assert_eq!(
        (PLANT.name(), PLANT.as_str()),
        ("PlantTree", "orchard:PlantTree")
    );
    assert_eq!(PLANT.to_string(), "orchard:PlantTree");
    assert_eq!(PLANT.access_levels().to_string(), "Write, Tagging");
    assert!(!PLANT.is_permission_only() && Action::PruneTree.is_permission_only());
    let resources: Vec<_> = PLANT
        .resources()
        .iter()
        .map(|accepted| accepted.resource_type)
        .collect();
    assert_eq!(resources, [ResourceType::Plot, ResourceType::Variety]);
    assert_eq!(
        PLANT.condition_keys(),
        [ConditionKey::AwsRequestTag, ConditionKey::AwsTagKeys]
    );
    assert_eq!(PLANT.dependent_actions(), ["iam:PassRole"]);
    assert_eq!(PLANT.operations(), [Operation::PlantTree]);
    assert!(PLANT.documentation().ends_with("#PlantTree"));
    assert_eq!(Action::PruneTree.api_reference(), None);
}

#[test]
fn names_are_parsed_in_any_case() {
    use orchard::{Action, Operation, ResourceType};

    for action in Action::ALL {
        assert_eq!(action.as_str().parse(), Ok(*action));
        assert_eq!(action.as_str().to_uppercase().parse(), Ok(*action));
    }
    assert_eq!(Action::try_from("ORCHARD:prunetree"), Ok(Action::PruneTree));
    assert_eq!("Tree".parse(), Ok(ResourceType::Tree));
    assert_eq!(ResourceType::Tree.name(), "tree");
    assert_eq!("planttree".parse(), Ok(Operation::PlantTree));
    assert_eq!(Operation::PlantTree.sdk_clients(), ["orchard"]);
    assert_eq!(
        Operation::PlantTree.required_actions()[0].context[0].key,
        "iam:PassedToService"
    );
}

#[cfg(feature = "bedrock")]
#[test]
fn the_error_of_an_operation_lists_its_actions() {
    use bedrock_iam::bedrock::{Action, Operation};

    for text in ["bedrock:Converse", "BEDROCK:converse", "Converse"] {
        let error = text.parse::<Action>().unwrap_err();
        let message = error.to_string();
        let start =
            format!("`{text}` is an API operation of bedrock, not an action; it requires `");
        assert!(message.starts_with(&start), "{message}");
        assert!(
            error.required_actions().contains(&"bedrock:InvokeModel"),
            "{message}"
        );
    }
    // an action has the operation's name, or the prefix is that of another service
    for text in ["InvokeModel", "s3:Converse"] {
        let error = text.parse::<Action>().unwrap_err();
        assert!(error.required_actions().is_empty(), "{error}");
    }
    assert_eq!("Converse".parse(), Ok(Operation::Converse));
}

#[test]
fn errors_suggest_the_nearest_name() {
    use orchard::{Action, ConditionKey, ResourceType};

    let message = |text: &str| text.parse::<Action>().unwrap_err().to_string();
    assert_eq!(
        message("orchard:PlantTrees"),
        "`orchard:PlantTrees` is not an action of orchard; did you mean `orchard:PlantTree`?"
    );
    assert_eq!(
        message("planttree"),
        "`planttree` is not an action of orchard; did you mean `orchard:PlantTree`?"
    );
    assert_eq!(
        message("s3:GetObject"),
        "`s3:GetObject` is not an action of orchard"
    );
    assert_eq!(
        "aws:RequestTga/team"
            .parse::<ConditionKey>()
            .unwrap_err()
            .suggestion(),
        Some("aws:RequestTag/${TagKey}")
    );
    assert_eq!(
        "plots".parse::<ResourceType>().unwrap_err().suggestion(),
        Some("plot")
    );
}

#[test]
fn keys_match_templates_and_literal_names_take_precedence() {
    use orchard::ConditionKey;

    let key = |text: &str| text.parse::<ConditionKey>().ok();
    assert_eq!(
        key("aws:requesttag/Cost Centre: 7"),
        Some(ConditionKey::AwsRequestTag)
    );
    assert_eq!(
        key("aws:RequestTag/${TagKey}"),
        Some(ConditionKey::AwsRequestTag)
    );
    assert_eq!(key("aws:RequestTag/"), None);
    assert_eq!(
        key("orchard:fruit/pear.colour"),
        Some(ConditionKey::OrchardFruitColour)
    );
    assert_eq!(
        key("orchard:fruit/APPLE.colour"),
        Some(ConditionKey::OrchardFruitAppleColour)
    );
    assert_eq!(ConditionKey::AwsRequestTag.name(), "RequestTag/${TagKey}");
    assert!(ConditionKey::AwsRequestTag.is_template() && !ConditionKey::AwsTagKeys.is_template());
    assert_eq!(
        ConditionKey::AwsTagKeys.value_type(),
        Some(ValueType::ArrayOfString)
    );
}

#[test]
fn keys_have_names_and_types() {
    use orchard::key;

    assert_eq!(key::SEASON.name(), "orchard:Season");
    assert_eq!(key::SEASON.value_type(), Some(ValueType::Numeric));
    assert_eq!(key::request_tag("team").to_string(), "aws:RequestTag/team");
    assert_eq!(
        key::fruit_colour("pear").to_string(),
        "orchard:fruit/pear.colour"
    );
    assert_eq!(key::request_tag("team"), key::request_tag("TEAM"));
}

#[test]
fn enums_can_be_empty() {
    assert_eq!(fallow::Action::ALL, []);
    assert_eq!(fallow::ResourceType::ALL, []);
    let error = "fallow:Rest".parse::<fallow::Action>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`fallow:Rest` is not an action of fallow"
    );
    assert!("x".parse::<fallow::Operation>().is_err());
    assert!("fallow:x".parse::<fallow::ConditionKey>().is_err());
    assert!(fallow::AnyArn::parse("arn:aws:fallow:us-east-1:123456789012:x/y").is_err());
}

#[cfg(feature = "serde")]
#[test]
fn names_are_strings_in_json() {
    use orchard::Action;

    assert_eq!(
        serde_json::to_string(&Action::PlantTree).unwrap(),
        r#""orchard:PlantTree""#
    );
    assert_eq!(
        serde_json::from_str::<Action>(r#""Orchard:PlantTree""#).unwrap(),
        Action::PlantTree
    );
    let error = serde_json::from_str::<Action>(r#""orchard:PlantTre""#)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("did you mean `orchard:PlantTree`?"),
        "{error}"
    );
    assert_eq!(
        serde_json::to_string(&AccessLevel::PermissionsManagement).unwrap(),
        r#""Permissions management""#
    );
}
