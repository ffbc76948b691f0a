//! What becomes of the packages that were sold moves what is won on.

use std::collections::BTreeSet;

use domain::Actor;
use domain::packages::{Caps, Package, Stage};
use domain::pipeline::{
    Milestone, Opportunity, OpportunityEvent, Rules, Status, advance, milestones, move_stage,
};

use super::opened::{after, by, opened, rules, won};
use crate::fixtures::*;

use Milestone::{BalanceZero, FirstCapture, FullyPaid};

/// Where the first scheme of a business has its stages after the win.
const DELIVERY: u16 = 6;
const COLLECTION: u16 = 7;

fn facts(all: &[Milestone]) -> BTreeSet<Milestone> {
    all.iter().copied().collect()
}

/// What the system itself does with these facts.
fn advanced(present: &Opportunity, all: &[Milestone], rules: &Rules) -> Option<Opportunity> {
    let mut context = by("nobody", now() + days(1));
    context.actor = Actor::carnet();
    let advanced = advance(present, &facts(all), rules, &context).unwrap();
    advanced.map(|decision| {
        assert_eq!(decision.entry.actor.id.as_str(), "carnet");
        after(&decision)
    })
}

fn spend(package: &mut Package, captured: u64, held: u64) {
    let balance = &mut package.pools[0].balance;
    balance.available -= captured + held;
    balance.captured += captured;
    balance.held += held;
}

fn of(sold: &[Package]) -> BTreeSet<Milestone> {
    milestones(sold, &[], now())
}

#[test]
fn the_first_use_of_any_package_is_a_fact() {
    let mut one = visits(1, 10, &[(1, 1)]);
    let two = visits(2, 10, &[(1, 1)]);
    assert_eq!(of(&[]), facts(&[]));
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[]));
    spend(&mut one, 0, 1);
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[]));
    spend(&mut one, 1, 0);
    assert_eq!(of(&[two.clone(), one.clone()]), facts(&[FirstCapture]));
    // What somebody else uses of what was given to them is used, too.
    assert_eq!(
        milestones(std::slice::from_ref(&two), &[one], now()),
        facts(&[FirstCapture])
    );
}

#[test]
fn nothing_is_left_when_no_package_has_anything_available_or_held() {
    let mut one = visits(1, 2, &[(1, 1)]);
    let mut two = visits(2, 1, &[(1, 1)]);
    spend(&mut one, 2, 0);
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[FirstCapture]));
    spend(&mut two, 0, 1);
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[FirstCapture]));
    two.pools[0].balance.held = 0;
    two.pools[0].balance.captured = 1;
    assert_eq!(
        of(&[one.clone(), two.clone()]),
        facts(&[FirstCapture, BalanceZero])
    );
    // Nor is what time took, or what went to somebody else.
    let expired = expiring(visits(3, 5, &[(1, 1)]), now());
    let given = {
        let mut given = visits(4, 5, &[(1, 1)]);
        given.pools[0].balance.available = 0;
        given.pools[0].balance.transferred = 5;
        given.standing.stage = Stage::Transferred;
        given
    };
    assert_eq!(of(&[expired.clone(), given]), facts(&[BalanceZero]));
    let mut held = expired;
    spend(&mut held, 0, 1);
    assert_eq!(of(&[held]), facts(&[]));
    // A pass has no number of visits left: it lasts until its end.
    let mut pass = pass(5, &[1], Caps::default());
    assert_eq!(of(&[pass.clone()]), facts(&[]));
    pass = expiring(pass, now());
    assert_eq!(of(&[pass]), facts(&[BalanceZero]));
}

#[test]
fn all_is_paid_when_nothing_is_outstanding_of_any_package() {
    let (mut one, mut two) = (visits(1, 2, &[(1, 1)]), visits(2, 1, &[(1, 1)]));
    one.standing.paid_minor = one.standing.price_minor;
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[]));
    two.standing.paid_minor = two.standing.price_minor - 1;
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[]));
    two.standing.paid_minor += 1;
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[FullyPaid]));
    // Nothing is outstanding of an offer, and nothing was paid for it.
    two.standing.stage = Stage::Offered;
    assert_eq!(of(&[one.clone(), two.clone()]), facts(&[]));
    // What was sold by mistake is as if it had never been.
    two.standing.stage = Stage::Voided;
    assert_eq!(of(&[one, two.clone()]), facts(&[FullyPaid]));
    assert_eq!(of(&[two]), facts(&[]));
}

