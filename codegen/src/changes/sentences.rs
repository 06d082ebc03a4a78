//! The table of kinds of change: section, effect on the crate's version, and sentences (what changed,
//! what that means for an existing policy, and which guard may be lost).
//!
//! `{who}` is replaced by the rows, every other name in braces by an argument that
//! [`Judge`](super::judge::Judge) provides for the kind.

use super::change::{Kind, Rows, Table};
use super::report::Section;
use super::verdict::Bump;

/// The sentences and judgement of a kind of change: a row of the table.
pub(super) struct Sentences {
    pub(super) section: Section,
    pub(super) bump: Bump,
    pub(super) headline: &'static str,
    pub(super) meaning: &'static str,
    /// Why a statement that restricts something may have stopped doing so.
    pub(super) guard: Option<&'static str>,
}

macro_rules! sentences {
    ($($kind:pat, $special:pat => $section:ident $bump:ident: $headline:literal, $meaning:expr, $guard:expr;)+) => {
        /// Returns the row of a kind; some kinds have a special case.
        pub(super) const fn of(kind: &Kind, special: bool) -> Sentences {
            use Kind::*;
            let (section, bump, headline, meaning, guard) = match (kind, special) {
                $(($kind, $special) => (Section::$section, Bump::$bump, $headline, $meaning, $guard),)+
            };
            Sentences { section, bump, headline, meaning, guard }
        }
    };
}

pub(super) const NO_CHANGE: &str = "no policy changes";
const SAME_ARNS: &str = "no policy changes: the ARNs are the same under another name";
const BY_WILDCARD: &str = "so far allowed only by wildcards and `NotAction`";

