//! Cells, read one by one; what is wrong is noted, and the reading goes on.

use std::str::FromStr;

use chrono::NaiveDate;
use domain::catalog::Kind;
use domain::packages::Unit;
use domain::{Currency, ServiceId};

use super::Column;
use super::amount::minor_units;
use super::catalogue::Catalogue;
use super::file::Cells;
use super::mistake::Mistake;

/// A line that is being read. What is none was a mistake, which is noted.
pub(super) struct Reading<'a> {
    pub(super) cells: &'a Cells,
    pub(super) catalogue: &'a Catalogue,
    pub(super) mistakes: Vec<Mistake>,
}

impl Reading<'_> {
    pub(super) fn cell(&self, column: Column) -> Option<String> {
        self.cells.of(column).map(str::to_owned)
    }

    pub(super) fn wrong<T>(&mut self, mistake: Mistake) -> Option<T> {
        self.mistakes.push(mistake);
        None
    }

    pub(super) fn needed(&mut self, column: Column) -> Option<String> {
        match self.cell(column) {
            Some(text) => Some(text),
            None => self.wrong(Mistake::new(
                column,
                "missing-cell",
                "the line needs something here",
            )),
        }
    }

    pub(super) fn parsed<T: FromStr<Err: std::fmt::Display>>(
        &mut self,
        column: Column,
        text: &str,
    ) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => self.malformed(column, error.to_string()),
        }
    }

    /// Some(none) for an empty cell.
    pub(super) fn optional<T: FromStr<Err: std::fmt::Display>>(
        &mut self,
        column: Column,
    ) -> Option<Option<T>> {
        match self.cell(column) {
            Some(text) => self.parsed(column, &text).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn malformed<T>(&mut self, column: Column, detail: impl Into<String>) -> Option<T> {
        self.wrong(Mistake::new(column, "malformed-cell", detail))
    }

    pub(super) fn day(&mut self, column: Column, text: &str) -> Option<NaiveDate> {
        // Chrono takes a year of five digits, and a month of one.
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        match day.filter(|_| text.len() == 10) {
            Some(day) => Some(day),
            None => self.malformed(column, "a day is a date such as 2026-11-30"),
        }
    }

    pub(super) fn kind(&mut self, text: &str) -> Option<Kind> {
        match text.to_lowercase().as_str() {
            "visits" => Some(Kind::Visits),
            "bundle" => Some(Kind::Bundle),
            "credit" => Some(Kind::Credit),
            "pass" => Some(Kind::Pass),
            _ => self.malformed(Column::Kind, "a kind is visits, bundle, credit or pass"),
        }
    }

    pub(super) fn currency(&mut self, code: String) -> Option<Currency> {
        match Currency::try_from(code.to_uppercase()) {
            Ok(currency) => Some(currency),
            Err(error) => self.malformed(Column::Currency, error.to_string()),
        }
    }

    pub(super) fn services(&mut self) -> Option<Vec<ServiceId>> {
        let cell = self.cell(Column::Services).unwrap_or_default();
        let mut found = Vec::new();
        for text in parts(&cell) {
            match self.catalogue.service(text) {
                Ok(id) => found.push(id),
                Err(mistake) => return self.wrong(mistake),
            }
        }
        Some(found)
    }

    /// The numbers of a cell: visits, or amounts where they count money. Empty for an empty cell.
    pub(super) fn numbers(
        &mut self,
        column: Column,
        unit: Unit,
        currency: Currency,
    ) -> Option<Vec<u64>> {
        let cell = self.cell(column).unwrap_or_default();
        let mut numbers = Vec::new();
        for text in parts(&cell) {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = match unit {
                Unit::Money(_) => minor_units(text, currency),
                Unit::Visit | Unit::Unlimited => text
                    .parse()
                    .ok()
                    .filter(|_| digits)
                    .ok_or("visits are a whole number"),
            };
            match number {
                Ok(number) => numbers.push(number),
                Err(detail) => return self.malformed(column, detail),
            }
        }
        Some(numbers)
    }

    /// Some(none) for an empty cell.
    pub(super) fn amount(&mut self, column: Column, currency: Currency) -> Option<Option<u64>> {
        match self.cell(column) {
            Some(text) => match minor_units(&text, currency) {
                Ok(minor) => Some(Some(minor)),
                Err(detail) => self.malformed(column, detail),
            },
            None => Some(None),
        }
    }
}

/// What stands between the bars of a cell; nothing in an empty one.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let parts = (!cell.is_empty()).then(|| cell.split('|').map(str::trim));
    parts.into_iter().flatten()
}
