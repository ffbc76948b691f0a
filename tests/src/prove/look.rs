//! What there is: by the model, and as it is shown.

use domain::journal::fold;
use futures::future::join_all;
use serde_json::Value;

use super::asked::answer::{Shown, Told};
use super::counted::{Counts, balances, counts};
use super::model::Model;
use super::run::{Run, Violation};
use super::shop::CUSTOMERS;
use crate::harness::Call;

/// The wallet of each customer, and every booking that was made, by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) wallets: Vec<Wallet>,
    pub(super) bookings: Vec<(usize, Shown)>,
}

/// What a customer holds, and what is available of what others share with them, each with its status; the
/// packages counted in the order in which they were sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wallet {
    held: Vec<(usize, String, Counts)>,
    shared: Vec<(usize, String, Vec<u64>)>,
}

impl Model {
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
            wallets: (0..CUSTOMERS).map(|place| self.wallet(place)).collect(),
            bookings: bookings.collect(),
        }
    }

    fn wallet(&self, customer: usize) -> Wallet {
        let (held, shared): (Vec<usize>, Vec<usize>) = self
            .seen(customer)
            .into_iter()
            .partition(|place| self.packages[*place].holder == customer);
        let status = |place: usize| self.packages[place].status(self.now).to_owned();
        let held = held.into_iter();
        let counts = held.map(|place| (place, status(place), self.counts(place)));
        let available = shared.into_iter().map(|place| {
            let pools = self.counts(place).pools.into_iter();
            let available = pools.map(|[available, ..]| available);
            (place, status(place), available.collect())
        });
        Wallet {
            held: counts.collect(),
            shared: available.collect(),
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
        let path = format!("/v1/bookings/b-{place}");
        let known = self.model.bookings.get(place).and_then(Option::as_ref);
        let answer = match known {
            Some(known) => self.by_half(&path, known.customer).send().await,
            None => self.world.get(&path).send().await,
        };
        self.told(&answer)
    }

    /// A look by the business, or where there is an odd number of entries, by the customer whose it is.
    fn by_half(&self, path: &str, customer: usize) -> Call {
        let call = self.world.get(path);
        match self.model.entries % 2 {
            0 => call,
            _ => call.by(&self.shop.token(self.world, customer)),
        }
    }

    /// Nobody sees what is another's.
    async fn compare_strangers(&self, made: &[usize], number: usize) -> Result<(), Violation> {
        let mut looks = vec![(number % CUSTOMERS, "customers", "customer-not-found")];
        let (mut paths, place) = (Vec::new(), number.checked_rem(made.len()));
        paths.push(format!(
            "/v1/customers/{}/wallet",
            self.shop.customers[number % CUSTOMERS]
        ));
        if let Some(booking) = place.and_then(|place| self.model.bookings[made[place]].as_ref()) {
            looks.push((booking.customer, "bookings", "booking-not-found"));
            paths.push(format!(
                "/v1/bookings/b-{}",
                made[place.unwrap_or_default()]
            ));
        }
        for ((whose, of, code), path) in looks.into_iter().zip(paths) {
            let stranger = self.shop.token(self.world, (whose + 1) % CUSTOMERS);
            let answer = self.world.get(&path).by(&stranger).send().await;
            if self.told(&answer) != Told::Refused(404, code.to_owned()) {
                return Err(format!("a stranger sees {of}: {answer:?}"));
            }
        }
        Ok(())
    }

    /// Everything there is: the wallets, and these bookings, as far as they were made.
    pub(super) async fn everything(&self, places: impl IntoIterator<Item = usize>) -> Standing {
        let wallets = (0..CUSTOMERS).map(|customer| self.wallet(customer));
        Standing {
            wallets: join_all(wallets).await,
            bookings: self.bookings(places).await,
        }
    }

    async fn bookings(&self, places: impl IntoIterator<Item = usize>) -> Vec<(usize, Shown)> {
        let mut bookings = Vec::new();
        for place in places {
            if let Told::Booking(_, shown) = self.booking(place).await {
                bookings.push((place, shown));
            }
        }
        bookings
    }

    async fn wallet(&self, customer: usize) -> Wallet {
        let path = format!("/v1/customers/{}/wallet", self.shop.customers[customer]);
        let wallet = self.by_half(&path, customer).ok().await;
        let ids = self.ids();
        let place = |package: &Value| ids.package(&package["id"]);
        let list = |name: &str| wallet[name].as_array().into_iter().flatten();
        let status = |package: &Value| package["status"].as_str().unwrap().to_owned();
        let held = list("packages");
        let held = held.map(|package| (place(package), status(package), counts(package)));
        let shared = list("shared").map(|package| {
            let pools = package["pools"].as_array().into_iter().flatten();
            let available = pools.map(|pool| pool["available"].as_u64().unwrap());
            (place(package), status(package), available.collect())
        });
        let (mut held, mut shared): (Vec<_>, Vec<_>) = (held.collect(), shared.collect());
        held.sort();
        shared.sort();
        Wallet { held, shared }
    }

    /// The booking that was asked about and one other are as the model has them, and so are the wallets: where
    /// nothing was done, these are looked at each third time.
    pub(super) async fn compare(
        &self,
        (asked, done): (Option<usize>, bool),
        number: usize,
    ) -> Result<(), Violation> {
        let made = self.model.made();
        let another = made.get(number.checked_rem(made.len()).unwrap_or_default());
        if number.is_multiple_of(4) {
            self.compare_strangers(&made, number).await?;
        }
        let mut places: Vec<usize> = asked.into_iter().chain(another.copied()).collect();
        places.dedup();
        let mut expected = self.model.standing();
        let all = std::mem::take(&mut expected.bookings);
        let of = |place: &usize| all.iter().find(|(made, _)| made == place).cloned();
        expected.bookings = places.iter().filter_map(of).collect();
        let found = match done || number.is_multiple_of(3) {
            true => self.everything(places).await,
            false => Standing {
                wallets: expected.wallets.clone(),
                bookings: self.bookings(places).await,
            },
        };
        same(&expected, &found)
    }

    /// Every booking is as the model has it; the journal has an entry for everything that was done, and its
    /// fold is what there is.
    pub(super) async fn compare_all(&self) -> Result<(), Violation> {
        let found = self.everything(0..self.model.bookings.len()).await;
        same(&self.model.standing(), &found)?;
        self.compare_all_situations().await?;
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
