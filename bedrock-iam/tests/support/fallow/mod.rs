//! A sample service, `fallow`, whose reference page lists nothing: every enum is empty.

mod actions {
    use super::{ConditionKey, Operation, ResourceType};

    bedrock_iam::action_table! {
        "fallow", "https://example.com/fallow#";
    }
}

mod resource_types {
    use super::{Action, ConditionKey};

    bedrock_iam::resource_type_table! {
        "fallow", "https://example.com/fallow#";
        AnyArn {};
    }
}

mod condition_keys {
    bedrock_iam::condition_key_table! {
        "fallow", "https://example.com/fallow#";
    }
}

mod operations {
    bedrock_iam::operation_table! {
        "fallow";
    }
}

pub use actions::Action;
pub use condition_keys::ConditionKey;
pub use operations::Operation;
pub use resource_types::{ResourceType, arn, arn::AnyArn};

/// The facts of the service, for a `Catalog`.
pub static SERVICE: bedrock_iam::Service = bedrock_iam::Service {
    page: "",
    prefix: "fallow",
    name: "Fallow",
    module: None,
    snapshot: None,
    actions: Action::ROWS,
    resource_types: ResourceType::ROWS,
    condition_keys: ConditionKey::ROWS,
    operations: Operation::ROWS,
    overlay: bedrock_iam::Overlay::NONE,
};
