//! The model's payments as another system tells of them: in any order, once or more often.

use super::Model;
use super::books::{Method, Noted, Recorded};
use super::holdings::Stage;
use crate::prove::asked::answer::{REJECTED, Told};
use crate::prove::asked::ask::{Ask, Paying};
use crate::prove::asked::money::Money;

impl Model {
    /// So much was paid under that name: it is recorded once, for one package; and it comes back at once where that
    /// was told before. Every step is an entry.
    pub(crate) fn told_paid(
        &mut self,
        place: usize,
        (named, amount): (usize, u64),
        at: i64,
    ) -> Told {
        let remembered = self.remembered.iter().find(|(name, _)| *name == named);
        if remembered.is_some_and(|(_, of)| *of != place) {
            return Told::refused(REJECTED, "payment-differs");
        }
        let remembered = remembered.is_some();
        if self.of_name(place, named).is_empty() {
            let package = &self.packages[place];
            if package.price == package.paid {
                return Told::refused(REJECTED, "not-payable");
            }
            if !self.payable(place, at).contains(&amount) {
                return Told::refused(REJECTED, "payment-not-awaited");
            }
            let payment = Recorded::new(amount, Method::Card, Some(named));
            if let Told::Refused(_, code) = self.record(place, payment) {
                return Told::refused(REJECTED, &code);
            }
            self.packages[place].books.heard = true;
        }
        let of_name = self.of_name(place, named);
        let books = &self.packages[place].books;
        let mut of_amount = of_name.iter();
        let of_amount = of_amount.find(|number| books.payments[**number].amount == amount);
        let Some(number) = of_amount.copied() else {
            return Told::refused(REJECTED, "payment-differs");
        };
        for (noted, since) in books.notes.clone() {
            let is_back = self.packages[place].books.payments[number].back.is_some();
            let of_it = noted.named == named && noted.amount.is_none_or(|told| told == amount);
            if is_back || !of_it {
                continue;
            }
            let back = self.come_back(place, number, (noted.reason, since, true));
            if let Err(code) = back {
                return Told::refused(REJECTED, code);
            }
        }
        if !remembered {
            self.remembered.push((named, place));
        }
        Told::Taken
    }

    /// It came back: it is taken back once, or that is noted where no payment of that name is recorded.
    pub(crate) fn told_back(&mut self, place: usize, noted: Noted, at: i64) -> Told {
        let of_name = self.of_name(place, noted.named);
        let books = &mut self.packages[place].books;
        let payment = |number: &usize| &books.payments[*number];
        if of_name.iter().map(payment).any(|one| one.back.is_some()) {
            return Told::Taken;
        }
        let all_of = |number: &&usize| {
            noted
                .amount
                .is_none_or(|told| told == payment(number).amount)
        };
        let Some(number) = of_name.iter().find(all_of).or(of_name.first()).copied() else {
            if books.notes.iter().all(|(known, _)| *known != noted) {
                books.notes.push((noted, at));
                self.entries += 1;
            }
            return Told::Taken;
        };
        let amount = payment(&number).amount;
        if noted.amount.is_some_and(|told| told != amount) {
            return Told::refused(REJECTED, "payment-differs");
        }
        match self.come_back(place, number, (noted.reason, at, true)) {
            Ok(()) => Told::Taken,
            Err(code) => Told::refused(REJECTED, code),
        }
    }

    /// It is written down that one failed.
    pub(crate) fn told_failed(&mut self) -> Told {
        self.entries += 1;
        Told::Taken
    }

    /// The payments of the package that have this name elsewhere.
    fn of_name(&self, place: usize, named: usize) -> Vec<usize> {
        let payments = self.packages[place].books.payments.iter().enumerate();
        let of_name = payments.filter(|(_, payment)| payment.named == Some(named));
        of_name.map(|(number, _)| number).collect()
    }

    /// Whether it is a payment after which a package can be used that could not be, or not for all: who chose at the
    /// same time what pays may not have known of it.
    pub(crate) fn frees(&self, ask: &Ask) -> bool {
        let Ask::Money { package, money } = ask else {
            return false;
        };
        let package = &self.packages[*package];
        let waits = package.stage == Stage::Waits || package.books.blocked.is_some();
        waits && !matches!(money, Money::Returned { .. })
    }

    /// Whether the model says what comes of it: not where another system tells of a payment what an appointment
    /// depends on that another one told, or the other way round.
    pub(crate) fn says(&self, ask: &Ask) -> bool {
        if let Ask::Tell(telling) = ask {
            let asked = &telling.appointment;
            let known = self.bookings.get(asked.booking).and_then(Option::as_ref);
            let mut places = self.seen(asked.customer);
            places.extend(known.iter().flat_map(|known| &known.drew));
            return places.iter().all(|place| {
                let books = &self.packages[*place].books;
                let later = books.blocked.is_some_and(|since| since > telling.at);
                !books.heard && !later
            });
        }
        let Ask::Money { package, money } = ask else {
            return true;
        };
        let holder = self.packages[*package].holder;
        let mut told = self.bookings.iter().flatten();
        let apart = told.all(|booking| {
            let names = match &booking.pay {
                Paying::None => false,
                Paying::Auto => true,
                Paying::Named(named) => named.contains(package),
            };
            !matches!(booking.asked, Ask::Tell(_)) || booking.customer != holder || !names
        });
        !money.is_told() || apart
    }
}
