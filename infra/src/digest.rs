//! Digests: what a request was, and ids that one key always gives again.

use domain::Fingerprint;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Fault;

/// The fingerprint of a command: equal for equal content, however its JSON was spelled. `verb` keeps
/// two verbs with like content apart.
///
/// # Errors
/// [`Fault::Broken`] for content that JSON cannot express.
pub fn fingerprint(verb: &str, content: &impl Serialize) -> Result<Fingerprint, Fault> {
    let json = serde_json::to_vec(content).map_err(Fault::broken)?;
    hex(&digest(&[verb.as_bytes(), &json]), 16)
        .parse()
        .map_err(Fault::broken)
}

/// A fingerprint like no other: a salt, or that of a request that is known again by what is there.
///
/// # Errors
/// [`Fault::Broken`] when the operating system has no randomness.
pub fn fresh_salt() -> Result<Fingerprint, Fault> {
    fingerprint("salt", &random_128()?.to_string())
}

/// The 16 bytes that these parts always give: the id of what a caller's key creates.
pub fn derived_bytes(parts: &[&str]) -> [u8; 16] {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    let digest = digest(&parts);
    std::array::from_fn(|index| digest[index])
}

/// Randomness from the operating system.
///
/// # Errors
/// [`Fault::Broken`] when it has none to give.
pub fn random_128() -> Result<u128, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Fault::broken)?;
    Ok(u128::from_le_bytes(bytes))
}

/// A key part that does not show what it stands for: keys appear in the cloud provider's audit logs.
pub(crate) fn opaque(text: &str) -> String {
    hex(&digest(&[text.as_bytes()]), 16)
}

/// The idempotency token of one attempt at one decision.
pub(crate) fn token(parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    hex(&digest(&parts), 16)
}

/// Parts are separated by their length, so that ("ab", "c") and ("a", "bc") differ.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

fn hex(bytes: &[u8], count: usize) -> String {
    bytes
        .iter()
        .take(count)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(derived_bytes(&["ab", "c"]), derived_bytes(&["a", "bc"]));
        assert_ne!(
            fingerprint("a", &"b").unwrap(),
            fingerprint("ab", &"").unwrap()
        );
    }

    #[test]
    fn the_digest_of_a_request_is_golden() {
        // Stored entries are compared with it for years: it must not change.
        let digest = fingerprint("sell", &("cus_1", "tpl_1")).unwrap();
        assert_eq!(digest.as_str(), "e85878bdba090c5242df0b6ac78a9b23");
    }
}
