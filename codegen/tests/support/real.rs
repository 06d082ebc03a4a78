//! Access to real pages and their answers, which are not part of the project.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Returns a folder or file next to the checkout; if it is missing, reports that the test is skipped.
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    // relative to codegen or xtask, which are both in the project's folder
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(part);
    if !path.exists() {
        // not `eprintln!`, because the test harness captures the output of passing tests
        let _ = writeln!(std::io::stderr(), "skipped: {} is missing", path.display());
        return None;
    }
    Some(path)
}