sentences! {
    IdentifierMoved { .. }, _ => Changed Major: "{identifier} now stands for {new}, no longer for {old}",
        "programs that use it compile as before, and their policies name {new}", None;
    IdentifierChanged { .. }, _ => Changed Major: "identifier of {name}: {old} → {new}",
        "no policy changes: programs have to use {new} instead of {old}", None;
    ModuleChanged(_), _ => Changed Major: "module: {old} → {new}",
        "no policy changes: programs have to use {new} instead of {old}", None;
    ServiceGone(_), _ => Removed Major: "service removed: {service}",
        "statements on the service match nothing: check whether it closed or moved", None;
    ServiceAppeared(_), _ => New Minor: "new service: {service}",
        "so far allowed only by `*` and `NotAction`", None;
    PrefixChanged(_), _ => Changed Major: "prefix of actions: {old} → {new}",
        "actions with the prefix {old} match nothing",
        Some("a Deny of actions with the prefix {old} no longer matches");
    ServiceNameChanged(_), _ => Links Patch: "name of the service: {old} → {new}", NO_CHANGE, None;
    PageChanged(_), _ => Links Patch: "page: {old} → {new}", NO_CHANGE, None;
    ApiLinkChanged(_), _ => Links Patch: "API link changed: {who}", NO_CHANGE, None;
    TableGone(Rows { table: Table::Actions, .. }), _ => Removed Minor: "table removed: {rows}",
        "statements that name the actions match nothing", None;
    TableGone(Rows { table: Table::ResourceTypes, .. }), _ => Removed Minor: "table removed: {rows}",
        "statements that name only their ARNs match nothing in the reference", None;
    TableGone(Rows { table: Table::ConditionKeys, .. }), _ => Removed Minor: "table removed: {rows}",
        "requests contain only those keys that actions still list", None;
    TableGone(Rows { table: Table::Operations, .. }), _ => Removed Minor: "table removed: {rows}",
        "no policy changes: the reference no longer lists the actions that calls require", None;
    TableAppeared(Rows { table: Table::Actions, .. }), _ => New Minor: "new table: {rows}", BY_WILDCARD, None;
    TableAppeared(Rows { table: Table::ResourceTypes, .. }), _ => New Minor: "new table: {rows}",
        "statements can name their ARNs", None;
    TableAppeared(Rows { table: Table::ConditionKeys, .. }), _ => New Minor: "new table: {rows}",
        "conditions can test the keys that actions list", None;
    TableAppeared(Rows { table: Table::Operations, .. }), _ => New Minor: "new table: {rows}",
        "no policy changes: the reference now lists the actions that calls require", None;
    ActionRemoved(_), _ => Removed Minor: "action removed: {who}",
        "delete or replace the name in statements", None;
    // special case: the action is marked
    ActionAdded(_), true => New Minor: "new action ({levels}): {who}",
        "check each Allow with a wildcard or `NotAction`: deny unintended access", None;
    ActionAdded(_), false => New Minor: "new action ({levels}): {who}", BY_WILDCARD, None;
    ResourceTypeRemoved(_), _ => Removed Minor: "resource type removed: {who}",
        "statements that name only ARNs of a removed type match nothing in the reference", None;
    ResourceTypeAdded(_), _ => New Minor: "new resource type: {who}", "supported by {users}", None;
    // special case: actions still list the key
    ConditionKeyRemoved(_), true => Removed Minor: "condition key removed: {who}",
        "only the row was removed: still in effect for {users}", None;
    ConditionKeyRemoved(_), false => Removed Minor: "condition key removed: {who}",
        "requests no longer contain the key: conditions on it never match; with a negated operator, `…IfExists`, \
         `ForAllValues` or `Null`: `true`, they always match",
        Some("conditions on a removed key no longer restrict requests");
    ConditionKeyAdded(_), _ => New Minor: "new condition key ({type}): {who}", "in effect for {users}", None;
    // special case: another SDK client has the operation
    OperationRemoved(_), true => Removed Minor: "{who}: no longer in {client}",
        "still callable otherwise: keep the permissions", None;
    OperationRemoved(_), false => Removed Minor: "operation removed: {who}",
        "permissions that no other call requires can be removed", None;
    OperationAdded(_), true => New Minor: "{who}: now also in {client}", "callers need {needs}", None;
    OperationAdded(_), false => New Minor: "new operation: {who}", "callers need {needs}", None;
    ScopingGained { .. }, _ => Changed Minor: "{who} can now be scoped to {scopes}, not only to `*`",
        "an Allow on `*` can be narrowed", None;
    ScopingLost { .. }, _ => Changed Minor: "{who} can now be scoped only to `*`, no longer to {scopes}",
        "statements that name ARNs match nothing: name `*` as the resource",
        Some("a Deny that names ARNs no longer matches");
    // special case: the ARNs are the same under another name
    ResourceTypesGained { .. }, true => Changed Minor: "{who} can now be scoped to {scopes}", SAME_ARNS, None;
    ResourceTypesGained { .. }, false => Changed Minor: "{who} can now be scoped to {scopes}",
        "an Allow on `*` also reaches {types}", None;
    ResourceTypesLost { .. }, true => Changed Minor: "{who} can no longer be scoped to {scopes}", SAME_ARNS, None;
    ResourceTypesLost { .. }, false => Changed Minor: "{who} can no longer be scoped to {scopes}",
        "statements that name ARNs of {types} no longer match",
        Some("a Deny on ARNs of {types} no longer matches");
    RequiredChanged { required: true, .. }, _ => Changed Minor: "{type} is now required for {who}",
        "an Allow also has to reach an ARN of {type}", None;
    RequiredChanged { required: false, .. }, _ => Changed Minor: "{type} is now optional for {who}",
        "an Allow need not reach an ARN of {type}",
        Some("a Deny on ARNs of {type} may no longer stop every call");
    KeyGained(_), _ => Changed Minor: "{keys} {is} now in effect for {who}{on}", "conditions can test the key", None;
    KeyLost(_), _ => Changed Minor: "{key} no longer in effect for {who}{on}",
        "requests no longer contain {key}: conditions on it never match; with a negated operator, `…IfExists`, \
         `ForAllValues` or `Null`: `true`, they always match",
        Some("conditions on {key} no longer restrict requests");
    AccessLevelsChanged { restated: true, .. }, _ => Changed Minor: "access level of {who}: {delta}",
        "IAM is unchanged: only the current layout also states Write for actions that tag or manage permissions; \
         affects only policies that are made by access level", None;
    AccessLevelsChanged { restated: false, .. }, _ => Changed Minor: "access level of {who}: {old} → {new}",
        "affects only policies that are made by access level", None;
    // the table of operations was added or removed as well; special case: only the form changed
    DependentActionsChanged { restated: true, .. }, true => Links Patch: "dependent actions of {who}: {delta}",
        "no policy changes: only the classic layout states them for the action itself", None;
    DependentActionsChanged { restated: true, .. }, false => Changed Minor: "dependent actions of {who}: {delta}",
        "the reference states them in another form, IAM may be unchanged: keep permissions, check added actions",
        None;
    DependentActionsChanged { restated: false, .. }, _ => Changed Minor: "dependent actions of {who}: {delta}",
        "{callers}", None;
    PermissionOnlyChanged { permission_only: true }, _ => Changed Minor: "now permission-only: {who}",
        "no policy changes: does not correspond to an API operation", None;
    PermissionOnlyChanged { permission_only: false }, _ => Changed Minor: "no longer permission-only: {who}",
        "no policy changes: now corresponds to an API operation", None;
    ScenariosChanged(_), _ => Changed Minor: "scenarios of {who}: {delta}",
        "an Allow has to reach the resource types of the scenario in use", None;
    ArnChanged(_), true => Changed Minor: "ARNs of {who}: {old} → {new}",
        "no policy changes: placeholders and builder fields are renamed", None;
    ArnChanged(_), false => Changed Minor: "ARNs of {who}: {old} → {new}", "ARNs of the old form match nothing",
        Some("a Deny that names ARNs of the old form no longer matches");
    ResourceTypeKeysChanged(_), _ => Changed Minor: "own condition keys of {who}: {delta}",
        "effects on actions are listed separately", None;
    KeyTypeChanged(_), true => Changed Patch: "value type of {who}: {old} → {new}",
        "no policy changes: the same type in another spelling", None;
    KeyTypeChanged(_), false => Changed Major: "value type of {who}: {old} → {new}",
        "check that the operators of conditions still match",
        Some("a Deny with an operator for {old} may no longer match");
    // special case: an action is no longer required
    OperationChanged { .. }, true => Changed Minor: "required actions of {who}: {delta}", "{callers}",
        Some("a Deny of {lost} no longer stops the call");
    OperationChanged { .. }, false => Changed Minor: "required actions of {who}: {delta}", "{callers}", None;
}
