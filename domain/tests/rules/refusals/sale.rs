//! Selling, and the arithmetic every verb posts through.

use domain::Refusal;
use domain::bookings::{DeductAt, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::journal::{Move, Posting};
use domain::packages::{Account, Package, Sale, sell};

use crate::fixtures::*;

#[test]
fn selling_refuses_in_the_documented_order() {
    let sound = Sale {
        settings: Some(settings(DeductAt::Booking, Penalty::Release)),
        customer: Some(customer(1)),
        template: Some(template(1, visit_contents(10, &[(1, 1)]), Some(30))),
    };
    check(
        &sound,
        |sale| sell(sale, pkg(1), &context(now())),
        &[
            (Refusal::SettingsMissing, |sale| sale.settings = None),
            (Refusal::CustomerNotFound, |sale| sale.customer = None),
            (Refusal::CustomerErased, |sale| {
                sale.customer = sale.customer.take().map(erased);
            }),
            (Refusal::TemplateNotFound, |sale| sale.template = None),
            (Refusal::TemplateArchived, |sale| {
                if let Some(template) = &mut sale.template {
                    template.archived = true;
                }
            }),
            (Refusal::ValidityOutOfRange, |sale| {
                if let Some(template) = &mut sale.template {
                    let (count, unit) = (11, SpanUnit::Years);
                    template.terms.validity = Some(Validity::FromSale(Span { count, unit }));
                }
            }),
        ],
    );
}

fn post(packages: &[Package], moves: &[Move]) -> Result<(), Refusal> {
    Posting::new(packages, now()).moves(moves)
}

#[test]
fn posting_refuses_rather_than_overdraws_or_wraps() {
    let (free, held) = (Some(Account::Available), Some(Account::Held));
    let take = Move::new((pkg(1), 0), free, held, 10);
    check(
        &vec![take],
        |moves| post(&[visits(1, 10, &[(1, 1)])], moves),
        &[
            (Refusal::PackageNotFound, |moves| moves[0].package = pkg(2)),
            (Refusal::PackageNotFound, |moves| moves[0].pool = 1),
            (Refusal::InsufficientUnits, |moves| {
                moves[0].units = 11;
                moves[0].from = Some(Account::Available);
            }),
            // Each move sees what the ones before it have left.
            (Refusal::InsufficientUnits, |moves| {
                moves[0].from = Some(Account::Available);
                moves[0].units = 10;
                let units = 1;
                moves.push(Move { units, ..moves[0] });
            }),
            (Refusal::TooLarge, |moves| {
                moves[0].from = None;
                moves[0].units = u64::MAX;
            }),
        ],
    );
    for (account, refusal) in [
        (Account::Held, Refusal::HoldMissing),
        (Account::Captured, Refusal::InsufficientUnits),
        (Account::Forfeited, Refusal::InsufficientUnits),
        (Account::Expired, Refusal::InsufficientUnits),
    ] {
        let step = Move {
            from: Some(account),
            to: Some(Account::Available),
            units: 1,
            ..take
        };
        assert_eq!(post(&[visits(1, 10, &[(1, 1)])], &[step]), Err(refusal));
    }
}

/// No sound pool is this full: the arithmetic does not rely on that.
#[test]
fn an_account_that_is_full_takes_no_more() {
    let mut package = visits(1, 10, &[(1, 1)]);
    package.pools[0].balance.captured = u64::MAX;
    let (free, used) = (Some(Account::Available), Some(Account::Captured));
    let step = Move::new((pkg(1), 0), free, used, 1);
    assert_eq!(post(&[package], &[step]), Err(Refusal::TooLarge));
}
