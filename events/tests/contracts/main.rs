//! The schemas and examples that are checked in, against the types.
#![allow(clippy::unwrap_used, clippy::panic)]

mod compatible;
mod examples;
mod schemas;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The files under a folder, as `out/Name.v1.json`.
fn files(name: &str) -> BTreeSet<String> {
    let direction = |direction: &'static str| {
        let listed = std::fs::read_dir(folder(name).join(direction)).unwrap();
        listed.map(move |file| {
            let file = file.unwrap().file_name().into_string().unwrap();
            format!("{direction}/{file}")
        })
    };
    direction("out").chain(direction("in")).collect()
}

fn expected() -> BTreeSet<String> {
    events::listed().map(events::Listed::file).collect()
}
