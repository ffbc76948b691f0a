//! The model's payments that are recorded, and those that come back.

use super::Model;
use super::books::{Method, Part, Recorded};
use super::holdings::{Package, Stage};
use crate::prove::asked::answer::Told;

impl Model {
    /// Records a payment. What waited for its deposit can be used once that is paid; what was blocked, once as
    /// much was paid as came back, and nothing is overdue.
    pub(crate) fn record(&mut self, place: usize, payment: Recorded) -> Told {
        let (today, amount) = (Self::day(self.now), payment.amount);
        let package = &mut self.packages[place];
        if !package.may_be_paid() {
            return Told::refused(409, "not-payable");
        }
        if amount == 0 {
            return Told::refused(422, "payment-of-nothing");
        }
        if package.paid + amount > package.price {
            return Told::refused(409, "payment-too-large");
        }
        package.paid += amount;
        package.changes += 1;
        let needed = package.deposit().unwrap_or_default();
        if package.stage == Stage::Waits && package.paid >= needed {
            package.stage = Stage::Active;
        }
        package.books.payments.push(payment);
        package.books.returned = package.books.returned.saturating_sub(amount);
        if package.books.returned == 0 && package.overdue(today) == 0 {
            package.books.blocked = None;
        }
        self.entries += 1;
        Told::Paid(amount, Box::new(self.displayed(place)))
    }

    /// Somebody here says that the bank took a payment back: of one package, or of another one.
    pub(crate) fn take_back(
        &mut self,
        place: usize,
        (of, number): (usize, usize),
        reason: usize,
    ) -> Told {
        if of != place {
            return Told::refused(404, "payment-not-found");
        }
        let payment = &self.packages[place].books.payments[number];
        if let Some(answered) = &payment.answered
            && payment.back == Some(reason)
        {
            // The same report is known again.
            return answered.clone();
        }
        if let Err(code) = self.come_back(place, number, (reason, self.now, false)) {
            return Told::refused(409, code);
        }
        let payment = &self.packages[place].books.payments[number];
        let told = Told::Back(payment.amount, reason, Box::new(self.displayed(place)));
        self.packages[place].books.payments[number].answered = Some(told.clone());
        told
    }

    /// It is taken off what the package was paid; of the rest, what its holder was paid back is to be paid again,
    /// then it is taken off what units were given to, at most what came with them, once. What even so is not
    /// there is to be paid again, too.
    pub(crate) fn come_back(
        &mut self,
        place: usize,
        number: usize,
        (reason, since, heard): (usize, i64, bool),
    ) -> Result<(), &'static str> {
        let payment = &mut self.packages[place].books.payments[number];
        if payment.method != Method::Card {
            return Err("payment-not-returnable");
        }
        if payment.back.is_some() {
            return Err("payment-returned");
        }
        payment.back = Some(reason);
        let mut left = payment.amount;
        let package = &mut self.packages[place];
        let before = (package.paid, package.price, package.books.blocked);
        let own = left.min(package.paid);
        package.take_off(own, (since, heard));
        left -= own;
        let reclaimed = left.min(package.books.paid_back.saturating_sub(package.books.again));
        left -= reclaimed;
        // What may be taken off what each package passed on.
        let mut passed_on = vec![(place, left)];
        for (giver, one) in self.given_from(place) {
            let of_giver = passed_on.iter_mut().find(|(of, _)| *of == giver);
            let within = of_giver.map_or(0, |(_, within)| *within);
            let package = &mut self.packages[one];
            let came = package.books.origin.map_or(0, |(_, money)| money);
            let within = within.min(came - package.books.withdrawn);
            let taken = left.min(within).min(package.paid);
            left -= taken;
            passed_on.push((one, within - taken));
            if taken > 0 {
                package.take_off(taken, (since, heard));
                package.books.withdrawn += taken;
                package.changes += 1;
            }
        }
        let again = left + reclaimed;
        let package = &mut self.packages[place];
        package.price += again;
        package.books.returned += again;
        package.books.again += again;
        let after = (package.paid, package.price, package.books.blocked);
        package.changes += u64::from(heard || after != before);
        self.entries += 1;
        Ok(())
    }

    /// What was given from a package, and from that in turn, the nearest first: each with its giver.
    fn given_from(&self, place: usize) -> Vec<(usize, usize)> {
        let (mut found, mut givers) = (Vec::new(), vec![place]);
        while !givers.is_empty() {
            let mut next = Vec::new();
            for giver in givers {
                let packages = self.packages.iter().enumerate();
                let of_giver = packages.filter(|(_, package)| {
                    package
                        .books
                        .origin
                        .is_some_and(|(origin, _)| origin == giver)
                });
                next.extend(of_giver.map(|(one, _)| (giver, one)));
            }
            givers = next.iter().map(|(_, one)| *one).collect();
            found.extend(next);
        }
        found
    }

    /// The sums that may come in for it from elsewhere: before it can be used what it waits for; later what was
    /// due at that hour, the next part, what came back, or all that is to be paid.
    pub(crate) fn payable(&self, place: usize, at: i64) -> Vec<u64> {
        let package = &self.packages[place];
        let to_pay = package.price - package.paid;
        if package.stage == Stage::Waits {
            let awaited = package.deposit().unwrap_or_default() - package.paid;
            return match package.ended(at) {
                true => Vec::new(),
                false => vec![awaited],
            };
        }
        let next = package
            .parts()
            .iter()
            .map(Part::left)
            .find(|left| *left > 0);
        vec![
            package.overdue(Self::day(at)),
            next.unwrap_or_default(),
            package.books.returned,
            to_pay,
        ]
    }
}

impl Package {
    /// Sold, and not void; of what was paid back, something must be owed again.
    fn may_be_paid(&self) -> bool {
        match self.stage {
            Stage::Waits | Stage::Active => true,
            Stage::Refunded => self.price > self.paid,
            Stage::Offered | Stage::Declined | Stage::Voided => false,
        }
    }

    /// Takes so much off what was paid, and blocks it since then.
    fn take_off(&mut self, taken: u64, (since, heard): (i64, bool)) {
        self.paid -= taken;
        let books = &mut self.books;
        books.returned += taken;
        books.blocked = Some(books.blocked.map_or(since, |earlier| earlier.min(since)));
        books.heard |= heard;
    }
}
