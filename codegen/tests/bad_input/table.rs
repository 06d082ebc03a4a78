//! Errors of malformed tables.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, edited, rejected, replaced, text};
use crate::support::{Cell, Document, Form};

#[test]
fn headers_with_other_columns_are_rejected() {
    let widen = |ending: &'static str| {
        move |document: &mut Document| {
            let table = document.section(ending).table.as_mut().expect("a table");
            table.headers.push("Season".to_owned());
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
fn headers_without_rows_are_rejected() {
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
        table.expect("a table").headers.clear();
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
fn rows_with_too_few_cells_are_rejected() {
    let shorten = |document: &mut Document| {
        document.entries("-policy-keys")[1].rows[0].pop();
    };
    edited(
        SERVED,
        shorten,
        expect![[r#"
            list_orchard.html: condition keys table, row 2: found 2 cells in the row that begins with `aws:ResourceTag/${TagKey}`, expected one for each of 3 columns, except where a cell from above spans into the row
        "#]],
    );
    edited(
        MARKDOWN,
        shorten,
        expect![[r#"
            list_orchard.md: condition keys table, row 2: found 2 cells in the row that begins with `aws:ResourceTag/${TagKey}`, expected one for each of 3 columns, except where a cell from above spans into the row
        "#]],
    );
    let shorten = |document: &mut Document| {
        document.entries("-actions-as-permissions")[2].rows[2].pop();
    };
    edited(
        CLASSIC,
        shorten,
        expect![[r#"
            list_orchard.html: actions table, row 9: found 2 cells in the row that begins with `tree`, expected one for each of 6 columns, except where a cell from above spans into the row
        "#]],
    );
}

#[test]
fn rows_with_too_many_cells_are_rejected() {
    let lengthen = |document: &mut Document| {
        let row = &mut document.entries("-resources-for-iam-policies")[1].rows[0];
        row.push(Some(Cell::text("more")));
    };
    edited(
        CLASSIC,
        lengthen,
        expect![[r#"
            list_orchard.html: resource types table, row 2: found 4 cells in the row that begins with `row/north`, expected one for each of 3 columns, except where a cell from above spans into the row
        "#]],
    );
    edited(
        MARKDOWN,
        lengthen,
        expect![[r#"
            list_orchard.md: resource types table, row 2: found 4 cells in the row that begins with `row/north`, expected one for each of 3 columns, except where a cell from above spans into the row
        "#]],
    );
}

#[test]
fn markdown_tables_without_a_delimiter_row_are_rejected() {
    replaced(
        MARKDOWN,
        "| --- | --- | --- | \n",
        "",
        expect![[r#"
            list_orchard.md: permission-only actions table: found `| --- | --- |  [Share-Harvest](#welcome) | Does what its name says, Share-Harves…`, expected the delimiter row `| --- |` below the header
        "#]],
    );
}

#[test]
fn a_second_markdown_table_in_a_section_is_rejected() {
    let whole = text(MARKDOWN);
    let more =
        format!("{whole}\nAnd more:\n\n| a | b | c | \n| --- | --- | --- | \n| d | e | f | \n");
    rejected(
        Form::Markdown,
        &more,
        expect![[r#"
            list_orchard.md: condition keys table: found a second table in the section, expected only one
        "#]],
    );
}

#[test]
fn a_second_html_table_in_a_section_is_rejected() {
    let whole = text(SERVED);
    let end = whole.rfind("</table>").expect("a table");
    let (before, after) = whole.split_at(end);
    rejected(
        Form::Served,
        &format!("{before}</table><p>And more:</p><table><tr><th>a</th></tr>{after}"),
        expect![[r#"
            list_orchard.html: condition keys table: found a second table in the section, expected only one
        "#]],
    );
}

#[test]
fn markdown_entries_without_a_field_are_rejected() {
    replaced(
        MARKDOWN,
        "  - **Access level:** Read\n",
        "",
        expect![[r#"
            list_orchard.md: actions table, entry 1 `GetRow`: found no field `Access level`, expected the fields that other entries have
        "#]],
    );
    replaced(
        MARKDOWN,
        "  - **Access level:** Read\n",
        "  - Read\n",
        expect![[r#"
            list_orchard.md: actions table, entry 1 `GetRow`: found `- Read`, expected a field in the form `- **Label:** text`
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
fn unexpected_lines_in_a_markdown_entry_are_rejected() {
    replaced(
        MARKDOWN,
        "  - **Access level:** Read\n",
        "  Autumn\n",
        expect![[r#"
            list_orchard.md: actions table, entry 1 `GetRow`: found `Autumn`, expected a field in the form `- **Label:** text`
        "#]],
    );
}
