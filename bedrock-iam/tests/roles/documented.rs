//! Comparison with the roles and policies of AWS's documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bedrock_iam::check::Code;
use bedrock_iam::{Arn, Partition, Policy, Region, Resource, Segment, Site, Statement};
use serde_json::Value as Json;

use crate::rows::{Row, rows};

/// What a recipe returns for the inputs of a documented role.
pub(crate) struct Built {
    pub(crate) permissions: Vec<Statement>,
    /// The trust policy; `None` for a policy of a resource.
    pub(crate) trust: Option<Statement>,
    /// The condition under which an option is needed, and all permissions with the option.
    pub(crate) options: Vec<(&'static str, Vec<Statement>)>,
}

/// The inputs of a documented role.
pub(crate) struct Inputs {
    json: Json,
    /// The documented optional parts, whose resources are inputs too.
    optional: Json,
    /// The resource that a policy is attached to.
    attached: Json,
}

impl Inputs {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.json[name]
            .as_str()
            .unwrap_or_else(|| panic!("an input `{name}`"))
    }

    pub(crate) fn segment<P: bedrock_iam::Place>(&self, name: &str) -> Segment<P> {
        Segment::parse(self.text(name)).expect("a segment")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        !self.json[name].is_null()
    }

    pub(crate) fn here(&self) -> Site {
        let region = self.text("region").parse().expect("a region");
        Site::new(
            Partition::Aws,
            region,
            self.text("account").parse().expect("an account"),
        )
    }

    pub(crate) fn arn<R: Resource>(&self, name: &str) -> Arn<R> {
        Arn::parse(self.text(name)).expect("an ARN")
    }

    pub(crate) fn regions(&self, name: &str) -> Vec<Region> {
        let all = self.json[name].as_array().expect("a list");
        let parse = |region: &Json| region.as_str().expect("text").parse().expect("a region");
        all.iter().map(parse).collect()
    }

    /// Returns the first resource of the optional part with this condition, as an ARN.
    pub(crate) fn optional<R: Resource>(&self, when: &str) -> Arn<R> {
        let of = |part: &&Json| part["when"] == when;
        let part = self.optional.as_array().expect("a list").iter().find(of);
        let part = part.unwrap_or_else(|| panic!("an optional part `{when}`"));
        let mut resources = part["statements"].as_array().expect("a list").iter();
        let arns = resources.find_map(|one| Arn::parse(one["Resource"][0].as_str()?).ok());
        arns.unwrap_or_else(|| panic!("a resource of `{when}`"))
    }

    /// Returns the resource that the policy is attached to.
    pub(crate) fn attached<R: Resource>(&self) -> Arn<R> {
        Arn::parse(self.attached.as_str().expect("a resource")).expect("an ARN")
    }

    /// Returns whether an optional part has this condition.
    pub(crate) fn offers(&self, when: &str) -> bool {
        let mut parts = self.optional.as_array().expect("a list").iter();
        parts.any(|part| part["when"] == when)
    }
}

/// A documented role or policy, and the recipe for it.
pub(crate) type Recipe = (&'static str, fn(&Inputs) -> Built);

/// A row in which recipe and documentation differ, and why.
struct Difference {
    /// The beginning of the names of the roles.
    roles: &'static str,
    /// Whether only the recipe has the row; otherwise only the documentation has it.
    ours: bool,
    action: &'static str,
    /// The beginning of the resource.
    resource: &'static str,
    reason: &'static str,
}

const DIFFERENCES: &[Difference] = &[];

fn read(name: &str) -> Option<Vec<Json>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/roles")
        .join(name);
    if !path.exists() {
        // Bypasses the test harness, which captures the output of passing tests.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} is missing\n", path.display()),
        );
        return None;
    }
    let text = fs::read_to_string(path).expect("a file");
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect(),
    )
}

