//! The sentences of each kind of change: what changed, what that means for an existing policy, and
//! the guard that may be lost.
//!
//! `{who}` stands for the rows, every other name in braces for an argument that
//! [`Judge`](super::judge::Judge) gives the kind.

use super::change::Kind;
use super::report::Section;

/// The sentences of a kind.
pub(super) struct Sentences {
    pub(super) section: Section,
    pub(super) headline: &'static str,
    pub(super) meaning: &'static str,
    /// Why a statement that guards something may have stopped doing so.
    pub(super) guard: Option<&'static str>,
}

macro_rules! sentences {
    ($($kind:ident $case:pat => $section:ident: $headline:literal, $meaning:expr, $guard:expr;)+) => {
        /// The sentences of a kind; some kinds have a special case.
        pub(super) const fn of(kind: &Kind, case: bool) -> Sentences {
            let (section, headline, meaning, guard) = match (kind, case) {
                $((Kind::$kind { .. }, $case) => (Section::$section, $headline, $meaning, $guard),)+
            };
            Sentences { section, headline, meaning, guard }
        }
    };
}

pub(super) const NO_CHANGE: &str = "no policy changes";
const SAME_ARNS: &str = "no policy changes: the ARNs are the same under another name";
const NOTHING: &str = "statements that name removed rows match nothing in the reference";
const ABSENT: &str = "absent from requests: conditions with `…Not…`, `…IfExists` or `ForAllValues` \
                      match, most others do not";

sentences! {
    ServiceGone _ => Removed: "service removed: {service}",
        "statements on the service match nothing: check whether it closed or moved", None;
    ServiceAppeared _ => New: "new service: {service}",
        "covered so far only by an Allow of `*` or with `NotAction`", None;
    PrefixChanged _ => Changed: "prefix of actions: {old} → {new}",
        "statements that name {old} match nothing", Some("a Deny that names {old} no longer matches");
    ServiceNameChanged _ => Links: "name of the service: {old} → {new}", NO_CHANGE, None;
    PageChanged _ => Links: "page: {old} → {new}", NO_CHANGE, None;
    ApiLinkChanged _ => Links: "API link changed: {who}", NO_CHANGE, None;
    // a table of operations is the case
    TableGone true => Removed: "table removed: {rows}", NO_CHANGE, None;
    TableGone false => Removed: "table removed: {rows}",
        "statements and conditions that name removed rows may no longer match", None;
    TableAppeared true => New: "new table: {rows}", NO_CHANGE, None;
    TableAppeared false => New: "new table: {rows}", "policies can name the new rows", None;
    ActionRemoved _ => Removed: "action removed: {who}", "delete or replace the name in statements", None;
    // an action that is grave
    ActionAdded true => New: "new action ({levels}): {who}",
        "check each Allow with a wildcard or `NotAction`: deny what is not meant", None;
    ActionAdded false => New: "new action ({levels}): {who}",
        "allowed only by wildcards and `NotAction` so far", None;
    ResourceTypeRemoved _ => Removed: "resource type removed: {who}", NOTHING, None;
    ResourceTypeAdded _ => New: "new resource type: {who}", "supported by {users}", None;
    // a key that actions have still
    ConditionKeyRemoved true => Removed: "condition key removed: {who}",
        "only the row was removed: still in effect for {users}", None;
    ConditionKeyRemoved false => Removed: "condition key removed: {who}", ABSENT,
        Some("conditions on a removed key no longer guard");
    ConditionKeyAdded _ => New: "new condition key ({type}): {who}", "in effect for {users}", None;
    // an operation that another SDK client has
    OperationRemoved true => Removed: "{who}: no longer in {client}",
        "still callable otherwise: keep what is allowed", None;
    OperationRemoved false => Removed: "operation removed: {who}",
        "permissions that no other call needs can be removed", None;
    OperationAdded true => New: "{who}: now also in {client}", "callers need {needs}", None;
    OperationAdded false => New: "new operation: {who}", "callers need {needs}", None;
    ScopingGained _ => Changed: "{who} can now be scoped to {scopes}, before only to `*`",
        "an Allow on `*` can be narrowed", None;
    ScopingLost _ => Changed: "{who} can now be scoped only to `*`, before to {scopes}",
        "statements that name ARNs match nothing: name `*` as the resource",
        Some("a Deny that names ARNs no longer matches");
    // ARNs that stay the same
    ResourceTypesGained true => Changed: "{who} can now be scoped to {scopes}", SAME_ARNS, None;
    ResourceTypesGained false => Changed: "{who} can now be scoped to {scopes}",
        "an Allow on `*` also reaches {types}", None;
    ResourceTypesLost true => Changed: "{who} can no longer be scoped to {scopes}", SAME_ARNS, None;
    ResourceTypesLost false => Changed: "{who} can no longer be scoped to {scopes}",
        "statements that name ARNs of {types} no longer match",
        Some("a Deny on ARNs of {types} no longer matches");
    RequiredChanged true => Changed: "{type} is now required for {who}",
        "an Allow also has to reach an ARN of {type}", None;
    RequiredChanged false => Changed: "{type} is now optional for {who}",
        "an Allow need not reach an ARN of {type}",
        Some("a Deny on ARNs of {type} may no longer stop every call");
    KeyGained _ => Changed: "{key} is now in effect for {who}{on}", "conditions can test {key}", None;
    KeyLost _ => Changed: "{key} is no longer in effect for {who}{on}", ABSENT,
        Some("conditions on {key} no longer guard");
    AccessLevelsChanged _ => Changed: "access level of {who}: {old} → {new}",
        "statements that name actions stay as they are", None;
    // the reference states it another way, with or without the table of operations
    DependentActionsChanged true => Changed: "dependent actions of {who}: {delta}",
        "stated another way, IAM need not have changed: keep what is allowed, check what was added", None;
    DependentActionsChanged false => Changed: "dependent actions of {who}: {delta}", "{callers}", None;
    PermissionOnlyChanged true => Changed: "now permission-only: {who}", NO_CHANGE, None;
    PermissionOnlyChanged false => Changed: "no longer permission-only: {who}", NO_CHANGE, None;
    ScenariosChanged _ => Changed: "scenarios of {who}: {delta}",
        "an Allow has to reach the resource types of the scenario in use", None;
    ArnChanged true => Changed: "ARNs of {who}: {old} → {new}",
        "no policy changes: placeholders and builder fields are renamed", None;
    ArnChanged false => Changed: "ARNs of {who}: {old} → {new}", "ARNs of the old form match nothing",
        Some("a Deny that names ARNs of the old form no longer matches");
    ResourceTypeKeysChanged _ => Changed: "condition keys of {who} itself: {delta}",
        "actions that take other keys are listed", None;
    KeyTypeChanged true => Changed: "value type of {who}: {old} → {new}",
        "no policy changes: the same type in another spelling", None;
    KeyTypeChanged false => Changed: "value type of {who}: {old} → {new}",
        "check that the operators of conditions still match", None;
    // an action that is no longer needed
    OperationChanged true => Changed: "required actions of {who}: {delta}", "{callers}",
        Some("a Deny of {lost} no longer stops the call");
    OperationChanged false => Changed: "required actions of {who}: {delta}", "{callers}", None;
}
