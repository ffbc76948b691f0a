//! What every entry is: in order, and without personal data.

use chrono::TimeDelta;
use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::customers::{Customer, CustomerDetails, CustomerEdit, claim, create, edit};
use domain::journal::{Entry, Fact, fold};
use domain::packages::{Order, sell};
use domain::{Actor, Decision, Put, Role};

use super::Desk;
use crate::fixtures::*;

#[test]
fn an_entry_tells_who_when_and_because_of_what() {
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Release, Vec::new());
    let entry = desk.book(1, &[1], now(), PayWith::None).unwrap().entry;
    let context = context(now());
    assert_eq!((entry.at, entry.customer), (now(), Some(cus(1))));
    assert_eq!(
        (entry.business, entry.actor),
        (context.business, context.actor)
    );
    assert_eq!(
        (entry.cause, entry.fingerprint),
        (context.cause, context.fingerprint)
    );
    assert_eq!(entry.id, domain::EntryId::new(now(), context.random));
}

/// The clock of one computer may be behind the one that wrote last; two requests may come within
/// one millisecond, with whatever randomness. Entries are read back in the order of their ids.
#[test]
fn an_entry_comes_after_the_last_change_of_every_package_it_touches() {
    let packages = vec![visits(1, 9, &[(1, 1)]), visits(2, 9, &[(2, 1)])];
    for clock in [
        -days(1),
        TimeDelta::zero(),
        TimeDelta::milliseconds(1),
        days(1),
    ] {
        let mut desk = Desk::new(DeductAt::Booking, Penalty::Release, packages.clone());
        desk.package(1).changed_at = Some(now() - hours(1));
        let changed_at = desk.package(2).last_change();
        desk.now = now() + clock;
        let entry = desk
            .book(1, &[1, 2], now() + days(2), PayWith::Auto)
            .unwrap()
            .entry;
        assert!(entry.at > changed_at, "{clock}");
        assert!(entry.at >= desk.now, "{clock}");
        assert!(
            entry.at <= desk.now.max(changed_at + TimeDelta::milliseconds(1)),
            "{clock}"
        );
        assert!(
            entry.id > domain::EntryId::new(changed_at, u128::MAX),
            "{clock}"
        );
    }
}

#[test]
fn a_package_that_is_not_touched_does_not_hold_the_clock_up() {
    let packages = vec![visits(1, 9, &[(1, 1)]), visits(2, 9, &[(2, 1)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Release, packages);
    desk.package(2).changed_at = Some(now() + days(1));
    desk.now = now() + hours(1);
    let entry = desk
        .book(1, &[1], now() + days(2), PayWith::Auto)
        .unwrap()
        .entry;
    assert_eq!(entry.at, now() + hours(1));
}

#[test]
fn any_prefix_of_the_journal_is_the_package_as_of_that_instant() {
    let template = template(1, visit_contents(3, &[(1, 1)]), None);
    let (sale, order) = (sale(template), Order::of_template());
    let sold = sell(&sale, &order, pkg(1), &context(now())).unwrap();
    let [Put::Package(package)] = sold.puts.as_slice() else {
        unreachable!("one package: {sold:?}");
    };
    let packages = vec![package.clone()];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages.clone());
    desk.journal.push(sold.entry);
    let mut states = packages;
    for step in [
        |desk: &mut Desk| desk.book(1, &[1], now() + days(1), PayWith::Auto),
        |desk: &mut Desk| desk.book(2, &[1], now() + days(1), PayWith::Auto),
        |desk: &mut Desk| desk.complete(1),
        |desk: &mut Desk| desk.cancel(2),
    ] {
        desk.now += hours(1);
        step(&mut desk).unwrap();
        states.push(desk.package(1).clone());
    }
    assert_eq!(fold(pkg(1), []), Ok(None));
    for (index, state) in states.iter().enumerate() {
        let prefix = &desk.journal[..=index];
        assert_eq!(fold(pkg(1), prefix), Ok(Some(state.clone())), "{index}");
    }
    assert_eq!(fold(pkg(2), &desk.journal), Ok(None));
}

/// Each entry about a person, whatever was entered, edited or claimed.
#[test]
fn entries_hold_no_personal_data() {
    let details = |name: &str, email: &str, phone: &str| CustomerDetails {
        name: name.parse().unwrap(),
        email: Some(email.parse().unwrap()),
        phone: Some(phone.parse().unwrap()),
    };
    let old = details("Ayşe Yılmaz", "ayse@example.com", "+90 212 111");
    let new = details("Zeynep Kaya", "zeynep@example.com", "+90 216 222");
    let context = context(now());
    let change = CustomerEdit {
        name: Some(new.name.clone()),
        email: Some(new.email.clone()),
        phone: Some(new.phone.clone()),
    };
    let created = create(old.clone(), None, (cus(1), salt()), &context).unwrap();
    let edited = edit(&after(&created), change, None, 1, &context).unwrap();
    let verified = new.email.clone().unwrap();
    let claimed = claim(Some(&after(&edited)), &verified, &context)
        .unwrap()
        .unwrap();
    let personal: Vec<String> = [old, new]
        .into_iter()
        .flat_map(|d| {
            [
                d.name.into(),
                d.email.unwrap().into(),
                d.phone.unwrap().into(),
            ]
        })
        .collect();
    for entry in [&created.entry, &edited.entry, &claimed.entry] {
        let json = serde_json::to_string(entry).unwrap();
        for text in &personal {
            assert!(!json.contains(text), "{text} in {json}");
        }
        assert_eq!(entry.customer, Some(cus(1)));
        assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), *entry);
    }
    let fields = ["name", "email", "phone"].map(str::to_owned).to_vec();
    assert_eq!(edited.entry.fact, Fact::CustomerEdited(fields));
}

#[test]
fn a_customer_who_acts_is_told_by_their_record_and_others_by_their_account() {
    let by = |role: Role| {
        let mut context = context(now());
        context.actor = Actor {
            id: "4f1c-sub".parse().unwrap(),
            role,
        };
        let name = "Ayşe".parse().unwrap();
        let details = CustomerDetails {
            name,
            email: None,
            phone: None,
        };
        let entry = create(details, None, (cus(1), salt()), &context)
            .unwrap()
            .entry;
        entry.actor.id.to_string()
    };
    for role in [Role::Owner, Role::Staff, Role::Sales, Role::Machine] {
        assert_eq!(by(role), "4f1c-sub");
    }
    assert_eq!(by(Role::Customer), cus(1).to_string());
}

fn after(decision: &Decision) -> Customer {
    let [Put::Customer { after, .. }] = decision.puts.as_slice() else {
        unreachable!("one customer: {decision:?}");
    };
    after.clone()
}
