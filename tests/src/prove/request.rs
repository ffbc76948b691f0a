//! What is sent: a command in which everything is named.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::command::{BOOKINGS, Command, Pay};
use super::model::Model;
use super::shop::Shop;
use crate::harness::{Call, NOW, World, lira};

/// What should pay, the packages by the order in which they were sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Paying {
    None,
    Auto,
    Named(Vec<usize>),
}

/// An appointment to come, or one that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Appointment {
    pub(super) booking: usize,
    pub(super) services: Vec<usize>,
    pub(super) starts_at: i64,
    pub(super) pay: Paying,
    /// Whether what nothing pays for may be due.
    pub(super) partial: bool,
}

/// What is asked for; hours count from when the history begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    Sell { template: usize },
    Book(Appointment),
    WalkIn(Appointment),
    Move { booking: usize, starts_at: i64 },
    Cancel { booking: usize, waive: bool },
    Complete { booking: usize },
    Miss { booking: usize },
    Reverse { booking: usize },
    Adjust { package: usize, units: i64 },
    TopUp { package: usize, units: u64 },
    Void { package: usize },
}

/// A request, which may be sent again.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) key: String,
    pub(super) ask: Ask,
}

impl Command {
    /// With everything named, as it is by now; none that needs a package where none was sold.
    pub(super) fn asked(&self, model: &Model, walk_ins: usize) -> Option<Ask> {
        let sold = model.packages.len();
        let paying = |pay: &Pay| match pay {
            Pay::None => Paying::None,
            Pay::Auto => Paying::Auto,
            Pay::Named(_) if sold == 0 => Paying::Auto,
            Pay::Named(named) => {
                let mut places: Vec<usize> = Vec::new();
                for place in named.iter().map(|place| place % sold) {
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
                Paying::Named(places)
            }
        };
        let package = |package: usize| package.checked_rem(sold);
        let made: Vec<usize> = (0..model.bookings.len())
            .filter(|place| model.bookings[*place].is_some())
            .collect();
        // One of those that are there, but for the last place.
        let booking = |place: usize| match place < BOOKINGS && !made.is_empty() {
            true => made[place % made.len()],
            false => place,
        };
        Some(match self.clone() {
            Command::Sell { template } => Ask::Sell { template },
            Command::Book {
                booking,
                services,
                starts,
                pay,
                partial,
            } => Ask::Book(Appointment {
                booking,
                services,
                starts_at: starts.hour(model),
                pay: paying(&pay),
                partial,
            }),
            Command::WalkIn { services, pay } => Ask::WalkIn(Appointment {
                booking: BOOKINGS + walk_ins,
                services,
                starts_at: model.now,
                pay: paying(&pay),
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
            Command::Adjust {
                package: place,
                units,
            } => Ask::Adjust {
                package: package(place)?,
                units,
            },
            Command::TopUp {
                package: place,
                units,
            } => Ask::TopUp {
                package: package(place)?,
                units,
            },
            Command::Void { package: place } => Ask::Void {
                package: package(place)?,
            },
        })
    }
}

/// An hour as clients write it.
pub(super) fn at(hour: i64) -> String {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    (begun + TimeDelta::hours(hour)).to_rfc3339()
}

/// The hour at which it is, as it is shown.
pub(super) fn hour(shown: &Value) -> i64 {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    let shown: DateTime<Utc> = shown.as_str().unwrap().parse().unwrap();
    (shown - begun).num_hours()
}

impl Ask {
    /// The booking that it is about.
    pub(super) fn booking(&self) -> Option<usize> {
        match self {
            Ask::Book(asked) | Ask::WalkIn(asked) => Some(asked.booking),
            Ask::Move { booking, .. }
            | Ask::Cancel { booking, .. }
            | Ask::Complete { booking }
            | Ask::Miss { booking }
            | Ask::Reverse { booking } => Some(*booking),
            Ask::Sell { .. } | Ask::Adjust { .. } | Ask::TopUp { .. } | Ask::Void { .. } => None,
        }
    }

    /// Whether a package is chosen to pay.
    pub(super) fn chooses(&self, at_completion: bool) -> bool {
        match self {
            Ask::Book(_) | Ask::WalkIn(_) | Ask::Move { .. } => true,
            Ask::Cancel { .. } | Ask::Complete { .. } | Ask::Miss { .. } => at_completion,
            Ask::Sell { .. }
            | Ask::Reverse { .. }
            | Ask::Adjust { .. }
            | Ask::TopUp { .. }
            | Ask::Void { .. } => false,
        }
    }

    /// Whether the client's key tells repetitions apart.
    pub(super) fn has_key(&self) -> bool {
        match self {
            Ask::Sell { .. }
            | Ask::Move { .. }
            | Ask::Reverse { .. }
            | Ask::Adjust { .. }
            | Ask::TopUp { .. }
            | Ask::Void { .. } => true,
            Ask::Book(_)
            | Ask::WalkIn(_)
            | Ask::Cancel { .. }
            | Ask::Complete { .. }
            | Ask::Miss { .. } => false,
        }
    }

    /// What it is called in the summary.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Ask::Sell { .. } => "sell",
            Ask::Book(_) => "book",
            Ask::WalkIn(_) => "walk in",
            Ask::Move { .. } => "reschedule",
            Ask::Cancel { .. } => "cancel",
            Ask::Complete { .. } => "complete",
            Ask::Miss { .. } => "no-show",
            Ask::Reverse { .. } => "reverse",
            Ask::Adjust { .. } => "adjust",
            Ask::TopUp { .. } => "top up",
            Ask::Void { .. } => "void",
        }
    }
}

impl Request {
    pub(super) fn call(&self, world: &World, shop: &Shop, model: &Model) -> Call {
        let package = |place: usize| model.packages[place].id.clone();
        let pay_with = |pay: &Paying| match pay {
            Paying::None => json!("none"),
            Paying::Auto => json!("auto"),
            Paying::Named(places) => places.iter().map(|place| package(*place)).collect(),
        };
        let services = |places: &[usize]| -> Value {
            let named = places
                .iter()
                .map(|place| json!({"service_id": shop.services[*place]}));
            named.collect()
        };
        let (path, body) = match &self.ask {
            Ask::Sell { template } => {
                let template = &shop.templates[*template];
                let body = json!({"customer_id": shop.customer, "template_id": template});
                ("packages".to_owned(), body)
            }
            Ask::Book(asked) => {
                let body = json!({
                    "booking_id": format!("b-{}", asked.booking), "customer_id": shop.customer,
                    "services": services(&asked.services), "starts_at": at(asked.starts_at),
                    "pay_with": pay_with(&asked.pay), "allow_partial": asked.partial,
                });
                ("bookings".to_owned(), body)
            }
            Ask::WalkIn(asked) => {
                let walk_in = json!({
                    "services": services(&asked.services), "starts_at": at(asked.starts_at),
                    "pay_with": pay_with(&asked.pay),
                });
                let body = json!({"customer_id": shop.customer, "walk_in": walk_in});
                (format!("bookings/b-{}/complete", asked.booking), body)
            }
            Ask::Move { booking, starts_at } => {
                let body = json!({"starts_at": at(*starts_at)});
                (format!("bookings/b-{booking}/reschedule"), body)
            }
            Ask::Cancel { booking, waive } => (
                format!("bookings/b-{booking}/cancel"),
                json!({"waive": waive}),
            ),
            Ask::Complete { booking } => (format!("bookings/b-{booking}/complete"), json!({})),
            Ask::Miss { booking } => (format!("bookings/b-{booking}/no-show"), json!({})),
            Ask::Reverse { booking } => (format!("bookings/b-{booking}/reverse"), json!({})),
            Ask::Adjust {
                package: place,
                units,
            } => {
                let body = json!({"units": units, "reason": "correction"});
                (format!("packages/{}/adjustments", package(*place)), body)
            }
            Ask::TopUp {
                package: place,
                units,
            } => {
                let pools = json!([{"pool": 0, "units": units}]);
                let body = json!({"pools": pools, "price": lira(1_000)});
                (format!("packages/{}/top-ups", package(*place)), body)
            }
            Ask::Void { package: place } => {
                let body = json!({"reason": "mistake"});
                (format!("packages/{}/void", package(*place)), body)
            }
        };
        let call = world.post(&format!("/v1/{path}"), body);
        match self.ask.has_key() {
            true => call.key(&self.key),
            false => call,
        }
    }
}
