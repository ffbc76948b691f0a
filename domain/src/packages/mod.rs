//! What customers hold.

mod balance;
mod covers;
mod expire;
mod import;
mod package;
mod pool;
mod sell;
mod standing;
mod terms;
mod wallet;

pub(crate) use balance::is_zero;
pub use balance::{Account, Balance};
pub use covers::{Cover, Covers};
pub(crate) use expire::write_off;
pub use import::{Import, Running, RunningTerms, import};
pub(crate) use package::Use;
pub use package::{Package, Status};
pub use pool::{Caps, MAX_VISITS, Pool, Unit};
pub use sell::{Sale, sell};
pub use standing::{Freeze, Stage, Standing};
pub(crate) use terms::is_default;
pub use terms::{InstalmentPlan, PackageTerms};
pub use wallet::{ServiceTotal, Wallet, wallet};
