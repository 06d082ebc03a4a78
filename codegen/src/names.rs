//! Conversion of the reference's names into identifiers.

mod keys;
mod overrides;

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _};
use iam_policy::wire::{ConditionKey, Service};

use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::overlay::{Kind, Overlay};
use crate::template::{self, ArnPiece};

pub use keys::KeyName;
pub use overrides::{Override, check as check_overrides};

/// The identifiers of one service.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Variants by action name.
    pub actions: BTreeMap<String, String>,
    /// Variants by resource type.
    pub resource_types: BTreeMap<String, String>,
    /// Variants and constants by condition key.
    pub condition_keys: BTreeMap<String, KeyName>,
    /// Variants by operation name.
    pub operations: BTreeMap<String, String>,
}

/// Assigns the identifiers of a service.
///
/// This includes resource types and condition keys that have no row, but are named in other rows.
///
/// # Errors
/// Returns [`Error`] if two names would get the same identifier, or a name cannot become one.
pub fn assign(service: &Service, overlay: &Overlay) -> Result<Names> {
    assign_with(service, overlay, &BTreeSet::new(), &BTreeSet::new())
}

/// Assigns the identifiers of a service and of further resource types and condition keys.
///
/// # Errors
/// Same as [`assign`].
pub(crate) fn assign_with(
    service: &Service,
    overlay: &Overlay,
    further_types: &BTreeSet<&str>,
    further_keys: &BTreeSet<&str>,
) -> Result<Names> {
    let page = service.page.as_str();
    let variants =
        |kind, names: &mut dyn Iterator<Item = &str>| -> Result<BTreeMap<String, String>> {
            let given = |name| overrides::identifier(page, overlay, kind, name);
            unique(
                kind,
                names.map(|name| {
                    (
                        name.to_owned(),
                        given(name).map_or_else(|| variant(name), str::to_owned),
                    )
                }),
            )
        };
    let types = service.resource_type_names();
    let keys = service.condition_key_names();
    let mut operations = service.operations.iter().map(|row| row.operation.as_str());
    Ok(Names {
        actions: variants(
            Kind::Action,
            &mut service.actions.keys().map(String::as_str),
        )?,
        resource_types: variants(Kind::ResourceType, &mut types.union(further_types).copied())?,
        condition_keys: keys::assign(
            service,
            overlay,
            &keys.union(further_keys).copied().collect(),
        )?,
        operations: variants(Kind::Operation, &mut operations)?,
    })
}

/// Assigns the identifiers of the global condition keys, as if they belonged to a service `aws`.
///
/// # Errors
/// Same as [`assign`].
pub fn of_globals(globals: &Globals) -> Result<BTreeMap<String, KeyName>> {
    let condition_keys = globals.keys().iter().map(|(name, key)| {
        let value_type = key.value_type.clone();
        (name.clone(), ConditionKey { value_type })
    });
    let service = Service {
        page: "global".to_owned(),
        prefix: "aws".to_owned(),
        service: String::new(),
        actions: BTreeMap::new(),
        resource_types: BTreeMap::new(),
        condition_keys: condition_keys.collect(),
        operations: Vec::new(),
    };
    check_overrides(&service)?;
    Ok(assign(&service, &Overlay::default())?.condition_keys)
}

/// The hint for a name whose identifier is invalid or the same as another one.
const OVERRIDE: &str = "give it another identifier in the overlay of its module; for a page without \
                        a module, in codegen/src/names/overrides.rs";

/// Checks that all identifiers are valid and distinct.
fn unique(
    kind: Kind,
    named: impl Iterator<Item = (String, String)>,
) -> Result<BTreeMap<String, String>> {
    let mut identifiers: BTreeMap<String, String> = BTreeMap::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for (name, identifier) in named {
        check(kind, &name, &identifier)?;
        // IAM and the lookup of generated names both ignore case
        let owner = owners
            .entry(identifier.to_ascii_lowercase())
            .or_insert_with(|| name.clone());
        if *owner != name {
            return Err(Error::new(
                format!(
                    "the {}s {} and {}",
                    kind.name(),
                    quoted(owner),
                    quoted(&name)
                ),
                format!(
                    "names that become different identifiers, not both {}",
                    quoted(&identifier)
                ),
            )
            .hint(OVERRIDE));
        }
        identifiers.insert(name, identifier);
    }
    Ok(identifiers)
}

/// Identifiers that emitted modules define.
const TAKEN: [&str; 2] = ["ResourceType", "AnyArn"];

