//! How what is asked for of opportunities and quotes is drawn.

use proptest::prelude::*;

use super::deal::{Change, Deal, Edit, FITTING, QuoteStep, Version};
use super::line::lines;
use super::opportunity::{REPRESENTATIVES, Status};
use crate::prove::asked::drawn::customer;

fn estimate() -> impl Strategy<Value = u64> {
    prop::sample::select(vec![0, 100_000, 250_000, 400_000])
}

/// So many days from today; some of them out of all range.
fn close_in() -> impl Strategy<Value = i64> {
    prop_oneof![8 => -4i64..12, 6 => 12i64..60, 1 => Just(4_000)]
}

/// A new opportunity.
fn opened() -> impl Strategy<Value = Deal> {
    let stage = prop_oneof![3 => Just(None), 1 => (1usize..9).prop_map(Some)];
    let lines = prop_oneof![1 => Just(Vec::new()), 1 => lines(1)];
    let close_on = prop::option::of(close_in());
    let asked = (customer(), stage, estimate(), lines, close_on);
    asked.prop_map(|(customer, stage, estimate, lines, close_on)| Deal::Open {
        customer,
        stage,
        estimate,
        lines,
        close_on,
    })
}

/// What leads to a sale: an opportunity, a quote or two of it, which are sent.
pub(crate) fn offered() -> impl Strategy<Value = Vec<Deal>> {
    let sent = || {
        drafted().prop_map(|drafted| {
            let (of, step) = (0, QuoteStep::Send);
            [drafted, Deal::Quote { of, step }]
        })
    };
    let deals = (opened(), sent(), prop::option::of(sent()));
    deals.prop_map(|(opened, first, second)| {
        let second = second.into_iter().flatten();
        [opened].into_iter().chain(first).chain(second).collect()
    })
}

fn drafted() -> impl Strategy<Value = Deal> {
    let lines = prop_oneof![1 => Just(None), 2 => lines(1).prop_map(Some)];
    let asked = (0..=FITTING, lines, prop::option::of(0i64..8));
    asked.prop_map(|(of, lines, until)| Deal::Draft { of, lines, until })
}

fn edit() -> impl Strategy<Value = Edit> {
    let forecast = prop::sample::select(vec![None, Some("commit"), Some("omitted")]);
    let fields = (
        prop::option::of(0u64..3),
        prop::option::of(estimate()),
        prop::option::weighted(0.3, close_in()),
        prop::option::of(forecast),
    );
    fields.prop_map(|(title, estimate, close_on, forecast)| Edit {
        title,
        estimate,
        close_on,
        forecast,
    })
}

fn closing() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => Just(Change::Close(Status::Won, None)),
        3 => Just(Change::Close(Status::Lost, Some("price"))),
        2 => Just(Change::Close(Status::Abandoned, Some("not-a-fit"))),
        1 => prop::sample::select(vec![
            Change::Close(Status::Won, Some("price")),
            Change::Close(Status::Lost, None),
            Change::Close(Status::Lost, Some("not-a-fit")),
        ]),
    ]
}

fn reopening() -> impl Strategy<Value = Change> {
    let reason = prop::sample::select(vec!["mistake", "mistake", "changed-mind", "price"]);
    let stage = prop::option::of(1usize..9);
    (reason, stage).prop_map(|(reason, stage)| Change::Reopen { reason, stage })
}

/// What happens to an opportunity that is there.
fn change() -> impl Strategy<Value = Deal> {
    let stage = prop_oneof![2 => Just(0), 1 => 1usize..9];
    let change = prop_oneof![
        3 => edit().prop_map(Change::Edit),
        5 => stage.prop_map(Change::Stage),
        3 => closing(),
        2 => (-1i64..6).prop_map(Change::Suspend),
        3 => Just(Change::Resume),
        3 => reopening(),
        1 => (0..REPRESENTATIVES.len()).prop_map(Change::Assign),
        2 => lines(0).prop_map(Change::Lines),
    ];
    let version = prop_oneof![
        16 => Just(Version::Present),
        2 => Just(Version::Before),
        1 => Just(Version::Next),
    ];
    let asked = (0..=FITTING, version, change);
    asked.prop_map(|(of, version, change)| Deal::Change {
        of,
        version,
        change,
    })
}

fn quote(step: impl Strategy<Value = QuoteStep>) -> impl Strategy<Value = Deal> {
    (0..=FITTING, step).prop_map(|(of, step)| Deal::Quote { of, step })
}

/// What happens to an opportunity or a quote that is there, and makes none.
pub(crate) fn changed() -> impl Strategy<Value = Deal> {
    let step = prop_oneof![
        5 => Just(QuoteStep::Send),
        8 => Just(QuoteStep::Accept),
        2 => Just(QuoteStep::Reject),
        2 => Just(QuoteStep::Withdraw),
        4 => Just(QuoteStep::Primary),
    ];
    prop_oneof![3 => change().boxed(), 2 => quote(step)]
}

/// Anything that is asked for of them.
pub(crate) fn deal() -> impl Strategy<Value = Deal> {
    prop_oneof![
        3 => opened().boxed(),
        1 => (0..=FITTING).prop_map(|of| Deal::Duplicate { of }),
        4 => drafted(),
        1 => quote(Just(QuoteStep::Revise)),
        14 => changed().boxed(),
    ]
}
