//! Every key format, built and read here and nowhere else. docs/access-patterns.md lists them.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::NaiveDate;
use domain::{
    ActorId, BookingId, BusinessId, CustomerId, Email, EntryId, EntryKey, Fingerprint, Instant,
    PackageId, ServiceId, TemplateId,
};

mod agenda;
mod pipeline;
pub(crate) use agenda::*;
pub(crate) use pipeline::*;

use crate::digest::opaque;
use crate::table::{PK, SK};

/// The primary key of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }

    /// The key as the attributes it is stored in.
    pub(crate) fn attributes(&self) -> HashMap<String, AttributeValue> {
        HashMap::from([
            (PK.to_owned(), AttributeValue::S(self.pk.clone())),
            (SK.to_owned(), AttributeValue::S(self.sk.clone())),
        ])
    }

    /// The key of a stored item.
    pub(crate) fn of(item: &HashMap<String, AttributeValue>) -> Option<Self> {
        let text = |name| {
            item.get(name)
                .and_then(|value: &AttributeValue| value.as_s().ok())
        };
        Some(Self {
            pk: text(PK)?.clone(),
            sk: text(SK)?.clone(),
        })
    }
}

pub(crate) const SETTINGS: &str = "SETTINGS";
pub(crate) const PROFILE: &str = "PROFILE";
pub(crate) const PACKAGE_PREFIX: &str = "PKG#";
pub(crate) const SHARED_PREFIX: &str = "SHARED#";
const MANDATE: &str = "MANDATE";
const OWNED_BY: &str = "CUSTOMER";
const OWNED_BY_PACKAGE: &str = "PACKAGE";

/// Partition of the business's journal, in the index.
pub(crate) fn business(business: &BusinessId) -> String {
    format!("B#{business}")
}

/// The business that a partition belongs to.
pub(crate) fn business_of(pk: &str) -> Option<BusinessId> {
    pk.strip_prefix("B#")?.split('#').next()?.parse().ok()
}

pub(crate) fn settings(business_id: &BusinessId) -> Key {
    Key::new(business(business_id), SETTINGS)
}

/// How the projections of a business stand.
pub(crate) fn projection(business_id: &BusinessId) -> Key {
    Key::new(business(business_id), "REPORTS")
}

pub(crate) fn services(business: &BusinessId) -> String {
    format!("B#{business}#SERVICES")
}

pub(crate) fn service(business: &BusinessId, id: ServiceId) -> Key {
    Key::new(services(business), id)
}

pub(crate) fn templates(business: &BusinessId) -> String {
    format!("B#{business}#TEMPLATES")
}

pub(crate) fn template(business: &BusinessId, id: TemplateId) -> Key {
    Key::new(templates(business), id)
}

/// Partition of a customer: the profile, every package, and, in the index, the journal.
pub(crate) fn customer(business: &BusinessId, id: CustomerId) -> String {
    format!("B#{business}#C#{id}")
}

pub(crate) fn profile(business: &BusinessId, id: CustomerId) -> Key {
    Key::new(customer(business, id), PROFILE)
}

pub(crate) fn package(business: &BusinessId, holder: CustomerId, id: PackageId) -> Key {
    Key::new(customer(business, holder), format!("{PACKAGE_PREFIX}{id}"))
}

/// Points a member to a package that another customer shares with them.
pub(crate) fn shared(business: &BusinessId, member: CustomerId, id: PackageId) -> Key {
    Key::new(customer(business, member), format!("{SHARED_PREFIX}{id}"))
}

/// Where a package stands in the index of those of its business: by the millisecond it was sold.
pub(crate) fn sold(at: Instant, id: PackageId) -> String {
    format!("{}#{id}", sold_at(at))
}

/// The first part of [`sold`], which sorts like the time does.
pub(crate) fn sold_at(at: Instant) -> String {
    format!("{:015}", at.timestamp_millis().max(0))
}

/// Whether this is what [`sold`] makes.
pub(crate) fn is_sold(key: &str) -> bool {
    key.split_once('#').is_some_and(|(at, id)| {
        let digits = at.len() == 15 && at.chars().all(|c| c.is_ascii_digit());
        digits && id.parse::<PackageId>().is_ok()
    })
}

/// Whose package this is the key of, and which.
pub(crate) fn package_of(key: &Key) -> Option<(CustomerId, PackageId)> {
    let holder = key.pk.rsplit('#').next()?.parse().ok()?;
    let package = key.sk.strip_prefix(PACKAGE_PREFIX)?.parse().ok()?;
    Some((holder, package))
}

/// The mandate of a customer.
pub(crate) fn mandate(business: &BusinessId, id: CustomerId) -> Key {
    Key::new(customer(business, id), MANDATE)
}

/// The account of the business that direct debits go to.
pub(crate) fn creditor(business_id: &BusinessId) -> Key {
    Key::new(business(business_id), "CREDITOR")
}

/// Partition, in the index, of the packages that have an instalment to collect.
pub(crate) fn due_list(business: &BusinessId) -> String {
    format!("B#{business}#DUE")
}

