//! How the reference lays out its pages: sections, columns and anchors. Readers and those who write
//! addresses take all of it from here.

use iam_policy::Layout;

use crate::error::{Error, Result, quoted};
use crate::tables::Tables;

/// The layout of a page: that of its table of actions.
pub fn of(tables: &Tables) -> Layout {
    let actions = tables
        .sections
        .iter()
        .filter(|section| section.kind == SectionKind::Actions);
    let classic = actions
        .filter_map(|section| section.table.as_ref())
        .any(|table| table.columns == CLASSIC_ACTIONS);
    if classic {
        Layout::Classic
    } else {
        Layout::Current
    }
}

/// What an id has between the page's slug and the name of the thing.
const fn infix(layout: Layout, thing: Anchored) -> &'static str {
    match (layout, thing) {
        (Layout::Current, Anchored::Action) => "action-",
        (Layout::Current, Anchored::ResourceType) => "resource-",
        (Layout::Classic, _) | (_, Anchored::ConditionKey) => "",
    }
}

/// What a section lists, known by the end of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// API operations and the actions each needs (current layout).
    Operations,
    /// Actions.
    Actions,
    /// Actions that no operation is authorized by alone (current layout).
    PermissionOnlyActions,
    /// Resource types with their ARNs.
    ResourceTypes,
    /// Condition keys with their types.
    ConditionKeys,
}

impl SectionKind {
    const ALL: [Self; 5] = [
        Self::Operations,
        Self::Actions,
        Self::PermissionOnlyActions,
        Self::ResourceTypes,
        Self::ConditionKeys,
    ];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Operations => "-operations",
            Self::Actions => "-actions-as-permissions",
            Self::PermissionOnlyActions => "-permission-only-actions",
            Self::ResourceTypes => "-resources-for-iam-policies",
            Self::ConditionKeys => "-policy-keys",
        }
    }

    /// The kind that a heading's id stands for, and what comes before its ending: the page's slug.
    pub fn of_id(id: &str) -> Option<(Self, &str)> {
        Self::ALL
            .into_iter()
            .find_map(|kind| Some((kind, id.strip_suffix(kind.suffix())?)))
    }

    /// The columns that its table can have.
    const fn columns(self) -> &'static [&'static [Column]] {
        match self {
            Self::Operations => &[OPERATIONS, OPERATIONS_OF_CLIENTS],
            Self::Actions => &[ACTIONS, CLASSIC_ACTIONS],
            Self::PermissionOnlyActions => &[ACTIONS],
            Self::ResourceTypes => &[RESOURCE_TYPES],
            Self::ConditionKeys => &[CONDITION_KEYS],
        }
    }

    /// The columns of its table, by how many there are.
    ///
    /// # Errors
    /// As many columns as no layout has.
    pub(crate) fn columns_of(self, count: usize) -> Result<&'static [Column]> {
        let mut known = self.columns().iter().copied();
        known.find(|columns| columns.len() == count).ok_or_else(|| {
            let counts = self.columns().iter();
            let expected: Vec<_> = counts.map(|columns| columns.len().to_string()).collect();
            Error::new(format!("{count} columns"), expected.join(" or "))
                .hint("the reference may have changed its layout")
        })
    }

    /// What a message calls its table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operations => "operations table",
            Self::Actions => "actions table",
            Self::PermissionOnlyActions => "permission-only actions table",
            Self::ResourceTypes => "resource types table",
            Self::ConditionKeys => "condition keys table",
        }
    }
}

/// A column of some table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name of what the row is about.
    Name,
    /// A sentence about it.
    Description,
    /// The access levels of an action.
    AccessLevel,
    /// The resource types that an action can be scoped to.
    ResourceTypes,
    /// The condition keys in effect for an action or a resource type.
    ConditionKeys,
    /// The further actions that an action asks for.
    DependentActions,
    /// The template of a resource type's ARNs.
    Arn,
    /// The type of a condition key's value.
    ValueType,
    /// The SDK client that has an operation.
    Client,
    /// The actions that an operation needs.
    Action,
    /// The condition keys whose values an operation fixes.
    ContextKey,
    /// Those values.
    ContextValues,
}

