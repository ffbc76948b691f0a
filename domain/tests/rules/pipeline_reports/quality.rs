//! What became of what quotes sold: counted in the month of the sale, whenever it happens.

use chrono::TimeDelta;
use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{Account, Order, PaymentMethod, ReturnedPayment, sell};
use domain::reports::{Origin, PipelineRow, Row, Rows, movements, win_quality};
use domain::{EntryId, OpportunityId};

use super::history::ZONE;
use crate::fixtures::{bkg, context, lira, now, payment, pkg, sale, template, visit_contents};

/// A sale of ten visits, by a quote or not, with what happens to the package two months later.
fn entries(quoted: bool) -> Vec<Entry> {
    let sale = sale(template(1, visit_contents(10, &[(1, 1)]), None));
    let decision = sell(&sale, &Order::of_template(), pkg(1), &context(now())).unwrap();
    let mut sold = decision.entry;
    if let Fact::PackageSold(package) = &mut sold.fact {
        package.opportunity = quoted.then(|| OpportunityId::from_bytes([1; 16]));
    }
    let later = now() + TimeDelta::days(60);
    let changed = |change| Entry {
        id: EntryId::new(later, 1),
        at: later,
        fact: Fact::PackageChanged {
            package: pkg(1),
            change,
        },
        lines: Vec::new(),
        ..sold.clone()
    };
    let used = Entry {
        fact: Fact::Completed {
            booking: bkg(1),
            services: Vec::new(),
        },
        lines: sold.lines.clone(),
        ..changed(PackageChange::Frozen)
    };
    let mut used = used;
    for line in &mut used.lines {
        (line.from, line.to) = (Some(Account::Available), Some(Account::Captured));
    }
    let paid = |minor| {
        changed(PackageChange::Paid(payment(
            lira(minor),
            PaymentMethod::Card,
        )))
    };
    let returned = changed(PackageChange::PaymentReturned(ReturnedPayment {
        payment: EntryId::new(later, 2),
        amount: lira(30),
        reason: "AM04".parse().unwrap(),
    }));
    let refunded = changed(PackageChange::Refunded {
        quote: domain::RefundQuoteId::from_bytes([1; 16]),
        amount: lira(20),
    });
    vec![sold.clone(), paid(70), paid(30), returned, refunded, used]
}

fn rows(entries: &[Entry]) -> Rows {
    let origins = entries.iter().filter_map(Origin::of).collect();
    let postings = entries
        .iter()
        .flat_map(|entry| movements(entry, &origins, ZONE).unwrap());
    postings.collect()
}

#[test]
fn what_a_quote_sold_is_followed_to_what_is_paid_used_and_paid_back() {
    let entries = entries(true);
    let Fact::PackageSold(package) = &entries[0].fact else {
        panic!("{:?}", entries[0].fact);
    };
    let price = i128::from(package.terms.price.amount_minor());
    let [line] = win_quality(&rows(&entries))[..] else {
        panic!("one month, one currency");
    };
    assert_eq!(line.month, domain::reports::Month::of(now().date_naive()));
    assert_eq!((line.sold, line.consumed), (price, price));
    assert_eq!((line.collected, line.refunded), (70, 20));
    assert_eq!(line.won.count, 0);
}

#[test]
fn what_no_quote_sold_is_no_quality_of_a_win() {
    let rows = rows(&entries(false));
    let won = rows
        .iter()
        .any(|(row, _)| matches!(row, Row::Pipeline(PipelineRow::Won(..))));
    assert!(!won);
    assert!(!rows.is_empty());
}
