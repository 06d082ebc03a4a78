//! Texts that are no page, and pages that lack a part.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, edited, refused, replaced, text};
use crate::support::{self, Document, Form, sample};

#[test]
fn an_empty_text_is_no_page() {
    refused(
        Form::Served,
        "",
        expect![[r#"
            list_orchard.html: found an empty text, expected a page of the Service Authorization Reference
        "#]],
    );
    refused(
        Form::Served,
        " \n\n",
        expect![[r#"
            list_orchard.html: found an empty text, expected a page of the Service Authorization Reference
        "#]],
    );
    refused(
        Form::Markdown,
        "",
        expect![[r#"
            list_orchard.md: found an empty text, expected a page of the Service Authorization Reference
        "#]],
    );
}

#[test]
fn a_text_of_another_kind_is_no_page() {
    refused(
        Form::Served,
        "{\"orchard\": true}",
        expect![[r#"
        list_orchard.html: found no `</html>` at the end, expected a whole page
    "#]],
    );
    refused(
        Form::Markdown,
        "# A recipe\n\nTake `apples`.\n",
        expect![[r#"
            list_orchard.md: found a text that begins `# A recipe` without any section, expected a page of the Service Authorization Reference in Markdown
        "#]],
    );
    refused(
        Form::Markdown,
        &text(SERVED),
        expect![[r#"
        list_orchard.md: found a text that begins `<!DOCTYPE html>` without any section, expected a page of the Service Authorization Reference in Markdown
    "#]],
    );
    refused(
        Form::Served,
        &text(MARKDOWN),
        expect![[r#"
        list_orchard.html: found no `</html>` at the end, expected a whole page
    "#]],
    );
}

#[test]
fn a_redirect_names_where_it_leads() {
    let page = "<html><head><title>Moved</title></head><body><p>Gone to \
        <a href=\"list_garden.html\">the garden</a>.</p></body></html>";
    refused(
        Form::Served,
        page,
        expect![[r#"
        list_orchard.html: found a page titled `Moved` without any section, expected a page of the Service Authorization Reference
    "#]],
    );
    let error = support::read("orchard", Form::Served, page).expect_err("an error");
    expect![[r#"
        it points to `list_garden.html`: has the page moved?
    "#]]
    .assert_eq(&format!("{}\n", error.hint.unwrap_or_default()));
}

#[test]
fn an_error_page_served_as_if_all_were_well_is_no_page() {
    let page = "<!DOCTYPE html><html><head><title>Sorry, try later</title></head><body>\
        <h1>Sorry</h1><p>Code <code>503</code></p></body></html>";
    refused(
        Form::Served,
        page,
        expect![[r#"
        list_orchard.html: found a page titled `Sorry, try later` without any section, expected a page of the Service Authorization Reference
    "#]],
    );
}

#[test]
fn a_page_that_lacks_a_section_is_refused() {
    let remove = |ending: &'static str| {
        move |document: &mut Document| document.sections.retain(|it| !it.id.ends_with(ending))
    };
    edited(
        SERVED,
        remove("-actions-as-permissions"),
        expect![[r#"
        list_orchard.html: actions table: found a page headed `Actions, resources, and condition keys for Example Orchard` without a section for it, expected a section whose id ends as the reference's do
    "#]],
    );
    edited(
        CLASSIC,
        remove("-resources-for-iam-policies"),
        expect![[r#"
            list_orchard.html: resource types table: found a page headed `Actions, resources, and condition keys for Example Orchard` without a section for it, expected a section whose id ends as the reference's do
        "#]],
    );
    edited(
        MARKDOWN,
        remove("-policy-keys"),
        expect![[r#"
        list_orchard.md: condition keys table: found a page headed `Actions, resources, and condition keys for Example Orchard` without a section for it, expected a section whose id ends as the reference's do
    "#]],
    );
}

#[test]
fn a_section_that_comes_twice_is_refused() {
    let repeat = |document: &mut Document| {
        let again = document.section("-policy-keys").clone();
        document.sections.push(again);
    };
    edited(
        SERVED,
        repeat,
        expect![[r#"
        list_orchard.html: condition keys table: found a second section of the kind, expected one
    "#]],
    );
    edited(
        MARKDOWN,
        repeat,
        expect![[r#"
        list_orchard.md: condition keys table: found a second section of the kind, expected one
    "#]],
    );
}

#[test]
fn sections_of_two_pages_are_refused() {
    let rename = |document: &mut Document| {
        "list_garden-policy-keys".clone_into(&mut document.section("-policy-keys").id);
    };
    edited(
        SERVED,
        rename,
        expect![[r#"
        list_orchard.html: found ids that begin with `list_orchard` and with `list_garden`, expected one beginning for all sections
    "#]],
    );
}

#[test]
fn a_page_without_actions_is_refused() {
    let facts = sample::nothing("orchard");
    let page = |style| support::render(&facts, &style);
    refused(
        Form::Served,
        &page(SERVED),
        expect![[r#"
        list_orchard.html: actions table: found no action, expected at least one
    "#]],
    );
    refused(
        Form::Saved,
        &page(CLASSIC),
        expect![[r#"
        list_orchard.html: actions table: found no action, expected at least one
    "#]],
    );
    refused(
        Form::Markdown,
        &page(MARKDOWN),
        expect![[r#"
        list_orchard.md: actions table: found no action, expected at least one
    "#]],
    );
}

#[test]
fn a_page_without_a_prefix_is_refused() {
    let clear = |document: &mut Document| document.introduction.1.clear();
    edited(
        SERVED,
        clear,
        expect![[r#"
        list_orchard.html: introduction: found no service prefix, expected one in the first paragraph
    "#]],
    );
    edited(
        MARKDOWN,
        clear,
        expect![[r#"
        list_orchard.md: introduction: found no service prefix, expected one in the first paragraph
    "#]],
    );
}

#[test]
fn a_locale_that_nobody_knows_is_refused() {
    replaced(
        SERVED,
        "content=\"en_us\"",
        "content=\"tlh\"",
        expect![[r#"
            list_orchard.html: guide-locale: found `tlh`, expected a locale of the reference
        "#]],
    );
}
