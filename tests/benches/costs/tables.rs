//! The measurements as tables, each with its plot.

use super::contention::{CROWD, Contention, Crowd, middle};
use super::document::{figure, line};
use super::first_request::FirstRequest;
use super::growth_table::growth;
use super::measured::ratio;
use super::results::Results;
use super::starts_table::starts;
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
    let mut text = "## A warm invocation\n\nRelease binaries of this machine, given events by the runtime API as \
                    Lambda gives them, through TLS to a database in another process. Processor time is that of \
                    the function's process, from the event until it waits for the next one. Units are those that \
                    the same request uses in the bench's own process, over plain HTTP, as the database reports \
                    them: the most of three times. WRU are all told of the request itself (table, twice for the \
                    transaction, indexes); what the followers of the stream write for its entry is in their own \
                    rows, and publishing asks the bus alone. What a transaction costs that the database cancels is nowhere in them.\n\n\
                    The embedded database is a new one for every 50 rounds, because at every transaction it goes \
                    through the tokens of the last ten minutes. DynamoDB Local is the same one for the whole run, \
                    where a new table does not help: its figures depend a little on what it has done before.\n\n"
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
        let mut cells = vec![name(of_first).to_owned()];
        cells.extend(match units {
            Some(units) => [
                units.round_trips.to_string(),
                figure(units.wru),
                figure(units.rru),
            ],
            None => ["–"; 3].map(str::to_owned),
        });
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
    let said = |(line, other): (&Warm, &Warm)| {
        let (units, others) = line.units.zip(other.units)?;
        let (wru, rru) = (figure(others.wru), figure(others.rru));
        let said = format!("{} ({}, {wru}, {rru})", name(line), others.round_trips);
        (!units.is(&others)).then_some(said)
    };
    lines.filter_map(said).collect()
}

/// What an operation is called.
pub(super) fn name(line: &Warm) -> &'static str {
    match line.operation {
        Some(operation) => operation.name(),
        None => "one put, by the bare function",
    }
}

fn first_request(first: &FirstRequest) -> String {
    let mut text = format!(
        "## The first request through TLS\n\nProcessor time of the functions' own client in a process of its own: of \
         building it, which reads {} certificates, of its first GetItem, which opens the connection, and of \
         its second.\n\n",
        first.certificates
    );
    heading(&mut text, &["", "median ms", "most ms"].map(str::to_owned));
    for (what, times) in [
        ("building the client", &first.client),
        ("first request", &first.first),
        ("both together", &first.both),
        ("second request", &first.second),
    ] {
        let cells = [times.median(), times.most()].map(|number| format!("{number:.2}"));
        let [median, most] = cells;
        row(&mut text, &[what.to_owned(), median, most]);
    }
    text
}

fn contention(all: &[Contention]) -> String {
    let mut text = format!(
        "## Contention\n\n{CROWD} redemptions of one package of {CROWD} visits, all at once beside one after the \
         other, {} times; the functions in one process, which share its processors. Each redemption is given up \
         after ten seconds, as on Lambda, and sent again by its client. Times are medians of the rounds; the \
         slowest is that of all redemptions of all rounds.\n\n",
        all.first().map_or(0, |on| on.at_once.len())
    );
    let head = [
        "database",
        "in sequence ms",
        "at once ms",
        "×",
        "median ms",
        "slowest of all ms",
        "requests each",
        "given up at first",
    ];
    heading(&mut text, &head.map(str::to_owned));
    for contention in all {
        let crowds = &contention.at_once;
        let slowest = crowds.iter().map(|crowd| crowd.times.most());
        let median = crowds.iter().map(|crowd| crowd.times.median());
        let (slowest, median): (Sorted, Sorted) = (slowest.collect(), median.collect());
        let requests = |crowd: &Crowd| crowd.requests as f64 / CROWD as f64;
        let requests: Sorted = crowds.iter().map(requests).collect();
        let cells = [
            contention.database.to_owned(),
            format!("{:.0}", middle(&contention.in_sequence)),
            format!("{:.0}", middle(crowds)),
            format!("{:.2}", contention.ratio()),
            format!("{:.0}", median.median()),
            format!("{:.0}", slowest.most()),
            format!("{:.1}", requests.median()),
            contention.given_up().to_string(),
        ];
        row(&mut text, &cells);
    }
    text + "\n![Contention](benchmarks/contention.svg)\n"
}

/// A median, and the quartiles beside it.
pub(super) fn spread(sorted: &Sorted) -> String {
    let [low, median, high] = [0.25, 0.5, 0.75].map(|share| sorted.quantile(share));
    format!("{median:.2} ({low:.2}–{high:.2})")
}

/// How many times as much; more than nothing is no number of times.
pub(super) fn times(ratio: f64) -> String {
    match ratio.is_finite() {
        true => format!("{ratio:.2}"),
        false => "of none".to_owned(),
    }
}

/// The first line of a table.
pub(super) fn heading(text: &mut String, cells: &[String]) {
    row(text, cells);
    *text += &format!("|{}\n", "---|".repeat(cells.len()));
}

/// Another line of it.
pub(super) fn row(text: &mut String, cells: &[String]) {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    line(text, &cells);
}
