//! The real program, as a person starts and stops it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A folder of the test's own, removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("carnet-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `carnet`, running in a folder.
pub(crate) struct Carnet {
    child: Child,
    output: BufReader<ChildStdout>,
}

pub(crate) fn command(folder: &Folder, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    let template = concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml");
    if !options.contains(&"--template") {
        command.args(["--template", template]);
    }
    command
        .args(options)
        .current_dir(folder.path())
        .stdin(Stdio::null());
    command
}

impl Carnet {
    /// Starts it and waits until it says where it answers.
    pub(crate) fn start(folder: &Folder, options: &[&str]) -> Self {
        let mut child = command(folder, options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while output.read_line(&mut said).unwrap() > 0 {
            if said.contains("Ctrl-C") {
                return Self { child, output };
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        panic!("it did not start: {said}");
    }

    /// Interrupts it as Ctrl-C does, and expects a clean end.
    pub(crate) fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &pid])
                .status()
                .unwrap()
                .success()
        );
        let status = self.child.wait().unwrap();
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert_eq!(status.code(), Some(0), "{rest}");
    }

    /// Ends it without a word, as when it runs out of memory.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Carnet {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs it and expects it to end at once, with one line that contains `says`.
pub(crate) fn fails(folder: &Folder, options: &[&str], says: &str) {
    let output = command(folder, options).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(says), "{said}");
}
