//! What there is: by the model, and as it is shown.

use domain::journal::fold;
use domain::packages::Package;
use serde_json::Value;

use super::answer::{Shown, Told};
use super::model::Model;
use super::run::{Run, Violation};
use crate::harness::id;

/// What is available, held, used, forfeited and expired in each pool of a package.
pub(super) type Counts = Vec<[u64; 5]>;

/// Every package in the order in which they were sold, and every booking that was made, by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) packages: Vec<Counts>,
    pub(super) bookings: Vec<(usize, Shown)>,
}

impl Model {
    /// As a package is shown: where it has ended, nothing of it is available.
    pub(super) fn counts(&self, place: usize) -> Counts {
        let package = &self.packages[place];
        let over = package.ended(self.now);
        package
            .pools
            .iter()
            .map(|pool| pool.counted(over))
            .collect()
    }

    /// As the journal has it, which is told of an end when units return or the calendar says so.
    fn entered(&self, place: usize) -> Counts {
        let pools = self.packages[place].pools.iter();
        pools.map(|pool| pool.counted(false)).collect()
    }

    /// The places of the bookings that were made.
    pub(super) fn made(&self) -> Vec<usize> {
        let places = 0..self.bookings.len();
        places
            .filter(|place| self.bookings[*place].is_some())
            .collect()
    }

    pub(super) fn standing(&self) -> Standing {
        let bookings = self.made().into_iter().filter_map(|place| {
            let booking = self.bookings[place].as_ref()?;
            Some((place, booking.shown()))
        });
        Standing {
            packages: (0..self.packages.len())
                .map(|place| self.counts(place))
                .collect(),
            bookings: bookings.collect(),
        }
    }
}

impl Run<'_> {
    pub(super) async fn package(&self, place: usize) -> Counts {
        let path = format!("/v1/packages/{}", self.model.packages[place].id);
        counts(&self.world.get(&path).ok().await)
    }

    /// A booking, or the refusal to show it.
    pub(super) async fn booking(&self, place: usize) -> Told {
        let answer = self
            .world
            .get(&format!("/v1/bookings/b-{place}"))
            .send()
            .await;
        self.told(&answer)
    }

    /// Everything there is: the packages as the wallet has them, and these bookings, as far as they were made.
    pub(super) async fn everything(&self, places: impl IntoIterator<Item = usize>) -> Standing {
        let mut bookings = Vec::new();
        for place in places {
            if let Told::Booking(_, shown) = self.booking(place).await {
                bookings.push((place, shown));
            }
        }
        Standing {
            packages: self.wallet().await,
            bookings,
        }
    }

    async fn wallet(&self) -> Vec<Counts> {
        let path = format!("/v1/customers/{}/wallet", self.shop.customer);
        let wallet = self.world.get(&path).ok().await;
        let mut packages: Vec<&Value> = wallet["packages"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        let sold = |package: &&Value| {
            let place = self
                .model
                .packages
                .iter()
                .position(|sold| sold.id == id(package));
            place.unwrap_or(usize::MAX)
        };
        packages.sort_by_key(sold);
        packages.into_iter().map(counts).collect()
    }

    /// The packages are as the model has them, and so are the booking that was asked about and one other.
    pub(super) async fn compare(
        &self,
        asked: Option<usize>,
        number: usize,
    ) -> Result<(), Violation> {
        let made = self.model.made();
        let another = made.get(number.checked_rem(made.len()).unwrap_or_default());
        let mut places: Vec<usize> = asked.into_iter().chain(another.copied()).collect();
        places.dedup();
        let mut expected = self.model.standing();
        expected.bookings = places
            .iter()
            .filter_map(|place| {
                expected
                    .bookings
                    .iter()
                    .find(|(made, _)| made == place)
                    .cloned()
            })
            .collect();
        let found = self.everything(places).await;
        same(&expected, &found)
    }

    /// Every booking is as the model has it; the journal has an entry for everything that was done, and its
    /// fold is what there is.
    pub(super) async fn compare_all(&self) -> Result<(), Violation> {
        let found = self.everything(0..self.model.bookings.len()).await;
        same(&self.model.standing(), &found)?;
        let journal = self.world.journal().await;
        let expected = self.entries + self.model.entries;
        if journal.len() != expected {
            return Err(format!("{} entries, not {expected}", journal.len()));
        }
        for (place, package) in self.model.packages.iter().enumerate() {
            let folded = fold(package.id.parse().unwrap(), &journal)
                .unwrap()
                .unwrap();
            let (folded, expected) = (balances(&folded), self.model.entered(place));
            if folded != expected {
                return Err(format!(
                    "package {place}: {folded:?} by the journal, not {expected:?}"
                ));
            }
        }
        Ok(())
    }
}

fn same(expected: &Standing, found: &Standing) -> Result<(), Violation> {
    match expected == found {
        true => Ok(()),
        false => Err(format!("there is {found:?}, not {expected:?}")),
    }
}

/// As a package is shown.
pub(super) fn counts(package: &Value) -> Counts {
    let pools = package["pools"].as_array().into_iter().flatten();
    let units = |pool: &Value, name: &str| pool[name].as_u64().unwrap();
    let names = ["available", "held", "used", "forfeited", "expired"];
    pools
        .map(|pool| names.map(|name| units(pool, name)))
        .collect()
}

/// As the fold of a journal has it.
pub(super) fn balances(package: &Package) -> Counts {
    let balances = package.pools.iter().map(|pool| pool.balance);
    balances
        .map(|has| {
            [
                has.available,
                has.held,
                has.captured,
                has.forfeited,
                has.expired,
            ]
        })
        .collect()
}
