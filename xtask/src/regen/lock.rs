//! A lock that prevents two runs from writing to a project at the same time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The lock file; the run that holds the lock removes it when it ends.
const FILE: &str = ".regen.lock";

/// A lock that is held while a command may write to the project.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Acquires the lock of a project. If another run holds it, prints a message and waits.
    pub(crate) fn of(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(FILE);
        let context = || format!("{}: cannot be locked", path.display());
        let mut waiting = false;
        loop {
            // a lock file is written to: one that is a link would overwrite another file
            if path.is_symlink() {
                bail!(
                    "{}: found a link, expected no file or a lock",
                    path.display()
                );
            }
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .with_context(context)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if !waiting {
                        let mut holder = String::new();
                        // the holder may not have written its process id yet
                        let _ = file.read_to_string(&mut holder);
                        eprintln!("waiting for another run{holder} to end ({FILE})");
                        waiting = true;
                    }
                    file.lock().with_context(context)?;
                }
                Err(TryLockError::Error(error)) => return Err(error).with_context(context),
            }
            // the previous run may have removed the file between opening and locking
            let current = same_file::Handle::from_path(&path).ok();
            let ours = file.try_clone().and_then(same_file::Handle::from_file);
            if current.is_some_and(|current| ours.is_ok_and(|ours| ours == current)) {
                file.set_len(0).with_context(context)?;
                write!(file, " (process {})", std::process::id()).with_context(context)?;
                return Ok(Self { path, file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // removed while still locked: a waiting run detects the removal and creates a new file
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}
