//! Errors of truncated pages and tables.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, facts, rejected, replaced, text};
use crate::support::{self, Form};

#[test]
fn html_without_its_end_is_rejected() {
    replaced(
        SERVED,
        "</html>",
        "",
        expect![[r#"
            list_orchard.html: found no `</html>` at the end, expected a complete page
        "#]],
    );
    let text = text(CLASSIC);
    rejected(
        Form::Saved,
        &text[..text.len() / 2],
        expect![[r#"
            list_orchard.html: found no `</html>` at the end, expected a complete page
        "#]],
    );
}

#[test]
fn sections_in_the_list_of_topics_must_exist() {
    let whole = text(MARKDOWN);
    let at = whole.rfind("\n## ").expect("a last section");
    rejected(
        Form::Markdown,
        &whole[..at],
        expect![[r#"
            list_orchard.md: found the end of the page, expected the section `list_orchard-policy-keys` from its list of topics
        "#]],
    );
    let at = whole
        .find("-permission-only-actions\"></a>")
        .expect("a section");
    rejected(
        Form::Markdown,
        &whole[..at - 60],
        expect![[r#"
            list_orchard.md: actions table, entry 4 `listTrees`: found `-`, expected a field in the form `- **Label:** text`
        "#]],
    );
}

#[test]
fn tables_truncated_within_a_row_span_are_rejected() {
    let whole = text(SERVED);
    // all elements are closed, but rows of the last entry are missing
    let open = whole.find("rowspan=\"3\"").expect("an entry of three rows");
    let end = open + whole[open..].find("</tr>").expect("its first row");
    let close = end + whole[end..].find("</table>").expect("the table's end");
    let cut = format!("{}{}", &whole[..end + 5], &whole[close..]);
    rejected(
        Form::Served,
        &cut,
        expect![[r#"
            list_orchard.html: operations table, row 2: found the end of the table, 2 rows too early, expected the rows that a cell above it spans
        "#]],
    );
}

#[test]
fn truncated_markdown_rows_are_rejected() {
    let whole = text(MARKDOWN);
    let cut = whole.trim_end().trim_end_matches('|').trim_end();
    rejected(
        Form::Markdown,
        cut,
        expect![[r#"
        list_orchard.md: condition keys table, row 8: found `|  [token.${Domain}.example:sub](https://docs.example.com/keys) | Does what its …`, expected a row that ends in `|`
    "#]],
    );
    let row = whole.lines().last().expect("a row");
    let cut = &whole[..whole.len() - row.len() + 8];
    rejected(
        Form::Markdown,
        cut,
        expect![[r#"
        list_orchard.md: condition keys table, row 8: found `|  [token`, expected a row that ends in `|`
    "#]],
    );
}

#[test]
fn every_prefix_of_an_html_page_is_rejected() {
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

/// Markdown does not mark the end of the last table, so whole rows of it may be missing.
#[test]
fn prefixes_of_a_markdown_page_lose_only_rows_of_the_last_table() {
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
