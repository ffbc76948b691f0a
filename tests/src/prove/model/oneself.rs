//! What customers ask for themselves: what the model lets them, and what they are told of the rest.

use super::Model;
use super::holdings::Stage;
use super::terms::TEMPLATES;
use crate::prove::asked::answer::Told;
use crate::prove::asked::ask::Ask;
use crate::prove::asked::care::Care;

/// For how many hours what is bought online waits for its first payment.
const PAY_WITHIN: i64 = 7 * 24;

impl Ask {
    /// Whether it is bought for nothing: which request it was that did is not told apart.
    pub(crate) fn is_free(&self) -> bool {
        matches!(self, Ask::Buy { template, .. } if TEMPLATES[*template].price == 0)
    }

    /// What it is called in the summary where a customer asks for it; none where no customer may.
    pub(crate) fn own_name(&self) -> Option<&'static str> {
        match self {
            Ask::Buy { .. } => Some("buy"),
            Ask::Book(_) => Some("own: book"),
            Ask::Series(_) => Some("own: series"),
            Ask::Redeem { .. } => Some("own: redeem"),
            Ask::Move { .. } => Some("own: move"),
            Ask::Cancel { waive: false, .. } => Some("own: cancel"),
            Ask::Care {
                care: Care::Accept, ..
            } => Some("own: accept"),
            Ask::Care {
                care: Care::Decline,
                ..
            } => Some("own: decline"),
            Ask::Sell { .. }
            | Ask::Offer { .. }
            | Ask::WalkIn(_)
            | Ask::Cancel { waive: true, .. }
            | Ask::Complete { .. }
            | Ask::Miss { .. }
            | Ask::Reverse { .. }
            | Ask::Care { .. }
            | Ask::Money { .. }
            | Ask::Tell(_)
            | Ask::Deal(_) => None,
        }
    }
}

impl Model {
    /// The customer that it concerns; any where nobody has such a booking.
    pub(crate) fn concerned(&self, ask: &Ask) -> usize {
        match ask {
            Ask::Sell { customer, .. }
            | Ask::Offer { customer, .. }
            | Ask::Buy { customer, .. } => *customer,
            Ask::Book(asked) | Ask::WalkIn(asked) => asked.customer,
            Ask::Series(all) => all[0].customer,
            Ask::Tell(telling) => telling.appointment.customer,
            Ask::Deal(deal) => {
                let about = deal.opportunity(self);
                about.map_or(0, |place| self.pipeline.opportunities[place].customer)
            }
            Ask::Care { package, .. } | Ask::Money { package, .. } => {
                self.packages[*package].holder
            }
            Ask::Move { booking, .. }
            | Ask::Redeem { booking, .. }
            | Ask::Cancel { booking, .. }
            | Ask::Complete { booking }
            | Ask::Miss { booking }
            | Ask::Reverse { booking } => {
                let known = self.bookings.get(*booking).and_then(Option::as_ref);
                known.map_or(0, |known| known.customer)
            }
        }
    }

    /// What is refused to who asks: to customers what no customer may, and what is another's, as if it did not
    /// exist; to all others what only customers do.
    pub(crate) fn denied(&self, who: Option<usize>, ask: &Ask) -> Option<Told> {
        let forbidden = || Some(Told::refused(403, "forbidden"));
        let Some(who) = who else {
            let only_theirs = matches!(ask, Ask::Buy { .. });
            return forbidden().filter(|_| only_theirs);
        };
        if ask.own_name().is_none() {
            return forbidden();
        }
        if self.concerned(ask) == who {
            return self.too_late(ask);
        }
        let known = |place: usize| self.bookings.get(place).and_then(Option::as_ref);
        if matches!(ask, Ask::Care { .. }) {
            return Some(Told::refused(404, "package-not-found"));
        }
        let asked: Vec<usize> = if let Ask::Book(asked) = ask {
            vec![asked.booking]
        } else if let Ask::Series(all) = ask {
            all.iter().map(|asked| asked.booking).collect()
        } else {
            return Some(Told::refused(404, "booking-not-found"));
        };
        let mut known = asked.into_iter().filter_map(known);
        Some(match known.any(|known| known.asked != *ask) {
            true => Told::refused(422, "booking-id-reused"),
            false => Told::refused(404, "customer-not-found"),
        })
    }

    /// What has begun customers neither call off nor move, nor do they move what it would cost them to call off.
    fn too_late(&self, ask: &Ask) -> Option<Told> {
        if let Ask::Cancel { booking, .. } = ask {
            let booking = self.open(*booking).ok()?;
            let begun = booking.starts_at <= self.now;
            return begun.then(|| Told::refused(409, "cancel-too-late"));
        }
        let Ask::Move { booking, .. } = ask else {
            return None;
        };
        let booking = self.open(*booking).ok()?;
        let (begun, penalty) = (
            booking.starts_at <= self.now,
            self.penalty(&booking, self.now),
        );
        let off = self.clone().penalised(booking, penalty, self.now);
        let costs = off.lines.iter().any(Option::is_some);
        (begun || costs).then(|| Told::refused(409, "reschedule-too-late"))
    }

    /// A customer buys: it waits for its deposit, or where none is asked for, for its price. What costs nothing is
    /// had once, and shown as it is by now.
    pub(crate) fn buy(&mut self, customer: usize, template: usize) -> Told {
        let terms = &TEMPLATES[template];
        if !terms.online {
            return Told::refused(409, "not-sold-online");
        }
        let mut packages = self.packages.iter();
        let had = packages.position(|package| {
            let buyer = package.books.buyer == Some(customer);
            buyer && package.terms.price == 0 && std::ptr::eq(package.terms, terms)
        });
        if let Some(had) = had {
            return Told::Packages(201, vec![self.displayed(had)]);
        }
        self.make_offer(customer, template, None);
        let now = self.now;
        let package = self.packages.last_mut().unwrap();
        package.books.buyer = Some(customer);
        package.begin(now);
        if package.stage == Stage::Waits {
            package.books.pay_until = Some(now + PAY_WITHIN);
        }
        Told::Packages(201, vec![self.displayed(self.packages.len() - 1)])
    }

    /// Whether nothing was paid in time of what was bought.
    pub(crate) fn unpaid(&self, place: usize) -> bool {
        let package = &self.packages[place];
        let over = package
            .books
            .pay_until
            .is_some_and(|until| until <= self.now);
        package.stage == Stage::Waits && package.paid == 0 && over
    }

    /// It is as if it had never been bought.
    pub(crate) fn lapse_unpaid(&mut self, place: usize) {
        if self.unpaid(place) && self.void(place).is_ok() {
            self.packages[place].changes += 1;
            self.entries += 1;
        }
    }
}
