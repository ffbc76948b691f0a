//! Collections: one to read, and random ones that are as hostile as what people may type.

use chrono::{Days, NaiveDate};
use domain::sepa::{Bic, Collection, Creditor, Debit, Iban, Mandate, SepaText, Sequence};
use domain::{Currency, Instant, Money, Name};
use proptest::prelude::*;

const IBANS: [&str; 8] = [
    "DE89370400440532013000",
    "RO49AAAA1B31007593840000",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "FR1420041010050500013M02606",
    "LI21088100002324013AA",
    "GB29NWBK60161331926819",
    "BE68539007547034",
];

/// What would break a file that only pastes texts together.
pub(super) const HOSTILE: [&str; 10] = [
    "Müller & Söhne <GmbH> \"Şişli\"",
    "</Nm><Nm>]]>&amp;<!--",
    "O’Neill’s; DROP TABLE; --",
    "💅👩‍🦰🏳️‍🌈",
    "Ωμέγα Ελλάς",
    "Щщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщ Щщщщщщщщщщщщщщщщщщщ",
    "李小龍 と さくら 김철수",
    "مریم‌ \u{202e}abc\u{202c} ×÷",
    "\u{fffe}\u{e000}\u{10ffff}",
    "x\u{301}\u{302}\u{200b}\u{feff}y\u{a0}\u{3000}z",
];

pub(super) fn cents(amount_minor: u64) -> Money {
    let euro = Currency::try_from("EUR".to_owned()).unwrap();
    Money::new(amount_minor, euro).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Three debits of two customers, asked for on Good Friday.
pub(super) fn readable() -> Collection {
    let ana = Mandate {
        reference: "GUL-0001".parse().unwrap(),
        iban: "RO49AAAA1B31007593840000".parse().unwrap(),
        bic: Some("AAAAROBU".parse().unwrap()),
        holder: "Ana Țîrlea".parse().unwrap(),
        signed_on: day("2026-03-30"),
    };
    let jurgen = Mandate {
        reference: "GUL/0002".parse().unwrap(),
        iban: "DE89370400440532013000".parse().unwrap(),
        bic: None,
        holder: "Jürgen & Söhne".parse().unwrap(),
        signed_on: day("2025-12-01"),
    };
    let debit = |id: &str, amount, mandate: &Mandate, sequence, remittance| Debit {
        id: id.parse().unwrap(),
        amount: cents(amount),
        mandate: mandate.clone(),
        sequence,
        remittance: SepaText::of(remittance),
    };
    let (recurring, first) = (Sequence::Recurring, Sequence::First);
    Collection {
        id: "GUL-2026-04".parse().unwrap(),
        created_at: "2026-04-01T09:30:15.250Z".parse().unwrap(),
        collect_on: day("2026-04-03"),
        creditor: Creditor {
            name: "Gül Güzellik".parse().unwrap(),
            iban: "FR1420041010050500013M02606".parse().unwrap(),
            bic: Some("PSSTFRPPMON".parse().unwrap()),
            id: "FR72ZZZ123456".parse().unwrap(),
        },
        debits: vec![
            debit("D-1", 4_150, &jurgen, recurring, "10 Seans, Taksit 4/6"),
            debit("D-2", 5, &ana, first, "10 Ședințe: rata 1/3"),
            debit("D-3", 99_999_999_999, &jurgen, recurring, "Kredi"),
        ],
    }
}

fn name() -> impl Strategy<Value = Name> {
    let typed = prop_oneof![
        prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        "\\PC{1,120}",
        "[&<>'\"/ ]{1,60}",
        "[ÄÖÜßÆŒÞĳŉЩ㈱]{100,120}",
    ];
    typed.prop_filter_map("a name", |text| text.parse().ok())
}

fn iban() -> impl Strategy<Value = Iban> {
    prop::sample::select(&IBANS[..]).prop_map(|text| text.parse().unwrap())
}

fn bic() -> impl Strategy<Value = Option<Bic>> {
    prop::option::of("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
        .prop_map(|bic| bic.map(|text| text.parse().unwrap()))
}

fn remittance() -> impl Strategy<Value = SepaText<140>> {
    let typed = prop_oneof![
        prop::sample::select(&HOSTILE[..]).prop_map(|text| text.repeat(9)),
        any::<String>(),
        "[a-z ]{138,150}",
    ];
    typed.prop_map(|text| SepaText::of(&text))
}

prop_compose! {
    fn debit(collect_on: NaiveDate)(
        amount in prop_oneof![1..=200_u64, 1..=Collection::MAX_CENTS],
        reference in "[A-Za-z0-9?:(),.'+-]{1,35}",
        iban in iban(),
        bic in bic(),
        holder in name(),
        days in 0..36_000_u64,
        sequence in prop::sample::select(&Sequence::ALL[..]),
        remittance in remittance(),
    ) -> Debit {
        let signed_on = collect_on.checked_sub_days(Days::new(days)).unwrap();
        let mandate = Mandate { reference: reference.parse().unwrap(), iban, bic, holder, signed_on };
        Debit { id: "D".parse().unwrap(), amount: cents(amount), mandate, sequence, remittance }
    }
}

prop_compose! {
    /// A collection of up to twelve debits that nobody refuses.
    pub(super) fn collection()(
        created_ms in 1_800_000_000_000..2_500_000_000_000_i64,
        ahead in 1..350_u64,
    )(
        created_at in Just(Instant::from_timestamp_millis(created_ms).unwrap()),
        collect_on in Just(Instant::from_timestamp_millis(created_ms).unwrap().date_naive() + Days::new(ahead)),
        debits in prop::collection::vec(
            debit(Instant::from_timestamp_millis(created_ms).unwrap().date_naive() + Days::new(ahead)), 1..12
        ),
        id in "[A-Za-z0-9?:(),.'+-]{1,30}",
        name in name(),
        iban in iban(),
        bic in bic(),
        creditor_id in prop::sample::select(vec!["DE98ZZZ09999999999", "NL79ZZZ999999990000", "FR72ZZZ123456"]),
    ) -> Collection {
        let creditor = Creditor { name, iban, bic, id: creditor_id.parse().unwrap() };
        let numbered = (1..).zip(debits).map(|(n, debit)| Debit {
            id: format!("D-{n}").parse().unwrap(),
            ..debit
        });
        let debits = numbered.collect();
        Collection { id: id.parse().unwrap(), created_at, collect_on, creditor, debits }
    }
}
