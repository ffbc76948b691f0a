//! Reports tell what the fold of the journal tells, of every day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::calendar::{day_of, start_of_day};
use domain::journal::{Entry, Line, fold};
use domain::packages::{Account, Package, Unit, expire};
use domain::reports::{
    Counted, Figure, Period, Replay, RollForward, Row, Rows, breakage, roll_forward, usage,
};
use domain::{Context, Currency, Instant, PackageId};

use super::sold::{every_sale_counts_once_by_template_and_by_seller, sold_here};
use crate::fixtures::context;

/// What reports are made of.
pub(super) struct Books<'w> {
    pub(super) journal: &'w [Entry],
    pub(super) packages: &'w BTreeMap<PackageId, Package>,
    pub(super) now: Instant,
    pub(super) zone: Tz,
}

/// The rows that a journal makes, in the days of its business.
fn rows(journal: &[Entry], zone: Tz) -> Rows {
    let mut replay = Replay::default();
    let steps = journal
        .iter()
        .map(|entry| replay.step(entry, zone).unwrap());
    steps.flat_map(|step| step.postings()).collect()
}

/// The ledger's days that are chosen, alone.
pub(super) fn days(rows: &Rows, chosen: impl Fn(NaiveDate) -> bool) -> Rows {
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
fn owed(books: &Books<'_>, day: NaiveDate) -> BTreeMap<Currency, i128> {
    let end = start_of_day(day + Days::new(1), books.zone).unwrap() - TimeDelta::milliseconds(1);
    let until = books.journal.iter().filter(|entry| entry.at <= end);
    let until: Vec<&Entry> = until.collect();
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
    let lost = pools.map(|pool| match pool.unit {
        Unit::Visit | Unit::Money(_) => pool.value_of(pool.balance.available),
        // The time of a pass is over as a whole, once no appointment is to come.
        Unit::Unlimited if pool.balance.held == 0 => pool.worth_minor,
        Unit::Unlimited => 0,
    });
    match package.standing.ended_at(at) {
        true => lost.sum(),
        false => 0,
    }
}

pub(super) fn the_reports_tell_the_fold(books: &Books<'_>) {
    let days = books
        .journal
        .iter()
        .map(|entry| day_of(entry.at, books.zone));
    let Some((mut day, last)) = days.clone().min().zip(days.max()) else {
        return;
    };
    let rows = rows(books.journal, books.zone);
    // Some days of every history, and what will have ended long after it.
    let step = Days::new(1 + (last - day).num_days().unsigned_abs() / 12);
    while day <= last + Days::new(400) {
        assert_eq!(closing(&rows, day), owed(books, day), "on {day}");
        each_day_leads_to_the_next(&rows, day);
        day = day + if day < last { step } else { Days::new(50) };
    }
    each_figure_is_the_value_of_its_lines(books.journal, &rows);
    the_longer_periods_are_the_days_in_them(&rows);
    every_sale_counts_once_by_template_and_by_seller(books.journal, &rows);
    every_unit_used_is_a_share_of_what_was_granted(books, &rows);
    what_is_lost_is_lost_in_a_cohort(&rows, last);
    writing_off_what_has_ended_changes_nothing(books, &rows);
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

/// What entries did: a name for each way in which value comes or goes.
fn figure(entry: &Entry, line: &Line, sold: &BTreeSet<PackageId>) -> Option<&'static str> {
    let of = |account| line.from == Some(account) || line.to == Some(account);
    if of(Account::Captured) && entry.fact.name() == "package-imported" {
        return Some("adjusted");
    }
    let went = [
        (Account::Captured, "captured"),
        (Account::Forfeited, "forfeited"),
        (Account::Refunded, "refunded"),
        (Account::Transferred, "transferred"),
    ];
    if let Some((_, name)) = went.into_iter().find(|(account, _)| of(*account)) {
        return Some(name);
    }
    let granted = line.from.is_none() || line.to.is_none();
    granted.then(|| match entry.fact.name() {
        "package-sold" | "offer-accepted" => "sold",
        "package-topped-up" => "topped up",
        "package-transferred" => "transferred",
        "package-voided" if sold.contains(&line.package) => "voided",
        _ => "adjusted",
    })
}

fn each_figure_is_the_value_of_its_lines(journal: &[Entry], rows: &Rows) {
    let sold = sold_here(journal);
    let mut expected = BTreeMap::<(Currency, &str), i128>::new();
    for (entry, line) in journal
        .iter()
        .flat_map(|e| e.lines.iter().map(move |l| (e, l)))
    {
        let Some((figure, value)) = figure(entry, line, &sold).zip(line.value) else {
            continue;
        };
        // What is less for the customer is more of what became of it.
        let gone = !["sold", "topped up", "adjusted", "transferred"].contains(&figure);
        let sign = if line.owed_after() == gone { -1 } else { 1 };
        let sum = expected.entry((value.currency(), figure)).or_default();
        *sum += sign * i128::from(value.amount_minor());
    }
    expected.retain(|_, sum| *sum != 0);
    let mut told = BTreeMap::new();
    for line in roll_forward(&Rows::default(), &days(rows, |_| true)) {
        let figures = [
            ("sold", line.sold),
            ("topped up", line.topped_up),
            ("adjusted", line.adjusted),
            ("transferred", line.transferred),
            ("voided", line.voided),
            ("captured", line.captured),
            ("forfeited", line.forfeited),
            ("refunded", line.refunded),
        ];
        let of = |(name, sum): (&'static str, i128)| ((line.currency, name), sum);
        told.extend(figures.into_iter().map(of));
    }
    told.retain(|_, sum| *sum != 0);
    assert_eq!(told, expected);
}

fn the_longer_periods_are_the_days_in_them(rows: &Rows) {
    let ledger = rows.iter().filter_map(|(row, sums)| match row {
        Row::Ledger(period, currency) => Some((period, currency, sums)),
        Row::Template(..)
        | Row::Seller(..)
        | Row::Cohort(..)
        | Row::Usage(..)
        | Row::Pipeline(_) => None,
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

fn every_unit_used_is_a_share_of_what_was_granted(books: &Books<'_>, rows: &Rows) {
    let mut expected = BTreeMap::<_, (i128, i128)>::new();
    for package in books.packages.values() {
        for pool in &package.pools {
            if let Some(counted) = Counted::of(pool.unit) {
                let (used, granted) = expected.entry((package.template, counted)).or_default();
                *used += i128::from(pool.balance.captured);
                let here = pool.balance.granted - pool.balance.transferred;
                *granted += i128::from(here);
            }
        }
    }
    // What was but offered is no part of anything.
    expected.retain(|_, (_, granted)| *granted > 0);
    let told = usage(rows).into_iter();
    let told = told.map(|line| {
        let used = (line.used.numerator, line.used.denominator);
        ((line.template, line.counted), used)
    });
    let told = told.filter(|(_, (_, granted))| *granted > 0);
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
    ledger.retain(|_, lost| *lost != 0);
    cohorts.retain(|_, lost| *lost != 0);
    assert_eq!(cohorts, ledger);
}

/// The report is the same whether or not anyone writes down what has ended.
fn writing_off_what_has_ended_changes_nothing(books: &Books<'_>, before: &Rows) {
    let mut journal = books.journal.to_vec();
    let now = books.now + TimeDelta::days(3);
    for (package, number) in books.packages.values().zip(0..) {
        let context = Context {
            random: u128::from(u64::MAX) + number,
            ..context(now)
        };
        // What cannot change any more has nothing left to be written off.
        if let Ok(Some(decision)) = expire(package, &context) {
            journal.push(decision.entry);
        }
    }
    let after = rows(&journal, books.zone);
    let ledger = |rows: &Rows| days(rows, |_| true);
    assert_eq!(ledger(&after), ledger(before));
    let today = day_of(now, books.zone);
    assert_eq!(breakage(&after, today), breakage(before, today));
    let written = |rows: &Rows| {
        let sums = rows.iter().map(|(_, sums)| sums);
        sums.filter(|sums| sums.contains_key(&Figure::Expired))
            .count()
    };
    assert!(written(&after) >= written(before));
}
