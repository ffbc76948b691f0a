//! Quotas: what counts for one, and what may be done with it.

use domain::journal::Fact;
use domain::pipeline::{
    Attained, OpportunityEvent, Quota, QuotaLink, QuotaTarget, QuotaTerms, Status, close_quota,
    create_quota, edit_quota, set_quota,
};
use domain::{Decision, Money, Put, QuotaId};

use super::opened::{after, by, opened, opp, rules};
use crate::fixtures::*;

pub(super) fn qta(n: u8) -> QuotaId {
    QuotaId::from_bytes([n; 16])
}

/// Of `rep-1`, for March 2026.
pub(super) fn terms(target: QuotaTarget) -> QuotaTerms {
    QuotaTerms {
        name: "Mart".parse().unwrap(),
        representative: "rep-1".parse().unwrap(),
        from: day("2026-03-01"),
        to: day("2026-03-31"),
        target,
    }
}

fn of_lira(minor: u64) -> QuotaTerms {
    terms(QuotaTarget::Amount(lira(minor)))
}

fn saved(decision: &Decision) -> Quota {
    match decision.puts.as_slice() {
        [Put::Quota(quota)] => quota.clone(),
        puts => panic!("one quota, not {puts:?}"),
    }
}

pub(super) fn quota(n: u8, terms: QuotaTerms) -> Quota {
    saved(&create_quota(terms, qta(n), &context(now())).unwrap())
}

fn closed(quota: &Quota) -> Quota {
    let later = context(at("2026-04-01T09:00:00Z"));
    let closed = close_quota(quota, Attained::default(), &rules(), &later);
    saved(&closed.unwrap().unwrap())
}

fn linked(status: Status, close_on: &str, value: Money) -> QuotaLink {
    QuotaLink {
        opportunity: opp(1),
        title: None,
        status,
        close_on: day(close_on),
        value,
    }
}

#[test]
fn what_is_set_must_be_a_period_and_a_target() {
    for (from, to, target, code) in [
        ("2026-03-02", "2026-03-01", 1, "quota-period"),
        ("2026-03-01", "2027-03-02", 1, "quota-period"),
        ("+10000-01-01", "+10000-01-02", 1, "quota-period"),
        ("-0001-01-01", "-0001-01-02", 1, "quota-period"),
        ("-262143-01-01", "+262142-12-31", 0, "quota-period"),
        ("2026-03-01", "2026-03-31", 0, "quota-target"),
        ("2026-03-01", "2026-03-01", 1, ""),
        ("2028-01-01", "2028-12-31", 1, ""),
    ] {
        for target in [
            QuotaTarget::Amount(lira(target)),
            QuotaTarget::Count(target as u32),
        ] {
            let terms = QuotaTerms {
                from: day(from),
                to: day(to),
                ..terms(target)
            };
            let set = create_quota(terms, qta(1), &context(now()));
            let got = set.err().map_or("", |refusal| refusal.code());
            assert_eq!(got, code, "{from} {to} {target:?}");
        }
    }
}

#[test]
fn what_counts_is_won_in_the_period_or_open_and_expected_in_it() {
    use Status::{Abandoned, Lost, Open, Suspended, Won};
    let all = [
        linked(Won, "2026-02-28", lira(1)),
        linked(Won, "2026-03-01", lira(20_000)),
        linked(Won, "2026-03-31", lira(50_000)),
        linked(Won, "2026-04-01", lira(2)),
        linked(Won, "2026-03-15", lei(90_000)),
        linked(Open, "2026-03-31", lira(15_000)),
        linked(Open, "2026-04-01", lira(4)),
        linked(Open, "2026-03-20", lei(8)),
        linked(Suspended, "2026-03-20", lira(16)),
        linked(Lost, "2026-03-20", lira(32)),
        linked(Abandoned, "2026-03-20", lira(64)),
    ];
    let amount = of_lira(100_000);
    let sums = amount.attained(&all);
    let expected = Attained {
        won_count: 2,
        won_minor: 70_000,
        open_count: 1,
        open_minor: 15_000,
        won_elsewhere: 1,
        open_elsewhere: 1,
    };
    assert_eq!(sums, expected);
    assert_eq!(amount.target.gap(&sums), 30_000);
    let coverage = amount.target.coverage(&sums).unwrap();
    assert_eq!((coverage.numerator, coverage.denominator), (15_000, 30_000));
    let rate = amount.target.attainment(&sums);
    assert_eq!((rate.numerator, rate.denominator), (70_000, 100_000));

    // Of a count, any currency counts.
    let count = terms(QuotaTarget::Count(5));
    let sums = count.attained(&all);
    assert_eq!(
        (sums.won_count, sums.won_minor, sums.won_elsewhere),
        (3, 0, 0)
    );
    assert_eq!((sums.open_count, sums.open_elsewhere), (2, 0));
    assert_eq!(count.target.gap(&sums), 2);
    let coverage = count.target.coverage(&sums).unwrap();
    assert_eq!((coverage.numerator, coverage.denominator), (2, 2));
}

#[test]
fn nothing_is_missing_of_a_quota_that_is_reached_and_nothing_covers_it() {
    let terms = of_lira(10_000);
    for (won, gap) in [(9_999, 1), (10_000, 0), (25_000, 0)] {
        let sums = terms.attained(&[
            linked(Status::Won, "2026-03-02", lira(won)),
            linked(Status::Open, "2026-03-02", lira(7)),
        ]);
        assert_eq!(terms.target.gap(&sums), gap);
        assert_eq!(terms.target.coverage(&sums).is_some(), gap > 0);
    }
}

