//! The data directory: one process at a time, and nothing in it for other users to read.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::{Problem, Tokens};

/// The data directory, locked for as long as this lives.
#[derive(Debug)]
pub(crate) struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Makes the directory if it is not there, and locks it.
    ///
    /// # Errors
    /// [`Problem::Directory`], then [`Problem::InUse`].
    pub(crate) fn open(path: &Path) -> Result<Directory, Problem> {
        let problem = |reason| Problem::Directory {
            path: path.to_owned(),
            reason,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(problem)?;
        let lock = private(&path.join("lock")).map_err(problem)?;
        match lock.try_lock() {
            Ok(()) => Ok(Directory {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(Problem::InUse(path.to_owned())),
            Err(TryLockError::Error(reason)) => Err(problem(reason)),
        }
    }

    /// The embedded database's file, empty where there was none.
    ///
    /// # Errors
    /// [`Problem::Directory`].
    pub(crate) fn database(&self) -> Result<PathBuf, Problem> {
        let path = self.path.join("carnet.db");
        match private(&path) {
            Ok(_) => Ok(path),
            Err(reason) => Err(Problem::Directory { path, reason }),
        }
    }

    /// Signs with the key that is kept here, so that tokens outlive a restart.
    ///
    /// # Errors
    /// [`Problem::Directory`], [`Problem::Key`] when the file holds something else.
    pub(crate) fn tokens(&self) -> Result<Tokens, Problem> {
        let path = self.path.join("signing-key");
        match std::fs::read_to_string(&path) {
            Ok(key) if is_key(key.trim_end()) => Ok(Tokens::new(key.trim_end())),
            Ok(_) => Err(Problem::Key(path)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Problem::Key(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = crate::random_hex::<32>()?;
                self.write("signing-key", &format!("{key}\n"))?;
                Ok(Tokens::new(key))
            }
            Err(reason) => Err(Problem::Directory { path, reason }),
        }
    }

    /// Puts a file in the place of the one that was there; only the user can read it. Returns its
    /// path.
    ///
    /// # Errors
    /// [`Problem::Directory`].
    pub(crate) fn write(&self, name: &str, content: &str) -> Result<PathBuf, Problem> {
        let path = self.path.join(name);
        let new = self.path.join(format!("{name}.new"));
        // Renamed when complete: a crash leaves the old file or the new one, never half of one.
        let written = (|| {
            match std::fs::remove_file(&new) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
            let mut file = OpenOptions::new()
                .create_new(true)
                .write(true)
                .mode(0o600)
                .open(&new)?;
            file.write_all(content.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&new, &path)
        })();
        match written {
            Ok(()) => Ok(path),
            Err(reason) => Err(Problem::Directory { path, reason }),
        }
    }
}

/// Opens a file, made for the user alone if it is not there.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .mode(0o600)
        .open(path)
}

fn is_key(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A directory that is gone after the test.
    struct Scratch(PathBuf);

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn scratch(name: &str) -> Scratch {
        Scratch(std::env::temp_dir().join(format!("carnet-{name}-{}", std::process::id())))
    }

    #[test]
    fn a_second_process_is_told_that_the_directory_is_in_use() {
        let Scratch(path) = &scratch("in-use");
        let first = Directory::open(path).unwrap();
        assert!(matches!(Directory::open(path), Err(Problem::InUse(_))));
        drop(first);
        assert!(Directory::open(path).is_ok());
    }

    #[test]
    fn the_signing_key_is_kept_and_private() {
        let Scratch(path) = &scratch("key");
        let claims = crate::Claims::new(crate::Role::Owner, "gul", "someone");
        let token = Directory::open(path)
            .unwrap()
            .tokens()
            .unwrap()
            .mint(&claims)
            .unwrap();
        let again = Directory::open(path).unwrap().tokens().unwrap();
        assert!(again.verify(&token).is_ok());
        let mode = |file: &str| path.join(file).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("signing-key"), mode("")), (0o600, 0o700));
        std::fs::write(path.join("signing-key"), "short").unwrap();
        assert!(matches!(
            Directory::open(path).unwrap().tokens(),
            Err(Problem::Key(_))
        ));
    }

    #[test]
    fn a_file_of_others_is_replaced_by_a_private_one() {
        let Scratch(path) = &scratch("write");
        let directory = Directory::open(path).unwrap();
        std::fs::write(path.join("demo.env"), "old").unwrap();
        let written = directory.write("demo.env", "new").unwrap();
        assert_eq!(std::fs::read_to_string(&written).unwrap(), "new");
        assert_eq!(
            written.metadata().unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