/// Where a package stands among them: by the day, then by its id.
pub(crate) fn due_on(day: NaiveDate, package: PackageId) -> String {
    format!("{day}#{package}")
}

/// After every package that is due on `day`, and before those of the next.
pub(crate) fn after_due_on(day: NaiveDate) -> String {
    format!("{day}#~")
}

/// Partition of a package's own entries.
pub(crate) fn package_entries(business: &BusinessId, id: PackageId) -> String {
    format!("B#{business}#E#{id}")
}

/// Which customer has an e-mail address.
pub(crate) fn email(business: &BusinessId, email: &Email) -> Key {
    Key::new(
        format!("B#{business}#EMAIL#{}", opaque(email.as_str())),
        OWNED_BY,
    )
}

/// Which customer an account is.
pub(crate) fn account(business: &BusinessId, account: &ActorId) -> Key {
    Key::new(
        format!("B#{business}#ACCOUNT#{}", opaque(account.as_str())),
        OWNED_BY,
    )
}

/// Partition of a payment at a provider. It belongs to no business until it is known what it was for.
pub(crate) fn payment_partition(name: &Fingerprint) -> String {
    format!("PAYMENT#{name}")
}

/// What a payment at a provider was for.
pub(crate) fn payment(name: &Fingerprint) -> Key {
    Key::new(payment_partition(name), OWNED_BY_PACKAGE)
}

/// That a payment at a provider came back, told when it was not known what it was for.
pub(crate) fn payment_return(name: &Fingerprint, told: &Fingerprint) -> Key {
    Key::new(payment_partition(name), format!("RETURN#{told}"))
}

/// Partition of the name look-ups.
pub(crate) fn names(business: &BusinessId) -> String {
    format!("B#{business}#NAMES")
}

/// A name look-up: the whole folded name in section 0, its later words in section 1.
pub(crate) fn name(business: &BusinessId, section: u8, folded: &str, id: CustomerId) -> Key {
    Key::new(names(business), format!("{section}#{folded}#{id}"))
}

/// Whether this is the sort key of a name look-up.
pub(crate) fn is_name(sk: &str) -> bool {
    let folded = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let parts: Vec<&str> = sk.split('#').collect();
    match parts.as_slice() {
        ["0" | "1", name, _] => name.chars().all(folded) && customer_of_name(sk).is_some(),
        _ => false,
    }
}

/// The customer a name look-up's sort key ends in.
pub(crate) fn customer_of_name(sk: &str) -> Option<CustomerId> {
    sk.rsplit('#').next()?.parse().ok()
}

/// Partition of a booking: its record and then its steps, in order.
pub(crate) fn booking(business: &BusinessId, id: &BookingId) -> String {
    format!("B#{business}#BK#{id}")
}

/// A copy of an entry for another customer that it concerns.
pub(crate) fn copy(business: &BusinessId, customer: CustomerId, entry: EntryId) -> Key {
    Key::new(format!("B#{business}#ALSO#{customer}"), entry)
}

/// Where an entry goes.
pub(crate) fn entry(business: &BusinessId, key: &EntryKey) -> Key {
    let versioned = |subject: &dyn std::fmt::Display, version: u64| {
        Key::new(
            format!("B#{business}#E#{subject}"),
            format!("V#{version:010}"),
        )
    };
    match key {
        EntryKey::Settings(version) => versioned(&"settings", *version),
        EntryKey::Service(id, version) => versioned(id, *version),
        EntryKey::Template(id, version) => versioned(id, *version),
        EntryKey::Customer(id, version) => versioned(id, *version),
        EntryKey::Sale(id) => Key::new(package_entries(business, *id), "SALE"),
        EntryKey::Keyed(id, digest) => {
            Key::new(package_entries(business, *id), format!("K#{digest}"))
        }
        EntryKey::Return(id, payment) => {
            Key::new(package_entries(business, *id), format!("R#{payment}"))
        }
        EntryKey::Rejection(id, instalment) => {
            Key::new(package_entries(business, *id), format!("D#{instalment:03}"))
        }
        EntryKey::Mandate(id, version) => Key::new(
            format!("B#{business}#E#{id}"),
            format!("MANDATE#{version:010}"),
        ),
        EntryKey::Creditor(version) => versioned(&"creditor", *version),
        EntryKey::Collection(id) => Key::new(format!("B#{business}#E#collections"), id.as_str()),
        EntryKey::PipelineSettings(version) => versioned(&"pipeline", *version),
        EntryKey::Scheme(id, version) => versioned(id, *version),
        EntryKey::Opportunity(id, version) => versioned(id, *version),
        EntryKey::Company(id, version) => versioned(id, *version),
        EntryKey::Quota(id, version) => versioned(id, *version),
        EntryKey::Notice(of, what, since) => notice(business, *of, *what, *since),
        EntryKey::Booking(id) => Key::new(booking(business, id), "BOOKING"),
        EntryKey::Step(id, number) => Key::new(booking(business, id), format!("STEP#{number:06}")),
    }
}

mod golden;
mod golden_activities;
mod golden_agenda;
mod golden_pipeline;
