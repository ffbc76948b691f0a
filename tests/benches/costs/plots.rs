//! The measurements as pictures.

use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::Failed;
use super::beside::worst;
use super::contention::middle;
use super::growth::Grown;
use super::results::{GROWTH, Results};
use super::starts::{BARE, BARE_OPEN, Start};
use super::tables::name;
use super::warm::WarmOn;

const WIDTH: u32 = 860;
/// Of the names beside the bars.
const NAMES: i32 = 260;
/// Of the numbers behind them.
const NUMBERS: i32 = 70;
const TOP: i32 = 64;
const BAR: i32 = 14;
const GAP: i32 = 8;
/// Beyond it a ratio is drawn no further: of none, it is without end.
const OFF_THE_PAPER: f64 = 10.0;
const FONT: &str = "sans-serif";
const COLOURS: [RGBColor; 4] = [
    RGBColor(0x2b, 0x5c, 0x8a),
    RGBColor(0x9c, 0xc0, 0xe0),
    RGBColor(0xb0, 0x4a, 0x2f),
    RGBColor(0xea, 0xb8, 0xa4),
];

/// Bars in groups of a name, and lines that they should not reach beyond, each in its colour.
struct Bars<'a> {
    title: &'a str,
    series: Vec<String>,
    groups: Vec<(String, Vec<f64>)>,
    most: Vec<(f64, RGBColor)>,
}

/// Draws every picture of which there is something into a folder, which is made if it is not there.
pub(super) fn draw(folder: &Path, results: &Results) -> Result<(), Failed> {
    std::fs::create_dir_all(folder)?;
    let to = |name: &str| folder.join(format!("{name}.svg"));
    if !results.warm.is_empty() {
        of_processors(&results.warm).draw(&to("processor-time"))?;
        of_latencies(&results.warm).draw(&to("latency"))?;
    }
    if !results.starts.is_empty() {
        let init = of_starts("Init, ms (median)", &results.starts, |start| {
            start.init.median()
        });
        init.draw(&to("init"))?;
        let memory = |start: &Start| start.memory.median();
        of_starts("Memory, MiB (most, median)", &results.starts, memory).draw(&to("memory"))?;
    }
    if !results.contention.is_empty() {
        let groups = results.contention.iter().map(|on| {
            let times = vec![middle(&on.in_sequence), middle(&on.at_once)];
            (on.database.to_owned(), times)
        });
        Bars {
            title: "200 redemptions of one package, ms (median)",
            series: vec!["in sequence".to_owned(), "at once".to_owned()],
            groups: groups.collect(),
            most: Vec::new(),
        }
        .draw(&to("contention"))?;
    }
    for (of, grown) in [
        ("packages", &results.packages),
        ("opportunities", &results.opportunities),
    ] {
        if grown.len() > 1 {
            lines(&to(&format!("growth-{of}")), of, grown)?;
        }
    }
    Ok(())
}

fn of_processors(warm: &[WarmOn]) -> Bars<'static> {
    let first = warm.iter().take(1).flat_map(|on| &on.lines);
    let puts = warm
        .iter()
        .map(|on| on.lines.iter().find(|line| line.operation.is_none()));
    let most = puts.zip(COLOURS).filter_map(|(bare, colour)| {
        let three_times = 3.0 * bare?.cpu.median();
        Some((three_times, colour))
    });
    let most = most.collect();
    let groups = first.map(|line| {
        let others = warm.iter().flat_map(|on| &on.lines);
        let same = others.filter(|other| other.operation == line.operation);
        (
            name(line).to_owned(),
            same.map(|line| line.cpu.median()).collect(),
        )
    });
    Bars {
        title: "Processor time of a warm invocation, ms (median); the lines: three times one put, on each",
        series: warm.iter().map(|on| on.database.to_owned()).collect(),
        groups: groups.collect(),
        most,
    }
}

fn of_latencies(warm: &[WarmOn]) -> Bars<'static> {
    let first = warm.iter().take(1).flat_map(|on| &on.lines);
    let groups = first.map(|line| {
        let others = warm.iter().flat_map(|on| &on.lines);
        let same = others.filter(|other| other.operation == line.operation);
        let times = same.flat_map(|line| [line.times.median(), line.times.p99()]);
        (name(line).to_owned(), times.collect())
    });
    let series = warm
        .iter()
        .flat_map(|on| ["p50", "p99"].map(|p| format!("{p}, {}", on.database)));
    Bars {
        title: "Time of a warm invocation, ms",
        series: series.collect(),
        groups: groups.collect(),
        most: Vec::new(),
    }
}

fn of_starts<'a>(title: &'a str, starts: &[Start], of: fn(&Start) -> f64) -> Bars<'a> {
    let named = |name: &str| starts.iter().find(|start| start.name == name);
    let bares = [(named(BARE), COLOURS[2]), (named(BARE_OPEN), COLOURS[3])];
    let most = bares
        .into_iter()
        .filter_map(|(bare, colour)| Some((1.3 * of(bare?), colour)));
    let groups = starts
        .iter()
        .map(|start| (start.name.clone(), vec![of(start)]));
    Bars {
        title,
        series: vec![
            "the lines: 1.3 times the bare function (dark), and the one that connects (light)"
                .to_owned(),
        ],
        groups: groups.collect(),
        most: most.collect(),
    }
}

