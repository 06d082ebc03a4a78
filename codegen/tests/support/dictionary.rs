//! The labels and other fixed words of pages in each language.

use iam_policy::wire::{AccessLevel, Locale};

use super::noise::Noise;

/// The words of one language. If there are several words for a label, pages choose one for each
/// row.
#[derive(Debug)]
pub struct Dictionary {
    /// The language.
    pub locale: Locale,
    /// The heading before and after the service's name.
    pub heading: (&'static str, &'static str),
    /// The access levels, in the order of [`AccessLevel::ALL`].
    pub levels: [&'static [&'static str]; 5],
    /// The separators of levels in one cell.
    pub commas: &'static [&'static str],
    /// The marks of permission-only actions, without brackets.
    pub permission_only: &'static [&'static str],
    /// The brackets.
    pub brackets: &'static [(&'static str, &'static str)],
    /// The value types that are translated.
    pub types: &'static [(&'static str, &'static [&'static str])],
    /// The column headers, by [`Head`].
    pub headers: [&'static str; 12],
    /// The label of a scenario.
    pub scenario: &'static str,
    /// The machine translation of a name in link texts.
    pub thing: &'static str,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub enum Head {
    Operation,
    SdkClient,
    IamAction,
    ConditionKey,
    Values,
    Level,
    Actions,
    Description,
    ResourceTypes,
    ConditionKeys,
    DependentActions,
    Type,
}

impl Dictionary {
    /// Returns the header of a column.
    pub fn head(&self, head: Head) -> String {
        self.headers[head as usize].to_owned()
    }

    /// Returns the page's heading for a service.
    pub fn titled(&self, service: &str) -> String {
        format!("{}{service}{}", self.heading.0, self.heading.1)
    }

    /// Returns a word for a level.
    pub fn level(&self, level: AccessLevel, noise: &mut Noise) -> &'static str {
        let at = AccessLevel::ALL.iter().position(|it| *it == level);
        noise.pick(self.levels[at.unwrap_or_default()])
    }

    /// Returns a word for a value type.
    pub fn value_type<'a>(&self, name: &'a str, noise: &mut Noise) -> &'a str {
        let known = self.types.iter().find(|(english, _)| *english == name);
        known.map_or(name, |(_, words)| noise.pick(words))
    }

    /// Returns a mark of permission-only actions.
    pub fn mark(&self, noise: &mut Noise) -> String {
        let (open, close) = self.brackets[noise.below(self.brackets.len())];
        format!("{open}{}{close}", noise.pick(self.permission_only))
    }
}

const SQUARE: &[(&str, &str)] = &[("[", "]")];
const WIDE: &[(&str, &str)] = &[("[", "]"), ("［", "］"), ("【", "】")];

/// English.
pub const ENGLISH: Dictionary = Dictionary {
    locale: Locale::EnUs,
    heading: ("Actions, resources, and condition keys for ", ""),
    levels: [
        &["List"],
        &["Read"],
        &["Write"],
        &["Permissions management"],
        &["Tagging"],
    ],
    commas: &[", "],
    permission_only: &["permission only"],
    brackets: SQUARE,
    types: &[],
    headers: [
        "Operations",
        "SDK client",
        "IAM action",
        "Condition key",
        "Possible value(s)",
        "Access level",
        "Actions",
        "Description",
        "Resource types (*required)",
        "Condition keys",
        "Dependent actions",
        "Type",
    ],
    scenario: "SCENARIO:",
    thing: "thing",
};

/// Every language, English first.
pub const DICTIONARIES: [&Dictionary; 11] = [
    &ENGLISH,
    &west::GERMAN,
    &west::SPANISH,
    &west::FRENCH,
    &west::INDONESIAN,
    &west::ITALIAN,
    &east::JAPANESE,
    &east::KOREAN,
    &west::PORTUGUESE,
    &east::SIMPLIFIED_CHINESE,
    &east::TRADITIONAL_CHINESE,
];

mod east;
mod west;