#[test]
fn a_quota_is_edited_on_the_version_that_was_read_and_stays_whose_it_is() {
    let present = quota(1, of_lira(1000));
    let edited = |present: &Quota, terms, expected| {
        let edited = edit_quota(present, terms, expected, &context(now()));
        edited.map_err(|refusal| refusal.code())
    };
    let other = QuotaTerms {
        representative: "rep-2".parse().unwrap(),
        ..of_lira(0)
    };
    // Each of these refuses for what comes after it, too.
    assert_eq!(
        edited(&closed(&present), other.clone(), 1),
        Err("version-mismatch")
    );
    assert_eq!(
        edited(&closed(&present), other.clone(), 2),
        Err("quota-closed")
    );
    assert_eq!(
        edited(&present, other, 1),
        Err("quota-representative-fixed")
    );
    assert_eq!(edited(&present, of_lira(0), 1), Err("quota-target"));
    let after = saved(&edited(&present, terms(QuotaTarget::Count(3)), 1).unwrap());
    assert_eq!(
        (after.version, after.terms.target),
        (2, QuotaTarget::Count(3))
    );
}

#[test]
fn a_quota_is_closed_once_after_its_last_day_is_over_for_the_business() {
    let present = quota(1, of_lira(1000));
    let sums = Attained {
        won_count: 4,
        ..Attained::default()
    };
    let close = |quota: &Quota, at_: &str, sums| {
        let closed = close_quota(quota, sums, &rules(), &context(at(at_)));
        closed.map_err(|refusal| refusal.code())
    };
    // Midnight of the first of April in Istanbul is 21:00 UTC.
    assert_eq!(
        close(&present, "2026-03-31T20:59:59Z", sums),
        Err("quota-running")
    );
    let decision = close(&present, "2026-03-31T21:00:00Z", sums)
        .unwrap()
        .unwrap();
    let closed = saved(&decision);
    assert_eq!((closed.frozen, closed.version), (Some(sums), 2));
    let Fact::QuotaSaved(told) = &decision.entry.fact else {
        panic!("{:?}", decision.entry.fact);
    };
    assert_eq!(told.frozen, Some(sums));
    // What is linked has come to something else since.
    assert_eq!(
        close(&closed, "2026-05-01T00:00:00Z", Attained::default()),
        Ok(None)
    );
}

#[test]
fn an_opportunity_counts_for_an_open_quota_of_its_representative_in_its_currency() {
    let present = opened(lira(5000));
    let set = |present: &domain::pipeline::Opportunity, to, quotas: &[Quota], expected| {
        let set = set_quota(present, to, quotas, expected, &rules(), &by("owner", now()));
        set.map_err(|refusal| refusal.code())
    };
    let fits = quota(1, of_lira(1000));
    let other = QuotaTerms {
        representative: "rep-2".parse().unwrap(),
        ..of_lira(1000)
    };
    let other = quota(2, other);
    let elsewhere = quota(3, terms(QuotaTarget::Amount(lei(1000))));
    let counted = quota(4, terms(QuotaTarget::Count(1)));
    let all = [fits.clone(), other.clone(), elsewhere, counted];
    assert_eq!(
        set(&present, Some(qta(9)), &all, 2),
        Err("version-mismatch")
    );
    assert_eq!(set(&present, Some(qta(9)), &all, 1), Err("quota-not-found"));
    assert_eq!(
        set(&present, Some(qta(1)), &[closed(&fits)], 1),
        Err("quota-closed")
    );
    assert_eq!(
        set(&present, Some(qta(2)), &[closed(&other)], 1),
        Err("quota-closed")
    );
    assert_eq!(set(&present, Some(qta(2)), &all, 1), Err("quota-differs"));
    assert_eq!(set(&present, Some(qta(3)), &all, 1), Err("quota-differs"));
    assert_eq!(set(&present, None, &[], 1), Ok(None));
    assert!(set(&present, Some(qta(4)), &all, 1).unwrap().is_some());

    let decision = set(&present, Some(qta(1)), &all, 1).unwrap().unwrap();
    let linked = after(&decision);
    assert_eq!((linked.quota, linked.version), (Some(qta(1)), 2));
    assert_eq!(decision.counting, [qta(1)]);
    let change = decision.entry.fact.opportunity().unwrap();
    assert_eq!(change.event, OpportunityEvent::QuotaSet(Some(qta(1))));
    assert_eq!(change.before.as_ref(), Some(&change.after));

    // Once it is closed, nothing that was won for it leaves it, whereto ever; what was not, does.
    let frozen = [closed(&fits), quota(4, terms(QuotaTarget::Count(1)))];
    let won_on = |day| {
        let mut won = linked.clone();
        won.position.status = Status::Won;
        won.position.closed_on = Some(day);
        won
    };
    let (won, late) = (
        won_on(fits.terms.to),
        won_on(fits.terms.to + chrono::Days::new(1)),
    );
    assert_eq!(set(&won, None, &frozen, 2), Err("quota-closed"));
    assert_eq!(set(&won, Some(qta(4)), &frozen, 2), Err("quota-closed"));
    assert_eq!(set(&won, Some(qta(1)), &frozen, 2), Ok(None));
    for slipped in [&linked, &late] {
        let moved = set(slipped, Some(qta(4)), &frozen, 2).unwrap().unwrap();
        assert_eq!(after(&moved).quota, Some(qta(4)));
        assert_eq!(moved.counting, [qta(4)]);
        assert!(set(slipped, None, &frozen, 2).unwrap().is_some());
    }
    let none = set(&linked, None, &all, 2).unwrap().unwrap();
    assert_eq!((after(&none).quota, none.counting), (None, vec![]));
    // What was won for one that is not closed is counted out of it, and into the other.
    let moved = set(&won, Some(qta(4)), &all, 2).unwrap().unwrap();
    assert_eq!(moved.counting, [qta(1), qta(4)]);
}
