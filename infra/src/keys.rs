//! Every key format, built and read here and nowhere else. docs/access-patterns.md lists them.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    ActorId, BookingId, BusinessId, CustomerId, Email, EntryId, EntryKey, PackageId, ServiceId,
    TemplateId,
};

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
const OWNED_BY: &str = "CUSTOMER";

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

/// The customer's direct debit mandate.
pub(crate) fn mandate(business: &BusinessId, id: CustomerId) -> Key {
    Key::new(customer(business, id), "MANDATE")
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
        EntryKey::Sale(id) => Key::new(format!("B#{business}#E#{id}"), "SALE"),
        EntryKey::Keyed(id, digest) => {
            Key::new(format!("B#{business}#E#{id}"), format!("K#{digest}"))
        }
        EntryKey::Booking(id) => Key::new(booking(business, id), "BOOKING"),
        EntryKey::Step(id, number) => Key::new(booking(business, id), format!("STEP#{number:06}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ULID: &str = "00000000000000000000000007";

    fn show(key: &Key) -> String {
        format!("{} | {}", key.pk, key.sk)
    }

    #[test]
    fn every_key_is_golden() {
        let b: BusinessId = "gul".parse().unwrap();
        let bytes = 7_u128.to_be_bytes();
        let customer = CustomerId::from_bytes(bytes);
        let service_id = ServiceId::from_bytes(bytes);
        let template_id = TemplateId::from_bytes(bytes);
        let package_id = PackageId::from_bytes(bytes);
        let booking_id: BookingId = "a:1".parse().unwrap();
        assert_eq!(mandate(&b, customer).sk, "MANDATE");
        for (key, golden) in [
            (settings(&b), "B#gul | SETTINGS".to_owned()),
            (projection(&b), "B#gul | REPORTS".to_owned()),
            (
                service(&b, service_id),
                format!("B#gul#SERVICES | svc_{ULID}"),
            ),
            (
                template(&b, template_id),
                format!("B#gul#TEMPLATES | tpl_{ULID}"),
            ),
            (
                profile(&b, customer),
                format!("B#gul#C#cus_{ULID} | PROFILE"),
            ),
            (
                package(&b, customer, package_id),
                format!("B#gul#C#cus_{ULID} | PKG#pkg_{ULID}"),
            ),
            (
                shared(&b, customer, package_id),
                format!("B#gul#C#cus_{ULID} | SHARED#pkg_{ULID}"),
            ),
            (
                email(&b, &"ana@example.com".parse().unwrap()),
                "B#gul#EMAIL#b655302811c693bba07ba7192aefc3cb | CUSTOMER".to_owned(),
            ),
            (
                account(&b, &"sub-1".parse().unwrap()),
                "B#gul#ACCOUNT#b1e6ccf96a2f6c08acdf5d1f918b813f | CUSTOMER".to_owned(),
            ),
            (
                name(&b, 1, "yilmaz", customer),
                format!("B#gul#NAMES | 1#yilmaz#cus_{ULID}"),
            ),
            (
                entry(&b, &EntryKey::Settings(2)),
                "B#gul#E#settings | V#0000000002".to_owned(),
            ),
            (
                entry(&b, &EntryKey::Service(service_id, 1)),
                format!("B#gul#E#svc_{ULID} | V#0000000001"),
            ),
            (
                entry(&b, &EntryKey::Template(template_id, 1)),
                format!("B#gul#E#tpl_{ULID} | V#0000000001"),
            ),
            (
                entry(&b, &EntryKey::Customer(customer, 1)),
                format!("B#gul#E#cus_{ULID} | V#0000000001"),
            ),
            (
                entry(&b, &EntryKey::Sale(package_id)),
                format!("B#gul#E#pkg_{ULID} | SALE"),
            ),
            (
                entry(&b, &EntryKey::Booking(booking_id.clone())),
                "B#gul#BK#a:1 | BOOKING".to_owned(),
            ),
            (
                entry(&b, &EntryKey::Step(booking_id, 3)),
                "B#gul#BK#a:1 | STEP#000003".to_owned(),
            ),
            (
                entry(&b, &EntryKey::Keyed(package_id, "ab12".parse().unwrap())),
                format!("B#gul#E#pkg_{ULID} | K#ab12"),
            ),
            (
                copy(&b, customer, EntryId::from_bytes(bytes)),
                format!("B#gul#ALSO#cus_{ULID} | ent_{ULID}"),
            ),
        ] {
            assert_eq!(show(&key), golden);
            assert_eq!(Key::of(&key.attributes()), Some(key));
        }
    }

    #[test]
    fn every_partition_names_its_business() {
        let b: BusinessId = "gul".parse().unwrap();
        let customer = customer(&b, CustomerId::from_bytes([9; 16]));
        for pk in [business(&b), services(&b), names(&b), customer] {
            assert_eq!(business_of(&pk), Some(b.clone()));
        }
        for pk in ["", "B#", "gul#B", "OPEN"] {
            assert_eq!(business_of(pk), None);
        }
    }

    #[test]
    fn a_name_look_up_names_its_customer() {
        let id = CustomerId::from_bytes([9; 16]);
        let key = name(&"gul".parse().unwrap(), 0, "ayse-yilmaz", id);
        assert_eq!(customer_of_name(&key.sk), Some(id));
        assert_eq!(customer_of_name("0#ayse"), None);
    }
}
