//! What is done for a package.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::Model;
use super::moment::date;
use crate::harness::lira;

/// Days are counted from the one on which the history begins; those of a command, as `named` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Care {
    Adjust(i64),
    TopUp(u64),
    Void,
    /// Until that day begins, or until it is unfrozen.
    Freeze(Option<i64>),
    Unfreeze,
    /// Through that day.
    Extend(i64),
}

impl Care {
    /// As it is by now: rests end so many days from today, and ends are so many days later than they are.
    pub(super) fn named(self, model: &Model, package: usize) -> Care {
        let today = Model::day(model.now);
        match self {
            Care::Freeze(until) => Care::Freeze(until.map(|days| today + days)),
            Care::Extend(days) => {
                let expires = model.packages[package].expires;
                let last_day = expires.map_or(today, |expires| Model::day(expires) - 1);
                Care::Extend(last_day + days)
            }
            Care::Adjust(_) | Care::TopUp(_) | Care::Void | Care::Unfreeze => self,
        }
    }

    /// What it is called in the summary.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Care::Adjust(_) => "adjust",
            Care::TopUp(_) => "top up",
            Care::Void => "void",
            Care::Freeze(_) => "freeze",
            Care::Unfreeze => "unfreeze",
            Care::Extend(_) => "extend",
        }
    }

    /// The end of its path, and its body.
    pub(super) fn request(&self) -> (&'static str, Value) {
        match self {
            Care::Adjust(units) => {
                let body = json!({"units": units, "reason": "correction"});
                ("adjustments", body)
            }
            Care::TopUp(units) => {
                let pools = json!([{"pool": 0, "units": units}]);
                let body = json!({"pools": pools, "price": lira(1_000)});
                ("top-ups", body)
            }
            Care::Void => ("void", json!({"reason": "mistake"})),
            Care::Freeze(None) => ("freeze", json!({})),
            Care::Freeze(Some(until)) => ("freeze", json!({"until": date(*until)})),
            Care::Unfreeze => ("unfreeze", json!({})),
            Care::Extend(day) => ("extend", json!({"expires_on": date(*day)})),
        }
    }
}

/// Something.
pub(super) fn care() -> impl Strategy<Value = Care> {
    prop_oneof![
        3 => prop_oneof![-4i64..0, 1i64..4].prop_map(Care::Adjust),
        1 => (1u64..3).prop_map(Care::TopUp),
        1 => Just(Care::Void),
        2 => prop::option::weighted(0.7, 0i64..6).prop_map(Care::Freeze),
        2 => Just(Care::Unfreeze),
        2 => (-1i64..6).prop_map(Care::Extend),
    ]
}
