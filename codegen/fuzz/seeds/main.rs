//! Writes the seed inputs of the fuzz targets to `corpus/<target>/…`.

#[path = "../../tests/support/mod.rs"]
mod support;

use std::fs;
use std::io;
use std::path::Path;

use support::{DICTIONARIES, Form, Layout, Style, hostile, render, sample};

fn main() -> io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let write = |target: &str, name: String, text: String| {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), text)
    };
    for (target, layout, form) in [
        ("html", Layout::Current, Form::Served),
        ("html", Layout::Classic, Form::Saved),
        ("markdown", Layout::Current, Form::Markdown),
        ("text", Layout::Classic, Form::Text),
    ] {
        let facts = match layout {
            Layout::Current => sample::current_orchard(),
            Layout::Classic if form == Form::Text => support::statable(&sample::classic_orchard()),
            Layout::Classic => sample::classic_orchard(),
        };
        for (seed, dictionary) in (0..).zip(DICTIONARIES) {
            let style = Style {
                dictionary,
                ..Style::english(layout, form).seeded(seed)
            };
            let name = format!("{layout:?}-{form:?}-{}", dictionary.locale);
            write(target, name, render(&facts, &style))?;
        }
        let few = sample::plantation(2);
        write(
            target,
            format!("{layout:?}-{form:?}-few"),
            render(&few, &Style::english(layout, form)),
        )?;
    }
    let facts = sample::orchard();
    let keys = facts.condition_keys.keys().cycle();
    for (index, (it, key)) in facts.resource_types.values().zip(keys).enumerate() {
        write(
            "arn_template",
            format!("orchard-{index}"),
            format!("{}\n{key}", it.arn),
        )?;
    }
    for (index, text) in hostile::TEXTS.iter().enumerate() {
        write("names", format!("text-{index}"), (*text).to_owned())?;
    }
    Ok(())
}
