//! Pages and tables that were cut off.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, facts, refused, replaced, text};
use crate::support::{self, Form};

#[test]
fn a_page_without_its_end_is_refused() {
    replaced(
        SERVED,
        "</html>",
        "",
        expect![[r#"
        list_orchard.html: found no `</html>` at the end, expected a whole page
    "#]],
    );
    let text = text(CLASSIC);
    refused(
        Form::Saved,
        &text[..text.len() / 2],
        expect![[r#"
        list_orchard.html: found no `</html>` at the end, expected a whole page
    "#]],
    );
}

#[test]
fn a_section_that_topics_announce_must_come() {
    let whole = text(MARKDOWN);
    let at = whole.rfind("\n## ").expect("a last section");
    refused(
        Form::Markdown,
        &whole[..at],
        expect![[r#"
        list_orchard.md: found the page's end, expected the section `list_orchard-policy-keys` that its topics announce
    "#]],
    );
    let at = whole
        .find("-permission-only-actions\"></a>")
        .expect("a section");
    refused(
        Form::Markdown,
        &whole[..at - 60],
        expect![[r#"
            list_orchard.md: actions table, entry 4 `listTrees`: found `-`, expected a field written `- **Label:** text`
        "#]],
    );
}

#[test]
fn a_table_cut_off_below_a_cell_that_reaches_down_is_refused() {
    let whole = text(SERVED);
    // the closing tags are there, the rows of the last entry are not
    let open = whole.find("rowspan=\"3\"").expect("an entry of three rows");
    let end = open + whole[open..].find("</tr>").expect("its first row");
    let close = end + whole[end..].find("</table>").expect("the table's end");
    let cut = format!("{}{}", &whole[..end + 5], &whole[close..]);
    refused(
        Form::Served,
        &cut,
        expect![[r#"
        list_orchard.html: operations table, row 2: found the table's end with 2 rows still to come, expected the rows that a cell above spans
    "#]],
    );
}

#[test]
fn a_markdown_row_that_is_cut_off_is_refused() {
    let whole = text(MARKDOWN);
    let cut = whole.trim_end().trim_end_matches('|').trim_end();
    refused(
        Form::Markdown,
        cut,
        expect![[r#"
        list_orchard.md: condition keys table, row 8: found `|  [token.${Domain}.example:sub](https://docs.example.com/keys) | Does what its …`, expected a row that ends in `|`
    "#]],
    );
    let row = whole.lines().last().expect("a row");
    let cut = &whole[..whole.len() - row.len() + 8];
    refused(
        Form::Markdown,
        cut,
        expect![[r#"
        list_orchard.md: condition keys table, row 8: found `|  [token`, expected a row that ends in `|`
    "#]],
    );
}

#[test]
fn no_part_of_an_html_page_passes_for_the_whole() {
    for style in [SERVED, CLASSIC] {
        let whole = text(style);
        let end = whole.rfind("</html>").expect("an end");
        for at in (0..end).step_by(37) {
            assert!(
                support::read("orchard", style.form, &whole[..at]).is_err(),
                "cut at {at}"
            );
        }
    }
}

/// Where a last table ends cannot be known from Markdown: whole rows of it may be lost, nothing else.
#[test]
fn no_part_of_a_markdown_page_passes_for_more_than_it_is() {
    let (whole, facts) = (text(MARKDOWN), facts(MARKDOWN));
    for at in 0..whole.len() {
        let Ok(mut read) = support::read("orchard", Form::Markdown, &whole[..at]) else {
            continue;
        };
        assert!(!read.condition_keys.is_empty(), "cut at {at}");
        for (name, key) in &read.condition_keys {
            assert_eq!(facts.condition_keys.get(name), Some(key), "cut at {at}");
        }
        read.condition_keys.clone_from(&facts.condition_keys);
        assert_eq!(read, facts, "cut at {at}");
    }
}
