//! From the cells of a line to a package that runs.

use std::str::FromStr;

use chrono::NaiveDate;
use domain::catalog::{Contents, Extras, Kind, Template, TemplateDraft};
use domain::customers::CustomerDetails;
use domain::packages::{Caps, Running, RunningTerms, Unit};
use domain::{Currency, Email, Money, Name, Phone, ServiceId, TemplateId};

use super::Column;
use super::amount::minor_units;
use super::catalogue::Catalogue;
use super::file::Cells;
use super::mistake::Mistake;

/// What a line says.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Whose package it is.
    pub(super) email: Email,
    /// What they are called.
    pub(super) name: Option<Name>,
    /// Their number.
    pub(super) phone: Option<Phone>,
    /// The package.
    pub(super) running: Running,
}

impl Line {
    /// Reads the cells of a line.
    ///
    /// # Errors
    /// Every mistake that can be told from the cells alone.
    pub(super) fn read(cells: &Cells, catalogue: &Catalogue) -> Result<Self, Vec<Mistake>> {
        let mut reading = Reading {
            cells,
            catalogue,
            mistakes: Vec::new(),
        };
        let line = reading.line();
        match (line, reading.mistakes.is_empty()) {
            (Some(line), true) => Ok(line),
            (Some(_) | None, _) => Err(reading.mistakes),
        }
    }

    /// The customer to be added, if they have a name.
    pub(super) fn details(&self) -> Option<CustomerDetails> {
        Some(CustomerDetails {
            name: self.name.clone()?,
            email: Some(self.email.clone()),
            phone: self.phone.clone(),
        })
    }
}

/// A line that is being read. What is none was a mistake, which is noted.
struct Reading<'a> {
    cells: &'a Cells,
    catalogue: &'a Catalogue,
    mistakes: Vec<Mistake>,
}

