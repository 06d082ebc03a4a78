//! Properties of the comparison for any service.

use iam_policy::Layout;
use iam_policy::wire;
use proptest::prelude::*;
use serde_json::Value;

use crate::derive::{FORMS, Form, reference};
use crate::mutate::MUTATIONS;
use crate::strategy::{classic_facts, current_facts};
use crate::{compare, lines};
use codegen::service_reference::{self, Kind};

fn service() -> impl Strategy<Value = Value> {
    prop_oneof![current_facts(), classic_facts()]
        .prop_map(|facts| serde_json::to_value(wire::normal_form(&facts)).expect("JSON"))
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 512,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn services_agree_with_derived_references(service in service()) {
        for form in FORMS {
            for layout in [Layout::Classic, Layout::Current] {
                let comparison = compare(&service, layout, &reference(&service, form));
                prop_assert_eq!(lines(&comparison), [""; 0], "{:?}", form);
            }
        }
    }

    #[test]
    fn each_planted_difference_is_found_once(
        service in service(),
        which in 0..MUTATIONS.len(),
        at in 0..1000_usize,
    ) {
        let mut changed = reference(&service, Form::Bare);
        let (what, mutation) = MUTATIONS[which];
        let Some(planted) = mutation(&mut changed, at) else {
            return Ok(());
        };
        let comparison = compare(&service, Layout::Current, &changed);
        let found: Vec<_> = comparison.disagreements.iter().collect();
        prop_assert!(found.iter().any(|it| it.kind == planted.kind), "{} {:?}", what, found);
        prop_assert!(found.iter().all(|it| it.name == planted.name), "{} {:?}", what, found);
        // if the client has two rows of the operation, its actions may be reported as well
        if planted.kind != Kind::SdkClients {
            prop_assert_eq!(found.len(), 1, "{}", what);
        }
    }

    #[test]
    fn truncated_references_are_rejected(service in service(), cut in any::<prop::sample::Index>()) {
        let text = reference(&service, Form::Full).to_string();
        let cut = cut.index(text.len());
        if let Some(start) = text.get(..cut) {
            let error = service_reference::read("cut.json", start).expect_err("a truncated reference");
            let message = error.to_string();
            prop_assert!(message.starts_with("cut.json: ") && message.lines().count() == 1);
        }
    }

    #[test]
    fn no_text_causes_a_panic(text in ".{0,40}") {
        let _ = service_reference::read("any.json", &text);
    }
}
