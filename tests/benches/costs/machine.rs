//! On what it was measured.

use std::fs;
use std::process::Command;

/// The machine and the versions, a line each.
pub(super) fn lines() -> Vec<(&'static str, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split_once(':'));
        value.map_or_else(
            || "unknown".to_owned(),
            |(_, value)| value.trim().to_owned(),
        )
    };
    let processors = cpu
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let lock = fs::read_to_string(format!("{root}/Cargo.lock")).unwrap_or_default();
    let dynoxide = version(&lock, "dynoxide-rs");
    let sdk = version(&lock, "aws-sdk-dynamodb");
    let script = fs::read_to_string(format!("{root}/tests/tools/dynamodb-local.sh"));
    let script = script.unwrap_or_default();
    let local = script
        .lines()
        .find_map(|line| line.strip_prefix("version="));
    vec![
        (
            "when",
            chrono::Utc::now().format("%Y-%m-%d %H:%M UTC").to_string(),
        ),
        (
            "commit",
            said("git", &["-C", root, "describe", "--always", "--dirty"]),
        ),
        (
            "processor",
            format!("{processors} × {}", field(&cpu, "model name")),
        ),
        ("memory", field(&memory, "MemTotal")),
        ("system", said("uname", &["-srm"])),
        ("Rust", said("rustc", &["--version"])),
        ("AWS SDK", format!("aws-sdk-dynamodb {sdk}")),
        ("embedded database", format!("dynoxide-rs {dynoxide}")),
        (
            "DynamoDB Local",
            format!("amplify-dynamodb-simulator {}", local.unwrap_or("unknown")),
        ),
    ]
}

/// How much the machine has to do: what runs beside the measurement makes it worse.
pub(super) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace()
        .next()
        .unwrap_or("unknown")
        .to_owned()
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.ok().filter(|output| output.status.success());
    let text = output.and_then(|output| String::from_utf8(output.stdout).ok());
    text.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}

fn version(lock: &str, name: &str) -> String {
    let found = lock.split_once(&format!("name = \"{name}\"\nversion = \""));
    let version = found.and_then(|(_, rest)| rest.split('"').next());
    version.unwrap_or("unknown").to_owned()
}
