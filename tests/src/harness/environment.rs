//! What whoever runs the tests asks for.

/// A number from the environment.
pub(crate) fn number(name: &str) -> Option<u64> {
    let said = std::env::var(name).ok()?;
    Some(
        said.parse()
            .unwrap_or_else(|_| panic!("{name} is a number, not {said}")),
    )
}
