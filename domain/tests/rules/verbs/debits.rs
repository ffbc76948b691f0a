//! What is collected by direct debit.

use domain::customers::{MandateRecord, remove_mandate, save_mandate};
use domain::journal::{Fact, PackageChange};
use domain::packages::{
    Collected, CollectionOf, CollectionPlan, Freeze, Obstacle, Package, PaymentMethod, Stage,
    Survey, collect, due,
};
use domain::sepa::Sequence;
use domain::{EntryKey, Instant, Put};

use crate::fixtures::*;

fn due_by(
    package: &Package,
    mandate: Option<&MandateRecord>,
    by: &str,
) -> (Vec<(u8, u64)>, Option<Obstacle>) {
    let due = due(
        package,
        mandate,
        day(by),
        chrono_tz::Europe::Istanbul,
        now(),
    );
    let debits = due
        .debits
        .iter()
        .map(|d| (d.instalment, d.amount.amount_minor()));
    (debits.collect(), due.obstacle)
}

fn taken(
    package: &Package,
    mandate: &MandateRecord,
    by: &str,
) -> (Package, Option<MandateRecord>, Collected) {
    let collection = CollectionOf {
        id: "C1".parse().unwrap(),
        collect_on: day(by),
    };
    let key = EntryKey::Keyed(package.id, "c".parse().unwrap());
    let decision = collect(
        package,
        Some(mandate),
        &collection,
        key,
        &istanbul(),
        &context(now()),
    );
    let decision = decision.unwrap();
    let after = package.after(&decision.entry).unwrap();
    let mandate = decision.puts.iter().find_map(|put| {
        if let Put::Mandate(_, record) = put {
            Some(record.clone())
        } else {
            None
        }
    });
    let Fact::PackageChanged {
        change: PackageChange::Collected(collected),
        ..
    } = decision.entry.fact
    else {
        unreachable!("a collection: {:?}", decision.entry);
    };
    (after, mandate, collected)
}

#[test]
fn each_instalment_is_collected_once_and_only_what_is_outstanding_of_it() {
    let mandate = signed(1);
    let package = planned(1, euro(100_000), 4, None);
    assert_eq!(
        package.standing.debit.clone().unwrap().next_due_on,
        Some(day("2026-03-15"))
    );
    assert_eq!(
        due_by(&package, Some(&mandate), "2026-03-14"),
        (vec![], None)
    );
    assert_eq!(
        due_by(&package, Some(&mandate), "2026-03-15"),
        (vec![(1, 25_000)], None)
    );
    let two = vec![(1, 25_000), (2, 25_000)];
    assert_eq!(due_by(&package, Some(&mandate), "2026-04-15"), (two, None));
    // Part of the first was paid in cash.
    let (package, _) = paid(&package, euro(5_000), PaymentMethod::Cash);
    let (package, used, collected) = taken(&package, &mandate, "2026-04-15");
    let debits: Vec<_> = collected
        .debits
        .iter()
        .map(|d| {
            (
                d.instalment,
                d.amount.amount_minor(),
                d.sequence,
                d.id.to_string(),
            )
        })
        .collect();
    let ulid = pkg(1).to_string().replace("pkg_", "");
    assert_eq!(
        debits,
        [
            (1, 20_000, Sequence::First, format!("{ulid}-01")),
            (2, 25_000, Sequence::Recurring, format!("{ulid}-02")),
        ]
    );
    let used = used.unwrap();
    assert_eq!((used.used_on, used.version), (Some(day("2026-04-15")), 2));
    let debit = package.standing.debit.clone().unwrap();
    assert_eq!(debit.next_due_on, Some(day("2026-05-15")));
    assert_eq!((debit.collected, debit.in_flight_minor()), (2, 45_000));
    assert_eq!(due_by(&package, Some(&used), "2026-04-15"), (vec![], None));
    // Its payment arrives; one of them comes back and is not asked for again.
    let (package, first) = paid(&package, euro(20_000), PaymentMethod::DirectDebit);
    let (package, _) = paid(&package, euro(25_000), PaymentMethod::DirectDebit);
    assert_eq!(package.standing.debit.clone().unwrap().in_flight_minor(), 0);
    let (package, _) = returned(&package, std::slice::from_ref(&first), first.id);
    assert_eq!(due_by(&package, Some(&used), "2026-04-15"), (vec![], None));
    let (_, _, next) = taken(&package, &used, "2026-06-15");
    let sequences: Vec<Sequence> = next.debits.iter().map(|d| d.sequence).collect();
    assert_eq!(sequences, [Sequence::Recurring, Sequence::Recurring]);
}

