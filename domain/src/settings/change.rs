//! Setting and changing how a business works.

use super::Settings;
use crate::journal::Fact;
use crate::pipeline::first_scheme;
use crate::{Context, Decision, EntryKey, Put, Refusal};

/// Puts `wanted` in the place of `present`. Its own version is ignored; `expected` is the version the
/// caller read, none for a business that has no settings yet: it gets its first stage scheme with them.
/// Bookings keep the policy they were made under.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`] when the caller has not seen the present settings,
/// [`Refusal::SettingsOutOfRange`].
pub fn change(
    present: Option<&Settings>,
    wanted: Settings,
    expected: Option<u64>,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.map(|settings| settings.version) != expected {
        return Err(Refusal::VersionMismatch);
    }
    wanted.check()?;
    let settings = Settings {
        version: expected.unwrap_or(0) + 1,
        ..wanted
    };
    let key = EntryKey::Settings(settings.version);
    let fact = Fact::SettingsChanged(settings.clone());
    let entry = context.entry(None, fact, Vec::new(), None);
    let begins = settings.version == 1;
    let mut decision = Decision::of_records(key, entry, vec![Put::Settings(settings)]);
    if begins && let Some((key, entry, put)) = first_scheme(context) {
        decision.series.push((key, entry));
        decision.puts.push(put);
    }
    Ok(decision)
}