use Column::{
    AccessLevel, Action, Arn, Client, ConditionKeys, ContextKey, ContextValues, DependentActions,
    Description, Name, ResourceTypes, ValueType,
};

pub(crate) const CLASSIC_ACTIONS: &[Column] = &[
    Name,
    Description,
    AccessLevel,
    ResourceTypes,
    ConditionKeys,
    DependentActions,
];
const ACTIONS: &[Column] = &[Name, Description, ResourceTypes, ConditionKeys, AccessLevel];
const OPERATIONS: &[Column] = &[Name, Action, ContextKey, ContextValues, AccessLevel];
const OPERATIONS_OF_CLIENTS: &[Column] =
    &[Name, Client, Action, ContextKey, ContextValues, AccessLevel];
pub(crate) const RESOURCE_TYPES: &[Column] = &[Name, Arn, ConditionKeys];
pub(crate) const CONDITION_KEYS: &[Column] = &[Name, Description, ValueType];

/// What a row with an id of its own is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchored {
    Action,
    ResourceType,
    ConditionKey,
}

/// How the ids of one page are made up: `list_bedrock-action-InvokeModel` or
/// `amazonbedrock-InvokeModel`.
pub(crate) struct Ids {
    slug: String,
    layout: Layout,
}

impl Ids {
    /// The ids of the page of a name.
    pub(crate) fn new(page: &str, layout: Layout) -> Self {
        let slug = match layout {
            Layout::Classic => page.to_owned(),
            Layout::Current => format!("list_{page}"),
        };
        Self { slug, layout }
    }

    /// The ids of a page that was read.
    ///
    /// # Errors
    /// Sections whose ids begin differently.
    pub(crate) fn of(tables: &Tables) -> Result<Self> {
        let slug = tables
            .sections
            .first()
            .map(|section| section.slug.clone())
            .unwrap_or_default();
        if let Some(other) = tables.sections.iter().find(|section| section.slug != slug) {
            return Err(Error::new(
                format!(
                    "ids that begin with {} and with {}",
                    quoted(&slug),
                    quoted(&other.slug)
                ),
                "one beginning for all sections",
            ));
        }
        Ok(Self {
            slug,
            layout: of(tables),
        })
    }

    /// The id of a section.
    pub(crate) fn section(&self, kind: SectionKind) -> String {
        format!("{}{}", self.slug, kind.suffix())
    }

    /// The id of the row about a thing.
    ///
    /// Ids drop spaces and angle brackets, and write `_` for most other signs:
    /// `aws:RequestTag/${TagKey}` is at `aws_RequestTag___TagKey_`.
    pub(crate) fn row(&self, thing: Anchored, name: &str) -> String {
        let kept = name.chars().filter(|c| !matches!(c, '<' | '>' | ' '));
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') {
                c
            } else {
                '_'
            }
        };
        format!(
            "{}-{}{}",
            self.slug,
            infix(self.layout, thing),
            kept.map(plain).collect::<String>()
        )
    }

    /// The action that an id stands for; the ids of actions are exact.
    pub(crate) fn action<'a>(&self, id: &'a str) -> Option<&'a str> {
        id.strip_prefix(&self.slug)?
            .strip_prefix('-')?
            .strip_prefix(infix(self.layout, Anchored::Action))
            .filter(|name| !name.is_empty())
    }

    /// What is left of an id without the page's slug and the kind of thing.
    pub(crate) fn local<'a>(&self, id: &'a str, thing: Anchored) -> &'a str {
        let id = id.strip_prefix(&self.slug).unwrap_or(id);
        let id = id.strip_prefix('-').unwrap_or(id);
        id.strip_prefix(infix(self.layout, thing)).unwrap_or(id)
    }
}

/// What is left of a name in any id: ids lose signs and spaces, not letters (`bot alias` is
/// `botalias`).
pub(crate) fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
