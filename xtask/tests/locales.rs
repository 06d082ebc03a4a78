//! `cargo xtask regen` with localized pages.

mod support;

use support::{Project, page};

/// The page in a language without a lexicon; its labels are learned from two actions.
fn translated() -> String {
    let page = std::fs::read_to_string(page()).expect("the page");
    page.replace("content=\"en_us\"", "content=\"it_it\"")
        .replace("<td>List</td>", "<td>Nominare</td>")
        .replace(
            "<td rowspan=\"2\">Write</td>",
            "<td rowspan=\"2\">Cambiare</td>",
        )
        .replace("<td>String</td>", "<td>Parole</td>")
        .replace(
            ">PlantTree</a></td><td rowspan",
            ">Pianta albero</a></td><td rowspan",
        )
        .replace(">tree*</a>", ">albero*</a>")
        .replace(">tree</a>", ">albero</a>")
}

const LOCALIZED: &str = "snapshots/orchard/it_it.json";

#[test]
fn labels_of_a_translation_are_learned_from_the_english_page() {
    let project = Project::new();
    project.write("pages/it_it/list_orchard.html", &translated());
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stdout.contains("locales: 1 up to date, 0 behind\n"),
        "{run:?}"
    );
    let localized: serde_json::Value = serde_json::from_str(&project.read(LOCALIZED)).unwrap();
    assert_eq!(localized["drift"], serde_json::json!({}));
    assert_eq!(
        localized["labels"]["access_levels"],
        serde_json::json!({"Nominare": "List", "Cambiare": "Write"})
    );
    assert_eq!(
        localized["labels"]["types"],
        serde_json::json!({"Parole": "String"})
    );
    // offline runs keep the file, and detect a change of its form
    project.run(["regen", "--offline", "--check"]).succeeds();
    project.edit(LOCALIZED, "  \"drift\"", " \"drift\"");
    project.run(["regen", "--offline", "--check"]).ends_with(3);
}

#[test]
fn labels_with_hidden_characters_are_refused() {
    let project = Project::generated();
    for label in ["Nominare", "Cambiare", "Parole"] {
        for hidden in ["&#27;", "\u{202e}"] {
            let page = translated().replace(label, &format!("{label}{hidden}x"));
            project.write("pages/it_it/list_orchard.html", &page);
            let before = project.files();
            let run = project.run(["regen", "--pages", "pages"]).ends_with(1);
            assert!(
                run.stderr.contains("expected text without control"),
                "{run:?}"
            );
            assert_eq!(project.files(), before);
        }
    }
}

#[test]
fn a_translation_of_an_older_page_is_drift_and_not_an_error() {
    let project = Project::new();
    let older = translated().replace(
        "<tr><td><span id=\"list_orchard-action-ListTrees\">",
        "<tr><td><span id=\"list_orchard-action-ListBushes\">",
    );
    project.write(
        "pages/it_it/list_orchard.html",
        &older.replace("Nominare", "List"),
    );
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stdout.contains(
            "orchard it_it: differs from English: 1 action missing; 1 action not in English\n"
        ),
        "{run:?}"
    );
    let localized: serde_json::Value = serde_json::from_str(&project.read(LOCALIZED)).unwrap();
    assert_eq!(
        localized["drift"]["missing"],
        serde_json::json!({"actions": ["ListTrees"]})
    );
    assert_eq!(
        localized["drift"]["extra"],
        serde_json::json!({"actions": ["ListBushes"]})
    );
}

#[test]
fn a_label_without_a_meaning_is_an_error() {
    let project = Project::generated();
    let unknown = translated().replace("ListTrees\"></span>", "ListBushes\"></span>");
    project.write("pages/it_it/list_orchard.html", &unknown);
    let before = project.files();
    let run = project.run(["regen", "--pages", "pages"]).ends_with(1);
    assert!(
        run.stderr
            .contains("pages/it_it/list_orchard.html: actions table, row 1"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("found the access level `Nominare`"),
        "{run:?}"
    );
    assert_eq!(project.files(), before);
}

#[test]
fn only_the_selected_locales_are_read() {
    let project = Project::new();
    project.write("pages/it_it/list_orchard.html", &translated());
    let run = project
        .run(["regen", "--pages", "pages", "--locale", "fr_fr"])
        .succeeds();
    assert!(!run.stdout.contains("it_it"), "{run:?}");
    project
        .run(["regen", "--pages", "pages", "--locale", "xx_yy"])
        .ends_with(2);
}
