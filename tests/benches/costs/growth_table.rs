//! What was asked of a business that grew, as a table.

use super::beside::ratios;
use super::document::figure;
use super::growth::{Grown, Reads};
use super::tables::{heading, row, spread, times};

/// The table of a business with more and more of something.
pub(super) fn growth(of: &str, grown: &[Grown]) -> String {
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
         the functions in this process. Processor time is the process's, with the gateway and the client of \
         the database, which are the same at each size and make its ratio smaller than the functions' alone; \
         times are medians, with quartiles; units are the most of all times; × is the largest beside the \
         smallest. Every size is asked the same in turn. Units are charged in steps, half a read unit for each \
         4 KB begun: what was just below the edge of one may use a step more once its numbers have more digits, \
         and a single step is no growth.{}\n\n",
        sizes.join(", then "),
        match of {
            "opportunities" =>
                " The smallest is 10,000 unless another is asked for: with 1,000 many lists have no full page \
                 yet, and what they read still grows with what is on it. With 10,000 that is so of two, marked ‡.",
            _ => "",
        }
    );
    let mut head = vec!["asked".to_owned()];
    for grown in grown {
        head.extend(
            ["lines", "trips, WRU, RRU", "CPU ms", "p50 ms"]
                .map(|what| format!("{what}, {}", grown.size)),
        );
    }
    head.extend(["× units", "× CPU", "× p50"].map(str::to_owned));
    heading(&mut text, &head);
    for (place, less) in first.asked.iter().enumerate() {
        let mut cells = vec![format!("`{}`", less.what)];
        for grown in grown {
            let Some(asked) = grown.asked.get(place) else {
                continue;
            };
            let units = asked.measured.units();
            let (wru, rru) = (figure(units.wru), figure(units.rru));
            cells.push(
                asked
                    .lines
                    .map_or_else(String::new, |lines| lines.to_string()),
            );
            cells.push(format!("{}, {wru}, {rru}", units.round_trips));
            cells.push(spread(&asked.measured.cpu()));
            cells.push(spread(&asked.measured.times()));
        }
        if let Some(more) = last.asked.get(place) {
            cells.extend(ratios(more, less).map(times));
            cells[0] += match more.reads {
                Reads::All => " *",
                Reads::Rows => " †",
                Reads::Alike if !more.is_beside(less) => " ‡",
                Reads::Alike => "",
            };
        }
        row(&mut text, &cells);
    }
    if first.asked.iter().any(|asked| asked.reads == Reads::All) {
        text += "\n\\* A quota lists every opportunity that counts for it, and reads a unit for about 40 of them: \
                 it grows with them by its nature, whatever the rest of the business does, and is not among \
                 the goals of growth.\n";
    }
    if first.asked.iter().any(|asked| asked.reads == Reads::Rows) {
        text += "\n† A report of the pipeline reads a row of each representative, or stage, in each period in \
                 which they did anything: of few opportunities many days have none. It reads more until no row \
                 is missing; its goal is the limit of what it reads then.\n";
    }
    let pairs = || last.asked.iter().zip(&first.asked);
    if pairs().any(|(more, less)| more.lines != less.lines && more.reads == Reads::Alike) {
        text += "\n‡ The page is not full where there is least: it is not compared.\n";
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
