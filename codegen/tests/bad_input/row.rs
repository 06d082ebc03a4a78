//! Rows that say nothing, or what nobody knows.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, edited, replaced};
use crate::support::{Cell, Document, Entry, Inline};

#[test]
fn an_access_level_that_nobody_knows_is_named() {
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
fn a_mark_that_nobody_knows_is_named() {
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
fn an_action_without_a_proper_name_is_refused() {
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
        list_orchard.html: resource types table, row 1 ``: found no name, expected a resource type
    "#]],
    );
    edited(
        MARKDOWN,
        clear(0),
        expect![[r#"
        list_orchard.md: resource types table, row 1 ``: found no name, expected a resource type
    "#]],
    );
    edited(
        CLASSIC,
        clear(1),
        expect![[r#"
        list_orchard.html: resource types table, row 1 `fruit tree`: found no ARN, expected its template
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
        list_orchard.html: condition keys table, row 1 `Ripeness`: found the key `Ripeness`, expected a key with its namespace, such as `aws:TagKeys`
    "#]],
    );
    edited(
        MARKDOWN,
        set(0, ""),
        expect![[r#"
        list_orchard.md: condition keys table, row 1 ``: found the key ``, expected a key with its namespace, such as `aws:TagKeys`
    "#]],
    );
    edited(
        CLASSIC,
        set(2, ""),
        expect![[r#"
        list_orchard.html: condition keys table, row 1 `aws:RequestTag/${TagKey}`: found no type, expected the type of the key's value
    "#]],
    );
}

#[test]
fn a_resource_type_that_is_nothing_but_a_star_is_refused() {
    let star = |document: &mut Document| {
        let rows = &mut document.entries("-actions-as-permissions")[0].rows;
        rows[0][2] = Some(Cell::text("*"));
    };
    edited(
        SERVED,
        star,
        expect![[r#"
        list_orchard.html: actions table, row 1 `GetRow`: found `*`, expected a resource type
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
        list_orchard.html: operations table, row 1 ``: found no name, expected an operation
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
        list_orchard.html: operations table, row 1 `GraftTree`: found 2 keys with 0 values, expected one key, or a value for each
    "#]],
    );
    edited(
        SERVED,
        set(4, Cell::text("orchard.example.com")),
        expect![[r#"
            list_orchard.html: operations table, row 1 `GraftTree`: found 0 keys with 1 values, expected one key, or a value for each
        "#]],
    );
}

#[test]
fn a_text_with_another_prefix_than_its_anchor_is_refused() {
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
            list_orchard.html: operations table, row 1 `GraftTree`: found `iam:PassRole` at the anchor of `orchard:PassRole`, expected a text and an anchor with the same prefix
        "#]],
    );
    edited(
        MARKDOWN,
        |document| document.entries("-operations")[0].rows[0][2] = Some(needed.clone()),
        expect![[r#"
            list_orchard.md: operations table, row 1 `GraftTree`: found `iam:PassRole` at the anchor of `orchard:PassRole`, expected a text and an anchor with the same prefix
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
            list_orchard.html: actions table, row 1 `GetRow`: found `iam:PassRole` at the anchor of `orchard:PassRole`, expected a text and an anchor with the same prefix
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
        list_orchard.html: actions table, row 1 `iam:PassRole`: found `iam:PassRole` at the anchor of `orchard:GetRow`, expected a text and an anchor with the same prefix
    "#]],
    );
}
