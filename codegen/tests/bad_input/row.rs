//! Errors of incomplete rows and of rows with unknown values.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, edited, replaced};
use crate::support::{Cell, Document, Entry, Inline};

#[test]
fn unknown_access_levels_are_rejected() {
    let harvest = |document: &mut Document| {
        let entry = &mut document.entries("-actions-as-permissions")[0];
        set_last(entry, "Harvest, Write");
    };
    edited(
        SERVED,
        harvest,
        expect![[r#"
        list_orchard.html: actions table, row 1 `GetRow`: found the access level `Harvest`, expected one of `List`, `Read`, `Write`, `Permissions management`, `Tagging`
    "#]],
    );
    edited(
        MARKDOWN,
        harvest,
        expect![[r#"
        list_orchard.md: actions table, row 1 `GetRow`: found the access level `Harvest`, expected one of `List`, `Read`, `Write`, `Permissions management`, `Tagging`
    "#]],
    );
}

fn set_last(entry: &mut Entry, text: &str) {
    let cell = entry.rows[0].last_mut().expect("a cell");
    *cell = Some(Cell::text(text));
}

#[test]
fn unknown_marks_are_rejected() {
    replaced(
        CLASSIC,
        "[permission only]",
        "[in autumn only]",
        expect![[r#"
            list_orchard.html: actions table, row 11 `Share-Harvest [in autumn only]`: found the mark `in autumn only`, expected `[permission only]` or nothing
        "#]],
    );
    replaced(
        CLASSIC,
        "[permission only]",
        "［自動］",
        expect![[r#"
        list_orchard.html: actions table, row 11 `Share-Harvest ［自動］`: found the mark `自動`, expected `[permission only]` or nothing
    "#]],
    );
}

#[test]
fn invalid_action_names_are_rejected() {
    let rename = |name: &'static str| {
        move |document: &mut Document| {
            let entry = &mut document.entries("-actions-as-permissions")[0];
            entry.rows[0][0] = Some(Cell::text(name));
        }
    };
    edited(
        SERVED,
        rename(""),
        expect![[r#"
            list_orchard.html: actions table, row 1 ``: found the action ``, expected a name of letters, digits, `-` and `_`
        "#]],
    );
    edited(
        SERVED,
        rename("Pick\"Apples\""),
        expect![[r#"
            list_orchard.html: actions table, row 1 `Pick"Apples"`: found the action `Pick"Apples"`, expected a name of letters, digits, `-` and `_`
        "#]],
    );
    edited(
        MARKDOWN,
        rename("Pick::Apples"),
        expect![[r#"
            list_orchard.md: actions table, row 1 `Pick::Apples`: found the action `Pick::Apples`, expected a name of letters, digits, `-` and `_`
        "#]],
    );
}

#[test]
fn a_resource_type_needs_a_name_and_an_arn() {
    let clear = |column: usize| {
        move |document: &mut Document| {
            let row = &mut document.entries("-resources-for-iam-policies")[0].rows[0];
            row[column] = Some(Cell::default());
        }
    };
    edited(
        SERVED,
        clear(0),
        expect![[r#"
            list_orchard.html: resource types table, row 1 ``: found no name, expected the name of a resource type
        "#]],
    );
    edited(
        MARKDOWN,
        clear(0),
        expect![[r#"
            list_orchard.md: resource types table, row 1 ``: found no name, expected the name of a resource type
        "#]],
    );
    edited(
        CLASSIC,
        clear(1),
        expect![[r#"
            list_orchard.html: resource types table, row 1 `fruit tree`: found no ARN, expected an ARN template
        "#]],
    );
}

#[test]
fn a_condition_key_needs_a_namespace_and_a_type() {
    let set = |column: usize, text: &'static str| {
        move |document: &mut Document| {
            document.entries("-policy-keys")[0].rows[0][column] = Some(Cell::text(text));
        }
    };
    edited(
        SERVED,
        set(0, "Ripeness"),
        expect![[r#"
            list_orchard.html: condition keys table, row 1 `Ripeness`: found the condition key `Ripeness`, expected a key with its namespace, such as `aws:TagKeys`
        "#]],
    );
    edited(
        MARKDOWN,
        set(0, ""),
        expect![[r#"
            list_orchard.md: condition keys table, row 1 ``: found the condition key ``, expected a key with its namespace, such as `aws:TagKeys`
        "#]],
    );
    edited(
        CLASSIC,
        set(2, ""),
        expect![[r#"
            list_orchard.html: condition keys table, row 1 `aws:RequestTag/${TagKey}`: found an empty cell, expected the type of the key's values
        "#]],
    );
}

#[test]
fn a_star_without_a_resource_type_is_rejected() {
    let star = |document: &mut Document| {
        let rows = &mut document.entries("-actions-as-permissions")[0].rows;
        rows[0][2] = Some(Cell::text("*"));
    };
    edited(
        SERVED,
        star,
        expect![[r#"
            list_orchard.html: actions table, row 1 `GetRow`: found `*`, expected the name of a resource type
        "#]],
    );
}

#[test]
fn an_operation_needs_a_name_and_actions_with_their_prefix() {
    let set = |column: usize, cell: Cell| {
        move |document: &mut Document| {
            document.entries("-operations")[0].rows[0][column] = Some(cell);
        }
    };
    edited(
        SERVED,
        set(0, Cell::default()),
        expect![[r#"
            list_orchard.html: operations table, row 1 ``: found no name, expected the name of an operation
        "#]],
    );
    edited(
        SERVED,
        set(2, Cell::text("PassRole")),
        expect![[r#"
        list_orchard.html: operations table, row 1 `GraftTree`: found `PassRole`, expected an action with its prefix
    "#]],
    );
    let two = vec![
        vec![Inline::Text("iam:PassedToService".to_owned())],
        vec![Inline::Text("aws:CalledVia".to_owned())],
    ];
    edited(
        SERVED,
        set(3, Cell::lines(two)),
        expect![[r#"
            list_orchard.html: operations table, row 1 `GraftTree`: found 2 keys with 0 values, expected one key, or one value for each key
        "#]],
    );
    edited(
        SERVED,
        set(4, Cell::text("orchard.example.com")),
        expect![[r#"
            list_orchard.html: operations table, row 1 `GraftTree`: found 0 keys with 1 value, expected one key, or one value for each key
        "#]],
    );
}

#[test]
fn text_with_a_prefix_that_differs_from_its_anchor_is_rejected() {
    let link = |text: &str, href: &str| {
        Cell::line(vec![Inline::Link {
            text: text.to_owned(),
            href: href.to_owned(),
        }])
    };
    let needed = link("iam:PassRole", "#list_orchard-action-PassRole");
    edited(
        SERVED,
        |document| document.entries("-operations")[0].rows[0][2] = Some(needed.clone()),
        expect![[r#"
            list_orchard.html: operations table, row 1 `GraftTree`: found the text `iam:PassRole` at the anchor of `orchard:PassRole`, expected a text and an anchor with the same prefix
        "#]],
    );
    edited(
        MARKDOWN,
        |document| document.entries("-operations")[0].rows[0][2] = Some(needed.clone()),
        expect![[r#"
            list_orchard.md: operations table, row 1 `GraftTree`: found the text `iam:PassRole` at the anchor of `orchard:PassRole`, expected a text and an anchor with the same prefix
        "#]],
    );
    let dependent = link("iam:PassRole", "#orchard-PassRole");
    edited(
        CLASSIC,
        |document| {
            let entry = &mut document.entries("-actions-as-permissions")[0];
            entry.rows[0][5] = Some(dependent);
        },
        expect![[r#"
            list_orchard.html: actions table, row 1 `GetRow`: found the text `iam:PassRole` at the anchor of `orchard:PassRole`, expected a text and an anchor with the same prefix
        "#]],
    );
    let rename = |document: &mut Document| {
        let cell = document.entries("-actions-as-permissions")[0].rows[0][0].as_mut();
        let parts = cell.expect("a name").lines.iter_mut().flatten();
        for part in parts {
            if let Inline::Link { text, .. } = part {
                "iam:PassRole".clone_into(text);
            }
        }
    };
    edited(
        SERVED,
        rename,
        expect![[r#"
            list_orchard.html: actions table, row 1 `iam:PassRole`: found the text `iam:PassRole` at the anchor of `orchard:GetRow`, expected a text and an anchor with the same prefix
        "#]],
    );
}