#[test]
fn what_is_on_its_way_is_not_asked_for_twice() {
    let mandate = signed(1);
    let package = planned(1, euro(20_000), 2, None);
    let (package, used, _) = taken(&package, &mandate, "2026-03-15");
    let used = used.unwrap();
    // The customer pays half of it at the till while the bank collects the first instalment.
    let (package, _) = paid(&package, euro(8_000), PaymentMethod::Cash);
    assert_eq!(due_by(&package, Some(&used), "2026-04-15").0, [(2, 2_000)]);
    let (package, _) = paid(&package, euro(2_000), PaymentMethod::Cash);
    assert_eq!(due_by(&package, Some(&used), "2026-04-15").0, []);
    let (package, _) = paid(&package, euro(10_000), PaymentMethod::DirectDebit);
    assert_eq!(package.standing.outstanding_minor(), 0);
    assert_eq!(package.standing.debit.clone().unwrap().next_due_on, None);
}

#[test]
fn what_was_paid_ahead_is_not_collected_and_what_comes_back_is_again() {
    let package = planned(1, euro(20_000), 2, None);
    let (paid_ahead, card) = paid(&package, euro(10_000), PaymentMethod::Card);
    assert_eq!(
        paid_ahead.standing.debit.as_ref().unwrap().next_due_on,
        Some(day("2026-04-15"))
    );
    let (back, _) = returned(&paid_ahead, std::slice::from_ref(&card), card.id);
    assert_eq!(
        back.standing.debit.as_ref().unwrap().next_due_on,
        Some(day("2026-03-15"))
    );
    assert_eq!(
        due_by(&back, Some(&signed(1)), "2026-03-15").0,
        [(1, 10_000)]
    );
}

#[test]
fn the_first_obstacle_speaks() {
    let mandate = signed(1);
    let mut mandate_of_tomorrow = signed(1);
    mandate_of_tomorrow.mandate.as_mut().unwrap().signed_on = day("2026-03-16");
    let mut lapsed = signed(1);
    lapsed.used_on = Some(day("2023-03-15"));
    let mut in_time = signed(1);
    in_time.used_on = Some(day("2023-03-16"));
    let sound = planned(1, euro(20_000), 2, None);
    let with = |change: fn(&mut Package)| {
        let mut package = sound.clone();
        change(&mut package);
        package
    };
    let frozen = with(|package| {
        let since = now();
        package.standing.frozen = Some(Freeze { since, until: None });
    });
    let pending = with(|package| package.standing.stage = Stage::Pending);
    let voided = with(|package| package.standing.stage = Stage::Voided);
    let lira = planned(1, lira(20_000), 2, None);
    let large = planned(1, euro(200_000_000_000), 2, None);
    let removed = MandateRecord {
        mandate: None,
        ..signed(1)
    };
    for (package, mandate, obstacle) in [
        (&sound, Some(&mandate), None),
        (&sound, Some(&in_time), None),
        (&pending, None, Some(Obstacle::NotActive)),
        (&voided, None, Some(Obstacle::NotActive)),
        (&frozen, None, Some(Obstacle::Frozen)),
        (&lira, None, Some(Obstacle::OtherCurrency)),
        (&large, None, Some(Obstacle::TooLarge)),
        (&sound, None, Some(Obstacle::NoMandate)),
        (&sound, Some(&removed), Some(Obstacle::NoMandate)),
        (&sound, Some(&mandate_of_tomorrow), None),
        (&sound, Some(&lapsed), Some(Obstacle::MandateLapsed)),
    ] {
        // 15 March 2026 is a Sunday: banks collect on the 16th.
        let (debits, found) = due_by(package, mandate, "2026-03-15");
        assert_eq!((debits.len(), found), (1, obstacle));
    }
    let mut later = mandate_of_tomorrow;
    later.mandate.as_mut().unwrap().signed_on = day("2026-03-17");
    let found = due_by(&sound, Some(&later), "2026-03-15").1;
    assert_eq!(found, Some(Obstacle::MandateDate));
    // Whatever stands against it, the decision is made, and takes nothing.
    let (after, used, collected) = taken(&frozen, &mandate, "2026-03-15");
    assert_eq!((after.standing, used), (frozen.standing, None));
    assert_eq!(
        (collected.debits, collected.obstacle),
        (vec![], Some(Obstacle::Frozen))
    );
}

