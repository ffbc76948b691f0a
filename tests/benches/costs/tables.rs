//! The measurements as tables, each with its plot.

use super::contention::{CROWD, Contention, Crowd, middle};
use super::document::{figure, line};
use super::first_request::FirstRequest;
use super::growth::Grown;
use super::measured::{Measured, ratio};
use super::results::Results;
use super::starts::{BARE_OPEN, Start};
use super::stats::Sorted;
use super::warm::{Warm, WarmOn};

/// Every part of which there is something.
pub(super) fn of(results: &Results) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(results.warm.first().map(|first| warm(first, &results.warm)));
    if !results.starts.is_empty() {
        parts.push(starts(&results.starts));
    }
    parts.extend(results.first_request.as_ref().map(first_request));
    if !results.contention.is_empty() {
        parts.push(contention(&results.contention));
    }
    for (of, grown) in [
        ("packages", &results.packages),
        ("opportunities", &results.opportunities),
    ] {
        if !grown.is_empty() {
            parts.push(growth(of, grown));
        }
    }
    parts
}

fn warm(first: &WarmOn, all: &[WarmOn]) -> String {
    let mut text = "## A warm invocation\n\nThe deployed binaries, given API Gateway's events by the runtime \
                    API, through TLS to a database in another process. Processor time is that of the \
                    function's process, from the event until it waits for the next one. WRU are all told: \
                    table, twice for the transaction, indexes.\n\n"
        .to_owned();
    let mut head = vec!["operation".to_owned()];
    head.extend(["round trips", "WRU", "RRU"].map(str::to_owned));
    for on in all {
        let on = on.database;
        head.extend(["CPU ms", "× put", "p50 ms", "p99 ms"].map(|what| format!("{what}, {on}")));
    }
    heading(&mut text, &head);
    for (place, of_first) in first.lines.iter().enumerate() {
        let units = of_first.units;
        let mut cells = vec![name(of_first).to_owned(), units.round_trips.to_string()];
        cells.extend([figure(units.wru), figure(units.rru)]);
        for on in all {
            let bare = on.lines.iter().find(|line| line.operation.is_none());
            let Some((line, bare)) = on.lines.get(place).zip(bare) else {
                continue;
            };
            let cpu = line.cpu.median();
            let times = ratio(cpu, bare.cpu.median());
            let (p50, p99) = (line.times.median(), line.times.p99());
            cells.extend([cpu, times, p50, p99].map(|number| format!("{number:.2}")));
        }
        row(&mut text, &cells);
    }
    text += &match disagreements(all) {
        none if none.is_empty() => "\nEvery database says the same of its units.\n".to_owned(),
        some => format!(
            "\nUnits are the embedded database's. DynamoDB Local's, in the proportion of one write whose price is known, differ for: {}.\n",
            some.join("; ")
        ),
    };
    text + "\n![Processor time](benchmarks/processor-time.svg)\n\n![Latency](benchmarks/latency.svg)\n"
}

/// The operations of which another database than the first has other units, and those.
fn disagreements(all: &[WarmOn]) -> Vec<String> {
    let Some((first, others)) = all.split_first() else {
        return Vec::new();
    };
    let lines = others
        .iter()
        .flat_map(|on| first.lines.iter().zip(&on.lines));
    let differing = lines.filter(|(line, other)| !line.units.is(&other.units));
    let said = |(line, other): (&Warm, &Warm)| {
        let units = other.units;
        let (wru, rru) = (figure(units.wru), figure(units.rru));
        format!("{} ({}, {wru}, {rru})", name(line), units.round_trips)
    };
    differing.map(said).collect()
}

/// What an operation is called.
pub(super) fn name(line: &Warm) -> &'static str {
    match line.operation {
        Some(operation) => operation.name(),
        None => "one put, by the bare function",
    }
}

fn starts(starts: &[Start]) -> String {
    let mut text = "## Starting a function\n\nFrom its start until it waits for its first event; what that \
                    first event takes; and the most memory it has held until it was answered. A bare \
                    function is the runtime, the SDK and one put; connected, it opens its connection while \
                    it starts, as Carnet's functions do, and that is the one they are compared with.\n\n"
        .to_owned();
    let head = [
        "function",
        "init ms",
        "×",
        "init CPU ms",
        "first event ms",
        "memory MiB",
        "×",
        "binary MiB",
        "×",
    ];
    heading(&mut text, &head.map(str::to_owned));
    let bare = starts.iter().find(|start| start.name == BARE_OPEN);
    for start in starts {
        let beside = |of: fn(&Start) -> f64| {
            let times = bare.map(|bare| ratio(of(start), of(bare)));
            [
                format!("{:.1}", of(start)),
                format!("{:.2}", times.unwrap_or_default()),
            ]
        };
        let [init, init_times] = beside(|start| start.init.median());
        let [memory, memory_times] = beside(|start| start.memory.median());
        let [size, size_times] = beside(|start| start.size);
        let (cpu, first) = (start.init_cpu.median(), start.first.median());
        let cells = [
            start.name.clone(),
            init,
            init_times,
            format!("{cpu:.1}"),
            format!("{first:.1}"),
            memory,
            memory_times,
            size,
            size_times,
        ];
        row(&mut text, &cells);
    }
    text + "\n![Init](benchmarks/init.svg)\n\n![Memory](benchmarks/memory.svg)\n"
}

