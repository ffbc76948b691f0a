//! What an entry uses up.

use super::Line;
use crate::Instant;
use crate::packages::{Package, Status};

/// Marks the last line of each package that was usable `before`, and is used up after all of them.
pub(super) fn note_what_is_used_up(
    lines: &mut [Line],
    (before, after): (&[Package], &[Package]),
    now: Instant,
) {
    for (after, before) in after.iter().zip(before) {
        let used_up = before.is_usable(now) && after.status(now) == Status::Exhausted;
        let mut lines = lines.iter_mut().rev();
        if let Some(line) = lines.find(|line| line.package == after.id) {
            line.uses_up = used_up;
        }
    }
}
