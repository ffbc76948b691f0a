//! What is kept: a file of JSON for each case.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;

use proptest::test_runner::TestCaseError;
use serde_json::Value;

fn folder(kind: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "corpus", kind]
        .iter()
        .collect()
}

/// Every case of a kind, with the name of its file, in order of name.
pub(super) fn kept(kind: &str) -> Vec<(String, Value)> {
    let mut kept: Vec<(String, Value)> = std::fs::read_dir(folder(kind))
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let case = serde_json::from_str(&text);
            let case = case.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.display().to_string(), case)
        })
        .collect();
    kept.sort_by(|one, other| one.0.cmp(&other.0));
    kept
}

/// Tries a case, and keeps it if it fails or panics, also where it is then made smaller.
pub(super) fn kept_if_failed(
    kind: &str,
    case: &Value,
    work: impl FnOnce() -> Result<(), String>,
) -> Result<(), TestCaseError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(wrong)) => {
            keep(kind, case);
            Err(TestCaseError::fail(wrong))
        }
        Err(panic) => {
            keep(kind, case);
            resume_unwind(panic)
        }
    }
}

/// In one file for each kind and run: a case that is made smaller takes the place of the larger one.
fn keep(kind: &str, case: &Value) {
    static RUN: OnceLock<u64> = OnceLock::new();
    let run = RUN.get_or_init(|| {
        let mut hasher = DefaultHasher::new();
        case.to_string().hash(&mut hasher);
        hasher.finish()
    });
    let path = folder(kind).join(format!("found-{run:016x}.json"));
    let text = serde_json::to_string_pretty(case).unwrap();
    std::fs::write(path, format!("{text}\n")).unwrap();
}

#[test]
fn the_corpus_is_there_and_says_of_each_case_what_it_is() {
    for kind in ["requests", "events"] {
        let kept = kept(kind);
        assert!(kept.len() > 2, "{kind}: {}", kept.len());
        for (file, case) in kept {
            assert!(case["changes"].is_array(), "{file} changes nothing");
        }
    }
}
