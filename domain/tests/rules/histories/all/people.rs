//! The people: what is known of them, and that it goes.

use chrono::{Days, NaiveDate};
use domain::customers::{self, CustomerEdit, MandateRecord};

use super::command::Command;
use super::world::{Decided, World};
use crate::fixtures::*;

/// Parts of everything that is known of anyone.
pub(super) const KNOWN: [&str; 7] = [
    "Customer ",
    "Changed ",
    "example.com",
    "+40 721",
    "DE8937",
    "PAPER-",
    "account-",
];

/// A mandate of a reference that is nobody else's.
pub(super) fn mandate(n: u8, signed_on: NaiveDate) -> MandateRecord {
    let mut record = signed(n);
    if let Some(mandate) = &mut record.mandate {
        mandate.reference = format!("PAPER-{n}").parse().unwrap();
        mandate.signed_on = signed_on;
    }
    record
}

impl World {
    pub(super) fn save_mandate(&self, command: &Command) -> Decided {
        let customer = self.customer(command);
        let present = self.mandates.get(&customer.id);
        let signed_on = self.today() - Days::new(u64::from(command.what % 60));
        let mandate = mandate(command.who, signed_on).mandate.unwrap();
        let given = present.filter(|record| record.mandate.is_some());
        let seen = given.map(|record| record.version);
        customers::save_mandate(Some(&customer), present, mandate, seen, &self.context())
    }

    pub(super) fn remove_mandate(&self, command: &Command) -> Decided {
        let customer = self.customer(command);
        let present = self.mandates.get(&customer.id);
        customers::remove_mandate(Some(&customer), present, &self.context())
    }

    pub(super) fn edit_customer(&self, command: &Command) -> Decided {
        let present = self.customer(command);
        let email = format!("changed{}@example.com", command.much);
        let edit = CustomerEdit {
            name: Some(format!("Changed {}", command.much).parse().unwrap()),
            email: Some(Some(email.parse().unwrap())),
            phone: Some(Some("+40 721 000 000".parse().unwrap())),
        };
        customers::edit(&present, edit, None, present.version, &self.context()).map(Some)
    }

    /// Whoever has the address claims the record, unless it is asked for in another's name.
    pub(super) fn claim(&self, command: &Command) -> Decided {
        let present = self.customer(command);
        let account = self.by_customer(match command.is_odd() {
            true => cus(9),
            false => present.id,
        });
        let email = "c1@example.com".parse().unwrap();
        let verified = present.details.email.clone().unwrap_or(email);
        customers::claim(Some(&present), &verified, &account)
    }

    /// One of the last two customers: the others stay.
    pub(super) fn erase(&self, command: &Command) -> Decided {
        let customer = cus(3 + command.who % 2);
        customers::erase(self.customers.get(&customer), &self.context())
    }
}
