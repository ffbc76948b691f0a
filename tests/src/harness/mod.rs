//! A business of its own for every test.

mod activities;
mod business;
mod call;
mod capacity;
mod care;
mod decade;
mod dump;
mod faults;
mod payments;
mod pipeline;
mod quotas;
mod quotes;
mod recorder;
mod request;
mod sales_team;
mod salon;
mod share;
mod shows;
mod stream;
mod tally;
mod valid;
mod won;
mod world;

pub(crate) use business::{Business, Holder};
pub(crate) use call::{Answer, Call};
pub(crate) use capacity::capacity_scale;
pub(crate) use dump::{dump, look_ups};
pub(crate) use faults::{Faults, Trouble};
pub(crate) use recorder::{Need, Recorder};
pub(crate) use request::{Request, function_of, routes, template};
pub(crate) use sales_team::{Failed, SalesTeam};
pub(crate) use salon::{Salon, id, lira, paid_by};
pub(crate) use shows::assert_shows;
pub(crate) use tally::tally;
pub(crate) use won::Won;
pub(crate) use world::{NOW, TABLE, World};
