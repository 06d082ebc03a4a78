//! Policies written by hand are compared with golden files and, if `../shared/roles` is available, with the
//! documented policies, in which the documentation's names are replaced by ours.

mod policies;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::checked::built;
use crate::documented::read;
use crate::golden::check;
use crate::rows::rows;
use policies::policies;

/// A documented policy in `../shared/roles`.
struct Documented {
    /// The name of our policy.
    name: &'static str,
    id: &'static str,
    /// `permissions` or `trust` of a role, `policy` of a resource.
    member: &'static str,
    /// The conditions of the optional parts that our policy includes.
    options: &'static [&'static str],
    /// The documentation's names and ours.
    names: &'static [(&'static str, &'static str)],
    /// An action that only the documentation has; see our policy for the reason.
    left_out: Option<&'static str>,
}

const DOCUMENTED: &[Documented] = &[
    Documented {
        name: "knowledge base",
        id: "kb-s3-s3-vectors",
        member: "permissions",
        options: &[
            "the source bucket is encrypted with a customer managed key",
            "Retrieve calls use a reranking model",
        ],
        names: &[
            ("acme-handbook", "orchard-handbook"),
            ("acme-vectors/index/handbook", "orchard-vectors/index/pages"),
        ],
        left_out: None,
    },
    Documented {
        name: "knowledge base, trust",
        id: "kb-s3-s3-vectors",
        member: "trust",
        ..NOTHING
    },
    Documented {
        name: "agent",
        id: "agent-full",
        member: "permissions",
        options: &["the agent is encrypted with a customer managed key"],
        names: &[
            ("acme-agent-schemas/orders", "orchard-schemas/tools/harvest"),
            ("acme-agent-files/reports/", "orchard-files/counts/"),
            ("KB12345678", "HANDBOOK12"),
            ("gr1abcd2efgh", "polite123456"),
            ("PROMPT1234", "GREETING12"),
            ("AGENT22222/ALIAS22222", "PICKER1234/LIVE123456"),
            ("abcd1234efgh", "reserved1234"),
            ("AGENT12345", "GARDENER12"),
        ],
        left_out: Some("bedrock:RetrieveAndGenerate"),
    },
    Documented {
        name: "agent, trust",
        id: "agent-full",
        member: "trust",
        ..NOTHING
    },
    Documented {
        name: "agent, function",
        id: "lambda-agent-action-group",
        member: "policy",
        names: &[("acme-orders", "harvest"), ("AGENT12345", "GARDENER12")],
        ..NOTHING
    },
    Documented {
        name: "batch inference",
        id: "batch-inference-inference-profile",
        member: "permissions",
        names: &[
            ("acme-batch-in", "orchard-letters"),
            ("acme-batch-out", "orchard-replies"),
            ("/us.anthropic", "/eu.anthropic"),
            ("us-west-2", "eu-west-3"),
        ],
        ..NOTHING
    },
    Documented {
        name: "batch inference, trust",
        id: "batch-inference-inference-profile",
        member: "trust",
        ..NOTHING
    },
    Documented {
        name: "customization",
        id: "model-customization-fine-tuning",
        member: "permissions",
        options: &[
            "the training, validation or output data is encrypted with a customer managed key",
        ],
        names: &[
            ("acme-train", "orchard-samples"),
            ("acme-validate", "orchard-checks"),
            ("acme-ft-out", "orchard-metrics"),
        ],
        left_out: None,
    },
    Documented {
        name: "customization, trust",
        id: "model-customization-fine-tuning",
        member: "trust",
        ..NOTHING
    },
    Documented {
        name: "guardrail",
        id: "guardrail-policy-organization",
        member: "policy",
        names: &[
            ("gr1abcd2efgh", "polite123456"),
            ("o-a1b2c3d4e5", "o-orchard1234"),
        ],
        ..NOTHING
    },
];

const NOTHING: Documented = Documented {
    name: "",
    id: "",
    member: "",
    options: &[],
    names: &[],
    left_out: None,
};

/// The names that occur in several policies.
const NAMES: &[(&str, &str)] = &[
    ("us-east-1", "eu-central-1"),
    (
        "1111aaaa-22bb-33cc-44dd-555566667777",
        "0e1f2a3b-4c5d-6e7f-8091-a2b3c4d5e6f7",
    ),
];

impl Documented {
    /// Returns the statements of the documented policy, with our names.
    fn statements(&self, document: &Json) -> Json {
        let mut statements = vec![document[self.member]["Statement"].clone()];
        for option in self.options {
            let mut parts = document["optional"].as_array().expect("a list").iter();
            let part = parts.find(|part| part["when"] == *option);
            let part = part.unwrap_or_else(|| panic!("{}: no part `{option}`", self.id));
            statements.push(part["statements"].clone());
        }
        let lists = statements
            .iter()
            .map(|list| list.as_array().expect("a list"));
        let mut text = Json::from_iter(lists.flatten().cloned()).to_string();
        for (theirs, ours) in self.names.iter().chain(NAMES) {
            text = text.replace(theirs, ours);
        }
        serde_json::from_str(&text).expect("JSON")
    }
}

#[test]
fn policies_by_hand() {
    check("by_hand", policies());
}

#[test]
fn policies_by_hand_equal_the_documentation() {
    let (Some(roles), Some(resources)) = (read("roles.jsonl"), read("resource_policies.jsonl"))
    else {
        return;
    };
    let policies = BTreeMap::from(policies());
    for documented in DOCUMENTED {
        let mut documents = roles.iter().chain(&resources);
        let document = documents.find(|document| document["id"] == documented.id);
        let document = document.unwrap_or_else(|| panic!("{} is missing", documented.id));
        let mut theirs = rows(&documented.statements(document));
        if let Some(action) = documented.left_out {
            let before = theirs.len();
            theirs.retain(|row| row.action != action);
            assert_ne!(theirs.len(), before, "{action}");
        }
        let ours = rows(&built(policies[documented.name].clone()));
        assert_eq!(ours, theirs, "{}", documented.name);
    }
}
