//! How what happens to a package outside of appointments is recorded.

use super::Package;
use crate::journal::{Fact, PackageChange, Posting};
use crate::{Context, Decision, EntryKey};

/// The decision to record what was posted as `change` of `package`.
pub(super) fn changed(
    posting: Posting,
    package: &Package,
    key: EntryKey,
    change: PackageChange,
    context: &Context,
) -> Decision {
    let fact = Fact::PackageChanged {
        package: package.id,
        change,
    };
    posting.record(key, package.customer, fact, context)
}
