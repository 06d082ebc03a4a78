//! Comparison with the roles and policies of AWS's documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bedrock_iam::bedrock::arn;
use bedrock_iam::{Arn, Partition, Region, Resource, Segment, Site, Statement, s3};
use serde_json::Value as Json;

use crate::checked::built;
use crate::rows::{Row, rows};

/// The statements that a recipe returns for the inputs of a documented role.
pub(crate) struct Built {
    pub(crate) permissions: Vec<Statement>,
    /// The trust policy; `None` for a policy of a resource.
    pub(crate) trust: Option<Statement>,
    /// The condition under which an option is needed, and all permissions with the option.
    pub(crate) options: Vec<(&'static str, Vec<Statement>)>,
}

impl Built {
    pub(crate) fn of_resource(policy: impl IntoIterator<Item = Statement>) -> Self {
        Self {
            permissions: policy.into_iter().collect(),
            trust: None,
            options: Vec::new(),
        }
    }
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

    pub(crate) fn segments(&self, name: &str) -> Vec<Segment> {
        let all = self.json[name].as_array().expect("a list");
        let parse = |one: &Json| Segment::parse(one.as_str().expect("text")).expect("a segment");
        all.iter().map(parse).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        !self.json[name].is_null()
    }

    pub(crate) fn here(&self) -> Site {
        // policies of buckets have no region
        let region = self.json["region"].as_str().unwrap_or("us-east-1");
        let region = region.parse().expect("a region");
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

    /// Returns the value of a condition key in the optional part with this condition, as an ARN.
    pub(crate) fn value<R: Resource>(&self, when: &str, key: &str) -> Arn<R> {
        let of = |part: &&Json| part["when"] == when;
        let part = self.optional.as_array().expect("a list").iter().find(of);
        let value = &part.expect("an optional part")["statements"][0]["Condition"]["StringEquals"];
        Arn::parse(value[key].as_str().expect("a value")).expect("an ARN")
    }

    /// Returns the permissions with each of these options that the documentation has.
    pub(crate) fn options(
        &self,
        all: &[(&'static str, &dyn Fn() -> Vec<Statement>)],
    ) -> Vec<(&'static str, Vec<Statement>)> {
        let offered = all.iter().filter(|(when, _)| self.offers(when));
        offered.map(|(when, with)| (*when, with())).collect()
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

pub(crate) fn model(inputs: &Inputs, name: &str) -> Arn<arn::FoundationModel> {
    let resource_id = inputs.segment(name);
    arn::FoundationModel { resource_id }.at(inputs.here())
}

pub(crate) fn bucket(inputs: &Inputs, name: &str) -> Arn<s3::arn::Bucket> {
    let bucket_name = inputs.segment(name);
    s3::arn::Bucket { bucket_name }.at(inputs.here())
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

const DIFFERENCES: &[Difference] = &[
    Difference {
        roles: "agent-",
        ours: false,
        action: "bedrock:RetrieveAndGenerate",
        resource: "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/",
        reason: "by the Service Authorization Reference, the action takes no resource, so the statement \
                 of \"Create a service role for Amazon Bedrock Agents\" has no effect",
    },
    Difference {
        roles: "agent-third-party-knowledge-base",
        ours: false,
        action: "bedrock:AssociateThirdPartyKnowledgeBase",
        resource: "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/",
        reason: "by the Service Authorization Reference, the action takes no resource, so the statement \
                 of \"Create a service role for Amazon Bedrock Agents\" has no effect",
    },
    Difference {
        roles: "agent-third-party-knowledge-base",
        ours: true,
        action: "bedrock:AssociateThirdPartyKnowledgeBase",
        resource: "*",
        reason: "the same statement, with effect; the condition restricts it to the secret",
    },
    Difference {
        roles: "flow-",
        ours: false,
        action: "s3:PutObject",
        resource: "arn:aws:s3:::acme-flow-out",
        reason: "by the Service Authorization Reference, the action supports objects only; \"Create a \
                 service role for Amazon Bedrock Flows in Amazon Bedrock\" also has the bucket",
    },
    Difference {
        roles: "flow-all-nodes",
        ours: false,
        action: "bedrock:InvokeModel",
        resource: "arn:aws:bedrock:us-east-1:123456789012:custom-model/",
        reason: "by the Service Authorization Reference, the action supports deployments of custom \
                 models, and not the models as in \"Create a service role for Amazon Bedrock Flows in \
                 Amazon Bedrock\"",
    },
    Difference {
        roles: "evaluation-",
        ours: false,
        action: "bedrock:StopModelInvocationJob",
        resource: "arn:aws:",
        reason: "by the Service Authorization Reference, the action supports batch inference jobs only; \
                 the pages about service roles of evaluations have it on models",
    },
    Difference {
        roles: "evaluation-",
        ours: true,
        action: "bedrock:StopModelInvocationJob",
        resource: "arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/*",
        reason: "the same permission, with effect",
    },
    Difference {
        roles: "evaluation-",
        ours: true,
        action: "bedrock:CreateModelInvocationJob",
        resource: "arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/*",
        reason: "by the Service Authorization Reference, the action requires the job beside the model",
    },
    Difference {
        roles: "evaluation-automatic",
        ours: false,
        action: "bedrock:ListInferenceProfiles",
        resource: "arn:aws:",
        reason: "by the Service Authorization Reference, the action takes no resource; \"Service role \
                 requirements for automatic model evaluation jobs\" has it on models",
    },
    Difference {
        roles: "evaluation-automatic",
        ours: true,
        action: "bedrock:ListInferenceProfiles",
        resource: "*",
        reason: "the same permission, with effect",
    },
    Difference {
        roles: "kms-",
        ours: false,
        action: "kms:*",
        resource: "",
        reason: "the statement for administrators, which is in every key's policy and not particular to \
                 the feature",
    },
];

pub(crate) fn read(name: &str) -> Option<Vec<Json>> {
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
    let mut recipes: BTreeMap<_, _> = [
        crate::knowledge_base::RECIPES,
        crate::agent::RECIPES,
        crate::agentcore::RECIPES,
        crate::jobs::RECIPES,
    ]
    .concat()
    .into_iter()
    .collect();
    let (mut report, mut used) = (Vec::new(), BTreeSet::new());
    let mut missing = Vec::new();
    for role in roles.iter().chain(&policies) {
        let id = role["id"].as_str().expect("an id");
        let Some(recipe) = recipes.remove(id) else {
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
    let unknown = recipes.into_keys();
    report.extend(unknown.map(|id| format!("{id}: no such role or policy")));
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
