//! The people a business serves.

mod claim;
mod create;
mod edit;
mod erase;
mod export;
mod find;
mod find_by_name;
mod get;
mod me;
mod privacy;
