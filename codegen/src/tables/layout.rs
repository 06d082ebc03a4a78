//! The layouts of the reference's pages: sections, columns and anchors. Parsers and links into the
//! reference both use these definitions.

use iam_policy::Layout;

use crate::error::{Error, Result, quoted};
use crate::tables::Tables;

/// Returns the layout of a page, which depends on the columns of its actions table.
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

/// Returns the part of an id between the page's slug and the name.
const fn infix(layout: Layout, thing: Anchored) -> &'static str {
    match (layout, thing) {
        (Layout::Current, Anchored::Action) => "action-",
        (Layout::Current, Anchored::ResourceType) => "resource-",
        (Layout::Classic, _) | (_, Anchored::ConditionKey) => "",
    }
}

/// A kind of section, identified by the end of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// API operations and the actions that each needs (current layout).
    Operations,
    /// Actions.
    Actions,
    /// Actions that do not correspond to an operation (current layout).
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

    /// Splits a heading's id into the kind of section and the page's slug.
    pub fn of_id(id: &str) -> Option<(Self, &str)> {
        Self::ALL
            .into_iter()
            .find_map(|kind| Some((kind, id.strip_suffix(kind.suffix())?)))
    }

    /// Returns the columns that its table has in each layout.
    const fn columns(self) -> &'static [&'static [Column]] {
        match self {
            Self::Operations => &[OPERATIONS, OPERATIONS_OF_CLIENTS],
            Self::Actions => &[ACTIONS, CLASSIC_ACTIONS],
            Self::PermissionOnlyActions => &[ACTIONS],
            Self::ResourceTypes => &[RESOURCE_TYPES],
            Self::ConditionKeys => &[CONDITION_KEYS],
        }
    }

    /// Returns the columns of its table, given their number.
    ///
    /// # Errors
    /// Returns [`Error`] if no layout has that number of columns.
    pub(crate) fn columns_of(self, count: usize) -> Result<&'static [Column]> {
        let mut known = self.columns().iter().copied();
        known.find(|columns| columns.len() == count).ok_or_else(|| {
            let counts = self.columns().iter();
            let expected: Vec<_> = counts.map(|columns| columns.len().to_string()).collect();
            Error::new(format!("{count} columns"), expected.join(" or "))
                .hint("the reference may have changed its layout")
        })
    }

    /// Returns the name of its table for messages.
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

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name of the row's entry.
    Name,
    /// Its description.
    Description,
    /// The access levels of an action.
    AccessLevel,
    /// The resource types that an action can be scoped to.
    ResourceTypes,
    /// The condition keys in effect for an action or a resource type.
    ConditionKeys,
    /// The additional actions that an action requires.
    DependentActions,
    /// The template of a resource type's ARNs.
    Arn,
    /// The type of a condition key's value.
    ValueType,
    /// The SDK client of an operation.
    Client,
    /// The actions that an operation needs.
    Action,
    /// The condition keys with fixed values in an operation's request.
    ContextKey,
    /// The values of these keys.
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

/// The headers of these columns on English pages.
pub(crate) const HEADERS: [&str; 14] = [
    "Operations",
    "SDK client",
    "IAM action",
    "Condition key",
    "Possible value(s)",
    "Access level",
    "Actions",
    "Description",
    "Resource types",
    "Resource types (*required)",
    "Condition keys",
    "Dependent actions",
    "ARN",
    "Type",
];

/// An entry whose row has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchored {
    Action,
    ResourceType,
    ConditionKey,
}

/// The ids of one page, such as `list_bedrock-action-InvokeModel` or `amazonbedrock-InvokeModel`.
pub(crate) struct Ids {
    slug: String,
    layout: Layout,
}

impl Ids {
    /// Returns the ids of a page, given its name.
    pub(crate) fn new(page: &str, layout: Layout) -> Self {
        let slug = match layout {
            Layout::Classic => page.to_owned(),
            Layout::Current => format!("list_{page}"),
        };
        Self { slug, layout }
    }

    /// Returns the ids of a page, given its tables.
    ///
    /// # Errors
    /// Returns [`Error`] if the ids of the sections have different slugs.
    pub(crate) fn of(tables: &Tables) -> Result<Self> {
        let slug = tables
            .sections
            .first()
            .map(|section| section.slug.clone())
            .unwrap_or_default();
        if let Some(other) = tables.sections.iter().find(|section| section.slug != slug) {
            return Err(Error::new(
                format!(
                    "section ids that begin with {} and with {}",
                    quoted(&slug),
                    quoted(&other.slug)
                ),
                "the same beginning for all sections",
            ));
        }
        Ok(Self {
            slug,
            layout: of(tables),
        })
    }

    /// Returns the id of a section.
    pub(crate) fn section(&self, kind: SectionKind) -> String {
        format!("{}{}", self.slug, kind.suffix())
    }

    /// Returns the id of an entry's row.
    ///
    /// Spaces and angle brackets are dropped, and most other punctuation is replaced with `_`:
    /// `aws:RequestTag/${TagKey}` becomes `aws_RequestTag___TagKey_`.
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

    /// Returns the action that an id identifies; the ids of actions are exact.
    pub(crate) fn action<'a>(&self, id: &'a str) -> Option<&'a str> {
        id.strip_prefix(&self.slug)?
            .strip_prefix('-')?
            .strip_prefix(infix(self.layout, Anchored::Action))
            .filter(|name| !name.is_empty())
    }

    /// Removes the page's slug and the kind of entry from an id.
    pub(crate) fn local<'a>(&self, id: &'a str, thing: Anchored) -> &'a str {
        let id = id.strip_prefix(&self.slug).unwrap_or(id);
        let id = id.strip_prefix('-').unwrap_or(id);
        id.strip_prefix(infix(self.layout, thing)).unwrap_or(id)
    }
}

/// Returns the letters and digits of a name, which every id preserves (`bot alias` becomes
/// `botalias`).
pub(crate) fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