impl Bars<'_> {
    fn draw(&self, path: &Path) -> Result<(), Failed> {
        let of_group = self.series.len() as i32 * BAR + GAP;
        let height = TOP + self.groups.len() as i32 * of_group + GAP;
        let area = SVGBackend::new(path, (WIDTH, height.unsigned_abs())).into_drawing_area();
        area.fill(&WHITE)?;
        text(&area, self.title, (12, 16), 17, HPos::Left)?;
        for (place, series) in self.series.iter().enumerate() {
            let x = 12 + place as i32 * 200;
            if self.series.len() > 1 {
                let key = Rectangle::new([(x, 38), (x + 12, 50)], COLOURS[place % 4].filled());
                area.draw(&key)?;
            }
            text(&area, series, (x + 18, 44), 13, HPos::Left)?;
        }
        let values = self.groups.iter().flat_map(|(_, values)| values);
        let longest = values
            .copied()
            .chain(self.most.iter().map(|(most, _)| *most))
            .fold(f64::MIN_POSITIVE, f64::max);
        let width = f64::from(WIDTH as i32 - NAMES - NUMBERS) / longest;
        let x = |value: f64| NAMES + (value * width) as i32;
        for (most, colour) in &self.most {
            let ends = vec![(x(*most), TOP - 4), (x(*most), height - GAP)];
            area.draw(&PathElement::new(ends, colour.stroke_width(2)))?;
        }
        for (place, (name, values)) in self.groups.iter().enumerate() {
            let top = TOP + place as i32 * of_group;
            let middle = top + values.len() as i32 * BAR / 2;
            text(&area, name, (NAMES - 8, middle), 13, HPos::Right)?;
            for (series, value) in values.iter().enumerate() {
                let y = top + series as i32 * BAR;
                let bar = [(NAMES, y + 1), (x(*value), y + BAR - 1)];
                area.draw(&Rectangle::new(bar, COLOURS[series % 4].filled()))?;
                let number = format!("{value:.2}");
                text(&area, &number, (x(*value) + 5, y + BAR / 2), 12, HPos::Left)?;
            }
        }
        Ok(area.present()?)
    }
}

fn text(
    area: &DrawingArea<SVGBackend<'_>, Shift>,
    text: &str,
    at: (i32, i32),
    size: i32,
    side: HPos,
) -> Result<(), Failed> {
    let style = TextStyle::from((FONT, size).into_font());
    let style = style.color(&BLACK).pos(Pos::new(side, VPos::Center));
    Ok(area.draw_text(text, &style, at)?)
}

/// The worst ratio to the smallest size, over the size, and the line that it should not reach beyond.
fn lines(path: &Path, of: &str, grown: &[Grown]) -> Result<(), Failed> {
    let beside_first = |at: &Grown| {
        let worst = worst(&[grown[0].clone(), at.clone()]);
        worst.map(|worst| worst.ratio.min(OFF_THE_PAPER))
    };
    let points = grown
        .iter()
        .skip(1)
        .map(|at| (at.size as f64, beside_first(at)));
    let points: Vec<(f64, [f64; 3])> = points.collect();
    let sizes = (grown[0].size as f64, grown[grown.len() - 1].size as f64);
    let lowest = points
        .iter()
        .flat_map(|(_, ratios)| *ratios)
        .fold(1.0, f64::min);
    let highest = points
        .iter()
        .flat_map(|(_, ratios)| *ratios)
        .fold(1.2, f64::max);
    let area = SVGBackend::new(path, (WIDTH, 360)).into_drawing_area();
    area.fill(&WHITE)?;
    let title = format!("The worst request beside the smallest size, over {of}");
    let mut chart = ChartBuilder::on(&area)
        .caption(title, (FONT, 17))
        .margin(16)
        .x_label_area_size(34)
        .y_label_area_size(44)
        .build_cartesian_2d((sizes.0..sizes.1).log_scale(), lowest * 0.9..highest * 1.05)?;
    chart
        .configure_mesh()
        .x_desc(of)
        .y_desc("times as much")
        .x_label_formatter(&|size| format!("{size:.0}"))
        .draw()?;
    let names = ["round trips, WRU, RRU", "processor time", "median time"];
    for (place, name) in names.into_iter().enumerate() {
        let first = std::iter::once((sizes.0, 1.0));
        let points = first.chain(points.iter().map(|(size, ratios)| (*size, ratios[place])));
        let colour = [COLOURS[2], COLOURS[0], COLOURS[1]][place];
        let series = chart.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
        series
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
    }
    let goal = [(sizes.0, GROWTH), (sizes.1, GROWTH)];
    chart.draw_series(LineSeries::new(goal, BLACK.stroke_width(1)))?;
    let mut labels = chart.configure_series_labels();
    let labels = labels.position(SeriesLabelPosition::UpperLeft);
    labels.background_style(WHITE).border_style(BLACK).draw()?;
    Ok(area.present()?)
}
