//! The pipeline that sells packages.

mod quotes;
