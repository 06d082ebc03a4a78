//! Errors of text that is not a page, and of incomplete pages.

use expect_test::expect;

use super::{CLASSIC, MARKDOWN, SERVED, edited, rejected, replaced, text};
use crate::support::{self, Document, Form, sample};

#[test]
fn empty_text_is_rejected() {
    rejected(
        Form::Served,
        "",
        expect![[r#"
            list_orchard.html: found empty text, expected a page of the Service Authorization Reference
        "#]],
    );
    rejected(
        Form::Served,
        " \n\n",
        expect![[r#"
            list_orchard.html: found empty text, expected a page of the Service Authorization Reference
        "#]],
    );
    rejected(
        Form::Markdown,
        "",
        expect![[r#"
            list_orchard.md: found empty text, expected a page of the Service Authorization Reference
        "#]],
    );
}

#[test]
fn text_in_another_format_is_rejected() {
    rejected(
        Form::Served,
        "{\"orchard\": true}",
        expect![[r#"
            list_orchard.html: found no `</html>` at the end, expected a complete page
        "#]],
    );
    rejected(
        Form::Markdown,
        "# A recipe\n\nTake `apples`.\n",
        expect![[r#"
            list_orchard.md: found text that begins with `# A recipe` and has no sections, expected a page of the Service Authorization Reference in Markdown
        "#]],
    );
    rejected(
        Form::Markdown,
        &text(SERVED),
        expect![[r#"
            list_orchard.md: found text that begins with `<!DOCTYPE html>` and has no sections, expected a page of the Service Authorization Reference in Markdown
        "#]],
    );
    rejected(
        Form::Served,
        &text(MARKDOWN),
        expect![[r#"
            list_orchard.html: found no `</html>` at the end, expected a complete page
        "#]],
    );
}

#[test]
fn the_error_of_a_redirect_names_its_target() {
    let page = "<html><head><title>Moved</title></head><body><p>Moved to \
        <a href=\"list_garden.html\">the garden</a>.</p></body></html>";
    rejected(
        Form::Served,
        page,
        expect![[r#"
            list_orchard.html: found a page with the title `Moved` and without any section, expected a page of the Service Authorization Reference
        "#]],
    );
    let error = support::read("orchard", Form::Served, page).expect_err("an error");
    expect![[r#"
        it links to `list_garden.html`; the page may have moved
    "#]]
    .assert_eq(&format!("{}\n", error.hint.unwrap_or_default()));
}

#[test]
fn error_pages_are_rejected() {
    let page = "<!DOCTYPE html><html><head><title>Sorry, try later</title></head><body>\
        <h1>Sorry</h1><p>Code <code>503</code></p></body></html>";
    rejected(
        Form::Served,
        page,
        expect![[r#"
            list_orchard.html: found a page with the title `Sorry, try later` and without any section, expected a page of the Service Authorization Reference
        "#]],
    );
}

#[test]
fn pages_without_a_section_are_rejected() {
    let remove = |ending: &'static str| {
        move |document: &mut Document| document.sections.retain(|it| !it.id.ends_with(ending))
    };
    edited(
        SERVED,
        remove("-actions-as-permissions"),
        expect![[r#"
            list_orchard.html: actions table: found a page with the heading `Actions, resources, and condition keys for Example Orchard` and without this section, expected a heading with the section's id
        "#]],
    );
    edited(
        CLASSIC,
        remove("-resources-for-iam-policies"),
        expect![[r#"
            list_orchard.html: resource types table: found a page with the heading `Actions, resources, and condition keys for Example Orchard` and without this section, expected a heading with the section's id
        "#]],
    );
    edited(
        MARKDOWN,
        remove("-policy-keys"),
        expect![[r#"
            list_orchard.md: condition keys table: found a page with the heading `Actions, resources, and condition keys for Example Orchard` and without this section, expected a heading with the section's id
        "#]],
    );
}

#[test]
fn duplicate_sections_are_rejected() {
    let repeat = |document: &mut Document| {
        let again = document.section("-policy-keys").clone();
        document.sections.push(again);
    };
    edited(
        SERVED,
        repeat,
        expect![[r#"
            list_orchard.html: condition keys table: found a second section of this kind, expected only one
        "#]],
    );
    edited(
        MARKDOWN,
        repeat,
        expect![[r#"
            list_orchard.md: condition keys table: found a second section of this kind, expected only one
        "#]],
    );
}

#[test]
fn sections_of_two_pages_are_rejected() {
    let rename = |document: &mut Document| {
        "list_garden-policy-keys".clone_into(&mut document.section("-policy-keys").id);
    };
    edited(
        SERVED,
        rename,
        expect![[r#"
            list_orchard.html: found section ids that begin with `list_orchard` and with `list_garden`, expected the same beginning for all sections
        "#]],
    );
}

#[test]
fn pages_without_actions_are_rejected() {
    let facts = sample::nothing("orchard");
    let page = |style| support::render(&facts, &style);
    rejected(
        Form::Served,
        &page(SERVED),
        expect![[r#"
            list_orchard.html: actions table: found no actions, expected at least one
        "#]],
    );
    rejected(
        Form::Saved,
        &page(CLASSIC),
        expect![[r#"
            list_orchard.html: actions table: found no actions, expected at least one
        "#]],
    );
    rejected(
        Form::Markdown,
        &page(MARKDOWN),
        expect![[r#"
            list_orchard.md: actions table: found no actions, expected at least one
        "#]],
    );
}

#[test]
fn pages_without_a_prefix_are_rejected() {
    let clear = |document: &mut Document| document.introduction.1.clear();
    edited(
        SERVED,
        clear,
        expect![[r#"
            list_orchard.html: introduction: found no service prefix, expected the prefix in the first paragraph
        "#]],
    );
    edited(
        MARKDOWN,
        clear,
        expect![[r#"
            list_orchard.md: introduction: found no service prefix, expected the prefix in the first paragraph
        "#]],
    );
}

#[test]
fn unknown_locales_are_rejected() {
    replaced(
        SERVED,
        "content=\"en_us\"",
        "content=\"tlh\"",
        expect![[r#"
            list_orchard.html: guide-locale: found the locale `tlh`, expected a locale of the reference
        "#]],
    );
}
