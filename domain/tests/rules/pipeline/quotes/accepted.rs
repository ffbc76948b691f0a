//! What one acceptance decides.

use std::collections::BTreeSet;

use domain::customers::Customer;
use domain::journal::{Fact, fold};
use domain::packages::Stage;
use domain::pipeline::{
    OpportunityEvent, Origin, QuoteStatus, Recurrence, Status, fold_opportunity,
};
use domain::{EntryKey, PackageId, Put, QuotaId, Role};

use super::{Desk, Verb, of, of_service, package, qte, unit};
use crate::fixtures::*;

#[test]
fn one_decision_sells_every_package_wins_the_opportunity_and_supersedes_the_other_quotes() {
    let mut desk = Desk::new();
    desk.send(1, &of(vec![package(2, 1)]));
    desk.draft(2, &of(vec![package(2, 2)]));
    desk.draft(3, &of(vec![package(2, 3)]));
    desk.run(Verb::Withdraw, 3);
    let lines = vec![package(1, 3), of_service(1, 2, lira(700)), package(2, 1)];
    desk.send(4, &of(lines));
    desk.context.fingerprint = "accepting".parse().unwrap();
    let decision = desk.run(Verb::Accept, 4);
    let ids = vec![unit(0, 1), unit(0, 2), unit(0, 3), unit(2, 1)];
    let fact = decision.entry.fact.opportunity().unwrap();
    let expected = OpportunityEvent::QuoteAccepted {
        quote: qte(4),
        packages: ids.clone(),
    };
    assert_eq!(fact.event, expected);
    assert_eq!(fact.after.status, Status::Won);
    assert_eq!(fact.after.closed_on, Some(day("2026-03-02")));
    assert_eq!(fact.after.stage, fact.before.as_ref().unwrap().stage);
    assert_eq!(fact.after.amount, lira(351_400));
    assert_eq!(desk.opportunity.packages, ids);
    assert_eq!(desk.quote(4).packages, ids);
    let statuses: Vec<QuoteStatus> = (1..=4).map(|n| desk.status(n)).collect();
    use QuoteStatus::{Accepted, Superseded, Withdrawn};
    assert_eq!(statuses, [Superseded, Superseded, Withdrawn, Accepted]);
    let keys: Vec<EntryKey> = decision.series.iter().map(|(key, _)| key.clone()).collect();
    let sales: Vec<EntryKey> = ids.iter().copied().map(EntryKey::Sale).collect();
    assert_eq!(keys, sales);
    let entries: BTreeSet<_> = decision.entries().map(|(_, entry)| entry.id).collect();
    assert_eq!(entries.len(), 5, "every entry has an id of its own");
    for ((_, entry), package) in decision.series.iter().zip(&desk.packages) {
        let folded = fold(package.id, [entry]).unwrap().unwrap();
        assert_eq!(&folded, package);
        assert!(matches!(entry.fact, Fact::PackageSold(_)));
        assert_eq!(entry.customer, Some(cus(1)));
        assert_eq!(package.opportunity, Some(desk.opportunity.id));
        assert_eq!(package.customer, cus(1));
        assert_eq!(package.standing.stage, Stage::Active);
    }
    let holders: Vec<PackageId> = decision.holders.keys().copied().collect();
    assert_eq!(holders.len(), 4);
    assert_eq!(desk.customer.as_ref().unwrap().won_at, None);
}

#[test]
fn a_lead_who_buys_services_alone_is_a_customer_from_then_on() {
    let mut desk = Desk::new();
    desk.send(1, &of(vec![of_service(1, 1, lira(700))]));
    let decision = desk.run(Verb::Accept, 1);
    assert_eq!(decision.series.len(), 1);
    let (key, entry) = &decision.series[0];
    assert_eq!(key, &EntryKey::Customer(cus(1), 2));
    assert_eq!(entry.fact.fields(), ["customer_since"]);
    let customer = desk.customer.clone().unwrap();
    assert_eq!((customer.won_at, customer.version), (Some(now()), 2));
    // Who is one already stays one since then.
    let mut desk = Desk::new();
    desk.customer = Some(Customer {
        won_at: Some(now()),
        ..customer
    });
    desk.send(1, &of(vec![of_service(1, 1, lira(700))]));
    desk.context.now += days(1);
    assert_eq!(desk.run(Verb::Accept, 1).series, []);
}

