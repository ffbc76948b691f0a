//! What a history is made of.

use domain::pipeline::Outcome;
use proptest::prelude::*;

/// Something that is tried on one of the opportunities there are.
#[derive(Debug, Clone)]
pub(super) enum Command {
    Open {
        stage: u16,
        lines: u32,
        recurs: bool,
    },
    Edit {
        estimate: u64,
        described: bool,
        stale: bool,
    },
    Stage(u16),
    Lines(u32),
    Close(Outcome, bool),
    Suspend(i64),
    Resume,
    Reopen(Option<u16>),
    Assign(u8),
    Duplicate,
    Link {
        n: u8,
        primary: bool,
    },
    Unlink(u8),
    /// To count for this quota of its representative, or for none.
    Quota(Option<u8>),
    Archive(u16),
    Wait(i64),
}

pub(super) fn command() -> impl Strategy<Value = Command> {
    let outcome = prop_oneof![
        Just(Outcome::Won),
        Just(Outcome::Lost),
        Just(Outcome::Abandoned)
    ];
    prop_oneof![
        (0..6_u16, 0..3_u32, any::<bool>()).prop_map(|(stage, lines, recurs)| Command::Open {
            stage,
            lines,
            recurs
        }),
        (0..3_u64, any::<bool>(), proptest::bool::weighted(0.1)).prop_map(
            |(estimate, described, stale)| Command::Edit {
                estimate,
                described,
                stale
            }
        ),
        (1..6_u16).prop_map(Command::Stage),
        (1..6_u16).prop_map(Command::Stage),
        (0..4_u32).prop_map(Command::Lines),
        (outcome, proptest::bool::weighted(0.9)).prop_map(|(of, why)| Command::Close(of, why)),
        (-1..40_i64).prop_map(Command::Suspend),
        Just(Command::Resume),
        prop::option::of(1..6_u16).prop_map(Command::Reopen),
        (0..3_u8).prop_map(Command::Assign),
        Just(Command::Duplicate),
        (1..4_u8, any::<bool>()).prop_map(|(n, primary)| Command::Link { n, primary }),
        (1..4_u8).prop_map(Command::Unlink),
        prop::option::weighted(0.7, 1..3_u8).prop_map(Command::Quota),
        (1..6_u16).prop_map(Command::Archive),
        // A clock may also be behind.
        (-2..100_i64).prop_map(Command::Wait),
    ]
}
