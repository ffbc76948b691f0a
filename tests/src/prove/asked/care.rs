//! What is done for a package.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::command::PLACES;
use super::moment::date;
use crate::harness::lira;
use crate::prove::model::Model;
use crate::prove::model::caring::TOP_UP;
use crate::prove::model::holdings::{Package, Stage};
use crate::prove::model::pools::Account;
use crate::prove::shop::{CUSTOMERS, Shop};

/// Days are counted from the one on which the history begins; those of a command, as `named` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Care {
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
    /// What was offered.
    Accept,
    Decline,
}

impl Care {
    /// The package that it is of: counted round one of those that it is made for, but for the last place.
    pub(crate) fn fitting(&self, model: &Model, place: usize) -> Option<usize> {
        let fits = |package: &Package| match self {
            Care::Unfreeze => package.rests(model.now),
            Care::Give { .. } => {
                let whole = package.terms.transferable && package.price == package.paid;
                whole && package.has_any(&[Account::Available]) && !package.ended(model.now)
            }
            Care::Pay(_) => package.price > package.paid,
            Care::Quote => package.paid > 0 && !package.has_any(&[Account::Held]),
            Care::Accept => package.stage == Stage::Offered,
            Care::Decline => matches!(package.stage, Stage::Offered | Stage::Waits),
            Care::Extend(_) => package.expires.is_some(),
            Care::Share { remove, .. } => remove.is_none() || !package.members.is_empty(),
            Care::Adjust(_) | Care::TopUp(_) | Care::Void | Care::Freeze(_) | Care::Refund(_) => {
                true
            }
        };
        let packages = model.packages.iter().enumerate();
        let fitting = packages.filter(|(_, package)| place < PLACES && fits(package));
        let fitting: Vec<usize> = fitting.map(|(place, _)| place).collect();
        match (self, place.checked_rem(fitting.len())) {
            (Care::Refund(quote), Some(_)) => {
                let quotes = model.quotes.iter().rev();
                quotes.map(|quote| quote.package).nth(*quote)
            }
            (_, Some(place)) => Some(fitting[place]),
            (_, None) => place.checked_rem(model.packages.len()),
        }
    }

    /// As it is by now: rests end so many days from today, ends are so many days later than they are, and quotes
    /// are counted from the last one back.
    pub(crate) fn named(self, model: &Model, package: usize) -> Option<Care> {
        let today = Model::day(model.now);
        let package = &model.packages[package];
        Some(match self {
            Care::Freeze(until) => Care::Freeze(until.map(|days| today + days)),
            Care::Extend(days) => {
                let expires = package.expires;
                let last_day = expires.map_or(today, |expires| Model::day(expires) - 1);
                Care::Extend(last_day + days)
            }
            Care::Pay(part) => Care::Pay((package.price - package.paid) * part / 100),
            Care::Share { add, remove } => {
                let members = &package.members;
                let remove = remove.map(|remove| match remove.checked_rem(members.len()) {
                    Some(place) => members[place],
                    None => remove,
                });
                Care::Share { add, remove }
            }
            Care::Refund(quote) => Care::Refund(model.quotes.len().checked_sub(quote + 1)?),
            Care::Adjust(_)
            | Care::TopUp(_)
            | Care::Void
            | Care::Unfreeze
            | Care::Give { .. }
            | Care::Quote
            | Care::Accept
            | Care::Decline => self,
        })
    }

    /// What it is called in the summary.
    pub(crate) fn name(&self) -> &'static str {
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
            Care::Accept => "accept",
            Care::Decline => "decline",
        }
    }

    /// The end of its path, and its body.
    pub(crate) fn request(&self, shop: &Shop, model: &Model) -> (&'static str, Value) {
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
            Care::Accept => ("accept", json!({})),
            Care::Decline => ("decline", json!({})),
        }
    }
}

/// Something that makes nothing new.
pub(crate) fn cared() -> impl Strategy<Value = Care> {
    let who = || (0..CUSTOMERS).prop_map(Some);
    let share = prop_oneof![
        3 => (who(), Just(None)),
        2 => (Just(None), who()),
        1 => (who(), who()),
    ];
    prop_oneof![
        2 => prop_oneof![-4i64..0, 1i64..4].prop_map(Care::Adjust),
        1 => (1u64..3).prop_map(Care::TopUp),
        1 => Just(Care::Void),
        2 => prop::option::weighted(0.7, 0i64..4).prop_map(Care::Freeze),
        4 => Just(Care::Unfreeze),
        2 => prop_oneof![1 => Just(0), 1 => -1i64..6].prop_map(Care::Extend),
        6 => share.prop_map(|(add, remove)| Care::Share { add, remove }),
        4 => prop::sample::select(vec![0, 29, 30, 30, 30, 100, 100, 101]).prop_map(Care::Pay),
        6 => prop_oneof![4 => Just(0), 1 => 0usize..3].prop_map(Care::Refund),
        1 => Just(Care::Decline),
    ]
}

/// Something that has an id, or a time of its sale, of the server's.
pub(crate) fn given() -> impl Strategy<Value = Care> {
    let units = prop::option::weighted(0.7, 1u64..4);
    let give = (0..CUSTOMERS, units).prop_map(|(to, units)| Care::Give { to, units });
    prop_oneof![1 => give, 3 => Just(Care::Quote), 1 => Just(Care::Accept)]
}
