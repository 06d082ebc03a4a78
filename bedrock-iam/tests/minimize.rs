//! Minimization of sets of actions, compared with its definition.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bedrock_iam::{ActionPattern, ActionSet, Catalog};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(folder);
    if !path.exists() {
        // Bypasses the test harness, which captures the output of passing tests.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} is missing\n", path.display()),
        );
        return None;
    }
    Some(path)
}

fn set<'c, 'a>(catalog: &'c Catalog, names: impl IntoIterator<Item = &'a str>) -> ActionSet<'c> {
    let mut set = ActionSet::empty(catalog);
    for name in names {
        assert!(set.insert(name), "{name} is known");
    }
    set
}

/// Returns the matching actions by comparing each action with each pattern, without an index.
fn matched<'c>(catalog: &'c Catalog, patterns: &[ActionPattern]) -> Vec<&'c str> {
    let (exact, others): (Vec<_>, Vec<_>) = patterns.iter().partition(|pattern| pattern.is_exact());
    let exact: BTreeSet<_> = exact.into_iter().map(ActionPattern::as_str).collect();
    let any = |action: &&str| {
        exact.contains(action) || others.iter().any(|pattern| pattern.matches(action))
    };
    catalog.iter().filter(any).collect()
}

/// Asserts that the patterns match exactly the set, with every option.
fn assert_minimized(wanted: &ActionSet<'_>, catalog: &Catalog) {
    let names: Vec<_> = wanted.iter().collect();
    let all = wanted.minimize();
    let length = |patterns: &[ActionPattern]| -> usize {
        patterns
            .iter()
            .map(|pattern| pattern.as_str().len() + 3)
            .sum()
    };
    let prefixes = all.prefixes_only().patterns();
    let patterns = all.patterns();
    let distant = all.keeping_distance().patterns();
    for patterns in [&prefixes, &patterns, &distant] {
        assert_eq!(matched(catalog, patterns), names, "{patterns:?}");
        let written: BTreeSet<_> = patterns.iter().map(ActionPattern::as_str).collect();
        assert_eq!(written.len(), patterns.len(), "none twice");
    }
    assert!(patterns.len() <= prefixes.len() && prefixes.len() <= distant.len());
    assert!(length(&patterns) <= length(&prefixes));
    for pattern in &distant {
        let text = pattern.as_str();
        let Some(begin) = text.strip_suffix('*') else {
            assert!(pattern.is_exact(), "{text}");
            continue;
        };
        let of = |name: &&&str| {
            name.len() >= begin.len() && name[..begin.len()].eq_ignore_ascii_case(begin)
        };
        for name in names.iter().filter(of) {
            let next = name[begin.len()..].bytes().next();
            let last = begin.bytes().next_back().unwrap();
            assert!(
                next.is_none_or(|next| !next.is_ascii_lowercase() || matches!(last, b'-' | b'_')),
                "{text} cuts a word of {name}"
            );
        }
        let words = begin[begin.find(':').unwrap() + 1..]
            .bytes()
            .filter(|byte| !byte.is_ascii_lowercase())
            .count();
        assert!(words >= 1, "{text} has its wildcard after a word");
        assert!(
            !text.ends_with(":*") && !text.ends_with(":Create*"),
            "{text}"
        );
    }
}

