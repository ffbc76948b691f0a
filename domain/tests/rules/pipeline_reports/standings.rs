//! What is open at the end of a day, counted one by one.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::Currency;
use domain::pipeline::{ForecastCategory, Position, Status};
use domain::reports::{Due, Month, Rows, Tally, forecast, outlook, representatives, stages};

use super::history::History;
use super::rows;

type Tallies<K> = BTreeMap<K, (i128, i128)>;

fn count<'p, K: Ord>(
    positions: impl Iterator<Item = &'p Position>,
    keys: impl Fn(&Position) -> Vec<K>,
) -> Tallies<K> {
    let mut tallies = Tallies::new();
    for position in positions {
        for key in keys(position) {
            let (count, value) = tallies.entry(key).or_default();
            *count += 1;
            *value += i128::from(position.value.amount_minor());
        }
    }
    tallies
}

fn told<K: Ord>(lines: impl IntoIterator<Item = (K, Tally)>) -> Tallies<K> {
    let lines = lines.into_iter();
    let lines = lines.map(|(key, tally)| (key, (tally.count, tally.value)));
    lines.filter(|(_, tally)| *tally != (0, 0)).collect()
}

pub(super) fn are_told(history: &History, all: &Rows, day: NaiveDate) {
    let until = rows(all, None, day);
    let standing = history.standing(day);
    let of = |status| {
        let standing = standing.iter().copied();
        standing.filter(move |position| position.status == status)
    };
    let open = || of(Status::Open);
    let place = |p: &Position| vec![(p.scheme, p.stage, p.value.currency())];
    let lines = stages(&until);
    let told_open = lines
        .iter()
        .map(|l| ((l.scheme, l.stage, l.currency), l.open));
    assert_eq!(told(told_open), count(open(), place), "open on {day}");
    let resting = lines
        .iter()
        .map(|l| ((l.scheme, l.stage, l.currency), l.suspended));
    assert_eq!(
        told(resting),
        count(of(Status::Suspended), place),
        "on {day}"
    );
    for line in &lines {
        let mine = |p: &&Position| (p.stage, p.value.currency()) == (line.stage, line.currency);
        let hundredths: u64 = open().filter(mine).map(Position::weighted_hundredths).sum();
        assert_eq!(
            line.weighted,
            i128::from((hundredths + 50) / 100),
            "on {day}"
        );
    }

    let attention = |p: &Position| {
        let (close, currency) = (p.expected_close_on, p.value.currency());
        let within = |days| day <= close && close <= day + Days::new(days);
        let kinds = [
            ("overdue", close < day),
            ("within 7 days", within(7)),
            ("within 30 days", within(30)),
            ("rotting", p.rots_on.is_some_and(|rots| rots <= day)),
        ];
        let kinds = kinds.into_iter().filter(|(_, is)| *is);
        kinds.map(|(kind, _)| (kind, currency)).collect()
    };
    let lines = outlook(&until).into_iter().flat_map(|line| {
        [
            (("overdue", line.currency), line.overdue),
            (("within 7 days", line.currency), line.within_7_days),
            (("within 30 days", line.currency), line.within_30_days),
            (("rotting", line.currency), line.rotting),
        ]
    });
    assert_eq!(told(lines), count(open(), attention), "outlook on {day}");

    the_forecast_is_told(&until, open().collect(), day);
    let pending = representatives(&Rows::default(), &until).into_iter();
    let pending = pending.map(|line| ((line.representative, line.currency), line.pending));
    let theirs = |p: &Position| vec![(p.representative.clone(), p.value.currency())];
    assert_eq!(told(pending), count(open(), theirs), "pending on {day}");
}

fn the_forecast_is_told(until: &Rows, open: Vec<&Position>, day: NaiveDate) {
    let due = |p: &Position| match p.expected_close_on < day {
        true => Due::Overdue,
        false => Due::In(Month::of(p.expected_close_on)),
    };
    let key = |p: &Position| vec![(due(p), p.value.currency(), p.forecast as usize)];
    let mut weighted = BTreeMap::<(Due, Currency, usize), i128>::new();
    for position in &open {
        for key in key(position) {
            *weighted.entry(key).or_default() += i128::from(position.weighted_hundredths());
        }
    }
    let none = (Month::of(day), &Rows::default());
    let lines = forecast(until, none).into_iter().flat_map(|line| {
        let of = line.categories;
        let categories = [
            (ForecastCategory::Commit, of.commit),
            (ForecastCategory::BestCase, of.best_case),
            (ForecastCategory::Pipeline, of.pipeline),
            (ForecastCategory::Omitted, of.omitted),
        ];
        categories.map(|(category, of)| ((line.due, line.currency, category as usize), of))
    });
    let lines: Vec<_> = lines.collect();
    let tallies = lines.iter().map(|(key, (tally, _))| (*key, *tally));
    assert_eq!(
        told(tallies),
        count(open.iter().copied(), key),
        "forecast on {day}"
    );
    for (key, (_, rounded)) in lines {
        let hundredths = weighted.get(&key).copied().unwrap_or_default();
        assert_eq!(rounded, (hundredths + 50) / 100, "{key:?} on {day}");
    }
}
