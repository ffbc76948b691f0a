//! Reports tell what the fold of the journal tells, of every day.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::calendar::{day_of, start_of_day};
use domain::journal::{Entry, Fact, Move, PackageChange, Posting, fold};
use domain::packages::{Account, Package};
use domain::reports::{
    Counted, Figure, Period, Replay, RollForward, Row, Rows, breakage, roll_forward,
    sales_by_seller, sales_by_template, usage,
};
use domain::{Context, Currency, EntryKey, Instant};

use super::world::World;
use crate::fixtures::context;

/// The rows that a journal makes, in the days of Istanbul.
fn rows(journal: &[Entry]) -> Rows {
    let mut replay = Replay::default();
    let steps = journal
        .iter()
        .map(|entry| replay.step(entry, ZONE).unwrap());
    steps.flat_map(|step| step.postings()).collect()
}

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Istanbul;

/// The ledger's days that are chosen, alone.
fn days(rows: &Rows, chosen: impl Fn(NaiveDate) -> bool) -> Rows {
    let mut days = Rows::default();
    for (row, sums) in rows.iter() {
        if matches!(row, Row::Ledger(Period::Day(day), _) if chosen(*day)) {
            days.add_row(row, sums);
        }
    }
    days
}

fn closing(rows: &Rows, day: NaiveDate) -> BTreeMap<Currency, i128> {
    let lines = roll_forward(&Rows::default(), &days(rows, |other| other <= day));
    let owed = lines.into_iter().filter(|line| line.closing != 0);
    owed.map(|line| (line.currency, line.closing)).collect()
}

/// What is owed at the end of a day, package by package.
fn owed(journal: &[Entry], day: NaiveDate) -> BTreeMap<Currency, i128> {
    let end = start_of_day(day + Days::new(1), ZONE).unwrap() - TimeDelta::milliseconds(1);
    let until: Vec<&Entry> = journal.iter().filter(|entry| entry.at <= end).collect();
    let ids = until.iter().filter_map(|entry| entry.fact.creates());
    let mut owed = BTreeMap::new();
    for id in ids.map(|package| package.id) {
        let package = fold(id, until.iter().copied()).unwrap().unwrap();
        let sum = owed.entry(package.terms.price.currency()).or_default();
        *sum += i128::from(package.worth_minor() - ended(&package, end));
    }
    owed.retain(|_, sum| *sum != 0);
    owed
}

/// The value of what has ended on its own.
fn ended(package: &Package, at: Instant) -> u64 {
    let pools = package.pools.iter();
    let lost = pools.map(|pool| pool.value_of(pool.balance.available));
    match package.standing.ended_at(at) {
        true => lost.sum(),
        false => 0,
    }
}

pub(super) fn the_reports_tell_the_fold(world: &World) {
    let (Some(first), Some(last)) = (world.journal.first(), world.journal.last()) else {
        return;
    };
    let rows = rows(&world.journal);
    let (mut day, last) = (day_of(first.at, ZONE), day_of(last.at, ZONE));
    // Some days of every history, and what will have ended long after it.
    let step = Days::new(1 + (last - day).num_days().unsigned_abs() / 12);
    while day <= last + Days::new(400) {
        assert_eq!(closing(&rows, day), owed(&world.journal, day), "on {day}");
        each_day_leads_to_the_next(&rows, day);
        day = day + if day < last { step } else { Days::new(50) };
    }
    each_figure_is_the_value_of_its_lines(&world.journal, &rows);
    the_longer_periods_are_the_days_in_them(&rows);
    every_sale_counts_once_by_template_and_by_seller(&rows);
    every_unit_used_is_a_share_of_what_was_granted(world, &rows);
    what_is_lost_is_lost_in_a_cohort(&rows, last);
    writing_off_what_has_ended_changes_nothing(world, &rows);
}

fn each_day_leads_to_the_next(rows: &Rows, day: NaiveDate) {
    let before = days(rows, |other| other < day);
    for line in roll_forward(&before, &days(rows, |other| other == day)) {
        let RollForward {
            opening, closing, ..
        } = line;
        let came = line.sold + line.topped_up + line.adjusted + line.transferred;
        let went = line.voided + line.captured + line.forfeited + line.refunded + line.expired;
        assert_eq!(opening + came - went, closing, "{line:?}");
    }
}

fn each_figure_is_the_value_of_its_lines(journal: &[Entry], rows: &Rows) {
    let lines = journal.iter().flat_map(|entry| &entry.lines);
    let value = |account: Option<Account>| -> i128 {
        let lines = lines.clone().filter(|line| line.from != line.to);
        let signed = lines.map(|line| {
            let value = i128::from(line.value_minor());
            match (line.from == account, line.to == account) {
                (true, _) => -value,
                (_, true) => value,
                (false, false) => 0,
            }
        });
        signed.sum()
    };
    let told = roll_forward(&Rows::default(), &days(rows, |_| true));
    let sum = |of: fn(&RollForward) -> i128| -> i128 { told.iter().map(of).sum() };
    assert_eq!(sum(|line| line.captured), value(Some(Account::Captured)));
    assert_eq!(sum(|line| line.forfeited), value(Some(Account::Forfeited)));
    assert_eq!(sum(|line| line.refunded), value(Some(Account::Refunded)));
    assert_eq!(sum(|line| line.sold), -value(None));
}

