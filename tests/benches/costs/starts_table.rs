//! What starting a function takes, as a table.

use super::measured::ratio;
use super::starts::{BARE, BARE_OPEN, Start};
use super::tables::{heading, row, spread};

const WORDS: &str = "## Starting a function\n\nInit is from its start until it waits for its first event; first \
    event is what that takes; memory is the most it has held until it was answered; medians, of init with \
    quartiles. `bare` is the bare function that was asked for: the runtime, the SDK and one put. `bare, \
    connected` is the same binary, and reads once before it asks for its first event, so that its connection \
    stands by then, as that of each of Carnet's functions does: a TLS handshake more in its init, and one less \
    in its first event. Init and first event together have the handshake in them wherever it is; most first events of \
    Carnet's do more than one put. In more they differ: the bare function looks for region and credentials wherever the SDK does, is optimised \
    for speed and linked as Cargo links (`anywhere`); Carnet's look in the environment alone, are optimised for \
    size and linked to a fixed address.\n\n\
    Each first event has the function work: a request, a record of the stream, an event of the bus; what a timer \
    calls is given its empty event.\n\n";

const HEAD: [&str; 13] = [
    "function",
    "init ms",
    "÷ bare",
    "÷ bare, connected",
    "init CPU ms",
    "first event ms",
    "init + first event ms",
    "÷ bare",
    "memory MiB",
    "÷ bare",
    "÷ bare, connected",
    "binary MiB",
    "linked",
];

/// The table.
pub(super) fn starts(starts: &[Start]) -> String {
    let mut text = WORDS.to_owned();
    heading(&mut text, &HEAD.map(str::to_owned));
    let named = |name: &str| starts.iter().find(|start| start.name == name);
    for start in starts {
        let beside = |name: &str, of: fn(&Start) -> f64| {
            let bare = named(name).map(|bare| ratio(of(start), of(bare)));
            bare.map_or_else(|| "–".to_owned(), |times| format!("{times:.2}"))
        };
        let init: fn(&Start) -> f64 = |start| start.init.median();
        let memory: fn(&Start) -> f64 = |start| start.memory.median();
        let cells = [
            start.name.clone(),
            spread(&start.init),
            beside(BARE, init),
            beside(BARE_OPEN, init),
            format!("{:.1}", start.init_cpu.median()),
            format!("{:.1}", start.first.median()),
            format!("{:.1}", start.both.median()),
            beside(BARE, |start| start.both.median()),
            format!("{:.1}", memory(start)),
            beside(BARE, memory),
            beside(BARE_OPEN, memory),
            format!("{:.1}", start.size),
            start.linked.to_owned(),
        ];
        row(&mut text, &cells);
    }
    text + "\n![Init](benchmarks/init.svg)\n\n![Memory](benchmarks/memory.svg)\n"
}
