//! Compiles the contract's program and misuses in a user's crate, if the folder `../shared/contract`
//! next to the project exists.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Returns the contract's folder; prints that the test is skipped if it does not exist.
fn contract() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/contract");
    if folder.is_dir() {
        return Some(folder);
    }
    // `eprintln!` would be captured by the test harness
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("skipped: {} does not exist\n", folder.display()),
    );
    None
}

/// A crate that depends on this one, with programs as its binaries.
struct User {
    folder: PathBuf,
}

impl User {
    fn new(name: &str, programs: &[PathBuf]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let bin = folder.join("src/bin");
        // an earlier run may have left other programs
        let _ = fs::remove_dir_all(folder.join("src"));
        fs::create_dir_all(&bin).expect("a folder");
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nbedrock-iam = {{ path = {:?} }}\n\n[workspace]\n",
                project
            ),
        )
        .expect("a manifest");
        // the project's versions, so that cargo needs no network
        let lock = project.join("../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).expect("a lock file");
        for program in programs {
            let name = program.file_name().expect("a name");
            fs::copy(program, bin.join(name)).expect("a program");
        }
        Self { folder }
    }

    fn cargo(&self, command: &str, program: &Path) -> Output {
        let name = program.file_stem().expect("a name");
        Command::new(env!("CARGO"))
            .args([command, "--quiet", "--offline", "--bin"])
            .arg(name)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo")
    }
}

#[test]
fn the_program_prints_the_policy() {
    let Some(contract) = contract() else { return };
    let program = contract.join("policy.rs");
    let output =
        User::new("contract-program", std::slice::from_ref(&program)).cargo("run", &program);
    assert!(output.status.success(), "{output:?}");
    let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = fs::read_to_string(contract.join("policy.json")).expect("the policy");
    let expected: Value = serde_json::from_str(&expected).expect("JSON");
    assert_eq!(printed, expected);
}

#[test]
fn each_misuse_fails_with_the_required_words() {
    let Some(contract) = contract() else { return };
    let entries = fs::read_dir(contract.join("misuse")).expect("the misuses");
    let mut programs: Vec<_> = entries
        .map(|entry| entry.expect("a program").path())
        .collect();
    programs.sort();
    assert!(!programs.is_empty(), "no misuse in {}", contract.display());
    let user = User::new("contract-misuse", &programs);
    for program in &programs {
        let text = fs::read_to_string(program).expect("a program");
        let words = text.lines().next().and_then(|line| line.strip_prefix("//"));
        let output = user.cargo("check", program);
        let message = String::from_utf8_lossy(&output.stderr);
        let name = program.display();
        assert!(!output.status.success(), "{name} compiles");
        for word in words.expect("a comment").split('|').map(str::trim) {
            assert!(message.contains(word), "{name}: no {word:?} in\n{message}");
        }
    }
}
