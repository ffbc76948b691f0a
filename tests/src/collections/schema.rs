//! ISO 20022's own schema for collections, which tests/tools/pain008.sh fetches and holds files to.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// The first use installs the tool: nobody else meanwhile.
static TOOL: Mutex<()> = Mutex::new(());

/// For each of these documents, why it is no `pain.008.001.08`; none if it is. Starting the tool
/// takes longer than what it does: give it many at once.
pub(super) fn flaws(documents: &[String]) -> Vec<Option<String>> {
    let _alone = TOOL.lock().unwrap();
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/pain008.sh");
    let mut tool = Command::new(tool)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = tool.stdin.take().unwrap();
    input
        .write_all(&serde_json::to_vec(documents).unwrap())
        .unwrap();
    drop(input);
    let output = tool.wait_with_output().unwrap();
    assert!(output.status.success(), "tests/tools/pain008.sh failed");
    let flaws: Vec<Option<String>> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(flaws.len(), documents.len());
    flaws
}
