//! Identifiers of the reference's names.
//!
//! A name gets its identifier once. The identifiers of a module are in `names.json` next to its
//! facts, and stay there after the name is removed, so that none ever gets another meaning: of two
//! names that would become the same identifier, the one that came later gets a longer one.

mod keys;
mod overrides;
mod placeholders;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{self, Service};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::overlay::{Kind, Overlay};

pub use keys::KeyName;
pub use overrides::{Override, check as check_overrides};
pub(crate) use words::is_identifier;
use words::{numbered, snake, variant};

/// The identifiers of one service: the form of `names.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Variants by action name.
    #[serde(deserialize_with = "wire::unique")]
    pub actions: BTreeMap<String, String>,
    /// Variants by resource type.
    #[serde(deserialize_with = "wire::unique")]
    pub resource_types: BTreeMap<String, String>,
    /// Variants and constants by condition key.
    #[serde(deserialize_with = "wire::unique")]
    pub condition_keys: BTreeMap<String, KeyName>,
    /// Variants by operation name.
    #[serde(deserialize_with = "wire::unique")]
    pub operations: BTreeMap<String, String>,
    /// Fields and parameters by placeholder of ARN formats and condition keys. Two placeholders of
    /// different formats may share one.
    #[serde(deserialize_with = "wire::unique")]
    pub placeholders: BTreeMap<String, String>,
}

impl Names {
    /// Assigns identifiers to the names of a service, and to further resource types and condition
    /// keys: those in `given` for names that have one, new ones for others.
    ///
    /// This includes resource types and condition keys that have no row, but are named in other
    /// rows. The result has the names of the service only.
    ///
    /// # Errors
    /// Returns [`Error`] if a name cannot become an identifier, if `given` has the same identifier
    /// twice, or if the overlay states another identifier for a name in `given`.
    pub fn assign(
        given: &Self,
        service: &Service,
        overlay: &Overlay,
        further_types: &BTreeSet<&str>,
        further_keys: &BTreeSet<&str>,
    ) -> Result<Self> {
        let types = service.resource_type_names();
        let keys = service.condition_key_names();
        let keys: BTreeSet<_> = keys.union(further_keys).copied().collect();
        let operations = service.operations.iter().map(|row| row.operation.as_str());
        let naming = Naming {
            page: &service.page,
            overlay,
        };
        Ok(Self {
            actions: naming.variants(
                Kind::Action,
                &given.actions,
                service.actions.keys().map(String::as_str),
            )?,
            resource_types: naming.variants(
                Kind::ResourceType,
                &given.resource_types,
                types.union(further_types).copied(),
            )?,
            condition_keys: keys::assign(&naming, &given.condition_keys, &service.prefix, &keys)?,
            operations: naming.variants(Kind::Operation, &given.operations, operations)?,
            placeholders: naming.placeholders(&given.placeholders, service, &keys)?,
        })
    }

    /// Returns the identifiers with an overlay's templates of keys in place of the names on the page.
    #[must_use]
    pub fn with_templates(&self, overlay: &Overlay) -> Self {
        let keys = self.condition_keys.iter();
        let templates = keys.map(|(key, it)| (overlay.key_template(key).to_owned(), it.clone()));
        Self {
            condition_keys: templates.collect(),
            ..self.clone()
        }
    }

    /// Adds identifiers; those of names that already have one stay. A name that is spelled in
    /// another case than before takes the place of its old spelling.
    pub fn extend(&mut self, other: Self) {
        fn add<T: PartialEq>(to: &mut BTreeMap<String, T>, from: BTreeMap<String, T>) {
            for (name, identifier) in from {
                if !to.contains_key(&name) {
                    to.retain(|other, it| {
                        !(other.eq_ignore_ascii_case(&name) && *it == identifier)
                    });
                    to.insert(name, identifier);
                }
            }
        }
        add(&mut self.actions, other.actions);
        add(&mut self.resource_types, other.resource_types);
        add(&mut self.condition_keys, other.condition_keys);
        add(&mut self.operations, other.operations);
        // those of different formats may differ in case only
        for (name, identifier) in other.placeholders {
            self.placeholders.entry(name).or_insert(identifier);
        }
    }

    /// Returns a name of `others` that has no identifier here.
    pub fn first_without<'a>(&self, others: &'a Self) -> Option<(Kind, &'a str)> {
        fn missing<'a, T>(
            kind: Kind,
            here: &BTreeMap<String, T>,
            others: &'a BTreeMap<String, T>,
        ) -> Option<(Kind, &'a str)> {
            let name = others.keys().find(|name| !here.contains_key(*name))?;
            Some((kind, name))
        }
        missing(Kind::Action, &self.actions, &others.actions)
            .or_else(|| {
                let (here, others) = (&self.resource_types, &others.resource_types);
                missing(Kind::ResourceType, here, others)
            })
            .or_else(|| {
                let (here, others) = (&self.condition_keys, &others.condition_keys);
                missing(Kind::ConditionKey, here, others)
            })
            .or_else(|| missing(Kind::Operation, &self.operations, &others.operations))
            .or_else(|| missing(Kind::Placeholder, &self.placeholders, &others.placeholders))
    }
}

