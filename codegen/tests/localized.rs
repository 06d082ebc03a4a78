//! Localized pages give the same facts as the English page, whatever words they use.

#[path = "support/strategy.rs"]
mod strategy;
mod support;

use codegen::page::Page;
use iam_policy::wire::{AccessLevel, Facts};
use proptest::prelude::*;
use support::{DICTIONARIES, Dictionary, Form, Layout, Style, render, sample};

/// Returns the facts with the locale and heading of a language.
fn stated(facts: &Facts, dictionary: &Dictionary) -> Facts {
    let locale = dictionary.locale;
    let service = match locale {
        iam_policy::wire::Locale::EnUs => facts.service.clone(),
        _ => dictionary.titled(&facts.service),
    };
    Facts {
        locale,
        service,
        ..facts.clone()
    }
}

fn english(facts: &Facts, style: Style) -> Page {
    let page = support::read_page(&facts.page, &style, &render(facts, &style), None);
    page.expect("an English page")
}

/// The styles of the English pages.
const ENGLISH: [Style; 3] = [
    Style::english(Layout::Current, Form::Served),
    Style::english(Layout::Current, Form::Markdown),
    Style::english(Layout::Classic, Form::Served),
];

/// The styles of localized pages. Links of Markdown pages are not translated here, because the names
/// of rows have no anchors there.
fn style(of: (usize, usize, u64)) -> Style {
    let (language, kind, seed) = of;
    let (layout, form, translated) = [
        (Layout::Current, Form::Served, true),
        (Layout::Current, Form::Saved, true),
        (Layout::Current, Form::Markdown, false),
        (Layout::Classic, Form::Served, true),
        (Layout::Classic, Form::Saved, true),
    ][kind];
    Style {
        layout,
        form,
        dictionary: DICTIONARIES[language],
        translated,
        seed,
    }
}

fn styles() -> impl Strategy<Value = Style> {
    (1..DICTIONARIES.len(), 0..5_usize, any::<u64>()).prop_map(style)
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn localized_pages_aligned_with_english_give_the_same_facts(
        mut facts in strategy::facts(),
        style in styles(),
        beside in 0..3_usize,
    ) {
        // a label that is alone in its cell gets its meaning from the first vote
        for action in facts.actions.values_mut() {
            let first = action.access_levels.first().copied();
            action.access_levels = first.into_iter().collect();
        }
        let english = english(&facts, ENGLISH[beside]);
        let text = render(&facts, &style);
        let read = support::read_page(&facts.page, &style, &text, Some(&english));
        match read {
            Ok(read) => {
                prop_assert_eq!(
                    &read.facts, &stated(&facts, style.dictionary), "{:?}\n{}", style, text
                );
                prop_assert!(read.doubts.is_empty(), "{:?}\n{}", read.doubts, text);
            }
            Err(error) => prop_assert!(false, "{error} {:?}\n{style:?}\n{text}", error.hint),
        }
    }

    #[test]
    fn labels_are_read_correctly_or_reported(facts in strategy::facts(), style in styles()) {
        let english = english(&facts, ENGLISH[0]);
        let text = render(&facts, &style);
        match support::read_page(&facts.page, &style, &text, Some(&english)) {
            Ok(read) if read.doubts.is_empty() => prop_assert_eq!(
                &read.facts, &stated(&facts, style.dictionary), "{:?}\n{}", style, text
            ),
            Ok(read) => prop_assert!(read.doubts.iter().all(|doubt| doubt.meaning.is_some())),
            Err(error) => prop_assert!(error.found.contains("the access level"), "{error}"),
        }
    }
}

