//! One run at a time: two that write to one project would mix what they write.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The file that the running command holds; it goes when the command ends.
const FILE: &str = ".regen.lock";

/// Held while a command may write to the project.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of a project; where another run holds it, says so and waits.
    pub(crate) fn of(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(FILE);
        let context = || format!("{}: cannot be locked", path.display());
        let mut waiting = false;
        loop {
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
                        // what is not there yet is not told
                        let _ = file.read_to_string(&mut holder);
                        eprintln!("waiting for another run{holder} to end ({FILE})");
                        waiting = true;
                    }
                    file.lock().with_context(context)?;
                }
                Err(TryLockError::Error(error)) => return Err(error).with_context(context),
            }
            // the run before may have removed the file between opening and locking
            let there = same_file::Handle::from_path(&path).ok();
            let ours = file.try_clone().and_then(same_file::Handle::from_file);
            if there.is_some_and(|there| ours.is_ok_and(|ours| ours == there)) {
                file.set_len(0).with_context(context)?;
                write!(file, " (process {})", std::process::id()).with_context(context)?;
                return Ok(Self { path, file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // removed while still locked: whoever waits finds the file gone, and makes a new one
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}