#[test]
fn sets_are_minimized_to_prefixes_and_infixes() {
    let catalog = Catalog::of_actions([
        "x:GetAgent",
        "x:GetAgents",
        "x:GetAgentAlias",
        "x:GetTags",
        "x:ListTags",
        "x:PutTags",
        "x:PutTagsQuickly",
        "x:CreateAgent",
        "y:Get",
        "x-y:Only",
    ]);
    let of = |names: &[&str]| -> Vec<String> {
        let wanted = set(&catalog, names.iter().copied());
        assert_minimized(&wanted, &catalog);
        let patterns = wanted.minimize().patterns();
        patterns.iter().map(ToString::to_string).collect()
    };
    assert_eq!(of(&[]), [""; 0]);
    assert_eq!(
        of(&["x:GetAgent", "X:getagents", "x:GetAgentAlias"]),
        ["x:GetAgent*"]
    );
    assert_eq!(
        of(&["x:GetAgent", "x:GetAgentAlias"]),
        ["x:GetAgent", "x:GetAgentAlias"]
    );
    assert_eq!(of(&["x:GetTags", "x:ListTags", "x:PutTags"]), ["x:*Tags"]);
    assert_eq!(
        of(&["x:GetTags", "x:ListTags", "x:PutTags", "x:PutTagsQuickly"]),
        ["x:*Tags*"]
    );
    assert_eq!(of(&["x-y:Only", "y:Get"]), ["x-y:Only", "y:Get"]);
    let all: Vec<_> = catalog.iter().collect();
    assert_eq!(of(&all), ["x-y:Only", "x:*", "y:Get"]);
    let wanted = set(&catalog, ["x:GetAgent", "x:GetAgents", "x:GetAgentAlias"]);
    let distant = wanted.minimize().keeping_distance().patterns();
    let distant: Vec<_> = distant.iter().map(ActionPattern::as_str).collect();
    assert_eq!(distant, ["x:GetAgent", "x:GetAgentAlias", "x:GetAgents"]);
}

#[test]
fn catalogs_ignore_invalid_names_of_actions() {
    let catalog = Catalog::of_actions(["x:Aé", "x:Aè", "x:Get*", "x", "", "x:", "x:B", "X:b"]);
    assert_eq!(catalog.iter().collect::<Vec<_>>(), ["x:B"]);
}

/// Returns the least number of prefix patterns and names that match exactly the set, by exhaustive
/// search.
fn fewest(catalog: &[&str], wanted: &[&str]) -> usize {
    let mut patterns: BTreeSet<Vec<bool>> = BTreeSet::new();
    for name in wanted {
        patterns.insert(wanted.iter().map(|other| other == name).collect());
        for end in 2..=name.len() {
            let begins = |other: &&&str| other.starts_with(&name[..end]);
            if catalog
                .iter()
                .filter(begins)
                .all(|other| wanted.contains(other))
            {
                patterns.insert(wanted.iter().map(|other| begins(&other)).collect());
            }
        }
    }
    let patterns: Vec<_> = patterns.into_iter().collect();
    let covers = |chosen: u32| {
        (0..wanted.len()).all(|index| {
            (0..patterns.len())
                .any(|pattern| chosen >> pattern & 1 == 1 && patterns[pattern][index])
        })
    };
    let subsets = (0..1_u32 << patterns.len()).filter(|chosen| covers(*chosen));
    subsets
        .map(|chosen| chosen.count_ones() as usize)
        .min()
        .unwrap()
}

#[test]
fn prefix_patterns_are_the_fewest() {
    let names = prop::collection::btree_set("x:[ab]{1,3}", 1..8);
    let strategy = (names, any::<u8>());
    let run = |(names, chosen): (BTreeSet<String>, u8)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let wanted = names
            .iter()
            .enumerate()
            .filter(|(index, _)| chosen >> index & 1 == 1);
        let wanted: Vec<&str> = wanted.map(|(_, name)| *name).collect();
        let catalog = Catalog::of_actions(names.iter().copied());
        let found = set(&catalog, wanted.iter().copied());
        assert_minimized(&found, &catalog);
        prop_assert_eq!(
            found.minimize().prefixes_only().patterns().len(),
            fewest(&names, &wanted)
        );
        Ok(())
    };
    TestRunner::new(Config {
        failure_persistence: None,
        cases: 500,
        ..Config::default()
    })
    .run(&strategy, run)
    .unwrap();
}

