//! Where the project's folders are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The folder that holds `marker`: the one around the working directory, else the one this was
/// built in.
pub(crate) fn folder_with(marker: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the working directory cannot be read")?;
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let mut folders = here.ancestors().chain(built);
    match folders.find(|folder| folder.join(marker).is_file()) {
        Some(folder) => Ok(folder.to_owned()),
        None => bail!(
            "{}: found no {marker}, expected the project's folder",
            here.display()
        ),
    }
}
