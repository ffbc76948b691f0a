//! Databases in files.

use std::path::{Path, PathBuf};

use super::Failed;

/// A database's file, which is gone in the end, and what SQLite puts beside it.
pub(super) struct File(PathBuf);

const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

impl File {
    /// Beside this program, which is on a disk: the system's folder for what is temporary may be memory.
    pub(super) fn new(name: &str) -> Result<Self, Failed> {
        let name = format!("carnet-bench-{name}-{}.db", std::process::id());
        let program = std::env::current_exe()?;
        let folder = program.parent().ok_or("this program is in no folder")?;
        Ok(Self(folder.join(name)))
    }

    /// Another one with all that is in this one, which is not open.
    pub(super) fn copy(&self, name: &str) -> Result<Self, Failed> {
        let copy = Self::new(name)?;
        for ending in ENDINGS {
            let from = format!("{}{ending}", self.0.display());
            if Path::new(&from).exists() {
                std::fs::copy(from, format!("{}{ending}", copy.0.display()))?;
            }
        }
        Ok(copy)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for ending in ENDINGS {
            // What is not there need not be removed.
            let _ = std::fs::remove_file(format!("{}{ending}", self.0.display()));
        }
    }
}
