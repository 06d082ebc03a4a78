//! Tables that do not hold together.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, edited, refused, replaced, text};
use crate::support::{Cell, Document, Form};

#[test]
fn a_header_of_another_width_is_refused() {
    let widen = |ending: &'static str| {
        move |document: &mut Document| {
            let table = document.section(ending).table.as_mut().expect("a table");
            table.heads.push("Season".to_owned());
        }
    };
    edited(
        CLASSIC,
        widen("-actions-as-permissions"),
        expect![[r#"
        list_orchard.html: actions table, header: found 7 columns, expected 5 or 6
    "#]],
    );
    edited(
        SERVED,
        widen("-operations"),
        expect![[r#"
        list_orchard.html: operations table, header: found 7 columns, expected 5 or 6
    "#]],
    );
    edited(
        MARKDOWN,
        widen("-policy-keys"),
        expect![[r#"
        list_orchard.md: condition keys table, header: found 4 columns, expected 3
    "#]],
    );
}

#[test]
fn a_header_without_rows_is_refused() {
    let empty = |document: &mut Document| document.entries("-policy-keys").clear();
    edited(
        MARKDOWN,
        empty,
        expect![[r#"
        list_orchard.md: condition keys table: found a header without rows, expected rows
    "#]],
    );
    let bare = |document: &mut Document| {
        document.entries("-policy-keys").clear();
        let table = document.section("-policy-keys").table.as_mut();
        table.expect("a table").heads.clear();
    };
    edited(
        SERVED,
        bare,
        expect![[r#"
        list_orchard.html: condition keys table, header: found 0 columns, expected 3
    "#]],
    );
}

#[test]
fn a_row_with_too_few_cells_is_refused() {
    let shorten = |document: &mut Document| {
        document.entries("-policy-keys")[1].rows[0].pop();
    };
    edited(
        SERVED,
        shorten,
        expect![[r#"
        list_orchard.html: condition keys table, row 2: found 2 cells where the first says `aws:ResourceTag/${TagKey}`, expected as many as 3 columns leave free below the cells that reach down
    "#]],
    );
    edited(
        MARKDOWN,
        shorten,
        expect![[r#"
        list_orchard.md: condition keys table, row 2: found 2 cells where the first says `aws:ResourceTag/${TagKey}`, expected as many as 3 columns leave free below the cells that reach down
    "#]],
    );
    let shorten = |document: &mut Document| {
        document.entries("-actions-as-permissions")[2].rows[2].pop();
    };
    edited(
        CLASSIC,
        shorten,
        expect![[r#"
        list_orchard.html: actions table, row 9: found 2 cells where the first says `tree`, expected as many as 6 columns leave free below the cells that reach down
    "#]],
    );
}

#[test]
fn a_row_with_too_many_cells_is_refused() {
    let lengthen = |document: &mut Document| {
        let row = &mut document.entries("-resources-for-iam-policies")[1].rows[0];
        row.push(Some(Cell::text("more")));
    };
    edited(
        CLASSIC,
        lengthen,
        expect![[r#"
        list_orchard.html: resource types table, row 2: found 4 cells where the first says `row/north`, expected as many as 3 columns leave free below the cells that reach down
    "#]],
    );
    edited(
        MARKDOWN,
        lengthen,
        expect![[r#"
        list_orchard.md: resource types table, row 2: found 4 cells where the first says `row/north`, expected as many as 3 columns leave free below the cells that reach down
    "#]],
    );
}

#[test]
fn a_markdown_table_without_its_rule_is_refused() {
    replaced(
        MARKDOWN,
        "| --- | --- | --- | \n",
        "",
        expect![[r#"
        list_orchard.md: permission-only actions table: found `| --- | --- |  [Share-Harvest](#welcome) | Does what its name says, Share-Harves…`, expected the rule `| --- |` below the header
    "#]],
    );
}

#[test]
fn a_second_markdown_table_in_a_section_is_refused() {
    let whole = text(MARKDOWN);
    let more =
        format!("{whole}\nAnd more:\n\n| a | b | c | \n| --- | --- | --- | \n| d | e | f | \n");
    refused(
        Form::Markdown,
        &more,
        expect![[r#"
        list_orchard.md: condition keys table: found a second table, expected one
    "#]],
    );
}

#[test]
fn a_markdown_entry_that_lacks_a_field_is_refused() {
    replaced(
        MARKDOWN,
        "  - **Access level:** Read\n",
        "",
        expect![[r#"
            list_orchard.md: actions table, entry 1 `GetRow`: found no field, expected `Access level`
        "#]],
    );
    replaced(
        MARKDOWN,
        "  - **Access level:** Read\n",
        "  - Read\n",
        expect![[r#"
            list_orchard.md: actions table, entry 1 `GetRow`: found `- Read`, expected a field written `- **Label:** text`
        "#]],
    );
    replaced(
        MARKDOWN,
        "**Access level:** Read\n",
        "**Season:** Autumn\n",
        expect![[r#"
            list_orchard.md: actions table, row 1 `GetRow`: found the access level `Autumn`, expected one of `List`, `Read`, `Write`, `Permissions management`, `Tagging`
        "#]],
    );
}

#[test]
fn a_markdown_entry_with_a_line_that_is_no_field_is_refused() {
    replaced(
        MARKDOWN,
        "  - **Access level:** Read\n",
        "  Autumn\n",
        expect![[r#"
            list_orchard.md: actions table, entry 1 `GetRow`: found `Autumn`, expected a field written `- **Label:** text`
        "#]],
    );
}
