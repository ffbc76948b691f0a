//! What happened on some days, counted change by change.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::day_of;
use domain::pipeline::{OpportunityChange, Outcome, Position, Status, default_scheme};
use domain::reports::{Due, Month};
use domain::reports::{
    Rows, Wins, effort, forecast, funnel, loss_reasons, representatives, win_quality, wins,
};

use super::history::{History, ZONE};
use super::rows;

type Counts<K> = BTreeMap<K, i128>;

pub(super) fn are_told(history: &History, all: &Rows, days: (NaiveDate, NaiveDate)) {
    let told = rows(all, Some(days.0), days.1);
    what_was_decided_is_told(history, &told, days);
    what_representatives_did_is_told(history, &told, days);
    the_funnel_is_told(history, &told, days);
    what_was_won_in_a_month_is_told(history, all);
    let month = Month::of(days.1);
    let so_far = rows(all, Some(month.first_day()), days.1);
    let won = |rows: &Rows| {
        wins(rows)
            .iter()
            .skip(1)
            .map(|line| line.won.count)
            .sum::<i128>()
    };
    let lines = forecast(&Rows::default(), (month, &so_far));
    let lines = lines.iter().filter(|line| line.due == Due::In(month));
    let forecast: i128 = lines.map(|line| line.won.count).sum();
    assert_eq!(forecast, won(&so_far));
}

fn within(
    history: &History,
    (from, to): (NaiveDate, NaiveDate),
) -> impl Iterator<Item = &OpportunityChange> {
    let changes = history.changes();
    changes.filter_map(move |(day, change)| (from <= day && day <= to).then_some(change))
}

fn outcome(position: &Position) -> Option<Outcome> {
    match position.status {
        Status::Open | Status::Suspended => None,
        Status::Won => Some(Outcome::Won),
        Status::Lost => Some(Outcome::Lost),
        Status::Abandoned => Some(Outcome::Abandoned),
    }
}

fn value(position: &Position) -> i128 {
    position.value.amount_minor().into()
}

fn settled<K: Ord>(mut counts: Counts<K>) -> Counts<K> {
    counts.retain(|_, count| *count != 0);
    counts
}

/// What is decided at the end of the last day, less what was before the first.
fn what_was_decided_is_told(history: &History, told: &Rows, days: (NaiveDate, NaiveDate)) {
    let (mut counts, mut reasons, mut efforts) = (Counts::new(), Counts::new(), Counts::new());
    let day_before = days.0.pred_opt().unwrap();
    for (day, sign) in [(days.1, 1), (day_before, -1)] {
        for position in history.standing(day) {
            let Some(outcome) = outcome(position) else {
                continue;
            };
            let currency = position.value.currency();
            let took = day_of(position.opened_at, ZONE);
            let took = (position.closed_on.unwrap() - took).num_days();
            let mut add = |what, by: i128| {
                *counts.entry((currency, outcome as u8, what)).or_default() += sign * by;
            };
            add("count", 1);
            add("value", value(position));
            if outcome == Outcome::Won {
                add("days", took.into());
            }
            if let Some(reason) = &position.reason {
                let key = (outcome as u8, reason.clone(), currency);
                *reasons.entry(key).or_default() += sign * value(position);
            }
        }
    }
    // What is done after the decision counts on its day.
    for (day, change) in history.changes() {
        let (before, after) = (change.before.as_ref(), &change.after);
        let goes_on = before.is_some_and(|before| before.status == after.status);
        let day = after.closed_on.filter(|_| goes_on).unwrap_or(day);
        let stands = [(Some(after), 1), (before, -1)];
        for (position, sign) in stands {
            let decided = position.and_then(|position| Some((outcome(position)?, position)));
            if let Some((outcome, position)) = decided
                && (days.0..=days.1).contains(&day)
            {
                let calls = i128::from(position.effort.calls);
                *efforts.entry(outcome as u8).or_default() += sign * calls;
            }
        }
    }
    let lines = wins(told);
    let of_all = lines.iter().find(|line| line.currency.is_none());
    // Two currencies are never added.
    let amounts = of_all.map_or(0, |line| {
        line.won.value + line.lost.value + line.abandoned.value
    });
    assert_eq!(amounts, 0);
    let won = |lines: &[Wins]| lines.iter().map(|line| line.won.count).sum::<i128>();
    assert_eq!(of_all.map_or(0, |line| line.won.count) * 2, won(&lines));
    let mut found = Counts::new();
    for line in wins(told).iter().filter(|line| line.currency.is_some()) {
        let currency = line.currency.unwrap();
        for (outcome, tally) in [
            (Outcome::Won, line.won),
            (Outcome::Lost, line.lost),
            (Outcome::Abandoned, line.abandoned),
        ] {
            found.insert((currency, outcome as u8, "count"), tally.count);
            found.insert((currency, outcome as u8, "value"), tally.value);
        }
        found.insert((currency, Outcome::Won as u8, "days"), line.won_days);
    }
    assert_eq!(settled(found), settled(counts), "decided in {days:?}");
    let found = loss_reasons(told).into_iter();
    let found = found.map(|l| ((l.outcome as u8, l.reason, l.currency), l.tally.value));
    assert_eq!(
        settled(found.collect()),
        settled(reasons),
        "reasons in {days:?}"
    );
    let found = effort(told).into_iter().map(|l| (l.outcome as u8, l.calls));
    assert_eq!(
        settled(found.collect()),
        settled(efforts),
        "calls in {days:?}"
    );
}

