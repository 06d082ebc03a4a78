//! Errors of incomplete rows and of rows with unknown values.

use expect_test::expect;
use iam_policy::wire::Facts;

use super::{CLASSIC, MARKDOWN, SERVED, edited, facts, replaced};
use crate::support::{Cell, Document, Entry, Form, Inline, read, render};

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
            list_orchard.html: actions table, row 1 ``: found no name, expected the name of an action, of letters, digits and `-`
        "#]],
    );
    edited(
        SERVED,
        rename("Pick\"Apples\""),
        expect![[r#"
            list_orchard.html: actions table, row 1 `Pick"Apples"`: found `Pick"Apples"`, expected the name of an action, of letters, digits and `-`
        "#]],
    );
    edited(
        MARKDOWN,
        rename("Pick::Apples"),
        expect![[r#"
            list_orchard.md: actions table, row 1 `Pick::Apples`: found `Pick::Apples`, expected the name of an action, of letters, digits and `-`
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
            list_orchard.html: resource types table, row 1 ``: found no name, expected the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces
        "#]],
    );
    edited(
        MARKDOWN,
        clear(0),
        expect![[r#"
            list_orchard.md: resource types table, row 1 ``: found no name, expected the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces
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
            list_orchard.html: actions table, row 1 `GetRow`: found no name, expected the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces
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
            list_orchard.html: operations table, row 1 ``: found no name, expected the name of an operation, of letters, digits and `-`
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

#[test]
fn names_of_other_characters_are_rejected() {
    let mut messages = String::new();
    let mut add = |edit: &dyn Fn(&mut Facts)| {
        let mut facts = facts(SERVED);
        edit(&mut facts);
        let error = read("orchard", Form::Served, &render(&facts, &SERVED)).expect_err("an error");
        messages += &format!("{error}\n");
    };
    add(&|it| it.prefix = "or\"chard".to_owned());
    add(&|it| it.prefix = "Orchard".to_owned());
    add(&|it| it.prefix = "or\u{202e}chard".to_owned());
    add(&|it| it.service = "Orchard\u{1b}[31m".to_owned());
    add(&|it| {
        let action = it.actions["GetRow"].clone();
        it.actions.insert("Get_Row".to_owned(), action);
    });
    add(&|it| {
        let row = it.actions.get_mut("GetRow").expect("an action");
        row.api = Some("https://example.com/\u{2066}".to_owned());
    });
    add(&|it| {
        let row = it.actions.get_mut("GetRow").expect("an action");
        row.uses[0].resource_type = Some("row|".to_owned());
    });
    add(&|it| {
        let row = it.actions.get_mut("GetRow").expect("an action");
        row.uses[0].condition_keys = vec!["orchard:`Row`".to_owned()];
    });
    add(&|it| {
        let graft = it.actions.get_mut("GraftTree").expect("an action");
        graft.scenarios[0].name = "A\u{200f}".to_owned();
    });
    add(&|it| {
        let tree = it.resource_types["tree"].clone();
        it.resource_types.insert("tree\\".to_owned(), tree);
    });
    add(&|it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.arn.push('\u{7f}');
    });
    add(&|it| {
        let key = it.condition_keys["orchard:Variety"].clone();
        it.condition_keys.insert("orchard:Soil;".to_owned(), key);
    });
    add(&|it| it.operations[0].operation = "Graft<b>".to_owned());
    add(&|it| it.operations[0].sdk = Some("orchard()".to_owned()));
    add(&|it| it.operations[0].actions[1].action = "iam:Pass*".to_owned());
    add(&|it| {
        let context = &mut it.operations[0].actions[1].context;
        context.insert("iam:A\"".to_owned(), vec!["a".to_owned()]);
    });
    add(&|it| {
        let context = &mut it.operations[0].actions[1].context;
        context.insert("iam:A".to_owned(), vec!["a\u{202e}b".to_owned()]);
    });
    expect![[r#"
        list_orchard.html: found `or"chard`, expected a service prefix of lower-case letters, digits and `-`
        list_orchard.html: found `Orchard`, expected a service prefix of lower-case letters, digits and `-`
        list_orchard.html: found `or\u{202e}chard`, expected a service prefix of lower-case letters, digits and `-`
        list_orchard.html: heading: found `Orchard\u{1b}[31m`, expected text without control characters, line ends and marks of direction
        list_orchard.html: actions table, row 2 `Get_Row`: found `Get_Row`, expected the name of an action, of letters, digits and `-`
        list_orchard.html: actions table, row 1 `GetRow`: found `https://example.com/\u{2066}`, expected text without control characters, line ends and marks of direction
        list_orchard.html: actions table, row 1 `GetRow`: found `row|`, expected the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces
        list_orchard.html: actions table, row 1 `GetRow`: found `orchard:'Row'`, expected a condition key of letters, digits and `- _ / . < > $ { } :`
        list_orchard.html: actions table, row 4 `GraftTree`: found `A\u{200f}`, expected text without control characters, line ends and marks of direction
        list_orchard.html: resource types table, row 5 `tree\`: found `tree\`, expected the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces
        list_orchard.html: resource types table, row 4 `tree`: found `arn:${Partition}:orchard:${Region}:${Account}:tree/${TreeId}\u{7f}`, expected text without control characters, line ends and marks of direction
        list_orchard.html: condition keys table, row 6 `orchard:Soil;`: found `orchard:Soil;`, expected a condition key of letters, digits and `- _ / . < > $ { } :`
        list_orchard.html: operations table, row 1 `Graft<b>`: found `Graft<b>`, expected the name of an operation, of letters, digits and `-`
        list_orchard.html: operations table, row 1 `GraftTree`: found `orchard()`, expected the name of an SDK client, of letters, digits and `-`
        list_orchard.html: operations table, row 2 `GraftTree`: found `iam:Pass*`, expected an action such as `prefix:Name`, of letters, digits and `-`
        list_orchard.html: operations table, row 2 `GraftTree`: found `iam:A"`, expected a condition key of letters, digits and `- _ / . < > $ { } :`
        list_orchard.html: operations table, row 2 `GraftTree`: found `a\u{202e}b`, expected text without control characters, line ends and marks of direction
    "#]].assert_eq(&messages);
}
