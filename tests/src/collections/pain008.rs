//! The file of a collection: what stands in it, and that any bank can read it.

use domain::sepa::{Collection, Debit, Mandate, SepaText, Sequence, collect};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::examples::{HOSTILE, cents, collection, readable};
use super::schema::flaws;

fn written(collection: Collection) -> String {
    let file = collect(collection).unwrap();
    String::from_utf8(functions::collections::pain008(&file).unwrap()).unwrap()
}

/// What stands in each element of this name, whatever its attributes.
fn texts<'d>(document: &'d str, element: &str) -> Vec<&'d str> {
    let end = format!("</{element}>");
    let ends = document.split(&end).collect::<Vec<_>>();
    let texts = ends[..ends.len() - 1].iter();
    texts.map(|text| text.rsplit('>').next().unwrap()).collect()
}

fn in_cents(amounts: &[&str]) -> u64 {
    let cents = amounts.iter().map(|amount| amount.replace('.', ""));
    cents.map(|cents| cents.parse::<u64>().unwrap()).sum()
}

#[test]
fn a_collection_is_written_as_the_scheme_wants_it() {
    assert_eq!(written(readable()), include_str!("pain008.xml").trim_end());
}

/// A collection in which everybody is called `holder`.
fn naming(holder: &str, remittance: &str) -> Collection {
    let mut collection = readable();
    collection.creditor.name = holder.parse().unwrap();
    for debit in &mut collection.debits {
        debit.mandate.holder = holder.parse().unwrap();
        debit.remittance = SepaText::of(remittance);
    }
    collection
}

/// As many debits as a file takes, each of them as long as one can be.
fn largest() -> Collection {
    let mut collection = readable();
    let mandate = Mandate {
        reference: "R".repeat(35).parse().unwrap(),
        iban: "MT84MALT011000012345MTLCAST001S".parse().unwrap(),
        bic: Some("MALTMTMTXXX".parse().unwrap()),
        holder: "O'".repeat(60).parse().unwrap(),
        signed_on: collection.collect_on,
    };
    let debit = |n: usize| Debit {
        id: format!("{n:035}").parse().unwrap(),
        amount: cents(Collection::MAX_CENTS),
        mandate: mandate.clone(),
        sequence: Sequence::Recurring,
        remittance: SepaText::of(&"d'".repeat(70)),
    };
    collection.debits = (0..Collection::MAX_DEBITS).map(debit).collect();
    collection
}

#[test]
fn every_file_is_valid_by_iso_20022s_own_schema() {
    let mut runner = TestRunner::default();
    let random = (0..150).map(|_| collection().new_tree(&mut runner).unwrap().current());
    let hostile = HOSTILE.map(|text| naming(text, &text.repeat(30)));
    let collections = [readable(), largest()].into_iter();
    let collections = collections.chain(hostile).chain(random);
    let documents: Vec<String> = collections.map(written).collect();
    for (document, flaw) in documents.iter().zip(flaws(&documents)) {
        assert_eq!(flaw, None, "{document}");
    }
}

/// The test above would pass with a tool that finds everything valid.
#[test]
fn the_schema_finds_what_is_wrong() {
    let sound = written(readable());
    let flawed = [
        ("<MsgId>GUL-2026-04</MsgId>", ""),
        ("<PmtMtd>DD</PmtMtd>", "<PmtMtd>TRF</PmtMtd>"),
        ("2026-04-07", "2026-04-31"),
        ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
        ("<SeqTp>FRST</SeqTp>", "<SeqTp>first</SeqTp>"),
        ("<BICFI>AAAAROBU</BICFI>", "<BICFI>AAAAROB</BICFI>"),
        ("<Nm>Ana Tirlea</Nm>", "<Nm></Nm>"),
        ("pain.008.001.08", "pain.008.001.02"),
        ("</Document>", ""),
    ];
    let documents = flawed.map(|(was, becomes)| {
        assert!(sound.contains(was), "{was}");
        sound.replace(was, becomes)
    });
    for ((was, becomes), flaw) in flawed.iter().zip(flaws(&documents)) {
        assert!(flaw.is_some(), "{was} as {becomes}");
    }
}

#[test]
fn the_largest_file_is_below_what_a_function_may_answer() {
    let document = written(largest());
    // In the JSON of an answer; the limit is 6 MB.
    let answer = serde_json::to_string(&document).unwrap();
    assert!(answer.len() < 5_000_000, "{} bytes", answer.len());
}

proptest! {
    #[test]
    fn a_file_adds_up_and_holds_only_what_banks_pass_on(collection in collection()) {
        let document = written(collection.clone());
        let amounts = texts(&document, "InstdAmt");
        let sum: u64 = collection.debits.iter().map(|debit| debit.amount.amount_minor()).sum();
        prop_assert_eq!(in_cents(&amounts), sum);
        let sums = texts(&document, "CtrlSum");
        prop_assert_eq!(in_cents(&sums[..1]), sum);
        prop_assert_eq!(in_cents(&sums[1..]), sum);
        let counts = texts(&document, "NbOfTxs");
        let counts: Vec<usize> = counts.iter().map(|count| count.parse().unwrap()).collect();
        prop_assert_eq!(counts[0], amounts.len());
        prop_assert_eq!(counts[1..].iter().sum::<usize>(), amounts.len());
        for (element, most) in [("Nm", 70), ("Ustrd", 140)] {
            for text in texts(&document, element) {
                let basic = |c: char| c.is_ascii_alphanumeric() || " /-?:().,'+".contains(c);
                prop_assert!((1..=most).contains(&text.len()) && text.chars().all(basic), "{}", text);
            }
        }
    }
}
