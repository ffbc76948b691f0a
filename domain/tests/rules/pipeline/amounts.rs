//! What an opportunity is worth: monthly, a year, over its term.

use domain::pipeline::{
    AmountPeriod, Earned, Opportunity, OpportunityDraft, OpportunityEdit, PipelineRefusal,
    QuoteRef, QuoteStatus, edit, set_lines,
};
use domain::{Money, QuoteId, Refusal};

use super::fixtures::*;
use crate::fixtures::{context, lira, money, now};

use AmountPeriod::{Fixed, Monthly, Yearly};

/// The amount, how it is earned, and then MRR, ARR, TCV and the value that reports count.
type Row = (
    u64,
    AmountPeriod,
    Option<u16>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
    u64,
);

#[test]
fn recurring_revenue_is_rounded_half_up_each_from_the_amount() {
    let rows: [Row; 12] = [
        (1_000, Fixed, None, None, None, Some(1_000), 1_000),
        (
            1_000,
            Fixed,
            Some(12),
            Some(83),
            Some(1_000),
            Some(1_000),
            1_000,
        ),
        (
            1_000,
            Fixed,
            Some(7),
            Some(143),
            Some(1_714),
            Some(1_000),
            1_000,
        ),
        (
            1_000,
            Monthly,
            None,
            Some(1_000),
            Some(12_000),
            None,
            12_000,
        ),
        (
            1_000,
            Monthly,
            Some(6),
            Some(1_000),
            Some(12_000),
            Some(6_000),
            6_000,
        ),
        (1_000, Yearly, None, Some(83), Some(1_000), None, 1_000),
        (
            1_000,
            Yearly,
            Some(18),
            Some(83),
            Some(1_000),
            Some(1_500),
            1_500,
        ),
        // Half a unit is rounded up, less than half down.
        (6, Yearly, None, Some(1), Some(6), None, 6),
        (5, Yearly, None, Some(0), Some(5), None, 5),
        (1, Yearly, Some(1), Some(0), Some(1), Some(0), 0),
        (1, Yearly, Some(6), Some(0), Some(1), Some(1), 1),
        (0, Monthly, Some(3), Some(0), Some(0), Some(0), 0),
    ];
    // Minor units are whole in every currency: yen have none below, dinars a thousand.
    for currency in ["TRY", "JPY", "KWD"] {
        for (amount, period, term_months, mrr, arr, tcv, value) in rows {
            let earned = Earned {
                period,
                term_months,
            };
            let of = |minor: u64| money(minor, currency);
            let recurring = earned.recurring(of(amount)).unwrap();
            let what = format!("{amount} {currency} {earned:?}");
            assert_eq!(recurring.mrr, mrr.map(of), "{what}");
            assert_eq!(recurring.arr, arr.map(of), "{what}");
            assert_eq!(recurring.tcv, tcv.map(of), "{what}");
            assert_eq!(earned.value(of(amount)).unwrap(), of(value), "{what}");
        }
    }
}

#[test]
fn figures_that_no_amount_holds_are_refused() {
    let monthly = Earned {
        period: Monthly,
        term_months: Some(120),
    };
    let most = lira(Money::MAX_MINOR);
    assert_eq!(monthly.recurring(most).unwrap_err(), Refusal::TooLarge);
    let draft = OpportunityDraft {
        estimate: most,
        earned: monthly,
        ..draft()
    };
    assert_eq!(opened_by(&rules(), draft).unwrap_err(), Refusal::TooLarge);
}

#[test]
fn a_term_is_of_1_to_120_months() {
    for (months, fits) in [(0, false), (1, true), (120, true), (121, false)] {
        let earned = Earned {
            period: Monthly,
            term_months: Some(months),
        };
        let opened = opened_by(&rules(), OpportunityDraft { earned, ..draft() });
        let refusal = Refusal::from(PipelineRefusal::TermOutOfRange);
        assert_eq!(opened.err(), (!fits).then_some(refusal), "{months}");
    }
}

fn wanted(estimate: u64) -> OpportunityEdit {
    OpportunityEdit {
        estimate: Some(lira(estimate)),
        ..OpportunityEdit::default()
    }
}

fn amount(of: &Opportunity) -> Money {
    of.position.amount
}

#[test]
fn the_amount_is_the_estimate_until_lines_say_it_and_again_without_them() {
    let (rules, context) = (rules(), context(now()));
    let first = opened();
    assert_eq!(amount(&first), lira(500_000));
    let lines = vec![line(1, 2), packages(1, 1)];
    let second = put(&set_lines(&first, lines, &goods(), 1, &rules, &context).unwrap());
    assert_eq!(amount(&second), lira(120_000));
    let refusal = Refusal::from(PipelineRefusal::AmountFollows);
    let edited = edit(&second, wanted(1), 2, &rules, &context);
    assert_eq!(edited.unwrap_err(), refusal);
    let third = put(&set_lines(&second, vec![], &goods(), 2, &rules, &context).unwrap());
    assert_eq!(amount(&third), lira(500_000));
    let fourth = edit(&third, wanted(7), 3, &rules, &context).unwrap();
    assert_eq!(amount(&put(&fourth.unwrap())), lira(7));
}

#[test]
fn while_a_quote_is_primary_the_amount_is_what_it_comes_to() {
    let (rules, context) = (rules(), context(now()));
    let mut quoted = opened();
    let id = QuoteId::from_bytes([1; 16]);
    quoted.quotes = vec![QuoteRef {
        id,
        status: QuoteStatus::Sent,
        total: lira(77),
        valid_until: None,
    }];
    quoted.primary = Some(id);
    assert_eq!(quoted.amount().unwrap(), lira(77));
    let refusal = Refusal::from(PipelineRefusal::AmountFollows);
    let lines = set_lines(&quoted, vec![line(1, 1)], &goods(), 1, &rules, &context);
    assert_eq!(lines.unwrap_err(), refusal);
    let edited = edit(&quoted, wanted(1), 1, &rules, &context);
    assert_eq!(edited.unwrap_err(), refusal);
}

#[test]
fn a_period_is_written_beside_lines_and_moves_the_value_alone() {
    let (rules, context) = (rules(), context(now()));
    let wanted = OpportunityEdit {
        period: Some(Monthly),
        term_months: Some(Some(3)),
        ..OpportunityEdit::default()
    };
    let draft = OpportunityDraft {
        lines: vec![line(1, 1)],
        ..draft()
    };
    let first = opened_by(&rules, draft).unwrap();
    let after = put(&edit(&first, wanted, 1, &rules, &context).unwrap().unwrap());
    assert_eq!(amount(&after), lira(10_000));
    assert_eq!(after.position.value, lira(30_000));
    assert_eq!(after.position.weighted_hundredths(), 30_000 * 20);
}