/// Returns the statements of a policy, which has to be valid and without findings.
fn built(statements: impl IntoIterator<Item = Statement>) -> Json {
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    let report = policy.check(bedrock_iam::catalog());
    for finding in report.findings {
        // the documentation's roles invoke models without streaming
        assert_eq!(
            finding.code,
            Code::FORGOTTEN_SIBLING,
            "{finding}\n{policy:#}"
        );
    }
    let document: Json = serde_json::from_str(&policy.to_json()).expect("JSON");
    document["Statement"].clone()
}

/// Compares two sets of rows, and returns the differences that are not explained.
fn compare(
    role: &str,
    part: &str,
    ours: &BTreeSet<Row>,
    theirs: &BTreeSet<Row>,
    used: &mut BTreeSet<usize>,
) -> Vec<String> {
    let mut unexplained = Vec::new();
    let only = |rows: &BTreeSet<Row>, others: &BTreeSet<Row>, is_ours: bool| {
        let rows: Vec<_> = rows.difference(others).cloned().collect();
        rows.into_iter()
            .map(move |row| (is_ours, row))
            .collect::<Vec<_>>()
    };
    for (is_ours, row) in only(ours, theirs, true)
        .into_iter()
        .chain(only(theirs, ours, false))
    {
        let explained = DIFFERENCES.iter().position(|it| {
            role.starts_with(it.roles)
                && it.ours == is_ours
                && it.action == row.action
                && row.resource.starts_with(it.resource)
        });
        match explained {
            Some(index) => {
                used.insert(index);
            }
            None => {
                let side = if is_ours { "recipe" } else { "documentation" };
                unexplained.push(format!("{role}, {part}: only in the {side}: {row}"));
            }
        }
    }
    unexplained
}

#[test]
fn recipes_equal_the_documentation() {
    let (Some(roles), Some(policies)) = (read("roles.jsonl"), read("resource_policies.jsonl"))
    else {
        return;
    };
    let recipes: BTreeMap<_, _> = [crate::knowledge_base::RECIPES]
        .concat()
        .into_iter()
        .collect();
    let (mut report, mut used) = (Vec::new(), BTreeSet::new());
    let mut missing = Vec::new();
    for role in roles.iter().chain(&policies) {
        let id = role["id"].as_str().expect("an id");
        let Some(recipe) = recipes.get(id) else {
            missing.push(id);
            continue;
        };
        let inputs = Inputs {
            json: role["inputs"].clone(),
            optional: role["optional"].clone(),
            attached: role["attached_to"].clone(),
        };
        let of_recipe = recipe(&inputs);
        let document = if role["policy"].is_null() {
            &role["permissions"]
        } else {
            &role["policy"]
        };
        let base = rows(&built(of_recipe.permissions));
        let mut check = |part: &str, ours: &BTreeSet<Row>, theirs: &Json| {
            compare(id, part, ours, &rows(theirs), &mut used)
        };
        report.extend(check("permissions", &base, &document["Statement"]));
        if let Some(trust) = of_recipe.trust {
            report.extend(check(
                "trust",
                &rows(&built([trust])),
                &role["trust"]["Statement"],
            ));
        }
        let mut parts: BTreeMap<_, _> = of_recipe.options.into_iter().collect();
        for part in role["optional"].as_array().expect("a list") {
            let when = part["when"].as_str().expect("a condition");
            let Some(with) = parts.remove(when) else {
                report.push(format!("{id}: no option for `{when}`"));
                continue;
            };
            let added = rows(&built(with)).difference(&base).cloned().collect();
            report.extend(check(when, &added, &part["statements"]));
        }
        for when in parts.into_keys() {
            report.push(format!("{id}: `{when}` is not documented"));
        }
    }
    for (index, difference) in DIFFERENCES.iter().enumerate() {
        if !used.contains(&index) {
            report.push(format!("not a difference: {}", difference.reason));
        }
    }
    let known = roles.len() + policies.len();
    println!(
        "{} of {known} compared; without a recipe: {missing:?}",
        known - missing.len()
    );
    assert!(report.is_empty(), "{}", report.join("\n"));
}
