//! The commands in the project's README print what it shows.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A fenced block: the text since the block before, its language, its content.
struct Block<'a> {
    before: &'a str,
    language: &'a str,
    content: &'a str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut parts = text.split("```");
    while let (Some(before), Some(fenced)) = (parts.next(), parts.next()) {
        let (language, content) = fenced.split_once('\n').unwrap_or((fenced, ""));
        blocks.push(Block {
            before,
            language,
            content,
        });
    }
    blocks
}

/// The name of the file that a text introduces: the last word in backticks that ends in `.json`.
fn file_name(text: &str) -> Option<&str> {
    let words = text.split('`').skip(1).step_by(2);
    words
        .filter(|word| word.ends_with(".json") && !word.contains(' '))
        .last()
}

/// The words of a command line; quotes are removed.
fn words(command: &str) -> impl Iterator<Item = &str> {
    command
        .split_whitespace()
        .map(|word| word.trim_matches('\''))
}

#[test]
fn commands_print_what_the_readme_shows() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(readme) = fs::read_to_string(package.join("../../README.md")) else {
        eprintln!("skipped: a packaged crate has no README of the project");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(&folder).unwrap();
    let mut run = 0;
    for block in blocks(&readme) {
        match block.language {
            "json" => {
                if let Some(name) = file_name(block.before) {
                    fs::write(folder.join(name), block.content).unwrap();
                }
            }
            "console" => {
                for shown in block.content.split("$ bedrock-iam ").skip(1) {
                    let (command, output) = shown.split_once('\n').unwrap();
                    let printed = Command::new(env!("CARGO_BIN_EXE_bedrock-iam"))
                        .args(words(command))
                        .current_dir(&folder)
                        .output()
                        .unwrap();
                    let printed = String::from_utf8(printed.stdout).unwrap();
                    assert_eq!(
                        printed.trim_end(),
                        output.trim_end(),
                        "`bedrock-iam {command}`"
                    );
                    run += 1;
                }
            }
            _ => {}
        }
    }
    assert!(run >= 5, "{run} commands");
}
