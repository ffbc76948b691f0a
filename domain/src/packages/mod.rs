//! What customers hold.

mod package;
mod pool;
mod sell;
mod wallet;

pub use package::{Package, Status};
pub use pool::{Account, Balance, Cover, Covers, MAX_VISITS, Pool, Unit};
pub use sell::{Sale, sell};
pub use wallet::{ServiceTotal, Wallet, wallet};
