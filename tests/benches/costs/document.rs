//! docs/benchmarks.md.

use std::fmt::Write as _;

use super::machine;
use super::results::Results;
use super::settings::Settings;
use super::tables;

/// The whole document.
pub(super) fn of(settings: &Settings, results: &Results, [before, after]: &[String; 2]) -> String {
    let mut text =
        "# Benchmarks\n\nWritten by `make bench`; every figure is from one run.\n\n".to_owned();
    text += "| on | |\n|---|---|\n";
    for (name, value) in machine::lines() {
        line(&mut text, &[name, &value]);
    }
    line(&mut text, &["load of the last minute at the start", before]);
    line(&mut text, &["the same at the end, with the bench", after]);
    line(&mut text, &["command", &command(settings)]);
    text += "\n## Goals\n\n| goal | at most | measured | |\n|---|---|---|---|\n";
    for goal in results.goals() {
        let verdict = match goal.reached() {
            true => "reached".to_owned(),
            false if goal.most == 0.0 || !goal.measured.is_finite() => "**missed**".to_owned(),
            false => format!(
                "**missed** by {:.0} %",
                100.0 * (goal.measured / goal.most - 1.0)
            ),
        };
        let (most, measured) = (figure(goal.most), format!("{:.2}", goal.measured));
        let unit = goal.unit;
        line(
            &mut text,
            &[
                &goal.what,
                &format!("{most}{unit}"),
                &format!("{measured}{unit}"),
                &verdict,
            ],
        );
    }
    for part in tables::of(results) {
        text.push('\n');
        text += &part;
    }
    text
}

/// A line of a table.
pub(super) fn line(text: &mut String, cells: &[&str]) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// A number without what says nothing: 2, 2.5.
pub(super) fn figure(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn command(settings: &Settings) -> String {
    let list = |sizes: &[u64]| {
        let sizes: Vec<String> = sizes.iter().map(u64::to_string).collect();
        sizes.join(",")
    };
    format!(
        "`make bench SIZES={} OPPORTUNITIES={} SAMPLES={}`",
        list(&settings.sizes),
        list(&settings.opportunities),
        settings.samples
    )
}
