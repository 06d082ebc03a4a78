//! Properties of every page: well-formed, safe and accessible.

use std::collections::BTreeSet;

use scraper::Html;

use crate::page::{all, copy, parse, sample, text, text_of};
use crate::table::{data, marks};

/// Returns a name as a part of an id.
fn escaped(name: &str) -> String {
    let of = |c: char| match c {
        '-' | '_' => c.to_string(),
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c => format!("~{:x}~", u32::from(c)),
    };
    name.chars().map(of).collect()
}

/// Checks that headings are in order, ids unique, references valid, headers scoped, nothing loaded.
fn check(page: &Html) {
    assert_eq!(page.root_element().attr("lang"), Some("en"));
    let mut ids = BTreeSet::new();
    for element in all(page, "[id]") {
        let id = element.attr("id").expect("an id");
        assert!(
            !id.is_empty() && !id.contains(char::is_whitespace),
            "{id:?}"
        );
        assert!(ids.insert(id.to_owned()), "{id}");
    }
    // the script builds the rows of tables
    for table in all(page, "details.table") {
        let module = table.attr("data-name").expect("a module");
        let links = data(page, module)["links"].clone();
        let links = links.as_str().expect("a start");
        assert!(links.is_empty() || links.starts_with("https://"), "{links}");
        for (name, _) in marks(page, module, "rows") {
            let row = format!("{}.action.{}", escaped(module), escaped(&name));
            assert!(ids.insert(row), "{module} {name}");
        }
    }
    for element in all(page, "a[href^='#'], [aria-labelledby]") {
        let named = ["href", "aria-labelledby"];
        let named = named.iter().filter_map(|name| element.attr(name));
        for id in named.flat_map(str::split_whitespace) {
            assert!(ids.contains(id.trim_start_matches('#')), "{id}");
        }
    }
    let levels: Vec<u32> = all(page, "h1, h2, h3, h4, h5, h6")
        .into_iter()
        .filter_map(|heading| heading.value().name()[1..].parse().ok())
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[0], 1);
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
    assert!(all(page, "th:not([scope])").is_empty());
    assert!(all(page, "[src], link, img, iframe, object, embed, base, form").is_empty());
    for link in all(page, "[href]") {
        let address = link.attr("href").expect("an address");
        assert!(
            address.starts_with('#') || address.starts_with("https://"),
            "{address}"
        );
    }
    for style in all(page, "style") {
        let style = text_of(style);
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
    assert_eq!(all(page, "script:not([type='application/json'])").len(), 1);
    // keyboards can scroll
    assert!(all(page, ".scroll:not([tabindex='0'])").is_empty());
    assert!(all(page, ".scroll:not([aria-label]):not([aria-labelledby])").is_empty());
    for element in all(page, "*") {
        let handler = element
            .value()
            .attrs()
            .find(|(name, _)| name.starts_with("on"));
        assert_eq!(handler, None);
    }
}

#[test]
fn pages_are_well_formed() {
    let project = sample();
    copy(&project, "before", "dated/2024-01-01");
    check(&parse(&text(&project, &[])));
    check(&parse(&text(&project, &["--history", "dated"])));
}

#[test]
fn names_never_become_markup() {
    let project = sample();
    let nasty = "</title></style></script><script>alert(1)</script><img src=x onerror=alert(2)>";
    let in_json = |name: &str| serde_json::to_string(name).expect("JSON");
    let after = project.read("after/orchard/service.json");
    // other names with such characters are refused
    let key = "orchard:</title></style></script><script><b>";
    let after = after
        .replace("\"orchard:Soil\"", &in_json(key))
        .replace("press/${PressId}", "press/\\\"><script>alert(4)</script>")
        .replace("\"Orchard\"", &in_json(&format!("Orchard {nasty}")))
        .replace(
            "https://docs.aws.amazon.com/orchard/GetGrove.html",
            "javascript:alert(5)",
        );
    project.write("after/orchard/service.json", &after);
    let folder = format!("dated/2024-01-01/{}", "<b>&amp;");
    copy(&project, "after", "dated/2024-01-01");
    let orchard = project.read("before/orchard/service.json");
    project.write(&format!("{folder}/service.json"), &orchard);
    let page = parse(&text(&project, &["--history", "dated"]));
    check(&page);
    let body = text_of(page.root_element());
    for times in [
        key.to_owned(),
        format!("Orchard {nasty}"),
        "<b>&amp;".to_owned(),
    ] {
        assert!(body.contains(&times), "{times}");
    }
    assert!(all(&page, "b").is_empty());
}

#[test]
fn modules_with_invalid_characters_have_different_ids() {
    let project = sample();
    let service = project.read("after/orchard/service.json");
    for module in ["or chard", "or.chard", "or~20~chard"] {
        project.write(&format!("after/{module}/service.json"), &service);
    }
    check(&parse(&text(&project, &[])));
}
