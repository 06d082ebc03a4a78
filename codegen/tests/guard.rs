//! A page that lost or gained too many facts of one kind is refused, whatever the kind.

#[path = "support/real.rs"]
mod real;
mod support;

use std::collections::BTreeSet;
use std::fs;

use codegen::refresh::{Accepted, Guard, Kind};
use iam_policy::Layout;
use iam_policy::wire::{self, AccessLevel, Locale, Service};
use support::sample;

/// A service with 60 actions.
fn plantation() -> Service {
    wire::normal_form(&sample::plantation(60))
}

fn is_tag(key: &str) -> bool {
    key.starts_with("aws:") && key.contains("Tag")
}

/// A damage to a page, and the kind of facts that it changes.
type Fault = (&'static str, Kind, fn(&mut Service));

const FAULTS: [Fault; 8] = [
    ("lost", Kind::Pairs, |service| {
        for action in service.actions.values_mut() {
            action.resources.clear();
        }
    }),
    ("lost", Kind::Keys, |service| {
        service.condition_keys.retain(|key, _| !is_tag(key));
        for resource_type in service.resource_types.values_mut() {
            resource_type.condition_keys.retain(|key| !is_tag(key));
        }
        for action in service.actions.values_mut() {
            action.condition_keys.retain(|key| !is_tag(key));
            for resource in &mut action.resources {
                resource.condition_keys.retain(|key| !is_tag(key));
            }
        }
    }),
    ("lost", Kind::Levels, |service| {
        for action in service.actions.values_mut() {
            action.access_levels = BTreeSet::from([AccessLevel::Read]);
        }
    }),
    ("lost", Kind::RequiredMarks, |service| {
        for action in service.actions.values_mut() {
            for resource in &mut action.resources {
                resource.required = false;
            }
        }
    }),
    ("lost", Kind::Operations, |service| {
        let half = service.operations.len() / 2;
        service.operations.truncate(half);
    }),
    ("lost", Kind::Operations, |service| {
        for operation in &mut service.operations {
            operation.actions.clear();
        }
    }),
    ("lost", Kind::Templates, |service| {
        for resource_type in service.resource_types.values_mut() {
            resource_type.arn = "*".to_owned();
        }
    }),
    ("gained", Kind::Actions, |service| {
        for number in 0..400 {
            let name = format!("MoreOf{number}");
            service.actions.insert(name, wire::Action::default());
        }
    }),
];

fn accepting(verb: &str, kinds: &[Kind]) -> Accepted {
    let kinds = kinds.iter().copied().collect();
    match verb {
        "lost" => Accepted {
            removals: kinds,
            ..Accepted::default()
        },
        _ => Accepted {
            additions: kinds,
            ..Accepted::default()
        },
    }
}

fn check(old: &Service, new: &Service, accepted: &Accepted) -> codegen::Result<()> {
    Guard::new(old, Layout::Current, new, Layout::Current).check(accepted, &[])
}

/// Returns the page's description in the error of a refused page.
fn refused(old: &Service, new: &Service) -> String {
    let error = check(old, new, &Accepted::default());
    error.expect_err("a refused page").found
}

#[test]
fn each_fault_is_refused_and_can_be_accepted_by_its_kind_alone() {
    let old = plantation();
    for (verb, kind, damage) in FAULTS {
        let mut new = old.clone();
        damage(&mut new);
        let error = check(&old, &new, &Accepted::default()).expect_err(kind.word());
        let (page, hint) = (error.found.as_str(), error.hint.unwrap_or_default());
        assert!(page.starts_with(&format!("a page that {verb} ")), "{page}");
        let option = match verb {
            "lost" => "removals",
            _ => "additions",
        };
        let option = format!("`--accept-{option}={}`", kind.word());
        assert!(hint.ends_with(&option), "{hint}");
        assert!(check(&old, &new, &accepting(verb, &[kind])).is_ok());
        let others: Vec<_> = Kind::ALL.into_iter().filter(|it| *it != kind).collect();
        assert!(check(&old, &new, &accepting(verb, &others)).is_err());
    }
}

#[test]
fn more_than_ten_and_more_than_a_fifth_are_needed() {
    let all = plantation();
    let with = |count: usize| {
        let mut service = all.clone();
        let names: Vec<_> = all.actions.keys().skip(count).collect();
        service.actions.retain(|name, _| !names.contains(&name));
        service
    };
    for (before, after, is_refused) in [
        (3, 4, false),
        (3, 1, false),
        (12, 2, false),
        (12, 1, true),
        (3, 13, false),
        (3, 14, true),
        (60, 48, false),
        (60, 47, true),
        (50, 60, false),
        (48, 60, true),
    ] {
        let result = check(&with(before), &with(after), &Accepted::default());
        assert_eq!(result.is_err(), is_refused, "{before} to {after}");
    }
    let page = refused(&with(12), &with(1));
    let expected = "a page that lost 11 of 12 actions (`TendTree1`, `TendTree10`, `TendTree11`, …)";
    assert_eq!(page, expected);
    let page = refused(&with(3), &with(14));
    assert!(page.ends_with("in addition to 3"), "{page}");
}

#[test]
fn a_lost_table_is_refused_whatever_its_length() {
    let mut old = plantation();
    old.condition_keys.retain(|key, _| is_tag(key));
    let mut new = old.clone();
    new.condition_keys.clear();
    assert_eq!(refused(&old, &new), "a page that lost all 1 condition keys");
    let (mut with, without) = (plantation(), plantation());
    for name in ["TendTree1", "TendTree2"] {
        let action = wire::Action {
            permission_only: true,
            ..wire::Action::default()
        };
        with.actions.insert(format!("Only{name}"), action);
    }
    let page = "a page that lost all 2 permission-only actions";
    assert_eq!(refused(&with, &without), page);
    let accepted = accepting("lost", &[Kind::Actions]);
    assert!(check(&with, &without, &accepted).is_ok());
    let prefix = Service {
        prefix: "grove".to_owned(),
        ..old.clone()
    };
    let page = "a page that lost its prefix `plantation` (now `grove`)";
    assert_eq!(refused(&old, &prefix), page);
}

#[test]
fn an_arn_of_another_service_is_refused_even_alone() {
    let old = plantation();
    let mut new = old.clone();
    let shed = new.resource_types.get_mut("shed").expect("the type");
    shed.arn = shed.arn.replace(":plantation:", ":weeds:");
    let page = refused(&old, &new);
    let lost = "a page that lost the service in ARN templates: ";
    assert!(page.starts_with(lost) && page.contains(":weeds:"), "{page}");
    assert!(check(&old, &new, &accepting("lost", &[Kind::Templates])).is_ok());
}

#[test]
fn facts_of_lost_names_are_lost_with_them() {
    let old = plantation();
    let mut new = old.clone();
    new.actions.retain(|name, _| name.ends_with('1'));
    assert!(check(&old, &new, &accepting("lost", &[Kind::Actions])).is_ok());
}

#[test]
fn operations_are_not_a_gain_if_the_old_layout_does_not_have_them() {
    let new = plantation();
    let mut old = new.clone();
    old.operations.clear();
    let compared =
        |layout| Guard::new(&old, layout, &new, Layout::Current).check(&Accepted::default(), &[]);
    assert!(compared(Layout::Classic).is_ok());
    let error = compared(Layout::Current).expect_err("a refused page");
    assert!(error.found.contains("gained 60 operations"), "{error}");
}

#[test]
fn condition_key_values_and_dependent_actions_are_not_lost_unnoticed() {
    let mut old = plantation();
    let operations = old.operations.iter_mut().take(12);
    for needed in operations.filter_map(|it| it.actions.first_mut()) {
        let values = vec!["orchard.example.com".to_owned()];
        let context = ("iam:PassedToService".to_owned(), values);
        needed.context = [context].into();
    }
    let mut new = old.clone();
    for needed in new.operations.iter_mut().flat_map(|it| &mut it.actions) {
        needed.context.clear();
    }
    let page = refused(&old, &new);
    let words = "a page that lost 12 of 12 condition key values of operations (";
    assert!(page.starts_with(words), "{page}");
    let mut new = old.clone();
    for action in old.actions.values_mut().take(12) {
        action.dependent_actions = vec!["iam:PassRole".to_owned()];
    }
    for action in new.actions.values_mut() {
        action.dependent_actions.clear();
    }
    use Layout::{Classic, Current};
    for (then, now, is_refused) in [
        (Classic, Classic, true),
        // the current layout derives them from operations
        (Classic, Current, false),
        (Current, Current, false),
    ] {
        let result = Guard::new(&old, then, &new, now).check(&Accepted::default(), &[]);
        assert_eq!(result.is_err(), is_refused, "{then:?} {now:?} {result:?}");
    }
}

#[test]
fn facts_that_translations_still_state_are_refused_without_being_a_fifth() {
    let old = plantation();
    let without = |count: usize| {
        let mut new = old.clone();
        for _ in 0..count {
            new.actions.pop_last();
        }
        new
    };
    let (eleven, three) = (without(11), without(3));
    let check = |new: &Service, translations: &[(Locale, &Service)]| {
        let guard = Guard::new(&old, Layout::Current, new, Layout::Current);
        guard.check(&Accepted::default(), translations)
    };
    assert!(check(&eleven, &[]).is_ok());
    // a translation of the new page
    assert!(check(&eleven, &[(Locale::EsEs, &eleven)]).is_ok());
    // a few names may be removed before the page is translated again
    assert!(check(&three, &[(Locale::EsEs, &old)]).is_ok());
    let translations = [
        (Locale::DeDe, &three),
        (Locale::EsEs, &old),
        (Locale::FrFr, &eleven),
        (Locale::JaJp, &old),
    ];
    let page = check(&eleven, &translations)
        .expect_err("a refused page")
        .found;
    let (lost, still_stated) = page.split_once("; ").expect("two parts");
    assert!(
        lost.starts_with("a page that lost 11 of 60 actions (`"),
        "{page}"
    );
    assert_eq!(
        still_stated,
        "es_es, ja_jp still state 11 actions that the English page no longer has; \
         de_de still states 8 actions that the English page no longer has"
    );
}

#[test]
fn kinds_are_parsed_from_their_words() {
    for kind in Kind::ALL {
        assert_eq!(kind.word().parse(), Ok(kind));
    }
    assert_eq!("condition-keys".parse(), Ok(Kind::Keys));
    let error = "leaves".parse::<Kind>().expect_err("an error");
    assert!(
        error
            .to_string()
            .contains("`leaves`, expected one of `actions`")
    );
}

#[test]
fn the_faults_are_refused_on_real_pages() {
    let mut compared = 0;
    for layout in ["classic", "current"] {
        let folder = format!("expected/snapshots/{layout}");
        let Some(folder) = real::shared(&folder) else {
            return;
        };
        for entry in fs::read_dir(folder).expect("a folder") {
            let text = fs::read_to_string(entry.expect("an entry").path()).expect("text");
            let old: Service = serde_json::from_str(&text).expect("a snapshot");
            let in_effect = old.actions.values().filter(|action| {
                let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
                let mut keys = action.condition_keys.iter().chain(of_resources);
                keys.any(|key| is_tag(key))
            });
            let tagged = in_effect.count();
            let resources = || old.actions.values().flat_map(|action| &action.resources);
            let required = resources().filter(|it| it.required).count();
            let read = BTreeSet::from([AccessLevel::Read]);
            let levels = old.actions.values();
            let levels = levels
                .filter(|action| !action.access_levels.is_subset(&read))
                .count();
            for (index, many) in [resources().count(), tagged, levels, required]
                .into_iter()
                .enumerate()
            {
                let mut new = old.clone();
                FAULTS[index].2(&mut new);
                let result = check(&old, &new, &Accepted::default());
                if many > 10 {
                    assert!(result.is_err(), "{layout} {} {index} {many}", old.page);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
}
