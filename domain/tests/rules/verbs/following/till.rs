//! A desk that is told of appointments and of the payment of a package, step by step.

use domain::bookings::{PayWith, choose_anew, told_bookings};
use domain::journal::Entry;
use domain::packages::{
    NotedPayment, PaymentNews, PaymentState, PaymentTelling, Stage, follow_payment,
};
use domain::{BusinessId, EntryKey, PackageId, Put};

use super::*;

/// What may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    Of(Kind),
    Paid,
    Returned,
}

#[derive(Debug, Clone)]
pub(super) enum Told {
    Appointment(Telling),
    Payment(PaymentTelling),
}

/// Told in this order, by systems that know what they told before.
pub(super) fn told(news: &[News], pay_with: u8) -> Vec<Told> {
    let mut starts_at = now() + hours(2);
    let hours_from_now = 1..;
    let told = news.iter().zip(hours_from_now).map(|(news, hour)| {
        let at = now() + hours(hour);
        match news {
            News::Of(kind) => {
                let mut telling = of_kind(*kind, at, &mut starts_at);
                telling.appointment.pay_with = Some(match pay_with {
                    0 => PayWith::Auto,
                    named => PayWith::Packages(vec![pkg(named)]),
                });
                Told::Appointment(telling)
            }
            News::Paid => Told::Payment(payment_telling(at, PaymentNews::Paid(lira(50_000)))),
            News::Returned => {
                let noted = NotedPayment {
                    reference: "pay-1".parse().unwrap(),
                    at,
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
pub(super) struct Till {
    pub(super) desk: Desk,
    keys: Vec<EntryKey>,
    pub(super) remembered: Option<(BusinessId, PackageId)>,
    /// After how many steps whatever takes an event is stopped.
    pub(super) steps: usize,
}

impl Till {
    pub(super) fn new(desk: Desk) -> Self {
        Till {
            desk,
            keys: Vec::new(),
            remembered: None,
            steps: MOST_STEPS,
        }
    }

    /// The payment is of package 1.
    pub(super) fn take(&mut self, told: &Told) {
        match told {
            Told::Appointment(telling) => {
                match deliver_until(&mut self.desk, telling, self.steps) {
                    Ok(done) => assert!(done || self.steps < MOST_STEPS, "no rest: {telling:?}"),
                    Err(Refusal::NoShowTooEarly) => {}
                    Err(refusal) => panic!("{telling:?}: {refusal}"),
                }
            }
            Told::Payment(telling) => {
                if self.follow(telling) {
                    self.choose_anew(telling.at);
                }
            }
        }
    }

    /// Whether nothing is left to do.
    pub(super) fn follow(&mut self, telling: &PaymentTelling) -> bool {
        for _ in 0..self.steps {
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
            let Some(decision) = next else { return true };
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
        assert!(self.steps < MOST_STEPS, "no rest: {telling:?}");
        false
    }

    pub(super) fn choose_anew(&mut self, since: Instant) {
        let package = self.desk.package(1).clone();
        for booking in told_bookings(&self.desk.journal, &package, since) {
            for step in 0.. {
                assert!(step < MOST_STEPS, "{booking} does not come to rest");
                if step == self.steps {
                    return;
                }
                let mut entries: Vec<Entry> = self.desk.journal.clone();
                entries.retain(|entry| entry.fact.booking() == Some(&booking));
                let context = self.desk.context();
                let packages = &self.desk.holdings.packages;
                let next = choose_anew(&entries, packages, package.id, &context).unwrap();
                let Some(decision) = next else { break };
                self.desk.keep(Ok(decision)).unwrap();
            }
        }
    }
}

/// Package 1 waits for half of its price; package 2 is paid.
pub(super) fn till(deduct_at: DeductAt, penalty: Penalty) -> Desk {
    let mut waiting = planned(1, lira(100_000), 10, Some(lira(50_000)));
    waiting.standing.stage = Stage::Pending;
    let packages = [waiting, visits(2, 5, &[(1, 1)])];
    desk(deduct_at, penalty, penalty, &packages)
}
