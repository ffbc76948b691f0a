//! What happens to packages.

use super::told::told;

told! {
    /// A package was sold.
    PackageSold v 1 {
        /// The package.
        package_id: String,
    }
}