#[test]
fn a_plan_of_another_way_to_pay_and_a_deposit_are_not_collected() {
    let mut package = planned(1, euro(20_000), 2, Some(euro(5_000)));
    package.standing.stage = Stage::Active;
    let due = due_by(&package, Some(&signed(1)), "2026-04-15").0;
    assert_eq!(due, [(1, 7_500), (2, 7_500)]);
    let mut plan = package.terms.plan.unwrap();
    plan.direct_debit = false;
    let by_hand = sold_under(2, euro(20_000), Some(plan), None);
    assert_eq!(by_hand.standing.debit, None);
    assert_eq!(due_by(&by_hand, Some(&signed(1)), "2026-04-15").0, []);
}

#[test]
fn a_collection_takes_a_thousand_debits_and_leaves_the_rest_for_the_next() {
    let package = planned(1, euro(20_000), 2, None);
    let packages = vec![(package, Some(signed(1))); 600];
    let zone = chrono_tz::Europe::Istanbul;
    let survey = Survey::of(&packages, day("2026-04-15"), zone, now());
    assert_eq!(survey.collectable.len() * 2, CollectionPlan::MAX_DEBITS);
    assert_eq!(survey.left_out.len(), 100);
    let reasons = survey.left_out.iter().map(|left_out| left_out.obstacle);
    assert!(
        reasons
            .into_iter()
            .all(|reason| reason == Obstacle::NextCollection)
    );
}

#[test]
fn a_mandate_of_another_reference_begins_anew_and_one_taken_back_leaves_nothing() {
    let used = MandateRecord {
        used_on: Some(day("2026-03-01")),
        version: 4,
        ..signed(1)
    };
    let save = |wanted: &MandateRecord, now: Instant| {
        let wanted = wanted.mandate.clone().unwrap();
        let decision = save_mandate(
            Some(&customer(1)),
            Some(&used),
            wanted,
            Some(4),
            &context(now),
        );
        decision.unwrap().map(|decision| decision.puts)
    };
    assert_eq!(save(&used, now()), None, "it is there already");
    let mut moved = used.clone();
    moved.mandate.as_mut().unwrap().holder = "Somebody Else".parse().unwrap();
    moved.version = 5;
    assert_eq!(
        save(&moved, now()),
        Some(vec![Put::Mandate(cus(1), moved.clone())])
    );
    let mut other = moved;
    other.mandate.as_mut().unwrap().reference = "M-9".parse().unwrap();
    other.used_on = None;
    assert_eq!(
        save(&other, now()),
        Some(vec![Put::Mandate(cus(1), other.clone())])
    );
    let removed = remove_mandate(Some(&customer(1)), Some(&used), &context(now()));
    let removed = removed.unwrap().unwrap();
    let nothing = MandateRecord {
        mandate: None,
        used_on: None,
        version: 5,
    };
    assert_eq!(removed.puts, [Put::Mandate(cus(1), nothing.clone())]);
    let entry = serde_json::to_string(&removed.entry).unwrap();
    assert!(entry.contains("[\"mandate\"]"), "{entry}");
    let again = remove_mandate(Some(&customer(1)), Some(&nothing), &context(now()));
    assert_eq!(again.unwrap(), None);
}