/// The identifiers of one kind of name, in use or reserved, without case because the lookup of
/// generated names ignores it.
struct Taken {
    kind: Kind,
    owners: BTreeMap<String, String>,
}

impl Taken {
    fn new<'a>(
        kind: Kind,
        given: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> Result<Self> {
        let mut all = Self {
            kind,
            owners: BTreeMap::new(),
        };
        for (name, identifier) in given {
            check(kind, name, identifier)?;
            all.take(name, identifier)?;
        }
        Ok(all)
    }

    /// Returns whether the identifier is free for a new name.
    fn is_free(&self, identifier: &str) -> bool {
        !is_defined(self.kind, identifier)
            && !self.owners.contains_key(&identifier.to_ascii_lowercase())
    }

    fn take(&mut self, name: &str, identifier: &str) -> Result<()> {
        let place = identifier.to_ascii_lowercase();
        match self.owners.insert(place, name.to_owned()) {
            Some(other) => Err(taken(self.kind, &other, name, identifier)),
            None => Ok(()),
        }
    }
}

/// Returns what is given for a name: under its spelling, or under one in another case that is no
/// longer among the names, because IAM ignores case. Of several new spellings, the first gets it.
fn find<'g, T>(
    given: &'g BTreeMap<String, T>,
    name: &str,
    names: &BTreeSet<&str>,
) -> Option<&'g T> {
    given.get(name).or_else(|| {
        let is_new = |it: &&&str| it.eq_ignore_ascii_case(name) && !given.contains_key(**it);
        names.iter().find(is_new).filter(|first| **first == name)?;
        let respelled =
            |other: &&String| other.eq_ignore_ascii_case(name) && !names.contains(other.as_str());
        given
            .keys()
            .find(respelled)
            .and_then(|other| given.get(other))
    })
}

/// The rules that a service's names follow.
struct Naming<'a> {
    page: &'a str,
    overlay: &'a Overlay,
}

impl Naming<'_> {
    /// Returns the identifier that an override states.
    fn stated(&self, kind: Kind, name: &str) -> Option<&str> {
        overrides::identifier(self.page, self.overlay, kind, name)
    }

    /// Checks that the overlay does not state another identifier than the given one.
    fn agrees(&self, kind: Kind, name: &str, given: &str) -> Result<()> {
        match self.overlay.identifier(kind, name) {
            Some(stated) if stated != given => Err(Error::new(
                format!(
                    "{} for the {} {} in the overlay",
                    quoted(stated),
                    kind.name(),
                    quoted(name)
                ),
                format!("{}, which it has in names.json", quoted(given)),
            )
            .hint(
                "a name keeps its identifier; to change one before its first release, edit \
                 names.json",
            )),
            _ => Ok(()),
        }
    }

    /// Assigns the variants of an enum.
    fn variants<'n>(
        &self,
        kind: Kind,
        given: &BTreeMap<String, String>,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<BTreeMap<String, String>> {
        let mut taken = Taken::new(kind, given)?;
        let mut variants = BTreeMap::new();
        let mut unnamed = BTreeSet::new();
        let names: BTreeSet<_> = names.collect();
        for &name in &names {
            let identifier = match (find(given, name, &names), self.stated(kind, name)) {
                (Some(given), _) => {
                    self.agrees(kind, name, given)?;
                    given
                }
                (None, Some(stated)) => {
                    check(kind, name, stated)?;
                    taken.take(name, stated)?;
                    stated
                }
                (None, None) => {
                    unnamed.insert(name);
                    continue;
                }
            };
            variants.insert(name.to_owned(), identifier.to_owned());
        }
        for name in unnamed {
            let free = numbered(&variant(name), |it| taken.is_free(it));
            check(kind, name, &free)?;
            taken.take(name, &free)?;
            variants.insert(name.to_owned(), free);
        }
        Ok(variants)
    }
}

/// Assigns the identifiers of the global condition keys.
///
/// # Errors
/// Same as [`Names::assign`].
pub fn of_globals(globals: &Globals) -> Result<Names> {
    let service = globals.service();
    let (none, no_more) = (Names::default(), BTreeSet::new());
    Names::assign(&none, &service, &Overlay::default(), &no_more, &no_more)
}

/// The hint for a name whose identifier is invalid or the same as another one.
const OVERRIDE: &str = "give it another identifier in the overlay of its module; for a page without \
                        a module, in codegen/src/names/overrides.rs";