/// Who decides something has it; who answers for it when it is reopened loses it.
fn what_representatives_did_is_told(history: &History, told: &Rows, days: (NaiveDate, NaiveDate)) {
    let mut counts = Counts::new();
    for change in within(history, days) {
        let after = &change.after;
        let mut add = |p: &Position, what, by: i128| {
            let key = (p.representative.clone(), p.value.currency(), what);
            *counts.entry(key).or_default() += by;
        };
        let Some(before) = &change.before else {
            add(after, "opened", 1);
            continue;
        };
        let done = |p: &Position| i128::from(p.effort.calls + p.effort.notes);
        add(after, "activities", done(after) - done(before));
        if before.status != after.status {
            for (position, sign) in [(before, -1), (after, 1)] {
                match outcome(position) {
                    Some(Outcome::Won) => add(position, "won", sign),
                    Some(Outcome::Lost) => add(position, "lost", sign),
                    Some(Outcome::Abandoned) => add(position, "abandoned", sign),
                    None => {}
                }
            }
        }
    }
    let found = representatives(told, &Rows::default()).into_iter();
    let found = found.flat_map(|line| {
        let figures = [
            ("opened", line.opened.count),
            ("won", line.won.count),
            ("lost", line.lost.count),
            ("abandoned", line.abandoned.count),
            ("activities", line.activities),
        ];
        figures.map(|(what, count)| ((line.representative.clone(), line.currency, what), count))
    });
    assert_eq!(
        settled(found.collect()),
        settled(counts),
        "worked in {days:?}"
    );
}

/// Stage by stage, as the numbers of the default scheme are its order: up to five before the win.
fn the_funnel_is_told(history: &History, told: &Rows, days: (NaiveDate, NaiveDate)) {
    let mut counts = Counts::<(u16, &str)>::new();
    for change in within(history, days) {
        let after = &change.after;
        let mut add = |stage, what, by: i128| *counts.entry((stage, what)).or_default() += by;
        let Some(before) = &change.before else {
            add(after.stage, "entered", 1);
            (1..after.stage).for_each(|passed| add(passed, "skipped", 1));
            continue;
        };
        let at = history
            .entries
            .iter()
            .find(|entry| entry.fact.opportunity() == Some(change));
        let stayed = (at.unwrap().at - before.stage_since).num_seconds();
        let (from, to) = (before.stage, after.stage);
        match (outcome(before), outcome(after)) {
            (Some(_), None) => {
                add(to, "entered", 1);
                add(to, "reopened", 1);
            }
            (None, Some(outcome)) => {
                let name = ["won", "lost", "abandoned"][outcome as usize];
                add(from, name, 1);
                add(from, "seconds", stayed.into());
            }
            (None, None) | (Some(_), Some(_)) if from == to => {}
            (None, None) | (Some(_), Some(_)) => {
                add(to, "entered", 1);
                let left = outcome(before).is_none() || from > 5;
                if left {
                    add(from, if from < to { "moved on" } else { "moved back" }, 1);
                    add(from, "seconds", stayed.into());
                }
                // Only stages on the same side of the win are skipped.
                let first = if to > 5 { from.max(5) + 1 } else { from + 1 };
                (first..to).for_each(|passed| add(passed, "skipped", 1));
            }
        }
    }
    let schemes = [default_scheme().unwrap()];
    let found = funnel(told, &schemes).into_iter().flat_map(|line| {
        [
            ((line.stage, "entered"), line.entered),
            ((line.stage, "reopened"), line.reopened),
            ((line.stage, "skipped"), line.skipped),
            ((line.stage, "moved on"), line.moved_on),
            ((line.stage, "moved back"), line.moved_back),
            ((line.stage, "won"), line.won),
            ((line.stage, "lost"), line.lost),
            ((line.stage, "abandoned"), line.abandoned),
            ((line.stage, "seconds"), line.seconds),
        ]
    });
    assert_eq!(
        settled(found.collect()),
        settled(counts),
        "funnel of {days:?}"
    );
}

/// What is won by now, by the month of the win.
fn what_was_won_in_a_month_is_told(history: &History, all: &Rows) {
    let mut counts = Counts::new();
    for position in history.standing(NaiveDate::MAX) {
        if outcome(position) == Some(Outcome::Won) {
            let key = (
                Month::of(position.closed_on.unwrap()),
                position.value.currency(),
            );
            *counts.entry(key).or_default() += value(position);
        }
    }
    let lines = win_quality(all).into_iter();
    let lines = lines.map(|line| ((line.month, line.currency), line.won.value));
    assert_eq!(settled(lines.collect()), settled(counts));
}
