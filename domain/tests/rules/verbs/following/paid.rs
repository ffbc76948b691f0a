//! What is told of appointments and of a payment, in whichever order it comes and however often.

use domain::bookings::{PayWith, choose_anew, told_bookings};
use domain::journal::Entry;
use domain::packages::{
    NotedPayment, Payment, PaymentMethod, PaymentNews, PaymentState, PaymentTelling, Stage,
    follow_payment, pay,
};
use domain::{BusinessId, EntryKey, PackageId, Put};

use super::*;

/// What may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    Of(Kind),
    Paid,
    Returned,
}

const PAID: [News; 2] = [News::Paid, News::Returned];

#[derive(Debug, Clone)]
enum Told {
    Appointment(Telling),
    Payment(PaymentTelling),
}

/// Told in this order, by systems that know what they told before.
fn told(news: &[News], pay_with: u8) -> Vec<Told> {
    let mut starts_at = now() + hours(2);
    let hours_from_now = 1..;
    let told = news.iter().zip(hours_from_now).map(|(news, hour)| {
        let at = now() + hours(hour);
        match news {
            News::Of(kind) => {
                let mut telling = of_kind(*kind, at, &mut starts_at);
                telling.appointment.pay_with = Some(PayWith::Packages(vec![pkg(pay_with)]));
                Told::Appointment(telling)
            }
            News::Paid => Told::Payment(payment_telling(at, PaymentNews::Paid(lira(50_000)))),
            News::Returned => {
                let noted = NotedPayment {
                    reference: "pay-1".parse().unwrap(),
                    amount: Some(lira(50_000)),
                    reason: "4853".parse().unwrap(),
                    refund: false,
                };
                let news = PaymentNews::Back(noted, "b1".parse().unwrap());
                Told::Payment(payment_telling(at, news))
            }
        }
    });
    told.collect()
}

fn payment_telling(at: Instant, news: PaymentNews) -> PaymentTelling {
    PaymentTelling {
        at,
        reference: "pay-1".parse().unwrap(),
        name: "p1".parse().unwrap(),
        news,
    }
}

/// A desk, and what payments are remembered to be for.
struct Till {
    desk: Desk,
    keys: Vec<EntryKey>,
    remembered: Option<(BusinessId, PackageId)>,
}

impl Till {
    /// The payment is of package 1.
    fn take(&mut self, told: &Told) {
        match told {
            Told::Appointment(telling) => match deliver(&mut self.desk, telling) {
                Ok(()) | Err(Refusal::NoShowTooEarly) => {}
                Err(refusal) => panic!("{telling:?}: {refusal}"),
            },
            Told::Payment(telling) => {
                self.follow(telling);
                self.choose_anew();
            }
        }
    }

    fn follow(&mut self, telling: &PaymentTelling) {
        for _ in 0..8 {
            let package = self.desk.package(1).clone();
            let mut history = self.desk.journal.clone();
            history.retain(|entry| entry.fact.package() == Some(package.id));
            let state = PaymentState {
                package: &package,
                history: &history,
                given: &[],
                remembered: self.remembered.as_ref(),
                backs: &[],
            };
            let settings = self.desk.holdings.settings.clone().unwrap();
            let context = self.desk.context();
            let next = follow_payment(state, telling, &settings, &context).unwrap();
            let Some(decision) = next else { return };
            assert!(!self.keys.contains(&decision.key), "{:?}", decision.key);
            self.keys.push(decision.key.clone());
            for put in &decision.puts {
                let Put::PaidOnline { package, .. } = put else {
                    panic!("nothing else is put: {put:?}");
                };
                self.remembered = Some((context.business.clone(), *package));
            }
            self.desk.keep(Ok(decision)).unwrap();
        }
        panic!("it does not come to rest: {telling:?}");
    }

    fn choose_anew(&mut self) {
        let package = self.desk.package(1).clone();
        for booking in told_bookings(&self.desk.journal, &package) {
            let mut entries: Vec<Entry> = self.desk.journal.clone();
            entries.retain(|entry| entry.fact.booking() == Some(&booking));
            let context = self.desk.context();
            let packages = &self.desk.holdings.packages;
            let next = choose_anew(&entries, packages, package.id, &context).unwrap();
            if let Some(decision) = next {
                self.desk.keep(Ok(decision)).unwrap();
            }
        }
    }
}

fn after(desk: &impl Fn() -> Desk, told: &[&Told]) -> State {
    let mut till = Till {
        desk: desk(),
        keys: Vec::new(),
        remembered: None,
    };
    till.desk.now = now() + days(3);
    for told in told {
        till.take(told);
    }
    let (booking, mut packages) = state(&till.desk);
    for (_, standing) in &mut packages {
        // To the millisecond it is one thing after the other.
        standing.activated_at = standing.activated_at.map(|_| now());
    }
    (booking, packages)
}

