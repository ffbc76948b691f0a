//! The structure of the workspace: what may import what, what stands where, what the documents say.

mod code;
mod crates;
mod documents;

use std::path::{Path, PathBuf};

/// A source file.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// From the root of the repository.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The text without the tests at its end.
    fn code(&self) -> &str {
        let tests = ["\n#[cfg(test)]", "\n#![cfg(test)]"];
        let tests = tests.iter().filter_map(|mark| self.text.find(mark)).min();
        &self.text[..tests.unwrap_or(self.text.len())]
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// A file of the repository.
pub(crate) fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file in a folder of the repository and the folders in it.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    files(folder)
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| Source {
            text: read(&path),
            path,
        })
        .collect()
}

/// Every file in a folder of the repository and the folders in it; none where there is no folder.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(root().join(folder)) else {
        return found;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The crates of the workspace.
const CRATES: [&str; 6] = ["domain", "events", "infra", "functions", "local", "tests"];

/// The Rust files of these crates, their own tests too.
fn sources_of(crates: &[&str]) -> Vec<Source> {
    crates.iter().flat_map(|name| sources(name)).collect()
}
