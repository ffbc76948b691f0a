//! Starting, stopping, and starting again.

use std::net::TcpListener;
use std::process::Command;

use crate::process::{Carnet, Folder, fails};

/// What the demo's customer holds, by curl.
fn wallet(folder: &Folder) -> String {
    let script = r#". .carnet/demo.env; curl -sS -H "Authorization: Bearer $CUSTOMER" "$CARNET/v1/me/wallet""#;
    let output = Command::new("bash")
        .args(["-c", script])
        .current_dir(folder.path())
        .output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[test]
fn data_survives_a_restart_and_a_kill() {
    let folder = Folder::new("restart");
    let carnet = Carnet::start(&folder, &["--port", "0"]);
    let before = wallet(&folder);
    assert!(before.contains(r#""status":"active""#), "{before}");
    carnet.stop();
    let carnet = Carnet::start(&folder, &["--port", "0"]);
    assert_eq!(wallet(&folder), before);
    carnet.kill();
    let carnet = Carnet::start(&folder, &["--port", "0"]);
    assert_eq!(wallet(&folder), before);
    carnet.stop();
}

#[test]
fn what_stands_in_the_way_is_one_clear_line() {
    let folder = Folder::new("in-the-way");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    fails(&folder, &["--port", &port], &format!("port {port}"));

    std::fs::write(folder.path().join("a-file"), "").unwrap();
    fails(&folder, &["--port", "0", "--data", "a-file"], "a-file");
    // Not writable for anybody, not even for root.
    fails(
        &folder,
        &["--port", "0", "--data", "/proc/carnet"],
        "/proc/carnet",
    );

    fails(
        &folder,
        &["--port", "0", "--template", "missing.yaml"],
        "missing.yaml",
    );
    std::fs::write(folder.path().join("broken.yaml"), "a: [").unwrap();
    fails(
        &folder,
        &["--port", "0", "--template", "broken.yaml"],
        "broken.yaml",
    );
    std::fs::write(folder.path().join("empty.yaml"), "Resources: {}").unwrap();
    fails(
        &folder,
        &["--port", "0", "--template", "empty.yaml"],
        "empty.yaml",
    );

    fails(
        &folder,
        &["--port", "0", "--dynamodb", "http://127.0.0.1:1"],
        "127.0.0.1:1",
    );
}

#[test]
fn a_second_one_on_the_same_data_is_turned_away_and_the_first_goes_on() {
    let folder = Folder::new("second");
    let carnet = Carnet::start(&folder, &["--port", "0"]);
    fails(&folder, &["--port", "0"], ".carnet");
    assert!(wallet(&folder).contains("packages"));
    carnet.stop();
}

#[test]
fn in_memory_nothing_is_kept() {
    let folder = Folder::new("memory");
    let carnet = Carnet::start(&folder, &["--port", "0", "--memory"]);
    assert!(wallet(&folder).contains("packages"));
    carnet.stop();
    assert!(!folder.path().join(".carnet/carnet.db").exists());
}
