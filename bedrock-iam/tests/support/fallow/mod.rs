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