impl Reading<'_> {
    fn line(&mut self) -> Option<Line> {
        let email = self.needed(Column::Email);
        let email = email.and_then(|text| self.parsed(Column::Email, &text));
        let name = self.optional(Column::Name);
        let phone = self.optional(Column::Phone);
        let package = self.needed(Column::Package);
        let running = package.and_then(|package| match package.starts_with(TemplateId::PREFIX) {
            true => self.of_template(&package),
            false => self.of_its_own(&package),
        });
        let sold_on = self.needed(Column::SoldOn);
        let sold_on = sold_on.and_then(|text| self.day(Column::SoldOn, &text));
        let expires_on = match self.cell(Column::ExpiresOn) {
            Some(text) => Some(self.day(Column::ExpiresOn, &text)?),
            None => None,
        };
        let (terms, currency, unit) = running?;
        let used = self.numbers(Column::Used, unit, currency)?;
        let paid_minor = self.amount(Column::Paid, currency)?;
        Some(Line {
            email: email?,
            name: name?,
            phone: phone?,
            running: Running {
                terms,
                currency,
                used,
                paid_minor,
                sold_on: sold_on?,
                expires_on,
            },
        })
    }

    /// The terms, the currency of the line, and what its numbers count.
    fn of_template(&mut self, id: &str) -> Option<(RunningTerms, Currency, Unit)> {
        let id: TemplateId = self.parsed(Column::Package, id)?;
        let Some(template) = self.catalogue.templates.get(&id) else {
            let refusal = domain::Refusal::TemplateNotFound;
            return self.wrong(refusal.into());
        };
        for column in [Column::Kind, Column::Services] {
            if self.cells.of(column).is_some() {
                let detail = "the template says this: leave it empty, or write a name in package";
                self.mistakes
                    .push(Mistake::new(column, "import-terms", detail));
            }
        }
        let currency = match self.cell(Column::Currency) {
            Some(code) => self.currency(code)?,
            None => template.terms.price.currency(),
        };
        let unit = unit_of(template);
        let terms = RunningTerms::OfTemplate {
            template: id,
            quantities: self.numbers(Column::Quantity, unit, currency)?,
            price_minor: self.amount(Column::Price, currency)?,
        };
        Some((terms, currency, unit))
    }

    fn of_its_own(&mut self, name: &str) -> Option<(RunningTerms, Currency, Unit)> {
        let name = self.parsed(Column::Package, name);
        let kind = self.needed(Column::Kind);
        let kind = kind.and_then(|kind| self.kind(&kind));
        let services = self.services();
        let currency = self.needed(Column::Currency);
        let currency = currency.and_then(|code| self.currency(code));
        let price = self.needed(Column::Price);
        let (kind, currency) = (kind?, currency?);
        let price = price.and_then(|_| self.amount(Column::Price, currency)?);
        let unit = match kind {
            Kind::Visits | Kind::Bundle => Unit::Visit,
            Kind::Credit => Unit::Money(currency),
            Kind::Pass => Unit::Unlimited,
        };
        let quantities = self.numbers(Column::Quantity, unit, currency)?;
        let contents = self.contents(kind, currency, &services?, &quantities)?;
        let draft = TemplateDraft {
            name: name?,
            colour: None,
            price: Some(Money::new(price?, currency).ok()?),
            validity: None,
            contents,
            extras: Extras::default(),
        };
        Some((RunningTerms::Own(draft), currency, unit))
    }

    fn contents(
        &mut self,
        kind: Kind,
        currency: Currency,
        services: &[ServiceId],
        quantities: &[u64],
    ) -> Option<Contents> {
        let quantity = |detail| Mistake::new(Column::Quantity, "import-terms", detail);
        match (kind, quantities) {
            (Kind::Visits, [quantity]) => Some(Contents::Visits {
                quantity: *quantity,
                services: services.iter().map(|id| (*id, 1)).collect(),
            }),
            (Kind::Bundle, _) if quantities.len() == services.len() => Some(Contents::Bundle {
                services: services
                    .iter()
                    .zip(quantities)
                    .map(|(id, quantity)| (*id, *quantity, 1))
                    .collect(),
            }),
            (Kind::Credit, [amount]) => Some(Contents::Credit {
                amount: Money::new(*amount, currency).ok()?,
                services: services.to_vec(),
            }),
            (Kind::Pass, []) => Some(Contents::Pass {
                services: services.to_vec(),
                caps: Caps::default(),
            }),
            (Kind::Visits, _) => self.wrong(quantity("visits need one number here")),
            (Kind::Bundle, _) => self.wrong(quantity(
                "a bundle needs a number for each of its services, with | between them",
            )),
            (Kind::Credit, _) => self.wrong(quantity("credit needs one amount here")),
            (Kind::Pass, _) => self.wrong(quantity("a pass has no quantity: leave it empty")),
        }
    }

    fn cell(&self, column: Column) -> Option<String> {
        self.cells.of(column).map(str::to_owned)
    }

    fn wrong<T>(&mut self, mistake: Mistake) -> Option<T> {
        self.mistakes.push(mistake);
        None
    }

    fn needed(&mut self, column: Column) -> Option<String> {
        match self.cell(column) {
            Some(text) => Some(text),
            None => self.wrong(Mistake::new(
                column,
                "missing-cell",
                "the line needs something here",
            )),
        }
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(
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
    fn optional<T: FromStr<Err: std::fmt::Display>>(
        &mut self,
        column: Column,
    ) -> Option<Option<T>> {
        match self.cell(column) {
            Some(text) => self.parsed(column, &text).map(Some),
            None => Some(None),
        }
    }

    fn malformed<T>(&mut self, column: Column, detail: impl Into<String>) -> Option<T> {
        self.wrong(Mistake::new(column, "malformed-cell", detail))
    }

    fn day(&mut self, column: Column, text: &str) -> Option<NaiveDate> {
        // Chrono takes a year of five digits, and a month of one.
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        match day.filter(|_| text.len() == 10) {
            Some(day) => Some(day),
            None => self.malformed(column, "a day is a date such as 2026-11-30"),
        }
    }

    fn kind(&mut self, text: &str) -> Option<Kind> {
        match text.to_lowercase().as_str() {
            "visits" => Some(Kind::Visits),
            "bundle" => Some(Kind::Bundle),
            "credit" => Some(Kind::Credit),
            "pass" => Some(Kind::Pass),
            _ => self.malformed(Column::Kind, "a kind is visits, bundle, credit or pass"),
        }
    }

    fn currency(&mut self, code: String) -> Option<Currency> {
        match Currency::try_from(code.to_uppercase()) {
            Ok(currency) => Some(currency),
            Err(error) => self.malformed(Column::Currency, error.to_string()),
        }
    }

    fn services(&mut self) -> Option<Vec<ServiceId>> {
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
    fn numbers(&mut self, column: Column, unit: Unit, currency: Currency) -> Option<Vec<u64>> {
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
    fn amount(&mut self, column: Column, currency: Currency) -> Option<Option<u64>> {
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

fn unit_of(template: &Template) -> Unit {
    let first = template.terms.pools.first();
    first.map_or(Unit::Visit, |pool| pool.unit)
}
