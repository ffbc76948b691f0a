//! `carnet reports`, and the rows that the running program keeps.

use std::process::{Command, Output};

use crate::process::{Carnet, Folder};

fn reports(folder: &Folder, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    let command = command.arg("reports").args(options);
    command.current_dir(folder.path()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What the demo's owner reads of a report, by curl.
fn read(folder: &Folder, report: &str) -> String {
    let script = format!(
        r#". .carnet/demo.env; curl -sS -H "Authorization: Bearer $OWNER" "$CARNET/v1/reports/{report}""#
    );
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[test]
fn rows_are_made_again_and_compared_while_nothing_serves_and_are_read_afterwards() {
    let folder = Folder::new("reports");
    let carnet = Carnet::start(&folder, &["--port", "0"]);
    let in_use = reports(&folder, &["verify", "--data", ".carnet"]);
    assert_eq!(in_use.status.code(), Some(1));
    assert!(said(&in_use).contains("in use"), "{}", said(&in_use));
    carnet.stop();

    let rebuilt = reports(&folder, &["rebuild", "--data", ".carnet", "--settle", "0"]);
    assert_eq!(rebuilt.status.code(), Some(0), "{}", said(&rebuilt));
    assert!(
        said(&rebuilt).contains("generation 2"),
        "{}",
        said(&rebuilt)
    );
    let verified = reports(&folder, &["verify", "--data", ".carnet", "--settle", "0"]);
    assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
    assert!(
        said(&verified).contains(": 0 rows differ"),
        "{}",
        said(&verified)
    );
    assert!(verified.stdout.is_empty());

    let carnet = Carnet::start(&folder, &["--port", "0"]);
    let liability = read(&folder, "liability");
    assert!(
        liability.contains(r#""currency":"TRY","liability_minor""#),
        "{liability}"
    );
    carnet.stop();
}

#[test]
fn a_table_that_is_not_there_is_one_clear_line() {
    let folder = Folder::new("reports-nowhere");
    for command in ["rebuild", "verify"] {
        let options = [
            command,
            "--dynamodb",
            "http://127.0.0.1:9",
            "--business",
            "gul",
        ];
        let output = reports(&folder, &options);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(said(&output).lines().count(), 1, "{}", said(&output));
        assert!(
            said(&output).contains("the table carnet"),
            "{}",
            said(&output)
        );
    }
}