fn the_longer_periods_are_the_days_in_them(rows: &Rows) {
    let ledger = rows.iter().filter_map(|(row, sums)| match row {
        Row::Ledger(period, currency) => Some((period, currency, sums)),
        Row::Template(..) | Row::Seller(..) | Row::Cohort(..) | Row::Usage(..) => None,
    });
    let mut summed = Rows::default();
    let mut longer = Rows::default();
    for (period, currency, sums) in ledger {
        match period {
            Period::Day(day) => {
                for around in Period::around(*day) {
                    if !matches!(around, Period::Day(_)) {
                        summed.add_row(&Row::Ledger(around, *currency), sums);
                    }
                }
            }
            Period::Month(_) | Period::Year(_) => {
                longer.add_row(&Row::Ledger(*period, *currency), sums);
            }
        }
    }
    assert_eq!(summed, longer);
}

fn every_sale_counts_once_by_template_and_by_seller(rows: &Rows) {
    let mut sold = BTreeMap::<Currency, i128>::new();
    for line in roll_forward(&Rows::default(), &days(rows, |_| true)) {
        *sold.entry(line.currency).or_default() += line.sold;
    }
    // Every sale is in a year, a month and a day.
    let mut by_template = BTreeMap::<Currency, i128>::new();
    for line in sales_by_template(rows) {
        *by_template.entry(line.currency).or_default() += line.sold / 3;
    }
    let mut by_seller = BTreeMap::<Currency, i128>::new();
    for line in sales_by_seller(rows) {
        *by_seller.entry(line.currency).or_default() += line.sold / 3;
    }
    assert_eq!((&by_template, &by_seller), (&sold, &sold));
}

fn every_unit_used_is_a_share_of_what_was_granted(world: &World, rows: &Rows) {
    let mut expected = BTreeMap::<_, (i128, i128)>::new();
    for package in world.packages.values() {
        for pool in &package.pools {
            if let Some(counted) = Counted::of(pool.unit) {
                let (used, granted) = expected.entry((package.template, counted)).or_default();
                *used += i128::from(pool.balance.captured);
                *granted += i128::from(pool.balance.granted);
            }
        }
    }
    let told = usage(rows).into_iter();
    let told = told.map(|line| {
        let used = (line.used.numerator, line.used.denominator);
        ((line.template, line.counted), used)
    });
    assert_eq!(told.collect::<BTreeMap<_, _>>(), expected);
}

fn what_is_lost_is_lost_in_a_cohort(rows: &Rows, day: NaiveDate) {
    let (mut ledger, mut cohorts) = (BTreeMap::new(), BTreeMap::new());
    for line in roll_forward(&Rows::default(), &days(rows, |other| other <= day)) {
        *ledger.entry(line.currency).or_insert(0) += line.forfeited + line.expired;
    }
    for line in breakage(rows, day) {
        *cohorts.entry(line.currency).or_insert(0) += line.lost.numerator;
    }
    assert_eq!(cohorts, ledger);
}

/// The report is the same whether or not anyone writes down what has ended.
fn writing_off_what_has_ended_changes_nothing(world: &World, before: &Rows) {
    let mut journal = world.journal.clone();
    let now = world.now + TimeDelta::days(3);
    let over = world.packages.values();
    for (package, number) in over
        .filter(|package| package.standing.ended_at(now))
        .zip(0..)
    {
        let mut posting = Posting::new(std::slice::from_ref(package), now);
        let pools = package.pools.iter().enumerate();
        let moves = pools.map(|(index, pool)| {
            let accounts = (Some(Account::Available), Some(Account::Expired));
            let units = pool.balance.available;
            Move::new((package.id, index), accounts.0, accounts.1, units)
        });
        posting.moves(&moves.collect::<Vec<_>>()).unwrap();
        let fact = Fact::PackageChanged {
            package: package.id,
            change: PackageChange::Expired,
        };
        let context = Context {
            random: u128::from(u64::MAX) + number,
            ..context(now)
        };
        let key = EntryKey::Sale(package.id);
        journal.push(posting.record(key, package.customer, fact, &context).entry);
    }
    let after = rows(&journal);
    let ledger = |rows: &Rows| days(rows, |_| true);
    assert_eq!(ledger(&after), ledger(before));
    let today = day_of(now, ZONE);
    assert_eq!(breakage(&after, today), breakage(before, today));
    let written = |rows: &Rows| {
        let sums = rows.iter().map(|(_, sums)| sums);
        sums.filter(|sums| sums.contains_key(&Figure::Expired))
            .count()
    };
    assert!(written(&after) >= written(before));
}
