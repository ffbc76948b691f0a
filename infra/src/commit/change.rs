//! What one commit does to a package.

use domain::Instant;
use domain::journal::{Entry, Line};
use domain::packages::Standing;

/// What one commit does to a package that exists.
#[derive(Debug, Default)]
pub(super) struct Change<'a> {
    pub(super) lines: Vec<&'a Line>,
    /// Its standing at the end, where it changes.
    pub(super) standing: Option<&'a Standing>,
    /// The version that was read, and the one that is reached.
    pub(super) versions: Option<(u64, u64)>,
    pub(super) at: Option<Instant>,
}

impl Change<'_> {
    /// Takes in that `entry` brings the package to `version`.
    pub(super) fn reaches(&mut self, version: u64, entry: &Entry) {
        let before = self.versions.map_or(version - 1, |(before, _)| before);
        self.versions = Some((before, version));
        self.at = Some(entry.at);
    }
}
