//! Ids of what a request creates.

use domain::{Context, IdempotencyKey, Instant};
use infra::{derived_bytes, random_128};

use super::Problem;

/// The id of what a request creates: with an Idempotency-Key always the same one, so that a
/// repeated request finds what the first one made; without a key a new one.
///
/// # Errors
/// A problem when the operating system has no randomness.
pub fn fresh_or_derived<T>(
    key: Option<&IdempotencyKey>,
    kind: &str,
    context: &Context,
    fresh: impl Fn(Instant, u128) -> T,
    derived: impl Fn([u8; 16]) -> T,
) -> Result<T, Problem> {
    Ok(match key {
        Some(key) => derived(derived_bytes(&[
            context.business.as_str(),
            kind,
            key.as_str(),
        ])),
        None => fresh(context.now, random_128()?),
    })
}
