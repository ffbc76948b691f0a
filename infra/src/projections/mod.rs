//! The rows that reports are read from: kept up to date from the table's stream, made again from the
//! journal, and compared with it.

mod apply;
mod businesses;
mod delete;
mod part_keys;
mod pipeline_keys;
mod pipeline_read;
mod pipeline_sums;
mod project;
mod read;
mod rebuild;
mod row_keys;
mod standing;
mod sums;
mod verify;

pub use pipeline_read::PipelineSums;
pub use rebuild::Progress;
pub use standing::{Building, Projection};
pub use verify::Difference;
