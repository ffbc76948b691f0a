//! What is done for a package.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::caring::TOP_UP;
use super::model::Model;
use super::moment::date;
use super::shop::{CUSTOMERS, Shop};
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
    /// With these customers from now on, and no longer.
    Share {
        add: Option<usize>,
        remove: Option<usize>,
    },
    /// To a customer: so many units of the first pool, or everything.
    Give {
        to: usize,
        units: Option<u64>,
    },
    /// So much; of a command, so many parts of a hundred of what is to be paid.
    Pay(u64),
    /// What would be paid back.
    Quote,
    /// As it was quoted, the quotes counted in the order in which they were given.
    Refund(usize),
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
            Care::Adjust(_)
            | Care::TopUp(_)
            | Care::Void
            | Care::Unfreeze
            | Care::Share { .. }
            | Care::Give { .. }
            | Care::Quote
            | Care::Refund(_) => self,
            Care::Pay(part) => {
                let package = &model.packages[package];
                Care::Pay((package.price - package.paid) * part / 100)
            }
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
            Care::Share { .. } => "share",
            Care::Give { .. } => "give",
            Care::Pay(_) => "pay",
            Care::Quote => "quote",
            Care::Refund(_) => "refund",
        }
    }

    /// The end of its path, and its body.
    pub(super) fn request(&self, shop: &Shop, model: &Model) -> (&'static str, Value) {
        match self {
            Care::Adjust(units) => {
                let body = json!({"units": units, "reason": "correction"});
                ("adjustments", body)
            }
            Care::TopUp(units) => {
                let pools = json!([{"pool": 0, "units": units}]);
                let body = json!({"pools": pools, "price": lira(TOP_UP)});
                ("top-ups", body)
            }
            Care::Void => ("void", json!({"reason": "mistake"})),
            Care::Freeze(None) => ("freeze", json!({})),
            Care::Freeze(Some(until)) => ("freeze", json!({"until": date(*until)})),
            Care::Unfreeze => ("unfreeze", json!({})),
            Care::Extend(day) => ("extend", json!({"expires_on": date(*day)})),
            Care::Share { add, remove } => {
                let who = |who: &Option<usize>| -> Value {
                    who.iter().map(|who| json!(shop.customers[*who])).collect()
                };
                ("members", json!({"add": who(add), "remove": who(remove)}))
            }
            Care::Give { to, units } => {
                let pools = units.map(|units| json!([{"pool": 0, "units": units}]));
                let body = json!({"to_customer_id": shop.customers[*to], "pools": pools});
                ("transfers", body)
            }
            Care::Pay(amount) => {
                let body = json!({"amount": lira(*amount), "method": "cash"});
                ("payments", body)
            }
            Care::Quote => ("refund-quotes", json!({"policy": "pro-rata"})),
            Care::Refund(quote) => {
                let quote = &model.quotes[*quote].id;
                ("refunds", json!({"quote_id": quote}))
            }
        }
    }
}

/// Something that makes nothing new.
pub(super) fn cared() -> impl Strategy<Value = Care> {
    let who = |often| prop::option::weighted(often, 0..CUSTOMERS);
    let share = (who(0.8), who(0.4));
    prop_oneof![
        3 => prop_oneof![-4i64..0, 1i64..4].prop_map(Care::Adjust),
        1 => (1u64..3).prop_map(Care::TopUp),
        1 => Just(Care::Void),
        2 => prop::option::weighted(0.7, 0i64..6).prop_map(Care::Freeze),
        2 => Just(Care::Unfreeze),
        2 => (-1i64..6).prop_map(Care::Extend),
        3 => share.prop_map(|(add, remove)| Care::Share { add, remove }),
        5 => prop::sample::select(vec![0, 29, 30, 50, 100, 100, 100, 101]).prop_map(Care::Pay),
        3 => (0usize..6).prop_map(Care::Refund),
    ]
}

/// Something that has an id of the server's.
pub(super) fn given() -> impl Strategy<Value = Care> {
    let units = prop::option::weighted(0.7, 1u64..4);
    let give = (0..CUSTOMERS, units).prop_map(|(to, units)| Care::Give { to, units });
    prop_oneof![1 => give, 1 => Just(Care::Quote)]
}