fn first_request(first: &FirstRequest) -> String {
    let mut text = format!(
        "## The first request through TLS\n\nProcessor time of a client as it is built on Lambda, which reads {} \
         certificates.\n\n",
        first.certificates
    );
    heading(&mut text, &["", "median ms", "most ms"].map(str::to_owned));
    for (what, times) in [
        ("building the client", &first.client),
        ("first request", &first.first),
        ("second request", &first.second),
    ] {
        let cells = [times.median(), times.most()].map(|number| format!("{number:.2}"));
        row(
            &mut text,
            &[what.to_owned(), cells[0].clone(), cells[1].clone()],
        );
    }
    text
}

fn contention(all: &[Contention]) -> String {
    let mut text = format!(
        "## Contention\n\n{CROWD} redemptions of one package of {CROWD} visits, all at once beside one after the \
         other; the functions in one process, which share its processors. Each redemption is given up after ten \
         seconds, as on Lambda, and sent again by its client.\n\n"
    );
    let head = [
        "database",
        "in sequence ms",
        "at once ms",
        "×",
        "median ms",
        "slowest ms",
        "requests each",
        "given up at first",
    ];
    heading(&mut text, &head.map(str::to_owned));
    for contention in all {
        let crowds = &contention.at_once;
        let most = crowds.iter().map(|crowd| crowd.times.most());
        let median = crowds.iter().map(|crowd| crowd.times.median());
        let (most, median): (Sorted, Sorted) = (most.collect(), median.collect());
        let requests = |crowd: &Crowd| crowd.requests as f64 / CROWD as f64;
        let requests: Sorted = crowds.iter().map(requests).collect();
        let cells = [
            contention.database.to_owned(),
            format!("{:.0}", middle(&contention.in_sequence)),
            format!("{:.0}", middle(crowds)),
            format!("{:.2}", contention.ratio()),
            format!("{:.0}", median.median()),
            format!("{:.0}", most.most()),
            format!("{:.1}", requests.median()),
            contention.given_up().to_string(),
        ];
        row(&mut text, &cells);
    }
    text + "\n![Contention](benchmarks/contention.svg)\n"
}

fn growth(of: &str, grown: &[Grown]) -> String {
    let (Some((first, _)), Some(last)) = (grown.split_first(), grown.last()) else {
        return String::new();
    };
    let sizes = grown.iter().map(|grown| {
        let (size, entries) = (grown.size, grown.entries);
        format!("{size} {of} of {entries} entries")
    });
    let sizes: Vec<String> = sizes.collect();
    let mut text = format!(
        "## Growth with {of}\n\nThe same requests of one business with {}, on the embedded database in a file; \
         the functions in this process. Processor time is the process's, with the gateway; × is the largest \
         beside the smallest.\n\n",
        sizes.join(", then ")
    );
    let mut head = vec!["asked".to_owned()];
    for grown in grown {
        head.extend(
            ["trips, WRU, RRU", "CPU ms", "p50 ms"].map(|what| format!("{what}, {}", grown.size)),
        );
    }
    head.extend(["× units", "× CPU", "× p50"].map(str::to_owned));
    heading(&mut text, &head);
    for (place, (what, less)) in first.asked.iter().enumerate() {
        let mut cells = vec![format!("`{}`", plain(what))];
        for grown in grown {
            let Some((_, measured)) = grown.asked.get(place) else {
                continue;
            };
            let units = measured.units();
            let (wru, rru) = (figure(units.wru), figure(units.rru));
            cells.push(format!("{}, {wru}, {rru}", units.round_trips));
            let (cpu, p50) = (measured.cpu().median(), measured.times().median());
            cells.extend([cpu, p50].map(|number| format!("{number:.2}")));
        }
        if let Some((_, more)) = last.asked.get(place) {
            let median = |of: fn(&Measured) -> f64| ratio(of(more), of(less));
            let ratios = [
                more.units().over(&less.units()),
                median(|measured| measured.cpu().median()),
                median(|measured| measured.times().median()),
            ];
            cells.extend(ratios.map(|ratio| format!("{ratio:.2}")));
        }
        row(&mut text, &cells);
    }
    text + &format!("\n![Growth with {of}](benchmarks/growth-{of}.svg)\n")
}

/// A path without the ids in it.
pub(super) fn plain(path: &str) -> String {
    let part = |part: &str| match part.split_once('_') {
        Some((kind, id)) if id.len() == 26 && kind.len() == 3 => format!("{{{kind}}}"),
        _ => part.to_owned(),
    };
    let segment = |segment: &str| {
        let (path, query) = segment.split_once('?').unwrap_or((segment, ""));
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{query}")
        };
        part(path) + &query
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn heading(text: &mut String, cells: &[String]) {
    row(text, cells);
    *text += &format!("|{}\n", "---|".repeat(cells.len()));
}

fn row(text: &mut String, cells: &[String]) {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    line(text, &cells);
}
