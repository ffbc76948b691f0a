//! Commands with everything named, as it is by now.

use super::ask::{Appointment, Ask, Paying};
use super::command::{BOOKINGS, Command, Pay};
use crate::prove::model::Model;
use crate::prove::model::telling::{Became, Telling};
use crate::prove::shop::CUSTOMERS;

impl Command {
    /// With everything named, as it is by now; none that needs a package where none was sold.
    pub(crate) fn asked(&self, model: &Model, walk_ins: usize) -> Option<Ask> {
        let sold = model.packages.len();
        let paying = |customer: usize, pay: &Pay| match pay {
            Pay::None => Paying::None,
            Pay::Auto => Paying::Auto,
            Pay::Named(_) if sold == 0 => Paying::Auto,
            Pay::Named(named) => {
                let seen = model.seen(customer);
                let one = |place: &usize| match *place < 3 && !seen.is_empty() {
                    true => seen[place % seen.len()],
                    false => place % sold,
                };
                let mut places: Vec<usize> = Vec::new();
                for place in named.iter().map(one) {
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
                Paying::Named(places)
            }
        };
        let made: Vec<usize> = (0..model.bookings.len())
            .filter(|place| model.bookings[*place].is_some())
            .collect();
        // One of those that are there, but for the last place.
        let booking = |place: usize| match place < BOOKINGS && !made.is_empty() {
            true => made[place % made.len()],
            false => place,
        };
        Some(match self.clone() {
            Command::Sell { customer, template } => Ask::Sell { customer, template },
            Command::Buy { customer, template } => Ask::Buy { customer, template },
            Command::By { command, .. } => command.asked(model, walk_ins)?,
            Command::Offer {
                customer,
                template,
                days,
            } => Ask::Offer {
                customer,
                template,
                until: days.map(|days| Model::day(model.now) + days),
            },
            Command::Book {
                customer,
                booking,
                services,
                starts,
                pay,
                partial,
            } => Ask::Book(Appointment {
                customer,
                booking,
                services,
                starts_at: starts.hour(model),
                pay: paying(customer, &pay),
                partial,
            }),
            Command::Series {
                customer,
                appointments,
                pay,
                partial,
            } => {
                let mut all: Vec<Appointment> = Vec::new();
                for (booking, services, starts) in appointments {
                    // Each has an id of its own.
                    if all.iter().all(|other| other.booking != booking) {
                        all.push(Appointment {
                            customer,
                            booking,
                            services,
                            starts_at: starts.hour(model),
                            pay: paying(customer, &pay),
                            partial,
                        });
                    }
                }
                Ask::Series(all)
            }
            Command::Redeem {
                booking: place,
                pay,
                partial,
            } => {
                let due = model.due_bookings();
                let place = match place.checked_rem(due.len()) {
                    Some(one) if place < BOOKINGS => due[one],
                    _ => booking(place),
                };
                let made = model.bookings.get(place).and_then(Option::as_ref);
                let customer = made.map_or(0, |made| made.customer);
                Ask::Redeem {
                    booking: place,
                    pay: paying(customer, &pay),
                    partial,
                }
            }
            Command::WalkIn {
                customer,
                services,
                pay,
            } => Ask::WalkIn(Appointment {
                customer,
                booking: BOOKINGS + walk_ins,
                services,
                starts_at: model.now,
                pay: paying(customer, &pay),
                partial: true,
            }),
            Command::Move {
                booking: place,
                starts,
            } => Ask::Move {
                booking: booking(place),
                starts_at: starts.hour(model),
            },
            Command::Cancel {
                booking: place,
                waive,
            } => Ask::Cancel {
                booking: booking(place),
                waive,
            },
            Command::Complete { booking: place } => Ask::Complete {
                booking: booking(place),
            },
            Command::Miss { booking: place } => Ask::Miss {
                booking: booking(place),
            },
            Command::Reverse { booking: place } => Ask::Reverse {
                booking: booking(place),
            },
            Command::Care {
                package: place,
                care,
            } => {
                let package = care.fitting(model, place)?;
                Ask::Care {
                    package,
                    care: care.named(model, package)?,
                }
            }
            Command::Money {
                package: place,
                payment,
            } => {
                let (package, money) = payment.named(model, place)?;
                Ask::Money { package, money }
            }
            Command::Deal(deal) => Ask::Deal(deal.named(model)?),
            Command::Tell {
                became,
                customer,
                booking: place,
                services,
                starts,
                pay,
                ..
            } => {
                let known = model.bookings.get(place).and_then(Option::as_ref);
                let customer = known.map_or(customer, |known| known.customer);
                let starts_at = match (known, became) {
                    (
                        Some(known),
                        Became::Booked | Became::Cancelled | Became::Completed | Became::Missed,
                    ) => known.starts_at,
                    (_, _) => starts.hour(model),
                };
                Ask::Tell(Telling {
                    became,
                    appointment: Appointment {
                        customer,
                        booking: place,
                        services: known.map_or(services, |known| known.services.clone()),
                        starts_at,
                        pay: paying(customer, &pay),
                        partial: true,
                    },
                    at: model.now,
                })
            }
        })
    }

    /// The customer who asks for it, where that is no one of the business. Events are told by other systems.
    pub(crate) fn by(&self, ask: &Ask, model: &Model) -> Option<usize> {
        match (self, ask) {
            (_, Ask::Money { money, .. }) if money.is_told() => None,
            (Command::By { other, .. }, _) => Some((model.concerned(ask) + other) % CUSTOMERS),
            (_, Ask::Buy { customer, .. }) => Some(*customer),
            (_, _) => None,
        }
    }
}