#[test]
#[cfg(feature = "bedrock")]
fn random_sets_are_minimized() {
    let catalog = Catalog::of_actions(
        bedrock_iam::bedrock::Action::ALL
            .iter()
            .map(|action| action.as_str()),
    );
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    // Debug builds test a tenth of them; all would take minutes.
    let rounds = if cfg!(debug_assertions) {
        1_000
    } else {
        10_000
    };
    for round in 0..rounds {
        // From sparse to dense, and sometimes whole words.
        let threshold = random() % 64;
        let word = catalog
            .iter()
            .nth(random() as usize % catalog.len())
            .unwrap();
        let word = &word[word.len().saturating_sub(1 + random() as usize % 12)..];
        let wanted = catalog
            .iter()
            .filter(|name| random() % 64 < threshold || round % 4 == 0 && name.contains(word))
            .collect::<Vec<_>>();
        // Debug builds check every tenth set with all options.
        let wanted = set(&catalog, wanted);
        if round % 10 == 0 || !cfg!(debug_assertions) {
            assert_minimized(&wanted, &catalog);
        } else {
            let patterns = wanted.minimize().patterns();
            assert_eq!(
                matched(&catalog, &patterns),
                wanted.iter().collect::<Vec<_>>()
            );
        }
    }
}

/// The actions of a page, with their access levels.
type Actions = Vec<(String, Vec<String>)>;

/// Returns the actions of all pages, by page name.
fn services() -> Option<Vec<(String, Actions)>> {
    let mut services = Vec::new();
    for entry in fs::read_dir(shared("expected/classic")?).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let facts: serde_json::Value = serde_json::from_str(&text).unwrap();
        let (Some(page), Some(prefix), Some(actions)) = (
            facts["page"].as_str(),
            facts["prefix"].as_str(),
            facts["actions"].as_object(),
        ) else {
            continue;
        };
        let actions = actions.iter().map(|(name, action)| {
            let levels = action["access_levels"].as_array().into_iter().flatten();
            let levels = levels.filter_map(|level| level.as_str().map(str::to_owned));
            (format!("{prefix}:{name}"), levels.collect())
        });
        services.push((page.to_owned(), actions.collect()));
    }
    services.sort();
    Some(services)
}

#[test]
fn sets_of_other_services_are_minimized() {
    let Some(services) = services() else { return };
    let mut count = 0;
    for (_, actions) in &services {
        let catalog = Catalog::of_actions(actions.iter().map(|(name, _)| name.as_str()));
        let mut levels: BTreeSet<&[String]> = BTreeSet::new();
        levels.extend(actions.iter().map(|(_, levels)| levels.as_slice()));
        for wanted in levels {
            let names = actions.iter().filter(|(_, levels)| levels == wanted);
            assert_minimized(
                &set(&catalog, names.map(|(name, _)| name.as_str())),
                &catalog,
            );
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn sets_named_in_policies_are_minimized() {
    let Some(folder) = shared("policies") else {
        return;
    };
    let catalog = bedrock_iam::catalog();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let policy: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut patterns = Vec::new();
        collect(&policy, &mut patterns);
        if !patterns.is_empty() {
            assert_minimized(&ActionSet::matching(catalog, &patterns), catalog);
            count += 1;
        }
    }
    assert!(count > 5, "{count}");
}

/// Collects all texts in a JSON value that are actions of a Bedrock service.
fn collect(value: &serde_json::Value, found: &mut Vec<ActionPattern>) {
    use serde_json::Value;
    match value {
        Value::String(text) if text.starts_with("bedrock") => found.extend(text.parse().ok()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Object(members) => members.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// Uses as many actions as EC2 has, with similar names.
#[test]
fn a_large_service_is_minimized() {
    let Some(services) = services() else { return };
    let mut actions: Vec<(String, bool)> = Vec::new();
    for (_, own) in &services {
        actions.extend(own.iter().map(|(name, levels)| {
            let bare = &name[name.find(':').unwrap() + 1..];
            (
                format!("large:{bare}"),
                levels
                    .iter()
                    .any(|level| level == "Read" || level == "List"),
            )
        }));
    }
    actions.sort();
    actions.dedup_by(|a, b| a.0.eq_ignore_ascii_case(&b.0));
    let step = actions.len() / 780;
    let actions: Vec<_> = actions.into_iter().step_by(step).take(780).collect();
    let catalog = Catalog::of_actions(actions.iter().map(|(name, _)| name.as_str()));
    let wanted = actions.iter().filter(|(_, reading)| *reading);
    let wanted = set(&catalog, wanted.map(|(name, _)| name.as_str()));
    assert_minimized(&wanted, &catalog);
}
