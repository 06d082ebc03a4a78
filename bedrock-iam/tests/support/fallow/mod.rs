//! A sample service, `fallow`, whose reference page lists nothing: every enum is empty.

pub mod arn {
    //! ARN builders of Fallow: none.

    use super::ResourceType;

    bedrock_iam::any_arn! {
        /// An ARN of any resource type of Fallow.
        pub enum AnyArn: ResourceType, "fallow" {}
    }
}

mod actions {
    use super::{ConditionKey, Operation, ResourceType};
    use bedrock_iam::runtime::ActionFacts;

    /// An action of Fallow.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Action {}

    bedrock_iam::action_enum!(empty Action, ResourceType, ConditionKey, Operation, FACTS, "fallow");

    static FACTS: [ActionFacts<Action, ResourceType, ConditionKey, Operation>; 0] = [];
}

mod resource_type {
    use super::{Action, ConditionKey};
    use bedrock_iam::runtime::ResourceTypeFacts;

    /// A resource type of Fallow.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum ResourceType {}

    bedrock_iam::resource_type_enum!(empty ResourceType, Action, ConditionKey, FACTS, "fallow");

    static FACTS: [ResourceTypeFacts<ResourceType, Action, ConditionKey>; 0] = [];
}

mod condition_key {
    use bedrock_iam::runtime::ConditionKeyFacts;

    /// A condition key of Fallow.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum ConditionKey {}

    bedrock_iam::condition_key_enum!(empty ConditionKey, FACTS, "fallow");

    static FACTS: [ConditionKeyFacts<ConditionKey>; 0] = [];
}

mod operation {
    use bedrock_iam::runtime::OperationFacts;

    /// An API operation of Fallow.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Operation {}

    bedrock_iam::operation_enum!(empty Operation, FACTS, "fallow");

    static FACTS: [OperationFacts<Operation>; 0] = [];
}

pub use actions::Action;
pub use arn::AnyArn;
pub use condition_key::ConditionKey;
pub use operation::Operation;
pub use resource_type::ResourceType;
