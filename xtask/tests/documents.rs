//! The commands in README and CONTRIBUTING exist, with their options.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The words after `cargo xtask` in lines of fenced blocks and in code spans.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let mut commands = Vec::new();
    for (number, part) in text.split("```").enumerate() {
        let is_block = number % 2 == 1;
        let code: Vec<&str> = match is_block {
            true => part.lines().collect(),
            false => part.split('`').skip(1).step_by(2).collect(),
        };
        let commands_of = code
            .iter()
            .filter_map(|code| code.strip_prefix("cargo xtask "));
        commands.extend(commands_of.map(|words| words.split_whitespace().collect()));
    }
    commands
}

#[test]
fn commands_of_the_documents_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    for name in ["README.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        for words in commands(&text) {
            let command = words[0];
            let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
            let output = xtask.args([command, "--help"]).output().unwrap();
            assert!(output.status.success(), "{name}: cargo xtask {command}");
            let help = String::from_utf8(output.stdout).unwrap();
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{name}: cargo xtask {words:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen} commands");
}
