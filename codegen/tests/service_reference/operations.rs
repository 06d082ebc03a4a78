//! Disagreements about operations.

use expect_test::expect;
use iam_policy::Layout;
use serde_json::{Value, json};

use crate::derive::{Form, reference};
use crate::planted::{entry, planted};
use crate::{compare, grove, lines};

#[test]
fn disagreements_about_operations_are_reported() {
    planted(
        |it| entry(it, "Operations", "ListTrees")["Name"] = json!("ShowTrees"),
        expect![[r#"
            operation `ListTrees`: only on the page
            operation `ShowTrees`: only in the service reference
        "#]],
    );
    planted(
        |it| entry(it, "Operations", "ListTrees")["SDK"][0]["Name"] = json!("grove-runtime"),
        expect![[r#"
            operation `ListTrees`: SDK clients: only on the page `grove`; only in the service reference `grove-runtime`
        "#]],
    );
    planted(
        |it| {
            entry(it, "Operations", "PlantTree")["AuthorizedActions"][1]["Context"] =
                json!({"iam:PassedToService": ["a", "b"]})
        },
        expect![[r#"
            operation `PlantTree`: authorized actions: only on the page `iam:PassRole` with `iam:PassedToService` = `grove.example.com`; only in the service reference `iam:PassRole` with `iam:PassedToService` = `a`, `b`
        "#]],
    );
    planted(
        |it| entry(it, "Operations", "PlantTree")["AuthorizedActions"] = json!([]),
        expect![[r#"
            operation `PlantTree`: authorized actions: only on the page `grove:PlantTree`, `iam:PassRole` with `iam:PassedToService` = `grove.example.com`
        "#]],
    );
    // names in other packages are not client names
    planted(
        |it| {
            let sdk = entry(it, "Operations", "ListTrees")["SDK"].as_array_mut();
            sdk.expect("a list").push(
                json!({"Name": "GroveClient", "Method": "listTrees", "Package": "JavaScript"}),
            );
        },
        expect![],
    );
}

#[test]
fn missing_actions_and_clients_are_not_compared() {
    planted(
        |it| {
            for operation in it["Operations"].as_array_mut().expect("a table") {
                let operation = operation.as_object_mut().expect("an operation");
                operation.remove("SDK");
                operation.remove("AuthorizedActions");
            }
        },
        expect![],
    );
}

/// Returns the grove with two clients for `ListTrees`.
fn with_two_clients() -> Value {
    let mut service = grove();
    let operations = service["operations"].as_array_mut().expect("a table");
    let mut other = operations[0].clone();
    other["sdk"] = json!("grove-runtime");
    operations.push(other);
    service
}

#[test]
fn clients_of_an_operation_are_compared_one_by_one() {
    let service = with_two_clients();
    let derived = reference(&service, Form::Full);
    let changed = |edit: fn(&mut Vec<Value>)| {
        let mut changed = derived.clone();
        edit(changed["Operations"].as_array_mut().expect("a table"));
        lines(&compare(&service, Layout::Current, &changed))
    };
    assert_eq!(changed(|_| ()), [""; 0]);
    // one entry for both, as AWS publishes it
    let together = changed(|operations| {
        let other = operations.pop().expect("the other")["SDK"].take();
        let sdk = operations[0]["SDK"].as_array_mut().expect("a list");
        sdk.extend(other.as_array().expect("a list").iter().cloned());
    });
    assert_eq!(together, [""; 0]);
    let of_one = changed(|operations| operations[2]["AuthorizedActions"] = json!([]));
    assert_eq!(
        of_one,
        [
            "operation `ListTrees`: authorized actions on `grove-runtime`: only on the page `grove:ListTrees`"
        ]
    );
    let of_both = changed(|operations| {
        operations[0]["AuthorizedActions"] = json!([]);
        operations[2]["AuthorizedActions"] = json!([]);
    });
    assert_eq!(
        of_both,
        ["operation `ListTrees`: authorized actions: only on the page `grove:ListTrees`"]
    );
    let lost = changed(|operations| {
        operations.pop();
    });
    assert_eq!(
        lost,
        ["operation `ListTrees`: SDK clients: only on the page `grove-runtime`"]
    );
}
