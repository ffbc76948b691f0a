//! What the lines of a commit add up to, number by number.

use std::collections::BTreeMap;

use domain::journal::Line;
use domain::packages::Account;

/// A number of a pool that lines change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Number {
    /// One of its own.
    Own(&'static str),
    /// The draws of a day.
    Day(String),
}

impl Number {
    pub(super) fn path(&self, pool: usize) -> String {
        match self {
            Number::Own(attribute) => format!("#p[{pool}].#{attribute}"),
            Number::Day(day) => format!("#p[{pool}].#y.{}", short(day)),
        }
    }

    pub(super) fn names(&self) -> Vec<(String, String)> {
        match self {
            Number::Own(attribute) => vec![(format!("#{attribute}"), (*attribute).to_owned())],
            Number::Day(day) => vec![
                ("#y".to_owned(), "days".to_owned()),
                (short(day), day.clone()),
            ],
        }
    }
}

/// The name of a day in an expression.
fn short(day: &str) -> String {
    format!("#d{}", day.replace('-', ""))
}

/// What a number of a pool needs and gets over all lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// The change at the end.
    pub(super) net: i128,
    /// What must be there at the beginning for no line to overdraw it.
    pub(super) needed: i128,
}

impl Flow {
    fn takes(&mut self, amount: u64) {
        self.net -= i128::from(amount);
        self.needed = self.needed.max(-self.net);
    }

    fn gets(&mut self, amount: u64) {
        self.net += i128::from(amount);
    }
}

/// The changes of numbers, by pool.
pub(super) type Flows = BTreeMap<(usize, Number), Flow>;

/// The same arithmetic as a pool's own, number by number.
pub(super) fn flows(lines: &[&Line]) -> Flows {
    let mut flows = Flows::new();
    for line in lines {
        for (number, amount, gets) in numbers(line) {
            let flow = flows.entry((line.pool, number)).or_default();
            match gets {
                true => flow.gets(amount),
                false => flow.takes(amount),
            }
        }
    }
    flows
}

/// The numbers a line changes: which, by how much, and whether it gets or gives.
fn numbers(line: &Line) -> Vec<(Number, u64, bool)> {
    let own = |name, amount, gets| (Number::Own(name), amount, gets);
    let (units, value) = (line.units, line.value_minor());
    let mut numbers = match line.from {
        Some(from) => vec![own(from.name(), units, false)],
        None => vec![own("granted", units, true), own("price_minor", value, true)],
    };
    match line.to {
        Some(to) => numbers.push(own(to.name(), units, true)),
        None => {
            numbers.push(own("granted", units, false));
            numbers.push(own("price_minor", value, false));
        }
    }
    if line.owed_before() != line.owed_after() {
        numbers.push(own("worth_minor", value, line.owed_after()));
    }
    if line.to == Some(Account::Expired) {
        numbers.push(own("expired_minor", value, true));
    } else if line.from == Some(Account::Expired) {
        numbers.push(own("expired_minor", value, false));
    }
    if line.to == Some(Account::Transferred) {
        numbers.push(own("transferred_minor", value, true));
    }
    if line.to == Some(Account::Captured) {
        numbers.push(own("used_at_list_minor", line.list_minor, true));
    } else if line.from == Some(Account::Captured) {
        numbers.push(own("used_at_list_minor", line.list_minor, false));
    }
    if let Some(day) = line.day {
        numbers.push((Number::Day(day.to_string()), units, line.from.is_none()));
    }
    numbers
}