/// Returns the error of two names with the same identifier.
fn taken(kind: Kind, one: &str, other: &str, identifier: &str) -> Error {
    Error::new(
        format!("the {}s {} and {}", kind.name(), quoted(one), quoted(other)),
        format!("different identifiers, not both {}", quoted(identifier)),
    )
    .hint(OVERRIDE)
}

/// Identifiers that emitted modules define next to the resource types.
const DEFINED: [&str; 2] = ["ResourceType", "AnyArn"];

fn is_defined(kind: Kind, identifier: &str) -> bool {
    kind == Kind::ResourceType && DEFINED.contains(&identifier)
}

fn check(kind: Kind, name: &str, identifier: &str) -> Result<()> {
    if is_identifier(identifier) && !is_defined(kind, identifier) {
        return Ok(());
    }
    Err(Error::new(
        format!("the {} {}", kind.name(), quoted(name)),
        "a name that can become an identifier",
    )
    .hint(OVERRIDE))
}

/// Returns the module for a page: `bedrock-mantle` → `bedrock_mantle`.
///
/// # Errors
/// Returns [`Error`] if the page's name contains neither letters nor digits.
pub fn module(page: &str) -> Result<String> {
    let module = snake(page);
    // a raw name would also be the folder's name, and these are the names of files that cargo builds
    let word = module.strip_prefix("r#");
    let word = word.or(["lib", "main"]
        .contains(&module.as_str())
        .then_some(&module));
    let module = word.map_or(module.clone(), |word| format!("{word}_"));
    if is_identifier(&module) {
        return Ok(module);
    }
    Err(Error::new(
        format!("the page {}", quoted(page)),
        "a name that can become a module",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iam_policy::wire::{Action, ResourceType};

    #[test]
    fn variants_keep_the_spelling_of_valid_names() {
        let cases = [
            ("InvokeModel", "InvokeModel"),
            ("CreateVPCEConfiguration", "CreateVPCEConfiguration"),
            ("uploadFiles", "UploadFiles"),
            ("Associate-EventsAndStates", "AssociateEventsAndStates"),
            ("agent-alias", "AgentAlias"),
            ("bot alias", "BotAlias"),
            ("listener-rule/app", "ListenerRuleApp"),
            ("loadbalancer/app/", "LoadbalancerApp"),
            ("2fa-device", "_2faDevice"),
            ("self", "Self_"),
            ("v1.2", "V1_2"),
        ];
        for (name, identifier) in cases {
            assert_eq!(variant(name), identifier);
            assert!(
                check(Kind::ResourceType, name, identifier).is_ok(),
                "{identifier}"
            );
        }
    }

    fn orchard(actions: &[&str], arn: &str) -> Service {
        let action = |name: &&str| ((*name).to_owned(), Action::default());
        let tree = ResourceType {
            arn: arn.to_owned(),
            condition_keys: Vec::new(),
        };
        Service {
            page: "orchard".to_owned(),
            prefix: "orchard".to_owned(),
            service: String::new(),
            actions: actions.iter().map(action).collect(),
            resource_types: BTreeMap::from([("tree".to_owned(), tree)]),
            condition_keys: BTreeMap::new(),
            operations: Vec::new(),
        }
    }

    fn assign(given: &Names, service: &Service, overlay: &Overlay) -> Result<Names> {
        Names::assign(given, service, overlay, &BTreeSet::new(), &BTreeSet::new())
    }

    #[test]
    fn fields_are_in_snake_case() {
        let arn =
            "arn:${Partition}:fruit:${Region}:${Account}:x/${ABTestId}/${Type}/${VPCEndpointId}";
        let fields = Names::default().fields("x", arn).unwrap();
        let names: Vec<_> = fields.iter().map(|(_, field)| field.as_str()).collect();
        assert_eq!(names, ["ab_test_id", "r#type", "vpc_endpoint_id"]);
    }

    #[test]
    fn new_names_leave_given_identifiers_alone() {
        let (none, no_overlay) = (Names::default(), Overlay::default());
        let first = orchard(&["pickApple"], "arn:a:b:c:d:${Tree-Id}");
        let first = assign(&none, &first, &no_overlay).unwrap();
        // the new name comes first in the alphabet
        let later = orchard(
            &["PickApple", "pick-apple"],
            "arn:a:b:c:d:${TreeId}/${Tree-Id}",
        );
        let names = assign(&first, &later, &no_overlay).unwrap();
        // to IAM, it is the same action in another case
        assert_eq!(first.actions["pickApple"], "PickApple");
        assert_eq!(names.actions["PickApple"], "PickApple");
        assert_eq!(names.actions["pick-apple"], "PickApple2");
        assert_eq!(names.actions.len(), 2);
        assert_eq!(names.placeholders["Tree-Id"], "tree_id");
        assert_eq!(names.placeholders["TreeId"], "tree_id_2");
        let mut all = first.clone();
        all.extend(names.clone());
        assert_eq!(all.actions, names.actions);
        assert_eq!(assign(&all, &later, &no_overlay).unwrap(), names);
        // the identifier of a removed name stays reserved
        let removed = orchard(&["pick-apple"], "arn:a:b:c:d:x");
        let removed = assign(&all, &removed, &no_overlay).unwrap();
        assert_eq!(removed.actions["pick-apple"], "PickApple2");
    }

    #[test]
    fn only_one_of_several_new_spellings_gets_an_identifier() {
        let (none, no_overlay) = (Names::default(), Overlay::default());
        let arn = "arn:a:b:c:d:x";
        let first = assign(&none, &orchard(&["pickApple"], arn), &no_overlay).unwrap();
        let later = orchard(&["PICKAPPLE", "PickApple"], arn);
        let names = assign(&first, &later, &no_overlay).unwrap();
        assert_eq!(names.actions["PICKAPPLE"], "PickApple");
        assert_eq!(names.actions["PickApple"], "PickApple2");
        let mut all = first;
        all.extend(names.clone());
        assert_eq!(all.actions, names.actions);
    }

    #[test]
    fn placeholders_of_different_formats_may_meet_in_one() {
        let given = [
            ("TreeId", "tree_id"),
            ("treeId", "tree_id"),
            ("Old", "tree_id_2"),
        ];
        let given = Names {
            placeholders: given
                .map(|(name, it)| (name.to_owned(), it.to_owned()))
                .into(),
            ..Names::default()
        };
        let mut names = Names::default();
        names.extend(given.clone());
        assert_eq!(names, given);
        // the order in the format does not matter
        for (format, fields) in [
            (
                "${TreeId}/${treeId}/${Old}",
                ["tree_id", "tree_id_3", "tree_id_2"],
            ),
            (
                "${Old}/${treeId}/${TreeId}",
                ["tree_id_2", "tree_id_3", "tree_id"],
            ),
        ] {
            let found = names.fields("x", &format!("arn:a:b:c:d:{format}")).unwrap();
            let found: Vec<_> = found.iter().map(|(_, field)| field.as_str()).collect();
            assert_eq!(found, fields);
            assert_eq!(names.parameters(&format!("x:{format}")).unwrap(), fields);
        }
        let twice = "${TreeId}/${TreeId}";
        assert!(names.fields("x", &format!("arn:a:b:c:d:{twice}")).is_err());
        assert!(names.parameters(&format!("x:{twice}")).is_err());
    }

    #[test]
    fn an_overlay_does_not_change_an_identifier() {
        let entry = |identifier| {
            let text = format!(
                r#"{{"identifiers": [{{"kind": "action", "name": "pickApple",
                    "identifier": "{identifier}", "why": "w", "source": "https://example.com/"}}]}}"#
            );
            Overlay::parse(&text).unwrap()
        };
        let service = orchard(&["pickApple", "PickPear"], "arn:a:b:c:d:x");
        let given = assign(&Names::default(), &service, &entry("PickPear")).unwrap();
        // an identifier that the overlay states comes before those of the rules
        assert_eq!(given.actions["pickApple"], "PickPear");
        assert_eq!(given.actions["PickPear"], "PickPear2");
        let error = assign(&given, &service, &entry("Apple")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "found `Apple` for the action `pickApple` in the overlay, expected `PickPear`, which \
             it has in names.json"
        );
    }

    #[test]
    fn types_do_not_have_the_identifiers_of_the_module() {
        let service = orchard(&[], "arn:a:b:c:d:x");
        let given = |identifier: &str| Names {
            resource_types: BTreeMap::from([("tree".to_owned(), identifier.to_owned())]),
            ..Names::default()
        };
        assert!(assign(&given("Tree"), &service, &Overlay::default()).is_ok());
        assert!(assign(&given("AnyArn"), &service, &Overlay::default()).is_err());
    }

    #[test]
    fn given_identifiers_are_valid_and_distinct() {
        let given = |one: &str, other: &str| {
            let actions = [("A", one), ("B", other)];
            let names = Names {
                actions: actions
                    .map(|(name, it)| (name.to_owned(), it.to_owned()))
                    .into(),
                ..Names::default()
            };
            let service = orchard(&["A", "B"], "arn:a:b:c:d:x");
            assign(&names, &service, &Overlay::default()).map_err(|error| error.to_string())
        };
        assert!(given("Pick", "Plant").is_ok());
        assert!(given("Pick", "pick").unwrap_err().contains("`A` and `B`"));
        assert!(given("Pick", "not one").unwrap_err().contains("`B`"));
        assert!(given("Pick", "Pick //").unwrap_err().contains("`B`"));
    }
}