#[test]
fn a_quote_that_costs_nothing_is_accepted_like_any_other() {
    let mut desk = Desk::new();
    desk.context.actor.role = Role::Customer;
    let mut gift = package(1, 2);
    gift.unit_price = Some(lira(0));
    desk.send(1, &of(vec![gift]));
    desk.run(Verb::Accept, 1);
    assert_eq!(desk.packages.len(), 2);
    assert!(desk.packages.iter().all(|p| p.terms.price == lira(0)));
}

#[test]
fn what_recurs_is_opened_anew_beside_the_packages() {
    let mut desk = Desk::new();
    desk.opportunity.recurs = Some(Recurrence { every_months: 3 });
    desk.send(1, &of(vec![package(1, 2)]));
    let decision = desk.run(Verb::Accept, 1);
    assert_eq!(decision.series.len(), 3);
    let opened = decision.series[2].1.fact.opportunity().unwrap();
    let origin = Origin::RecurrenceOf(desk.opportunity.id);
    assert_eq!(opened.event, OpportunityEvent::Opened(Some(origin)));
    let entries: BTreeSet<_> = decision.entries().map(|(_, entry)| entry.id).collect();
    assert_eq!(entries.len(), 4);
    let next = decision.puts.iter().find_map(|put| {
        if let Put::Opportunity(next) = put {
            return Some(next).filter(|next| next.id == opened.opportunity);
        }
        None
    });
    let next = next.unwrap();
    assert_eq!((next.quotes.len(), next.packages.len()), (0, 0));
    // What the quote came to is what the next one is thought to be worth.
    let won = decision.opportunity().unwrap();
    assert_ne!(won.position.amount, won.estimate);
    assert_eq!(next.position.amount, won.position.amount);
    assert_eq!(next.estimate, won.position.amount);
}

#[test]
fn a_quote_that_another_request_made_and_this_one_has_not_read_is_not_passed_over() {
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    desk.send(2, &of(vec![package(1, 1)]));
    desk.quotes.remove(0);
    let refusal = desk.decide(Verb::Accept, 2).unwrap_err();
    assert_eq!(refusal.code(), "quote-not-found");
}

#[test]
fn the_largest_acceptance_fits_in_one_transaction() {
    let mut desk = Desk::new();
    desk.opportunity.recurs = Some(Recurrence { every_months: 3 });
    desk.opportunity.quota = Some(QuotaId::from_bytes([1; 16]));
    for n in 1..20 {
        desk.draft(n, &of(vec![package(1, 1)]));
    }
    desk.send(20, &of(vec![package(1, 20)]));
    let decision = desk.run(Verb::Accept, 20);
    let copies: usize = decision.entries().map(|(_, entry)| entry.also.len()).sum();
    let items = decision.entries().count() + copies + decision.puts.len();
    // And what the quota knows of it, which is won now.
    assert_eq!(items, 22 + 22 + 20 + 1);
    assert!(items <= 100);
}

#[test]
fn the_entries_of_an_opportunity_and_its_quotes_fold_to_where_it_stands() {
    let mut desk = Desk::new();
    let mut changes = vec![];
    let mut run = |desk: &mut Desk, verb, n| {
        let decision = desk.run(verb, n);
        changes.push(decision.entry.fact.opportunity().unwrap().clone());
    };
    let before = desk.opportunity.clone();
    desk.draft(1, &of(vec![package(1, 1)]));
    for (verb, n) in [
        (Verb::Send, 1),
        (Verb::Revise, 1),
        (Verb::Edit, 2),
        (Verb::Send, 2),
        (Verb::Reject, 2),
        (Verb::Revise, 2),
        (Verb::Send, 3),
        (Verb::Accept, 3),
    ] {
        run(&mut desk, verb, n);
    }
    let first = &changes[0];
    assert_eq!(
        (first.version, first.before.as_ref()),
        (3, Some(&before.position))
    );
    // The first two entries are not among them: they are put in front as they must have been.
    let mut all = vec![];
    for (version, event) in [
        (1, OpportunityEvent::Opened(None)),
        (2, OpportunityEvent::QuoteDrafted(qte(1))),
    ] {
        let mut change = first.clone();
        change.version = version;
        change.event = event;
        change.before = Some(before.position.clone()).filter(|_| version > 1);
        change.after = before.position.clone();
        all.push(change);
    }
    all.extend(changes);
    let folded = fold_opportunity(&all).unwrap();
    assert_eq!(folded, Some(desk.opportunity.position));
}
