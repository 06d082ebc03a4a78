//! Foreign actions, checked against the modules.

/// Creates a [`ForeignAction`](crate::ForeignAction) from a literal.
///
/// The literal is checked at compile time: its form and, if the service has a module that is enabled,
/// its name. The name of an SDK client or endpoint, such as `bedrock-runtime`, is not accepted as a
/// prefix. An action of such a service is better written as its type, such as
/// `bedrock::action::InvokeModel`, because a statement then also checks resources and condition keys.
///
/// `foreign_action!(glob "s3:Get*")` accepts the wildcards `*` and `?`.
/// `foreign_action!(newer "bedrock:InvokeOrchard")` is for an action that is newer than the crate.
///
/// ```
/// use bedrock_iam::{AnyResource, Statement, foreign_action};
///
/// let statement = Statement::allow(foreign_action!("ec2:DescribeVpcs")).on(AnyResource);
/// ```
///
/// ```compile_fail
/// bedrock_iam::foreign_action!("bedrock:InvokeModle");
/// ```
///
/// ```compile_fail
/// bedrock_iam::foreign_action!(glob "bedrock-runtime:Invoke*");
/// ```
#[macro_export]
macro_rules! foreign_action {
    (glob $pattern:expr) => {{
        const ACTION: $crate::ForeignAction = {
            $crate::runtime::check_prefix($pattern, $crate::SERVICES);
            $crate::runtime::action_glob($pattern)
        };
        ACTION
    }};
    (newer $name:expr) => {{
        const ACTION: $crate::ForeignAction = {
            $crate::runtime::check_prefix($name, $crate::SERVICES);
            $crate::runtime::action_literal($name)
        };
        ACTION
    }};
    ($name:expr) => {{
        const ACTION: $crate::ForeignAction = {
            $crate::runtime::check_prefix($name, $crate::SERVICES);
            $crate::runtime::check_action($name, $crate::SERVICES);
            $crate::runtime::action_literal($name)
        };
        ACTION
    }};
}
