//! Setting and changing how a business works.

use super::Settings;
use crate::journal::Fact;
use crate::{Context, Decision, EntryKey, Put, Refusal};

/// Puts `wanted` in the place of `present`. Its own version is ignored; `expected` is the version the
/// caller read, none for a business that has no settings yet. Bookings keep the policy they were
/// made under.
///
/// # Errors
/// [`Refusal::VersionMismatch`] when the caller has not seen the present settings.
pub fn change(
    present: Option<&Settings>,
    wanted: Settings,
    expected: Option<u64>,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.map(|settings| settings.version) != expected {
        return Err(Refusal::VersionMismatch);
    }
    let settings = Settings {
        version: expected.unwrap_or(0) + 1,
        ..wanted
    };
    Ok(Decision {
        key: EntryKey::Settings(settings.version),
        entry: context.entry(
            None,
            Fact::SettingsChanged(settings.clone()),
            Vec::new(),
            None,
        ),
        puts: vec![Put::Settings(settings)],
    })
}