fn check(kind: Kind, name: &str, identifier: &str) -> Result<()> {
    if kind == Kind::ResourceType && TAKEN.contains(&identifier) {
        return Err(Error::new(
            format!("the {} {}", kind.name(), quoted(name)),
            format!(
                "a name that does not become {}, which the module defines",
                quoted(identifier)
            ),
        )
        .hint(OVERRIDE));
    }
    if syn::parse_str::<syn::Ident>(identifier).is_ok() {
        return Ok(());
    }
    Err(Error::new(
        format!("the {} {}", kind.name(), quoted(name)),
        "a name that can become an identifier",
    )
    .hint(OVERRIDE))
}

/// Returns the variant for a name: its parts, each with a capital (`agent-alias` → `AgentAlias`,
/// `CreateVPCEConfiguration` unchanged).
fn variant(name: &str) -> String {
    let mut variant = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        // digits of adjacent parts stay separate, so that `v1.2` and `v12` differ
        if variant.ends_with(|c: char| c.is_ascii_digit())
            && part.starts_with(|c: char| c.is_ascii_digit())
        {
            variant.push('_');
        }
        let mut letters = part.chars();
        variant.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        variant.push_str(letters.as_str());
    }
    legal(variant)
}

/// Makes a word a valid identifier, which does not begin with a digit and is not a keyword.
fn legal(word: String) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("_{word}");
    }
    if word.is_empty() || syn::parse_str::<syn::Ident>(&word).is_ok() {
        return word;
    }
    match word.as_str() {
        // these cannot be raw identifiers
        "self" | "Self" | "super" | "crate" => format!("{word}_"),
        _ => format!("r#{word}"),
    }
}

fn snake(words: &str) -> String {
    legal(words.to_snake_case())
}

fn constant(words: &str) -> String {
    legal(words.to_shouty_snake_case())
}

/// Returns the module for a page: `bedrock-mantle` → `bedrock_mantle`.
///
/// # Errors
/// Returns [`Error`] if the page's name contains neither letters nor digits.
pub fn module(page: &str) -> Result<String> {
    let module = snake(page);
    // a raw name would also be the folder's name
    let module = module
        .strip_prefix("r#")
        .map_or(module.clone(), |word| format!("{word}_"));
    match syn::parse_str::<syn::Ident>(&module) {
        Ok(_) => Ok(module),
        Err(_) => Err(Error::new(
            format!("the page {}", quoted(page)),
            "a name that can become a module",
        )),
    }
}

/// Returns the fields of a resource type's builder, one for each placeholder of its template, in
/// order: placeholder and identifier.
///
/// # Errors
/// Returns [`Error`] if the template is invalid or two placeholders would become the same field.
pub fn fields(
    page: &str,
    overlay: &Overlay,
    resource_type: &str,
    arn: &str,
) -> Result<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for piece in template::arn(arn)
        .map_err(|error| error.within(format!("resource type {}", quoted(resource_type))))?
    {
        let ArnPiece::Placeholder(name) = piece else {
            continue;
        };
        let field = overrides::identifier(page, overlay, Kind::Placeholder, &name)
            .map_or_else(|| snake(&name), str::to_owned);
        check(Kind::Placeholder, &name, &field)?;
        if let Some((other, _)) = fields.iter().find(|(_, taken)| *taken == field) {
            return Err(Error::new(
                format!("the placeholders {} and {}", quoted(other), quoted(&name)),
                format!(
                    "names that become different identifiers, not both {}",
                    quoted(&field)
                ),
            )
            .within(format!("resource type {}", quoted(resource_type)))
            .hint(OVERRIDE));
        }
        fields.push((name, field));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn fields_are_in_snake_case() {
        let template =
            "arn:${Partition}:fruit:${Region}:${Account}:x/${ABTestId}/${Type}/${VPCEndpointId}";
        let fields = fields("fruit", &Overlay::default(), "x", template).unwrap();
        let names: Vec<_> = fields.iter().map(|(_, field)| field.as_str()).collect();
        assert_eq!(names, ["ab_test_id", "r#type", "vpc_endpoint_id"]);
    }

    #[test]
    fn the_error_of_colliding_names_contains_both() {
        let names = ["pick-apple", "pickApple"].map(str::to_owned);
        let error = unique(
            Kind::Action,
            names.iter().map(|name| (name.clone(), variant(name))),
        )
        .unwrap_err();
        assert!(
            error.to_string().contains("`pick-apple` and `pickApple`"),
            "{error}"
        );
        let template = "arn:a:b:c:d:${TreeId}/${Tree-Id}";
        assert!(fields("fruit", &Overlay::default(), "x", template).is_err());
    }
}
