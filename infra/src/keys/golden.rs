//! The keys as they are stored, for years.

#![cfg(test)]

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
            payment(&"424b".parse().unwrap()),
            "PAYMENT#424b | PACKAGE".to_owned(),
        ),
        (
            payment_return(&"424b".parse().unwrap(), &"a1".parse().unwrap()),
            "PAYMENT#424b | RETURN#a1".to_owned(),
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
            entry(
                &b,
                &EntryKey::Return(package_id, EntryId::from_bytes(bytes)),
            ),
            format!("B#gul#E#pkg_{ULID} | R#ent_{ULID}"),
        ),
        (
            entry(&b, &EntryKey::Rejection(package_id, 2)),
            format!("B#gul#E#pkg_{ULID} | D#002"),
        ),
        (
            entry(&b, &EntryKey::Mandate(customer, 2)),
            format!("B#gul#E#cus_{ULID} | MANDATE#0000000002"),
        ),
        (
            entry(&b, &EntryKey::Creditor(1)),
            "B#gul#E#creditor | V#0000000001".to_owned(),
        ),
        (
            entry(&b, &EntryKey::Collection("C1".parse().unwrap())),
            "B#gul#E#collections | C1".to_owned(),
        ),
        (
            mandate(&b, customer),
            format!("B#gul#C#cus_{ULID} | MANDATE"),
        ),
        (creditor(&b), "B#gul | CREDITOR".to_owned()),
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
fn packages_sort_by_the_time_of_their_sale() {
    let id = PackageId::from_bytes(7_u128.to_be_bytes());
    let sold_at = |at: &str| sold(at.parse().unwrap(), id);
    let key = sold_at("2026-11-22T08:00:00.250Z");
    assert_eq!(key, format!("001795334400250#pkg_{ULID}"));
    assert!(is_sold(&key));
    assert!(sold_at("1969-12-31T00:00:00Z") < sold_at("2001-09-09T01:46:39Z"));
    assert!(sold_at("2001-09-09T01:46:39Z") < sold_at("2001-09-09T01:46:40Z"));
    assert!(sold_at("2001-09-09T01:46:40Z") < sold_at("9999-12-31T23:59:59Z"));
    for no in ["", "#", "001795334400250", "1#pkg_", &key[1..], &key[..44]] {
        assert!(!is_sold(no), "{no}");
    }
}

#[test]
fn a_name_look_up_names_its_customer() {
    let id = CustomerId::from_bytes([9; 16]);
    let key = name(&"gul".parse().unwrap(), 0, "ayse-yilmaz", id);
    assert_eq!(customer_of_name(&key.sk), Some(id));
    assert_eq!(customer_of_name("0#ayse"), None);
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
fn what_is_due_sorts_by_day() {
    let (b, id) = (
        "gul".parse().unwrap(),
        PackageId::from_bytes(7_u128.to_be_bytes()),
    );
    let day: NaiveDate = "2026-11-30".parse().unwrap();
    assert_eq!(due_list(&b), "B#gul#DUE");
    assert_eq!(due_on(day, id), format!("2026-11-30#pkg_{ULID}"));
    assert!(due_on(day, id) < after_due_on(day));
    assert!(after_due_on(day) < due_on(day.succ_opt().unwrap(), id));
    let key = package(&b, CustomerId::from_bytes([9; 16]), id);
    assert_eq!(
        package_of(&key),
        Some((CustomerId::from_bytes([9; 16]), id))
    );
}