#[test]
fn the_lexicon_covers_the_usual_labels_of_all_languages() {
    for dictionary in DICTIONARIES {
        for kind in 0..5 {
            let style = Style {
                dictionary,
                translated: false,
                ..style((0, kind, 0))
            };
            let facts = match style.layout {
                Layout::Classic => sample::classic_orchard(),
                Layout::Current => sample::current_orchard(),
            };
            let text = render(&facts, &style);
            let read = support::read_page(&facts.page, &style, &text, None);
            let read = read.unwrap_or_else(|error| panic!("{:?}: {error}", dictionary.locale));
            assert_eq!(read.facts, stated(&facts, dictionary), "{style:?}");
            assert!(read.doubts.is_empty(), "{:?}", read.doubts);
        }
    }
}

#[test]
fn votes_give_meanings_to_labels_outside_the_lexicon() {
    let facts = sample::plantation(40);
    let english = english(&facts, ENGLISH[0]);
    let style = style((2, 0, 0));
    let text = render(&facts, &style)
        .replace(">Leer<", ">Catar<")
        .replace(">Escritura<", ">Injertar<")
        .replace(">Cadena<", ">Ristra<");
    let read = support::read_page(&facts.page, &style, &text, Some(&english)).expect("a page");
    assert_eq!(read.facts, stated(&facts, style.dictionary));
    assert_eq!(read.labels.access_levels["Catar"], AccessLevel::Read);
    assert_eq!(read.labels.access_levels["Injertar"], AccessLevel::Write);
    assert_eq!(read.labels.types["Ristra"], "String");
}

#[test]
fn the_error_of_an_unknown_label_names_it() {
    let facts = sample::plantation(10);
    let style = style((2, 0, 0));
    let text = render(&facts, &style).replace(">Leer<", ">Catar<");
    let error = support::read_page(&facts.page, &style, &text, None).expect_err("an error");
    let expected = "list_plantation.html: actions table, row 3 `TendTree1`: found the access level \
        `Catar`, expected one of `List`, `Read`, `Write`, `Permissions management`, `Tagging`";
    assert_eq!(error.to_string(), expected);
}

/// Reads a page in one language that states another one.
fn misstated(
    style: &Style,
    stated: &'static Dictionary,
    english: Option<&Page>,
) -> Result<(), String> {
    let facts = sample::plantation(10);
    let (written, locale) = (style.dictionary.locale.as_str(), stated.locale.as_str());
    let text = render(&facts, style).replace(
        &format!("content=\"{written}\""),
        &format!("content=\"{locale}\""),
    );
    let style = Style {
        dictionary: stated,
        ..*style
    };
    let page = support::read_page(&facts.page, &style, &text, english);
    page.map(drop).map_err(|error| error.to_string())
}

#[test]
fn a_page_in_another_language_than_it_states_is_refused() {
    let reference = english(&sample::plantation(10), ENGLISH[0]);
    let pages = DICTIONARIES.iter().flat_map(|written| {
        [0, 2].map(|kind| Style {
            dictionary: written,
            translated: false,
            ..style((0, kind, 0))
        })
    });
    for style in pages {
        let written = style.dictionary.locale;
        let others = DICTIONARIES[1..].iter().filter(|it| it.locale != written);
        for stated in others {
            for english in [None, Some(&reference)] {
                let error = misstated(&style, stated, english).expect_err("an error");
                let expected = format!(
                    "list_plantation.{}: found text in `{written}`, expected text in `{}`, the locale of the page",
                    if style.form == Form::Markdown {
                        "md"
                    } else {
                        "html"
                    },
                    stated.locale
                );
                assert_eq!(error, expected);
            }
        }
    }
}

#[test]
fn a_page_that_is_partly_in_english_is_read() {
    let facts = sample::plantation(10);
    let reference = english(&facts, ENGLISH[0]);
    let style = style((2, 0, 0));
    let text = render(&facts, &style)
        .replace(">Enumeración<", ">List<")
        .replace(">Escritura<", ">Write<")
        .replace(">Etiquetado<", ">Tagging<")
        .replace(">Acciones<", ">Actions<");
    let read = support::read_page(&facts.page, &style, &text, Some(&reference)).expect("a page");
    assert_eq!(read.facts, stated(&facts, style.dictionary));
}
