//! `cargo xtask scrape` to standard output and to a folder.

mod support;

use support::Project;

#[test]
fn facts_are_printed_in_path_order_or_written_to_a_folder() {
    let project = Project::new();
    let page = project.read("pages/en_us/list_orchard.html");
    project.write(
        "pages/de_de/list_apples.html",
        &page.replace("list_orchard", "list_apples"),
    );
    let run = project.run(["scrape", "pages"]).succeeds();
    let objects: Vec<serde_json::Value> = serde_json::Deserializer::from_str(&run.stdout)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap();
    let pages: Vec<_> = objects
        .iter()
        .map(|object| object["page"].as_str().unwrap())
        .collect();
    // the page in `de_de` states that it is English
    assert_eq!(pages, ["apples", "orchard"]);
    assert_eq!(objects[0]["locale"], "en_us");
    project
        .run(["scrape", "pages", "--out", "facts"])
        .succeeds();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&project.read("facts/en_us/orchard.json"))
            .unwrap(),
        objects[1]
    );
}

#[test]
fn an_invalid_page_does_not_affect_the_others() {
    let project = Project::new();
    project.write(
        "pages/en_us/list_moved.html",
        "<html><title>301 Moved</title><a href='elsewhere'>here</a></html>",
    );
    let run = project
        .run(["scrape", "pages", "--out", "facts"])
        .ends_with(1);
    assert_eq!(
        run.stderr,
        "error: pages/en_us/list_moved.html: found a page with the title `301 Moved` and without any section, \
         expected a page of the Service Authorization Reference\n  hint: it links to `elsewhere`; the page may have moved\n"
    );
    assert!(project.path("facts/en_us/orchard.json").exists());
}

#[test]
fn missing_and_duplicate_inputs_are_refused() {
    let project = Project::new();
    let page = project.read("pages/en_us/list_orchard.html");
    project.write("more/en_us/list_orchard.html", &page);
    let run = project
        .run(["scrape", "pages", "more", "--out", "facts"])
        .ends_with(1);
    assert!(
        run.stderr
            .contains("found a second input for facts/en_us/orchard.json in addition to"),
        "{run:?}"
    );
    let run = project.run(["scrape", "nowhere"]).ends_with(1);
    assert!(
        run.stderr
            .contains("nowhere: found nothing, expected a saved page or a folder of pages"),
        "{run:?}"
    );
    let run = project.run(["scrape", "snapshots"]).ends_with(1);
    assert!(run.stderr.contains("snapshots: found no page"), "{run:?}");
    project.run(["scrape"]).ends_with(2);
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    let project = Project::new();
    std::fs::write(
        project.path("pages/en_us/list_orchard.html"),
        b"<html>\xff</html>",
    )
    .unwrap();
    let run = project.run(["scrape", "pages"]).ends_with(1);
    assert!(
        run.stderr
            .contains("found bytes that are not UTF-8 at offset 6"),
        "{run:?}"
    );
}