/// Every sequence of at most four of these, in every order, each told twice in a row, and all of them
/// again. Whether the payment is of the package that pays for the appointment, or of another.
fn ends_alike(news: &[News], pay_with: u8, desk: impl Fn() -> Desk) {
    for news in ordered(news, 4) {
        if !news.iter().any(|news| PAID.contains(news)) {
            continue;
        }
        let told = told(&news, pay_with);
        let in_order: Vec<&Told> = told.iter().collect();
        let expected = after(&desk, &in_order);
        for order in ordered(&in_order, 4) {
            if order.len() < told.len() {
                continue;
            }
            let in_a_row: Vec<&Told> = order.iter().flat_map(|one| [*one, *one]).collect();
            let again: Vec<&Told> = order.iter().chain(&order).copied().collect();
            for delivered in [&in_a_row, &again] {
                let found = after(&desk, delivered);
                assert_eq!(found, expected, "{news:?} as {delivered:#?}");
            }
        }
    }
}

/// Package 1 waits for half of its price; package 2 is paid.
fn till(deduct_at: DeductAt, penalty: Penalty) -> Desk {
    let mut waiting = planned(1, lira(100_000), 10, Some(lira(50_000)));
    waiting.standing.stage = Stage::Pending;
    let packages = [waiting, visits(2, 5, &[(1, 1)])];
    desk(deduct_at, penalty, penalty, &packages)
}

fn everything() -> Vec<News> {
    let mut all: Vec<News> = KINDS.into_iter().map(News::Of).collect();
    all.extend(PAID);
    all
}

#[test]
fn every_four_end_alike_beside_the_payment_of_another_package_held_at_booking() {
    ends_alike(&everything(), 2, || {
        till(DeductAt::Booking, Penalty::Forfeit)
    });
}

#[test]
fn every_four_end_alike_beside_the_payment_of_another_package_drawn_at_completion() {
    ends_alike(&everything(), 2, || {
        till(DeductAt::Completion, Penalty::Forfeit)
    });
}

#[test]
fn an_appointment_to_come_ends_alike_beside_the_payment_of_what_pays_for_it() {
    let open = [News::Of(Kind::Booked), News::Of(Kind::Moved)];
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        let news = [open.as_slice(), &PAID].concat();
        ends_alike(&news, 1, || till(deduct_at, Penalty::Forfeit));
    }
}

#[test]
fn what_is_called_off_or_missed_for_nothing_ends_alike_beside_the_payment_of_what_pays_for_it() {
    let mut news = everything();
    news.retain(|news| *news != News::Of(Kind::Completed));
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        ends_alike(&news, 1, || till(deduct_at, Penalty::Release));
    }
}

#[test]
fn what_pays_for_an_appointment_to_come_is_chosen_anew_when_it_is_paid_and_when_that_comes_back() {
    let mut till = Till {
        desk: till(DeductAt::Booking, Penalty::Forfeit),
        keys: Vec::new(),
        remembered: None,
    };
    let news = [News::Of(Kind::Booked), News::Paid, News::Returned];
    let mut balances = Vec::new();
    for told in told(&news, 1) {
        till.take(&told);
        balances.push((till.desk.balance(1), till.desk.due(1).len()));
    }
    let free = "10: 10 available".to_owned();
    let held = "10: 8 available, 2 held".to_owned();
    assert_eq!(balances, [(free.clone(), 2), (held, 0), (free, 2)]);
}

#[test]
fn what_is_held_of_a_package_that_is_over_stays_held_whatever_is_paid() {
    let mut till = Till {
        desk: till(DeductAt::Booking, Penalty::Forfeit),
        keys: Vec::new(),
        remembered: None,
    };
    let settings = till.desk.holdings.settings.as_mut().unwrap();
    settings.policies.return_grace_days = 0;
    for told in told(&[News::Paid, News::Of(Kind::Booked)], 1) {
        till.take(&told);
    }
    let held = state(&till.desk);
    assert_eq!(till.desk.package(1).pools[0].balance.held, 2);
    let now = till.desk.now;
    let packages = till.desk.holdings.packages.iter_mut();
    for package in packages.filter(|package| package.id == pkg(1)) {
        package.standing.ends_at = Some(now);
    }
    till.choose_anew();
    assert_eq!(till.desk.package(1).pools[0].balance.held, 2);
    assert_eq!(state(&till.desk).0, held.0);
}

#[test]
fn a_payment_comes_back_once_also_where_another_of_its_name_was_entered_since() {
    let mut till = Till {
        desk: till(DeductAt::Booking, Penalty::Forfeit),
        keys: Vec::new(),
        remembered: None,
    };
    let told = told(&[News::Paid, News::Returned], 1);
    told.iter().for_each(|told| till.take(told));
    let again = Payment {
        reference: Some("pay-1".parse().unwrap()),
        ..payment(lira(50_000), PaymentMethod::Card)
    };
    let (package, settings) = (
        till.desk.package(1).clone(),
        till.desk.holdings.settings.clone(),
    );
    let paid = pay(
        &package,
        again,
        keyed(9),
        &settings.unwrap(),
        &till.desk.context(),
    );
    till.desk.keep(paid).unwrap();
    let before = till.desk.package(1).standing.clone();
    assert!(!before.blocked);
    told.iter().for_each(|told| till.take(told));
    assert_eq!(till.desk.package(1).standing, before);
}
