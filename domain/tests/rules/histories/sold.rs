//! What counts as sold.

use std::collections::{BTreeMap, BTreeSet};

use domain::journal::Entry;
use domain::reports::{Rows, roll_forward, sales_by_seller, sales_by_template};
use domain::{Currency, PackageId};

use super::reports::days;

/// The packages that this business sold: not those that were imported, or given by another customer.
pub(super) fn sold_here(journal: &[Entry]) -> BTreeSet<PackageId> {
    let sold = journal
        .iter()
        .filter(|entry| ["package-sold", "package-offered"].contains(&entry.fact.name()));
    sold.filter_map(|entry| entry.fact.package()).collect()
}

pub(super) fn every_sale_counts_once_by_template_and_by_seller(journal: &[Entry], rows: &Rows) {
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
    for sums in [&mut sold, &mut by_template, &mut by_seller] {
        sums.retain(|_, sum| *sum != 0);
    }
    assert_eq!((&by_template, &by_seller), (&sold, &sold));
    // A sale of which corrections had left nothing is not counted when it is voided.
    let here = sold_here(journal);
    let count = |name: &str| {
        let moved = journal.iter().filter(|entry| !entry.lines.is_empty());
        let named = moved.filter(|entry| entry.fact.name() == name);
        let named = named.filter(|entry| here.contains(&entry.fact.package().unwrap()));
        i128::try_from(named.count()).unwrap()
    };
    let told = sales_by_seller(rows).into_iter();
    let told = told.map(|line| (line.sold_count / 3, line.voided_count / 3));
    let told = told.fold((0, 0), |sum, line| (sum.0 + line.0, sum.1 + line.1));
    let expected = (
        count("package-sold") + count("offer-accepted"),
        count("package-voided"),
    );
    assert_eq!(told, expected);
}
