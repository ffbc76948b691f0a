//! What customers hold.

mod accept;
mod balance;
mod buy;
mod covers;
mod decline;
mod expire;
mod offer;
mod order;
mod package;
mod pool;
mod sell;
mod standing;
mod terms;
mod wallet;

pub use accept::accept;
pub(crate) use balance::is_zero;
pub use balance::{Account, Balance};
pub use buy::buy;
pub use covers::{Cover, Covers};
pub use decline::decline;
pub(crate) use expire::write_off;
pub use offer::offer;
pub use order::{Goods, Order};
pub(crate) use package::Use;
pub use package::{Package, Status};
pub use pool::{Caps, MAX_VISITS, Pool, Unit};
pub use sell::{Sale, sell};
pub use standing::{Freeze, Stage, Standing};
pub(crate) use terms::is_default;
pub use terms::{InstalmentPlan, PackageTerms};
pub use wallet::{ServiceTotal, Wallet, wallet};
