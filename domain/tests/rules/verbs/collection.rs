//! A collection becomes a file that adds up.

use domain::sepa::{Batch, Collection, Sequence, collect};
use proptest::prelude::*;

use crate::fixtures::*;

#[test]
fn a_file_says_what_was_asked_for() {
    let wanted = collection();
    let file = collect(wanted.clone()).unwrap();
    assert_eq!(file.id(), &wanted.id);
    assert_eq!(file.created_at(), wanted.created_at);
    assert_eq!(file.collect_on(), wanted.collect_on);
    assert_eq!(file.creditor(), &wanted.creditor);
    assert_eq!(file.debits(), wanted.debits);
    assert_eq!(file.total_cents(), Collection::MAX_CENTS + 1);
}

#[test]
fn what_lies_within_the_limits_is_collected() {
    for (created_at, collect_on, signed_on) in [
        // The last moment of the day in Frankfurt, in winter and in summer; the first of a day.
        ("2026-03-06T22:59:59Z", "2026-03-06", "2026-03-06"),
        ("2026-07-01T21:59:59Z", "2026-07-01", "2026-07-01"),
        ("2026-07-01T22:00:00Z", "2026-07-02", "2009-11-02"),
        // A year ahead, and a hundred years back.
        ("2025-03-05T23:00:00Z", "2026-03-06", "1926-03-06"),
    ] {
        let mut wanted = collection();
        wanted.created_at = at(created_at);
        wanted.collect_on = day(collect_on);
        wanted.debits[0].mandate.signed_on = day(signed_on);
        wanted.debits.truncate(1);
        assert_eq!(collect(wanted).unwrap().collect_on(), day(collect_on));
    }
    let mut full = collection();
    let debits = (0..Collection::MAX_DEBITS).map(|n| debit(&format!("n-{n}"), 1));
    full.debits = debits.collect();
    assert_eq!(collect(full).unwrap().total_cents(), 5_000);
}

#[test]
fn a_day_without_settlement_moves_the_collection_and_what_may_be_signed_until_then() {
    let mut wanted = collection();
    wanted.collect_on = day("2026-04-03"); // Good Friday
    wanted.debits[0].mandate.signed_on = day("2026-04-07");
    let file = collect(wanted.clone()).unwrap();
    assert_eq!(file.collect_on(), day("2026-04-07"));
    // Asked for today, a Sunday: tomorrow is soon enough.
    wanted.created_at = at("2026-11-22T09:00:00Z");
    wanted.collect_on = day("2026-11-22");
    assert_eq!(collect(wanted).unwrap().collect_on(), day("2026-11-23"));
}

fn names(batches: &[Batch]) -> Vec<String> {
    batches.iter().map(|batch| batch.id.clone()).collect()
}

#[test]
fn the_debits_of_a_file_stand_by_their_sequence() {
    use Sequence::{Final, First, OneOff, Recurring};
    let mut wanted = collection();
    let sequences = [Final, Recurring, First, Recurring];
    wanted.debits = (1..)
        .zip(sequences)
        .map(|(n, sequence)| {
            let mut debit = debit(&format!("d-{n}"), n);
            debit.sequence = sequence;
            debit
        })
        .collect();
    let file = collect(wanted.clone()).unwrap();
    let batches = file.batches();
    assert_eq!(
        names(&batches),
        ["C-2026-03-FRST", "C-2026-03-RCUR", "C-2026-03-FNAL"]
    );
    let totals: Vec<u64> = batches.iter().map(Batch::total_cents).collect();
    assert_eq!(totals, [3, 6, 1]);
    let recurring: Vec<&str> = batches[1]
        .debits
        .iter()
        .map(|debit| debit.id.as_str())
        .collect();
    assert_eq!(recurring, ["d-2", "d-4"]);

    wanted.id = "123456789012345678901234567890".parse().unwrap();
    wanted.debits = vec![debit("d-1", 5)];
    wanted.debits[0].sequence = OneOff;
    let file = collect(wanted).unwrap();
    assert_eq!(
        names(&file.batches()),
        ["123456789012345678901234567890-OOFF"]
    );
}

proptest! {
    #[test]
    fn every_file_adds_up(
        debits in prop::collection::vec((1..=Collection::MAX_CENTS, 0..4_usize), 1..60)
    ) {
        let mut wanted = collection();
        wanted.debits = (0..).zip(&debits).map(|(n, (cents, sequence))| {
            let mut debit = debit(&format!("d-{n}"), *cents);
            debit.sequence = Sequence::ALL[*sequence];
            debit
        }).collect();
        let file = collect(wanted).unwrap();
        let batches = file.batches();
        let sum: u64 = debits.iter().map(|(cents, _)| cents).sum();
        prop_assert_eq!(file.total_cents(), sum);
        prop_assert_eq!(batches.iter().map(Batch::total_cents).sum::<u64>(), sum);
        let count: usize = batches.iter().map(|batch| batch.debits.len()).sum();
        prop_assert_eq!(count, debits.len());
    }
}