#[test]
fn a_won_opportunity_moves_on_to_the_last_stage_that_a_fact_reaches() {
    for (all, stage) in [
        (&[][..], None),
        (&[FullyPaid], None),
        (&[FirstCapture], Some((DELIVERY, FirstCapture))),
        (&[BalanceZero], Some((COLLECTION, BalanceZero))),
        (
            &[FirstCapture, BalanceZero, FullyPaid],
            Some((COLLECTION, BalanceZero)),
        ),
    ] {
        let present = won(lira(5000));
        let mut context = by("nobody", now() + days(1));
        context.actor = Actor::carnet();
        let moved = advance(&present, &facts(all), &rules(), &context).unwrap();
        let moved = moved.map(|decision| {
            let change = decision.entry.fact.opportunity().unwrap();
            assert_eq!(change.after.stage_since, now() + days(1));
            assert_eq!(change.after.status, Status::Won);
            (change.after.stage, change.event.clone())
        });
        let expected = stage.map(|(stage, by)| (stage, OpportunityEvent::Advanced(by)));
        assert_eq!(moved, expected, "{all:?}");
    }
}

#[test]
fn what_is_not_won_does_not_move() {
    let open = opened(lira(5000));
    assert_eq!(
        advanced(&open, &[FirstCapture, BalanceZero], &rules()),
        None
    );
}

#[test]
fn a_fact_moves_it_once_and_never_back() {
    let rules = rules();
    let delivery = advanced(&won(lira(1)), &[FirstCapture], &rules).unwrap();
    assert_eq!(advanced(&delivery, &[FirstCapture], &rules), None);
    let collection = advanced(&delivery, &[FirstCapture, BalanceZero], &rules).unwrap();
    assert_eq!(collection.position.stage, COLLECTION);
    // The first fact comes again, and something comes back.
    assert_eq!(advanced(&collection, &[FirstCapture], &rules), None);
    assert_eq!(advanced(&collection, &[], &rules), None);
    // Somebody moves it back: the same facts do not contradict them.
    let by_hand = move_stage(
        &collection,
        DELIVERY,
        4,
        &rules,
        &by("rep-1", now() + days(2)),
    );
    let by_hand = after(&by_hand.unwrap());
    assert_eq!(
        advanced(&by_hand, &[FirstCapture, BalanceZero], &rules),
        None
    );
}

#[test]
fn somebody_who_was_faster_is_not_moved_back() {
    let rules = rules();
    let present = won(lira(1));
    let by_hand = move_stage(&present, COLLECTION, 2, &rules, &by("rep-1", now()));
    let by_hand = after(&by_hand.unwrap());
    assert_eq!(advanced(&by_hand, &[FirstCapture], &rules), None);
}

#[test]
fn only_stages_in_use_are_reached_and_their_order_is_the_schemes() {
    let mut archived = rules();
    archived.schemes[0].stages[6].archived = true;
    let moved = advanced(&won(lira(1)), &[FirstCapture, BalanceZero], &archived).unwrap();
    assert_eq!(moved.position.stage, DELIVERY);

    // Collection stands before delivery.
    let mut turned = rules();
    turned.schemes[0].stages.swap(5, 6);
    let moved = advanced(&won(lira(1)), &[FirstCapture, BalanceZero], &turned).unwrap();
    assert_eq!(moved.position.stage, DELIVERY);
    assert_eq!(
        advanced(&moved, &[FirstCapture, BalanceZero], &turned),
        None
    );

    // Where an archived stage stood cannot be said.
    let mut gone = rules();
    let delivery = advanced(&won(lira(1)), &[FirstCapture], &gone).unwrap();
    let stage = gone.schemes[0].stages.remove(5);
    gone.schemes[0].stages.push(domain::pipeline::Stage {
        archived: true,
        ..stage
    });
    assert_eq!(
        advanced(&delivery, &[FirstCapture, BalanceZero], &gone),
        None
    );

    // From one before the win it goes on, archived or not.
    let mut gone = rules();
    gone.schemes[0].stages[0].archived = true;
    let moved = advanced(&won(lira(1)), &[FirstCapture], &gone).unwrap();
    assert_eq!(moved.position.stage, DELIVERY);
}
