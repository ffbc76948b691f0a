//! What is sold.

use serde_json::{Value, json};

use super::passes::Caps;
use super::pools::Pool;
use crate::harness::lira;

/// What the services cost, in minor units.
pub(crate) const PRICES: [u64; 3] = [60_000, 150_000, 40_000];

/// The terms of a template.
#[derive(Debug)]
pub(crate) struct Terms {
    kind: &'static str,
    pub(crate) price: u64,
    /// What has to be paid before it can be used.
    pub(crate) deposit: Option<u64>,
    /// In how many instalments the rest is paid, and on which day of the month.
    pub(crate) plan: Option<(u32, u32)>,
    /// Whether it pays only as far as it is paid.
    pub(crate) up_to_paid: bool,
    /// For how many days it is valid after that of its sale; and for how many more it can be used.
    pub(crate) days: Option<i64>,
    pub(crate) grace_days: i64,
    pub(crate) transferable: bool,
    /// Whether customers may buy it themselves.
    pub(crate) online: bool,
    pub(crate) max_members: usize,
    /// How often its units may be drawn, where they have no number.
    pub(crate) caps: Option<Caps>,
    /// How many units of which services; of any for credit.
    pools: &'static [(Option<&'static [usize]>, u64)],
}

pub(crate) const TEMPLATES: [Terms; 7] = [
    Terms {
        kind: "visits",
        price: 100_000,
        deposit: None,
        plan: None,
        up_to_paid: false,
        days: Some(10),
        grace_days: 0,
        transferable: true,
        online: true,
        caps: None,
        max_members: 2,
        pools: &[(Some(&[0]), 3)],
    },
    Terms {
        kind: "visits",
        price: 0,
        deposit: None,
        plan: None,
        up_to_paid: false,
        days: None,
        grace_days: 0,
        transferable: true,
        online: true,
        caps: None,
        max_members: 1,
        pools: &[(Some(&[0, 1]), 4)],
    },
    Terms {
        kind: "credit",
        price: 100_000,
        deposit: None,
        plan: None,
        up_to_paid: false,
        days: None,
        grace_days: 0,
        transferable: false,
        online: true,
        caps: None,
        max_members: 1,
        pools: &[(None, 250_000)],
    },
    Terms {
        kind: "bundle",
        price: 100_000,
        deposit: None,
        plan: None,
        up_to_paid: false,
        days: Some(4),
        grace_days: 2,
        transferable: true,
        online: false,
        caps: None,
        max_members: 0,
        pools: &[(Some(&[0]), 2), (Some(&[1]), 1)],
    },
    Terms {
        kind: "visits",
        price: 100_000,
        deposit: Some(30_000),
        plan: None,
        up_to_paid: true,
        days: Some(15),
        grace_days: 0,
        transferable: false,
        online: true,
        caps: None,
        max_members: 1,
        pools: &[(Some(&[2, 1]), 5)],
    },
    Terms {
        kind: "visits",
        price: 100_001,
        deposit: Some(10_000),
        plan: Some((4, 31)),
        up_to_paid: false,
        days: None,
        grace_days: 0,
        transferable: true,
        online: false,
        caps: None,
        max_members: 1,
        pools: &[(Some(&[0, 2]), 6)],
    },
    Terms {
        kind: "pass",
        price: 0,
        deposit: None,
        plan: None,
        up_to_paid: false,
        days: Some(20),
        grace_days: 0,
        transferable: false,
        online: false,
        caps: Some(Caps {
            day: 1,
            week: 2,
            period: 4,
        }),
        max_members: 1,
        pools: &[(Some(&[0, 2]), 0)],
    },
];

impl Terms {
    /// What a sale for that price grants: the price is shared by what the services cost, the cents that are left to whom
    /// most of one was lacking.
    pub(crate) fn pools_for(&self, price: u64) -> Vec<Pool> {
        if self.caps.is_some() {
            let mut pools = self.no_units();
            pools.iter_mut().for_each(|pool| pool.caps = self.caps);
            return pools;
        }
        let listed = |(covers, units): &(Option<&[usize]>, u64)| {
            covers.map_or(1, |covers| PRICES[covers[0]]) * units
        };
        let whole: u64 = self.pools.iter().map(listed).sum();
        let parts = self.pools.iter().map(|pool| price * listed(pool));
        let parts: Vec<u64> = parts.collect();
        let mut shares: Vec<u64> = parts.iter().map(|part| part / whole).collect();
        let mut lacking: Vec<usize> = (0..shares.len()).collect();
        lacking.sort_by_key(|place| std::cmp::Reverse(parts[*place] % whole));
        let left = price - shares.iter().sum::<u64>();
        for place in lacking.into_iter().take(left as usize) {
            shares[place] += 1;
        }
        let pools = self.pools.iter().zip(shares);
        pools
            .map(|((covers, units), share)| Pool::new(*covers, *units, share))
            .collect()
    }

    /// What an offer grants: nothing yet.
    pub(crate) fn no_units(&self) -> Vec<Pool> {
        let pools = self.pools.iter();
        pools.map(|(covers, _)| Pool::new(*covers, 0, 0)).collect()
    }

    /// As it is sent, where the services have these ids.
    pub(crate) fn body(&self, services: &[String]) -> Value {
        let mut body = json!({
            "name": "Paket", "kind": self.kind, "price": lira(self.price),
            "grace_days": self.grace_days, "transferable": self.transferable,
            "max_members": self.max_members, "online": self.online, "redeem_up_to_paid": self.up_to_paid,
        });
        if let Some(deposit) = self.deposit {
            body["deposit"] = json!({"amount": lira(deposit)});
        }
        if let Some((count, day)) = self.plan {
            body["instalments"] = json!({"count": count, "monthly_day": day});
        }
        if let Some(days) = self.days {
            body["validity"] = json!({"count": days, "unit": "days"});
        }
        if let Some(Caps { day, week, period }) = self.caps {
            body["caps"] = json!({"per_day": day, "per_week": week, "per_period": period});
        }
        let (covers, units) = self.pools[0];
        match covers {
            None => body["credit"] = lira(units),
            Some(_) if self.kind == "bundle" => {
                let parts = self.pools.iter().flat_map(|(covers, units)| {
                    let covers = covers.iter().copied().flatten();
                    covers.map(
                        move |place| json!({"service_id": services[*place], "quantity": units}),
                    )
                });
                body["services"] = parts.collect();
            }
            Some(covers) => {
                let covers = covers.iter();
                let covers = covers.map(|place| json!({"service_id": services[*place]}));
                body["services"] = covers.collect();
                if self.caps.is_none() {
                    body["quantity"] = json!(units);
                }
            }
        }
        body
    }
}
