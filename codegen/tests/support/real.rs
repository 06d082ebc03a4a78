//! Real pages and the answers for them, which are not part of the project.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A folder or file beside the checkout; where it is missing, the test says that it was skipped.
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    // of codegen or xtask: both lie in the project's folder
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(part);
    if !path.exists() {
        // past the test harness, which keeps what a passing test prints to itself
        let _ = writeln!(std::io::stderr(), "skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}
