//! Everything that was measured, and whether the goals are reached.

use super::beside::{rounded, worst};
use super::contention::Contention;
use super::first_request::FirstRequest;
use super::growth::Grown;
use super::measured::ratio;
use super::operations::Operation;
use super::starts::{BARE, BARE_OPEN, Start};
use super::tables::name;
use super::warm::{Warm, WarmOn};

/// Everything that was measured; what was left out is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Results {
    pub(super) warm: Vec<WarmOn>,
    pub(super) starts: Vec<Start>,
    pub(super) first_request: Option<FirstRequest>,
    pub(super) contention: Vec<Contention>,
    pub(super) packages: Vec<Grown>,
    pub(super) opportunities: Vec<Grown>,
}

/// How many times as much anything may take at a larger size as at the smallest.
pub(super) const GROWTH: f64 = 1.1;

/// One figure of a start.
type Figure = fn(&Start) -> f64;

/// Something that must not be exceeded.
#[derive(Debug, Clone)]
pub(super) struct Goal {
    pub(super) what: String,
    pub(super) measured: f64,
    pub(super) most: f64,
    pub(super) unit: &'static str,
}

impl Goal {
    pub(super) fn reached(&self) -> bool {
        self.measured <= self.most
    }
}

impl Results {
    /// Every goal for which there is a measurement.
    pub(super) fn goals(&self) -> Vec<Goal> {
        let mut goals = self.of_starts();
        for on in &self.warm {
            goals.extend(of_warm(on));
        }
        goals.extend(self.first_request.iter().map(|first| Goal {
            what:
                "building the client and its first request through TLS, processor time".to_owned(),
            measured: first.both.median(),
            most: 6.0,
            unit: " ms",
        }));
        for contention in &self.contention {
            let on = contention.database;
            goals.push(times(
                format!("200 at once ÷ in sequence, {on}"),
                contention.ratio(),
                3.0,
            ));
            goals.push(Goal {
                what: format!("of those, given up after ten seconds at first, {on}"),
                measured: contention.given_up() as f64,
                most: 0.0,
                unit: "",
            });
        }
        for (of, grown) in [
            ("packages", &self.packages),
            ("opportunities", &self.opportunities),
        ] {
            goals.extend(of_pages(of, grown));
            if grown.len() < 2 {
                continue;
            }
            let but_for = rounded(grown).join(", ");
            let units = match but_for.is_empty() {
                true => "round trips, WRU, RRU".to_owned(),
                false => format!("round trips, WRU, RRU, but for one step of units of {but_for}"),
            };
            let kinds = [units.as_str(), "processor time", "median time, embedded"];
            for (kind, worst) in kinds.into_iter().zip(worst(grown)) {
                let what = format!("growth with {of}, {kind}; worst: {}", worst.what);
                goals.push(times(what, worst.ratio, GROWTH));
            }
        }
        goals
    }

    /// The worst function beside the bare one, and beside the one that connects while it starts as ours do.
    fn of_starts(&self) -> Vec<Goal> {
        let named = |name: &str| self.starts.iter().find(|start| start.name == name);
        let ours = || {
            self.starts
                .iter()
                .filter(|start| !start.name.starts_with("bare"))
        };
        let kinds: [(&str, Figure); 2] = [
            ("init", |start| start.init.median()),
            ("memory", |start| start.memory.median()),
        ];
        let bares = [
            (BARE, "the bare function's"),
            (
                BARE_OPEN,
                "that of the bare function that connects while it starts, as ours do",
            ),
        ];
        let mut goals = Vec::new();
        for (kind, of) in kinds {
            let most = ours().max_by(|a, b| of(a).total_cmp(&of(b)));
            for (bare, words) in bares {
                let Some((most, bare)) = most.zip(named(bare)) else {
                    continue;
                };
                let what = format!("{kind} ÷ {words}; worst: {}", most.name);
                goals.push(times(what, ratio(of(most), of(bare)), 1.3));
            }
        }
        goals
    }
}

fn times(what: String, measured: f64, most: f64) -> Goal {
    Goal {
        what,
        measured,
        most,
        unit: "×",
    }
}

/// Pages that have a limit within it, at every size.
fn of_pages(of: &str, grown: &[Grown]) -> Option<Goal> {
    let pages = || grown.iter().flat_map(|grown| &grown.asked);
    let limited = pages().filter(|asked| asked.most_rru.is_some()).count();
    let over = pages().filter(|asked| {
        let most = asked.most_rru.unwrap_or(f64::INFINITY);
        asked.measured.units().rru > most
    });
    let names: Vec<&str> = over.map(|asked| asked.what.as_str()).collect();
    let listed = names.iter().map(|name| format!(", {name}"));
    (limited > 0).then(|| Goal {
        what: format!(
            "pages over their limit of read units, of {limited} of {of}{}",
            listed.collect::<String>()
        ),
        measured: names.len() as f64,
        most: 0.0,
        unit: "",
    })
}

/// Redeeming beside one put; and what has a budget within it.
fn of_warm(on: &WarmOn) -> Vec<Goal> {
    let mut goals = Vec::new();
    let line = |operation| on.lines.iter().find(|line| line.operation == operation);
    let cpu = |line: &Warm| line.cpu.median();
    if let Some(bare) = line(None) {
        for operation in [Operation::BookNamed, Operation::BookChosen] {
            if let Some(redeem) = line(Some(operation)) {
                let what = format!(
                    "{}, processor time ÷ one put's, {}",
                    operation.name(),
                    on.database
                );
                goals.push(times(what, ratio(cpu(redeem), cpu(bare)), 3.0));
            }
        }
    }
    let over = on.lines.iter().filter(|line| {
        let budget = line.operation.and_then(Operation::budget);
        let (units, budget) = (line.units.unwrap_or_default(), budget);
        budget.is_some_and(|budget| !units.within(budget))
    });
    let names: Vec<&str> = over.map(name).collect();
    let have_one = on.lines.iter();
    let have_one = have_one.filter(|line| line.operation.and_then(Operation::budget).is_some());
    goals.push(Goal {
        what: format!(
            "operations over their budget of units, of {} that have one, {}{}{}",
            have_one.count(),
            on.database,
            if names.is_empty() { "" } else { ": " },
            names.join(", ")
        ),
        measured: names.len() as f64,
        most: 0.0,
        unit: "",
    });
    goals
}
