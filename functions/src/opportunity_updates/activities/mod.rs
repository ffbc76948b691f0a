//! Activities: what was done about an opportunity, or is to be done.

mod cancel;
mod change;
mod complete;
mod fields;
mod list;
mod log;
mod step;
mod to_do;
mod view;

pub(super) use cancel::*;
pub(super) use change::*;
pub(super) use complete::*;
pub(super) use fields::{ActivityKindField, ActivityStateField, PartyField};
pub(super) use list::*;
pub(super) use log::*;
pub(super) use to_do::*;
pub(super) use view::ActivityView;
